//! The nights in which the clock jumps: 29 March 2026 has 23 hours, 25 October 2026 has 25.

use domain::{CountingRule, Reason};

use super::super::decide::{Case, base};

/// First and last days of passes beside and on these two days.
pub(super) fn days() -> Vec<Case> {
    let spring = |name, at| base(name, at).all_day("2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z");
    let autumn = |name, at| base(name, at).all_day("2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z");
    let (early, late) = (Reason::NotYetValid, Reason::Expired);
    vec![
        spring("the first instant of a day of 23 hours", "2026-03-28T23:00:00Z")
            .valid("2026-03-29", "2026-03-29")
            .counted(1, "2026-03-29"),
        spring(
            "the last millisecond before the clock jumps ahead",
            "2026-03-29T00:59:59.999Z",
        )
        .valid("2026-03-29", "2026-03-29")
        .counted(1, "2026-03-29"),
        spring("the last millisecond of a day of 23 hours", "2026-03-29T21:59:59.999Z")
            .valid("2026-03-29", "2026-03-29")
            .counted(1, "2026-03-29"),
        spring("the instant after a day of 23 hours", "2026-03-29T22:00:00Z")
            .valid("2026-03-29", "2026-03-29")
            .counted(1, "2026-03-30"),
        spring(
            "until the day before the 23 hours, patience",
            "2026-03-28T23:09:59.999Z",
        )
        .valid("2025-12-01", "2026-03-28")
        .counted(1, "2026-03-29"),
        spring("until the day before the 23 hours, too late", "2026-03-28T23:10:00Z")
            .valid("2025-12-01", "2026-03-28")
            .refused(late, "2026-03-29"),
        spring("from the day after the 23 hours, patience", "2026-03-29T21:50:00Z")
            .valid("2026-03-30", "2026-11-30")
            .counted(1, "2026-03-29"),
        spring("from the day after the 23 hours, too early", "2026-03-29T21:49:59.999Z")
            .valid("2026-03-30", "2026-11-30")
            .refused(early, "2026-03-29"),
        autumn("the first instant of a day of 25 hours", "2026-10-24T22:00:00Z")
            .valid("2026-10-25", "2026-10-25")
            .counted(1, "2026-10-25"),
        autumn("24 hours after a day of 25 began", "2026-10-25T22:00:00Z")
            .valid("2026-10-25", "2026-10-25")
            .counted(1, "2026-10-25"),
        autumn(
            "24 hours and ten minutes after a day of 25 began",
            "2026-10-25T22:10:00Z",
        )
        .valid("2026-10-25", "2026-10-25")
        .counted(1, "2026-10-25"),
        autumn(
            "the last millisecond of patience after 25 hours",
            "2026-10-25T23:09:59.999Z",
        )
        .valid("2026-10-25", "2026-10-25")
        .counted(1, "2026-10-26"),
        autumn(
            "until the day before the 25 hours, patience",
            "2026-10-24T22:09:59.999Z",
        )
        .valid("2025-12-01", "2026-10-24")
        .counted(1, "2026-10-25"),
        autumn("until the day before the 25 hours, too late", "2026-10-24T22:10:00Z")
            .valid("2025-12-01", "2026-10-24")
            .refused(late, "2026-10-25"),
        autumn("from the day after the 25 hours, patience", "2026-10-25T22:50:00Z")
            .valid("2026-10-26", "2026-11-30")
            .counted(1, "2026-10-25"),
        autumn("from the day after the 25 hours, too early", "2026-10-25T22:49:59.999Z")
            .valid("2026-10-26", "2026-11-30")
            .refused(early, "2026-10-25"),
    ]
}

