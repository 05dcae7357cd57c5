//! `/acties`: the work plan, and one action with its activities, costs and decisions.

pub(crate) mod change;
pub(crate) mod detail;
pub(crate) mod form;
pub(crate) mod list;
