//! Disclosure control: what stands between a count and anything that can be shown.
//!
//! `docs/figures.md` §3. A cell with 1 to *k* − 1 people is hidden (primary suppression). Then more cells are hidden, as
//! few and as small as possible, until no hidden cell can be computed from what is shown (secondary suppression). The
//! attacker that we assume knows the rule, every shown cell, every total that the product publishes on another page,
//! and that a hidden cell is at least 1. `attacker.rs` (a test) is that attacker.
//!
//! Not covered here, because one table is all this function sees: differences between nested periods.

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod attacker;
mod grid;
mod layer;
mod line;
mod pair;
mod protect;
mod rule;
mod system;
mod time;

pub use protect::{is_published, protect_system};
pub use rule::{Thresholds, rule_nl};
pub use system::{Axis, Count as SystemCount, Published, RawSystem};

use crate::figures::{PublishedRow, PublishedTable, RawCell, RawTable, Suppression};

/// A count on its way through: what is known of a cell while deciding whether it may be seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    people: u64,
    value: u64,
}

impl Count {
    fn of(cell: &RawCell) -> Self {
        Self {
            people: cell.people,
            value: cell.value,
        }
    }

    /// Nothing was counted: shown as 0, for a zero says nothing about anybody.
    const fn is_zero(self) -> bool {
        self.people == 0 && self.value == 0
    }

    fn add(self, other: Self) -> Self {
        Self {
            people: self.people.saturating_add(other.people),
            value: self.value.saturating_add(other.value),
        }
    }
}

/// The threshold, and to what it applies.
#[derive(Debug, Clone, Copy)]
struct Rule {
    k: u64,
    /// The value is itself a number of people ("new to leisure"): then it may not be small either.
    value_is_people: bool,
}

impl Rule {
    const fn is_small(self, count: Count) -> bool {
        let few_people = count.people < self.k && !count.is_zero();
        let few_counted = self.value_is_people && count.value > 0 && count.value < self.k;
        few_people || few_counted
    }
}

/// What is hidden, cell by cell.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hidden {
    cells: Vec<bool>,
    total: bool,
    /// Combinations that are zero but must stay in the dark: see [`grid::suppress`].
    zeros: Vec<Vec<String>>,
}

/// Turns a counted table into one that may be shown: the only way from [`RawTable`] to [`PublishedTable`].
///
/// - A table by nothing hides its number when it is small.
/// - A table by one dimension hides at least two cells once it hides one, at least *k* people among them, and the total
///   where even that is not enough.
/// - A table by two dimensions also keeps the promise of its row and column totals, which the product publishes as
///   tables of their own.
/// - A table by more dimensions (none is published today) is hidden as a whole once one cell is small.
///
/// Zero stays zero, with one exception in tables by two dimensions: where a hidden cell would follow from the totals
/// because all its neighbours are zero, a zero is hidden with it. Rows keep the order of the raw cells; such hidden zeros
/// that had no cell come last.
#[must_use]
pub fn protect(raw: RawTable, k: u64) -> PublishedTable {
    let rule = Rule {
        k,
        value_is_people: raw.code.counts_people(),
    };
    let counts: Vec<Count> = raw.cells.iter().map(Count::of).collect();
    let total = Count::of(&raw.total);
    let hidden = match raw.by.len() {
        0 => Hidden {
            cells: each_small(rule, &counts),
            total: rule.is_small(total),
            zeros: Vec::new(),
        },
        1 => line::suppress(rule, &counts, total),
        2 => grid::suppress(rule, &raw.cells, total),
        _ => all_or_nothing(rule, &counts, total),
    };
    publish(raw, k, hidden)
}

fn each_small(rule: Rule, counts: &[Count]) -> Vec<bool> {
    counts.iter().map(|&count| rule.is_small(count)).collect()
}

/// The whole table at once: every cell that is not zero, as soon as one is small.
fn all_or_nothing(rule: Rule, counts: &[Count], total: Count) -> Hidden {
    let hide = rule.is_small(total) || counts.iter().any(|&count| rule.is_small(count));
    Hidden {
        cells: counts.iter().map(|count| hide && !count.is_zero()).collect(),
        total: rule.is_small(total),
        zeros: Vec::new(),
    }
}

fn publish(raw: RawTable, k: u64, hidden: Hidden) -> PublishedTable {
    let show = |cell: RawCell, hidden: bool| PublishedRow {
        key: cell.key,
        value: (!hidden).then_some(cell.value),
        hidden,
    };
    let mut rows: Vec<PublishedRow> = raw
        .cells
        .into_iter()
        .zip(hidden.cells)
        .map(|(cell, hidden)| show(cell, hidden))
        .collect();
    rows.extend(hidden.zeros.into_iter().map(|key| PublishedRow {
        key,
        value: None,
        hidden: true,
    }));
    let total = show(raw.total, hidden.total);
    let count = rows.iter().filter(|row| row.hidden).count() + usize::from(total.hidden);
    PublishedTable {
        code: raw.code,
        period: raw.period,
        by: raw.by,
        rows,
        total,
        data_date: raw.data_date,
        coverage: raw.coverage,
        suppression: Suppression {
            k,
            hidden: count,
            rule: rule_nl(k),
        },
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
