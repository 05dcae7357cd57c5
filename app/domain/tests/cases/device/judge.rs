//! What the phone decides alone: scans against a package and what it remembers.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{
    ActivityId, Body, Credential, Decision, Judge, LiveProof, PassKind, Reason, SessionId, Verdict, parse_scan,
};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::super::credential::sample;
use super::package::{CLUB, GYM, LONG_NIGHT, LONG_SESSION, Named, PARTY, SHORT_NIGHT, id};

#[derive(Serialize, Deserialize)]
pub(super) struct Case {
    name: String,
    /// The name of the package; its `recent` is remembered too.
    package: String,
    /// What the camera or the keyboard gave.
    scan: String,
    activity: ActivityId,
    at: Timestamp,
    /// Visit keys in the phone's own memory.
    remembered: Vec<String>,
    expect: Decision,
    /// What is hashed for the visit key; `null` where nothing has to be remembered.
    window: Option<String>,
    key: Option<String>,
}

const AT: &str = "2026-03-10T18:30:00Z";
const DAY: &str = "2026-03-10";
const NEXT: &str = "2026-03-11";

const TAG: u64 = 0x0123_4567_89ab;
/// The number of [`TAG`].
const NUMBER: &str = "014D2PF2DBV";
/// The tag of a visit that the package knows of.
const SEEN_TAG: u64 = 0xfedc_ba98_7654;
const SEEN_NUMBER: &str = "7YVJX9GXJM7";

const YEAR: [Date; 2] = [date(2025, 12, 1), date(2026, 11, 30)];

fn key_of(window: &str) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(window)[..8])
}

fn daily(activity: u8, day: &str) -> String {
    format!("{NUMBER}/{}/{day}", id(activity))
}

fn of_session(session: u8) -> String {
    format!("{NUMBER}/{}", id(session))
}

pub(super) fn pass(index: u32) -> String {
    sample(PassKind::Personal, 1, index, TAG, YEAR).to_qr_text()
}

fn signed_by(kid: u8) -> Credential {
    sample(PassKind::Personal, kid, 1, TAG, YEAR)
}

fn dated(days: [Date; 2]) -> String {
    sample(PassKind::Personal, 1, 1, TAG, days).to_qr_text()
}

/// The same signature under another index.
fn forged(credential: Credential, index: u32) -> String {
    let body = Body {
        index,
        ..credential.body
    };
    Credential::new(body, credential.signature).to_qr_text()
}

fn case(name: &str, scan: &str, activity: u8, at: &str) -> Case {
    let at = at.parse().unwrap();
    Case {
        name: name.to_owned(),
        package: "evening".to_owned(),
        scan: scan.to_owned(),
        activity: id(activity).into(),
        at,
        remembered: vec![],
        expect: Decision::refused(Reason::ServerError, at),
        window: None,
        key: None,
    }
}

impl Case {
    fn by(mut self, package: &str) -> Self {
        self.package = package.to_owned();
        self
    }

    fn remembers(mut self, window: &str) -> Self {
        self.remembered.push(key_of(window));
        self
    }

    fn expect(mut self, verdict: Verdict, reason: Reason, session: Option<u8>, day: &str) -> Self {
        self.expect = Decision {
            verdict,
            reason,
            session: session.map(|n| SessionId::from(id(n))),
            day: day.parse().unwrap(),
        };
        self
    }

    fn counted(self, session: u8, day: &str) -> Self {
        self.expect(Verdict::Counted, Reason::Ok, Some(session), day)
    }

    fn noted(self, session: u8, day: &str) -> Self {
        self.expect(Verdict::Flagged, Reason::NeedsOnline, Some(session), day)
    }

    fn duplicate(self, session: u8, day: &str) -> Self {
        self.expect(Verdict::Duplicate, Reason::AlreadyCounted, Some(session), day)
    }

    fn refused(self, reason: Reason, day: &str) -> Self {
        self.expect(Verdict::Refused, reason, None, day)
    }

    fn keeps(mut self, window: &str) -> Self {
        self.key = Some(key_of(window));
        self.window = Some(window.to_owned());
        self
    }
}

pub(super) fn cases() -> Vec<Case> {
    [passes(), texts(), dates(), memory(), nights()]
        .into_iter()
        .flatten()
        .collect()
}

