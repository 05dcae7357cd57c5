//! `/api/v1/device/queue`.

pub(crate) mod post;
