//! `/api/v1/device/sync`.

pub(crate) mod post;
