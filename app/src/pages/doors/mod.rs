//! The poster of an activity, and what a holder's own phone sees when it scans it.

pub(crate) mod arrive;
pub(crate) mod poster;
