//! `decide.json`: scans and their verdicts; the tables are in `decide_table/`.

use std::collections::BTreeSet;

use domain::{
    ActivityFacts, CountingRule, Decision, Facts, KeyVerdict, PassFacts, PassKind, PassStatus, PassView, Reason,
    SessionFacts, SessionId, Verdict, decide, local_day,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{File, decide_table};

/// One scan, and what has to become of it.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Case {
    name: String,
    at: Timestamp,
    key: Option<KeyVerdict>,
    pass: Option<PassFacts>,
    /// A number typed where nobody can look it up.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    only_number: bool,
    activity: Option<ActivityFacts>,
    already_counted: bool,
    expect: Decision,
}

#[derive(Serialize, Deserialize)]
struct Day {
    at: Timestamp,
    day: Date,
}

#[derive(Deserialize)]
struct Vectors {
    days: Vec<Day>,
    decisions: Vec<Case>,
}

/// Instants around local midnight, in winter, in summer and in the two nights when the clock jumps.
const DAYS: [(&str, &str); 16] = [
    ("2026-03-10T22:59:59.999Z", "2026-03-10"),
    ("2026-03-10T23:00:00Z", "2026-03-11"),
    ("2026-07-01T21:59:59.999Z", "2026-07-01"),
    ("2026-07-01T22:00:00Z", "2026-07-02"),
    ("2026-03-28T22:59:59Z", "2026-03-28"),
    ("2026-03-28T23:00:00Z", "2026-03-29"),
    ("2026-03-29T00:59:59Z", "2026-03-29"),
    ("2026-03-29T21:59:59Z", "2026-03-29"),
    ("2026-03-29T22:00:00Z", "2026-03-30"),
    ("2026-10-24T21:59:59Z", "2026-10-24"),
    ("2026-10-24T22:00:00Z", "2026-10-25"),
    ("2026-10-25T00:30:00Z", "2026-10-25"),
    ("2026-10-25T22:59:59Z", "2026-10-25"),
    ("2026-10-25T23:00:00Z", "2026-10-26"),
    ("2025-12-31T22:59:59Z", "2025-12-31"),
    ("2025-12-31T23:00:00Z", "2026-01-01"),
];

/// Every reason that `decide()` can give; the others come before it, or from elsewhere.
const REASONS: [Reason; 15] = [
    Reason::Ok,
    Reason::BadSignature,
    Reason::UnknownKey,
    Reason::KeyRevoked,
    Reason::NotYetValid,
    Reason::Expired,
    Reason::Revoked,
    Reason::Suspended,
    Reason::UnknownPass,
    Reason::WrongActivity,
    Reason::OutsideWindow,
    Reason::AlreadyCounted,
    Reason::SchemeNotAccepted,
    Reason::NeedsOnline,
    Reason::RoleDenied,
];