/// Signature, key, kind and status.
fn passes() -> Vec<Case> {
    let club = daily(CLUB, DAY);
    let at_club = |name, scan: &str| case(name, scan, CLUB, AT);
    let live = LiveProof {
        step: 6_511_020,
        mac: [1, 2, 3, 4],
    };
    let group = sample(PassKind::Group, 1, 1, 16, YEAR).to_qr_text();
    let cheque = sample(PassKind::PaperCheque, 1, 1, TAG, YEAR).to_qr_text();
    let revoked = sample(PassKind::Personal, 1, 3, TAG, YEAR);
    vec![
        at_club("a pass", &pass(1)).counted(2, DAY).keeps(&club),
        at_club("a pass, from a keyboard scanner", &format!("{}\r\n", pass(1)))
            .counted(2, DAY)
            .keeps(&club),
        at_club(
            "a live code, which only the server checks",
            &signed_by(1).to_live_qr_text(&live),
        )
        .counted(2, DAY)
        .keeps(&club),
        at_club("a group pass", &group)
            .counted(2, DAY)
            .keeps(&format!("000000000GZ/{}/{DAY}", id(CLUB))),
        at_club("a paper cheque", &cheque).refused(Reason::SchemeNotAccepted, DAY),
        at_club("a revoked index", &pass(3)).refused(Reason::Revoked, DAY),
        at_club("a suspended index", &pass(5)).refused(Reason::Suspended, DAY),
        at_club("an index with the reserved value", &pass(7)).refused(Reason::Suspended, DAY),
        at_club("the first index of the list", &pass(0))
            .counted(2, DAY)
            .keeps(&club),
        at_club("the last index of the list", &pass(11))
            .counted(2, DAY)
            .keeps(&club),
        at_club("the first index behind the list", &pass(12))
            .counted(2, DAY)
            .keeps(&club),
        at_club("the largest index there is", &pass(u32::MAX))
            .counted(2, DAY)
            .keeps(&club),
        at_club("a withdrawn key", &signed_by(2).to_qr_text()).refused(Reason::KeyRevoked, DAY),
        at_club("a withdrawn key, forged", &forged(signed_by(2), 2)).refused(Reason::KeyRevoked, DAY),
        at_club("a key that is not here", &signed_by(9).to_qr_text()).refused(Reason::UnknownKey, DAY),
        at_club("a key that is not here, forged", &forged(signed_by(9), 2)).refused(Reason::UnknownKey, DAY),
        at_club("a key in the package that is no key", &signed_by(3).to_qr_text()).refused(Reason::UnknownKey, DAY),
        at_club("a key that would accept anything", &signed_by(4).to_qr_text()).refused(Reason::UnknownKey, DAY),
        at_club("a revoked pass that took another index", &forged(revoked, 2)).refused(Reason::BadSignature, DAY),
        at_club("a pass of another issuer", &pass(1))
            .by("elsewhere")
            .refused(Reason::BadSignature, DAY),
        case("a pass at an activity that is not in the package", &pass(1), 250, AT).refused(Reason::WrongActivity, DAY),
        case(
            "a revoked pass at an activity that is not in the package",
            &pass(3),
            250,
            AT,
        )
        .refused(Reason::Revoked, DAY),
    ]
}

/// What is no pass, and what was typed.
fn texts() -> Vec<Case> {
    let club = daily(CLUB, DAY);
    let at_club = |name, scan: &str| case(name, scan, CLUB, AT);
    let half = pass(1)[..60].to_owned();
    vec![
        at_club("nothing", "").refused(Reason::Malformed, DAY),
        at_club("half a pass", &half).refused(Reason::Malformed, DAY),
        at_club("a menu", "https://www.example.be/menu?tafel=7").refused(Reason::ForeignQr, DAY),
        case("a menu, at no activity", "https://www.example.be/menu", 250, AT).refused(Reason::ForeignQr, DAY),
        at_club("a mistyped number", "014D-2PF2-DBW").refused(Reason::Malformed, DAY),
        at_club("a typed number", "014D-2PF2-DBV").noted(2, DAY).keeps(&club),
        at_club("a number in lower case with spaces", "o14d 2pf2 dbv")
            .noted(2, DAY)
            .keeps(&club),
        at_club("a number that nobody has: the phone cannot know", "0000-0000-01Y")
            .noted(2, DAY)
            .keeps(&format!("0000000001Y/{}/{DAY}", id(CLUB))),
        at_club("a typed number after the scan", "014D-2PF2-DBV")
            .remembers(&club)
            .duplicate(2, DAY)
            .keeps(&club),
        case(
            "a typed number at an activity that is not here",
            "014D-2PF2-DBV",
            250,
            AT,
        )
        .refused(Reason::WrongActivity, DAY),
        case(
            "a typed number outside the window",
            "014D-2PF2-DBV",
            GYM,
            "2026-03-10T17:59:59.999Z",
        )
        .refused(Reason::OutsideWindow, DAY),
        case("a typed number, unlimited", "014D-2PF2-DBV", GYM, AT).noted(4, DAY),
        case(
            "a typed number, once a session",
            "014D-2PF2-DBV",
            PARTY,
            "2026-03-10T21:30:00Z",
        )
        .noted(3, DAY)
        .keeps(&of_session(3)),
        at_club("a typed number that another device counted", "7YVJ-X9GX-JM7")
            .duplicate(2, DAY)
            .keeps(&format!("{SEEN_NUMBER}/{}/{DAY}", id(CLUB))),
    ]
}

