//! `credential.json`: body, number, JWT and QR text of passes, and what a scanner makes of other texts.

use domain::{
    Body, Credential, CredentialDay, Ed25519Verifier, KeyVerdict, LiveProof, PassKind, Scanned, Tag, VerificationKey,
    parse_scan,
};
use ed25519_dalek::{Signer as _, SigningKey};
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use super::{File, from_hex, to_hex};

/// The seed of the test key: never used anywhere else.
const SEED: [u8; 32] = *b"randpas test key: never a secret";

#[derive(Serialize, Deserialize)]
struct Case {
    name: String,
    issuer: String,
    public_key: String,
    kind: u8,
    kid: u8,
    index: u32,
    tag: u64,
    from: Date,
    until: Date,
    body: String,
    number: String,
    header: String,
    payload: String,
    signature: String,
    jwt: String,
    qr_text: String,
}

#[derive(Serialize, Deserialize)]
struct Text {
    name: String,
    text: String,
    /// The number of the pass that the text stands for, or the reason why it stands for none.
    expect: String,
}

#[derive(Deserialize)]
struct Vectors {
    credentials: Vec<Case>,
    texts: Vec<Text>,
}

const KINDS: [PassKind; 3] = [PassKind::Personal, PassKind::Group, PassKind::PaperCheque];

pub(super) fn public_key() -> [u8; 32] {
    SigningKey::from_bytes(&SEED).verifying_key().to_bytes()
}

pub(in super::super) fn sample(kind: PassKind, kid: u8, index: u32, tag: u64, days: [Date; 2]) -> Credential {
    let [from, until] = days.map(|day| CredentialDay::from_date(day).unwrap());
    let body = Body {
        version: 1,
        kind,
        kid,
        index,
        tag: Tag::try_from(tag).unwrap(),
        from,
        until,
    };
    let signature = SigningKey::from_bytes(&SEED).sign(body.signing_input("https://randpas.example").as_bytes());
    Credential::new(body, signature.to_bytes())
}

fn case(name: &str, kind: PassKind, kid: u8, index: u32, tag: u64, days: [Date; 2]) -> Case {
    let issuer = "https://randpas.example";
    let credential = sample(kind, kid, index, tag, days);
    Case {
        name: name.to_owned(),
        issuer: issuer.to_owned(),
        public_key: to_hex(&public_key()),
        kind: kind as u8,
        kid,
        index,
        tag,
        from: days[0],
        until: days[1],
        body: to_hex(&credential.body.to_bytes()),
        number: credential.number().to_string(),
        header: credential.body.jwt_header(),
        payload: credential.body.jwt_payload(issuer),
        signature: to_hex(&credential.signature),
        jwt: credential.jwt(issuer),
        qr_text: credential.to_qr_text(),
    }
}

pub(in super::super) fn build() -> String {
    let year = [date(2025, 12, 1), date(2026, 11, 30)];
    let cases = [
        case(
            "a pass of the work year",
            PassKind::Personal,
            1,
            1234,
            0x0123_4567_89ab,
            year,
        ),
        case("a group pass", PassKind::Group, 2, 77, 0xfedc_ba98_7654, year),
        case(
            "a paper cheque",
            PassKind::PaperCheque,
            255,
            4_000_000_000,
            0x8000_0000_0001,
            year,
        ),
        case(
            "everything at its least",
            PassKind::Personal,
            0,
            0,
            0,
            [date(2020, 1, 1); 2],
        ),
        case(
            "everything at its most",
            PassKind::PaperCheque,
            255,
            u32::MAX,
            (1 << 48) - 1,
            [date(2199, 6, 6); 2],
        ),
        case(
            "the leap day of 2028",
            PassKind::Personal,
            1,
            5,
            0x1111_1111_1111,
            [date(2028, 2, 29); 2],
        ),
    ];
    let text = |name: &str, text: &str, expect: &str| Text {
        name: name.into(),
        text: text.into(),
        expect: expect.into(),
    };
    let good = &cases[0].qr_text;
    let number = &cases[0].number;
    let swap = |at: usize, with: &str| format!("{}{with}{}", &good[..at], &good[at + with.len()..]);
    let packed = |bytes: &[u8]| format!("RND1:{}", base45::encode(bytes));
    let mut bytes = from_hex(&cases[0].body);
    bytes.extend(from_hex(&cases[0].signature));
    let with_head = |head: u8| packed(&[&[head], &bytes[1..]].concat());
    let mut reversed = bytes.clone();
    reversed[12..16].rotate_left(2);
    let proof = LiveProof {
        step: 6_510_960,
        mac: [1, 2, 3, 4],
    };
    let live = Credential::from_qr_text(good).unwrap().to_live_qr_text(&proof);
    let texts = [
        text("a QR text", good, number),
        text(
            "a QR text with Enter behind it, from a keyboard scanner",
            &format!("{good}\r\n"),
            number,
        ),
        text("a number", number, number),
        text(
            "a number in lower case with spaces",
            &number.to_lowercase().replace('-', " "),
            number,
        ),
        text(
            "a QR text with one character too few",
            &good[..good.len() - 1],
            "malformed",
        ),
        text(
            "a QR text with one character too many",
            &format!("{good}0"),
            "malformed",
        ),
        text("only the prefix", "RND1:", "malformed"),
        text("half a QR text", &good[..60], "malformed"),
        text("a character outside base45", &swap(40, "!"), "malformed"),
        text("three characters that are no two bytes", &swap(5, ":::"), "malformed"),
        text("lower case behind the prefix", &good.to_lowercase(), "malformed"),
        text(
            "another version in the prefix",
            &good.replace("RND1", "RND2"),
            "malformed",
        ),
        text("version 2 in the body", &with_head(0x21), "malformed"),
        text("kind 0", &with_head(0x10), "malformed"),
        text("kind 4", &with_head(0x14), "malformed"),
        text("valid until before valid from", &packed(&reversed), "malformed"),
        text("a live code", &live, number),
        text(
            "two last characters that are no byte",
            &format!("{}::", &live[..134]),
            "malformed",
        ),
        text("79 bytes", &packed(&bytes[..79]), "malformed"),
        text(
            "a very long text of ours",
            &format!("RND1:{}", "A".repeat(9000)),
            "malformed",
        ),
        text(
            "a number with a wrong check symbol",
            &format!("{}0", &number[..number.len() - 1]),
            "malformed",
        ),
        text("a number that is too short", &number[..9], "malformed"),
        text("a number with U in it", "0123-UUUU-012", "malformed"),
        text("nothing", "", "malformed"),
        text("white space", " \t\n", "malformed"),
        text("a web address", "https://www.example.be/menu?tafel=7", "foreign_qr"),
        text("a short web address", "http://a.be", "foreign_qr"),
        text("a wifi code", "WIFI:T:WPA;S:club;P:geheim;;", "foreign_qr"),
        text("a contact card", "BEGIN:VCARD\nN:Peeters;An\nEND:VCARD", "foreign_qr"),
        text("a bar code of a product", "5410041001204", "foreign_qr"),
        text("the JWT itself", &cases[0].jwt, "foreign_qr"),
        text("a payment", "BCD\n002\n1\nSCT\n\nClub\nBE00", "foreign_qr"),
        text("text in another script", "مرحبا", "foreign_qr"),
        text("a control character", "\u{0}\u{1}abc\u{2}", "malformed"),
        text("a very long foreign text", &"x".repeat(5000), "foreign_qr"),
    ];
    File::new("Passes in every written form, and what a scanner makes of any text. Bytes are hexadecimal.")
        .list("credentials", &cases)
        .list("texts", &texts)
        .text()
}

