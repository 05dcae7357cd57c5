//! The parts that documents are put together from: each reads what it needs and gives blocks.

pub(crate) mod actions;
pub(crate) mod baseline;
pub(crate) mod drawn_in;
pub(crate) mod finance;
pub(crate) mod network;
pub(crate) mod partners;
pub(crate) mod practice;
pub(crate) mod route;
pub(crate) mod thresholds;
