//! 95 % intervals: of a part of a whole, of the difference of two such parts, of the ratio of two counts.
//!
//! The formulas and why these: Wilson and Newcombe's method 10 keep their 95 % for the small groups of a municipality,
//! where the usual `± 1.96 × standard error` does not (Newcombe 1998). The ratio of two counts is exact: given their sum, the
//! first is binomial, so the interval of Clopper and Pearson for its part becomes one for the ratio (Przyborowski and
//! Wilenski 1940; the same as `poisson.test` of R). All three never leave what is possible: 0 to 1, −1 to 1, 0 and up.

use serde::{Deserialize, Serialize};

/// The normal quantile of 97.5 %.
const Z: f64 = 1.959_963_984_540_054;

/// What lies outside on either side.
const TAIL: f64 = 0.025;

/// An estimate and what it may well be, with 95 % confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The estimate.
    pub value: f64,
    /// The least that it may well be.
    pub low: f64,
    /// The most that it may well be.
    pub high: f64,
}

/// So many of so many, as an `f64`. Exact: no count here comes near 2^53.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people and visits stay far below 2^53, up to which an f64 is exact"
)]
const fn real(count: u64) -> f64 {
    count as f64
}

/// `part` of `whole` with its score interval (Wilson 1927, without continuity correction).
///
/// `None` where there is no whole, or the part is more than it.
#[must_use]
pub fn wilson(part: u64, whole: u64) -> Option<Interval> {
    if whole == 0 || part > whole {
        return None;
    }
    let n = real(whole);
    let value = real(part) / n;
    let shrink = 1.0 + Z * Z / n;
    let centre = (value + Z * Z / (2.0 * n)) / shrink;
    let half = Z * (value * (1.0 - value) / n + Z * Z / (4.0 * n * n)).sqrt() / shrink;
    Some(Interval {
        value,
        // What rounding leaves of the ends that are exact.
        low: if part == 0 { 0.0 } else { (centre - half).max(0.0) },
        high: if part == whole { 1.0 } else { (centre + half).min(1.0) },
    })
}

/// The first part less the second, both `(part, whole)`, of independent groups (Newcombe 1998, method 10).
///
/// `None` where [`wilson`] is for either.
#[must_use]
pub fn newcombe((part, whole): (u64, u64), (other_part, other_whole): (u64, u64)) -> Option<Interval> {
    let (one, other) = (wilson(part, whole)?, wilson(other_part, other_whole)?);
    let value = one.value - other.value;
    Some(Interval {
        value,
        low: (value - (one.value - one.low).hypot(other.high - other.value)).max(-1.0),
        high: (value + (one.high - one.value).hypot(other.value - other.low)).min(1.0),
    })
}

/// `count` ÷ `other`, both Poisson over time bases (or populations) of this ratio to each other: exact, given their sum.
///
/// `time` is the first's base divided by the second's: 1 for two periods of one kind. `None` where the second is zero, for
/// then there is nothing to divide by.
#[must_use]
pub fn poisson_ratio(count: u64, other: u64, time: f64) -> Option<Interval> {
    if other == 0 || time.is_nan() || time <= 0.0 {
        return None;
    }
    let (x, y) = (real(count), real(other));
    let odds = |part: f64| part / (1.0 - part) / time;
    let low = if count == 0 {
        0.0
    } else {
        odds(beta_quantile(TAIL, x, y + 1.0))
    };
    Some(Interval {
        value: x / y / time,
        low,
        high: odds(beta_quantile(1.0 - TAIL, x + 1.0, y)),
    })
}

/// Where the beta distribution reaches `probability`, by halving: every step is one bit, and nothing can run away.
fn beta_quantile(probability: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if beta_cdf(middle, a, b) < probability {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// The regularised incomplete beta function, `I_x(a, b)`.
fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p()).exp();
    // The fraction converges fast on this side of the mean only; the other side is its mirror image.
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(x, a, b) / a
    } else {
        1.0 - front * beta_fraction(1.0 - x, b, a) / b
    }
}

