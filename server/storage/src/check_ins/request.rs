//! What the writer is asked to record: one scan or one annulment, from a client, a person or a device.

use domain::{ActivityId, EventKind, KeyVerdict, Reason, ScanId, Scanned, Verdict};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use crate::records::{CheckIn, DeviceScan};
use crate::scope::Scope;

/// A device's event that arrives later than this after it was made was made without network.
const OFFLINE_AFTER: SignedDuration = SignedDuration::from_secs(10);

/// Something to record.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) scope: Scope,
    pub(crate) scan_id: ScanId,
    /// Tells a replay from a re-used id.
    pub(crate) content_hash: [u8; 32],
    pub(crate) activity: ActivityId,
    /// The maker's clock; `None`: the moment of arrival.
    pub(crate) occurred_at: Option<Timestamp>,
    pub(crate) clock_offset_ms: i64,
    pub(crate) received_at: Timestamp,
    pub(crate) act: Act,
    /// Of a device only.
    pub(crate) device: Option<DeviceMark>,
}

/// What happened.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    CheckIn {
        input: Result<Scanned, Reason>,
        key: Option<KeyVerdict>,
        manual: bool,
        note: Option<String>,
    },
    Annul {
        target: ScanId,
    },
}

/// What a device wrote down with an event.
#[derive(Clone, Debug)]
pub(crate) struct DeviceMark {
    pub(crate) seq: i64,
    pub(crate) prev: Option<String>,
    pub(crate) verdict: Verdict,
    pub(crate) reason: Reason,
    pub(crate) package_epoch: i64,
    /// The device was revoked before this arrived: it waits until a person releases it.
    pub(crate) held: bool,
}

impl Request {
    /// A scan of a client or a person.
    pub(crate) fn check_in(scope: Scope, check_in: CheckIn, received_at: Timestamp) -> Self {
        Self {
            scope,
            scan_id: check_in.scan_id,
            content_hash: check_in.content_hash,
            activity: check_in.activity,
            occurred_at: check_in.occurred_at,
            clock_offset_ms: check_in.clock_offset_ms,
            received_at,
            act: Act::CheckIn {
                input: check_in.input,
                key: check_in.key,
                manual: check_in.manual,
                note: check_in.note,
            },
            device: None,
        }
    }

    /// An annulment by a client or a person, now.
    pub(crate) fn annul(scope: Scope, id: ScanId, target: ScanId, activity: ActivityId, now: Timestamp) -> Self {
        Self {
            scope,
            scan_id: id,
            content_hash: Sha256::digest(target.uuid().as_bytes()).into(),
            activity,
            occurred_at: None,
            clock_offset_ms: 0,
            received_at: now,
            act: Act::Annul { target },
            device: None,
        }
    }

    /// An event of a device, whose scope this is.
    pub(crate) fn event(scope: Scope, scan: DeviceScan, received_at: Timestamp, held: bool) -> Self {
        let DeviceScan { event, key } = scan;
        let act = match (event.kind, event.target_scan_id) {
            (EventKind::Annul, Some(target)) => Act::Annul { target },
            (EventKind::CheckIn | EventKind::Annul, _) => Act::CheckIn {
                input: event.scanned(),
                key,
                manual: event.manual,
                note: None,
            },
            // Cheques are not taken by this build.
            (EventKind::Redeem, _) => Act::CheckIn {
                input: Err(Reason::SchemeNotAccepted),
                key: None,
                manual: event.manual,
                note: None,
            },
        };
        Self {
            scope,
            scan_id: event.scan_id,
            content_hash: event.content_hash(),
            activity: event.activity_id,
            occurred_at: Some(event.occurred_at),
            clock_offset_ms: event.clock_offset_ms,
            received_at,
            act,
            device: Some(DeviceMark {
                seq: event.seq,
                prev: event.prev,
                verdict: event.device_verdict,
                reason: event.device_reason,
                package_epoch: event.package_epoch,
                held,
            }),
        }
    }

    /// What was read, when it is a scan and could be read.
    pub(crate) fn scanned(&self) -> Option<&Scanned> {
        match &self.act {
            Act::CheckIn { input, .. } => input.as_ref().ok(),
            Act::Annul { .. } => None,
        }
    }

    /// What is taken back, when it is an annulment.
    pub(crate) const fn target(&self) -> Option<ScanId> {
        match self.act {
            Act::Annul { target } => Some(target),
            Act::CheckIn { .. } => None,
        }
    }

    /// Whether it must have been made without network.
    pub(crate) fn offline(&self, effective_at: Timestamp) -> bool {
        self.device.is_some() && effective_at.duration_until(self.received_at) > OFFLINE_AFTER
    }
}
