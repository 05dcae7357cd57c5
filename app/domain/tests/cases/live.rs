//! `live.json`: live codes, and how old they may be.

use domain::{Credential, LiveProof, PassKind, Scanned, live_mac, live_step, parse_scan};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{File, from_hex, to_hex};

#[derive(Serialize, Deserialize)]
struct Made {
    secret: String,
    qr_text: String,
    at: Timestamp,
    step: u32,
    mac: String,
    live_qr_text: String,
}

#[derive(Serialize, Deserialize)]
struct Checked {
    name: String,
    secret: String,
    live_qr_text: String,
    shown_at: Timestamp,
    expect: String,
}

#[derive(Serialize, Deserialize)]
struct Step {
    at: Timestamp,
    step: u32,
}

#[derive(Deserialize)]
struct Vectors {
    steps: Vec<Step>,
    made: Vec<Made>,
    checked: Vec<Checked>,
}

const STEPS: [(&str, u32); 7] = [
    ("2019-12-31T23:59:59Z", 0),
    ("2020-01-01T00:00:00Z", 0),
    ("2020-01-01T00:00:29.999Z", 0),
    ("2020-01-01T00:00:30Z", 1),
    ("2026-03-10T18:00:00Z", 6_510_960),
    ("2035-12-13T10:07:30Z", 16_777_215),
    ("2035-12-13T10:08:00Z", 0),
];

fn credential() -> Credential {
    let days = [date(2025, 12, 1), date(2026, 11, 30)];
    super::credential::sample(PassKind::Personal, 1, 1234, 0x0123_4567_89ab, days)
}

fn made(secret: &[u8], at: &str) -> Made {
    let (credential, at) = (credential(), at.parse().unwrap());
    let proof = LiveProof::at(secret, &credential.body, at);
    Made {
        secret: to_hex(secret),
        qr_text: credential.to_qr_text(),
        at,
        step: proof.step,
        mac: to_hex(&proof.mac),
        live_qr_text: credential.to_live_qr_text(&proof),
    }
}

fn checked(name: &str, secret: &[u8], later_seconds: i64, expect: &str) -> Checked {
    let made = made(b"a holder's secret of 32 bytes...", "2026-03-10T18:00:00Z");
    Checked {
        name: name.to_owned(),
        secret: to_hex(secret),
        live_qr_text: made.live_qr_text,
        shown_at: made.at + SignedDuration::from_secs(later_seconds),
        expect: expect.to_owned(),
    }
}

pub(in super::super) fn build() -> String {
    let secret = b"a holder's secret of 32 bytes...";
    let steps = STEPS.map(|(at, step)| Step {
        at: at.parse().unwrap(),
        step,
    });
    let made = [
        made(secret, "2026-03-10T18:00:00Z"),
        made(secret, "2026-03-10T18:00:30Z"),
        made(b"", "2026-03-10T18:00:00Z"),
        made(&[0xaa; 64], "2026-03-10T18:00:00Z"),
        made(&[0xaa; 65], "2026-03-10T18:00:00Z"),
        made(secret, "2020-01-01T00:00:00Z"),
        made(secret, "2035-12-13T10:07:59Z"),
    ];
    let checked = [
        checked("at once", secret, 0, "ok"),
        checked("in the same step", secret, 29, "ok"),
        checked("two steps later", secret, 89, "ok"),
        checked("three steps later", secret, 90, "stale_live_code"),
        checked("the phone is a minute ahead", secret, -60, "ok"),
        checked("the phone is more than a minute ahead", secret, -61, "stale_live_code"),
        checked("a screenshot of yesterday", secret, 86_400, "stale_live_code"),
        checked("another holder's secret", b"another secret", 0, "bad_signature"),
    ];
    File::new(
        "Live codes: thirty-second steps since 2020-01-01 UTC and four bytes of HMAC-SHA-256. Bytes are hexadecimal.",
    )
    .list("steps", &steps)
    .list("made", &made)
    .list("checked", &checked)
    .text()
}

fn read(text: &str) -> (Credential, LiveProof) {
    let Ok(Scanned::Credential(credential)) = parse_scan(text) else {
        unreachable!("{text} is a credential")
    };
    (credential, credential.live.unwrap())
}

pub(in super::super) fn check(json: &str) {
    let vectors: Vectors = serde_json::from_str(json).unwrap();
    assert!(vectors.made.len() >= 7 && vectors.checked.len() >= 8);
    for Step { at, step } in vectors.steps {
        assert_eq!(live_step(at), step, "{at}");
    }
    for case in vectors.made {
        let (credential, proof) = read(&case.live_qr_text);
        assert_eq!(case.live_qr_text.len(), 136);
        assert_eq!(credential.to_qr_text(), case.qr_text);
        assert_eq!((proof.step, live_step(case.at)), (case.step, case.step));
        assert_eq!(to_hex(&proof.mac), case.mac);
        assert_eq!(
            live_mac(&from_hex(&case.secret), &credential.body, case.step),
            proof.mac
        );
        assert_eq!(credential.to_live_qr_text(&proof), case.live_qr_text);
    }
    for case in vectors.checked {
        let (credential, proof) = read(&case.live_qr_text);
        let found = proof.check(&from_hex(&case.secret), &credential.body, case.shown_at);
        assert_eq!(
            found.err().map_or("ok", |reason| reason.code()),
            case.expect,
            "{}",
            case.name
        );
    }
}
