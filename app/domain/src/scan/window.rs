//! When a scan counts, and with which others it is compared.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::CountingRule;
use crate::id::{ActivityId, HolderId, SessionId};

/// How far a device's clock may run ahead of ours.
pub const LATEST_AHEAD_MINUTES: i64 = 5;

/// The instant at which a scan counts, and whether the device's clock is suspect.
///
/// It is the device's own time, corrected by what the device knows of its clock (`clock_offset_ms`), as long as it lies
/// between the pass's issue and five minutes after arrival. Outside it the time of arrival counts and the clock is
/// suspect (`docs/protocol.md` §6).
#[must_use]
pub fn effective_at(
    occurred_at: Timestamp,
    clock_offset_ms: i64,
    issued_at: Timestamp,
    received_at: Timestamp,
) -> (Timestamp, bool) {
    let ahead = SignedDuration::from_mins(LATEST_AHEAD_MINUTES);
    match occurred_at.checked_add(SignedDuration::from_millis(clock_offset_ms)) {
        Ok(at) if at >= issued_at && received_at.duration_until(at) <= ahead => (at, false),
        _ => (received_at, true),
    }
}

/// One holder at one session of one activity on one local day: what a participation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Window {
    /// Who.
    pub holder: HolderId,
    /// At which activity.
    pub activity: ActivityId,
    /// At which of its sessions.
    pub session: SessionId,
    /// On which local day.
    pub day: Date,
}

impl Window {
    /// A stable text for the database, `holder/session/day`; the session is already of one activity.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}/{}/{}", self.holder, self.session, self.day)
    }

    /// A stable text for the events among which a counting rule lets only the first count: under `once_per_day` those
    /// of one activity and local day, under `once_per_session` those of one session, also past midnight. Under
    /// `unlimited` every event counts, and the text is that of [`Window::key`].
    #[must_use]
    pub fn counting_key(&self, rule: CountingRule) -> String {
        match rule {
            CountingRule::OncePerDay => format!("{}/{}/{}", self.holder, self.activity, self.day),
            CountingRule::OncePerSession => format!("{}/{}", self.holder, self.session),
            CountingRule::Unlimited => self.key(),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn scans_that_a_rule_compares_share_a_counting_key() {
        let id = |n: u8| Uuid::from_bytes([n; 16]);
        let window = Window {
            holder: id(1).into(),
            activity: id(2).into(),
            session: id(3).into(),
            day: date(2026, 3, 10),
        };
        let next_day = Window {
            day: date(2026, 3, 11),
            ..window
        };
        let next_session = Window {
            session: id(4).into(),
            ..window
        };
        let same = |rule: CountingRule, other: &Window| window.counting_key(rule) == other.counting_key(rule);
        assert!(!same(CountingRule::OncePerDay, &next_day) && same(CountingRule::OncePerDay, &next_session));
        assert!(same(CountingRule::OncePerSession, &next_day) && !same(CountingRule::OncePerSession, &next_session));
        assert!(!same(CountingRule::Unlimited, &next_day) && !same(CountingRule::Unlimited, &next_session));
        assert_eq!(
            window.key(),
            "01010101-0101-0101-0101-010101010101/03030303-0303-0303-0303-030303030303/2026-03-10"
        );
    }
}
