//! The fold: from the set of events in one window to what counts, whatever order they arrived in.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CountingRule, Flag, Reason, Verdict};
use crate::id::ScanId;

/// One check-in event of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoldEvent {
    /// The scan; the same id twice is the same event twice.
    pub scan_id: ScanId,
    /// When it counts: see [`super::effective_at`].
    pub effective_at: Timestamp,
    /// The device that made it, if any; a client without a device comes before one with.
    pub device: Option<Uuid>,
    /// The device's own counter, 0 without a device.
    pub seq: i64,
    /// Made without network.
    pub offline: bool,
    /// Whether `decide()` accepted it before the counting rule.
    pub accepted: bool,
    /// Whether it was undone.
    pub annulled: bool,
}

impl FoldEvent {
    /// Everything that the order rests on, then the rest, so that even contradicting copies have one order.
    fn order(&self) -> impl Ord + use<> {
        (
            self.effective_at,
            self.device,
            self.seq,
            self.scan_id,
            !self.accepted,
            self.offline,
            self.annulled,
        )
    }

    /// The flag that this event earns by a verdict: a duplicate made offline could not know better.
    #[must_use]
    pub fn flag_for(&self, verdict: Verdict) -> Option<Flag> {
        (verdict == Verdict::Duplicate && self.offline).then_some(Flag::DuplicateOffline)
    }
}

/// Gives every event of one window its verdict: the first accepted one counts, the rest are duplicates, annulled ones
/// stay out.
///
/// Sorts `events` by (`effective_at`, `device`, `seq`, `scan_id`) and drops copies of one `scan_id`; a copy that says
/// annulled wins. The answer has that order and holds every event except refused ones, whose verdict `decide()` gave.
/// Upload order and repeats never change it.
pub fn fold(rule: CountingRule, events: &mut Vec<FoldEvent>) -> Vec<(ScanId, Verdict, Reason)> {
    merge_copies(events);
    let mut taken = false;
    events
        .iter()
        .filter_map(|event| {
            if event.annulled {
                return Some((event.scan_id, Verdict::Annulled, Reason::Annulled));
            }
            if !event.accepted {
                return None;
            }
            let repeat = taken && rule != CountingRule::Unlimited;
            taken = true;
            Some(if repeat {
                (event.scan_id, Verdict::Duplicate, Reason::AlreadyCounted)
            } else {
                (event.scan_id, Verdict::Counted, Reason::Ok)
            })
        })
        .collect()
}

fn merge_copies(events: &mut Vec<FoldEvent>) {
    events.sort_by_key(|event| (event.scan_id, event.order()));
    events.dedup_by(|copy, kept| {
        let same = copy.scan_id == kept.scan_id;
        kept.annulled |= same && copy.annulled;
        same
    });
    events.sort_by_key(FoldEvent::order);
}
