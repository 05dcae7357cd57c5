//! Numbers, amounts, days and cells as they are written in Flanders. Pages and files write them with these functions, so
//! that every form of a document shows the very same text.

use domain::local_time::local_datetime;
use domain::{Coverage, FigureCell, Unit};
use jiff::Timestamp;
use jiff::civil::Date;

/// No line may break between a number and what it counts.
pub(crate) const NO_BREAK: char = '\u{a0}';
const MINUS: char = '\u{2212}';
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

/// `1.234`
#[must_use]
pub fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// `1.234`, and `−1.234` under zero.
#[must_use]
pub fn whole(value: i64) -> String {
    let shown = number(value.unsigned_abs());
    if value < 0 { format!("{MINUS}{shown}") } else { shown }
}

/// `+52`, `−3`, `0`: a difference.
#[must_use]
pub fn signed(value: i64) -> String {
    if value > 0 {
        format!("+{}", whole(value))
    } else {
        whole(value)
    }
}

/// `1.234,5`: so many digits behind the comma, rounded half away from zero.
#[must_use]
pub fn decimal(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    // f64's own formatting rounds halves to even digits of the binary value; a nudge makes 0,25 → 0,3 as people expect.
    let factor = 10_f64.powi(i32::try_from(places).unwrap_or(0));
    let shown = format!("{:.places$}", (value.abs() * factor + 1e-9).round() / factor);
    let (before, behind) = shown.split_once('.').unwrap_or((&shown, ""));
    let before = before.parse().map_or_else(|_| before.to_owned(), number);
    let zero = shown.chars().all(|c| matches!(c, '0' | '.'));
    let sign = if value < 0.0 && !zero {
        MINUS.to_string()
    } else {
        String::new()
    };
    if behind.is_empty() {
        format!("{sign}{before}")
    } else {
        format!("{sign}{before},{behind}")
    }
}

/// `12,5 %` of 0.125.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{}{NO_BREAK}%", decimal(share * 100.0, 1))
}

/// `€ 1.234,50` of 123450 cents.
#[must_use]
pub fn euro(cents: i64) -> String {
    let all = cents.unsigned_abs();
    let sign = if cents < 0 { MINUS.to_string() } else { String::new() };
    format!("{sign}€{NO_BREAK}{},{:02}", number(all / 100), all % 100)
}

/// `20,5 uur` of 1230 minutes; whole hours without comma.
#[must_use]
pub fn hours(minutes: f64) -> String {
    let shown = decimal(minutes / 60.0, 1);
    let shown = shown.strip_suffix(",0").unwrap_or(&shown);
    format!("{shown}{NO_BREAK}uur")
}

/// `3 dagen`, `1 dag`, `2,5 dagen`
#[must_use]
pub fn days(value: f64) -> String {
    let shown = decimal(value, 1);
    let shown = shown.strip_suffix(",0").unwrap_or(&shown);
    format!("{shown}{NO_BREAK}{}", if shown == "1" { "dag" } else { "dagen" })
}

/// `30 november 2027`
#[must_use]
pub fn date(day: Date) -> String {
    let month = usize::try_from(day.month() - 1)
        .ok()
        .and_then(|at| MONTHS.get(at))
        .copied();
    format!("{} {} {}", day.day(), month.unwrap_or_default(), day.year())
}

/// `20 november 2026 om 19.05 uur`, in Brussels.
#[must_use]
pub fn moment(at: Timestamp) -> String {
    let local = local_datetime(at);
    format!("{} om {}.{:02} uur", date(local.date()), local.hour(), local.minute())
}

/// A cell as it is shown in a table. `k` is the threshold of its figure's suppression rule.
#[must_use]
pub fn cell(cell: &FigureCell, unit: Unit, k: u64) -> String {
    match cell {
        FigureCell::Count { value } => count(*value, unit),
        FigureCell::Number { value } => amount(*value, unit),
        FigureCell::Estimate { value, low, high } => estimate([*value, *low, *high], unit),
        FigureCell::Text { text } => text.clone(),
        FigureCell::Day { day } => date(*day),
        FigureCell::Hidden => format!("<{k}"),
        FigureCell::TooFew => "te weinig gegevens".to_owned(),
        FigureCell::NoDenominator => "geen noemer".to_owned(),
        FigureCell::TooEarly => "te vroeg".to_owned(),
        FigureCell::Nothing => "–".to_owned(),
    }
}

