//! The parts of which Dutch sentences are made: periods with their preposition, counts with their noun, lists.

use domain::{Figure, FigureCell, FigureRow, Period, PeriodKind};

use crate::dutch::{NO_BREAK, decimal, number};

/// A period as a sentence names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When {
    /// The period.
    pub(crate) period: Period,
    /// It has not ended: what is said is said "so far".
    pub(crate) running: bool,
}

impl When {
    /// `in het werkjaar 2025-2026`
    pub(crate) fn within(self) -> String {
        let label = self.period.label_nl();
        match self.period.kind() {
            PeriodKind::Month | PeriodKind::CalendarYear => format!("in {label}"),
            PeriodKind::Quarter | PeriodKind::WorkYear => format!("in het {label}"),
            PeriodKind::HalfYear => format!("in de {label}"),
            PeriodKind::Project => "sinds de start van het project".to_owned(),
            PeriodKind::Range => format!("van {label}"),
        }
    }

    /// `In het werkjaar 2025-2026`
    pub(crate) fn at_start(self) -> String {
        capital(&self.within())
    }

    /// ` tot nu toe` behind the verb, or nothing.
    pub(crate) fn so_far(self) -> &'static str {
        if self.running && self.period.kind() != PeriodKind::Project {
            " tot nu toe"
        } else {
            ""
        }
    }
}

/// A number that may be absent, as sentences need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    /// Published.
    Known(u64),
    /// Hidden to protect people.
    Hidden,
    /// Not there for another reason, or not asked.
    Missing,
}

impl Value {
    /// The count in a cell. A negative one is no count of anything.
    pub(crate) fn of(cell: Option<&FigureCell>) -> Self {
        match cell {
            Some(FigureCell::Count { value }) => u64::try_from(*value).map_or(Self::Missing, Self::Known),
            Some(FigureCell::Hidden) => Self::Hidden,
            _ => Self::Missing,
        }
    }

    /// The count in the total row.
    pub(crate) fn total(figure: &Figure, column: &str) -> Self {
        Self::of(figure.total_cell(column))
    }

    /// The count in a row.
    pub(crate) fn row(figure: &Figure, row: &FigureRow, column: &str) -> Self {
        Self::of(figure.cell(row, column))
    }

    /// The number when it is published.
    pub(crate) const fn known(self) -> Option<u64> {
        match self {
            Self::Known(value) => Some(value),
            _ => None,
        }
    }
}

/// `1 deelnemer`, `1.204 deelnemers`
pub(crate) fn count(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(value), if value == 1 { one } else { many })
}

/// The first for one, the second for none and for many.
pub(crate) const fn agree<'a>(value: u64, one: &'a str, many: &'a str) -> &'a str {
    if value == 1 { one } else { many }
}

/// `a`, `a en b`, `a, b en c`
pub(crate) fn join(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} en {last}", most.join(", ")),
    }
}

/// The first letter as a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Why a number is not there: always true, also where another number made it necessary.
pub(crate) fn hidden_because(k: u64) -> String {
    format!("het zijn er minder dan {k}, of het getal zou een ander klein getal verraden")
}

/// `95 %-interval`, whose spaces do not break.
pub(crate) fn interval_word() -> String {
    format!("95{NO_BREAK}%-interval")
}

/// `12 %`, `0,4 %`: a percentage in a sentence, without `,0`.
pub(crate) fn rounded_percent(share: f64) -> String {
    let shown = if (share * 100.0).abs() < 1.0 {
        decimal(share * 100.0, 1)
    } else {
        decimal(share * 100.0, 0)
    };
    format!("{}{NO_BREAK}%", shown.strip_suffix(",0").unwrap_or(&shown))
}

#[cfg(test)]
pub(crate) fn when(period: &str, running: bool) -> When {
    When {
        period: period.parse().unwrap(),
        running,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_period_has_its_preposition() {
        for (period, text) in [
            ("2026-03", "in maart 2026"),
            ("2026-Q1", "in het eerste kwartaal van 2026"),
            ("2026-H2", "in de tweede helft van 2026"),
            ("2026", "in 2026"),
            ("2025-2026", "in het werkjaar 2025-2026"),
            ("project", "sinds de start van het project"),
            (
                "2026-01-05..2026-02-11",
                "van 5 januari 2026 tot en met 11 februari 2026",
            ),
        ] {
            assert_eq!(when(period, false).within(), text);
        }
        assert_eq!(when("2026", true).at_start(), "In 2026");
        assert_eq!(when("2026", true).so_far(), " tot nu toe");
        assert_eq!(when("project", true).so_far(), "", "a project is always still running");
    }

    #[test]
    fn lists_end_in_and() {
        let of = |items: &[&str]| join(&items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&[]), "");
        assert_eq!(of(&["a"]), "a");
        assert_eq!(of(&["a", "b"]), "a en b");
        assert_eq!(of(&["a", "b", "c"]), "a, b en c");
    }

    #[test]
    fn small_percentages_keep_a_digit() {
        assert_eq!(rounded_percent(0.42), "42\u{a0}%");
        assert_eq!(rounded_percent(0.004), "0,4\u{a0}%");
        assert_eq!(rounded_percent(0.0), "0\u{a0}%");
    }
}
