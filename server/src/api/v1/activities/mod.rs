//! `/api/v1/activities`.

pub(crate) mod get;
