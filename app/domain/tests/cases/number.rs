//! `number.json`: tags and numbers, and what may be typed.

use domain::{Number, NumberError, Tag};
use serde::{Deserialize, Serialize};

use super::File;

#[derive(Serialize, Deserialize)]
struct Written {
    tag: u64,
    compact: String,
    printed: String,
}

#[derive(Serialize, Deserialize)]
struct Typed {
    typed: String,
    /// The number as printed, or `length`, `symbol`, `check` or `too_large`.
    expect: String,
}

#[derive(Deserialize)]
struct Vectors {
    written: Vec<Written>,
    typed: Vec<Typed>,
}

/// Check symbols worked out by hand: from the right, every second value counts double and its base-32 digits add up.
const WRITTEN: [(u64, &str, &str); 8] = [
    (0, "00000000000", "0000-0000-000"),
    (1, "0000000001Y", "0000-0000-01Y"),
    (16, "000000000GZ", "0000-0000-0GZ"),
    (31, "000000000Z1", "0000-0000-0Z1"),
    (32, "0000000010Z", "0000-0000-10Z"),
    (0x0123_4567_89ab, "014D2PF2DBV", "014D-2PF2-DBV"),
    (0xfedc_ba98_7654, "7YVJX9GXJM7", "7YVJ-X9GX-JM7"),
    (0xffff_ffff_ffff, "7ZZZZZZZZZ2", "7ZZZ-ZZZZ-ZZ2"),
];

const TYPED: [(&str, &str); 20] = [
    ("0000-0000-01Y", "0000-0000-01Y"),
    ("0000000001y", "0000-0000-01Y"),
    (" 0000 0000 01y ", "0000-0000-01Y"),
    ("oooo-OOOO-oIY", "0000-0000-01Y"),
    ("0000-0000-0ly", "0000-0000-01Y"),
    ("0000–0000—01Y", "0000-0000-01Y"),
    ("0-0-0-0-0-0-0-0-0-1-Y", "0000-0000-01Y"),
    ("0000.0000.01Y", "0000-0000-01Y"),
    ("0000-0000-010", "check"),
    ("0000-0000-02Y", "check"),
    ("0000-0000-10Y", "check"),
    ("Z000-0000-00Z", "check"),
    ("8000-0000-00G", "check"),
    ("8000-0000-00R", "too_large"),
    ("0000-0000-01", "length"),
    ("0000-0000-01YY", "length"),
    ("", "length"),
    ("0000-0000-0UY", "symbol"),
    ("0000/0000/01Y", "symbol"),
    ("0000-0000-01é", "symbol"),
];

pub(in super::super) fn build() -> String {
    let written = WRITTEN.map(|(tag, compact, printed)| Written {
        tag,
        compact: compact.into(),
        printed: printed.into(),
    });
    let typed = TYPED.map(|(typed, expect)| Typed {
        typed: typed.into(),
        expect: expect.into(),
    });
    File::new("Numbers of passes: 48 bits as ten Crockford base-32 symbols and a Luhn-mod-32 check symbol.")
        .list("written", &written)
        .list("typed", &typed)
        .text()
}

pub(in super::super) fn check(json: &str) {
    let vectors: Vectors = serde_json::from_str(json).unwrap();
    for Written { tag, compact, printed } in &vectors.written {
        let number = Number::from_tag(Tag::try_from(*tag).unwrap());
        assert_eq!((&number.compact(), &number.to_string()), (compact, printed));
        assert_eq!(printed.parse::<Number>(), Ok(number));
        assert_eq!(number.tag().get(), *tag);
    }
    for Typed { typed, expect } in &vectors.typed {
        let found = match typed.parse::<Number>() {
            Ok(number) => number.to_string(),
            Err(NumberError::Length(_)) => "length".to_owned(),
            Err(NumberError::Symbol(_)) => "symbol".to_owned(),
            Err(NumberError::Check) => "check".to_owned(),
            Err(NumberError::TooLarge) => "too_large".to_owned(),
        };
        assert_eq!(&found, expect, "{typed}");
    }
}
