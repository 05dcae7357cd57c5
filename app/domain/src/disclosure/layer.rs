//! The cells of one kind of table over all periods: totals, or cells by one dimension, or by two.

use super::rule::Rule;
use super::search::{How, Move};
use super::system::Count;
use super::time::Network;

/// What hiding a zero costs: more than any sum of counts, so that it is the last thing done.
const ZERO_COST: i64 = 1 << 50;

/// The room of parts that have nothing to do with their whole.
pub(super) const NO_SUM: i64 = i64::MAX;

#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    value: i64,
    small: bool,
    hidden: bool,
    /// Between which values it must stay for somebody who knows the rule.
    low: i64,
    high: i64,
    /// What its parts and wholes in time leave it, where those are no sums.
    least: i64,
    most: i64,
    /// What its totals leave it, where those are no sums.
    most_of_line: i64,
    /// By how much it is proven to be in doubt.
    doubt: i64,
    needs: i64,
}

/// A layer: series (one a key, or one a pair of keys) over the arcs of the network.
pub(super) struct Layer {
    /// Keys of each axis; a series is a place among them.
    pub(super) keys: Vec<usize>,
    pub(super) arcs: usize,
    cells: Vec<Cell>,
    /// By series, then by node: by how much the parts are more than the whole, because people come back.
    pub(super) node_slack: Vec<i64>,
    pub(super) nodes: usize,
    /// Whether parts in time may be more than their whole: then they may become more, even where they are not.
    pub(super) counts_again: bool,
    /// By axis, then by cell: the same for the cells along the axis and their total.
    line_slack: Vec<Vec<i64>>,
    weights: Vec<i64>,
    pub(super) moves: Vec<Move>,
    /// Cells that were hidden and may still need a proof.
    open: Vec<usize>,
    /// Nothing of it can be shown.
    pub(super) dark: bool,
}

impl Layer {
    /// `count` by series and arc.
    pub(super) fn new(rule: Rule, network: &Network, keys: Vec<usize>, count: impl Fn(usize, usize) -> Count) -> Self {
        let arcs = network.arcs.len();
        let series: usize = keys.iter().product();
        let nodes = network.nodes.len() + 1;
        let mut layer = Self {
            line_slack: vec![vec![0; series * arcs]; keys.len()],
            keys,
            arcs,
            cells: Vec::with_capacity(series * arcs),
            node_slack: vec![NO_SUM; series * nodes],
            counts_again: rule.counts_again,
            nodes,
            weights: network.arcs.iter().map(|arc| arc.weight).collect(),
            moves: Vec::new(),
            open: Vec::new(),
            dark: false,
        };
        for series in 0..series {
            for arc in 0..arcs {
                let count = count(series, arc);
                let value = i64::try_from(count.value).unwrap_or(i64::MAX >> 8);
                let (low, high) = rule.bounds(value);
                let small = rule.is_small(count);
                layer.cells.push(Cell {
                    value,
                    small,
                    hidden: false,
                    low,
                    high,
                    least: 0,
                    most: i64::MAX,
                    most_of_line: i64::MAX,
                    doubt: 0,
                    needs: if small { rule.doubt(value) } else { 1 },
                });
            }
            layer.look_at_sums(network, series);
        }
        for at in 0..layer.cells.len() {
            if layer.cells[at].small {
                layer.hide(at);
            }
        }
        layer
    }

    /// Where the parts are clearly more people than the whole, or fewer, the whole gives no part away; but a part is never
    /// more than the whole.
    fn look_at_sums(&mut self, network: &Network, series: usize) {
        for node in 1..self.nodes {
            let whole = network.nodes[node - 1].whole;
            let of = |arc: usize| self.cells[series * self.arcs + arc].value;
            let slack = network.parts_of(node).map(of).sum::<i64>() - of(whole);
            self.node_slack[series * self.nodes + node] = room(slack);
            if slack != 0 || self.counts_again {
                let value = of(whole);
                let greatest = network.parts_of(node).map(of).max().unwrap_or(0);
                for part in network.parts_of(node) {
                    let cell = &mut self.cells[series * self.arcs + part];
                    cell.most = cell.most.min(value);
                }
                let cell = &mut self.cells[series * self.arcs + whole];
                cell.least = cell.least.max(greatest);
            }
        }
    }

