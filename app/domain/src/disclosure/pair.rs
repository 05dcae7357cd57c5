//! Tables by two dimensions over time: rectangles of keys that change together, so that no row and no column changes.

use super::layer::Layer;
use super::protect::{NEAREST, amounts, make, moved};
use super::search::{Group, How, Move, Path, Search};
use super::time::Network;

/// The layer of a pair with its margins, which are decided already.
pub(super) struct Pair<'a> {
    pub(super) layer: &'a mut Layer,
    pub(super) rows: &'a Layer,
    pub(super) columns: &'a Layer,
    pub(super) network: &'a Network,
    /// The arcs of the margins' network that have the periods of this one's.
    pub(super) margin_arcs: Vec<usize>,
}

/// Ways to protect a cell, the best first: how, and against how many rows and columns.
const TRIES: [(How, usize); 3] = [
    (How::STRICT, NEAREST),
    (How::STRICT, usize::MAX),
    (How::LOOSE, usize::MAX),
];

impl Pair<'_> {
    /// Hides what is needed. `of_totals`: what the moves of the totals move in rows and in columns.
    pub(super) fn protect(&mut self, totals: &[Move], of_totals: &[Vec<Group>]) {
        if self.rows.dark || self.columns.dark || self.carry_all(totals, of_totals).is_none() {
            self.layer.go_dark();
            return;
        }
        while let Some((series, arc, needs)) = self.layer.next_open() {
            let found = amounts(needs)
                .into_iter()
                .flat_map(|amount| TRIES.map(|(how, nearest)| (amount, how, nearest)))
                .find_map(|(amount, how, nearest)| self.rectangle((series, arc), amount, how, nearest));
            if let Some(made) = found {
                self.layer.make(&made);
            } else if !self.with_margin(totals, of_totals, (series, arc)) {
                return self.layer.go_dark();
            }
        }
    }

    /// Lets a cell carry a change of its row, its column or the total by itself.
    fn with_margin(&mut self, totals: &[Move], of_totals: &[Vec<Group>], (series, arc): (usize, usize)) -> bool {
        let keys = self.columns.series();
        let (row, column, of_arc) = (series / keys, series % keys, self.margin_arcs[arc]);
        let touches = |of: &Move| of.path.iter().any(|(moved, _)| *moved == of_arc);
        let sign_of = |group: &Group, key: usize| group.iter().find(|(moved, _)| *moved == key).map(|(_, sign)| *sign);
        let none = Group::new();
        let (rows, columns) = (self.rows, self.columns);
        let of_rows = rows.moves.iter().map(|of| (of, &of.group, &none));
        let of_columns = columns.moves.iter().map(|of| (of, &none, &of.group));
        let [total_rows, total_columns] = of_totals else {
            return false;
        };
        let of_totals = totals
            .iter()
            .zip(total_rows)
            .zip(total_columns)
            .map(|((of, rows), columns)| (of, rows, columns));
        of_rows
            .chain(of_columns)
            .chain(of_totals)
            .filter(|(of, ..)| touches(of))
            .any(|(of, rows, columns)| {
                let sign = sign_of(rows, row).or_else(|| sign_of(columns, column)).unwrap_or(1);
                self.carry(rows, columns, of, Some((series, sign))).is_some()
            })
    }

    fn carry_all(&mut self, totals: &[Move], of_totals: &[Vec<Group>]) -> Option<()> {
        let [of_rows, of_columns] = of_totals else { return None };
        for ((of, rows), columns) in totals.iter().zip(of_rows).zip(of_columns) {
            self.carry(rows, columns, of, None)?;
        }
        for of in &self.rows.moves {
            self.carry(&of.group, &Vec::new(), of, None)?;
        }
        for of in &self.columns.moves {
            self.carry(&Vec::new(), &of.group, of, None)?;
        }
        Some(())
    }

    /// Hides cells that carry a change of rows and one of columns, along the same periods; one of them is given.
    fn carry(&mut self, rows: &Group, columns: &Group, of: &Move, given: Option<(usize, i64)>) -> Option<()> {
        let way = |arc: &usize| {
            of.path
                .iter()
                .filter(|(moved, _)| moved == arc)
                .map(|(_, way)| way)
                .sum::<i64>()
        };
        let ways = self.margin_arcs.iter().map(way).enumerate();
        let path: Path = ways.filter(|(_, way)| *way != 0).collect();
        if path.is_empty() {
            return given.is_none().then_some(());
        }
        How::ALL.into_iter().find_map(|how| {
            amounts(of.amount).into_iter().find_map(|amount| {
                let asked = Move {
                    group: Group::new(),
                    path: path.clone(),
                    amount,
                };
                let mut first = self.falling(rows, columns, &asked);
                first.extend(given.filter(|(series, _)| first.iter().all(|(known, _)| known != series)));
                let route = Route {
                    pair: self,
                    of: &asked,
                    how,
                };
                let group = route.balance(first, rows, columns)?;
                if given.is_some_and(|(series, _)| group.iter().all(|(moved, _)| *moved != series)) {
                    return None;
                }
                make(self.layer, self.network, Move { group, ..asked }, how).map(drop)
            })
        })
    }

    /// Where people come back, a row or column that falls takes with it the cells that have all of it.
    fn falling(&self, rows: &Group, columns: &Group, of: &Move) -> Group {
        let keys = self.columns.series();
        let must = |margin: &Layer, at: usize, changes: &Group, series: usize, axis: usize| {
            let &(_, sign) = changes.iter().find(|(key, _)| *key == at)?;
            let falls = of.path.iter().any(|&(arc, way)| {
                sign * way < 0
                    && self.layer.is_line_free(axis, series, arc, of.amount)
                    && self.layer.value(series, arc) > margin.value(at, self.margin_arcs[arc]) - of.amount
            });
            falls.then_some((series, sign))
        };
        (0..self.layer.series())
            .filter_map(|series| {
                must(self.rows, series / keys, rows, series, 1)
                    .or_else(|| must(self.columns, series % keys, columns, series, 0))
            })
            .collect()
    }

    /// The cheapest move of a cell that leaves its row and its column as they are.
    fn rectangle(&self, (series, arc): (usize, usize), amount: i64, how: How, nearest: usize) -> Option<Move> {
        let layer = &*self.layer;
        let others = |axis: usize| {
            let mut others: Vec<(i64, usize)> = (0..layer.keys[axis])
                .filter(|&key| key != layer.key(series, axis))
                .map(|key| layer.with_key(series, axis, key))
                .filter_map(|other| {
                    let how = How { alone: false, ..how };
                    let ways = [-1, 1].map(|way| layer.cost(other, arc, way, amount, how));
                    ways.into_iter().flatten().min().map(|cost| (cost, other))
                })
                .collect();
            others.sort_unstable();
            others.truncate(nearest);
            let others = others.into_iter().map(|(_, other)| Some(other));
            std::iter::once(None).chain(others).collect::<Vec<Option<usize>>>()
        };
        let (down, across) = (others(0), others(1));
        let mut best: Option<(i64, Move)> = None;
        for &below in &down {
            for &beside in &across {
                let mut group: Group = vec![(series, 1)];
                group.extend(below.map(|below| (below, -1)));
                group.extend(beside.map(|beside| (beside, -1)));
                if let (Some(below), Some(beside)) = (below, beside) {
                    group.push((layer.with_key(below, 1, layer.key(beside, 1)), 1));
                }
                let allowed = |arc: usize| {
                    let lines = |axis: usize| {
                        group
                            .iter()
                            .all(|&(series, _)| layer.is_line_free(axis, series, arc, amount))
                    };
                    (below.is_some() || lines(0)) && (beside.is_some() || lines(1))
                };
                let most = best.as_ref().map_or(i64::MAX, |(cost, _)| *cost);
                let search = Search {
                    amount,
                    allowed: &allowed,
                    how,
                    most,
                };
                if let Some(found) = moved(layer, self.network, &group, arc, search) {
                    if found.0 == 0 {
                        return Some(found.1);
                    }
                    best = Some(found);
                }
            }
        }
        best.map(|(_, made)| made)
    }
}

