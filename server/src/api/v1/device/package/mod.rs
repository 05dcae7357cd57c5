//! `/api/v1/device/package`.

pub(crate) mod get;
