//! One measure as a plain table.

use domain::{
    Dimension, FigureCode, Measure, Period, PeriodKind, PublishedRow, PublishedTable, Suppression, local_day, rule_nl,
};

use crate::error::{Error, Result};
use crate::figures::published::{Question, When};
use crate::records::FigureQuery;
use crate::scope::Scope;
use crate::store::Store;

/// What disclosure control can protect in one table.
const MOST_DIMENSIONS: usize = 2;

/// The figures that are one measure.
const fn measure(code: FigureCode) -> Option<Measure> {
    Some(match code {
        FigureCode::PassesIssued => Measure::PassesIssued,
        FigureCode::PassesActive => Measure::PassesActive,
        FigureCode::Participations => Measure::Participations,
        FigureCode::Participants => Measure::Participants,
        FigureCode::FirstParticipants => Measure::FirstParticipants,
        FigureCode::NewToLeisure => Measure::NewToLeisure,
        FigureCode::Sustained => Measure::Sustained,
        _ => return None,
    })
}

impl Store {
    /// A figure that is one measure, as a table that may be shown to anybody.
    ///
    /// A filter (`municipality`, `organiser`) gives the matching rows of the table that has the filter as a dimension,
    /// not a table of its own: the two would hide different cells, and their difference would give people away.
    ///
    /// # Errors
    /// [`Error::Denied`] for a free range of days, unless a coordinator, an auditor or the command line asks;
    /// [`Error::Invalid`] for a figure that is more than a measure, more than two dimensions (filters included), or a
    /// dimension that the measure does not have; [`Error::Database`].
    pub async fn figure(&self, scope: &Scope, query: FigureQuery) -> Result<PublishedTable> {
        let measure = measure(query.code).ok_or(Error::Invalid("this figure is more than one table"))?;
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
        by.retain(|dimension| *dimension != Dimension::Month);
        let period = query.period;
        let asked = |period: Period| Question {
            measure,
            by: by.clone(),
            partnership: None,
            when: match period.kind() {
                PeriodKind::Range => When::Range(period),
                _ => When::Grid,
            },
            raw: false,
            as_of: None,
        };
        let whole = self.published(scope, &asked(period)).await?;
        // A month is a table; of a free range, what of the month lies in it.
        let mut months = Vec::new();
        if shown.contains(&Dimension::Month) {
            for month in self.months(period, &whole.periods) {
                let part = if period.kind() == PeriodKind::Range {
                    let (first, last) = (month.first().max(period.first()), month.last().min(period.last()));
                    Period::range(first, last).unwrap_or(month)
                } else {
                    month
                };
                months.push((month.to_string(), part, self.published(scope, &asked(part)).await?));
            }
        }
        let row = |key: Vec<String>| {
            let place = shown.iter().position(|dimension| *dimension == Dimension::Month);
            let month = place.and_then(|place| key.get(place));
            let month = month.and_then(|month| months.iter().find(|(name, _, _)| name == month));
            let (period, table) = month.map_or((period, &whole), |(_, part, table)| (*part, table));
            let mut at = Vec::with_capacity(table.axes.len());
            let mut known = table.periods.contains(&period);
            for (number, axis) in table.axes.iter().enumerate() {
                let own = shown
                    .iter()
                    .zip(&key)
                    .find(|(dimension, _)| **dimension == axis.dimension);
                let filter = filters.iter().find(|(dimension, _)| *dimension == axis.dimension);
                let wanted = own.map(|(_, key)| key).or(filter.map(|(_, key)| key));
                let place = wanted.map(|wanted| table.key(number, wanted));
                known &= place != Some(None);
                at.push(place.flatten());
            }
            // What is in no table was not counted: nothing happened.
            let value = if known { table.value(period, &at) } else { Some(0) };
            PublishedRow {
                key,
                value,
                hidden: value.is_none(),
            }
        };
        let keys_of = |dimension: &Dimension| -> Vec<String> {
            if *dimension == Dimension::Month {
                return months.iter().map(|(name, _, _)| name.clone()).collect();
            }
            let axis = whole.axes.iter().find(|axis| axis.dimension == *dimension);
            let filter = filters.iter().find(|(filtered, _)| filtered == dimension);
            let keys = axis.map(|axis| axis.keys.clone()).unwrap_or_default();
            keys.into_iter()
                .filter(|key| filter.is_none_or(|(_, wanted)| wanted == key))
                .collect()
        };
        let keys = shown
            .iter()
            .fold(vec![Vec::new()], |prefixes: Vec<Vec<String>>, dimension| {
                let keys = keys_of(dimension);
                let longer = |prefix: &Vec<String>| -> Vec<Vec<String>> {
                    keys.iter()
                        .map(|key| [prefix.as_slice(), std::slice::from_ref(key)].concat())
                        .collect()
                };
                prefixes.iter().flat_map(longer).collect()
            });
        let total = row(Vec::new());
        let rows: Vec<PublishedRow> = if shown.is_empty() {
            Vec::new()
        } else {
            keys.into_iter().map(row).collect()
        };
        let hidden = rows.iter().chain([&total]).filter(|row| row.hidden).count();
        Ok(PublishedTable {
            code: query.code,
            period,
            by: shown,
            rows,
            total,
            data_date: self.data_date(None),
            coverage: self.coverage(scope, None, period, None).await?,
            suppression: Suppression {
                k: whole.k,
                hidden,
                rule: rule_nl(whole.k),
            },
        })
    }

    /// The months of the period that have begun; of the project's whole life, those of the grid.
    fn months(&self, period: Period, grid: &[Period]) -> Vec<Period> {
        if period.kind() == PeriodKind::Project {
            let months = grid.iter().filter(|period| period.kind() == PeriodKind::Month);
            return months.copied().collect();
        }
        let today = local_day(self.data_date(None));
        period.months().take_while(|month| month.first() <= today).collect()
    }
}
