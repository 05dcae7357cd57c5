//! Documents: the answer to the seven questions (`/antwoord`), and the other reports (`/verslagen`). Everything in them went
//! through disclosure control; the part about money is only for who may read it.

pub(crate) mod answer;
mod chooser;
pub(crate) mod list;
mod load;
pub(crate) mod report;
