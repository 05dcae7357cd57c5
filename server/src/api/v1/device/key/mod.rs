//! `/api/v1/device/key`.

pub(crate) mod put;
