//! `/api/v1/open-data/{file}`: the data set of one figure.

pub(crate) mod get;
