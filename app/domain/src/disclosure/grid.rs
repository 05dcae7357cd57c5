//! Tables by two dimensions: cells that add up to row totals and column totals, which other pages publish.
//!
//! Rows and columns are the nodes of a graph and cells its edges; row totals are the edges to one more column, column
//! totals those to one more row. Every node's cells add up to its total, so hidden cells can only change together,
//! around a cycle: one more here, one less at the next. A hidden cell is safe when some cycle of hidden cells through it
//! can turn in at least one direction, that is, when no cell that must give has only its last one left. So: for every
//! hidden cell without such a cycle, find the one that hides least, and hide it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::{Count, Hidden, Rule, line};
use crate::figures::RawCell;

/// What hiding a zero costs: more than any sum of counts, so that it is the last thing done.
const ZERO_COST: u64 = 1 << 40;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A cell of the table, with its place in `RawTable::cells`.
    Cell(usize),
    /// A combination that nobody counted.
    Zero,
    /// A row or column total. Its sign in the sums is the opposite of a cell's.
    Margin,
    /// The grand total; the sign of a cell again.
    Total,
}

#[derive(Debug, Clone, Copy)]
struct Edge {
    row: usize,
    column: usize,
    count: Count,
    role: Role,
    hidden: bool,
}

impl Edge {
    /// Whether the edge can be walked from its row to its column (or back) as part of a cycle: one more in that
    /// direction, one less in the other. A hidden count is known to be at least 1, so it must be 2 to give one away.
    fn can_walk(&self, from_row: bool) -> bool {
        let grows = from_row != (self.role == Role::Margin);
        grows || self.count.value > 1
    }

    /// What hiding the edge costs: nothing once it is hidden; `None` for a total, which other pages decide about.
    fn cost(&self) -> Option<u64> {
        match self.role {
            _ if self.hidden => Some(0),
            Role::Cell(_) if self.count.is_zero() => Some(ZERO_COST),
            Role::Cell(_) => Some(self.count.value.clamp(1, ZERO_COST - 1)),
            Role::Zero => Some(ZERO_COST),
            Role::Margin | Role::Total => None,
        }
    }
}

struct Grid {
    rows: Vec<String>,
    columns: Vec<String>,
    edges: Vec<Edge>,
    /// The edges at each node, rows first.
    at: Vec<Vec<usize>>,
}

/// Hides small cells, then as little as possible until nothing hidden follows from row, column and grand totals.
pub(super) fn suppress(rule: Rule, cells: &[RawCell], total: Count) -> Hidden {
    if rule.is_small(total) {
        let cells = cells.iter().map(|cell| !Count::of(cell).is_zero()).collect();
        return Hidden {
            cells,
            total: true,
            zeros: Vec::new(),
        };
    }
    let mut grid = Grid::new(rule, cells, total);
    let mut zeros_offered = false;
    while let Some(at) = grid.next_unsafe(rule) {
        if grid.hide_behind(at) {
            continue;
        }
        if zeros_offered {
            // One row and one column, or nearly: no two cells can change together.
            grid.hide_everything();
            break;
        }
        grid.offer_zeros();
        zeros_offered = true;
    }
    grid.result(cells.len())
}

impl Grid {
    fn new(rule: Rule, cells: &[RawCell], total: Count) -> Self {
        let part = |cell: &RawCell, at: usize| cell.key.get(at).cloned().unwrap_or_default();
        let (row_of, row_counts) = margins(cells, |cell| part(cell, 0));
        let (column_of, column_counts) = margins(cells, |cell| part(cell, 1));
        let (all_columns, all_rows) = (column_counts.len(), row_counts.len());

        let mut edges = Vec::with_capacity(cells.len() + all_rows + all_columns + 1);
        for (at, cell) in cells.iter().enumerate() {
            let (row, column) = (row_of[&part(cell, 0)], column_of[&part(cell, 1)]);
            let count = Count::of(cell);
            edges.push(Edge {
                row,
                column,
                count,
                role: Role::Cell(at),
                hidden: rule.is_small(count),
            });
        }
        // The very suppression that the tables of the totals get on their own pages.
        let row_line = line::suppress(rule, &row_counts, total);
        let column_line = line::suppress(rule, &column_counts, total);
        for (row, (&count, hidden)) in row_counts.iter().zip(row_line.cells).enumerate() {
            edges.push(Edge {
                row,
                column: all_columns,
                count,
                role: Role::Margin,
                hidden,
            });
        }
        for (column, (&count, hidden)) in column_counts.iter().zip(column_line.cells).enumerate() {
            edges.push(Edge {
                row: all_rows,
                column,
                count,
                role: Role::Margin,
                hidden,
            });
        }
        let hidden = row_line.total || column_line.total;
        edges.push(Edge {
            row: all_rows,
            column: all_columns,
            count: total,
            role: Role::Total,
            hidden,
        });

        let mut at = vec![Vec::new(); all_rows + all_columns + 2];
        for (edge, Edge { row, column, .. }) in edges.iter().enumerate() {
            at[*row].push(edge);
            at[all_rows + 1 + *column].push(edge);
        }
        Self {
            rows: names(row_of),
            columns: names(column_of),
            edges,
            at,
        }
    }

    fn row_node(&self, edge: usize) -> usize {
        self.edges[edge].row
    }

    fn column_node(&self, edge: usize) -> usize {
        self.rows.len() + 1 + self.edges[edge].column
    }

    /// A hidden edge that can still be computed, or that stands with too few people behind a known total.
    fn next_unsafe(&mut self, rule: Rule) -> Option<usize> {
        self.hide_thin_lines(rule);
        (0..self.edges.len())
            .find(|&at| self.edges[at].hidden && self.cheapest_cycle(at).is_none_or(|(cost, _)| cost > 0))
    }

