//! The order of the steps: the first one that objects gives the reason.

use domain::{CountingRule, KeyVerdict, PassKind, PassStatus, Reason};

use super::super::decide::{Case, base};

const AT: &str = "2026-03-10T18:30:00Z";
const DAY: &str = "2026-03-10";

/// Five in the morning: no window is open.
const NIGHT: &str = "2026-03-10T04:00:00Z";

trait Wrong: Sized {
    fn forged(self) -> Self;
    fn unknown_key(self) -> Self;
    fn key_revoked(self) -> Self;
    fn cheque(self) -> Self;
    fn early(self) -> Self;
    fn late(self) -> Self;
    fn revoked(self) -> Self;
    fn suspended(self) -> Self;
}

impl Wrong for Case {
    fn forged(self) -> Self {
        self.key(Some(KeyVerdict::BadSignature))
    }

    fn unknown_key(self) -> Self {
        self.key(Some(KeyVerdict::UnknownKey))
    }

    fn key_revoked(self) -> Self {
        self.key(Some(KeyVerdict::KeyRevoked))
    }

    fn cheque(self) -> Self {
        self.kind(PassKind::PaperCheque)
    }

    fn early(self) -> Self {
        self.valid("2026-12-01", "2027-11-30")
    }

    fn late(self) -> Self {
        self.valid("2024-12-01", "2025-11-30")
    }

    fn revoked(self) -> Self {
        self.status(PassStatus::Revoked)
    }

    fn suspended(self) -> Self {
        self.status(PassStatus::Suspended)
    }
}

/// Each step against the next, and against some that come later.
pub(super) fn of_neighbours() -> Vec<Case> {
    [keys(), passes(), places()].concat()
}

fn keys() -> Vec<Case> {
    use Reason::{BadSignature, KeyRevoked, UnknownKey};
    vec![
        base("an unknown key before the look-up", AT)
            .unknown_key()
            .no_pass()
            .refused(UnknownKey, DAY),
        base("a withdrawn key before the look-up", AT)
            .key_revoked()
            .no_pass()
            .refused(KeyRevoked, DAY),
        base("an unknown key before the kind", AT)
            .unknown_key()
            .cheque()
            .refused(UnknownKey, DAY),
        base("a withdrawn key before the kind", AT)
            .key_revoked()
            .cheque()
            .refused(KeyRevoked, DAY),
        base("an unknown key before the dates", AT)
            .unknown_key()
            .early()
            .refused(UnknownKey, DAY),
        base("a withdrawn key before the dates", AT)
            .key_revoked()
            .late()
            .refused(KeyRevoked, DAY),
        base("the signature before the dates", AT)
            .forged()
            .late()
            .refused(BadSignature, DAY),
        base("an unknown key before the status", AT)
            .unknown_key()
            .revoked()
            .refused(UnknownKey, DAY),
        base("a withdrawn key before the status", AT)
            .key_revoked()
            .revoked()
            .refused(KeyRevoked, DAY),
        base("the signature before the status", AT)
            .forged()
            .revoked()
            .refused(BadSignature, DAY),
        base("the signature before the activity", AT)
            .forged()
            .no_activity()
            .refused(BadSignature, DAY),
        base("the signature before the organiser", AT)
            .forged()
            .stranger()
            .refused(BadSignature, DAY),
        base("the signature before the window", NIGHT)
            .forged()
            .refused(BadSignature, DAY),
        base("the signature before already counted", AT)
            .forged()
            .again()
            .refused(BadSignature, DAY),
        base("an unknown key before already counted", AT)
            .unknown_key()
            .again()
            .refused(UnknownKey, DAY),
        base("a withdrawn key before already counted", AT)
            .key_revoked()
            .again()
            .refused(KeyRevoked, DAY),
    ]
}

