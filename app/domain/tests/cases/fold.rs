//! `fold.json`: the instant at which a scan counts, and which events of a window do.

use domain::{CountingRule, FoldEvent, ScanId, effective_at, fold};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::File;

#[derive(Serialize, Deserialize)]
struct Effective {
    name: String,
    occurred_at: Timestamp,
    clock_offset_ms: i64,
    issued_at: Timestamp,
    received_at: Timestamp,
    effective_at: Timestamp,
    clock_suspect: bool,
}

#[derive(Serialize, Deserialize)]
struct Fold {
    name: String,
    rule: CountingRule,
    events: Vec<FoldEvent>,
    /// `scan_id verdict reason`, in order.
    expect: Vec<String>,
}

#[derive(Deserialize)]
struct Vectors {
    effective_at: Vec<Effective>,
    fold: Vec<Fold>,
}

const ISSUED: &str = "2026-01-05T09:00:00Z";
const RECEIVED: &str = "2026-03-10T18:00:00Z";

/// Name, device's time, what it knows of its clock, the instant that counts, whether the clock is suspect.
const EFFECTIVE: [(&str, &str, i64, &str, bool); 14] = [
    ("online, clocks agree", RECEIVED, 0, RECEIVED, false),
    (
        "scanned two days ago, offline",
        "2026-03-08T18:00:00Z",
        0,
        "2026-03-08T18:00:00Z",
        false,
    ),
    (
        "a clock that is known to be an hour behind",
        "2026-03-10T16:59:00Z",
        3_600_000,
        "2026-03-10T17:59:00Z",
        false,
    ),
    (
        "a clock that is known to be an hour ahead",
        "2026-03-10T18:59:00Z",
        -3_600_000,
        "2026-03-10T17:59:00Z",
        false,
    ),
    (
        "four minutes ahead",
        "2026-03-10T18:04:00Z",
        0,
        "2026-03-10T18:04:00Z",
        false,
    ),
    (
        "five minutes ahead",
        "2026-03-10T18:05:00Z",
        0,
        "2026-03-10T18:05:00Z",
        false,
    ),
    (
        "a millisecond more than five minutes ahead",
        "2026-03-10T18:05:00.001Z",
        0,
        RECEIVED,
        true,
    ),
    ("next year", "2027-03-10T18:00:00Z", 0, RECEIVED, true),
    ("the moment of issue", ISSUED, 0, ISSUED, false),
    (
        "a millisecond before issue",
        "2026-01-05T08:59:59.999Z",
        0,
        RECEIVED,
        true,
    ),
    ("a phone that lost its clock", "1970-01-01T00:00:07Z", 0, RECEIVED, true),
    ("the year 1999", "1999-06-01T12:00:00Z", 0, RECEIVED, true),
    ("an absurd correction forward", RECEIVED, i64::MAX, RECEIVED, true),
    ("an absurd correction backward", RECEIVED, i64::MIN, RECEIVED, true),
];

fn id(n: u8) -> Uuid {
    Uuid::from_bytes([0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, n])
}

fn event(n: u8, at: &str) -> FoldEvent {
    FoldEvent {
        scan_id: ScanId::from(id(n)),
        effective_at: at.parse().unwrap(),
        device: None,
        seq: 0,
        offline: false,
        accepted: true,
        annulled: false,
    }
}

fn case(name: &str, rule: CountingRule, events: &[FoldEvent], expect: &[(u8, &str)]) -> Fold {
    let expect = expect
        .iter()
        .map(|(n, outcome)| format!("{} {outcome}", id(*n)))
        .collect();
    Fold {
        name: name.to_owned(),
        rule,
        events: events.to_vec(),
        expect,
    }
}