fn id(n: u8) -> Uuid {
    Uuid::from_bytes([0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, n])
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn session(n: u8, starts_at: &str, ends_at: &str) -> SessionFacts {
    SessionFacts {
        id: SessionId::from(id(n)),
        starts_at: time(starts_at),
        ends_at: time(ends_at),
    }
}

/// A valid pass, scanned online at an activity that is on from 19:00 to 21:00 on 10 March 2026 (18:00 to 20:00 UTC).
pub(super) fn base(name: &str, at: &str) -> Case {
    Case {
        name: name.to_owned(),
        at: time(at),
        key: Some(KeyVerdict::Valid),
        pass: Some(PassFacts {
            kind: PassKind::Personal,
            from: "2025-12-01".parse().unwrap(),
            until: "2026-11-30".parse().unwrap(),
            status: PassStatus::Valid,
        }),
        only_number: false,
        activity: Some(ActivityFacts {
            id: id(103).into(),
            organiser: id(104).into(),
            rule: CountingRule::OncePerDay,
            sessions: vec![session(1, "2026-03-10T18:00:00Z", "2026-03-10T20:00:00Z")],
            opens_before_min: 300,
            closes_after_min: 300,
            may_scan: true,
        }),
        already_counted: false,
        expect: Decision::refused(Reason::ServerError, time(at)),
    }
}

impl Case {
    pub(super) fn key(mut self, key: Option<KeyVerdict>) -> Self {
        self.key = key;
        self
    }

    pub(super) fn no_pass(mut self) -> Self {
        self.pass = None;
        self
    }

    /// Typed on a phone without network.
    pub(super) fn only_number(mut self) -> Self {
        (self.key, self.pass, self.only_number) = (None, None, true);
        self
    }

    pub(super) fn no_activity(mut self) -> Self {
        self.activity = None;
        self
    }

    pub(super) fn pass(mut self, change: impl FnOnce(&mut PassFacts)) -> Self {
        change(self.pass.as_mut().unwrap());
        self
    }

    pub(super) fn valid(self, from: &str, until: &str) -> Self {
        self.pass(|pass| (pass.from, pass.until) = (from.parse().unwrap(), until.parse().unwrap()))
    }

    pub(super) fn status(self, status: PassStatus) -> Self {
        self.pass(|pass| pass.status = status)
    }

    pub(super) fn kind(self, kind: PassKind) -> Self {
        self.pass(|pass| pass.kind = kind)
    }

    pub(super) fn activity(mut self, change: impl FnOnce(&mut ActivityFacts)) -> Self {
        change(self.activity.as_mut().unwrap());
        self
    }

    pub(super) fn sessions(self, sessions: &[(u8, &str, &str)]) -> Self {
        self.activity(|activity| {
            activity.sessions = sessions
                .iter()
                .map(|&(n, starts, ends)| session(n, starts, ends))
                .collect();
        })
    }

    /// One session from the first of `days` to the last, so that only the pass's dates decide.
    pub(super) fn all_day(self, from: &str, to: &str) -> Self {
        self.sessions(&[(1, from, to)])
    }

    pub(super) fn window(self, opens_before_min: i32, closes_after_min: i32) -> Self {
        self.activity(|activity| {
            (activity.opens_before_min, activity.closes_after_min) = (opens_before_min, closes_after_min);
        })
    }

    pub(super) fn rule(self, rule: CountingRule) -> Self {
        self.activity(|activity| activity.rule = rule)
    }

    pub(super) fn stranger(self) -> Self {
        self.activity(|activity| activity.may_scan = false)
    }

    pub(super) fn again(mut self) -> Self {
        self.already_counted = true;
        self
    }

    pub(super) fn expect(mut self, verdict: Verdict, reason: Reason, session: Option<u8>, day: &str) -> Self {
        let session = session.map(|n| SessionId::from(id(n)));
        self.expect = Decision {
            verdict,
            reason,
            session,
            day: day.parse().unwrap(),
        };
        self
    }

    pub(super) fn counted(self, session: u8, day: &str) -> Self {
        self.expect(Verdict::Counted, Reason::Ok, Some(session), day)
    }

    pub(super) fn noted(self, session: u8, day: &str) -> Self {
        self.expect(Verdict::Flagged, Reason::NeedsOnline, Some(session), day)
    }

    pub(super) fn duplicate(self, session: u8, day: &str) -> Self {
        self.expect(Verdict::Duplicate, Reason::AlreadyCounted, Some(session), day)
    }

    pub(super) fn refused(self, reason: Reason, day: &str) -> Self {
        self.expect(Verdict::Refused, reason, None, day)
    }
}

pub(in super::super) fn build() -> String {
    let days = DAYS.map(|(at, day)| Day {
        at: time(at),
        day: day.parse().unwrap(),
    });
    File::new(
        "What is known at a scan, and the verdict. `at` is the effective instant; `key` is null for a typed number; \
         `only_number` says that nobody could look it up.",
    )
    .list("days", &days)
    .list("decisions", &decide_table::cases())
    .text()
}

pub(in super::super) fn check(json: &str) {
    let vectors: Vectors = serde_json::from_str(json).unwrap();
    assert!(vectors.decisions.len() >= 150);
    let names: BTreeSet<&str> = vectors.decisions.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(
        names.len(),
        vectors.decisions.len(),
        "a name says what a case is about, so no two have one"
    );
    let given: BTreeSet<Reason> = vectors.decisions.iter().map(|case| case.expect.reason).collect();
    assert_eq!(given, BTreeSet::from(REASONS), "every reason that a decision can have");
    for Day { at, day } in vectors.days {
        assert_eq!(local_day(at), day, "{at}");
    }
    for case in vectors.decisions {
        let facts = Facts {
            key: case.key,
            pass: if case.only_number {
                PassView::OnlyNumber
            } else {
                case.pass.as_ref().into()
            },
            activity: case.activity.as_ref(),
            at: case.at,
            already_counted: case.already_counted,
        };
        assert_eq!(decide(&facts), case.expect, "{}", case.name);
    }
}