/// The continued fraction of the incomplete beta function (NIST DLMF 8.17.22), by Lentz's method.
fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    // Its number of terms grows with the square root of the counts: this is enough for 10^12.
    const MOST_TERMS: u32 = 2_000_000;
    let apart_from_zero = |number: f64| if number.abs() < TINY { TINY } else { number };
    let mut c = 1.0;
    let mut d = 1.0 / apart_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for term in 1..MOST_TERMS {
        let m = f64::from(term);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut step = 1.0;
        for coefficient in [even, odd] {
            d = 1.0 / apart_from_zero(1.0 + coefficient * d);
            c = apart_from_zero(1.0 + coefficient / c);
            step = c * d;
            fraction *= step;
        }
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    fraction
}

/// `ln Γ(x)` for x > 0: Stirling's series (NIST DLMF 5.11.1), after stepping up to where it is exact to the last digits.
fn ln_gamma(x: f64) -> f64 {
    const COEFFICIENTS: [f64; 5] = [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1_260.0, -1.0 / 1_680.0, 1.0 / 1_188.0];
    let (mut x, mut product) = (x, 1.0);
    while x < 15.0 {
        product *= x;
        x += 1.0;
    }
    let inverse_square = 1.0 / (x * x);
    let series = COEFFICIENTS
        .iter()
        .rev()
        .fold(0.0, |sum, coefficient| sum * inverse_square + coefficient)
        / x;
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - product.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_near(found: Option<Interval>, low: f64, high: f64, within: f64) {
        let found = found.unwrap();
        assert!(
            (found.low - low).abs() < within && (found.high - high).abs() < within,
            "{found:?} is not {low} to {high}"
        );
        assert!(found.low <= found.value && found.value <= found.high, "{found:?}");
    }

    #[test]
    fn wilson_gives_the_values_of_newcombe_1998_statistics_in_medicine_17_page_857_table_i_method_3() {
        for (part, whole, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            assert_near(wilson(part, whole), low, high, 0.000_051);
        }
    }

    #[test]
    fn differences_have_the_values_of_newcombe_1998_statistics_in_medicine_17_page_873_table_ii_method_10() {
        for (one, other, low, high) in [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((6, 7), (2, 7), 0.0582, 0.8062),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 20), -0.1611, 0.2775),
            ((0, 10), (0, 10), -0.2775, 0.2775),
            ((10, 10), (0, 20), 0.6791, 1.0),
            ((10, 10), (0, 10), 0.6075, 1.0),
        ] {
            assert_near(newcombe(one, other), low, high, 0.000_051);
        }
    }

    /// Lung cancer in Fredericia against three other Danish cities, ages 55–59 (Andersen 1977, data `eba1977` of the package
    /// `ISwR`): the example of R's `poisson.test`, which prints 0.8584264 and 4.2772659.
    #[test]
    fn a_ratio_of_counts_has_the_values_of_the_example_of_r_poisson_test_andersen_1977() {
        let found = poisson_ratio(11, 6 + 8 + 7, 800.0 / (1083.0 + 1050.0 + 878.0));
        assert_near(found, 0.858_426_4, 4.277_265_9, 0.000_000_1);
        assert!((found.unwrap().value - 1.971_488).abs() < 0.000_001);
    }

    /// Breast cancer after fluoroscopy: 41 cases in 28 010 person-years against 15 in 19 017 (Boice and Monson 1977, as
    /// worked in Rothman and Greenland, *Modern Epidemiology*); the exact interval that scipy's beta quantiles give too.
    #[test]
    fn a_ratio_of_counts_has_the_exact_interval_of_boice_and_monson_1977() {
        assert_near(
            poisson_ratio(41, 15, 28_010.0 / 19_017.0),
            1.005_684_06,
            3.609_300_31,
            0.000_000_01,
        );
    }

    #[test]
    fn nothing_to_divide_by_gives_no_interval() {
        for found in [
            wilson(0, 0),
            wilson(3, 2),
            newcombe((1, 2), (0, 0)),
            poisson_ratio(5, 0, 1.0),
        ] {
            assert_eq!(found, None);
        }
        assert_near(poisson_ratio(0, 20, 1.0), 0.0, 0.202_549_603_8, 1e-9);
    }

    /// Ten million visits: where a careless incomplete beta function loses its digits or never ends.
    #[test]
    fn ratios_of_millions_are_exact_too() {
        assert_near(
            poisson_ratio(4_000_000, 3_900_000, 1.0),
            1.024_211_243_96,
            1.027_072_809_51,
            1e-8,
        );
    }
}
