//! Paired devices: phones and tablets that scan for an organiser without an account (`docs/protocol.md` §2–§3).
//!
//! - `pairing`: the one-time code, and what it opens
//! - `device`: finding, listing, revoking; its role and its keys
//! - `package`: what a device takes along for when there is no network

mod device;
mod package;
mod pairing;

pub use device::KnownDevice;
pub use package::PackageFacts;
pub use pairing::{LONGEST_DEVICE_NAME, PairingError};
