//! Enterprise numbers of the Kruispuntbank van Ondernemingen: ten digits, the last two are 97 minus the rest modulo 97.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a text is no enterprise number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KboError {
    /// Not ten digits that begin with 0 or 1.
    #[error("an enterprise number is ten digits that begin with 0 or 1, such as 0403.170.701")]
    Shape,
    /// A digit is wrong or two are swapped.
    #[error("the check digits do not fit: one digit is wrong, or two are swapped")]
    Check,
}

/// An enterprise number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Kbo(u32);

impl FromStr for Kbo {
    type Err = KboError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let text = text.strip_prefix("BE").or(text.strip_prefix("be")).unwrap_or(text);
        let digits: String = text.chars().filter(|letter| !matches!(letter, '.' | ' ')).collect();
        let all_digits = digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits || !digits.starts_with(['0', '1']) {
            return Err(KboError::Shape);
        }
        let number: u32 = digits.parse().map_err(|_| KboError::Shape)?;
        if 97 - number / 100 % 97 != number % 100 {
            return Err(KboError::Check);
        }
        Ok(Self(number))
    }
}

impl TryFrom<String> for Kbo {
    type Error = KboError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Kbo> for String {
    fn from(kbo: Kbo) -> Self {
        format!("{:010}", kbo.0)
    }
}

impl fmt::Display for Kbo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (head, middle, tail) = (self.0 / 1_000_000, self.0 / 1000 % 1000, self.0 % 1000);
        f.pad(&format!("{head:04}.{middle:03}.{tail:03}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for text in ["0403.170.701", "0403170701", "BE 0403.170.701", " be0403170701 "] {
            assert_eq!(text.parse::<Kbo>().unwrap().to_string(), "0403.170.701", "{text}");
        }
    }

    #[test]
    fn a_wrong_digit_and_another_shape_are_refused() {
        assert_eq!("0403.170.702".parse::<Kbo>(), Err(KboError::Check));
        assert_eq!("0430.170.701".parse::<Kbo>(), Err(KboError::Check));
        for wrong in ["", "403170701", "2403170701", "0403-170-701", "04031707011"] {
            assert_eq!(wrong.parse::<Kbo>(), Err(KboError::Shape), "{wrong}");
        }
    }
}
