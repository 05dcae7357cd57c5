//! Pairing codes: forty bits as eight symbols, and what may be typed.

use domain::PairingCode;
use serde::{Deserialize, Serialize};

use super::super::{from_hex, to_hex};

#[derive(Serialize, Deserialize)]
pub(super) struct Written {
    bytes: String,
    compact: String,
    printed: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Typed {
    typed: String,
    /// The code as printed, or `wrong`.
    expect: String,
}

const WRITTEN: [([u8; 5], &str, &str); 8] = [
    ([0; 5], "00000000", "0000-0000"),
    ([0, 0, 0, 0, 1], "00000001", "0000-0001"),
    ([0x80, 0, 0, 0, 0], "G0000000", "G000-0000"),
    ([0x00, 0x44, 0x32, 0x14, 0xc7], "01234567", "0123-4567"),
    ([0xff; 5], "ZZZZZZZZ", "ZZZZ-ZZZZ"),
    ([0x12, 0x34, 0x56, 0x78, 0x9a], "28T5CY4T", "28T5-CY4T"),
    ([0xa5; 5], "MPJTB9D5", "MPJT-B9D5"),
    ([0xfe, 0xdc, 0xba, 0x98, 0x76], "ZVEBN63P", "ZVEB-N63P"),
];

const TYPED: [(&str, &str); 23] = [
    ("0123-4567", "0123-4567"),
    ("01234567", "0123-4567"),
    ("OiL3-4567", "0113-4567"),
    ("zvebn63p", "ZVEB-N63P"),
    (" 28t5 cy4t ", "28T5-CY4T"),
    ("2 8 t 5 c y 4 t", "28T5-CY4T"),
    ("28T5–CY4T", "28T5-CY4T"),
    ("28T5—CY4T", "28T5-CY4T"),
    ("28T5\u{2011}CY4T", "28T5-CY4T"),
    ("28T5.CY4T", "28T5-CY4T"),
    ("28T5-CY4T\r\n", "28T5-CY4T"),
    ("MPJT\tB9D5", "MPJT-B9D5"),
    ("", "wrong"),
    (" - ", "wrong"),
    ("0123-456", "wrong"),
    ("0123-45678", "wrong"),
    ("0123-456U", "wrong"),
    ("0123-456é", "wrong"),
    ("0123/4567", "wrong"),
    ("٠١٢٣-٤٥٦٧", "wrong"),
    ("ＺＶＥＢ-Ｎ６３Ｐ", "wrong"),
    ("https://pas.example/koppel#0123-4567", "wrong"),
    ("0123-4567\u{0}", "wrong"),
];

pub(super) fn written() -> Vec<Written> {
    let written = WRITTEN.map(|(bytes, compact, printed)| Written {
        bytes: to_hex(&bytes),
        compact: compact.to_owned(),
        printed: printed.to_owned(),
    });
    written.into()
}

pub(super) fn typed() -> Vec<Typed> {
    let typed = TYPED.map(|(typed, expect)| Typed {
        typed: typed.to_owned(),
        expect: expect.to_owned(),
    });
    typed.into()
}

pub(super) fn check(written: &[Written], typed: &[Typed]) {
    assert!(written.len() >= 8 && typed.len() >= 23);
    for Written {
        bytes,
        compact,
        printed,
    } in written
    {
        let code = PairingCode::from_bytes(from_hex(bytes).try_into().unwrap());
        assert_eq!((&code.compact(), &code.to_string()), (compact, printed));
        assert_eq!((printed.parse(), compact.parse()), (Ok(code), Ok(code)));
        assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{printed}\""));
    }
    for Typed { typed, expect } in typed {
        let found = typed
            .parse::<PairingCode>()
            .map_or_else(|_| "wrong".to_owned(), |code| code.to_string());
        assert_eq!(&found, expect, "{typed}");
    }
}
