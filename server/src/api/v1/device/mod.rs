//! `/api/v1/device`: what a paired device asks and hands over.
//!
//! - `packages`: what is remembered of packages between two requests
//! - `accept`: reading, checking and recording what a device signed

pub(crate) mod accept;
pub(crate) mod key;
pub(crate) mod package;
pub(crate) mod packages;
pub(crate) mod queue;
pub(crate) mod sync;
