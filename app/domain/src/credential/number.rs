//! The number on a pass: ten Crockford base-32 symbols and a check symbol, `XXXX-XXXX-XXX`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Crockford's symbols: no I, L, O and U, which are misread or spell words.
const ALPHABET: [u8; 32] = *b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Symbols that carry the tag; one check symbol follows.
const DATA_SYMBOLS: usize = 10;

/// A number that does not fit in 48 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{0:#x} does not fit in the 48 bits of a tag")]
pub struct TagError(pub u64);

/// The 48 random bits of a credential.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Tag(u64);

impl Tag {
    /// The largest tag.
    pub const MAX: Self = Self((1 << 48) - 1);

    /// The tag in six big-endian bytes, for instance fresh from a random source.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 6]) -> Self {
        let [b0, b1, b2, b3, b4, b5] = bytes;
        Self(u64::from_be_bytes([0, 0, b0, b1, b2, b3, b4, b5]))
    }

    /// The tag as six big-endian bytes.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 6] {
        let [_, _, b0, b1, b2, b3, b4, b5] = self.0.to_be_bytes();
        [b0, b1, b2, b3, b4, b5]
    }

    /// The tag as a number below 2^48.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl TryFrom<u64> for Tag {
    type Error = TagError;

    fn try_from(value: u64) -> Result<Self, TagError> {
        if value <= Self::MAX.0 {
            Ok(Self(value))
        } else {
            Err(TagError(value))
        }
    }
}

impl From<Tag> for u64 {
    fn from(tag: Tag) -> Self {
        tag.0
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tag({:#014x})", self.0)
    }
}

/// Why a typed text is no number of a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NumberError {
    /// Not eleven symbols once spaces and dashes are gone.
    #[error("a pass number has 11 symbols, not {0}")]
    Length(usize),
    /// A symbol that no pass number contains.
    #[error("\"{}\" does not occur in a pass number", .0.escape_default())]
    Symbol(char),
    /// The check symbol does not fit: a typing mistake.
    #[error("the last symbol does not fit the ten before it: one of them was mistyped")]
    Check,
    /// Ten symbols that stand for more than 48 bits; the first is always 0 to 7.
    #[error("a pass number starts with 0 to 7")]
    TooLarge,
}

/// The number of a pass. Typing accepts lower case, spaces, dashes, and O, I and L for 0, 1 and 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Number(Tag);

impl Number {
    /// Symbols in a number, the check symbol included.
    pub const SYMBOLS: usize = DATA_SYMBOLS + 1;

    /// The number of a tag.
    #[must_use]
    pub const fn from_tag(tag: Tag) -> Self {
        Self(tag)
    }

    /// The tag behind the number.
    #[must_use]
    pub const fn tag(self) -> Tag {
        self.0
    }

    /// The eleven symbols without dashes: what the JWT's `sub` and the database hold.
    #[must_use]
    pub fn compact(self) -> String {
        self.symbols().iter().map(|&value| symbol(value)).collect()
    }

    /// The values (0 to 31) of the eleven symbols.
    fn symbols(self) -> [u8; Self::SYMBOLS] {
        let mut values = [0; Self::SYMBOLS];
        let mut rest = self.0.get();
        for value in values[..DATA_SYMBOLS].iter_mut().rev() {
            *value = (rest & 31) as u8;
            rest >>= 5;
        }
        values[DATA_SYMBOLS] = check_value(&values[..DATA_SYMBOLS]);
        values
    }
}

fn symbol(value: u8) -> char {
    char::from(ALPHABET[usize::from(value & 31)])
}

/// Luhn's algorithm in base 32: every second value from the right counts double, its two base-32 digits added up.
///
/// It catches every single wrong symbol and every swap of neighbours except `0` with `Z`.
fn check_value(values: &[u8]) -> u8 {
    let mut sum = 0u8;
    for (from_right, &value) in values.iter().rev().enumerate() {
        let product = if from_right % 2 == 0 { value * 2 } else { value };
        sum = (sum + product / 32 + product % 32) % 32;
    }
    (32 - sum) % 32
}

/// The value of a typed symbol; `None` for one that no number contains.
fn value_of(typed: char) -> Option<u8> {
    let symbol = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    (0u8..)
        .zip(ALPHABET)
        .find(|&(_, candidate)| char::from(candidate) == symbol)
        .map(|(value, _)| value)
}

/// What people put between symbols: white space, and every dash that a keyboard or a word processor makes.
pub(crate) fn is_separator(typed: char) -> bool {
    typed.is_whitespace()
        || matches!(
            typed,
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{00ad}' | '.' | '_'
        )
}

impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let mut values = [0u8; Self::SYMBOLS];
        let mut length = 0;
        for typed in text.chars().filter(|&typed| !is_separator(typed)) {
            let value = value_of(typed).ok_or(NumberError::Symbol(typed))?;
            if let Some(slot) = values.get_mut(length) {
                *slot = value;
            }
            length += 1;
        }
        if length != Self::SYMBOLS {
            return Err(NumberError::Length(length));
        }
        let (data, check) = values.split_at(DATA_SYMBOLS);
        if check != [check_value(data)] {
            return Err(NumberError::Check);
        }
        let value = data.iter().fold(0u64, |sum, &value| (sum << 5) | u64::from(value));
        Tag::try_from(value).map(Self).map_err(|_| NumberError::TooLarge)
    }
}

impl TryFrom<String> for Number {
    type Error = NumberError;

    fn try_from(text: String) -> Result<Self, NumberError> {
        text.parse()
    }
}

impl From<Number> for String {
    fn from(number: Number) -> Self {
        number.to_string()
    }
}

impl From<Tag> for Number {
    fn from(tag: Tag) -> Self {
        Self(tag)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let compact = self.compact();
        f.pad(&format!("{}-{}-{}", &compact[..4], &compact[4..8], &compact[8..]))
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Number({self})")
    }
}
