//! The scans of `decide.json`. Every expectation was written by hand from `docs/protocol.md`.

use domain::{CountingRule, KeyVerdict, PassKind, PassStatus, Reason};

use super::decide::{Case, base};

pub(super) fn cases() -> Vec<Case> {
    [before_the_dates(), dates(), activities(), windows(), counting()].concat()
}

/// Key, signature, pass and kind.
fn before_the_dates() -> Vec<Case> {
    let at = "2026-03-10T18:30:00Z";
    let day = "2026-03-10";
    let bad = Some(KeyVerdict::BadSignature);
    vec![
        base("a valid pass at an activity that is on", at).counted(1, day),
        base("a typed number has no signature to check", at)
            .key(None)
            .counted(1, day),
        base("a group pass", at).kind(PassKind::Group).counted(1, day),
        base("a forged signature", at)
            .key(bad)
            .refused(Reason::BadSignature, day),
        base("a key that is not here yet", at)
            .key(Some(KeyVerdict::UnknownKey))
            .refused(Reason::UnknownKey, day),
        base("a withdrawn key", at)
            .key(Some(KeyVerdict::KeyRevoked))
            .refused(Reason::KeyRevoked, day),
        base("an unknown number", at)
            .key(None)
            .no_pass()
            .refused(Reason::UnknownPass, day),
        base("a good signature of a pass that is not here", at)
            .no_pass()
            .refused(Reason::UnknownPass, day),
        base("the signature comes before the look-up", at)
            .key(bad)
            .no_pass()
            .refused(Reason::BadSignature, day),
        base("a paper cheque is no pass", at)
            .kind(PassKind::PaperCheque)
            .refused(Reason::SchemeNotAccepted, day),
        base("the signature comes before the kind", at)
            .key(bad)
            .kind(PassKind::PaperCheque)
            .refused(Reason::BadSignature, day),
        base("the kind comes before the dates", at)
            .kind(PassKind::PaperCheque)
            .valid("2025-01-01", "2025-01-31")
            .refused(Reason::SchemeNotAccepted, day),
        base("nothing is known at all", at)
            .no_pass()
            .no_activity()
            .refused(Reason::UnknownPass, day),
    ]
}

