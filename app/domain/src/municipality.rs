//! The municipality's NIS code: the five digits that Belgian statistics use.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A text that is no NIS code.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"{0}\" is no NIS code: five digits from 11001 to 93999")]
pub struct NisError(String);

/// A NIS code of a municipality, 11001 to 93999. Old codes stay valid: a merger gives a new code, not a new meaning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Nis(u32);

impl Nis {
    /// The code as a number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Nis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:05}", self.0))
    }
}

impl fmt::Debug for Nis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nis({:05})", self.0)
    }
}

impl TryFrom<&str> for Nis {
    type Error = NisError;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        let trimmed = text.trim();
        if trimmed.len() == 5
            && trimmed.bytes().all(|byte| byte.is_ascii_digit())
            && let Ok(code) = trimmed.parse::<u32>()
        {
            return Self::try_from(code);
        }
        Err(NisError(text.chars().take(40).collect()))
    }
}

impl TryFrom<u32> for Nis {
    type Error = NisError;

    fn try_from(code: u32) -> Result<Self, Self::Error> {
        // Codes start with the arrondissement, and provinces run from 1 (Antwerp) to 9 (Namur).
        if (11_001..=93_999).contains(&code) {
            Ok(Self(code))
        } else {
            Err(NisError(code.to_string()))
        }
    }
}

impl TryFrom<String> for Nis {
    type Error = NisError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::try_from(text.as_str())
    }
}

impl FromStr for Nis {
    type Err = NisError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_from(text)
    }
}

impl From<Nis> for String {
    fn from(nis: Nis) -> Self {
        nis.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_five_digits_in_range_are_a_code() {
        assert_eq!(Nis::try_from("23102").unwrap().get(), 23102);
        assert_eq!(" 23102 ".parse::<Nis>().unwrap().to_string(), "23102");
        for wrong in ["", "2310", "231022", "2310a", "00001", "99999", "+2310", "२३१०२"] {
            assert!(wrong.parse::<Nis>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn json_carries_the_code_as_text() {
        let json = serde_json::to_string(&Nis::try_from("23102").unwrap()).unwrap();
        assert_eq!(json, "\"23102\"");
        assert!(serde_json::from_str::<Nis>("\"x\"").is_err());
    }
}