/// Finds cells that change rows and columns as a move of a margin asks: a walk between rows and columns over their cells,
/// one up, the next down. Rows and columns that are no sums open to the ground.
struct Route<'a, 'b> {
    pair: &'a Pair<'b>,
    of: &'a Move,
    how: How,
}

impl Route<'_, '_> {
    /// Adds cells until every row and column that is a sum changes as its margin does.
    fn balance(&self, mut group: Group, rows: &Group, columns: &Group) -> Option<Group> {
        // Each walk settles one row or column at least.
        for _ in 0..=rows.len() + columns.len() + group.len() {
            let off = self.off(&group, rows, columns);
            let Some(&(start, by)) = off.iter().find(|(_, by)| *by != 0) else {
                group.retain(|(_, sign)| *sign != 0);
                return Some(group);
            };
            for (series, sign) in self.walk(start, by, &off)? {
                match group.iter_mut().find(|(known, _)| *known == series) {
                    Some((_, known)) => *known += sign,
                    None => group.push((series, sign)),
                }
            }
        }
        None
    }

    /// By how much each row and then each column that is a sum still has to change.
    fn off(&self, group: &Group, rows: &Group, columns: &Group) -> Vec<(usize, i64)> {
        let (all_rows, all_columns) = (self.pair.rows.series(), self.pair.columns.series());
        let sum = |changes: &mut dyn Iterator<Item = i64>| changes.sum::<i64>();
        let row = |at: usize| {
            let wanted = sum(&mut rows.iter().filter(|(key, _)| *key == at).map(|(_, sign)| *sign));
            let given = sum(&mut group
                .iter()
                .filter(|(key, _)| key / all_columns == at)
                .map(|(_, sign)| *sign));
            wanted - given
        };
        let column = |at: usize| {
            let wanted = sum(&mut columns.iter().filter(|(key, _)| *key == at).map(|(_, sign)| *sign));
            let given = sum(&mut group
                .iter()
                .filter(|(key, _)| key % all_columns == at)
                .map(|(_, sign)| *sign));
            wanted - given
        };
        (0..all_rows)
            .map(|at| (at, if self.is_free(at) { 0 } else { row(at) }))
            .chain((0..all_columns).map(|at| {
                let node = all_rows + at;
                (node, if self.is_free(node) { 0 } else { column(at) })
            }))
            .collect()
    }

