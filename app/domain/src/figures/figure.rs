//! A figure as every page, file and API answer carries it: rows of cells, with all that FIGURES §2 asks to go with them.
//! Everything in it came through disclosure control or is no fact about people.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Coverage, Dimension, FigureCode, Period, Suppression};
use crate::codes::code_enum;

code_enum! {
    /// What the numbers of a column are.
    Unit("unit") {
        /// People.
        People = "people",
        /// Visits.
        Visits = "visits",
        /// Anything else that is counted: passes, cheques, activities, actions, organisers.
        Pieces = "pieces",
        /// Cents of a euro.
        Cents = "cents",
        /// Minutes.
        Minutes = "minutes",
        /// Days.
        Days = "days",
        /// A part of a whole, 0 to 1.
        Share = "share",
        /// This period minus the other.
        Difference = "difference",
        /// This period divided by the other.
        Ratio = "ratio",
        /// Words.
        Text = "text",
        /// A day.
        Day = "day",
    }
}

/// A column of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureColumn {
    /// A stable name for programs: `participants`, `share_of_passes`, `after_3_months`.
    pub name: String,
    /// The heading, in Dutch.
    pub label: String,
    /// What its numbers are.
    pub unit: Unit,
}

/// One cell. What is not there says why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FigureCell {
    /// A count, in the unit of its column; cents and minutes are counts as well.
    Count {
        /// The number.
        value: i64,
    },
    /// A number that is no count: median days, a mean.
    Number {
        /// The number.
        value: f64,
    },
    /// A part of a whole with its 95 % interval (Wilson), or a difference of two such parts (Newcombe) or a ratio of two
    /// counts (Poisson).
    Estimate {
        /// The estimate.
        value: f64,
        /// The least that it may well be.
        low: f64,
        /// The most that it may well be.
        high: f64,
    },
    /// Words.
    Text {
        /// In Dutch.
        text: String,
    },
    /// A day.
    Day {
        /// The day.
        day: Date,
    },
    /// Hidden to protect people.
    Hidden,
    /// A share of fewer than 20 people: shown as no percentage.
    TooFew,
    /// What it would be divided by is not known: no denominator was imported.
    NoDenominator,
    /// The time in which it could happen is not over.
    TooEarly,
    /// Does not apply.
    Nothing,
}

impl FigureCell {
    /// A count of this many.
    #[must_use]
    pub fn count(value: u64) -> Self {
        Self::Count {
            value: i64::try_from(value).unwrap_or(i64::MAX),
        }
    }

    /// The count; `None` for anything else.
    #[must_use]
    pub const fn as_count(&self) -> Option<i64> {
        match self {
            Self::Count { value } => Some(*value),
            _ => None,
        }
    }

    /// Whether people are protected by its absence.
    #[must_use]
    pub const fn is_hidden(&self) -> bool {
        matches!(self, Self::Hidden)
    }
}

/// A row: one key and one name a dimension, one cell a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureRow {
    /// The keys, in the order of `by`; empty for the total.
    pub key: Vec<String>,
    /// What people call them: `Wemmel`, `maart 2026`.
    pub names: Vec<String>,
    /// The cells, in the order of `columns`.
    pub cells: Vec<FigureCell>,
}

/// A figure that may be shown, exported and sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Which figure.
    pub code: FigureCode,
    /// Over which period.
    pub period: Period,
    /// Compared with which other.
    pub compare: Option<Period>,
    /// Of which partnership (its name); `None`: all.
    pub partnership: Option<String>,
    /// Split by what.
    pub by: Vec<Dimension>,
    /// What each cell of a row is.
    pub columns: Vec<FigureColumn>,
    /// The rows.
    pub rows: Vec<FigureRow>,
    /// The whole.
    pub total: FigureRow,
    /// What is counted, in Dutch.
    pub definition: String,
    /// Up to when events were taken in.
    pub data_date: Timestamp,
    /// How complete.
    pub coverage: Coverage,
    /// What was hidden and why.
    pub suppression: Suppression,
    /// Raw counts of one's own organiser, not for others.
    pub raw: bool,
    /// More that a reader must know, in Dutch sentences: a source of denominators, a cohort that is too young.
    pub notes: Vec<String>,
}

impl Figure {
    /// The cell of a row by the name of its column.
    #[must_use]
    pub fn cell<'a>(&self, row: &'a FigureRow, column: &str) -> Option<&'a FigureCell> {
        let at = self.columns.iter().position(|known| known.name == column)?;
        row.cells.get(at)
    }

    /// The cell of the total by the name of its column.
    #[must_use]
    pub fn total_cell(&self, column: &str) -> Option<&FigureCell> {
        self.cell(&self.total, column)
    }
}
