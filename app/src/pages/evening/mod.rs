//! The evening of an organiser (`/avond`): what counted, who scanned, what to look at, and what is put right.

pub(crate) mod late;
pub(crate) mod page;
pub(crate) mod put_right;
pub(crate) mod story;
pub(crate) mod upload;
