//! Reading the fields that several of these forms share. What is wrong is noted in the form.

use domain::{BasisPoints, BbcCode, Cents};
use jiff::civil::Date;

use crate::forms::Filled;
use crate::locales::nl::programme as text;

/// One line of text.
pub(super) fn line(form: &mut Filled, field: &'static str, most: usize, message: &str) -> Option<String> {
    let value = form.typed.get(field).to_owned();
    let fits = (1..=most).contains(&value.chars().count()) && !value.chars().any(char::is_control);
    form.take(field, fits.then_some(value).ok_or(()), message)
}

/// Several lines of text.
pub(super) fn lines(form: &mut Filled, field: &'static str, most: usize, message: &str) -> Option<String> {
    let value = form.typed.get(field).replace("\r\n", "\n");
    let unwanted = |character: char| character.is_control() && character != '\n';
    let fits = (1..=most).contains(&value.chars().count()) && !value.chars().any(unwanted);
    form.take(field, fits.then_some(value).ok_or(()), message)
}

/// Several lines of text, or nothing.
pub(super) fn maybe_lines(form: &mut Filled, field: &'static str, most: usize, message: &str) -> Option<String> {
    if form.typed.get(field).is_empty() {
        return Some(String::new());
    }
    lines(form, field, most, message)
}

/// A day as browsers send it, or as people type it where there is no date box: `3/11/2026`, `3-11-2026`.
fn parsed_day(text: &str) -> Option<Date> {
    if let Ok(day) = text.parse::<Date>() {
        return Some(day);
    }
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let [day, month, year] = parts[..] else {
        return None;
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A day of this century.
pub(super) fn day(form: &mut Filled, field: &'static str) -> Option<Date> {
    let day = parsed_day(form.typed.get(field)).filter(|day| (2000..=2199).contains(&day.year()));
    form.take(field, day.ok_or(()), text::DAY_WRONG)
}

/// A day that is not still to come.
pub(super) fn past_day(form: &mut Filled, field: &'static str, today: Date) -> Option<Date> {
    let day = day(form, field)?;
    form.take(field, (day <= today).then_some(day).ok_or(()), text::DAY_FUTURE)
}

/// A day, or none. The outer `None` is a mistake.
pub(super) fn maybe_day(form: &mut Filled, field: &'static str) -> Option<Option<Date>> {
    if form.typed.get(field).is_empty() {
        return Some(None);
    }
    day(form, field).map(Some)
}

/// An amount; a dot may stand between thousands: `1.250,00`.
fn parsed_amount(text: &str) -> Option<Cents> {
    let plain = match text.split_once(',') {
        Some((euro, cents)) => format!("{},{cents}", euro.replace(['.', ' ', '\u{a0}'], "")),
        None => text.replace([' ', '\u{a0}'], ""),
    };
    Cents::try_from(plain.as_str()).ok()
}

/// An amount of more than nothing.
pub(super) fn amount(form: &mut Filled, field: &'static str) -> Option<Cents> {
    let amount = parsed_amount(form.typed.get(field)).filter(|amount| amount.0 > 0);
    form.take(field, amount.ok_or(()), text::AMOUNT_WRONG)
}

/// An amount, nothing included.
pub(super) fn amount_or_nothing(form: &mut Filled, field: &'static str) -> Option<Cents> {
    let typed = form.typed.get(field);
    let amount = if typed.is_empty() {
        Some(Cents(0))
    } else {
        parsed_amount(typed)
    };
    form.take(field, amount.ok_or(()), text::AMOUNT_WRONG)
}

/// A percentage.
pub(super) fn percent(form: &mut Filled, field: &'static str) -> Option<BasisPoints> {
    let percent = form.typed.get(field).parse::<BasisPoints>();
    form.take(field, percent, text::PERCENT_WRONG)
}

/// A BBC code, or none. The outer `None` is a mistake.
pub(super) fn maybe_bbc(form: &mut Filled, field: &'static str) -> Option<Option<BbcCode>> {
    let typed = form.typed.get(field);
    if typed.is_empty() {
        return Some(None);
    }
    let code = typed.parse::<BbcCode>();
    form.take(field, code, text::BBC_WRONG).map(Some)
}

/// An id or a code, or none. The outer `None` is a mistake.
pub(super) fn maybe_choice<T: std::str::FromStr>(
    form: &mut Filled,
    field: &'static str,
    message: &str,
) -> Option<Option<T>> {
    let typed = form.typed.get(field);
    if typed.is_empty() {
        return Some(None);
    }
    let chosen = typed.parse::<T>().map_err(|_| ());
    form.take(field, chosen, message).map(Some)
}

/// An id or a code.
pub(super) fn choice<T: std::str::FromStr>(form: &mut Filled, field: &'static str, message: &str) -> Option<T> {
    let chosen = form.typed.get(field).parse::<T>().map_err(|_| ());
    form.take(field, chosen, message)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_and_amounts_are_read_as_people_write_them() {
        for typed in ["2026-11-03", "3/11/2026", "03-11-2026", "3. 11. 2026"] {
            assert_eq!(parsed_day(typed), Some(date(2026, 11, 3)), "{typed}");
        }
        for typed in ["", "3/11", "31/2/2026", "gisteren"] {
            assert_eq!(parsed_day(typed), None, "{typed}");
        }
        for (typed, cents) in [("1.250,00", 125_000), ("1 250", 125_000), ("€ 12,5", 1_250), ("7", 700)] {
            assert_eq!(parsed_amount(typed), Some(Cents(cents)), "{typed}");
        }
        assert_eq!(
            parsed_amount("1.250"),
            None,
            "a thousand or a little more than one: ask"
        );
    }

    #[test]
    fn a_day_to_come_is_refused_where_it_must_have_been() {
        let mut form = Filled::new([("dag", "2026-11-21")].into_iter().collect());
        assert_eq!(past_day(&mut form, "dag", date(2026, 11, 20)), None);
        assert_eq!(form.error("dag"), Some(text::DAY_FUTURE));
    }
}
