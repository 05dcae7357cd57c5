//! Figures: facts → cells → disclosure control. Nothing gets around `protect`.
//!
//! - `counts`: the definitions of FIGURES §2 as plain SQL
//! - `coverage`: how complete the facts are
//! - `grid`: which cells a table has, zeros included

pub(crate) mod change;
mod counts;
mod coverage;
mod derive;
mod grid;
mod names;
mod published;
mod record;

pub use derive::FigureRequest;
pub use names::Names;
pub use record::{ChequeFact, NewMember};

use domain::{Dimension, FigureCode, Period, PeriodKind, PublishedRow, PublishedTable, RawTable, protect};

use crate::error::{Error, Result};
use crate::records::FigureQuery;
use crate::scope::{Permission, Scope};
use crate::store::Store;

/// A shown cell stands for at least this many people, unless it is zero (FIGURES §3).
const K: u64 = 5;

/// What disclosure control can protect in one table.
const MOST_DIMENSIONS: usize = 2;

impl Store {
    /// A figure as it may be shown to anybody.
    ///
    /// A filter (`municipality`, `organiser`) gives the matching rows of the table that has the filter as a dimension,
    /// not a table of its own: the two would hide different cells, and their difference would give people away.
    ///
    /// # Errors
    /// [`Error::Denied`] for a free range of days, unless a coordinator, an auditor or the command line asks;
    /// [`Error::Invalid`] for a figure that this build does not compute, more than two dimensions (filters included), or
    /// passes by something that a pass does not have; [`Error::Database`].
    pub async fn figure(&self, scope: &Scope, query: FigureQuery) -> Result<PublishedTable> {
        scope.require(Permission::ReadFigures)?;
        if query.period.kind() == PeriodKind::Range && !scope.may_choose_periods() {
            return Err(Error::Denied("a free range of days"));
        }
        if !FigureCode::available().contains(&query.code) {
            return Err(Error::Invalid("this figure is not computed yet"));
        }
        let mut shown: Vec<Dimension> = Vec::new();
        for dimension in &query.by {
            if !shown.contains(dimension) {
                shown.push(*dimension);
            }
        }
        let filters: Vec<(Dimension, String)> = [
            query.municipality.map(|nis| (Dimension::Municipality, nis.to_string())),
            query.organiser.map(|id| (Dimension::Organiser, id.to_string())),
        ]
        .into_iter()
        .flatten()
        .collect();
        let mut by = shown.clone();
        by.extend(
            filters
                .iter()
                .map(|(dimension, _)| *dimension)
                .filter(|dimension| !shown.contains(dimension)),
        );
        if by.len() > MOST_DIMENSIONS {
            return Err(Error::Invalid(
                "a figure is split by at most two dimensions, filters included",
            ));
        }
        let whole = self.protected(scope, query.code, query.period, by).await?;
        if filters.is_empty() {
            return Ok(whole);
        }
        let filter_dimensions: Vec<Dimension> = filters.iter().map(|(dimension, _)| *dimension).collect();
        let total = if whole.by == filter_dimensions {
            None
        } else {
            Some(
                self.protected(scope, query.code, query.period, filter_dimensions)
                    .await?,
            )
        };
        Ok(slice(whole, total.as_ref(), &shown, &filters))
    }

    /// The one way from facts to something that can be shown.
    async fn protected(
        &self,
        scope: &Scope,
        code: FigureCode,
        period: Period,
        by: Vec<Dimension>,
    ) -> Result<PublishedTable> {
        let (cells, total) = counts::count(self, scope, code, period, &by).await?;
        let cells = grid::fill(self, scope, period, &by, cells).await?;
        let coverage = coverage::coverage(self, scope, period).await?;
        let data_date = self.env().now();
        Ok(protect(
            RawTable {
                code,
                period,
                by,
                cells,
                total,
                data_date,
                coverage,
            },
            K,
        ))
    }
}

/// The rows of `whole` that match the filters, keyed by the shown dimensions only. The total is the filters' own row.
fn slice(
    whole: PublishedTable,
    totals: Option<&PublishedTable>,
    shown: &[Dimension],
    filters: &[(Dimension, String)],
) -> PublishedTable {
    let matches = |by: &[Dimension], row: &PublishedRow| {
        by.iter().zip(&row.key).all(|(dimension, key)| {
            filters
                .iter()
                .all(|(filtered, wanted)| filtered != dimension || wanted == key)
        })
    };
    let nothing = PublishedRow {
        key: Vec::new(),
        value: Some(0),
        hidden: false,
    };
    let totals = totals.unwrap_or(&whole);
    let total = totals
        .rows
        .iter()
        .find(|row| matches(&totals.by, row))
        .cloned()
        .unwrap_or(nothing);
    let total = PublishedRow {
        key: Vec::new(),
        ..total
    };
    let rows: Vec<PublishedRow> = whole
        .rows
        .iter()
        .filter(|row| !shown.is_empty() && matches(&whole.by, row))
        .map(|row| PublishedRow {
            key: shown
                .iter()
                .filter_map(|dimension| whole.by.iter().position(|other| other == dimension))
                .filter_map(|at| row.key.get(at).cloned())
                .collect(),
            ..row.clone()
        })
        .collect();
    let hidden = rows.iter().chain([&total]).filter(|row| row.hidden).count();
    let mut suppression = whole.suppression;
    suppression.hidden = hidden;
    PublishedTable {
        by: shown.to_vec(),
        rows,
        total,
        suppression,
        ..whole
    }
}
