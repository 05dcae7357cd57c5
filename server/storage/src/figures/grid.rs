//! Which cells a table has. A municipality or month in which nothing happened is a zero that people look for, and
//! disclosure control must know it: a hidden cell beside published zeros is no longer hidden.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Dimension, Period, PeriodKind, RawCell};

use crate::columns::month_of;
use crate::error::Result;
use crate::figures::counts::month_key;
use crate::scope::Scope;
use crate::store::Store;

/// A larger table is left without its zeros.
const MOST_CELLS: usize = 20_000;

/// Every combination of the dimensions' keys, in order, with zeros where nothing was counted.
pub(super) async fn fill(
    store: &Store,
    scope: &Scope,
    period: Period,
    by: &[Dimension],
    cells: Vec<RawCell>,
) -> Result<Vec<RawCell>> {
    let mut axes: Vec<BTreeSet<String>> = Vec::with_capacity(by.len());
    for (at, dimension) in by.iter().enumerate() {
        let mut keys: BTreeSet<String> = cells.iter().filter_map(|cell| cell.key.get(at).cloned()).collect();
        match dimension {
            Dimension::Municipality => {
                keys.extend(
                    store
                        .municipalities(scope)
                        .await?
                        .iter()
                        .map(|municipality| municipality.nis.to_string()),
                );
            }
            Dimension::Month => keys.extend(months(store, period, keys.first())),
            _ => {}
        }
        axes.push(keys);
    }
    if by.is_empty() || axes.iter().map(BTreeSet::len).product::<usize>() > MOST_CELLS {
        return Ok(cells);
    }
    let mut counted: BTreeMap<Vec<String>, RawCell> = cells.into_iter().map(|cell| (cell.key.clone(), cell)).collect();
    let keys = axes.iter().fold(vec![Vec::new()], |prefixes: Vec<Vec<String>>, axis| {
        let extend = |prefix: &Vec<String>| -> Vec<Vec<String>> {
            axis.iter()
                .map(|key| [prefix.as_slice(), std::slice::from_ref(key)].concat())
                .collect()
        };
        prefixes.iter().flat_map(extend).collect()
    });
    let cell = |key: Vec<String>| {
        counted.remove(&key).unwrap_or(RawCell {
            key,
            people: 0,
            value: 0,
        })
    };
    Ok(keys.into_iter().map(cell).collect())
}

/// The months of the period that have begun. The project's whole life begins with the first month that has anything.
fn months(store: &Store, period: Period, first_counted: Option<&String>) -> Vec<String> {
    let this_month = month_of(store.env().today());
    let months = period
        .months()
        .map(|month| month_of(month.first()))
        .take_while(|month| *month <= this_month);
    let months = months.map(month_key);
    match (period.kind(), first_counted) {
        (PeriodKind::Project, None) => Vec::new(),
        (PeriodKind::Project, Some(first)) => months.skip_while(|month| month < first).collect(),
        _ => months.collect(),
    }
}
