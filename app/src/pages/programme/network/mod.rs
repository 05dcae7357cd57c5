//! `/lerend-netwerk`: who learns together, when they met, and what they share. Public; the coordinator keeps it.

pub(crate) mod change;
pub(crate) mod form;
pub(crate) mod member;
pub(crate) mod page;
pub(crate) mod practice;
