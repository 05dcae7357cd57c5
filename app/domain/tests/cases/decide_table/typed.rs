//! Typed numbers: where they can be looked up, and on a phone without network, where they cannot.

use domain::{CountingRule, PassKind, PassStatus, Reason};

use super::super::decide::{Case, base};

const AT: &str = "2026-03-10T18:30:00Z";
const DAY: &str = "2026-03-10";

/// The server found the pass: everything but key and signature is looked at.
pub(super) fn looked_up() -> Vec<Case> {
    let typed = |name| base(name, AT).key(None);
    vec![
        typed("the number of a withdrawn pass")
            .status(PassStatus::Revoked)
            .refused(Reason::Revoked, DAY),
        typed("the number of a blocked pass")
            .status(PassStatus::Suspended)
            .refused(Reason::Suspended, DAY),
        typed("the number of a paper cheque")
            .kind(PassKind::PaperCheque)
            .refused(Reason::SchemeNotAccepted, DAY),
        typed("the number of a pass that is not valid yet")
            .valid("2026-03-12", "2026-11-30")
            .refused(Reason::NotYetValid, DAY),
        typed("a number for an unknown activity")
            .no_activity()
            .refused(Reason::WrongActivity, DAY),
        typed("a number for another organiser")
            .stranger()
            .refused(Reason::RoleDenied, DAY),
        typed("the number of a group pass")
            .kind(PassKind::Group)
            .counted(1, DAY),
    ]
}

/// Nobody could look it up: noted, and the server judges it when it arrives.
pub(super) fn only_a_number() -> Vec<Case> {
    let typed = |name, at| base(name, at).only_number();
    let (session, unlimited) = (CountingRule::OncePerSession, CountingRule::Unlimited);
    let closed = Reason::OutsideWindow;
    let two = [
        (1, "2026-03-10T13:00:00Z", "2026-03-10T14:00:00Z"),
        (2, "2026-03-10T16:00:00Z", "2026-03-10T17:00:00Z"),
    ];
    let far = [(1, "2040-03-10T18:00:00Z", "2040-03-10T20:00:00Z")];
    vec![
        typed("only a number: noted", AT).noted(1, DAY),
        typed("only a number, years later: no dates are known", "2040-03-10T18:30:00Z")
            .sessions(&far)
            .noted(1, "2040-03-10"),
        typed("only a number, once a session", AT).rule(session).noted(1, DAY),
        typed("only a number, unlimited", AT).rule(unlimited).noted(1, DAY),
        typed("only a number, the second time that day", AT)
            .again()
            .duplicate(1, DAY),
        typed("only a number, the second time that session", AT)
            .rule(session)
            .again()
            .duplicate(1, DAY),
        typed("only a number, unlimited, the second time", AT)
            .rule(unlimited)
            .again()
            .noted(1, DAY),
        typed("only a number, an unknown activity", AT)
            .no_activity()
            .refused(Reason::WrongActivity, DAY),
        typed("only a number, another organiser", AT)
            .stranger()
            .refused(Reason::RoleDenied, DAY),
        typed("only a number, no sessions", AT)
            .sessions(&[])
            .refused(closed, DAY),
        typed("only a number, at the first instant", "2026-03-10T13:00:00Z").noted(1, DAY),
        typed("only a number, a millisecond too early", "2026-03-10T12:59:59.999Z").refused(closed, DAY),
        typed("only a number, at the last instant", "2026-03-11T01:00:00Z").noted(1, "2026-03-11"),
        typed("only a number, a millisecond too late", "2026-03-11T01:00:00.001Z").refused(closed, "2026-03-11"),
        typed("only a number, the activity before already counted", AT)
            .no_activity()
            .again()
            .refused(Reason::WrongActivity, DAY),
        typed("only a number, the organiser before the window", "2026-03-10T04:00:00Z")
            .stranger()
            .refused(Reason::RoleDenied, DAY),
        typed(
            "only a number, the window before already counted",
            "2026-03-10T04:00:00Z",
        )
        .again()
        .refused(closed, DAY),
        typed("only a number, the second of two sessions", "2026-03-10T16:30:00Z")
            .sessions(&two)
            .noted(2, DAY),
        typed("only a number, in the hour that comes twice", "2026-10-25T01:30:00Z")
            .sessions(&[(1, "2026-10-24T20:00:00Z", "2026-10-25T03:00:00Z")])
            .noted(1, "2026-10-25"),
        typed("only a number, after the hour that is skipped", "2026-03-29T01:00:00Z")
            .sessions(&[(1, "2026-03-28T21:00:00Z", "2026-03-29T03:00:00Z")])
            .noted(1, "2026-03-29"),
    ]
}
