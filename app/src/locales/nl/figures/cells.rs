//! How a value of a figure is written on a page: as in every file and document (`report::dutch`), and shorter in pictures.

use domain::{FigureCell, Unit};
use report::dutch;

use super::super::number;

/// Between a number and its sign: they stay on one line.
const SPACE: char = '\u{a0}';

/// How the numbers of a column are written, and below which number of people they are hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    /// What the numbers are.
    pub(crate) unit: Unit,
    /// The least number of people that a shown cell may stand for.
    pub(crate) k: u64,
}

impl Style {
    /// Counts of people with the usual threshold.
    #[cfg(test)]
    pub(crate) const PEOPLE: Self = Self {
        unit: Unit::People,
        k: 5,
    };

    /// A value in or beside a picture: short. `None` is hidden.
    pub(crate) fn short(self, value: Option<u64>) -> String {
        match (value, self.unit) {
            (None, _) => self.hidden(),
            (Some(value), Unit::Cents) => format!("€{SPACE}{}", number(value.saturating_add(50) / 100)),
            (Some(value), Unit::Minutes) => format!("{}{SPACE}u", number(value.saturating_add(30) / 60)),
            (Some(value), _) => number(value),
        }
    }

    /// As [`Style::short`], without its unit, for a tile: the legend has it.
    pub(crate) fn bare(self, value: Option<u64>) -> String {
        let short = self.short(value);
        let bare = short.strip_prefix("€\u{a0}").unwrap_or(&short);
        bare.strip_suffix("\u{a0}u").unwrap_or(bare).to_owned()
    }

    /// What stands for a hidden value.
    pub(crate) fn hidden(self) -> String {
        format!("<{}", self.k)
    }

    /// Why it is hidden, for who hears the page.
    pub(crate) fn hidden_reason(self) -> String {
        dutch::cell_reason(&FigureCell::Hidden, self.k).unwrap_or_default()
    }

    /// A cell as a table shows it.
    pub(crate) fn shown(self, cell: &FigureCell) -> Shown {
        Shown {
            text: dutch::cell(cell, self.unit, self.k),
            reason: dutch::cell_reason(cell, self.k),
        }
    }

    /// The estimate without its interval, for a picture: `41,5 %`.
    pub(crate) fn without_interval(self, cell: &FigureCell) -> Shown {
        match cell {
            FigureCell::Estimate { value, .. } => self.shown(&FigureCell::Number { value: *value }),
            cell => self.shown(cell),
        }
    }
}

/// A cell as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    /// What is seen.
    pub(crate) text: String,
    /// Why it is no number; read out, and shown when somebody points at it.
    pub(crate) reason: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_have_no_cents_and_no_minutes() {
        let short = |unit, value| Style { unit, k: 5 }.short(Some(value)).replace(SPACE, " ");
        assert_eq!(short(Unit::Cents, 120_450), "€ 1.205");
        assert_eq!(short(Unit::Minutes, 72_240), "1.204 u");
        assert_eq!(short(Unit::Visits, 1204), "1.204");
        let money = Style {
            unit: Unit::Cents,
            k: 5,
        };
        assert_eq!(money.bare(Some(120_450)), "1.205", "a tile is small");
    }

    #[test]
    fn hidden_is_written_with_its_threshold_and_its_reason() {
        let style = Style {
            unit: Unit::People,
            k: 10,
        };
        assert_eq!(
            (style.short(None), style.short(Some(0))),
            ("<10".to_owned(), "0".to_owned())
        );
        assert!(style.hidden_reason().contains("Minder dan 10 mensen"));
        assert_eq!(style.shown(&FigureCell::Hidden).text, "<10");
    }
}
