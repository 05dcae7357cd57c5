//! `/avond/nakomers`: visits that were not scanned at the door, added afterwards.
//!
//! - `page`: the form
//! - `read`: from what was typed to what is recorded, or to what is wrong with it
//! - `submit`: recording it, and what became of it

pub(crate) mod page;
mod read;
pub(crate) mod submit;