/// The dates of the pass and the windows of the activity.
fn dates() -> Vec<Case> {
    let first = [date(2026, 3, 10), date(2026, 11, 30)];
    let last = [date(2025, 12, 1), date(2026, 3, 10)];
    let closed = Reason::OutsideWindow;
    let at = |name, scan: &str, activity, at| case(name, scan, activity, at);
    vec![
        at(
            "a pass of last year",
            &dated([date(2024, 12, 1), date(2025, 11, 30)]),
            CLUB,
            AT,
        )
        .refused(Reason::Expired, DAY),
        at(
            "a pass of next year",
            &dated([date(2026, 12, 1), date(2027, 11, 30)]),
            CLUB,
            AT,
        )
        .refused(Reason::NotYetValid, DAY),
        at("on the first day", &dated(first), CLUB, AT)
            .counted(2, DAY)
            .keeps(&daily(CLUB, DAY)),
        at(
            "the last millisecond of patience",
            &dated(last),
            CLUB,
            "2026-03-10T23:09:59.999Z",
        )
        .counted(2, NEXT)
        .keeps(&daily(CLUB, NEXT)),
        at(
            "ten minutes after the last day",
            &dated(last),
            CLUB,
            "2026-03-10T23:10:00Z",
        )
        .refused(Reason::Expired, NEXT),
        at(
            "the first instant of the window",
            &pass(1),
            CLUB,
            "2026-03-10T08:00:00Z",
        )
        .counted(1, DAY)
        .keeps(&daily(CLUB, DAY)),
        at("before the window", &pass(1), CLUB, "2026-03-10T07:59:59.999Z").refused(closed, DAY),
        at("the last instant of the window", &pass(1), CLUB, "2026-03-11T01:00:00Z")
            .counted(2, NEXT)
            .keeps(&daily(CLUB, NEXT)),
        at("after the window", &pass(1), CLUB, "2026-03-11T01:00:00.001Z").refused(closed, NEXT),
        at("an hour before the party", &pass(1), PARTY, "2026-03-10T20:00:00Z")
            .counted(3, DAY)
            .keeps(&of_session(3)),
        at(
            "more than an hour before the party",
            &pass(1),
            PARTY,
            "2026-03-10T19:59:59Z",
        )
        .refused(closed, DAY),
        at("as the gym opens", &pass(1), GYM, "2026-03-10T18:00:00Z").counted(4, DAY),
        at("before the gym opens", &pass(1), GYM, "2026-03-10T17:59:59.999Z").refused(closed, DAY),
        at("after the gym closed", &pass(1), GYM, "2026-03-10T20:00:00.001Z").refused(closed, DAY),
    ]
}

/// What the phone and the package remember.
fn memory() -> Vec<Case> {
    let club = daily(CLUB, DAY);
    let at_club = |name, scan: &str| case(name, scan, CLUB, AT);
    let after_midnight = |name| case(name, &pass(1), PARTY, "2026-03-10T23:30:00Z");
    let seen = sample(PassKind::Personal, 1, 1, SEEN_TAG, YEAR).to_qr_text();
    vec![
        at_club("a visit that is remembered", &pass(1))
            .remembers(&club)
            .duplicate(2, DAY)
            .keeps(&club),
        at_club("a replaced pass's index, the same number", &pass(2))
            .remembers(&club)
            .duplicate(2, DAY)
            .keeps(&club),
        case(
            "remembered from the evening, at the afternoon",
            &pass(1),
            CLUB,
            "2026-03-10T13:30:00Z",
        )
        .remembers(&club)
        .duplicate(1, DAY)
        .keeps(&club),
        at_club("the visit of the day before is remembered", &pass(1))
            .remembers(&daily(CLUB, "2026-03-09"))
            .counted(2, DAY)
            .keeps(&club),
        at_club("a visit to another activity is remembered", &pass(1))
            .remembers(&daily(PARTY, DAY))
            .counted(2, DAY)
            .keeps(&club),
        at_club("another holder's visit is remembered", &pass(1))
            .remembers(&format!("{SEEN_NUMBER}/{}/{DAY}", id(CLUB)))
            .counted(2, DAY)
            .keeps(&club),
        at_club("a visit that another device counted", &seen)
            .duplicate(2, DAY)
            .keeps(&format!("{SEEN_NUMBER}/{}/{DAY}", id(CLUB))),
        case("the same pass the next local day", &seen, CLUB, "2026-03-10T23:30:00Z")
            .counted(2, NEXT)
            .keeps(&format!("{SEEN_NUMBER}/{}/{NEXT}", id(CLUB))),
        at_club("a revoked pass that was counted before", &pass(3))
            .remembers(&club)
            .refused(Reason::Revoked, DAY),
        case(
            "outside the window, counted before",
            &pass(1),
            CLUB,
            "2026-03-10T07:00:00Z",
        )
        .remembers(&club)
        .refused(Reason::OutsideWindow, DAY),
        case("unlimited remembers nothing", &pass(1), GYM, AT)
            .remembers(&daily(GYM, DAY))
            .remembers(&of_session(4))
            .counted(4, DAY),
        case("the party, before midnight", &pass(1), PARTY, "2026-03-10T21:30:00Z")
            .counted(3, DAY)
            .keeps(&of_session(3)),
        after_midnight("the party, the first time after midnight")
            .remembers(&daily(PARTY, DAY))
            .counted(3, NEXT)
            .keeps(&of_session(3)),
        after_midnight("the party, the second time after midnight")
            .remembers(&of_session(3))
            .duplicate(3, NEXT)
            .keeps(&of_session(3)),
    ]
}

