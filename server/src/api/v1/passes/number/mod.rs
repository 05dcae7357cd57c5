//! `/api/v1/passes/{number}`.

pub(crate) mod get;
