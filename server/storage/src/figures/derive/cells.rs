//! Arithmetic with cells. What comes out of a hidden cell is hidden: so nothing that is worked out can tell more than what
//! it was worked out from.

use domain::figures::interval::{Interval, newcombe, poisson_ratio, wilson};
use domain::{FigureCell, FigureColumn, Unit};

/// A share of fewer people than this is not shown as one (FIGURES §3).
const LEAST_WHOLE: u64 = 20;

/// The counts; or, where one is none, why the result is none either.
fn counts<const N: usize>(cells: [&FigureCell; N]) -> Result<[u64; N], FigureCell> {
    let why = |reason: &FigureCell| cells.contains(&reason).then(|| reason.clone());
    let mut counts = [0; N];
    for (count, cell) in counts.iter_mut().zip(cells) {
        let Some(value) = cell.as_count() else {
            let reasons = [
                FigureCell::Hidden,
                FigureCell::NoDenominator,
                FigureCell::TooEarly,
                FigureCell::TooFew,
            ];
            return Err(reasons.iter().find_map(why).unwrap_or(FigureCell::Nothing));
        };
        *count = u64::try_from(value).unwrap_or(0);
    }
    Ok(counts)
}

fn estimate(interval: Option<Interval>) -> FigureCell {
    interval.map_or(FigureCell::Nothing, |Interval { value, low, high }| {
        FigureCell::Estimate { value, low, high }
    })
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts stay far below 2^53, up to which an f64 is exact"
)]
const fn real(count: u64) -> f64 {
    count as f64
}

/// A part of a whole of people, with its interval; without one where the part is not of that whole (visitors whose pass
/// has ended since).
pub(super) fn share(part: &FigureCell, whole: &FigureCell) -> FigureCell {
    match counts([part, whole]) {
        Err(reason) => reason,
        Ok([_, 0]) => FigureCell::Nothing,
        Ok([_, whole]) if whole < LEAST_WHOLE => FigureCell::TooFew,
        Ok([part, whole]) if part > whole => FigureCell::Number {
            value: real(part) / real(whole),
        },
        Ok([part, whole]) => estimate(wilson(part, whole)),
    }
}

/// A part of a whole that is not about people: organisers, scans.
pub(super) fn part(part: &FigureCell, whole: &FigureCell) -> FigureCell {
    match counts([part, whole]) {
        Err(reason) => reason,
        Ok([_, 0]) => FigureCell::Nothing,
        Ok([part, whole]) => FigureCell::Number {
            value: real(part) / real(whole),
        },
    }
}

/// The first share less the second.
pub(super) fn share_difference(now: [&FigureCell; 2], before: [&FigureCell; 2]) -> FigureCell {
    match counts([now[0], now[1], before[0], before[1]]) {
        Err(reason) => reason,
        Ok([_, whole, _, other]) if whole == 0 || other == 0 => FigureCell::Nothing,
        Ok([_, whole, _, other]) if whole.min(other) < LEAST_WHOLE => FigureCell::TooFew,
        Ok([part, whole, other_part, other]) => estimate(newcombe((part, whole), (other_part, other))),
    }
}

/// The first count less the second.
pub(super) fn difference(now: &FigureCell, before: &FigureCell) -> FigureCell {
    match counts([now, before]) {
        Err(reason) => reason,
        Ok([now, before]) => FigureCell::Count {
            value: i64::try_from(now).unwrap_or(i64::MAX) - i64::try_from(before).unwrap_or(i64::MAX),
        },
    }
}

/// The first count divided by the second, with its interval.
pub(super) fn ratio(now: &FigureCell, before: &FigureCell) -> FigureCell {
    match counts([now, before]) {
        Err(reason) => reason,
        Ok([now, before]) => estimate(poisson_ratio(now, before, 1.0)),
    }
}

/// Both together.
pub(super) fn sum(one: &FigureCell, other: &FigureCell) -> FigureCell {
    match counts([one, other]) {
        Err(reason) => reason,
        Ok([one, other]) => FigureCell::count(one.saturating_add(other)),
    }
}

/// All together; nothing is zero.
pub(super) fn sum_all<'a>(cells: impl IntoIterator<Item = &'a FigureCell>) -> FigureCell {
    cells
        .into_iter()
        .fold(FigureCell::count(0), |total, cell| sum(&total, cell))
}

/// So much for each.
pub(super) fn mean(total: &FigureCell, over: &FigureCell) -> FigureCell {
    match counts([total, over]) {
        Err(reason) => reason,
        Ok([_, 0]) => FigureCell::Nothing,
        Ok([total, over]) => FigureCell::Number {
            value: real(total) / real(over),
        },
    }
}

/// A median over so many people: a share of the rule for shares.
pub(super) fn median(found: Option<(u64, f64)>) -> FigureCell {
    match found {
        None | Some((0, _)) => FigureCell::Nothing,
        Some((people, _)) if people < LEAST_WHOLE => FigureCell::TooFew,
        Some((_, days)) => FigureCell::Number { value: days },
    }
}

/// Words, where there are any.
pub(super) fn text(text: Option<String>) -> FigureCell {
    text.filter(|text| !text.is_empty())
        .map_or(FigureCell::Nothing, |text| FigureCell::Text { text })
}

/// A column that is not of every figure of its code.
pub(super) fn extra_column(name: &str, label: &str, unit: Unit) -> FigureColumn {
    FigureColumn {
        name: name.to_owned(),
        label: label.to_owned(),
        unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_worked_out_from_a_hidden_cell_is_hidden() {
        let (known, hidden) = (FigureCell::count(30), FigureCell::Hidden);
        for cell in [
            share(&hidden, &known),
            share(&known, &hidden),
            part(&hidden, &known),
            share_difference([&known, &known], [&hidden, &known]),
            difference(&hidden, &known),
            ratio(&known, &hidden),
            sum(&known, &hidden),
            mean(&FigureCell::NoDenominator, &hidden),
        ] {
            assert_eq!(cell, FigureCell::Hidden);
        }
    }

    #[test]
    fn a_share_of_fewer_than_20_people_is_none() {
        let count = FigureCell::count;
        assert_eq!(share(&count(5), &count(19)), FigureCell::TooFew);
        assert!(matches!(share(&count(5), &count(20)), FigureCell::Estimate { .. }));
        assert!(matches!(share(&count(25), &count(20)), FigureCell::Number { .. }));
        assert_eq!(share(&count(0), &count(0)), FigureCell::Nothing);
        let few = share_difference([&count(5), &count(19)], [&count(30), &count(40)]);
        assert_eq!(few, FigureCell::TooFew);
        assert_eq!(
            (median(Some((19, 4.0))), median(None)),
            (FigureCell::TooFew, FigureCell::Nothing)
        );
        assert_eq!(median(Some((20, 19.0))), FigureCell::Number { value: 19.0 });
    }

    #[test]
    fn fewer_than_before_is_a_negative_difference() {
        let (now, before) = (FigureCell::count(9), FigureCell::count(18));
        assert_eq!(difference(&now, &before), FigureCell::Count { value: -9 });
        assert_eq!(sum_all([&now, &before]), FigureCell::count(27));
    }
}
