//! Handing events over: request, answer, and what becomes of each event in the queue.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::DeviceEvent;
use crate::codes::code_enum;
use crate::id::DeviceId;
use crate::scan::{Decision, Flags, Reason, Verdict};

/// The most events in one request (`docs/protocol.md` §7).
pub const LARGEST_BATCH: usize = 200;

/// The payload of the JWS that a device posts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncRequest<E = DeviceEvent> {
    /// The sender, as in the JWS header.
    pub device_id: DeviceId,
    /// The device's own clock.
    pub sent_at: Timestamp,
    /// How many more wait behind these.
    #[serde(default)]
    pub waiting: u32,
    /// `recent_until` of the last answer that was kept: only what came since is told again.
    #[serde(default)]
    pub recent_since: Option<Timestamp>,
    /// At most [`LARGEST_BATCH`], in the order of `seq`.
    pub events: Vec<E>,
}

/// What became of one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventResult {
    /// As the device named it; as sent, when it was no id.
    pub scan_id: String,
    /// What it counts for now.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// What a person may want to look at.
    pub flags: Flags,
}

/// The answer: one result an event, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncAnswer {
    /// The server's clock.
    pub server_time: Timestamp,
    /// One an event, in the order in which they were sent.
    pub results: Vec<EventResult>,
    /// The newest package; higher than the device's own: fetch it.
    pub package_epoch: i64,
    /// Visits that other devices of the organiser counted: [`crate::scan::visit_key`].
    pub recent: Vec<String>,
    /// Give it back as `recent_since`.
    pub recent_until: Timestamp,
    /// The organiser asks for a new key: make one and send it before the next scan is handed over.
    #[serde(default)]
    pub roll_key: bool,
    /// The organiser has revoked the device: what it handed over is held, and it scans no more.
    #[serde(default)]
    pub revoked: bool,
}

/// Scans that an organiser uploads by hand: the very requests that the device would have sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueFile {
    /// [`QueueFile::FORMAT`].
    pub format: String,
    /// Compact JWSs over [`SyncRequest`]s.
    pub batches: Vec<String>,
}

impl QueueFile {
    /// The one value of `format`.
    pub const FORMAT: &str = "randpas-queue-1";

    /// A file of these requests.
    #[must_use]
    pub fn new(batches: Vec<String>) -> Self {
        Self {
            format: Self::FORMAT.to_owned(),
            batches,
        }
    }
}

/// What the server makes of its own decision beside what the phone said at the door: whom the phone refused was sent away,
/// so the visit never counts, whatever has become known since. Everything else the server decides afresh.
#[must_use]
pub fn honour_refusal(device_verdict: Verdict, device_reason: Reason, decision: Decision) -> Decision {
    if device_verdict == Verdict::Refused && decision.verdict != Verdict::Refused {
        Decision {
            verdict: Verdict::Refused,
            reason: device_reason,
            ..decision
        }
    } else {
        decision
    }
}

code_enum! {
    /// Where an event of the queue is.
    QueueState("queue state") {
        /// Written down, not sent.
        Queued = "queued",
        /// Sent, not answered: it will be sent again if no answer comes.
        InFlight = "in_flight",
        /// The server has it. It may be forgotten.
        Acknowledged = "acknowledged",
        /// The server has it and will not count what the phone had counted: a person has to see it.
        DeadLetter = "dead_letter",
    }
}

/// What becomes of an event once its result is here. A repeat that the phone could not know of is in order; so is what the
/// phone refused itself.
#[must_use]
pub fn settle(device_verdict: Verdict, result: Verdict) -> QueueState {
    let taken_back = device_verdict.is_counted() && result == Verdict::Refused;
    let not_undone = device_verdict == Verdict::Annulled && result != Verdict::Annulled;
    if taken_back || not_undone {
        QueueState::DeadLetter
    } else {
        QueueState::Acknowledged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_server_takes_back_needs_a_person() {
        use Verdict::{Annulled, Counted, Duplicate, Flagged, Refused};
        for (device, server, state) in [
            (Counted, Counted, QueueState::Acknowledged),
            (Counted, Duplicate, QueueState::Acknowledged),
            (Counted, Annulled, QueueState::Acknowledged),
            (Counted, Refused, QueueState::DeadLetter),
            (Flagged, Refused, QueueState::DeadLetter),
            (Flagged, Counted, QueueState::Acknowledged),
            (Refused, Refused, QueueState::Acknowledged),
            (Duplicate, Counted, QueueState::Acknowledged),
            (Annulled, Annulled, QueueState::Acknowledged),
            (Annulled, Refused, QueueState::DeadLetter),
        ] {
            assert_eq!(settle(device, server), state, "{device} then {server}");
        }
    }
}
