//! Events as a device sends them: what is hashed of them, their place in the chain, and what is read again from them.

use domain::{ChainLink, DeviceEvent};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::super::to_hex;
use super::chain::HASHES;

#[derive(Serialize, Deserialize)]
pub(super) struct Case {
    name: String,
    /// As sent.
    text: String,
    /// Every known member in its fixed order without white space: what is hashed.
    canonical: String,
    content_hash: String,
    link: ChainLink,
    /// The `prev` of the event after it.
    next_prev: String,
    /// Whether its numbers can be true.
    sound: bool,
    /// The number of the pass that it is about, or the reason why none can be read.
    scanned: String,
}

/// A text that is no event.
#[derive(Serialize, Deserialize)]
pub(super) struct Wrong {
    name: String,
    text: String,
}

/// The first event of a device, typed; members are replaced by the cases.
const TYPED: &str = r#"{"scan_id":"00000000-0000-7000-8000-000000000001","seq":1,"prev":null,"kind":"check_in","credential":null,"number":"014D-2PF2-DBV","activity_id":"00000000-0000-7000-8000-0000000000c9","occurred_at":"2026-03-10T18:30:00Z","clock_offset_ms":-250,"package_epoch":7,"device_verdict":"flagged","device_reason":"needs_online","manual":true}"#;

/// The second: what was typed before is taken back.
const ANNUL: &str = r#"{"scan_id":"00000000-0000-7000-8000-000000000002","seq":2,"prev":"IviebSe0rP6ikeZa-JiH1Ru-z_CSYxuGS6L_Q_Yuc4M","kind":"annul","credential":null,"number":null,"activity_id":"00000000-0000-7000-8000-0000000000c9","target_scan_id":"00000000-0000-7000-8000-000000000001","occurred_at":"2026-03-10T18:31:00.125Z","clock_offset_ms":0,"package_epoch":7,"device_verdict":"annulled","device_reason":"annulled","manual":false}"#;

const NUMBER: &str = "014D-2PF2-DBV";

fn case(name: &str, text: &str, canonical: &str, sound: bool, scanned: &str) -> Case {
    let second = canonical.contains("\"seq\":2,");
    let n = usize::from(second);
    Case {
        name: name.to_owned(),
        text: text.to_owned(),
        canonical: canonical.to_owned(),
        content_hash: to_hex(&Sha256::digest(canonical)),
        link: ChainLink {
            seq: if second { 2 } else { 1 },
            scan_id: format!("00000000-0000-7000-8000-00000000000{}", n + 1).parse().unwrap(),
            prev: second.then(|| HASHES[0].to_owned()),
        },
        next_prev: HASHES[n].to_owned(),
        sound,
        scanned: scanned.to_owned(),
    }
}

/// `text` with one member put otherwise; a slip in the table shows at once.
fn with(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from}");
    text.replace(from, to)
}