/// Why a cell shows no number, in a sentence for those who hear the page and for under a table; `None` for the others.
#[must_use]
pub fn cell_reason(cell: &FigureCell, k: u64) -> Option<String> {
    match cell {
        FigureCell::Hidden => Some(format!(
            "Minder dan {k} mensen, of niet getoond omdat het een ander klein getal zou verraden."
        )),
        FigureCell::TooFew => Some("Van minder dan 20 mensen tonen we geen percentage of gemiddelde.".to_owned()),
        FigureCell::NoDenominator => Some("Het aantal waardoor we moeten delen, is niet bekend.".to_owned()),
        FigureCell::TooEarly => Some("De tijd waarin het kon gebeuren, is nog niet voorbij.".to_owned()),
        _ => None,
    }
}

fn count(value: i64, unit: Unit) -> String {
    match unit {
        Unit::Cents => euro(value),
        Unit::Minutes => match u32::try_from(value.unsigned_abs()) {
            Ok(minutes) => hours(f64::from(minutes)),
            // More minutes than a u32 holds are whole hours for any reader.
            Err(_) => format!("{}{NO_BREAK}uur", number(value.unsigned_abs() / 60)),
        },
        Unit::Difference => signed(value),
        _ => whole(value),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "cents of a mean: rounded, and far under what an i64 holds"
)]
fn amount(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Cents => euro(value.round() as i64),
        Unit::Minutes => hours(value),
        Unit::Share => percent(value),
        Unit::Ratio => decimal(value, 2),
        Unit::Days => {
            let shown = decimal(value, 1);
            shown.strip_suffix(",0").unwrap_or(&shown).to_owned()
        }
        _ => decimal(value, 1),
    }
}

fn estimate([value, low, high]: [f64; 3], unit: Unit) -> String {
    match unit {
        Unit::Share => format!("{} ({}–{})", percent(value), decimal(low * 100.0, 1), percent(high)),
        Unit::Difference => format!("{} procentpunt ({} tot {})", points(value), points(low), points(high)),
        Unit::Ratio => format!("{} ({}–{})", decimal(value, 2), decimal(low, 2), decimal(high, 2)),
        _ => format!("{} ({}–{})", amount(value, unit), amount(low, unit), amount(high, unit)),
    }
}

/// A difference of two parts, in points: `+3,2`.
pub(crate) fn points(difference: f64) -> String {
    let shown = decimal(difference * 100.0, 1);
    if shown.starts_with(MINUS) || shown == "0,0" {
        shown
    } else {
        format!("+{shown}")
    }
}

