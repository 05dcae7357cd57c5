//! Version 1: one folder a path, one file a method.

pub(crate) mod activities;
pub(crate) mod check_ins;
pub(crate) mod device;
pub(crate) mod devices;
pub(crate) mod figures;
pub(crate) mod open_data;
pub(crate) mod passes;