/// Windows are hours that pass, not hours on the wall; a counting day is a day on the wall.
pub(super) fn windows() -> Vec<Case> {
    let closed = Reason::OutsideWindow;
    let spring_eve = |name, at| base(name, at).all_day("2026-03-28T19:00:00Z", "2026-03-28T22:00:00Z");
    let spring_morning = |name, at| base(name, at).all_day("2026-03-29T03:00:00Z", "2026-03-29T04:00:00Z");
    let autumn_eve = |name, at| base(name, at).all_day("2026-10-24T18:00:00Z", "2026-10-24T21:00:00Z");
    let autumn_morning = |name, at| base(name, at).all_day("2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z");
    let half_past_two_twice = [
        (1, "2026-10-25T00:30:00Z", "2026-10-25T00:45:00Z"),
        (2, "2026-10-25T01:30:00Z", "2026-10-25T01:45:00Z"),
    ];
    let around_the_jump = [
        (1, "2026-03-29T00:00:00Z", "2026-03-29T00:30:00Z"),
        (2, "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z"),
    ];
    let spring_party = |name, at| base(name, at).all_day("2026-03-28T21:00:00Z", "2026-03-29T03:00:00Z");
    let autumn_party = |name, at| base(name, at).all_day("2026-10-24T20:00:00Z", "2026-10-25T03:00:00Z");
    vec![
        spring_morning(
            "a millisecond too early over the jump ahead",
            "2026-03-28T21:59:59.999Z",
        )
        .refused(closed, "2026-03-28"),
        spring_eve("five hours after, over the jump ahead", "2026-03-29T03:00:00Z").counted(1, "2026-03-29"),
        spring_eve("a millisecond too late over the jump ahead", "2026-03-29T03:00:00.001Z")
            .refused(closed, "2026-03-29"),
        autumn_morning("five hours before, over the jump back", "2026-10-24T21:00:00Z").counted(1, "2026-10-24"),
        autumn_eve("five hours after, over the jump back", "2026-10-25T02:00:00Z").counted(1, "2026-10-25"),
        autumn_eve("a millisecond too late over the jump back", "2026-10-25T02:00:00.001Z")
            .refused(closed, "2026-10-25"),
        base("two sessions at half past two: the first", "2026-10-25T00:35:00Z")
            .sessions(&half_past_two_twice)
            .counted(1, "2026-10-25"),
        base("two sessions at half past two: the second", "2026-10-25T01:35:00Z")
            .sessions(&half_past_two_twice)
            .counted(2, "2026-10-25"),
        base("a quarter to two is a quarter before three", "2026-03-29T00:45:00Z")
            .sessions(&around_the_jump)
            .counted(2, "2026-03-29"),
        base("sixteen minutes before three, one after two", "2026-03-29T00:44:00Z")
            .sessions(&around_the_jump)
            .counted(1, "2026-03-29"),
        spring_party("before midnight, in the short night", "2026-03-28T22:59:59.999Z")
            .again()
            .duplicate(1, "2026-03-28"),
        spring_party("after midnight it is the day of 23 hours", "2026-03-28T23:00:00Z").counted(1, "2026-03-29"),
        spring_party("after the jump ahead, the second time", "2026-03-29T01:00:00Z")
            .again()
            .duplicate(1, "2026-03-29"),
        spring_party("once a session, over the jump ahead", "2026-03-29T01:30:00Z")
            .rule(CountingRule::OncePerSession)
            .again()
            .duplicate(1, "2026-03-29"),
        autumn_party("before midnight, in the long night", "2026-10-24T21:59:59.999Z").counted(1, "2026-10-24"),
        autumn_party("half past two for the second time, again", "2026-10-25T01:30:00Z")
            .again()
            .duplicate(1, "2026-10-25"),
        autumn_party("once a session, over the jump back", "2026-10-25T01:30:00Z")
            .rule(CountingRule::OncePerSession)
            .again()
            .duplicate(1, "2026-10-25"),
        autumn_party("unlimited, half past two for the second time", "2026-10-25T01:30:00Z")
            .rule(CountingRule::Unlimited)
            .again()
            .counted(1, "2026-10-25"),
    ]
}
