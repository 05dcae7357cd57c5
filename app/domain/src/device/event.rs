//! What a device writes down: immutable, and before the screen turns green.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{ChainLink, chain_link};
use crate::codes::code_enum;
use crate::credential::{Scanned, parse_scan};
use crate::id::{ActivityId, ScanId};
use crate::scan::{Reason, Verdict};

/// The largest event that is read (`docs/protocol.md` §7).
pub const LARGEST_EVENT_BYTES: usize = 16 * 1024;

/// A clock that is more than a year off is no clock.
const LARGEST_OFFSET_MS: i64 = 366 * 24 * 3_600_000;

code_enum! {
    /// What a device did.
    EventKind("event kind") {
        /// Scanned a pass.
        CheckIn = "check_in",
        /// Took a cheque; not taken yet by this build.
        Redeem = "redeem",
        /// Took a scan back.
        Annul = "annul",
    }
}

/// One event, exactly as `docs/protocol.md` §4 writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceEvent {
    /// Made by the device; the same id with the same content is the same event.
    pub scan_id: ScanId,
    /// The device's own counter, from 1.
    pub seq: i64,
    /// See [`chain_link`].
    pub prev: Option<String>,
    /// What happened.
    pub kind: EventKind,
    /// What the camera read, when it was one of ours. Nobody else's code leaves the phone.
    pub credential: Option<String>,
    /// What was typed.
    pub number: Option<String>,
    /// What the person came for.
    pub activity_id: ActivityId,
    /// Of an annulment: the scan that is taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_scan_id: Option<ScanId>,
    /// The device's own clock.
    pub occurred_at: Timestamp,
    /// What must be added to it to get the server's, as far as the device knew.
    pub clock_offset_ms: i64,
    /// The package that the device decided by.
    pub package_epoch: i64,
    /// What the device said.
    pub device_verdict: Verdict,
    /// Why.
    pub device_reason: Reason,
    /// Typed, not scanned.
    pub manual: bool,
}

impl DeviceEvent {
    /// What tells a replay from a re-used id: SHA-256 over everything it says.
    ///
    /// Over the fields in their fixed order, so that white space in transit changes nothing.
    #[must_use]
    pub fn content_hash(&self) -> [u8; 32] {
        // Plain data: it cannot fail to be written.
        Sha256::digest(serde_json::to_vec(self).unwrap_or_default()).into()
    }

    /// What was read, or why nothing could be: judged again from what was sent, not believed.
    ///
    /// # Errors
    /// [`Reason::ForeignQr`] or [`Reason::Malformed`].
    pub fn scanned(&self) -> Result<Scanned, Reason> {
        match (&self.credential, &self.number) {
            (Some(credential), _) => parse_scan(credential),
            (None, Some(number)) => number.parse().map(Scanned::Number).map_err(|_| Reason::Malformed),
            // A code that is not ours: the phone says so and keeps its text to itself.
            (None, None) => Err(match self.device_reason {
                Reason::Malformed => Reason::Malformed,
                _ => Reason::ForeignQr,
            }),
        }
    }

    /// Whether the numbers in it can be true.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.seq >= 1
            && (-LARGEST_OFFSET_MS..=LARGEST_OFFSET_MS).contains(&self.clock_offset_ms)
            && self.package_epoch >= 0
            && self.prev.as_deref().is_none_or(is_link)
            && (self.kind == EventKind::Annul) == self.target_scan_id.is_some()
    }

    /// When it happened, as far as the device knew: its clock, corrected by what it knew of it.
    #[must_use]
    pub fn corrected_at(&self) -> Timestamp {
        self.occurred_at
            .checked_add(SignedDuration::from_millis(self.clock_offset_ms))
            .unwrap_or(self.occurred_at)
    }

    /// Its place in the chain.
    #[must_use]
    pub fn link(&self) -> ChainLink {
        ChainLink {
            seq: self.seq,
            scan_id: self.scan_id,
            prev: self.prev.clone(),
        }
    }

    /// What the next event's `prev` must be.
    #[must_use]
    pub fn next_prev(&self) -> String {
        chain_link(self.scan_id, self.prev.as_deref())
    }
}

/// Whether a text can be a [`chain_link`]: nothing else is kept.
fn is_link(prev: &str) -> bool {
    let base64url = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    prev.len() <= 64 && prev.bytes().all(base64url)
}
