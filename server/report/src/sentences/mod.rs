//! The sentences of the documents, from published cells. Each function knows all cases of its number: none, one, many,
//! hidden, not known. Sentences never guess: what is not published is said not to be.

pub(crate) mod anchoring;
pub(crate) mod change;
pub(crate) mod drawn_in;
pub(crate) mod finance;
pub(crate) mod network;
pub(crate) mod new_actions;
pub(crate) mod partners;
pub(crate) mod practices;
pub(crate) mod reach;
pub(crate) mod thresholds;
