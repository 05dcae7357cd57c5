//! Numbers of the Verenigingsregister: V and seven digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A text that is no such number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a number of the Verenigingsregister is V and seven digits, such as V0012345")]
pub struct VCodeError;

/// The number of an association.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VCode(u32);

impl FromStr for VCode {
    type Err = VCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.trim().strip_prefix(['V', 'v']).ok_or(VCodeError)?;
        if digits.len() != 7 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(VCodeError);
        }
        digits.parse().map(Self).map_err(|_| VCodeError)
    }
}

impl TryFrom<String> for VCode {
    type Error = VCodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<VCode> for String {
    fn from(code: VCode) -> Self {
        code.to_string()
    }
}

impl fmt::Display for VCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("V{:07}", self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_digits_behind_a_v_and_nothing_else() {
        assert_eq!(" v0012345 ".parse::<VCode>().unwrap().to_string(), "V0012345");
        for wrong in ["", "V123456", "V12345678", "0012345", "VV012345", "V001234x"] {
            assert_eq!(wrong.parse::<VCode>(), Err(VCodeError), "{wrong}");
        }
    }
}