    /// Whether a row (or a column, after the rows) is no sum in any period of the move.
    fn is_free(&self, node: usize) -> bool {
        let rows = self.pair.rows.series();
        let (axis, series) = if node < rows {
            (1, node * self.pair.columns.series())
        } else {
            (0, node - rows)
        };
        self.of
            .path
            .iter()
            .all(|&(arc, _)| self.pair.layer.is_line_free(axis, series, arc, self.of.amount))
    }

    /// Dijkstra over rows, columns and the ground, from one that has to change to another that has to as well.
    fn walk(&self, start: usize, by: i64, off: &[(usize, i64)]) -> Option<Group> {
        let (rows, columns) = (self.pair.rows.series(), self.pair.columns.series());
        let ground = rows + columns;
        let is_row = |node: usize| node < rows;
        // From rows to columns the sign is this, and back it is the other.
        let onward = if is_row(start) { by.signum() } else { -by.signum() };
        let is_goal = |node: usize| {
            node == ground
                || (node != start && {
                    let (_, wanted) = off[node];
                    wanted.signum() == if is_row(node) { -onward } else { onward }
                })
        };
        let mut best: Vec<Option<(i64, usize, usize)>> = vec![None; ground + 1];
        let mut done = vec![false; ground + 1];
        best[start] = Some((0, start, usize::MAX));
        loop {
            let (_, node) = (0..=ground)
                .filter(|&node| !done[node])
                .filter_map(|node| best[node].map(|(cost, ..)| (cost, node)))
                .min()?;
            if node != start && is_goal(node) {
                return Some(Self::walk_back(&best, start, node, onward, rows));
            }
            done[node] = true;
            let (cost, ..) = best[node]?;
            let mut reach = |next: usize, step: i64, series: usize| {
                let sum = cost.saturating_add(step);
                if !done[next] && best[next].is_none_or(|(known, ..)| sum < known) {
                    best[next] = Some((sum, node, series));
                }
            };
            if self.is_free(node) {
                reach(ground, 0, usize::MAX);
            }
            let (others, sign) = if is_row(node) {
                (rows..ground, onward)
            } else {
                (0..rows, -onward)
            };
            for next in others {
                let (row, column) = if is_row(node) {
                    (node, next - rows)
                } else {
                    (next, node - rows)
                };
                let series = row * columns + column;
                if let Some(price) = self.price(series, sign) {
                    // A cell that is hidden already still makes the walk longer.
                    reach(next, price.saturating_add(1), series);
                }
            }
        }
    }

    fn price(&self, series: usize, sign: i64) -> Option<i64> {
        let (layer, Move { path, amount, .. }) = (&*self.pair.layer, self.of);
        let price = layer.price(series, sign, path, *amount, self.how)?;
        layer
            .fits_series(self.pair.network, series, sign * amount, path)
            .then_some(price)
    }

    fn walk_back(best: &[Option<(i64, usize, usize)>], start: usize, goal: usize, onward: i64, rows: usize) -> Group {
        let mut group = Vec::new();
        let mut node = goal;
        while node != start {
            let Some((_, before, series)) = best[node] else { break };
            if series != usize::MAX {
                group.push((series, if before < rows { onward } else { -onward }));
            }
            node = before;
        }
        group
    }
}