/// First and last day, ten minutes of patience, local midnight and the nights when the clock jumps.
fn dates() -> Vec<Case> {
    let winter = |name, at| base(name, at).all_day("2026-03-09T12:00:00Z", "2026-03-11T12:00:00Z");
    let summer = |name, at| base(name, at).all_day("2026-06-30T12:00:00Z", "2026-07-02T12:00:00Z");
    let spring = |name, at| base(name, at).all_day("2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z");
    let autumn = |name, at| base(name, at).all_day("2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z");
    let (early, late) = (Reason::NotYetValid, Reason::Expired);
    let at = "2026-03-10T18:30:00Z";
    vec![
        winter("the first second of the first day", "2026-03-09T23:00:00Z")
            .valid("2026-03-10", "2026-11-30")
            .counted(1, "2026-03-10"),
        winter("ten minutes before the first day", "2026-03-09T22:50:00Z")
            .valid("2026-03-10", "2026-11-30")
            .counted(1, "2026-03-09"),
        winter("a second more than ten minutes before", "2026-03-09T22:49:59Z")
            .valid("2026-03-10", "2026-11-30")
            .refused(early, "2026-03-09"),
        winter("the last second of the last day", "2026-03-10T22:59:59Z")
            .valid("2025-12-01", "2026-03-10")
            .counted(1, "2026-03-10"),
        winter("nearly ten minutes after the last day", "2026-03-10T23:09:59Z")
            .valid("2025-12-01", "2026-03-10")
            .counted(1, "2026-03-11"),
        winter("ten minutes after the last day", "2026-03-10T23:10:00Z")
            .valid("2025-12-01", "2026-03-10")
            .refused(late, "2026-03-11"),
        summer("ten minutes before the first day, in summer", "2026-06-30T21:50:00Z")
            .valid("2026-07-01", "2026-11-30")
            .counted(1, "2026-06-30"),
        summer("too early, in summer", "2026-06-30T21:49:59Z")
            .valid("2026-07-01", "2026-11-30")
            .refused(early, "2026-06-30"),
        summer(
            "nearly ten minutes after the last day, in summer",
            "2026-07-01T22:09:59Z",
        )
        .valid("2025-12-01", "2026-07-01")
        .counted(1, "2026-07-02"),
        summer("too late, in summer", "2026-07-01T22:10:00Z")
            .valid("2025-12-01", "2026-07-01")
            .refused(late, "2026-07-02"),
        spring("ten minutes before a day of 23 hours", "2026-03-28T22:50:00Z")
            .valid("2026-03-29", "2026-03-29")
            .counted(1, "2026-03-28"),
        spring("too early for a day of 23 hours", "2026-03-28T22:49:59Z")
            .valid("2026-03-29", "2026-03-29")
            .refused(early, "2026-03-28"),
        spring("the hour that does not exist has passed", "2026-03-29T01:00:00Z")
            .valid("2026-03-29", "2026-03-29")
            .counted(1, "2026-03-29"),
        spring("the end of a day of 23 hours", "2026-03-29T22:09:59Z")
            .valid("2026-03-29", "2026-03-29")
            .counted(1, "2026-03-30"),
        spring("too late for a day of 23 hours", "2026-03-29T22:10:00Z")
            .valid("2026-03-29", "2026-03-29")
            .refused(late, "2026-03-30"),
        autumn("ten minutes before a day of 25 hours", "2026-10-24T21:50:00Z")
            .valid("2026-10-25", "2026-10-25")
            .counted(1, "2026-10-24"),
        autumn("too early for a day of 25 hours", "2026-10-24T21:49:59Z")
            .valid("2026-10-25", "2026-10-25")
            .refused(early, "2026-10-24"),
        autumn("half past two, the first time", "2026-10-25T00:30:00Z")
            .valid("2026-10-25", "2026-10-25")
            .counted(1, "2026-10-25"),
        autumn("half past two, the second time", "2026-10-25T01:30:00Z")
            .valid("2026-10-25", "2026-10-25")
            .counted(1, "2026-10-25"),
        autumn("the 25th hour", "2026-10-25T22:59:59Z")
            .valid("2026-10-25", "2026-10-25")
            .counted(1, "2026-10-25"),
        autumn("too late for a day of 25 hours", "2026-10-25T23:10:00Z")
            .valid("2026-10-25", "2026-10-25")
            .refused(late, "2026-10-26"),
        base("a pass of the next work year", at)
            .valid("2026-12-01", "2027-11-30")
            .refused(early, "2026-03-10"),
        base("a pass of the last work year", at)
            .valid("2024-12-01", "2025-11-30")
            .refused(late, "2026-03-10"),
        base("a typed number of an old pass", at)
            .key(None)
            .valid("2024-12-01", "2025-11-30")
            .refused(late, "2026-03-10"),
        base("the dates come before the status", at)
            .valid("2024-12-01", "2025-11-30")
            .status(PassStatus::Revoked)
            .refused(late, "2026-03-10"),
    ]
}

/// Status, activity and organiser.
fn activities() -> Vec<Case> {
    let at = "2026-03-10T18:30:00Z";
    let day = "2026-03-10";
    let night = "2026-03-10T03:00:00Z";
    vec![
        base("a withdrawn pass", at)
            .status(PassStatus::Revoked)
            .refused(Reason::Revoked, day),
        base("a blocked pass", at)
            .status(PassStatus::Suspended)
            .refused(Reason::Suspended, day),
        base("the status comes before the activity", at)
            .status(PassStatus::Revoked)
            .no_activity()
            .refused(Reason::Revoked, day),
        base("the status comes before already counted", at)
            .status(PassStatus::Suspended)
            .again()
            .refused(Reason::Suspended, day),
        base("an unknown activity", at)
            .no_activity()
            .refused(Reason::WrongActivity, day),
        base("an activity of another organiser", at)
            .stranger()
            .refused(Reason::RoleDenied, day),
        base("the organiser comes before the window", night)
            .stranger()
            .refused(Reason::RoleDenied, day),
        base("the organiser comes before already counted", at)
            .stranger()
            .again()
            .refused(Reason::RoleDenied, day),
        base("an activity without sessions", at)
            .sessions(&[])
            .refused(Reason::OutsideWindow, day),
    ]
}

