//! `/api/v1/devices`.

pub(crate) mod post;
