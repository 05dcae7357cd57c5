//! The municipalities' own share of what the project costs (20 % unless agreed otherwise) and how they split it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::codes::code_enum;
use crate::money::Cents;

code_enum! {
    /// How municipalities split what they pay.
    OwnShareSplit("split of the own share") {
        /// Everybody the same.
        Equal = "equal",
        /// By the number of inhabitants.
        Inhabitants = "inhabitants",
        /// By typed percentages that make 100 together.
        Typed = "typed",
    }
}

impl OwnShareSplit {
    /// A short Dutch name.
    #[must_use]
    pub const fn label_nl(self) -> &'static str {
        match self {
            Self::Equal => "Gelijk verdeeld",
            Self::Inhabitants => "Volgens het aantal inwoners",
            Self::Typed => "Zelf gekozen percentages",
        }
    }
}

/// A text that is no percentage.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"{0}\" is no percentage from 0 to 100 with at most two digits behind the comma, such as 12,5")]
pub struct BasisPointsError(String);

/// Hundredths of a percent: 12,5 % is 1250. Whole numbers, so that typed percentages make exactly 100 or do not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BasisPoints(pub u32);

impl BasisPoints {
    /// All of it.
    pub const WHOLE: Self = Self(10_000);
    /// The share that the municipalities of the pass project paid themselves.
    pub const USUAL_OWN_SHARE: Self = Self(2_000);
}

impl fmt::Display for BasisPoints {
    /// The Dutch way, without the sign: `12,5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        f.pad(&match (rest, rest % 10) {
            (0, _) => whole.to_string(),
            (rest, 0) => format!("{whole},{}", rest / 10),
            (rest, _) => format!("{whole},{rest:02}"),
        })
    }
}

impl FromStr for BasisPoints {
    type Err = BasisPointsError;

