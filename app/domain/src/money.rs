//! Money in whole euro cents. Never a float: sums of prices must come out to the cent.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The largest price that can be typed, in euro: a slip of the keyboard, not an activity, costs more.
const MAX_EURO: i64 = 100_000;

/// Why a text is no amount.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// Nothing, or something that is no number.
    #[error("\"{0}\" is no amount in euro, such as 3,50")]
    NotANumber(String),
    /// More than two digits behind the comma.
    #[error("\"{0}\" has more than two digits behind the comma")]
    TooManyDecimals(String),
    /// A price below zero.
    #[error("\"{0}\" is below zero")]
    Negative(String),
    /// More than a hundred thousand euro.
    #[error("\"{0}\" is more than € 100.000")]
    TooLarge(String),
}

/// An amount in euro cents. Text comes in as "3,50", "3.5" or "3", with or without €; it goes out as "€ 3,50".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cents(pub i64);

impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (euro, cents) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let digits = euro.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at) % 3 == 0 {
                grouped.push('.');
            }
            grouped.push(digit);
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        f.pad(&format!("€ {sign}{grouped},{cents:02}"))
    }
}

impl TryFrom<&str> for Cents {
    type Error = MoneyError;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        let shown = || text.chars().take(40).collect::<String>();
        let amount = text.trim().trim_start_matches('€').trim_start();
        if amount.starts_with(['-', '−']) {
            return Err(MoneyError::Negative(shown()));
        }
        let (euro, cents) = amount.split_once([',', '.']).unwrap_or((amount, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if euro.is_empty() || !all_digits(euro) || !all_digits(cents) {
            return Err(MoneyError::NotANumber(shown()));
        }
        let cents: i64 = match *cents.as_bytes() {
            [] => 0,
            [tens] => i64::from(tens - b'0') * 10,
            [tens, ones] => i64::from(tens - b'0') * 10 + i64::from(ones - b'0'),
            _ => return Err(MoneyError::TooManyDecimals(shown())),
        };
        match euro.parse::<i64>() {
            Ok(euro) if euro < MAX_EURO || (euro == MAX_EURO && cents == 0) => Ok(Self(euro * 100 + cents)),
            _ => Err(MoneyError::TooLarge(shown())),
        }
    }
}

impl FromStr for Cents {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_from(text)
    }
}

impl Add for Cents {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Cents {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Cents {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl std::iter::Sum for Cents {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self(0), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (text, cents) in [
            ("3,50", 350),
            ("3.5", 350),
            ("3", 300),
            ("0", 0),
            (" € 12,05 ", 1205),
            ("3,", 300),
            ("100000", 10_000_000),
        ] {
            assert_eq!(Cents::try_from(text).unwrap(), Cents(cents), "{text}");
        }
    }

    #[test]
    fn other_texts_are_refused_with_the_reason() {
        assert!(matches!(Cents::try_from("3,505"), Err(MoneyError::TooManyDecimals(_))));
        assert!(matches!(Cents::try_from("-3"), Err(MoneyError::Negative(_))));
        assert!(matches!(Cents::try_from("100000,01"), Err(MoneyError::TooLarge(_))));
        assert!(matches!(
            Cents::try_from("99999999999999999999"),
            Err(MoneyError::TooLarge(_))
        ));
        for wrong in ["", "€", ",50", "drie", "1.234,50", "3,5 euro", "３"] {
            assert!(
                matches!(Cents::try_from(wrong), Err(MoneyError::NotANumber(_))),
                "{wrong}"
            );
        }
    }

    #[test]
    fn amounts_are_written_the_dutch_way() {
        assert_eq!(Cents(350).to_string(), "€ 3,50");
        assert_eq!(Cents(123_456_789).to_string(), "€ 1.234.567,89");
        assert_eq!(Cents(-5).to_string(), "€ -0,05");
    }
}
