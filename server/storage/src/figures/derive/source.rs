//! Where a figure gets its counts: published tables only, each asked once.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use domain::{
    Coverage, Dimension, FigureCell, Measure, Period, PeriodKind, Published, Thresholds, is_published, local_day,
};
use jiff::civil::Date;

use super::draft::{At, Draft};
use super::request::Plan;
use crate::error::Result;
use crate::figures::published::{Question, When};
use crate::scope::Scope;
use crate::store::Store;

/// A larger table is left without the rows in which nothing was counted.
const MOST_ROWS: usize = 20_000;

/// The published tables of one request.
pub(super) struct Source<'a> {
    pub(super) store: &'a Store,
    pub(super) scope: &'a Scope,
    pub(super) plan: &'a Plan,
    tables: HashMap<(Measure, When), Arc<Published>>,
    /// The measures in the order in which they were loaded.
    loaded: Vec<Measure>,
    /// The one partnership of the tables of all.
    slice: Option<String>,
}

/// Which table a period stands in.
fn when(period: Period) -> When {
    match period.kind() {
        PeriodKind::Range => When::Range(period),
        _ => When::Grid,
    }
}

impl<'a> Source<'a> {
    pub(super) fn new(store: &'a Store, scope: &'a Scope, plan: &'a Plan) -> Self {
        Self {
            store,
            scope,
            plan,
            tables: HashMap::new(),
            loaded: Vec::new(),
            slice: None,
        }
    }

    /// Whether one of several partnerships is read as a row of the table of all: a table of its own would hide other cells
    /// than that row does. Where that table is not published, and for raw counts and free ranges, there is only its own.
    fn is_slice(&self) -> bool {
        let Plan {
            alone,
            raw,
            ref shown,
            ref filter,
            ..
        } = *self.plan;
        let dimensions = shown
            .iter()
            .chain(filter.iter().map(|(dimension, _)| dimension))
            .filter(|dimension| **dimension != Dimension::Month);
        let mut used: BTreeSet<Dimension> = dimensions.copied().collect();
        if self.plan.partnership.is_none() || alone || raw || !used.insert(Dimension::Partnership) || used.len() > 2 {
            return false;
        }
        let by: Vec<Dimension> = used.into_iter().collect();
        let periods = [Some(self.plan.period), self.plan.compare];
        let in_table = |period: Period| period.kind() != PeriodKind::Range && is_published(&by, &period);
        periods.into_iter().flatten().all(in_table)
    }

    /// Reads the tables of these measures. One that cannot be split as the plan asks stays without: its cells are nothing.
    pub(super) async fn load(&mut self, measures: &[Measure]) -> Result<()> {
        let mut by: Vec<Dimension> = self.plan.shown.clone();
        by.extend(self.plan.filter.iter().map(|(dimension, _)| *dimension));
        by.retain(|dimension| *dimension != Dimension::Month);
        by.sort_unstable();
        by.dedup();
        if self.is_slice() {
            self.slice = self.plan.partnership.map(|id| id.to_string());
            by.push(Dimension::Partnership);
        }
        let (scope, partnership) = if self.is_slice() {
            // Everybody's tables, of which this asker gets the rows of one partnership; the plan has looked at what it may.
            (&Scope::job(), None)
        } else {
            (self.scope, self.plan.partnership)
        };
        let mut times: Vec<When> = [Some(self.plan.period), self.plan.compare]
            .into_iter()
            .flatten()
            .map(when)
            .collect();
        if self.plan.shown.contains(&Dimension::Month) {
            times.extend(self.row_periods().map(when));
        }
        times.dedup();
        for &measure in measures {
            if !by.iter().all(|&dimension| measure.splits_by(dimension)) {
                continue;
            }
            for &when in &times {
                if self.tables.contains_key(&(measure, when)) {
                    continue;
                }
                let question = Question {
                    measure,
                    by: by.clone(),
                    partnership,
                    when,
                    raw: self.plan.raw,
                    as_of: self.plan.as_of,
                };
                let table = self.store.published(scope, &question).await?;
                self.tables.insert((measure, when), table);
            }
            if !self.loaded.contains(&measure) {
                self.loaded.push(measure);
            }
        }
        Ok(())
    }

    /// The threshold under which cells were hidden.
    pub(super) fn k(&self) -> u64 {
        let used = self.tables.values().map(|table| table.k).max();
        used.unwrap_or_else(|| Thresholds::default().of(&[]))
    }

    /// The last day of which facts are known.
    pub(super) fn last_day(&self) -> Date {
        local_day(self.store.data_date(self.plan.as_of))
    }

    /// How complete the facts of a period are.
    pub(super) async fn coverage(&self, period: Period) -> Result<Coverage> {
        let Plan { partnership, as_of, .. } = *self.plan;
        self.store.coverage(self.scope, partnership, period, as_of).await
    }

    /// The periods of the fixed grid, as far as a table of it was loaded.
    pub(super) fn grid(&self) -> &[Period] {
        let grid = self.tables.iter().find(|((_, when), _)| *when == When::Grid);
        grid.map(|(_, table)| table.periods.as_slice()).unwrap_or_default()
    }