    fn from_str(text: &str) -> Result<Self, BasisPointsError> {
        let refused = || BasisPointsError(text.chars().take(40).collect());
        let number = text.trim().trim_end_matches('%').trim_end();
        let (whole, part) = number.split_once([',', '.']).unwrap_or((number, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 3 || part.len() > 2 || !digits(whole) || !digits(part) {
            return Err(refused());
        }
        let part = format!("{part:0<2}");
        let (whole, part): (u32, u32) = match (whole.parse(), part.parse()) {
            (Ok(whole), Ok(part)) => (whole, part),
            _ => return Err(refused()),
        };
        let points = Self(whole * 100 + part);
        if points > Self::WHOLE {
            return Err(refused());
        }
        Ok(points)
    }
}

/// The own share of an amount, rounded half up to the cent; the rest is what the subsidy may pay.
#[must_use]
pub fn own_share(amount: Cents, share: BasisPoints) -> Cents {
    let whole = i128::from(BasisPoints::WHOLE.0);
    let cents = (i128::from(amount.0) * i128::from(share.0) + whole / 2).div_euclid(whole);
    Cents(i64::try_from(cents).unwrap_or(i64::MAX))
}

/// Splits an amount by weight so that the parts make the whole to the cent: everybody the whole cents of the exact part,
/// then one cent more for the largest remainders (on a tie: whoever comes first).
///
/// Without any weight, everybody counts the same; without anybody, nothing is split. A negative amount counts as zero.
#[must_use]
pub fn split_cents(amount: Cents, weights: &[u64]) -> Vec<Cents> {
    let amount = u128::try_from(amount.0).unwrap_or(0);
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    let weight_of = |weight: u64| if sum == 0 { 1 } else { u128::from(weight) };
    let sum = if sum == 0 { weights.len() as u128 } else { sum };
    if sum == 0 {
        return Vec::new();
    }
    let exact = |weight: u64| (amount * weight_of(weight) / sum, amount * weight_of(weight) % sum);
    let parts: Vec<(u128, u128)> = weights.iter().map(|weight| exact(*weight)).collect();
    let given: u128 = parts.iter().map(|(cents, _)| cents).sum();
    let mut by_remainder: Vec<usize> = (0..parts.len()).collect();
    // Stable: of equal remainders the first stays first.
    by_remainder.sort_by_key(|at| std::cmp::Reverse(parts.get(*at).map(|(_, remainder)| *remainder)));
    let left = usize::try_from(amount - given).unwrap_or(0);
    let one_more: Vec<usize> = by_remainder.into_iter().take(left).collect();
    let cents = |(at, (cents, _)): (usize, &(u128, u128))| {
        let cents = i64::try_from(*cents).unwrap_or(i64::MAX);
        Cents(cents.saturating_add(i64::from(one_more.contains(&at))))
    };
    parts.iter().enumerate().map(cents).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cents(amount: i64, weights: &[u64]) -> Vec<i64> {
        split_cents(Cents(amount), weights)
            .into_iter()
            .map(|part| part.0)
            .collect()
    }

    #[test]
    fn the_largest_remainders_get_the_cents_that_are_left() {
        assert_eq!(cents(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(cents(101, &[1, 1, 1]), [34, 34, 33]);
        // 10 × 1/6, 2/6, 3/6 = 1.67, 3.33, 5: the first has the largest remainder.
        assert_eq!(cents(10, &[1, 2, 3]), [2, 3, 5]);
        // The five municipalities of the pass project, by inhabitants.
        assert_eq!(
            cents(2_000_000, &[17_030, 4_818, 14_366, 18_388, 5_850]),
            [563_422, 159_399, 475_286, 608_351, 193_542]
        );
    }

    #[test]
    fn nothing_and_nobody_are_split_without_a_stumble() {
        assert_eq!(cents(5, &[]), Vec::<i64>::new());
        assert_eq!(cents(5, &[0, 0]), [3, 2]);
        assert_eq!(cents(5, &[0, 1]), [0, 5]);
        assert_eq!(cents(0, &[1, 2]), [0, 0]);
        assert_eq!(cents(-5, &[1, 2]), [0, 0]);
        assert_eq!(cents(i64::MAX, &[u64::MAX, u64::MAX])[0], i64::MAX / 2 + 1);
    }

    #[test]
    fn twenty_percent_is_rounded_half_up() {
        let own = |amount| own_share(Cents(amount), BasisPoints::USUAL_OWN_SHARE).0;
        assert_eq!((own(100), own(102), own(103), own(0)), (20, 20, 21, 0));
        assert_eq!(own_share(Cents(1), BasisPoints(5_000)), Cents(1));
    }

    #[test]
    fn percentages_are_read_and_written_the_dutch_way() {
        for (typed, points, shown) in [
            ("20", 2_000, "20"),
            ("12,5", 1_250, "12,5"),
            ("33.33 %", 3_333, "33,33"),
            ("0,05", 5, "0,05"),
            (" 100 ", 10_000, "100"),
        ] {
            let read: BasisPoints = typed.parse().unwrap();
            assert_eq!((read.0, read.to_string().as_str()), (points, shown), "{typed}");
        }
        for typed in ["", "%", "100,01", "-1", "1,234", "tien", "1000", "٣"] {
            assert!(typed.parse::<BasisPoints>().is_err(), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn the_parts_make_the_whole_and_nobody_is_a_cent_off(
            amount in 0_i64..1_000_000_000_000,
            weights in proptest::collection::vec(0_u64..1_000_000, 1..30),
        ) {
            let parts = cents(amount, &weights);
            prop_assert_eq!(parts.iter().sum::<i64>(), amount);
            let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
            for (part, weight) in parts.iter().zip(&weights) {
                let exact = u128::try_from(amount).unwrap() * u128::from(*weight);
                if let Some(floor) = exact.checked_div(sum) {
                    let floor = i64::try_from(floor).unwrap();
                    prop_assert!(*part == floor || *part == floor + 1);
                }
            }
        }
    }
}