    /// The same for the lines of an axis and their totals: `total` by cell, the value of the margin that it is in.
    pub(super) fn look_at_lines(&mut self, axis: usize, total: impl Fn(usize, usize) -> i64) {
        for series in 0..self.series() {
            if self.key(series, axis) != 0 {
                continue;
            }
            let line: Vec<usize> = (0..self.keys[axis])
                .map(|key| self.with_key(series, axis, key))
                .collect();
            for arc in 0..self.arcs {
                let total = total(series, arc);
                let sum: i64 = line.iter().map(|&series| self.value(series, arc)).sum();
                if sum != total {
                    for &series in &line {
                        let at = series * self.arcs + arc;
                        self.line_slack[axis][at] = room(sum - total);
                        self.cells[at].most_of_line = self.cells[at].most_of_line.min(total);
                    }
                }
            }
        }
    }

    pub(super) fn series(&self) -> usize {
        self.keys.iter().product()
    }

    /// The key of a series on an axis.
    pub(super) fn key(&self, series: usize, axis: usize) -> usize {
        if axis + 1 == self.keys.len() {
            series % self.keys[axis]
        } else {
            series / self.keys[axis + 1]
        }
    }

    /// The series that differs in the key of an axis only.
    pub(super) fn with_key(&self, series: usize, axis: usize, key: usize) -> usize {
        if axis + 1 == self.keys.len() {
            series - series % self.keys[axis] + key
        } else {
            key * self.keys[axis + 1] + series % self.keys[axis + 1]
        }
    }

    pub(super) fn is_hidden(&self, series: usize, arc: usize) -> bool {
        self.cells[series * self.arcs + arc].hidden
    }

    pub(super) fn value(&self, series: usize, arc: usize) -> i64 {
        self.cells[series * self.arcs + arc].value
    }

    /// Whether a cell may change by an amount while the total along an axis does not.
    pub(super) fn is_line_free(&self, axis: usize, series: usize, arc: usize, amount: i64) -> bool {
        self.line_slack[axis][series * self.arcs + arc] >= amount
    }

    fn hide(&mut self, at: usize) {
        let cell = &mut self.cells[at];
        if !std::mem::replace(&mut cell.hidden, true) {
            self.open.push(at);
        }
    }

    /// The next hidden cell without a proof.
    pub(super) fn next_open(&mut self) -> Option<(usize, usize, i64)> {
        while let Some(at) = self.open.pop() {
            let cell = &self.cells[at];
            if cell.doubt < cell.needs {
                return Some((at / self.arcs, at % self.arcs, cell.needs));
            }
        }
        None
    }

    pub(super) fn go_dark(&mut self) {
        self.dark = true;
        self.open.clear();
        self.cells.iter_mut().for_each(|cell| cell.hidden = true);
    }

    /// What it costs that a cell may move; `None` if it cannot.
    pub(super) fn cost(&self, series: usize, arc: usize, way: i64, amount: i64, how: How) -> Option<i64> {
        let at = series * self.arcs + arc;
        let cell = &self.cells[at];
        let after = cell.value + way * amount;
        if after > cell.most_of_line || (how.alone && (after < cell.least || after > cell.most)) {
            return None;
        }
        let price = match cell {
            Cell { hidden: true, .. } => 0,
            Cell { value: ..=0, .. } => ZERO_COST,
            cell => cell.value.min(ZERO_COST >> 20) * self.weights[arc],
        };
        if (cell.low..=cell.high).contains(&after) {
            return Some(price);
        }
        let doubtful = how.loose && after >= 0;
        match (doubtful, self.zero_beside(at)) {
            (true, Some((_, true))) => Some(price),
            (true, Some((_, false))) => Some(price + ZERO_COST),
            _ => None,
        }
    }

    /// A zero in a line with the cell, a hidden one if there is one.
    fn zero_beside(&self, at: usize) -> Option<(usize, bool)> {
        let (series, arc) = (at / self.arcs, at % self.arcs);
        let zeros = (0..self.keys.len()).flat_map(|axis| {
            (0..self.keys[axis])
                .map(move |key| self.with_key(series, axis, key) * self.arcs + arc)
                .filter(|&at| self.cells[at].value == 0)
        });
        zeros
            .map(|at| (at, self.cells[at].hidden))
            .max_by_key(|&(at, hidden)| (hidden, std::cmp::Reverse(at)))
    }

