//! A figure while it is being worked out: cells without names.

use domain::{FigureCell, FigureCode, FigureColumn, Period};

/// What a row stands for.
pub(super) struct At<'k> {
    /// The keys of the shown dimensions; empty for the total.
    pub(super) key: &'k [String],
    /// The period: of a row by month, that month.
    pub(super) period: Period,
    /// The period that it is compared with.
    pub(super) compare: Option<Period>,
}

/// Columns, rows by key, the total, and what a reader must know besides.
pub(super) struct Draft {
    pub(super) columns: Vec<FigureColumn>,
    pub(super) rows: Vec<(Vec<String>, Vec<FigureCell>)>,
    pub(super) total: Vec<FigureCell>,
    pub(super) notes: Vec<String>,
}

impl Draft {
    /// No rows yet.
    pub(super) fn of(code: FigureCode) -> Self {
        Self {
            columns: code
                .columns()
                .iter()
                .map(domain::figures::ColumnDefinition::column)
                .collect(),
            rows: Vec::new(),
            total: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Cells that are hidden, the total included.
    pub(super) fn hidden(&self) -> usize {
        let cells = self.rows.iter().flat_map(|(_, cells)| cells).chain(&self.total);
        cells.filter(|cell| cell.is_hidden()).count()
    }
}
