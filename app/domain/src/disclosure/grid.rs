//! Tables by two dimensions: cells that add up to row totals and column totals, which other pages publish.
//!
//! Rows and columns are the nodes of a graph and cells its edges; row totals are the edges to one more column, column
//! totals those to one more row. Every node's cells add up to its total, so hidden cells can only change together,
//! around a cycle: one more here, one less at the next. A hidden cell is safe when some cycle of hidden cells through it
//! can turn in at least one direction, that is, when no cell that must give has only its last one left. So: for every
//! hidden cell without such a cycle, find the one that hides least, and hide it. Zeros cost most; where none helps, a
//! zero beside the cell is hidden, so that "hidden" does not mean "at least 1" there.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

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
    const fn new(row: usize, column: usize, count: Count, role: Role, hidden: bool) -> Self {
        Self {
            row,
            column,
            count,
            role,
            hidden,
        }
    }

    /// A combination of a row and a column, not a total.
    fn is_cell(&self) -> bool {
        matches!(self.role, Role::Cell(_) | Role::Zero)
    }

    /// A combination that counts nothing.
    fn is_zero(&self) -> bool {
        self.is_cell() && self.count.is_zero()
    }

    /// What hiding the edge costs: nothing once it is hidden; `None` for a total, which other pages decide about.
    fn cost(&self) -> Option<u64> {
        match self.role {
            _ if self.hidden => Some(0),
            Role::Cell(_) | Role::Zero if self.is_zero() => Some(ZERO_COST),
            Role::Cell(_) | Role::Zero => Some(self.count.value.clamp(1, ZERO_COST - 1)),
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
    /// Nodes with a hidden zero: there, hidden does not mean "at least 1" any more.
    may_be_zero: Vec<bool>,
    /// Nodes whose line of cells has to be looked at again.
    touched: Vec<usize>,
    /// Hidden edges that may not be safe yet.
    to_check: Vec<usize>,
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
    grid.hide_until_safe(rule);
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
            if row_counts[row].is_zero() || column_counts[column].is_zero() {
                continue; // Its total says that it is zero, so it can be shown and hides nothing.
            }
            edges.push(Edge::new(row, column, count, Role::Cell(at), rule.is_small(count)));
        }
        // The very suppression that the tables of the totals get on their own pages.
        let row_line = line::suppress(rule, &row_counts, total);
        let column_line = line::suppress(rule, &column_counts, total);
        for (row, (&count, hidden)) in row_counts.iter().zip(row_line.cells).enumerate() {
            edges.push(Edge::new(row, all_columns, count, Role::Margin, hidden));
        }
        for (column, (&count, hidden)) in column_counts.iter().zip(column_line.cells).enumerate() {
            edges.push(Edge::new(all_rows, column, count, Role::Margin, hidden));
        }
        let hidden = row_line.total || column_line.total;
        edges.push(Edge::new(all_rows, all_columns, total, Role::Total, hidden));

        let mut at = vec![Vec::new(); all_rows + all_columns + 2];
        for (edge, Edge { row, column, .. }) in edges.iter().enumerate() {
            at[*row].push(edge);
            at[all_rows + 1 + *column].push(edge);
        }
        let may_be_zero = vec![false; at.len()];
        let touched = (0..at.len()).collect();
        let (rows, columns) = (names(row_of), names(column_of));
        let mut grid = Self {
            rows,
            columns,
            edges,
            at,
            may_be_zero,
            touched,
            to_check: Vec::new(),
        };
        let counted =
            |counts: &[Count]| -> Vec<usize> { (0..counts.len()).filter(|&at| !counts[at].is_zero()).collect() };
        grid.add_missing_zeros(&counted(&row_counts), &counted(&column_counts));
        grid
    }

    fn row_node(&self, edge: usize) -> usize {
        self.edges[edge].row
    }

    fn column_node(&self, edge: usize) -> usize {
        self.rows.len() + 1 + self.edges[edge].column
    }

    /// Hides more until no hidden edge can be computed and none stands with too few people behind a known total.
    ///
    /// Hiding more never makes a safe edge unsafe, so each hidden edge is looked at until it is safe, and then never again.
    fn hide_until_safe(&mut self, rule: Rule) {
        self.to_check = (0..self.edges.len()).filter(|&at| self.edges[at].hidden).collect();
        loop {
            self.hide_thin_lines(rule);
            let Some(&at) = self.to_check.last() else { break };
            match self.cheapest_cycle(at) {
                Some((0, _)) => drop(self.to_check.pop()),
                Some((_, path)) => path.into_iter().for_each(|edge| self.hide(edge)),
                None => {
                    if !self.hide_zero_beside(at) {
                        // Hardly anybody anywhere: no two cells can change together.
                        self.edges.iter_mut().for_each(|edge| edge.hidden = true);
                        break;
                    }
                }
            }
        }
    }

    /// In every row and column with a known total, at least *k* people are behind what is hidden.
    fn hide_thin_lines(&mut self, rule: Rule) {
        while let Some(node) = self.touched.pop() {
            while let Some(next) = self.missing_from_line(node, rule) {
                self.hide(next);
            }
        }
    }

    /// The next smallest cell of a line that hides too few people behind a known total.
    fn missing_from_line(&self, node: usize, rule: Rule) -> Option<usize> {
        let edges = || self.at[node].iter().map(|&at| (at, &self.edges[at]));
        let cells = || edges().filter(|(_, edge)| edge.is_cell() && !edge.count.is_zero());
        let total_known = edges().any(|(_, edge)| edge.role == Role::Margin && !edge.hidden);
        let hidden: Vec<u64> = cells()
            .filter(|(_, edge)| edge.hidden)
            .map(|(_, edge)| edge.count.people)
            .collect();
        if !total_known || hidden.is_empty() || hidden.iter().sum::<u64>() >= rule.k {
            return None;
        }
        cells()
            .filter(|(_, edge)| !edge.hidden)
            .min_by_key(|&(at, edge)| (edge.count.value, at))
            .map(|(at, _)| at)
    }

    /// Hides a zero in the row of an edge, or else in its column, or else in a line that crosses one of them; `false`
    /// when none is left.
    fn hide_zero_beside(&mut self, at: usize) -> bool {
        let near = [self.row_node(at), self.column_node(at)];
        let across = near
            .iter()
            .flat_map(|&node| &self.at[node])
            .flat_map(|&at| [self.row_node(at), self.column_node(at)]);
        let shown_zero = |&at: &usize| self.edges[at].is_zero() && !self.edges[at].hidden;
        let zero = near
            .into_iter()
            .chain(across)
            .find_map(|node| self.at[node].iter().copied().find(shown_zero));
        zero.inspect(|&zero| self.hide(zero)).is_some()
    }

    fn hide(&mut self, at: usize) {
        if std::mem::replace(&mut self.edges[at].hidden, true) {
            return;
        }
        let nodes = [self.row_node(at), self.column_node(at)];
        self.touched.extend(nodes);
        self.to_check.push(at);
        if self.edges[at].is_zero() {
            for node in nodes {
                self.may_be_zero[node] = true;
            }
        }
    }

    /// Whether an edge can be walked from its row to its column (or back) as part of a cycle: one more in one
    /// direction, one less in the other. What is known to be at least 1 must be 2 to give one away.
    fn can_walk(&self, at: usize, from_row: bool) -> bool {
        let edge = &self.edges[at];
        let grows = from_row != (edge.role == Role::Margin);
        let may_be_zero = self.may_be_zero[self.row_node(at)] || self.may_be_zero[self.column_node(at)];
        let least = u64::from(!(edge.is_cell() && may_be_zero));
        grows || edge.count.value > least
    }

    /// The cycle through an edge that hides the least more, in whichever direction it can turn.
    fn cheapest_cycle(&self, at: usize) -> Option<(u64, Vec<usize>)> {
        let (row, column) = (self.row_node(at), self.column_node(at));
        let forward = self
            .can_walk(at, true)
            .then(|| self.cheapest_path(column, row, at))
            .flatten();
        if forward.as_ref().is_some_and(|(cost, _)| *cost == 0) {
            return forward;
        }
        let backward = self
            .can_walk(at, false)
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
                let Some(step) = edge.cost().filter(|_| at != without && self.can_walk(at, from_row)) else {
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

    /// Adds the combinations that have no cell, as zeros like those that have one.
    fn add_missing_zeros(&mut self, rows: &[usize], columns: &[usize]) {
        let taken: BTreeSet<(usize, usize)> = self.edges.iter().map(|edge| (edge.row, edge.column)).collect();
        let all = rows
            .iter()
            .flat_map(|&row| columns.iter().map(move |&column| (row, column)));
        for (row, column) in all.filter(|place| !taken.contains(place)) {
            let at = self.edges.len();
            self.edges
                .push(Edge::new(row, column, Count::default(), Role::Zero, false));
            self.at[row].push(at);
            self.at[self.rows.len() + 1 + column].push(at);
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
