//! The live code: four bytes that a phone adds every thirty seconds, so that a screenshot stops working.

use hmac::digest::KeyInit;
use hmac::{Hmac, Mac as _};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Body;
use super::body::EPOCH_SECONDS;
use crate::scan::Reason;

/// How long one live code lasts.
pub const LIVE_STEP_SECONDS: i64 = 30;

/// The largest step that three bytes hold; it is reached in December 2035, after which steps start again at 0.
const STEP_MASK: i64 = 0xff_ffff;

/// How many steps a live code may lie beside the server's own: clocks differ, and a scan takes a moment.
const TOLERATED_STEPS: u32 = 2;

/// What a live QR code carries behind the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LiveProof {
    /// Thirty-second steps since 2020-01-01 UTC, 24 bits.
    pub step: u32,
    /// The first four bytes of HMAC-SHA-256 over body and step.
    pub mac: [u8; 4],
}

impl LiveProof {
    /// The proof that a holder's phone shows at an instant.
    #[must_use]
    pub fn at(secret: &[u8], body: &Body, at: Timestamp) -> Self {
        let step = live_step(at);
        Self {
            step,
            mac: live_mac(secret, body, step),
        }
    }

    /// Checks the proof on the server, against the instant at which the code was shown.
    ///
    /// # Errors
    /// [`Reason::BadSignature`] when the phone's secret did not make it; [`Reason::StaleLiveCode`] when it is more
    /// than a minute old or early: a screenshot, or a clock that is far off.
    pub fn check(&self, secret: &[u8], body: &Body, shown_at: Timestamp) -> Result<(), Reason> {
        let expected = live_mac(secret, body, self.step);
        // Every byte is compared, so that the time taken tells nothing.
        let difference = expected
            .iter()
            .zip(self.mac)
            .fold(0, |sum, (ours, theirs)| sum | (ours ^ theirs));
        if difference != 0 {
            return Err(Reason::BadSignature);
        }
        let now = live_step(shown_at);
        let apart = now.wrapping_sub(self.step) & 0xff_ffff;
        if apart <= TOLERATED_STEPS || apart > 0xff_ffff - TOLERATED_STEPS {
            Ok(())
        } else {
            Err(Reason::StaleLiveCode)
        }
    }
}

/// The thirty-second step of an instant, counted from 2020-01-01 UTC; an earlier instant gives 0.
#[must_use]
pub fn live_step(at: Timestamp) -> u32 {
    let steps = (at.as_second() - EPOCH_SECONDS).max(0) / LIVE_STEP_SECONDS;
    u32::try_from(steps & STEP_MASK).unwrap_or(0)
}

/// The first four bytes of HMAC-SHA-256(`secret`, body ‖ step as three big-endian bytes).
#[must_use]
pub fn live_mac(secret: &[u8], body: &Body, step: u32) -> [u8; 4] {
    // The block-sized key spares an error that cannot happen: HMAC itself pads short keys with zeros, hashes long ones.
    let mut key = [0u8; 64];
    if secret.len() <= key.len() {
        key[..secret.len()].copy_from_slice(secret);
    } else {
        key[..32].copy_from_slice(&Sha256::digest(secret));
    }
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&key.into());
    mac.update(&body.to_bytes());
    mac.update(&step.to_be_bytes()[1..]);
    let full = mac.finalize().into_bytes();
    [full[0], full[1], full[2], full[3]]
}
