//! The packages that the phone decides by, and the activity that a volunteer most likely means.

use domain::{
    ActivityId, Cents, CountingRule, DeviceRole, Limits, Package, PackageActivity, PackageKey, PackageOrganiser,
    PackageStatusList, SessionFacts,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::credential::public_key;

#[derive(Serialize, Deserialize)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) package: Package,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Likely {
    name: String,
    now: Timestamp,
    /// The activity of the first package, if any.
    expect: Option<ActivityId>,
}

/// Once a day, two sessions on 10 March 2026.
pub(super) const CLUB: u8 = 201;
/// Once a session, past midnight.
pub(super) const PARTY: u8 = 202;
/// Unlimited, open only while it is on.
pub(super) const GYM: u8 = 203;
/// Once a day, in the night of 25 hours.
pub(super) const LONG_NIGHT: u8 = 204;
/// Once a session, in the same night.
pub(super) const LONG_SESSION: u8 = 205;
/// Once a day, in the night of 23 hours.
pub(super) const SHORT_NIGHT: u8 = 206;

/// Of twelve passes index 3 is revoked, 5 suspended and 7 has the reserved value: bytes 40 c8 00, by hand.
const LST: &str = "eNpzOMEAAAJTAQk";

/// Pass 7YVJ-X9GX-JM7 at the club on 10 March, counted by another device.
const SEEN_ELSEWHERE: &str = "pZ8wS9OExO8";

pub(super) fn id(n: u8) -> Uuid {
    Uuid::from_bytes([0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, n])
}

fn activity(n: u8, name: &str, rule: CountingRule, window: [i32; 2], sessions: &[(u8, &str, &str)]) -> PackageActivity {
    PackageActivity {
        id: id(n).into(),
        name: name.to_owned(),
        rule,
        opens_before_min: window[0],
        closes_after_min: window[1],
        price_cents: Cents(500),
        pass_price_cents: Cents(100),
        sessions: sessions
            .iter()
            .map(|&(n, starts_at, ends_at)| SessionFacts {
                id: id(n).into(),
                starts_at: starts_at.parse().unwrap(),
                ends_at: ends_at.parse().unwrap(),
            })
            .collect(),
    }
}

fn package(issued_at: &str, activities: Vec<PackageActivity>) -> Package {
    let issued_at: Timestamp = issued_at.parse().unwrap();
    let public = public_key();
    Package {
        epoch: 7,
        issued_at,
        expires_at: issued_at + jiff::SignedDuration::from_hours(7 * 24),
        issuer: "https://randpas.example".to_owned(),
        keys: vec![
            PackageKey::new(1, &public, None),
            PackageKey::new(2, &public, Some("2026-02-01T00:00:00Z".parse().unwrap())),
            PackageKey {
                kid: 3,
                x: "no key".to_owned(),
                revoked_at: None,
            },
            // All zeros: a point of so low an order that it would accept anything.
            PackageKey::new(4, &[0; 32], None),
        ],
        status_list: PackageStatusList {
            bits: 2,
            lst: LST.to_owned(),
        },
        organiser: PackageOrganiser {
            id: id(104).into(),
            name: "Turnclub De Rand".to_owned(),
        },
        role: DeviceRole::Counter,
        activities,
        schemes: vec![],
        recent: vec![SEEN_ELSEWHERE.to_owned()],
        limits: Limits::default(),
    }
}

pub(super) fn packages() -> Vec<Named> {
    let (daily, session) = (CountingRule::OncePerDay, CountingRule::OncePerSession);
    let usual = [300, 300];
    let club = [
        (1, "2026-03-10T13:00:00Z", "2026-03-10T14:00:00Z"),
        (2, "2026-03-10T18:00:00Z", "2026-03-10T20:00:00Z"),
    ];
    let party = [(3, "2026-03-10T21:00:00Z", "2026-03-11T02:00:00Z")];
    let gym = [(4, "2026-03-10T18:00:00Z", "2026-03-10T20:00:00Z")];
    let long = |n| [(n, "2026-10-24T20:00:00Z", "2026-10-25T03:00:00Z")];
    let short = [(7, "2026-03-28T21:00:00Z", "2026-03-29T03:00:00Z")];
    let evening = package(
        "2026-03-10T12:00:00Z",
        vec![
            activity(CLUB, "Turnen", daily, usual, &club),
            activity(PARTY, "Fuif", session, [60, 60], &party),
            activity(GYM, "Fitness", CountingRule::Unlimited, [0, 0], &gym),
        ],
    );
    let nights = package(
        "2026-10-24T12:00:00Z",
        vec![
            activity(LONG_NIGHT, "Nacht", daily, usual, &long(5)),
            activity(LONG_SESSION, "Nachtfuif", session, usual, &long(6)),
            activity(SHORT_NIGHT, "Korte nacht", daily, usual, &short),
        ],
    );
    let elsewhere = Package {
        issuer: "urn:randpas".to_owned(),
        ..evening.clone()
    };
    let named = |name: &str, package| Named {
        name: name.to_owned(),
        package,
    };
    vec![
        named("evening", evening),
        named("nights", nights),
        named("elsewhere", elsewhere),
    ]
}

pub(super) fn likely() -> Vec<Likely> {
    let likely = |name: &str, now: &str, expect: Option<u8>| Likely {
        name: name.to_owned(),
        now: now.parse().unwrap(),
        expect: expect.map(|n| id(n).into()),
    };
    vec![
        likely("the day before: the next one", "2026-03-09T12:00:00Z", Some(CLUB)),
        likely("in the afternoon", "2026-03-10T13:10:00Z", Some(CLUB)),
        likely(
            "two that begin together: the first of the list",
            "2026-03-10T18:10:00Z",
            Some(CLUB),
        ),
        likely(
            "two that are open: the nearer start",
            "2026-03-10T20:01:00Z",
            Some(PARTY),
        ),
        likely("only the party is open", "2026-03-11T02:30:00Z", Some(PARTY)),
        likely("at the last instant", "2026-03-11T03:00:00Z", Some(PARTY)),
        likely("nothing any more", "2026-03-11T03:00:00.001Z", None),
    ]
}

pub(super) fn check(packages: &[Named], likely: &[Likely]) {
    assert!(packages.len() >= 3 && likely.len() >= 7);
    for Named { name, package } in packages {
        let text = serde_json::to_string(package).unwrap();
        assert_eq!(&serde_json::from_str::<Package>(&text).unwrap(), package, "{name}");
    }
    for case in likely {
        let found = packages[0]
            .package
            .likely_activity(case.now)
            .map(|activity| activity.id);
        assert_eq!(found, case.expect, "{}", case.name);
    }
}
