//! Days as people around Brussels live them. Instants are UTC everywhere else.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Baked in at compile time: a browser has no zone files, and a server's may be old or missing.
static BRUSSELS: TimeZone = jiff::tz::get!("Europe/Brussels");

/// The calendar day in Europe/Brussels at that instant: the day that "once a day" means.
#[must_use]
pub fn local_day(at: Timestamp) -> Date {
    BRUSSELS.to_datetime(at).date()
}

/// The first instant of a day in Europe/Brussels (22:00 or 23:00 UTC the day before).
///
/// A day outside jiff's range of instants gives the nearest instant inside it.
#[must_use]
pub fn start_of_day(day: Date) -> Timestamp {
    let fallback = if day.year() < 1970 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    let midnight = day.at(0, 0, 0, 0);
    BRUSSELS
        .to_ambiguous_timestamp(midnight)
        .compatible()
        .unwrap_or(fallback)
}

/// The instant after the last one of a day in Europe/Brussels: the start of the next.
#[must_use]
pub fn end_of_day(day: Date) -> Timestamp {
    start_of_day(day.tomorrow().unwrap_or(Date::MAX))
}

/// A date and time as the clock on the wall in Brussels shows it, for pages.
#[must_use]
pub fn local_datetime(at: Timestamp) -> jiff::civil::DateTime {
    BRUSSELS.to_datetime(at)
}

/// The instant of a wall-clock date and time in Brussels, for forms ("2026-03-29 19:30").
///
/// In the hour that summer time skips it gives the instant an hour later; in the hour that comes twice, the first.
#[must_use]
pub fn from_local_datetime(at: jiff::civil::DateTime) -> Timestamp {
    let fallback = if at.year() < 1970 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    BRUSSELS.to_ambiguous_timestamp(at).compatible().unwrap_or(fallback)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};

    use super::*;

    #[test]
    fn days_have_23_24_or_25_hours() {
        for (day, hours) in [
            (date(2026, 3, 10), 24),
            (date(2026, 3, 29), 23),
            (date(2026, 10, 25), 25),
        ] {
            assert_eq!(
                start_of_day(day).duration_until(end_of_day(day)).as_hours(),
                hours,
                "{day}"
            );
        }
    }

    #[test]
    fn a_typed_time_is_that_of_the_clock_on_the_wall() {
        let utc = |at| from_local_datetime(at).to_string();
        assert_eq!(utc(datetime(2026, 3, 10, 19, 0, 0, 0)), "2026-03-10T18:00:00Z");
        assert_eq!(utc(datetime(2026, 7, 1, 19, 0, 0, 0)), "2026-07-01T17:00:00Z");
        assert_eq!(utc(datetime(2026, 3, 29, 2, 30, 0, 0)), "2026-03-29T01:30:00Z");
        assert_eq!(utc(datetime(2026, 10, 25, 2, 30, 0, 0)), "2026-10-25T00:30:00Z");
        assert_eq!(
            local_datetime(from_local_datetime(datetime(2026, 7, 1, 19, 0, 0, 0))),
            datetime(2026, 7, 1, 19, 0, 0, 0)
        );
    }

    #[test]
    fn far_away_days_give_an_answer() {
        assert!(start_of_day(Date::MIN) < start_of_day(Date::MAX));
        assert_eq!(end_of_day(Date::MAX), start_of_day(Date::MAX));
    }
}
