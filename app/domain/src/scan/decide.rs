//! `decide()`: the one place where a scan is judged, for phone and server alike.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Reason;
use crate::codes::code_enum;
use crate::credential::{KeyVerdict, PassKind};
use crate::id::{ActivityId, OrganiserId, SessionId};
use crate::local_time::{end_of_day, local_day, start_of_day};

/// How far a clock may be off before a pass's first and after its last day.
pub const DATE_SKEW_MINUTES: i64 = 10;

code_enum! {
    /// How a scan ends.
    Verdict("verdict") {
        /// The visit counts.
        Counted = "counted",
        /// The same visit was counted before.
        Duplicate = "duplicate",
        /// Not accepted; the reason says why.
        Refused = "refused",
        /// Counted, but a person must look.
        Flagged = "flagged",
        /// Undone.
        Annulled = "annulled",
    }
}

impl Verdict {
    /// Whether a participation follows from it.
    #[must_use]
    pub const fn is_counted(self) -> bool {
        matches!(self, Self::Counted | Self::Flagged)
    }
}

code_enum! {
    /// How often one holder counts at one activity.
    CountingRule("counting rule") {
        /// Once a local day, the usual rule.
        OncePerDay = "once_per_day",
        /// Once a session, also when the session goes past midnight.
        OncePerSession = "once_per_session",
        /// Every scan.
        Unlimited = "unlimited",
    }
}

code_enum! {
    /// Whether a pass may be used.
    PassStatus("pass status") {
        /// Yes.
        Valid = "valid",
        /// No, for good.
        Revoked = "revoked",
        /// Not for now.
        Suspended = "suspended",
    }
}

/// What the decision needs of a pass: no more than its code and the status list tell a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassFacts {
    /// What sort.
    pub kind: PassKind,
    /// The first valid day, in Brussels.
    pub from: Date,
    /// The last valid day, in Brussels.
    pub until: Date,
    /// Whether it may be used.
    pub status: PassStatus,
}

/// How much the decider knows of the pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassView<'a> {
    /// Its code was read, or it was looked up.
    Known(&'a PassFacts),
    /// A number was typed where nobody can look it up: a phone has no list of passes.
    OnlyNumber,
    /// There is no such pass.
    Unknown,
}

impl<'a> From<Option<&'a PassFacts>> for PassView<'a> {
    fn from(found: Option<&'a PassFacts>) -> Self {
        found.map_or(Self::Unknown, Self::Known)
    }
}

/// One moment of an activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionFacts {
    /// The session.
    pub id: SessionId,
    /// When it starts.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
}

/// What is known of the activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityFacts {
    /// The activity.
    pub id: ActivityId,
    /// Whose it is.
    pub organiser: OrganiserId,
    /// How often a holder counts.
    pub rule: CountingRule,
    /// Its sessions; those of the days around the scan are enough.
    pub sessions: Vec<SessionFacts>,
    /// Minutes before the start of a session from which scans are taken; 300 by default.
    pub opens_before_min: i32,
    /// Minutes after the end of a session until which scans are taken; 300 by default.
    pub closes_after_min: i32,
    /// Whether the asker may scan for this organiser.
    pub may_scan: bool,
}

impl ActivityFacts {
    /// The session that a scan at `at` belongs to: of those whose window contains it (both borders included), the one
    /// that is on or nearest; between two that are equally near, the one whose start is nearer, then the earlier.
    #[must_use]
    pub fn session_at(&self, at: Timestamp) -> Option<&SessionFacts> {
        let before = SignedDuration::from_mins(i64::from(self.opens_before_min));
        let after = SignedDuration::from_mins(i64::from(self.closes_after_min));
        self.sessions
            .iter()
            .filter(|session| {
                at.duration_until(session.starts_at) <= before && session.ends_at.duration_until(at) <= after
            })
            .min_by_key(|session| {
                let until_start = at.duration_until(session.starts_at);
                let since_end = session.ends_at.duration_until(at);
                let away = until_start.max(since_end).max(SignedDuration::ZERO);
                (away, until_start.abs(), session.starts_at, session.id)
            })
    }
}

