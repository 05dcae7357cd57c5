//! `/api/v1/check-ins/{scan_id}`.

pub(crate) mod delete;
