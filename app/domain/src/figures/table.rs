//! A table after disclosure control.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Dimension, FigureCode, Period};

/// How complete the figure is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Organisers with a session in the period.
    pub organisers_active: u64,
    /// Of those, organisers that scanned.
    pub organisers_scanned: u64,
    /// Scans that were typed.
    pub manual: u64,
    /// All scans that count.
    pub scans: u64,
    /// Devices on which scans still wait, as far as they said so.
    #[serde(default)]
    pub unsent_devices: u64,
}

/// A row that may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublishedRow {
    /// One key a dimension; empty for the total.
    pub key: Vec<String>,
    /// The figure; `None` when hidden.
    pub value: Option<u64>,
    /// Hidden to protect people; shown as `<5`, never as 0.
    pub hidden: bool,
}

/// What was hidden and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// The least number of people that a shown cell may stand for, unless it is zero.
    pub k: u64,
    /// How many cells are hidden, the total included.
    pub hidden: usize,
    /// The rule in a Dutch sentence, for under the table.
    pub rule: String,
}

/// A table that may be shown, exported and sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublishedTable {
    /// Which figure.
    pub code: FigureCode,
    /// Over which period.
    pub period: Period,
    /// Split by what.
    pub by: Vec<Dimension>,
    /// The rows, in the order of the raw cells.
    pub rows: Vec<PublishedRow>,
    /// The whole.
    pub total: PublishedRow,
    /// Up to when events were taken in.
    pub data_date: Timestamp,
    /// How complete.
    pub coverage: Coverage,
    /// What was hidden and why.
    pub suppression: Suppression,
}