fn folds() -> Vec<Fold> {
    const OK: &str = "counted ok";
    const AGAIN: &str = "duplicate already_counted";
    const UNDONE: &str = "annulled annulled";
    let once = CountingRule::OncePerDay;
    let (early, late) = ("2026-03-10T18:00:00Z", "2026-03-10T18:10:00Z");
    let on = |event: FoldEvent, device: u8, seq: i64| FoldEvent {
        device: Some(id(device)),
        seq,
        ..event
    };
    let undone = |event: FoldEvent| FoldEvent {
        annulled: true,
        ..event
    };
    let refused = |event: FoldEvent| FoldEvent {
        accepted: false,
        ..event
    };
    let mut cases = vec![
        case("nothing", once, &[], &[]),
        case("one scan", once, &[event(1, early)], &[(1, OK)]),
        case(
            "the earlier counts, whatever arrived first",
            once,
            &[event(1, late), event(2, early)],
            &[(2, OK), (1, AGAIN)],
        ),
        case(
            "the same scan twice",
            once,
            &[event(1, early), event(1, early)],
            &[(1, OK)],
        ),
        case(
            "unlimited: every scan",
            CountingRule::Unlimited,
            &[event(1, early), event(2, late)],
            &[(1, OK), (2, OK)],
        ),
        case(
            "once per session",
            CountingRule::OncePerSession,
            &[event(1, early), event(2, late)],
            &[(1, OK), (2, AGAIN)],
        ),
        case(
            "the first undone, the second counts",
            once,
            &[undone(event(1, early)), event(2, late)],
            &[(1, UNDONE), (2, OK)],
        ),
        case(
            "all undone",
            once,
            &[undone(event(1, early)), undone(event(2, late))],
            &[(1, UNDONE), (2, UNDONE)],
        ),
        case(
            "a copy that says undone wins",
            once,
            &[event(1, early), undone(event(1, early))],
            &[(1, UNDONE)],
        ),
        case(
            "a refused scan takes no place",
            once,
            &[refused(event(1, early)), event(2, late)],
            &[(2, OK)],
        ),
        case(
            "at the same instant the device decides",
            once,
            &[on(event(1, early), 9, 1), on(event(2, early), 8, 5)],
            &[(2, OK), (1, AGAIN)],
        ),
        case(
            "then the device's own counter",
            once,
            &[on(event(1, early), 8, 7), on(event(2, early), 8, 6)],
            &[(2, OK), (1, AGAIN)],
        ),
        case(
            "then the scan id",
            once,
            &[event(2, early), event(1, early)],
            &[(1, OK), (2, AGAIN)],
        ),
        case(
            "no device comes before a device",
            once,
            &[on(event(1, early), 0, 0), event(2, early)],
            &[(2, OK), (1, AGAIN)],
        ),
    ];
    cases.extend(devices());
    cases
}

