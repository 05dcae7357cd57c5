//! `/controle`: is this document one of ours, of when is it, and what did it say? For everybody, without a log-in.

mod by_code;
mod by_file;
mod parts;

pub(crate) use by_code::{show, start};
pub(crate) use by_file::{BODY_LIMIT, post};
