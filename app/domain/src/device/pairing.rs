//! Joining a phone to an organiser: what it may do, and the code that is typed or scanned once.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::codes::code_enum;
use crate::credential::is_separator;

/// How long a pairing code can be used (`docs/protocol.md` §2).
pub const PAIRING_CODE_MINUTES: i64 = 10;

code_enum! {
    /// What a paired device may do.
    DeviceRole("device role") {
        /// Counts visits.
        Counter = "counter",
        /// Also takes cheques.
        Redeemer = "redeemer",
        /// Also takes back what other devices of the organiser scanned.
        Supervisor = "supervisor",
    }
}

impl DeviceRole {
    /// Whether it may take back what other devices of its organiser scanned, at any time.
    #[must_use]
    pub const fn supervises(self) -> bool {
        matches!(self, Self::Supervisor)
    }
}

/// The same symbols as on a pass: no I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SYMBOLS: usize = 8;

/// A one-time code of 40 random bits, eight symbols, printed `XXXX-XXXX`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PairingCode([u8; SYMBOLS]);

/// A text that is no pairing code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a pairing code has eight letters and digits")]
pub struct PairingCodeError;

impl PairingCode {
    /// The code of these random bytes.
    #[must_use]
    pub fn from_bytes(random: [u8; 5]) -> Self {
        let [a, b, c, d, e] = random;
        let bits = u64::from_be_bytes([0, 0, 0, a, b, c, d, e]);
        let symbol = |at: usize| {
            let value = (bits >> (5 * (SYMBOLS - 1 - at))) & 31;
            // Five bits always find a symbol.
            ALPHABET
                .get(usize::try_from(value).unwrap_or(0))
                .copied()
                .unwrap_or(b'0')
        };
        Self(std::array::from_fn(symbol))
    }

    /// The eight symbols without a dash: what is hashed, and what stands in a link.
    #[must_use]
    pub fn compact(&self) -> String {
        self.0.iter().map(|&symbol| char::from(symbol)).collect()
    }
}

impl fmt::Display for PairingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.compact();
        let (left, right) = text.split_at(SYMBOLS / 2);
        f.pad(&format!("{left}-{right}"))
    }
}

impl fmt::Debug for PairingCode {
    /// Without the code: it opens a door for ten minutes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PairingCode(…)")
    }
}

impl FromStr for PairingCode {
    type Err = PairingCodeError;

    /// Takes lower case, spaces, every dash, and O, I and L for 0, 1 and 1, as the number of a pass does.
    fn from_str(text: &str) -> Result<Self, PairingCodeError> {
        let mut symbols =
            text.chars()
                .filter(|&typed| !is_separator(typed))
                .map(|typed| match typed.to_ascii_uppercase() {
                    'O' => '0',
                    'I' | 'L' => '1',
                    other => other,
                });
        let mut code = [0; SYMBOLS];
        for place in &mut code {
            let symbol = symbols.next().and_then(|symbol| u8::try_from(symbol).ok());
            *place = symbol
                .filter(|symbol| ALPHABET.contains(symbol))
                .ok_or(PairingCodeError)?;
        }
        match symbols.next() {
            None => Ok(Self(code)),
            Some(_) => Err(PairingCodeError),
        }
    }
}

impl TryFrom<String> for PairingCode {
    type Error = PairingCodeError;

    fn try_from(text: String) -> Result<Self, PairingCodeError> {
        text.parse()
    }
}

impl From<PairingCode> for String {
    fn from(code: PairingCode) -> Self {
        code.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_survives_print_and_sloppy_typing() {
        let code = PairingCode::from_bytes([0x00, 0x44, 0x32, 0x14, 0xc7]);
        assert_eq!(code.to_string(), "0123-4567");
        assert_eq!(" o i2 3-4567 ".parse(), Ok(code));
        assert_eq!(
            "0123\u{2011}4567".parse(),
            Ok(code),
            "the dash that a message makes of it"
        );
        assert_eq!(PairingCode::from_bytes([255; 5]).to_string(), "ZZZZ-ZZZZ");
        for wrong in ["", "0123456", "012345678", "0123-456U", "0123-456é", "https://x"] {
            assert_eq!(wrong.parse::<PairingCode>(), Err(PairingCodeError), "{wrong}");
        }
        assert!(!format!("{code:?}").contains("0123"));
    }
}