/// Everything a decision rests on.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// What the signature check said; `None` for a typed number.
    pub key: Option<KeyVerdict>,
    /// The pass, as far as it is known.
    pub pass: PassView<'a>,
    /// The activity, if there is one.
    pub activity: Option<&'a ActivityFacts>,
    /// When the scan was made: see [`super::effective_at`].
    pub at: Timestamp,
    /// Whether this holder is already counted in this window, as far as the decider knows.
    pub already_counted: bool,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// How the scan ends.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// The session that the scan belongs to, once one was found.
    pub session: Option<SessionId>,
    /// The local day of the scan in Brussels.
    pub day: Date,
}

impl Decision {
    /// A refusal before any session was looked for.
    #[must_use]
    pub fn refused(reason: Reason, at: Timestamp) -> Self {
        Self {
            verdict: Verdict::Refused,
            reason,
            session: None,
            day: local_day(at),
        }
    }
}

/// Judges a scan in the order of `docs/protocol.md` §5: (format, in `parse_scan`) → key → signature → kind → dates →
/// status → activity and organiser → counting rule → accept. The first step that objects gives the reason.
///
/// A typed number skips key and signature. Where nobody can look it up ([`PassView::OnlyNumber`]) it also skips kind,
/// dates and status: the visit is `flagged` as `needs_online`, and the server judges it again when it arrives. Scheme
/// limits belong to cheques, which this step of the product does not take yet: a paper cheque is refused as
/// `scheme_not_accepted`.
#[must_use]
pub fn decide(facts: &Facts<'_>) -> Decision {
    match examine(facts) {
        Err(reason) => Decision::refused(reason, facts.at),
        Ok((activity, session)) => {
            let repeat = facts.already_counted && activity.rule != CountingRule::Unlimited;
            let (verdict, reason) = if repeat {
                (Verdict::Duplicate, Reason::AlreadyCounted)
            } else if facts.pass == PassView::OnlyNumber {
                (Verdict::Flagged, Reason::NeedsOnline)
            } else {
                (Verdict::Counted, Reason::Ok)
            };
            Decision {
                verdict,
                reason,
                session: Some(session.id),
                day: local_day(facts.at),
            }
        }
    }
}

/// Every step before the counting rule.
fn examine<'a>(facts: &Facts<'a>) -> Result<(&'a ActivityFacts, &'a SessionFacts), Reason> {
    match facts.key {
        None | Some(KeyVerdict::Valid) => {}
        Some(KeyVerdict::UnknownKey) => return Err(Reason::UnknownKey),
        Some(KeyVerdict::KeyRevoked) => return Err(Reason::KeyRevoked),
        Some(KeyVerdict::BadSignature) => return Err(Reason::BadSignature),
    }
    match facts.pass {
        PassView::Known(pass) => check_pass(pass, facts.at)?,
        PassView::OnlyNumber => {}
        PassView::Unknown => return Err(Reason::UnknownPass),
    }
    let activity = facts.activity.ok_or(Reason::WrongActivity)?;
    if !activity.may_scan {
        return Err(Reason::RoleDenied);
    }
    let session = activity.session_at(facts.at).ok_or(Reason::OutsideWindow)?;
    Ok((activity, session))
}

/// Kind, dates, status.
fn check_pass(pass: &PassFacts, at: Timestamp) -> Result<(), Reason> {
    match pass.kind {
        PassKind::Personal | PassKind::Group => {}
        PassKind::PaperCheque => return Err(Reason::SchemeNotAccepted),
    }
    check_dates(pass, at)?;
    match pass.status {
        PassStatus::Valid => Ok(()),
        PassStatus::Revoked => Err(Reason::Revoked),
        PassStatus::Suspended => Err(Reason::Suspended),
    }
}

/// Local days, both inclusive, with some patience for clocks: ten minutes before the first and after the last.
fn check_dates(pass: &PassFacts, at: Timestamp) -> Result<(), Reason> {
    let skew = SignedDuration::from_mins(DATE_SKEW_MINUTES);
    if at.duration_until(start_of_day(pass.from)) > skew {
        return Err(Reason::NotYetValid);
    }
    let end = end_of_day(pass.until);
    if end.duration_until(at) >= skew {
        return Err(Reason::Expired);
    }
    Ok(())
}
