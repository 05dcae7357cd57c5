//! When a scan counts, whatever the device's clock says, and how old a package is.

use domain::{Freshness, effective_at};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::package::Named;

#[derive(Serialize, Deserialize)]
pub(super) struct Effective {
    name: String,
    occurred_at: Timestamp,
    clock_offset_ms: i64,
    issued_at: Timestamp,
    received_at: Timestamp,
    effective_at: Timestamp,
    clock_suspect: bool,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Fresh {
    name: String,
    /// When the package was made.
    issued_at: Timestamp,
    /// When the server last said that it is the newest.
    checked_at: Timestamp,
    now: Timestamp,
    warn_after_s: i64,
    count_only_after_s: i64,
    /// `fresh`, `old` or `stale`.
    expect: String,
}

const DAY_MS: i64 = 24 * 3_600_000;

pub(super) fn effective() -> Vec<Effective> {
    const ISSUED: &str = "2026-01-05T09:00:00Z";
    const RECEIVED: &str = "2026-03-10T18:00:00Z";
    let row = |name: &str, occurred_at: &str, clock_offset_ms: i64, effective_at: &str, clock_suspect| Effective {
        name: name.to_owned(),
        occurred_at: occurred_at.parse().unwrap(),
        clock_offset_ms,
        issued_at: ISSUED.parse().unwrap(),
        received_at: RECEIVED.parse().unwrap(),
        effective_at: effective_at.parse().unwrap(),
        clock_suspect,
    };
    let kept = |name, occurred_at, offset, at| row(name, occurred_at, offset, at, false);
    let suspect = |name, occurred_at, offset| row(name, occurred_at, offset, RECEIVED, true);
    vec![
        kept(
            "a clock that is right",
            "2026-03-10T17:30:00Z",
            0,
            "2026-03-10T17:30:00Z",
        ),
        kept(
            "a clock a day behind, and it knows",
            "2026-03-09T17:30:00Z",
            DAY_MS,
            "2026-03-10T17:30:00Z",
        ),
        kept(
            "a clock a day ahead, and it knows",
            "2026-03-11T17:30:00Z",
            -DAY_MS,
            "2026-03-10T17:30:00Z",
        ),
        kept(
            "a clock a day behind that nobody noticed: it cannot be told from a day offline",
            "2026-03-09T17:30:00Z",
            0,
            "2026-03-09T17:30:00Z",
        ),
        suspect("a clock a day ahead that nobody noticed", "2026-03-11T17:30:00Z", 0),
        suspect(
            "a clock a day ahead, corrected the wrong way",
            "2026-03-10T17:30:00Z",
            DAY_MS,
        ),
        kept(
            "a millisecond's correction",
            "2026-03-10T17:30:00Z",
            -1,
            "2026-03-10T17:29:59.999Z",
        ),
        kept(
            "exactly five minutes ahead",
            "2026-03-10T18:05:00Z",
            0,
            "2026-03-10T18:05:00Z",
        ),
        kept(
            "exactly five minutes ahead by its correction",
            "2026-03-10T17:05:00Z",
            3_600_000,
            "2026-03-10T18:05:00Z",
        ),
        suspect(
            "a millisecond more than five minutes ahead",
            "2026-03-10T18:05:00.001Z",
            0,
        ),
        suspect("a millisecond more, by its correction", "2026-03-10T18:05:00Z", 1),
        kept(
            "a millisecond less, by its correction",
            "2026-03-10T18:05:00.001Z",
            -1,
            "2026-03-10T18:05:00Z",
        ),
        kept("at the very issue of the pass", ISSUED, 0, ISSUED),
        suspect(
            "a millisecond before the pass was issued",
            "2026-01-05T08:59:59.999Z",
            0,
        ),
        kept(
            "moved to the issue by its correction",
            "2026-01-05T08:59:59.999Z",
            1,
            ISSUED,
        ),
        suspect("moved to before the issue by its correction", ISSUED, -1),
        suspect("the year 1999", "1999-12-31T23:59:59Z", 0),
        suspect("the year 1970: a phone without a clock", "1970-01-01T00:00:00Z", 0),
        kept(
            "the year 1970, and it knows",
            "1970-01-01T00:00:00Z",
            1_773_163_800_000,
            "2026-03-10T17:30:00Z",
        ),
        suspect("the year 2099", "2099-03-10T18:00:00Z", 0),
        suspect("a correction past the end of time", "2026-03-10T17:30:00Z", i64::MAX),
        suspect(
            "a correction before the start of time",
            "2026-03-10T17:30:00Z",
            i64::MIN,
        ),
    ]
}

pub(super) fn fresh() -> Vec<Fresh> {
    const MADE: &str = "2026-03-10T18:00:00Z";
    let fresh = |name: &str, checked_at: &str, now: &str, expect: &str| Fresh {
        name: name.to_owned(),
        issued_at: MADE.parse().unwrap(),
        checked_at: checked_at.parse().unwrap(),
        now: now.parse().unwrap(),
        warn_after_s: 86_400,
        count_only_after_s: 604_800,
        expect: expect.to_owned(),
    };
    let own_limits = |name, now, expect| Fresh {
        warn_after_s: 60,
        count_only_after_s: 120,
        ..fresh(name, MADE, now, expect)
    };
    vec![
        fresh("just made", MADE, MADE, "fresh"),
        fresh("a second before a day", MADE, "2026-03-11T17:59:59Z", "fresh"),
        fresh("exactly a day", MADE, "2026-03-11T18:00:00Z", "fresh"),
        fresh("a millisecond more than a day", MADE, "2026-03-11T18:00:00.001Z", "old"),
        fresh("a second more than a day", MADE, "2026-03-11T18:00:01Z", "old"),
        fresh("exactly a week", MADE, "2026-03-17T18:00:00Z", "old"),
        fresh(
            "a millisecond more than a week",
            MADE,
            "2026-03-17T18:00:00.001Z",
            "stale",
        ),
        fresh("a year", MADE, "2027-03-10T18:00:00Z", "stale"),
        fresh(
            "made long ago, checked just now",
            "2026-04-10T18:00:00Z",
            "2026-04-10T18:00:00Z",
            "fresh",
        ),
        fresh(
            "checked exactly a day ago",
            "2026-04-10T18:00:00Z",
            "2026-04-11T18:00:00Z",
            "fresh",
        ),
        fresh(
            "checked more than a day ago",
            "2026-04-10T18:00:00Z",
            "2026-04-11T18:00:01Z",
            "old",
        ),
        fresh(
            "checked more than a week ago",
            "2026-04-10T18:00:00Z",
            "2026-04-17T18:00:01Z",
            "stale",
        ),
        fresh(
            "a check before it was made says nothing",
            "2026-03-01T00:00:00Z",
            "2026-03-11T18:00:00Z",
            "fresh",
        ),
        fresh("a clock that was set back", MADE, "2026-03-09T18:00:00Z", "fresh"),
        own_limits("limits of its own, exactly", "2026-03-10T18:01:00Z", "fresh"),
        own_limits("limits of its own, old", "2026-03-10T18:01:00.001Z", "old"),
        own_limits("limits of its own, stale", "2026-03-10T18:02:00.001Z", "stale"),
    ]
}

pub(super) fn check(packages: &[Named], effective: &[Effective], fresh: &[Fresh]) {
    assert!(effective.len() >= 22 && fresh.len() >= 17);
    for case in effective {
        let found = effective_at(case.occurred_at, case.clock_offset_ms, case.issued_at, case.received_at);
        assert_eq!(found, (case.effective_at, case.clock_suspect), "{}", case.name);
    }
    for case in fresh {
        let mut package = packages[0].package.clone();
        package.issued_at = case.issued_at;
        package.limits.warn_after_s = case.warn_after_s;
        package.limits.count_only_after_s = case.count_only_after_s;
        let found = match package.freshness(case.checked_at, case.now) {
            Freshness::Fresh => "fresh",
            Freshness::Old => "old",
            Freshness::Stale => "stale",
        };
        assert_eq!(found, case.expect, "{}", case.name);
    }
}
