//! First and last day of a pass, with ten minutes of patience for clocks.

use domain::{PassStatus, Reason};

use super::super::decide::{Case, base};

/// First and last day, ten minutes of patience, local midnight and the nights when the clock jumps.
pub(super) fn dates() -> Vec<Case> {
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

/// The same borders to the millisecond, at the turn of the year and on a leap day.
pub(super) fn to_the_millisecond() -> Vec<Case> {
    let winter = |name, at| base(name, at).all_day("2026-03-09T12:00:00Z", "2026-03-11T12:00:00Z");
    let summer = |name, at| base(name, at).all_day("2026-06-30T12:00:00Z", "2026-07-02T12:00:00Z");
    let new_year = |name, at| base(name, at).all_day("2025-12-31T12:00:00Z", "2026-01-01T12:00:00Z");
    let leap_day = |name, at| base(name, at).all_day("2028-02-28T12:00:00Z", "2028-03-01T12:00:00Z");
    let (early, late) = (Reason::NotYetValid, Reason::Expired);
    vec![
        winter("a millisecond more than ten minutes before", "2026-03-09T22:49:59.999Z")
            .valid("2026-03-10", "2026-11-30")
            .refused(early, "2026-03-09"),
        winter("a millisecond before the first day", "2026-03-09T22:59:59.999Z")
            .valid("2026-03-10", "2026-11-30")
            .counted(1, "2026-03-09"),
        winter("the last millisecond of the last day", "2026-03-10T22:59:59.999Z")
            .valid("2025-12-01", "2026-03-10")
            .counted(1, "2026-03-10"),
        winter("the instant after the last day", "2026-03-10T23:00:00Z")
            .valid("2025-12-01", "2026-03-10")
            .counted(1, "2026-03-11"),
        winter("the last millisecond of patience", "2026-03-10T23:09:59.999Z")
            .valid("2025-12-01", "2026-03-10")
            .counted(1, "2026-03-11"),
        winter("the last second before midnight UTC", "2026-03-10T23:59:59Z")
            .valid("2025-12-01", "2026-03-10")
            .refused(late, "2026-03-11"),
        winter("a pass of one day, at noon", "2026-03-10T11:00:00Z")
            .valid("2026-03-10", "2026-03-10")
            .counted(1, "2026-03-10"),
        summer("the first second of the first day, in summer", "2026-06-30T22:00:00Z")
            .valid("2026-07-01", "2026-11-30")
            .counted(1, "2026-07-01"),
        summer("a millisecond too early, in summer", "2026-06-30T21:49:59.999Z")
            .valid("2026-07-01", "2026-11-30")
            .refused(early, "2026-06-30"),
        summer(
            "the last millisecond of the last day, in summer",
            "2026-07-01T21:59:59.999Z",
        )
        .valid("2025-12-01", "2026-07-01")
        .counted(1, "2026-07-01"),
        summer(
            "the last millisecond of patience, in summer",
            "2026-07-01T22:09:59.999Z",
        )
        .valid("2025-12-01", "2026-07-01")
        .counted(1, "2026-07-02"),
        summer("midnight in winter time is too late in summer", "2026-07-01T23:00:00Z")
            .valid("2025-12-01", "2026-07-01")
            .refused(late, "2026-07-02"),
        new_year("ten minutes before the first day of a year", "2025-12-31T22:50:00Z")
            .valid("2026-01-01", "2026-12-31")
            .counted(1, "2025-12-31"),
        new_year("too early for the first day of a year", "2025-12-31T22:49:59.999Z")
            .valid("2026-01-01", "2026-12-31")
            .refused(early, "2025-12-31"),
        new_year(
            "nearly ten minutes after the last day of a year",
            "2025-12-31T23:09:59.999Z",
        )
        .valid("2025-01-01", "2025-12-31")
        .counted(1, "2026-01-01"),
        new_year("too late for the last day of a year", "2025-12-31T23:10:00Z")
            .valid("2025-01-01", "2025-12-31")
            .refused(late, "2026-01-01"),
        leap_day("a pass until the leap day, on the leap day", "2028-02-29T18:00:00Z")
            .valid("2027-12-01", "2028-02-29")
            .counted(1, "2028-02-29"),
        leap_day("too late for the leap day", "2028-02-29T23:10:00Z")
            .valid("2027-12-01", "2028-02-29")
            .refused(late, "2028-03-01"),
        leap_day("a pass until the day before the leap day", "2028-02-28T23:10:00Z")
            .valid("2027-12-01", "2028-02-28")
            .refused(late, "2028-02-29"),
    ]
}
