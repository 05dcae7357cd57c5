//! The year of a Flemish club: school holidays, and how full the room is in each season.

use jiff::civil::{Date, Weekday, date};
use jiff::{SignedDuration, ToSpan};

/// Easter Sunday of a year (Gregorian computus).
fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (golden, century, rest) = (y % 19, y / 100, y % 100);
    let correction = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    let moon = correction - (correction / 28) * (1 - (29 / (correction + 1)) * ((21 - golden) / 11));
    let weekday = (y + y / 4 + moon + 2 - century + century / 4) % 7;
    let _unused = rest;
    let from_march = moon - weekday + 28;
    let (month, day) = if from_march > 31 {
        (4, from_march - 31)
    } else {
        (3, from_march)
    };
    date(year, month, i8::try_from(day).unwrap_or(1))
}

fn plus(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}

fn monday_of(day: Date) -> Date {
    plus(day, -i64::from(day.weekday().to_monday_zero_offset()))
}

/// First and last day of the five school holidays that begin in this calendar year (Christmas runs into the next).
fn breaks(year: i16) -> [(Date, Date); 5] {
    let easter = easter(year);
    let carnival = plus(easter, -48);
    let spring = if easter.month() == 3 {
        plus(easter, 1)
    } else if easter.day() > 15 {
        plus(easter, -13)
    } else {
        let first = date(year, 4, 1);
        plus(monday_of(plus(first, 6)), 0)
    };
    let autumn = monday_of(if date(year, 11, 1).weekday() == Weekday::Sunday {
        date(year, 11, 2)
    } else {
        date(year, 11, 1)
    });
    let christmas_day = date(year, 12, 25);
    let christmas = if matches!(christmas_day.weekday(), Weekday::Saturday | Weekday::Sunday) {
        plus(monday_of(christmas_day), 7)
    } else {
        monday_of(christmas_day)
    };
    [
        (carnival, plus(carnival, 6)),
        (spring, plus(spring, 13)),
        (date(year, 7, 1), date(year, 8, 31)),
        (autumn, plus(autumn, 6)),
        (christmas, plus(christmas, 13)),
    ]
}

/// Whether schools are closed.
pub(super) fn is_school_holiday(day: Date) -> bool {
    let within = |year: i16| breaks(year).iter().any(|(first, last)| (*first..=*last).contains(&day));
    within(day.year()) || within(day.year() - 1)
}

/// How full a room is on this day, with 1 for an ordinary week: enthusiasm in September, empty summers.
pub(super) fn attendance(day: Date) -> f64 {
    let season = match day.month() {
        9 | 10 => 1.25,
        11 => 1.0,
        12 => 0.8,
        1 => 1.1,
        2..=5 => 1.0,
        6 => 0.8,
        7 => 0.45,
        _ => 0.5,
    };
    if is_school_holiday(day) && !matches!(day.month(), 7 | 8) {
        season * 0.6
    } else {
        season
    }
}

/// Every day from `first` to `last`, both included.
pub(super) fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    first.series(1.day()).take_while(move |day| *day <= last)
}

/// Whole days from one day to another.
pub(super) fn days_between(first: Date, last: Date) -> i64 {
    last.duration_since(first).as_secs() / SignedDuration::from_hours(24).as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_almanac_says() {
        assert_eq!(easter(2024), date(2024, 3, 31));
        assert_eq!(easter(2025), date(2025, 4, 20));
        assert_eq!(easter(2026), date(2026, 4, 5));
        assert_eq!(easter(2027), date(2027, 3, 28));
        assert_eq!(easter(2038), date(2038, 4, 25));
    }

    #[test]
    fn schools_are_closed_when_flanders_says_so() {
        for closed in [
            date(2025, 10, 27),
            date(2025, 12, 25),
            date(2026, 1, 2),
            date(2026, 2, 16),
            date(2026, 4, 6),
            date(2026, 7, 15),
        ] {
            assert!(is_school_holiday(closed), "{closed}");
        }
        for open in [
            date(2025, 10, 20),
            date(2026, 1, 12),
            date(2026, 3, 18),
            date(2026, 9, 1),
        ] {
            assert!(!is_school_holiday(open), "{open}");
        }
    }
}