    /// A count of a period, by the keys of the shown dimensions; without keys the total.
    pub(super) fn cell(&self, measure: Measure, period: Period, key: &[String]) -> FigureCell {
        let Some(table) = self.tables.get(&(measure, when(period))) else {
            return FigureCell::Nothing;
        };
        // The grid has every period in which something happened.
        if !table.periods.contains(&period) {
            return FigureCell::count(0);
        }
        let slice = self.slice.as_deref();
        let mut at = Vec::with_capacity(table.axes.len());
        for (number, axis) in table.axes.iter().enumerate() {
            let shown = self.plan.shown.iter().position(|shown| *shown == axis.dimension);
            let wanted = shown
                .and_then(|shown| key.get(shown).map(String::as_str))
                .or_else(|| self.plan.only(axis.dimension))
                .or(slice.filter(|_| axis.dimension == Dimension::Partnership));
            match wanted.map(|wanted| table.key(number, wanted)) {
                None => at.push(None),
                Some(Some(place)) => at.push(Some(place)),
                Some(None) => return FigureCell::count(0),
            }
        }
        table.value(period, &at).map_or(FigureCell::Hidden, FigureCell::count)
    }

    /// A count at a row of the figure.
    pub(super) fn now(&self, measure: Measure, at: &At<'_>) -> FigureCell {
        self.cell(measure, at.period, at.key)
    }

    /// The same in the period that it is compared with.
    pub(super) fn before(&self, measure: Measure, at: &At<'_>) -> FigureCell {
        at.compare
            .map_or(FigureCell::Nothing, |compare| self.cell(measure, compare, at.key))
    }

    /// The rows of the loaded tables and the total, worked out one by one.
    pub(super) fn draft(&self, cells: impl Fn(&At<'_>) -> Vec<FigureCell>) -> Draft {
        let keys = self.keys();
        let sparse = keys.len() > MOST_ROWS;
        let mut draft = Draft::of(self.plan.code);
        for key in keys {
            let at = self.at(&key);
            let counted = |&measure: &Measure| self.now(measure, &at) != FigureCell::count(0);
            if sparse && !self.loaded.iter().any(counted) {
                continue;
            }
            let cells = cells(&at);
            draft.rows.push((key, cells));
        }
        draft.total = cells(&self.at(&[]));
        draft
    }

    /// The keys of the rows, in the order of the tables.
    fn keys(&self) -> Vec<Vec<String>> {
        if self.plan.shown.is_empty() {
            return Vec::new();
        }
        let axes = self.plan.shown.iter().map(|&dimension| self.axis(dimension));
        axes.fold(vec![Vec::new()], |prefixes: Vec<Vec<String>>, axis| {
            let longer = |prefix: &Vec<String>| -> Vec<Vec<String>> {
                axis.iter()
                    .map(|key| [prefix.as_slice(), std::slice::from_ref(key)].concat())
                    .collect()
            };
            prefixes.iter().flat_map(longer).collect()
        })
    }

    /// The keys of one dimension: of all measures, for a club may sell cheques and scan nobody.
    fn axis(&self, dimension: Dimension) -> Vec<String> {
        if let Some(only) = self.plan.only(dimension) {
            return vec![only.to_owned()];
        }
        if dimension == Dimension::Month {
            return self.months().iter().map(ToString::to_string).collect();
        }
        let mut keys: Vec<String> = Vec::new();
        let mut tables: Vec<_> = self.tables.iter().collect();
        tables.sort_by_key(|((measure, _), _)| self.loaded.iter().position(|loaded| loaded == measure));
        for axis in tables.iter().flat_map(|(_, table)| &table.axes) {
            if axis.dimension == dimension {
                let new: Vec<_> = axis.keys.iter().filter(|key| !keys.contains(key)).cloned().collect();
                keys.extend(new);
            }
        }
        keys
    }

    /// The months of the period that have begun. The project's whole life begins with the first fact.
    pub(super) fn months(&self) -> Vec<Period> {
        let last = self.last_day();
        let begun = self.plan.period.months().take_while(|month| month.first() <= last);
        if self.plan.period.kind() != PeriodKind::Project {
            return begun.collect();
        }
        let of_grid = self.grid().iter().filter(|period| period.kind() == PeriodKind::Month);
        of_grid.copied().collect()
    }

    /// The periods of rows by month.
    pub(super) fn row_periods(&self) -> impl Iterator<Item = Period> + '_ {
        self.months().into_iter().map(|month| self.clipped(month))
    }

    /// The part of a month that lies in a free range; in any other period a month lies whole.
    fn clipped(&self, month: Period) -> Period {
        let period = self.plan.period;
        if period.kind() != PeriodKind::Range {
            return month;
        }
        Period::range(month.first().max(period.first()), month.last().min(period.last())).unwrap_or(month)
    }

    /// What a row stands for.
    fn at<'k>(&self, key: &'k [String]) -> At<'k> {
        let months = self.plan.shown.iter().position(|shown| *shown == Dimension::Month);
        let month: Option<Period> = months.and_then(|at| key.get(at)?.parse().ok());
        let Some(month) = month else {
            return At {
                key,
                period: self.plan.period,
                compare: self.plan.compare,
            };
        };
        // The third month of this year stands beside the third of the other.
        let number = self.plan.period.months().position(|other| other == month);
        let compare = self.plan.compare.zip(number);
        At {
            key,
            period: self.clipped(month),
            compare: compare.and_then(|(compare, number)| compare.months().nth(number)),
        }
    }
}