/// Two phones without network, whose queues arrive in either order.
fn devices() -> Vec<Fold> {
    const OK: &str = "counted ok";
    const AGAIN: &str = "duplicate already_counted";
    const UNDONE: &str = "annulled annulled";
    let (once, session, unlimited) = (
        CountingRule::OncePerDay,
        CountingRule::OncePerSession,
        CountingRule::Unlimited,
    );
    let offline = |n: u8, at: &str, device: u8, seq: i64| FoldEvent {
        device: Some(id(device)),
        seq,
        offline: true,
        ..event(n, at)
    };
    let undone = |event: FoldEvent| FoldEvent {
        annulled: true,
        ..event
    };
    let refused = |event: FoldEvent| FoldEvent {
        accepted: false,
        ..event
    };
    let left = |n| offline(n, "2026-03-10T18:00:00Z", 8, 4);
    let right = |n| offline(n, "2026-03-10T18:00:05Z", 9, 2);
    let midnight = |n| offline(n, "2026-03-10T22:59:59.999Z", 8, 1);
    let after = |n| offline(n, "2026-03-10T23:00:00Z", 9, 1);
    let tie = "2026-03-10T18:00:00Z";
    let both = |name: &str, rule, [one, other]: [FoldEvent; 2], expect: &[(u8, &str)]| {
        [
            case(&format!("{name}: this queue first"), rule, &[one, other], expect),
            case(&format!("{name}: that queue first"), rule, &[other, one], expect),
        ]
    };
    [
        both(
            "two phones, one pass",
            once,
            [left(1), right(2)],
            &[(1, OK), (2, AGAIN)],
        ),
        both(
            "the first of two phones undone",
            once,
            [undone(left(1)), right(2)],
            &[(1, UNDONE), (2, OK)],
        ),
        both(
            "the second of two phones undone",
            once,
            [left(1), undone(right(2))],
            &[(1, OK), (2, UNDONE)],
        ),
        both(
            "the first of two phones refused it",
            once,
            [refused(left(1)), right(2)],
            &[(2, OK)],
        ),
        both(
            "a phone without network before one with",
            once,
            [
                left(1),
                FoldEvent {
                    offline: false,
                    ..right(2)
                },
            ],
            &[(1, OK), (2, AGAIN)],
        ),
        both(
            "a phone and a client at the same instant: the client",
            once,
            [offline(1, tie, 1, 1), event(2, tie)],
            &[(2, OK), (1, AGAIN)],
        ),
        both(
            "the same instant: the smaller device",
            once,
            [offline(2, tie, 8, 9), offline(1, tie, 9, 1)],
            &[(2, OK), (1, AGAIN)],
        ),
        both(
            "the same instant and device: the smaller seq",
            once,
            [offline(2, tie, 8, 1), offline(1, tie, 8, 2)],
            &[(2, OK), (1, AGAIN)],
        ),
        both(
            "the same instant, device and seq, a copied memory: the smaller scan id",
            once,
            [offline(1, tie, 8, 1), offline(2, tie, 8, 1)],
            &[(1, OK), (2, AGAIN)],
        ),
        both(
            "once a session, past midnight",
            session,
            [midnight(1), after(2)],
            &[(1, OK), (2, AGAIN)],
        ),
        both(
            "once a session, past midnight, the first undone",
            session,
            [undone(midnight(1)), after(2)],
            &[(1, UNDONE), (2, OK)],
        ),
        both(
            "unlimited, two phones",
            unlimited,
            [left(1), right(2)],
            &[(1, OK), (2, OK)],
        ),
        both(
            "unlimited, the first undone",
            unlimited,
            [undone(left(1)), right(2)],
            &[(1, UNDONE), (2, OK)],
        ),
        both(
            "a queue sent twice, once before it was undone",
            once,
            [left(1), undone(left(1))],
            &[(1, UNDONE)],
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub(in super::super) fn build() -> String {
    let effective = EFFECTIVE.map(
        |(name, occurred_at, clock_offset_ms, effective_at, clock_suspect)| Effective {
            name: name.to_owned(),
            occurred_at: occurred_at.parse().unwrap(),
            clock_offset_ms,
            issued_at: ISSUED.parse().unwrap(),
            received_at: RECEIVED.parse().unwrap(),
            effective_at: effective_at.parse().unwrap(),
            clock_suspect,
        },
    );
    File::new("When a scan counts, and which scans of one window do. The order of arrival never matters.")
        .list("effective_at", &effective)
        .list("fold", &folds())
        .text()
}

pub(in super::super) fn check(json: &str) {
    let vectors: Vectors = serde_json::from_str(json).unwrap();
    assert!(vectors.effective_at.len() >= 14 && vectors.fold.len() >= 42);
    for case in vectors.effective_at {
        let found = effective_at(case.occurred_at, case.clock_offset_ms, case.issued_at, case.received_at);
        assert_eq!(found, (case.effective_at, case.clock_suspect), "{}", case.name);
    }
    for mut case in vectors.fold {
        let found: Vec<String> = fold(case.rule, &mut case.events)
            .into_iter()
            .map(|(scan, verdict, reason)| format!("{scan} {verdict} {reason}"))
            .collect();
        assert_eq!(found, case.expect, "{}", case.name);
    }
}