fn passes() -> Vec<Case> {
    use Reason::{Expired, NotYetValid, Revoked, SchemeNotAccepted, Suspended, UnknownPass};
    vec![
        base("the look-up before the organiser", AT)
            .no_pass()
            .stranger()
            .refused(UnknownPass, DAY),
        base("the look-up before the window", NIGHT)
            .no_pass()
            .refused(UnknownPass, DAY),
        base("the look-up before already counted", AT)
            .no_pass()
            .again()
            .refused(UnknownPass, DAY),
        base("the kind before the first day", AT)
            .cheque()
            .early()
            .refused(SchemeNotAccepted, DAY),
        base("the kind before the status", AT)
            .cheque()
            .revoked()
            .refused(SchemeNotAccepted, DAY),
        base("the kind before the activity", AT)
            .cheque()
            .no_activity()
            .refused(SchemeNotAccepted, DAY),
        base("the kind before already counted", AT)
            .cheque()
            .again()
            .refused(SchemeNotAccepted, DAY),
        base("the first day before a withdrawal", AT)
            .early()
            .revoked()
            .refused(NotYetValid, DAY),
        base("the first day before a blocking", AT)
            .early()
            .suspended()
            .refused(NotYetValid, DAY),
        base("the last day before a blocking", AT)
            .late()
            .suspended()
            .refused(Expired, DAY),
        base("the first day before the activity", AT)
            .early()
            .no_activity()
            .refused(NotYetValid, DAY),
        base("the last day before the organiser", AT)
            .late()
            .stranger()
            .refused(Expired, DAY),
        base("the last day before the window", NIGHT)
            .late()
            .refused(Expired, DAY),
        base("the last day before already counted", AT)
            .late()
            .again()
            .refused(Expired, DAY),
        base("a blocking before the activity", AT)
            .suspended()
            .no_activity()
            .refused(Suspended, DAY),
        base("a withdrawal before the organiser", AT)
            .revoked()
            .stranger()
            .refused(Revoked, DAY),
        base("a withdrawal before the window", NIGHT)
            .revoked()
            .refused(Revoked, DAY),
        base("a blocking before the window", NIGHT)
            .suspended()
            .refused(Suspended, DAY),
        base("a withdrawal before already counted", AT)
            .revoked()
            .again()
            .refused(Revoked, DAY),
    ]
}

fn places() -> Vec<Case> {
    use Reason::{OutsideWindow, RoleDenied, WrongActivity};
    vec![
        base("the activity before already counted", AT)
            .no_activity()
            .again()
            .refused(WrongActivity, DAY),
        base("the organiser before an activity without sessions", AT)
            .stranger()
            .sessions(&[])
            .refused(RoleDenied, DAY),
        base("the organiser before the rule", AT)
            .stranger()
            .rule(CountingRule::Unlimited)
            .refused(RoleDenied, DAY),
        base("the window before once a session", NIGHT)
            .rule(CountingRule::OncePerSession)
            .again()
            .refused(OutsideWindow, DAY),
        base("the window before unlimited", NIGHT)
            .rule(CountingRule::Unlimited)
            .again()
            .refused(OutsideWindow, DAY),
    ]
}

/// Everything is wrong; then one thing after the other is put right, in the order of the steps.
pub(super) fn one_by_one() -> Vec<Case> {
    let wrong = |name, at| base(name, at).cheque().late().revoked().stranger().again();
    vec![
        wrong("all wrong, the key unknown", NIGHT)
            .unknown_key()
            .refused(Reason::UnknownKey, DAY),
        wrong("all wrong, the signature forged", NIGHT)
            .forged()
            .refused(Reason::BadSignature, DAY),
        wrong("all wrong but the signature", NIGHT).refused(Reason::SchemeNotAccepted, DAY),
        wrong("all wrong from the dates on", NIGHT)
            .kind(PassKind::Group)
            .refused(Reason::Expired, DAY),
        base("all wrong from the status on", NIGHT)
            .revoked()
            .stranger()
            .again()
            .refused(Reason::Revoked, DAY),
        base("all wrong from the organiser on", NIGHT)
            .stranger()
            .again()
            .refused(Reason::RoleDenied, DAY),
        base("all wrong from the window on", NIGHT)
            .again()
            .refused(Reason::OutsideWindow, DAY),
        base("only the rule objects", AT).again().duplicate(1, DAY),
        base("nothing objects", AT).counted(1, DAY),
    ]
}