pub(in super::super) fn check(json: &str) {
    let vectors: Vectors = serde_json::from_str(json).unwrap();
    assert!(vectors.credentials.len() >= 6 && vectors.texts.len() >= 30);
    for case in &vectors.credentials {
        check_credential(case);
    }
    for Text { name, text, expect } in &vectors.texts {
        let found = match parse_scan(text) {
            Ok(scanned) => scanned.number().to_string(),
            Err(reason) => reason.code().to_owned(),
        };
        assert_eq!(&found, expect, "{name}");
    }
}

fn check_credential(case: &Case) {
    let name = &case.name;
    let body = Body::try_from(<[u8; 16]>::try_from(from_hex(&case.body)).unwrap()).unwrap();
    let days = [case.from, case.until].map(|day| CredentialDay::from_date(day).unwrap());
    let tag = Tag::try_from(case.tag).unwrap();
    let kind = KINDS[usize::from(case.kind) - 1];
    let expected = Body {
        version: 1,
        kind,
        kid: case.kid,
        index: case.index,
        tag,
        from: days[0],
        until: days[1],
    };
    assert_eq!(body, expected, "{name}");
    assert_eq!(
        [body.from.to_date(), body.until.to_date()],
        [case.from, case.until],
        "{name}"
    );
    assert_eq!(to_hex(&body.to_bytes()), case.body, "{name}");
    assert_eq!(body.number().to_string(), case.number, "{name}");
    assert_eq!(
        (body.jwt_header(), body.jwt_payload(&case.issuer)),
        (case.header.clone(), case.payload.clone())
    );

    let credential = Credential::new(body, from_hex(&case.signature).try_into().unwrap());
    assert_eq!(credential.to_qr_text(), case.qr_text, "{name}");
    assert_eq!(case.qr_text.len(), 125, "{name}");
    assert_eq!(credential.jwt(&case.issuer), case.jwt, "{name}");
    assert_eq!(parse_scan(&case.qr_text), Ok(Scanned::Credential(credential)), "{name}");

    let public = from_hex(&case.public_key).try_into().unwrap();
    let key = |kid, revoked| Ed25519Verifier::new([VerificationKey { kid, public, revoked }]).unwrap();
    assert_eq!(
        credential.verify(&case.issuer, &key(case.kid, false)),
        KeyVerdict::Valid,
        "{name}"
    );
    assert_eq!(
        credential.verify(&case.issuer, &key(case.kid, true)),
        KeyVerdict::KeyRevoked,
        "{name}"
    );
    assert_eq!(
        credential.verify(&case.issuer, &key(case.kid ^ 1, false)),
        KeyVerdict::UnknownKey,
        "{name}"
    );
    assert_eq!(
        credential.verify("https://other.example", &key(case.kid, false)),
        KeyVerdict::BadSignature,
        "{name}"
    );
    let forged = Credential::new(
        Body {
            index: case.index ^ 1,
            ..body
        },
        credential.signature,
    );
    assert_eq!(
        forged.verify(&case.issuer, &key(case.kid, false)),
        KeyVerdict::BadSignature,
        "{name}"
    );
}
