//! `/api/v1/figures/{code}`.

pub(crate) mod get;