/// The nights in which the clock jumps.
fn nights() -> Vec<Case> {
    let (eve, day) = ("2026-10-24", "2026-10-25");
    let (spring_eve, spring) = ("2026-03-28", "2026-03-29");
    let at = |name, activity, at| case(name, &pass(1), activity, at).by("nights");
    vec![
        at(
            "the last millisecond before the long day",
            LONG_NIGHT,
            "2026-10-24T21:59:59.999Z",
        )
        .counted(5, eve)
        .keeps(&daily(LONG_NIGHT, eve)),
        at("the first instant of the long day", LONG_NIGHT, "2026-10-24T22:00:00Z")
            .remembers(&daily(LONG_NIGHT, eve))
            .counted(5, day)
            .keeps(&daily(LONG_NIGHT, day)),
        at("half past two, the second time", LONG_NIGHT, "2026-10-25T01:30:00Z")
            .remembers(&daily(LONG_NIGHT, day))
            .duplicate(5, day)
            .keeps(&daily(LONG_NIGHT, day)),
        at(
            "once a session, over the jump back",
            LONG_SESSION,
            "2026-10-25T01:30:00Z",
        )
        .remembers(&of_session(6))
        .duplicate(6, day)
        .keeps(&of_session(6)),
        at(
            "the window closes after five whole hours",
            LONG_NIGHT,
            "2026-10-25T08:00:00Z",
        )
        .counted(5, day)
        .keeps(&daily(LONG_NIGHT, day)),
        at("the window has closed", LONG_NIGHT, "2026-10-25T08:00:00.001Z").refused(Reason::OutsideWindow, day),
        at(
            "the first instant of the short day",
            SHORT_NIGHT,
            "2026-03-28T23:00:00Z",
        )
        .remembers(&daily(SHORT_NIGHT, spring_eve))
        .counted(7, spring)
        .keeps(&daily(SHORT_NIGHT, spring)),
        at("after the hour that is skipped", SHORT_NIGHT, "2026-03-29T01:00:00Z")
            .remembers(&daily(SHORT_NIGHT, spring))
            .duplicate(7, spring)
            .keeps(&daily(SHORT_NIGHT, spring)),
        at(
            "the short night's window closes after five whole hours",
            SHORT_NIGHT,
            "2026-03-29T08:00:00Z",
        )
        .counted(7, spring)
        .keeps(&daily(SHORT_NIGHT, spring)),
        at(
            "the short night's window has closed",
            SHORT_NIGHT,
            "2026-03-29T08:00:00.001Z",
        )
        .refused(Reason::OutsideWindow, spring),
    ]
}

pub(super) fn check(packages: &[Named], cases: &[Case]) {
    assert!(cases.len() >= 74);
    for case in cases {
        let named = packages.iter().find(|named| named.name == case.package).unwrap();
        let judge = Judge::new(named.package.clone()).unwrap();
        let remembers = |key: &str| {
            let known = |keys: &[String]| keys.iter().any(|known| known == key);
            known(&case.remembered) || known(&judge.package().recent)
        };
        let judged = judge.judge(&parse_scan(&case.scan), case.activity, case.at, remembers);
        assert_eq!(judged.decision, case.expect, "{}", case.name);
        assert_eq!(judged.key, case.key, "{}", case.name);
        assert_eq!(case.window.as_deref().map(key_of), case.key, "{}", case.name);
    }
    let mut broken = packages[0].package.clone();
    broken.status_list.lst = "*".to_owned();
    assert!(
        Judge::new(broken).is_err(),
        "without a status list a revoked pass would count"
    );
}
