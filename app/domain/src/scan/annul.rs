//! Who may take a scan back, and until when.

use jiff::{SignedDuration, Timestamp};

use super::Reason;

/// How long whoever made a scan may take it back without asking anybody (`docs/protocol.md` §6).
pub const ANNUL_OWN_MINUTES: i64 = 15;

/// What the rule rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnnulFacts {
    /// The same device, client or person made the scan.
    pub own: bool,
    /// A supervisor's device, the organiser or a coordinator: theirs are all scans of the organiser, at any time.
    pub supervises: bool,
    /// When the scan counts: see [`super::effective_at`].
    pub scanned_at: Timestamp,
    /// When it was taken back, on the same scale.
    pub annulled_at: Timestamp,
}

/// Whether a scan may be taken back. Both instants are those of the events, not of their arrival: a phone without network
/// may undo within a quarter of an hour, however late it tells.
///
/// # Errors
/// [`Reason::RoleDenied`] for somebody else's scan; [`Reason::AnnulTooLate`] for one's own after a quarter of an hour.
pub fn may_annul(facts: &AnnulFacts) -> Result<(), Reason> {
    if facts.supervises {
        return Ok(());
    }
    if !facts.own {
        return Err(Reason::RoleDenied);
    }
    let since = facts.scanned_at.duration_until(facts.annulled_at);
    if since > SignedDuration::from_mins(ANNUL_OWN_MINUTES) {
        return Err(Reason::AnnulTooLate);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ones_own_for_a_quarter_of_an_hour_and_a_supervisor_always() {
        let scanned_at: Timestamp = "2026-03-10T18:30:00Z".parse().unwrap();
        let facts = |own, supervises, seconds| AnnulFacts {
            own,
            supervises,
            scanned_at,
            annulled_at: scanned_at + SignedDuration::from_secs(seconds),
        };
        assert_eq!(may_annul(&facts(true, false, 900)), Ok(()));
        assert_eq!(may_annul(&facts(true, false, 901)), Err(Reason::AnnulTooLate));
        assert_eq!(may_annul(&facts(false, false, 1)), Err(Reason::RoleDenied));
        assert_eq!(may_annul(&facts(false, true, 86_400)), Ok(()));
        assert_eq!(may_annul(&facts(true, false, -60)), Ok(()), "a clock that was set back");
    }
}
