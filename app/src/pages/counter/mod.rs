//! The counter: search, new pass (`/balie`), and the card of one pass (`/balie/pas/{number}`).

pub(crate) mod card;
pub(crate) mod desk;
pub(crate) mod member;
pub(crate) mod new_pass;