    /// What it costs more that a series moves along a path; `None` if it cannot.
    pub(super) fn price(&self, series: usize, sign: i64, path: &[(usize, i64)], amount: i64, how: How) -> Option<i64> {
        let mut sum = 0;
        for &(arc, way) in path {
            sum += self.cost(series, arc, sign * way, amount, how)?;
        }
        Some(sum)
    }

    /// Whether sums stay sums in time, no part becomes more than its whole and no whole more than its parts.
    pub(super) fn fits(&self, network: &Network, made: &Move) -> bool {
        let fits = |&(series, sign): &(usize, i64)| self.fits_series(network, series, sign * made.amount, &made.path);
        made.group.iter().all(fits)
    }

    /// The same for one series.
    pub(super) fn fits_series(&self, network: &Network, series: usize, by: i64, path: &[(usize, i64)]) -> bool {
        let change = |arc: usize| -> i64 {
            let ways = path.iter().filter(|(moved, _)| *moved == arc);
            ways.map(|(_, way)| way * by).sum()
        };
        let after = |arc: usize| self.value(series, arc) + change(arc);
        (1..self.nodes).all(|node| {
            let whole = network.nodes[node - 1].whole;
            let part_changes: i64 = network.parts_of(node).map(change).sum();
            let slack = self.node_slack[series * self.nodes + node];
            if slack == 0 && !self.counts_again {
                return part_changes == change(whole);
            }
            let moves = network.at[node].iter().any(|&arc| change(arc) != 0);
            let parts_are_less = || network.parts_of(node).all(|part| after(part) <= after(whole));
            !moves || (parts_are_less() && (slack == NO_SUM || slack + part_changes >= change(whole)))
        }) && (!self.counts_again || self.is_covered(network, series, path, &after))
    }

    /// Whether a longer period is still no more than what shorter ones that cover it add up to, of either tree.
    fn is_covered(
        &self,
        network: &Network,
        series: usize,
        path: &[(usize, i64)],
        after: &dyn Fn(usize) -> i64,
    ) -> bool {
        let touches = |whole: &usize| {
            let (start, end) = network.arcs[*whole].months;
            let lies_in = |arc: usize| network.arcs[arc].months.0 < end && network.arcs[arc].months.1 > start;
            end - start > 1 && path.iter().any(|&(arc, _)| lies_in(arc))
        };
        // Nor is a quarter ever more than the work year that it lies in.
        let is_part = |whole: usize, part: usize| {
            let ((start, end), (first, last)) = (network.arcs[whole].months, network.arcs[part].months);
            start <= first && last <= end && first < last
        };
        let stays_less = |whole: usize| {
            let before = |arc: usize| self.value(series, arc);
            (0..self.arcs)
                .filter(|&part| is_part(whole, part) && before(part) <= before(whole))
                .all(|part| after(part) <= after(whole))
        };
        (0..self.arcs).filter(touches).all(|whole| {
            if !stays_less(whole) {
                return false;
            }
            let enough = |value: &dyn Fn(usize) -> i64| {
                let cover = network.least_cover(whole, value);
                cover.is_none_or(|cover| cover >= value(whole))
            };
            enough(after) || !enough(&|arc| self.value(series, arc))
        })
    }

    /// Makes a move and keeps it, for tables that split this one.
    pub(super) fn record(&mut self, made: Move) {
        self.make(&made);
        self.moves.push(made);
    }

    /// Hides what a move touches: then the move is a proof for all of it.
    pub(super) fn make(&mut self, made: &Move) {
        for (series, arc, way) in made.terms() {
            let at = series * self.arcs + arc;
            let cell = self.cells[at];
            let after = cell.value + way * made.amount;
            if !(cell.low..=cell.high).contains(&after)
                && let Some((zero, false)) = self.zero_beside(at)
            {
                self.hide(zero);
            }
            self.cells[at].doubt = cell.doubt.max(made.amount);
            self.hide(at);
        }
    }
}

/// What parts may lose without becoming less than their whole. Where they are less already (hours of practice: ten here and
/// thirty there make forty), they are no sum at all.
const fn room(slack: i64) -> i64 {
    if slack < 0 { NO_SUM } else { slack }
}
