//! International bank account numbers (ISO 13616), checked by their mod-97 digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The shortest and the longest that any country has.
const LENGTHS: std::ops::RangeInclusive<usize> = 15..=34;

/// Lengths in the countries whose organisers may be paid: a digit too many often passes the check by chance one time in 97.
const KNOWN: [(&[u8; 2], usize); 5] = [(b"BE", 16), (b"DE", 22), (b"FR", 27), (b"LU", 20), (b"NL", 18)];

/// Why a text is no IBAN. The text itself is not repeated: an account number belongs in no log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum IbanError {
    /// Something else than letters and digits, or not a country, two digits and an account.
    #[error("an IBAN is a country code, two digits and an account, such as BE68 5390 0754 7034")]
    Shape,
    /// As many characters as no account of that country has.
    #[error("an IBAN of this country has {wanted} characters, not {found}")]
    Length {
        /// How many it has.
        found: usize,
        /// How many it should have.
        wanted: usize,
    },
    /// A digit is wrong or two are swapped.
    #[error("the check digits do not fit: one digit is wrong, or two are swapped")]
    Check,
}

/// An account number, without spaces and in capitals.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Iban(String);

impl Iban {
    /// As files want it: `BE68539007547034`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Iban {
    type Err = IbanError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let compact: Vec<u8> = text
            .bytes()
            .filter(|byte| !byte.is_ascii_whitespace())
            .map(|byte| byte.to_ascii_uppercase())
            .collect();
        let is_shaped = LENGTHS.contains(&compact.len())
            && compact.iter().all(u8::is_ascii_alphanumeric)
            && compact[..2].iter().all(u8::is_ascii_uppercase)
            && compact[2..4].iter().all(u8::is_ascii_digit);
        if !is_shaped {
            return Err(IbanError::Shape);
        }
        let wanted = KNOWN.iter().find(|(country, _)| compact.starts_with(*country));
        if let Some((_, wanted)) = wanted.filter(|(_, wanted)| *wanted != compact.len()) {
            return Err(IbanError::Length {
                found: compact.len(),
                wanted: *wanted,
            });
        }
        // The country and the check digits go to the end, letters become 10 to 35, and the whole modulo 97 is 1.
        let rest = compact[4..].iter().chain(&compact[..4]).fold(0u32, |rest, byte| {
            let longer = match byte {
                b'0'..=b'9' => rest * 10 + u32::from(byte - b'0'),
                _ => rest * 100 + u32::from(byte - b'A') + 10,
            };
            longer % 97
        });
        if rest != 1 {
            return Err(IbanError::Check);
        }
        String::from_utf8(compact).map(Self).map_err(|_| IbanError::Shape)
    }
}

impl TryFrom<String> for Iban {
    type Error = IbanError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Iban> for String {
    fn from(iban: Iban) -> Self {
        iban.0
    }
}

impl fmt::Display for Iban {
    /// In groups of four, as people read it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, letter) in self.0.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                f.write_str(" ")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Iban {
    /// The last four only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Iban(…{})", self.0.get(self.0.len() - 4..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of the IBAN registry.
    const GOOD: [&str; 4] = [
        "BE68 5390 0754 7034",
        "NL91 ABNA 0417 1643 00",
        "DE89 3704 0044 0532 0130 00",
        "FR14 2004 1010 0505 0001 3M02 606",
    ];

    #[test]
    fn the_registrys_examples_are_read_and_written_in_groups() {
        for text in GOOD {
            assert_eq!(text.parse::<Iban>().unwrap().to_string(), text);
        }
        assert_eq!("be68539007547034".parse::<Iban>().unwrap().as_str(), "BE68539007547034");
    }

    #[test]
    fn every_single_wrong_digit_is_found() {
        let good = "BE68539007547034";
        for at in 2..good.len() {
            for digit in '0'..='9' {
                let mut wrong: Vec<char> = good.chars().collect();
                wrong[at] = digit;
                let wrong: String = wrong.into_iter().collect();
                assert_eq!(wrong.parse::<Iban>().is_ok(), wrong == good, "{wrong}");
            }
        }
    }

    #[test]
    fn other_texts_are_refused_with_the_reason() {
        assert_eq!(
            "BE68 5390 0754 703".parse::<Iban>(),
            Err(IbanError::Length { found: 15, wanted: 16 })
        );
        for wrong in [
            "",
            "BE",
            "6853 9007 5470 34BE",
            "BE68-5390-0754-7034",
            "ＢＥ68539007547034",
        ] {
            assert_eq!(wrong.parse::<Iban>(), Err(IbanError::Shape), "{wrong}");
        }
        assert_eq!(format!("{:?}", GOOD[0].parse::<Iban>().unwrap()), "Iban(…7034)");
    }
}
