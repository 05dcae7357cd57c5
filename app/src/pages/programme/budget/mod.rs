//! `/begroting`: what may be spent in a work year, what was, and who pays.

pub(crate) mod change;
pub(crate) mod page;
mod tables;
