//! A paired phone: what it is told, what it decides alone, and what it hands over (`docs/protocol.md` §2–§6).
//!
//! - `pairing`: role and one-time code
//! - `package`, `status_list`, `inflate`: what a phone knows without network
//! - `judge`: the decision on the phone, by the one [`crate::decide`]
//! - `event`, `chain`: what it writes down before the screen turns green
//! - `sync`: the request and answer that hand it over, and what becomes of an event in the queue
//! - `token`: what the device's key signs
//! - `retry`: how long to wait before trying again

pub mod chain;
pub mod event;
mod inflate;
pub mod judge;
pub mod package;
pub mod pairing;
pub mod retry;
pub mod status_list;
pub mod sync;
pub mod token;

pub use chain::{ChainBreak, ChainLink, chain_breaks, chain_link};
pub use event::{DeviceEvent, EventKind};
pub use judge::{Judge, Judged};
pub use package::{Freshness, Limits, Package, PackageActivity, PackageKey, PackageOrganiser, PackageStatusList};
pub use pairing::{DeviceRole, PairingCode, PairingCodeError};
pub use status_list::{StatusList, StatusListError};
pub use sync::{EventResult, QueueFile, QueueState, SyncAnswer, SyncRequest, honour_refusal, settle};
