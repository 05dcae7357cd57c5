//! The observations of a data set: one for each cell of each table of the grid.

use domain::{Coverage, Dimension, FigureCell, FigureCode, FigureColumn, Period, PeriodKind, local_day};
use jiff::Timestamp;
use storage::{FigureRequest, Result, Scope, Store};

use super::grid::{dimensions, has_period, tables};

/// One number of a figure, or why there is none.
pub(super) struct Observation {
    pub(super) period: Period,
    /// Key and name for each dimension of the data set; `None`: all of it.
    pub(super) keys: Vec<Option<(String, String)>>,
    pub(super) column: FigureColumn,
    pub(super) cell: FigureCell,
    /// How complete the facts of the period are.
    pub(super) coverage: Coverage,
    /// The threshold that was used.
    pub(super) k: u64,
}

/// A figure over the grid.
pub(super) struct DataSet {
    pub(super) code: FigureCode,
    pub(super) dimensions: Vec<Dimension>,
    pub(super) observations: Vec<Observation>,
    pub(super) data_date: Timestamp,
    /// The rule of disclosure control, in Dutch.
    pub(super) rule: String,
    /// Whose figures: the only partnership, or several together.
    pub(super) partnership: Option<String>,
}

impl DataSet {
    /// Reads every table as the public may.
    pub(super) async fn read(store: &Store, code: FigureCode) -> Result<Self> {
        let mut set = Self {
            code,
            dimensions: dimensions(code),
            observations: Vec::new(),
            data_date: store.data_date(None),
            rule: String::new(),
            partnership: None,
        };
        for period in periods(store).await? {
            for by in tables(code) {
                if has_period(code, by, period) {
                    set.add(store, by, period).await?;
                }
            }
        }
        Ok(set)
    }

    async fn add(&mut self, store: &Store, by: &[Dimension], period: Period) -> Result<()> {
        let request = FigureRequest::new(self.code, period).by(by);
        let figure = store.compute(&Scope::public(), &request).await?;
        for row in figure.rows.iter().chain([&figure.total]) {
            let key_of = |dimension: &Dimension| {
                let at = figure.by.iter().position(|shown| shown == dimension)?;
                Some((row.key.get(at)?.clone(), row.names.get(at)?.clone()))
            };
            let keys: Vec<_> = self.dimensions.iter().map(key_of).collect();
            for (column, cell) in figure.columns.iter().zip(&row.cells) {
                // What does not apply is no observation.
                if *cell == FigureCell::Nothing {
                    continue;
                }
                // The whole is in every table; the data set has it once.
                let is_whole = !by.is_empty() && row.key.is_empty() && tables(self.code).iter().any(|by| by.is_empty());
                if is_whole {
                    continue;
                }
                self.observations.push(Observation {
                    period,
                    keys: keys.clone(),
                    column: column.clone(),
                    cell: cell.clone(),
                    coverage: figure.coverage,
                    k: figure.suppression.k,
                });
            }
        }
        self.rule = figure.suppression.rule;
        self.partnership = figure.partnership;
        Ok(())
    }
}

/// The fixed grid, from the first month in which anything happened.
async fn periods(store: &Store) -> Result<Vec<Period>> {
    let months = FigureRequest::new(FigureCode::PassesIssued, Period::project()).by(&[Dimension::Month]);
    let months = store.compute(&Scope::public(), &months).await?;
    let today = local_day(store.data_date(None));
    let first = months
        .rows
        .first()
        .and_then(|row| row.key.first()?.parse::<Period>().ok());
    let first = first.filter(|month| month.kind() == PeriodKind::Month);
    Ok(Period::grid(first.map_or(today, |month| month.first()), today))
}
