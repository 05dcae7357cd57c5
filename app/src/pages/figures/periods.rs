//! The periods to choose from: a fixed grid, because free ranges would let somebody subtract one from another.

use domain::{Period, PeriodKind};
use jiff::ToSpan;
use jiff::civil::Date;

use super::address::Wrong;
use crate::components::field::{Choice, Group};
use crate::locales::nl::figures as text;

/// Years back, this one included.
const YEARS: i32 = 3;
/// Months back, this one included.
const MONTHS: i32 = 18;

/// The period in the address. Ranges are only for who may choose days.
pub(super) fn parse(text: &str, ranges: bool) -> Result<Period, Wrong> {
    match text.trim().parse::<Period>() {
        Ok(period) if period.kind() == PeriodKind::Range && !ranges => Err(Wrong::RangeNotYours),
        Ok(period) => Ok(period),
        Err(_) => Err(Wrong::Period),
    }
}

/// What the picker offers. A chosen period that is none of these is put first, so that the picker tells the truth.
pub(crate) fn groups(today: Date, chosen: Option<Period>) -> Vec<Group> {
    let years: Vec<Period> = (0..YEARS)
        .map(|back| Period::calendar_year_of(ago(today, 12 * back)))
        .collect();
    let work_years = (0..YEARS)
        .map(|back| Period::work_year_of(ago(today, 12 * back)))
        .collect();
    let quarters = (0..YEARS * 4 - 4)
        .map(|back| Period::quarter_of(ago(today, 3 * back)))
        .collect();
    let half_years = (0..YEARS * 2 - 2)
        .map(|back| Period::half_year_of(ago(today, 6 * back)))
        .collect();
    let months = (0..MONTHS).map(|back| Period::month_of(ago(today, back))).collect();
    let groups = [
        (Some(text::YEARS), years),
        (Some(text::WORK_YEARS), work_years),
        (Some(text::HALF_YEARS), half_years),
        (Some(text::QUARTERS), quarters),
        (Some(text::MONTHS), months),
        (Some(text::WHOLE), vec![Period::project()]),
    ];
    let known = |chosen: &Period| {
        groups
            .iter()
            .any(|(_, periods): &(_, Vec<Period>)| periods.contains(chosen))
    };
    let other = chosen
        .filter(|chosen| !known(chosen))
        .map(|chosen| (None, vec![chosen]));
    let choice = |period: Period| Choice::new(period, capital(&period.label_nl()));
    other
        .into_iter()
        .chain(groups)
        .map(|(heading, periods)| (heading, periods.into_iter().map(choice).collect()))
        .collect()
}

/// The first of the month that many months ago: every month has a first, not every one a 31st.
fn ago(today: Date, months: i32) -> Date {
    today.first_of_month().saturating_sub(months.months())
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn values(today: Date, chosen: &str) -> Vec<String> {
        let groups = groups(today, chosen.parse().ok());
        groups
            .into_iter()
            .flat_map(|(_, choices)| choices)
            .map(|choice| choice.value)
            .collect()
    }

    #[test]
    fn the_grid_has_no_gaps_and_no_doubles() {
        let values = values(date(2026, 12, 31), "2026");
        for expected in [
            "2026",
            "2024",
            "2026-2027",
            "2026-Q4",
            "2025-Q1",
            "2026-H2",
            "project",
            "2026-12",
            "2026-02",
            "2025-07",
        ] {
            assert!(values.iter().any(|value| value == expected), "{expected}: {values:?}");
        }
        let mut unique = values.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), values.len());
    }

    #[test]
    fn a_period_outside_the_grid_is_shown_as_chosen() {
        assert_eq!(values(date(2026, 11, 20), "2019-Q2")[0], "2019-Q2");
    }

    #[test]
    fn free_ranges_are_not_for_the_public() {
        assert_eq!(parse("2026-01-05..2026-02-11", false), Err(Wrong::RangeNotYours));
        assert!(parse("2026-01-05..2026-02-11", true).is_ok());
        assert_eq!(parse("later", true), Err(Wrong::Period));
        assert!(parse(" 2026-H1 ", false).is_ok());
    }
}
