//! What the partnership does besides passes: actions that may stay, what they cost, who pays, and with whom it learns.

mod anchoring;
mod bbc;
mod network;
mod share;

pub use anchoring::{AnchoringDecision, CostKind};
pub use bbc::{BbcCode, BbcCodeError};
pub use network::NetworkKind;
pub use share::{BasisPoints, BasisPointsError, OwnShareSplit, own_share, split_cents};
