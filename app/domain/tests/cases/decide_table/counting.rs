//! The counting rules, and the local day that they mean.

use domain::{CountingRule, PassKind, Reason};

use super::super::decide::{Case, base};

/// The counting rule, and the local day that it means.
pub(super) fn counting() -> Vec<Case> {
    let at = "2026-03-10T18:30:00Z";
    let day = "2026-03-10";
    let party = |name, at| base(name, at).all_day("2026-03-10T21:00:00Z", "2026-03-11T02:00:00Z");
    vec![
        base("once a day, the second time", at).again().duplicate(1, day),
        base("once a session, the second time", at)
            .rule(CountingRule::OncePerSession)
            .again()
            .duplicate(1, day),
        base("unlimited, the second time", at)
            .rule(CountingRule::Unlimited)
            .again()
            .counted(1, day),
        base("once a session, the first time", at)
            .rule(CountingRule::OncePerSession)
            .counted(1, day),
        base("a typed number, the second time", at)
            .key(None)
            .again()
            .duplicate(1, day),
        base(
            "outside the window comes before already counted",
            "2026-03-10T12:00:00Z",
        )
        .again()
        .refused(Reason::OutsideWindow, day),
        party("a minute before local midnight", "2026-03-10T22:59:00Z").counted(1, "2026-03-10"),
        party("local midnight is the next day", "2026-03-10T23:00:00Z").counted(1, "2026-03-11"),
        base("midnight UTC is no border", "2026-03-11T00:00:00Z").counted(1, "2026-03-11"),
    ]
}

/// The same holder before and after local midnight, and at two sessions of one day.
pub(super) fn across_midnight() -> Vec<Case> {
    let (day, next) = ("2026-03-10", "2026-03-11");
    let party = |name, at| base(name, at).all_day("2026-03-10T21:00:00Z", "2026-03-11T02:00:00Z");
    let two = |name, at| {
        base(name, at).sessions(&[
            (1, "2026-03-10T13:00:00Z", "2026-03-10T14:00:00Z"),
            (2, "2026-03-10T16:00:00Z", "2026-03-10T17:00:00Z"),
        ])
    };
    let (session, unlimited) = (CountingRule::OncePerSession, CountingRule::Unlimited);
    vec![
        party("once a day, again in the last millisecond", "2026-03-10T22:59:59.999Z")
            .again()
            .duplicate(1, day),
        party("once a day, again after midnight", "2026-03-10T23:30:00Z")
            .again()
            .duplicate(1, next),
        party("once a session, after midnight", "2026-03-10T23:30:00Z")
            .rule(session)
            .counted(1, next),
        party("once a session, again after midnight", "2026-03-10T23:30:00Z")
            .rule(session)
            .again()
            .duplicate(1, next),
        party("unlimited, after midnight", "2026-03-10T23:30:00Z")
            .rule(unlimited)
            .counted(1, next),
        party("unlimited, again after midnight", "2026-03-10T23:30:00Z")
            .rule(unlimited)
            .again()
            .counted(1, next),
        two("once a day, again at the second session", "2026-03-10T16:30:00Z")
            .again()
            .duplicate(2, day),
        two("once a session, the first time at the second", "2026-03-10T16:30:00Z")
            .rule(session)
            .counted(2, day),
        two("once a session, again at the second", "2026-03-10T16:30:00Z")
            .rule(session)
            .again()
            .duplicate(2, day),
        two("unlimited, again at the second", "2026-03-10T16:30:00Z")
            .rule(unlimited)
            .again()
            .counted(2, day),
        base("again at the first instant of the window", "2026-03-10T13:00:00Z")
            .again()
            .duplicate(1, day),
        base("again at the last instant of the window", "2026-03-11T01:00:00Z")
            .again()
            .duplicate(1, next),
        base("a group pass, the second time", "2026-03-10T18:30:00Z")
            .kind(PassKind::Group)
            .again()
            .duplicate(1, day),
        base("a group pass, unlimited", "2026-03-10T18:30:00Z")
            .kind(PassKind::Group)
            .rule(unlimited)
            .again()
            .counted(1, day),
    ]
}
