//! The figures (`/cijfers`) and their download (`/cijfers.csv`). Everything here is public and protected.

pub(crate) mod csv;
pub(crate) mod page;
pub(crate) mod periods;
pub(crate) mod query;
