//! The attacker of `docs/figures.md` §3: knows every published table and the rule, and looks for a hidden cell that can
//! have one value only. Exact: it searches for two possible worlds that differ in the cell.

use std::collections::BTreeMap;

use crate::figures::PublishedTable;

/// A sum of unknowns that is known.
struct Equation {
    terms: Vec<usize>,
    sum: i64,
}

/// Everything the attacker has written down: unknowns with their least value, and sums of them.
#[derive(Default)]
struct Sheet {
    least: Vec<i64>,
    equations: Vec<Equation>,
}

impl Sheet {
    fn unknown(&mut self, least: i64) -> usize {
        self.least.push(least);
        self.least.len() - 1
    }

    /// The unknowns that have one value in every possible world.
    fn solve(&self) -> Vec<usize> {
        let mut seen: Vec<Option<(i64, bool)>> = vec![None; self.least.len()];
        let mut world = vec![None; self.least.len()];
        self.search(&mut world, &mut seen);
        seen.iter()
            .enumerate()
            .filter(|(_, s)| s.is_some_and(|(_, varies)| !varies))
            .map(|(at, _)| at)
            .collect()
    }

    /// Depth first through all worlds; stops as soon as every unknown was seen with two values.
    fn search(&self, world: &mut Vec<Option<i64>>, seen: &mut [Option<(i64, bool)>]) -> bool {
        let Some((at, most)) = self.tightest(world) else {
            for (slot, value) in seen.iter_mut().zip(world.iter().flatten()) {
                *slot = Some(match *slot {
                    None => (*value, false),
                    Some((first, varies)) => (first, varies || first != *value),
                });
            }
            return seen.iter().all(|slot| slot.is_some_and(|(_, varies)| varies));
        };
        for value in self.least[at]..=most {
            world[at] = Some(value);
            if self.consistent(world) && self.search(world, seen) {
                return true;
            }
        }
        world[at] = None;
        false
    }

    /// The open unknown with the least room.
    fn tightest(&self, world: &[Option<i64>]) -> Option<(usize, i64)> {
        (0..world.len())
            .filter(|&at| world[at].is_none())
            .map(|at| (at, self.most(at, world)))
            .min_by_key(|&(at, most)| most - self.least[at])
    }

    fn most(&self, at: usize, world: &[Option<i64>]) -> i64 {
        let room = |equation: &Equation| {
            let others: i64 = equation
                .terms
                .iter()
                .filter(|&&term| term != at)
                .map(|&term| world[term].unwrap_or(self.least[term]))
                .sum();
            equation.sum - others
        };
        // A cell in no sum at all can be anything; a few values are enough to see that it varies.
        self.equations
            .iter()
            .filter(|e| e.terms.contains(&at))
            .map(room)
            .min()
            .unwrap_or(self.least[at] + 2)
    }

    fn consistent(&self, world: &[Option<i64>]) -> bool {
        self.equations.iter().all(|equation| {
            let low: i64 = equation
                .terms
                .iter()
                .map(|&term| world[term].unwrap_or(self.least[term]))
                .sum();
            let open = equation.terms.iter().any(|&term| world[term].is_none());
            if open { low <= equation.sum } else { low == equation.sum }
        })
    }
}

/// The keys of hidden cells of a table by one dimension that the attacker can compute.
pub(super) fn attack_line(table: &PublishedTable) -> Vec<Vec<String>> {
    let mut sheet = Sheet::default();
    let hidden: Vec<_> = table.rows.iter().filter(|row| row.hidden).collect();
    let terms: Vec<_> = hidden.iter().map(|_| sheet.unknown(1)).collect();
    let shown: u64 = table.rows.iter().filter_map(|row| row.value).sum();
    if let Some(total) = table.total.value {
        sheet.equations.push(Equation {
            terms: terms.clone(),
            sum: signed(total) - signed(shown),
        });
    }
    sheet.solve().into_iter().map(|at| hidden[at].key.clone()).collect()
}

/// The keys of hidden cells of a table by two dimensions that the attacker can compute, with the tables of its row and
/// column totals at hand. `least` is what the attacker knows a hidden cell to be at least.
pub(super) fn attack_grid(
    table: &PublishedTable,
    rows: &PublishedTable,
    columns: &PublishedTable,
    least: impl Fn(&[String]) -> i64,
) -> Vec<Vec<String>> {
    let mut sheet = Sheet::default();
    let mut names = Vec::new();
    let mut cells = BTreeMap::new();
    for row in table.rows.iter().filter(|row| row.hidden) {
        cells.insert(row.key.clone(), sheet.unknown(least(&row.key)));
        names.push(row.key.clone());
    }
    for (axis, margin) in [(0, rows), (1, columns)] {
        let mut behind_hidden_totals = Vec::new();
        let mut known = 0;
        for line in &margin.rows {
            let of_line = |key: &[String]| key[axis] == line.key[0];
            let terms: Vec<usize> = cells
                .iter()
                .filter(|(key, _)| of_line(key))
                .map(|(_, &at)| at)
                .collect();
            let shown: u64 = table
                .rows
                .iter()
                .filter(|row| of_line(&row.key))
                .filter_map(|row| row.value)
                .sum();
            if let Some(sum) = line.value {
                known += sum;
                sheet.equations.push(Equation {
                    terms,
                    sum: signed(sum) - signed(shown),
                });
            } else {
                behind_hidden_totals.extend(terms);
                known += shown;
            }
        }
        if let Some(total) = table.total.value.or(margin.total.value) {
            sheet.equations.push(Equation {
                terms: behind_hidden_totals,
                sum: signed(total) - signed(known),
            });
        }
    }
    sheet.solve().into_iter().map(|at| names[at].clone()).collect()
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap()
}
