//! The figures (`/cijfers`), each figure (`/cijfers/{code}`), an organiser's own (`/cijfers/eigen`) and the download
//! (`/cijfers.csv`). Everything but one's own is public and protected.

mod address;
pub(crate) mod csv;
mod definitions;
pub(crate) mod detail;
pub(crate) mod method;
pub(crate) mod overview;
pub(crate) mod own;
mod parts;
pub(crate) mod periods;
mod pictures;
mod query;