/// How complete a figure is, in sentences.
#[must_use]
pub fn coverage(coverage: &Coverage) -> String {
    let organisers = match (coverage.organisers_active, coverage.organisers_scanned) {
        (0, _) => "In deze periode had geen enkele organisator een activiteit.".to_owned(),
        (1, 0) => "De enige organisator met een activiteit scande geen pas.".to_owned(),
        (1, _) => "De enige organisator met een activiteit scande passen.".to_owned(),
        (active, 0) => format!(
            "Geen enkele van de {} organisatoren met een activiteit scande passen.",
            number(active)
        ),
        (active, 1) => format!(
            "1 van de {} organisatoren met een activiteit scande passen.",
            number(active)
        ),
        (active, scanned) => format!(
            "{} van de {} organisatoren met een activiteit scanden passen.",
            number(scanned),
            number(active)
        ),
    };
    let manual = match (coverage.scans, coverage.manual) {
        (0, _) => None,
        (_, 0) => Some("Geen enkele scan is met de hand ingetypt.".to_owned()),
        (scans, manual) => Some(match manual.saturating_mul(100).saturating_add(scans / 2) / scans {
            0 => format!("Minder dan 1{NO_BREAK}% van de scans is met de hand ingetypt."),
            share => format!("{share}{NO_BREAK}% van de scans is met de hand ingetypt."),
        }),
    };
    let waiting = match coverage.unsent_devices {
        0 => None,
        1 => Some("Op 1 toestel wachten nog scans die niet verstuurd zijn.".to_owned()),
        devices => Some(format!(
            "Op {} toestellen wachten nog scans die niet verstuurd zijn.",
            number(devices)
        )),
    };
    [Some(organisers), manual, waiting]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_points_and_commas_as_in_flanders() {
        assert_eq!(
            [0, 999, 1204, 1_000_000].map(number),
            ["0", "999", "1.204", "1.000.000"]
        );
        assert_eq!([52, -3, 0].map(signed), ["+52", "−3", "0"]);
        assert_eq!(decimal(1234.56, 1), "1.234,6");
        assert_eq!(decimal(0.25, 1), "0,3");
        assert_eq!(decimal(-0.04, 1), "0,0", "no minus before nothing");
        assert_eq!(decimal(f64::NAN, 1), "–");
        assert_eq!(percent(0.125), "12,5\u{a0}%");
        assert_eq!(percent(1.0), "100,0\u{a0}%");
        assert_eq!(
            [123_450, 5, -350].map(euro),
            ["€\u{a0}1.234,50", "€\u{a0}0,05", "−€\u{a0}3,50"]
        );
        assert_eq!(hours(1230.0), "20,5\u{a0}uur");
        assert_eq!(hours(60.0), "1\u{a0}uur");
        assert_eq!(
            [1.0, 2.5, 12.0].map(days),
            ["1\u{a0}dag", "2,5\u{a0}dagen", "12\u{a0}dagen"]
        );
    }

    #[test]
    fn days_are_those_of_brussels() {
        assert_eq!(
            moment("2026-07-01T22:30:00Z".parse().unwrap()),
            "2 juli 2026 om 0.30 uur"
        );
    }

    #[test]
    fn every_kind_of_cell_has_a_text_and_none_is_empty() {
        let estimate = FigureCell::Estimate {
            value: 0.415,
            low: 0.38,
            high: 0.451,
        };
        for (shown, unit, text) in [
            (FigureCell::count(1204), Unit::People, "1.204"),
            (FigureCell::Count { value: -52 }, Unit::Difference, "−52"),
            (FigureCell::count(123_450), Unit::Cents, "€\u{a0}1.234,50"),
            (FigureCell::count(90), Unit::Minutes, "1,5\u{a0}uur"),
            (FigureCell::Number { value: 2.5 }, Unit::Days, "2,5"),
            (FigureCell::Number { value: 3.0 }, Unit::Days, "3"),
            (FigureCell::Number { value: 402.4 }, Unit::Cents, "€\u{a0}4,02"),
            (estimate.clone(), Unit::Share, "41,5\u{a0}% (38,0–45,1\u{a0}%)"),
            (estimate.clone(), Unit::Ratio, "0,42 (0,38–0,45)"),
            (
                FigureCell::Estimate {
                    value: 0.032,
                    low: -0.01,
                    high: 0.074,
                },
                Unit::Difference,
                "+3,2 procentpunt (−1,0 tot +7,4)",
            ),
            (FigureCell::Hidden, Unit::People, "<5"),
            (FigureCell::TooFew, Unit::Share, "te weinig gegevens"),
            (FigureCell::NoDenominator, Unit::Share, "geen noemer"),
            (FigureCell::TooEarly, Unit::People, "te vroeg"),
            (FigureCell::Nothing, Unit::People, "–"),
        ] {
            assert_eq!(cell(&shown, unit, 5), text);
        }
        assert_eq!(cell(&FigureCell::Hidden, Unit::People, 10), "<10");
        assert!(cell_reason(&FigureCell::Hidden, 10).unwrap().contains("Minder dan 10"));
        assert_eq!(cell_reason(&FigureCell::count(3), 5), None);
    }

    #[test]
    fn coverage_never_divides_by_zero_and_agrees_in_number() {
        let of = |active, scanned, manual, scans, waiting| {
            coverage(&Coverage {
                organisers_active: active,
                organisers_scanned: scanned,
                manual,
                scans,
                unsent_devices: waiting,
            })
        };
        assert_eq!(
            of(0, 0, 0, 0, 0),
            "In deze periode had geen enkele organisator een activiteit."
        );
        assert_eq!(
            of(40, 31, 120, 1000, 2),
            "31 van de 40 organisatoren met een activiteit scanden passen. 12\u{a0}% van de scans is met de hand \
             ingetypt. Op 2 toestellen wachten nog scans die niet verstuurd zijn."
        );
        assert!(of(40, 1, 1, 1000, 1).starts_with("1 van de 40 organisatoren met een activiteit scande passen."));
        assert!(of(40, 1, 1, 1000, 1).contains("Minder dan 1\u{a0}% van de scans"));
        assert!(of(1, 1, 0, 9, 1).ends_with("Op 1 toestel wachten nog scans die niet verstuurd zijn."));
    }
}
