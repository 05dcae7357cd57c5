//! The code of an action in a municipality's multi-year plan (beleids- en beheerscyclus, BBC).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The longest code, in characters.
const LONGEST: usize = 40;

/// A text that is no BBC code.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"{0}\" is no BBC code: 1 to 40 letters, digits, spaces and . - / _, with at least one digit")]
pub struct BbcCodeError(String);

/// A BBC code as the municipality writes it: `ACT-12`, `1.2.3`, `2026/A-004.02`.
///
/// Every municipality and every accounting program numbers its own way, so the check is lenient: it stops a sentence or an
/// amount in the wrong field, and no code that somebody uses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BbcCode(String);

impl BbcCode {
    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BbcCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for BbcCode {
    type Err = BbcCodeError;

    fn from_str(text: &str) -> Result<Self, BbcCodeError> {
        let code = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'.' | b'-' | b'/' | b'_');
        let fits = code.len() <= LONGEST && code.bytes().all(allowed) && code.bytes().any(|byte| byte.is_ascii_digit());
        if fits {
            Ok(Self(code))
        } else {
            Err(BbcCodeError(text.chars().take(60).collect()))
        }
    }
}

impl TryFrom<String> for BbcCode {
    type Error = BbcCodeError;

    fn try_from(text: String) -> Result<Self, BbcCodeError> {
        text.parse()
    }
}

impl From<BbcCode> for String {
    fn from(code: BbcCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_taken_as_municipalities_write_them() {
        for (typed, kept) in [
            ("ACT-12", "ACT-12"),
            (" 1.2.3 ", "1.2.3"),
            ("2026/A-004.02", "2026/A-004.02"),
            ("Actie  7", "Actie 7"),
            ("AP_3", "AP_3"),
        ] {
            assert_eq!(typed.parse::<BbcCode>().unwrap().as_str(), kept);
        }
    }

    #[test]
    fn sentences_and_amounts_are_no_codes() {
        let long = "1".repeat(41);
        for typed in [
            "",
            "  ",
            "verankeren",
            "€ 1.200,00",
            "in 2026, of later",
            "ACT-é1",
            &long,
        ] {
            assert!(typed.parse::<BbcCode>().is_err(), "{typed}");
        }
    }
}