/// From five hours before to five hours after, and which session.
fn windows() -> Vec<Case> {
    let day = "2026-03-10";
    let next = "2026-03-11";
    let closed = Reason::OutsideWindow;
    let afternoon = (1, "2026-03-10T13:00:00Z", "2026-03-10T14:00:00Z");
    let evening = (2, "2026-03-10T16:00:00Z", "2026-03-10T17:00:00Z");
    let after_evening = (3, "2026-03-10T17:00:00Z", "2026-03-10T18:00:00Z");
    let two = |name, at| base(name, at).sessions(&[evening, afternoon]);
    vec![
        base("the very start", "2026-03-10T18:00:00Z").counted(1, day),
        base("the very end", "2026-03-10T20:00:00Z").counted(1, day),
        base("five hours before the start", "2026-03-10T13:00:00Z").counted(1, day),
        base("a second before the window", "2026-03-10T12:59:59Z").refused(closed, day),
        base(
            "five hours after the end, on the next local day",
            "2026-03-11T01:00:00Z",
        )
        .counted(1, next),
        base("a second after the window", "2026-03-11T01:00:01Z").refused(closed, next),
        base("a millisecond after the window", "2026-03-11T01:00:00.001Z").refused(closed, next),
        base("a week late", "2026-03-17T18:30:00Z").refused(closed, "2026-03-17"),
        base("a window of its own, open", "2026-03-10T17:45:00Z")
            .window(15, 0)
            .counted(1, day),
        base("a window of its own, not open yet", "2026-03-10T17:44:59Z")
            .window(15, 0)
            .refused(closed, day),
        base("a window of its own, closed", "2026-03-10T20:00:01Z")
            .window(15, 0)
            .refused(closed, day),
        base("no window around it, at the start", "2026-03-10T18:00:00Z")
            .window(0, 0)
            .counted(1, day),
        two("during the first of two", "2026-03-10T13:30:00Z").counted(1, day),
        two("during the second of two", "2026-03-10T16:30:00Z").counted(2, day),
        two("between, nearer to the first", "2026-03-10T14:59:59Z").counted(1, day),
        two("between, nearer to the second", "2026-03-10T15:00:01Z").counted(2, day),
        two("exactly between: the nearer start", "2026-03-10T15:00:00Z").counted(2, day),
        two("after both", "2026-03-10T21:00:00Z").counted(2, day),
        two("only the second is still open", "2026-03-10T19:00:01Z").counted(2, day),
        base("one ends as the next starts", "2026-03-10T17:00:00Z")
            .sessions(&[evening, after_evening])
            .counted(3, day),
        base(
            "the one that is on, not the one that starts sooner",
            "2026-03-10T16:50:00Z",
        )
        .sessions(&[after_evening, evening])
        .counted(2, day),
        base("two that overlap: the nearer start", "2026-03-10T18:30:00Z")
            .sessions(&[
                (4, "2026-03-10T12:00:00Z", "2026-03-10T20:00:00Z"),
                (5, "2026-03-10T18:00:00Z", "2026-03-10T19:00:00Z"),
            ])
            .counted(5, day),
        base("two at the same time: the smaller id", "2026-03-10T18:30:00Z")
            .sessions(&[
                (7, "2026-03-10T18:00:00Z", "2026-03-10T20:00:00Z"),
                (6, "2026-03-10T18:00:00Z", "2026-03-10T20:00:00Z"),
            ])
            .counted(6, day),
        base(
            "five hours are five hours in the night that loses one",
            "2026-03-28T22:00:00Z",
        )
        .sessions(&[(1, "2026-03-29T03:00:00Z", "2026-03-29T04:00:00Z")])
        .counted(1, "2026-03-28"),
        base(
            "five hours are five hours in the night that gains one",
            "2026-10-24T20:59:59Z",
        )
        .sessions(&[(1, "2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z")])
        .refused(closed, "2026-10-24"),
    ]
}

/// The counting rule, and the local day that it means.
fn counting() -> Vec<Case> {
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
