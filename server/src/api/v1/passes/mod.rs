//! `/api/v1/passes`.

pub(crate) mod number;