    /// In every row and column with a known total, at least *k* people are behind what is hidden.
    fn hide_thin_lines(&mut self, rule: Rule) {
        for node in 0..self.at.len() {
            loop {
                let inner = || {
                    self.at[node]
                        .iter()
                        .map(|&at| &self.edges[at])
                        .filter(|e| matches!(e.role, Role::Cell(_)))
                };
                let total_known = self.at[node]
                    .iter()
                    .any(|&at| self.edges[at].role == Role::Margin && !self.edges[at].hidden);
                let people: u64 = inner().filter(|edge| edge.hidden).map(|edge| edge.count.people).sum();
                let any = inner().any(|edge| edge.hidden);
                let next = self.at[node]
                    .iter()
                    .copied()
                    .filter(|&at| {
                        let edge = &self.edges[at];
                        matches!(edge.role, Role::Cell(_)) && !edge.hidden && !edge.count.is_zero()
                    })
                    .min_by_key(|&at| (self.edges[at].count.value, at));
                match next {
                    Some(next) if total_known && any && people < rule.k => self.edges[next].hidden = true,
                    _ => break,
                }
            }
        }
    }

    /// Hides the cheapest cycle through an edge; `false` when there is none.
    fn hide_behind(&mut self, at: usize) -> bool {
        let Some((_, path)) = self.cheapest_cycle(at) else {
            return false;
        };
        for edge in path {
            self.edges[edge].hidden = true;
        }
        true
    }

    /// The cycle through an edge that hides the least more, in whichever direction it can turn.
    fn cheapest_cycle(&self, at: usize) -> Option<(u64, Vec<usize>)> {
        let (row, column) = (self.row_node(at), self.column_node(at));
        let forward = self.edges[at]
            .can_walk(true)
            .then(|| self.cheapest_path(column, row, at))
            .flatten();
        if forward.as_ref().is_some_and(|(cost, _)| *cost == 0) {
            return forward;
        }
        let backward = self.edges[at]
            .can_walk(false)
            .then(|| self.cheapest_path(row, column, at))
            .flatten();
        [forward, backward].into_iter().flatten().min_by_key(|(cost, _)| *cost)
    }

    /// Dijkstra from node to node without using one edge.
    fn cheapest_path(&self, from: usize, to: usize, without: usize) -> Option<(u64, Vec<usize>)> {
        let mut best: Vec<Option<(u64, usize)>> = vec![None; self.at.len()];
        let mut done = vec![false; self.at.len()];
        let mut queue = BinaryHeap::from([Reverse((0u64, from))]);
        while let Some(Reverse((cost, node))) = queue.pop() {
            if node == to {
                return Some((cost, self.walk_back(&best, from, to)));
            }
            if std::mem::replace(&mut done[node], true) {
                continue;
            }
            let from_row = node <= self.rows.len();
            for &at in &self.at[node] {
                let edge = &self.edges[at];
                let Some(step) = edge.cost().filter(|_| at != without && edge.can_walk(from_row)) else {
                    continue;
                };
                let next = if from_row {
                    self.column_node(at)
                } else {
                    self.row_node(at)
                };
                let sum = cost.saturating_add(step);
                if next != from && best[next].is_none_or(|(known, _)| sum < known) {
                    best[next] = Some((sum, at));
                    queue.push(Reverse((sum, next)));
                }
            }
        }
        None
    }

    fn walk_back(&self, best: &[Option<(u64, usize)>], from: usize, to: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut node = to;
        while node != from {
            let Some((_, at)) = best[node] else { break };
            path.push(at);
            let (row, column) = (self.row_node(at), self.column_node(at));
            node = if node == row { column } else { row };
        }
        path
    }

    /// Adds the combinations that nobody counted, as the last things to hide.
    fn offer_zeros(&mut self) {
        let taken: std::collections::BTreeSet<(usize, usize)> =
            self.edges.iter().map(|edge| (edge.row, edge.column)).collect();
        for row in 0..self.rows.len() {
            for column in 0..self.columns.len() {
                if !taken.contains(&(row, column)) {
                    let at = self.edges.len();
                    self.edges.push(Edge {
                        row,
                        column,
                        count: Count::default(),
                        role: Role::Zero,
                        hidden: false,
                    });
                    self.at[row].push(at);
                    self.at[self.rows.len() + 1 + column].push(at);
                }
            }
        }
    }

    fn hide_everything(&mut self) {
        for edge in &mut self.edges {
            edge.hidden |= !edge.count.is_zero();
        }
    }

    fn result(self, cells: usize) -> Hidden {
        let mut hidden = Hidden {
            cells: vec![false; cells],
            total: false,
            zeros: Vec::new(),
        };
        for edge in self.edges.iter().filter(|edge| edge.hidden) {
            match edge.role {
                Role::Cell(at) => hidden.cells[at] = true,
                Role::Zero => hidden
                    .zeros
                    .push(vec![self.rows[edge.row].clone(), self.columns[edge.column].clone()]),
                Role::Total => hidden.total = true,
                Role::Margin => {}
            }
        }
        hidden
    }
}

/// The place of every key, and the sums by key in that order.
fn margins(cells: &[RawCell], key: impl Fn(&RawCell) -> String) -> (BTreeMap<String, usize>, Vec<Count>) {
    let mut sums: BTreeMap<String, Count> = BTreeMap::new();
    for cell in cells {
        let sum = sums.entry(key(cell)).or_default();
        *sum = sum.add(Count::of(cell));
    }
    let counts = sums.values().copied().collect();
    (sums.into_keys().zip(0..).collect(), counts)
}

fn names(places: BTreeMap<String, usize>) -> Vec<String> {
    places.into_keys().collect()
}
