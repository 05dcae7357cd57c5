//! Days as numbers: what an array of a million keeps, and what a period is compared with.

use jiff::civil::Date;

/// A day as the number of days since 1 March of the year 0. Only differences and order matter.
pub(crate) type Day = i32;

/// Later than any day: what has not happened.
pub(crate) const NEVER: Day = i32::MAX;

/// The number of a day, by the civil calendar: the year begins in March, so that the leap day is its last.
pub(crate) fn number(date: Date) -> Day {
    let (year, month, day) = (i32::from(date.year()), i32::from(date.month()), i32::from(date.day()));
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let in_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + in_year
}

/// The number of a day that may not be; [`NEVER`] then.
pub(crate) fn number_or_never(date: Option<Date>) -> Day {
    match date {
        Some(date) => number(date),
        None => NEVER,
    }
}

/// The day of a number; `None` outside the years that dates have.
pub(crate) fn date(number: Day) -> Option<Date> {
    let era = number.div_euclid(146_097);
    let in_era = number.rem_euclid(146_097);
    let year_of_era = (in_era - in_era / 1460 + in_era / 36_524 - in_era / 146_096) / 365;
    let in_year = in_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * in_year + 2) / 153;
    let day = in_year - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    Date::new(
        i16::try_from(year_of_era + era * 400 + later).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_day_after_has_the_next_number() {
        let mut day = date(1999, 1, 1);
        while day < date(2105, 1, 1) {
            let next = day.saturating_add(1.day());
            assert_eq!(number(next), number(day) + 1, "{day}");
            assert_eq!(super::date(number(day)), Some(day));
            day = next;
        }
    }
}
