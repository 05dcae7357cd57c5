//! Days and hours in Dutch, always of Europe/Brussels.

use domain::local_time::local_datetime;
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
const MONTHS_SHORT: [&str; 12] = [
    "jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
];

fn nth(names: [&'static str; 12], month: i8) -> &'static str {
    usize::try_from(month - 1)
        .ok()
        .and_then(|index| names.get(index).copied())
        .unwrap_or_default()
}

/// Full name of a month, 1–12.
pub(crate) fn month_name(month: i8) -> &'static str {
    nth(MONTHS, month)
}

/// Three letters of a month, 1–12.
pub(crate) fn month_short(month: i8) -> &'static str {
    nth(MONTHS_SHORT, month)
}

fn weekday_short(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "ma",
        Weekday::Tuesday => "di",
        Weekday::Wednesday => "wo",
        Weekday::Thursday => "do",
        Weekday::Friday => "vr",
        Weekday::Saturday => "za",
        Weekday::Sunday => "zo",
    }
}

/// `30 november 2027`
pub(crate) fn date(day: Date) -> String {
    format!("{} {} {}", day.day(), month_name(day.month()), day.year())
}

/// `vr 20 nov`
pub(crate) fn day_short(at: Timestamp) -> String {
    let local = local_datetime(at);
    format!(
        "{} {} {}",
        weekday_short(local.weekday()),
        local.day(),
        month_short(local.month())
    )
}

/// `19.00`
pub(crate) fn clock(at: Timestamp) -> String {
    let local = local_datetime(at);
    format!("{}.{:02}", local.hour(), local.minute())
}

/// `20 november 2026 om 19.05 uur`
pub(crate) fn moment(at: Timestamp) -> String {
    format!("{} om {} uur", date(local_datetime(at).date()), clock(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_brussels_in_summer_and_in_winter() {
        let winter: Timestamp = "2026-11-20T18:05:00Z".parse().unwrap();
        assert_eq!(clock(winter), "19.05");
        assert_eq!(day_short(winter), "vr 20 nov");
        let summer: Timestamp = "2026-07-01T22:30:00Z".parse().unwrap();
        assert_eq!(clock(summer), "0.30");
        assert_eq!(day_short(summer), "do 2 jul");
        assert_eq!(moment(winter), "20 november 2026 om 19.05 uur");
    }
}
