//! Who may take a scan back, to the millisecond.

use domain::{AnnulFacts, may_annul};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(super) struct Annul {
    name: String,
    own: bool,
    supervises: bool,
    scanned_at: Timestamp,
    annulled_at: Timestamp,
    /// `ok`, or the reason why not.
    expect: String,
}

pub(super) fn annuls() -> Vec<Annul> {
    const SCANNED: &str = "2026-03-10T18:30:00Z";
    let annul = |name: &str, [own, supervises]: [bool; 2], scanned_at: &str, annulled_at: &str, expect: &str| Annul {
        name: name.to_owned(),
        own,
        supervises,
        scanned_at: scanned_at.parse().unwrap(),
        annulled_at: annulled_at.parse().unwrap(),
        expect: expect.to_owned(),
    };
    let own = |name, at, expect| annul(name, [true, false], SCANNED, at, expect);
    let others = |name, at, expect| annul(name, [false, false], SCANNED, at, expect);
    let supervisor = |name, at, expect| annul(name, [false, true], SCANNED, at, expect);
    vec![
        own("one's own, at once", SCANNED, "ok"),
        own("one's own, a minute later", "2026-03-10T18:31:00Z", "ok"),
        own(
            "one's own, a second before a quarter of an hour",
            "2026-03-10T18:44:59Z",
            "ok",
        ),
        own("one's own, exactly a quarter of an hour", "2026-03-10T18:45:00Z", "ok"),
        own(
            "one's own, a millisecond later",
            "2026-03-10T18:45:00.001Z",
            "annul_too_late",
        ),
        own("one's own, a second later", "2026-03-10T18:45:01Z", "annul_too_late"),
        own("one's own, the next day", "2026-03-11T18:30:00Z", "annul_too_late"),
        own("one's own, a clock that was set back", "2026-03-10T18:29:00Z", "ok"),
        own(
            "one's own, a clock that was set back a day",
            "2026-03-09T18:30:00Z",
            "ok",
        ),
        others("somebody else's, at once", SCANNED, "role_denied"),
        others("somebody else's, too late", "2026-03-10T18:45:01Z", "role_denied"),
        others(
            "somebody else's, a clock that was set back",
            "2026-03-10T18:29:00Z",
            "role_denied",
        ),
        supervisor("a supervisor, at once", SCANNED, "ok"),
        supervisor("a supervisor, after a quarter of an hour", "2026-03-10T18:45:01Z", "ok"),
        supervisor("a supervisor, a year later", "2027-03-10T18:30:00Z", "ok"),
        annul(
            "a supervisor's own, after a quarter of an hour",
            [true, true],
            SCANNED,
            "2026-03-10T18:45:01Z",
            "ok",
        ),
        annul(
            "a quarter of an hour over the jump ahead",
            [true, false],
            "2026-03-29T00:50:00Z",
            "2026-03-29T01:05:00Z",
            "ok",
        ),
        annul(
            "more than a quarter of an hour over the jump ahead",
            [true, false],
            "2026-03-29T00:50:00Z",
            "2026-03-29T01:05:01Z",
            "annul_too_late",
        ),
        annul(
            "a quarter of an hour over the jump back",
            [true, false],
            "2026-10-25T00:50:00Z",
            "2026-10-25T01:05:00Z",
            "ok",
        ),
        annul(
            "an hour over the jump back: the same time on the wall",
            [true, false],
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:30:00Z",
            "annul_too_late",
        ),
        annul(
            "a quarter of an hour over midnight",
            [true, false],
            "2026-03-10T22:50:00Z",
            "2026-03-10T23:05:00Z",
            "ok",
        ),
    ]
}

pub(super) fn check(annuls: &[Annul]) {
    assert!(annuls.len() >= 21);
    for case in annuls {
        let found = may_annul(&AnnulFacts {
            own: case.own,
            supervises: case.supervises,
            scanned_at: case.scanned_at,
            annulled_at: case.annulled_at,
        });
        let found = found.err().map_or("ok", |reason| reason.code());
        assert_eq!(found, case.expect, "{}", case.name);
    }
}