pub(super) fn cases() -> Vec<Case> {
    let same = |name, text: &str, sound, scanned: &str| case(name, text, text, sound, scanned);
    let changed = |name, from, to, sound, scanned| same(name, &with(TYPED, from, to), sound, scanned);
    let sent = |name, from, to| case(name, &with(TYPED, from, to), TYPED, true, NUMBER);
    let number = r#""number":"014D-2PF2-DBV""#;
    let reason = r#""device_verdict":"flagged","device_reason":"needs_online""#;
    let refused = |name, why: &str| {
        let told = format!(r#""device_verdict":"refused","device_reason":"{why}""#);
        let text = with(&with(TYPED, number, r#""number":null"#), reason, &told);
        case(name, &text, &text, true, why)
    };
    let pass = super::judge::pass(1);
    let scanned = with(
        &with(TYPED, r#""credential":null"#, &format!(r#""credential":"{pass}""#)),
        number,
        r#""number":null"#,
    );
    let (offset, year) = (r#""clock_offset_ms":-250"#, 366 * 24 * 3_600_000i64);
    let offset_of = |name, ms: i64, sound| {
        let told = format!(r#""clock_offset_ms":{ms}"#);
        same(name, &with(TYPED, offset, &told), sound, NUMBER)
    };
    vec![
        same("a typed number", TYPED, true, NUMBER),
        same("a scan", &scanned, true, NUMBER),
        same("taken back", ANNUL, true, "foreign_qr"),
        refused("a foreign code, which the phone keeps to itself", "foreign_qr"),
        refused("a code that could not be read", "malformed"),
        changed(
            "a mistyped number",
            number,
            r#""number":"014D-2PF2-DBW""#,
            true,
            "malformed",
        ),
        changed(
            "a code that is sent all the same",
            r#""credential":null"#,
            r#""credential":"WIFI:""#,
            true,
            "foreign_qr",
        ),
        changed(
            "another member, another hash",
            "\"manual\":true",
            "\"manual\":false",
            true,
            NUMBER,
        ),
        sent("white space changes nothing", r#"{"scan_id""#, "{\n  \"scan_id\" "),
        sent("nor does another order", r#""manual":true}"#, r#""manual" : true }"#),
        sent(
            "nor does a member that nobody knows",
            r#""kind""#,
            r#""colour":"green","kind""#,
        ),
        sent("nor does an absent null", r#""credential":null,"#, ""),
        sent(
            "nor does the zone of a time",
            "2026-03-10T18:30:00Z",
            "2026-03-10T19:30:00+01:00",
        ),
        sent("nor do zeros behind a second", "18:30:00Z", "18:30:00.000Z"),
        sent("nor does the case of an id", "0000000000c9", "0000000000C9"),
        offset_of("a clock a year off", year, true),
        offset_of("a clock a year off, backwards", -year, true),
        offset_of("a clock more than a year off", year + 1, false),
        offset_of("a clock more than a year off, backwards", -year - 1, false),
        offset_of("a clock at the end of time", i64::MAX, false),
        offset_of("a clock at the start of time", i64::MIN, false),
        changed(
            "an epoch below zero",
            "\"package_epoch\":7",
            "\"package_epoch\":-1",
            false,
            NUMBER,
        ),
        changed(
            "a check-in without a package",
            "\"package_epoch\":7",
            "\"package_epoch\":0",
            true,
            NUMBER,
        ),
        changed("taken back, but what", "\"check_in\"", "\"annul\"", false, NUMBER),
        same(
            "a scan that also takes back",
            &with(ANNUL, "\"kind\":\"annul\"", "\"kind\":\"check_in\""),
            false,
            "foreign_qr",
        ),
    ]
}

pub(super) fn wrong() -> Vec<Wrong> {
    let wrong = |name: &str, text: &str| Wrong {
        name: name.to_owned(),
        text: text.to_owned(),
    };
    let changed = |name, from, to| wrong(name, &with(TYPED, from, to));
    vec![
        wrong("nothing", ""),
        wrong("no object", "[]"),
        wrong("half an event", &TYPED[..200]),
        wrong("an event and more", &format!("{TYPED}{{}}")),
        changed("no id", r#""scan_id":"00000000-0000-7000-8000-000000000001","#, ""),
        changed("an id that is none", "7000-8000-000000000001", "7000-8000-00000000000g"),
        changed("a kind that nobody knows", "check_in", "check_out"),
        changed("a number as text", "\"seq\":1", "\"seq\":\"1\""),
        changed("half a number", "\"seq\":1", "\"seq\":1.5"),
        changed("a number too large", "\"seq\":1", "\"seq\":9223372036854775808"),
        changed("a verdict that nobody knows", "flagged", "fine"),
        changed("a day that does not exist", "2026-03-10T", "2026-02-30T"),
        changed("a time without a zone", "18:30:00Z", "18:30:00"),
        changed(
            "no activity",
            r#""activity_id":"00000000-0000-7000-8000-0000000000c9","#,
            "",
        ),
        changed("the same member twice", "\"seq\":1", "\"seq\":1,\"seq\":2"),
    ]
}

pub(super) fn check(cases: &[Case], wrong: &[Wrong]) {
    assert!(cases.len() >= 25 && wrong.len() >= 15);
    for case in cases {
        let name = &case.name;
        let event: DeviceEvent = serde_json::from_str(&case.text).unwrap();
        assert_eq!(serde_json::to_string(&event).unwrap(), case.canonical, "{name}");
        assert_eq!(to_hex(&event.content_hash()), case.content_hash, "{name}");
        assert_eq!(
            (event.link(), event.next_prev()),
            (case.link.clone(), case.next_prev.clone()),
            "{name}"
        );
        assert_eq!(event.is_sound(), case.sound, "{name}");
        let scanned = match event.scanned() {
            Ok(scanned) => scanned.number().to_string(),
            Err(reason) => reason.code().to_owned(),
        };
        assert_eq!(scanned, case.scanned, "{name}");
    }
    for Wrong { name, text } in wrong {
        assert!(serde_json::from_str::<DeviceEvent>(text).is_err(), "{name}");
    }
}
