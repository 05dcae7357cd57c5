//! From a raw system to a published one: the only way out of raw counts.
//!
//! Totals over time first, then each dimension by itself, then the pair: a margin is decided before what it is split by, so
//! it comes out the same whatever it is split by. Every hidden value gets a proof (a [`Move`]): another world in which it
//! has another value and nothing that is shown differs. The proof of a margin is carried over into every table that splits
//! it, with the very same change of the margin, and the proof of a cell leaves both its margins alone. So the proofs hold
//! for all tables of the measure together, also for those that this call does not see.

use super::layer::{Group, Layer, Move, Path, Search};
use super::rule::{Rule, Thresholds};
use super::system::{Count, Published, RawSystem};
use super::time::Network;
use crate::figures::Dimension;

/// Turns counts into what may be shown.
///
/// A hidden value is `None`. Zero stays zero, unless nothing else can stand in for a hidden value. `raw` has all periods
/// of [`Period::grid`](crate::Period::grid), or one period by itself.
#[must_use]
pub fn protect_system(raw: &RawSystem, thresholds: Thresholds) -> Published {
    let by: Vec<Dimension> = raw.axes().iter().map(|axis| axis.dimension).collect();
    let k = thresholds.of(&by);
    let all = (0..raw.periods().len()).flat_map(|period| raw.table(period));
    if k <= 1 {
        return raw.publish(k, all.map(|count| Some(count.value)).collect());
    }
    let network = Network::new(raw.periods(), raw.measure());
    let system = System {
        raw,
        thresholds,
        network,
    };
    let layers = system.layers();
    let stride = raw.stride();
    let shown = all.enumerate().map(|(at, count)| {
        let (period, place) = (at / stride, at % stride);
        let hidden = system.is_hidden(&layers, &raw.at(place), system.network.arc_of[period]);
        (!hidden).then_some(count.value)
    });
    raw.publish(k, shown.collect())
}

struct System<'a> {
    raw: &'a RawSystem,
    thresholds: Thresholds,
    network: Network,
}

/// The layers that a system has: the totals, one for each axis, and the pair.
struct Layers {
    total: Layer,
    single: Vec<Layer>,
    pair: Option<Layer>,
}

/// A change of a margin that a table by one more dimension has to carry as well.
struct Carried {
    group: Group,
    of: Move,
}

impl System<'_> {
    fn layers(&self) -> Layers {
        let mut total = self.layer(&[]);
        protect_total(&mut total, &self.network);
        let mut single = Vec::new();
        let mut carried = Vec::new();
        for axis in 0..self.raw.axes().len() {
            let mut layer = self.layer(&[axis]);
            let rule = self.rule(&[axis]);
            layer.look_at_lines(rule, 0, |_, arc| total.value(0, arc));
            carried.push(protect_single(&mut layer, &total, &self.network));
            single.push(layer);
        }
        let pair = match single.as_slice() {
            [rows, columns] => {
                let mut layer = self.layer(&[0, 1]);
                let rule = self.rule(&[0, 1]);
                let columns_of = columns.series();
                layer.look_at_lines(rule, 0, |series, arc| columns.value(series % columns_of, arc));
                layer.look_at_lines(rule, 1, |series, arc| rows.value(series / columns_of, arc));
                Pair {
                    layer: &mut layer,
                    rows,
                    columns,
                    network: &self.network,
                }
                .protect(&carried);
                Some(layer)
            }
            _ => None,
        };
        Layers { total, single, pair }
    }

    fn rule(&self, axes: &[usize]) -> Rule {
        let by: Vec<Dimension> = axes.iter().map(|&axis| self.raw.axes()[axis].dimension).collect();
        Rule::new(self.raw.measure(), self.thresholds.of(&by))
    }

    /// The layer that is split by these axes.
    fn layer(&self, axes: &[usize]) -> Layer {
        let keys: Vec<usize> = axes.iter().map(|&axis| self.raw.axes()[axis].keys.len()).collect();
        let count = |series: usize, arc: usize| -> Count {
            let mut at = vec![None; self.raw.axes().len()];
            match axes {
                [axis] => at[*axis] = Some(series),
                [first, second] => {
                    at[*first] = Some(series / keys[1]);
                    at[*second] = Some(series % keys[1]);
                }
                _ => {}
            }
            let table = self.raw.table(self.network.period_of[arc]);
            table.get(self.raw.place(&at)).copied().unwrap_or_default()
        };
        Layer::new(self.rule(axes), &self.network, keys.clone(), count)
    }

    fn is_hidden(&self, layers: &Layers, at: &[Option<usize>], arc: usize) -> bool {
        let (layer, series) = match at {
            [Some(key)] | [Some(key), None] => (layers.single.first(), *key),
            [None, Some(key)] => (layers.single.get(1), *key),
            [Some(row), Some(column)] => {
                let columns = self.raw.axes()[1].keys.len();
                (layers.pair.as_ref(), row * columns + column)
            }
            _ => (Some(&layers.total), 0),
        };
        layer.is_none_or(|layer| layer.cells[series * layer.arcs + arc].hidden)
    }
}

/// Totals over time: what is hidden must lie on a cycle of hidden periods.
fn protect_total(layer: &mut Layer, network: &Network) {
    while let Some((series, arc, needs)) = layer.next_open() {
        let group = [(series, 1)];
        let found = amounts(needs).into_iter().find_map(|amount| {
            let search = Search {
                amount,
                allowed: &|_| true,
                loose: false,
                most: i64::MAX,
            };
            let (_, path) = layer.cheapest(network, &group, arc, search)?;
            Some(Move {
                group: group.to_vec(),
                path,
                amount,
            })
        });
        match found {
            Some(made) => layer.record(made),
            None => return layer.go_dark(),
        }
    }
}

/// The amounts to try: what the rule asks, else one.
fn amounts(needs: i64) -> Vec<i64> {
    if needs > 1 { vec![needs, 1] } else { vec![1] }
}

/// One dimension over time: pairs of keys that change against each other, so that no total changes.
fn protect_single(layer: &mut Layer, total: &Layer, network: &Network) -> Vec<Carried> {
    let mut carried = Vec::new();
    if total.dark {
        layer.go_dark();
        return carried;
    }
    for of in &total.moves {
        match carry_to_single(layer, total, of) {
            Some(group) => carried.push(Carried { group, of: of.clone() }),
            None => {
                layer.go_dark();
                return carried;
            }
        }
    }
    while let Some((series, arc, needs)) = layer.next_open() {
        let found = amounts(needs)
            .into_iter()
            .flat_map(|amount| [(amount, false), (amount, true)])
            .find_map(|(amount, loose)| against_another(layer, network, (series, arc), amount, loose));
        match found {
            Some(made) => layer.record(made),
            None => {
                layer.go_dark();
                break;
            }
        }
    }
    carried
}

/// Keys that carry a change of the total; none where the cells are no sum.
fn carry_to_single(layer: &mut Layer, total: &Layer, of: &Move) -> Option<Group> {
    let free = of.path.iter().all(|&(arc, _)| layer.is_line_free(0, 0, arc));
    // A total that falls takes with it whoever has all of it.
    let falls = |series: usize| {
        of.terms()
            .any(|(_, arc, way)| way < 0 && free && layer.value(series, arc) > total.value(0, arc) - of.amount)
    };
    let mut group: Group = (0..layer.series())
        .filter(|&series| falls(series))
        .map(|series| (series, 1))
        .collect();
    let amounts = amounts(of.amount);
    if group.is_empty() && !free {
        let price = |series: usize, amount: i64, loose: bool| layer.price(&[(series, 1)], &of.path, amount, loose);
        group = [false, true].into_iter().find_map(|loose| {
            amounts.iter().find_map(|&amount| {
                let prices = (0..layer.series()).filter_map(|series| Some((price(series, amount, loose)?, series)));
                prices.min().map(|(_, series)| vec![(series, 1)])
            })
        })?;
    }
    carry(layer, &group, &of.path, of.amount)?;
    Some(group)
}

/// Makes a move that a margin asks for, by the whole amount if that is possible and else by one.
fn carry(layer: &mut Layer, group: &Group, path: &Path, amount: i64) -> Option<()> {
    let amount = amounts(amount)
        .into_iter()
        .find(|&amount| layer.price(group, path, amount, true).is_some())?;
    layer.make(&Move {
        group: group.clone(),
        path: path.clone(),
        amount,
    });
    Some(())
}

/// The cheapest move of a cell against one other key, or of the cell alone where the cells are no sum.
fn against_another(
    layer: &Layer,
    network: &Network,
    (series, arc): (usize, usize),
    amount: i64,
    loose: bool,
) -> Option<Move> {
    let mut best: Option<(i64, Move)> = None;
    let mut consider = |group: Group, allowed: &dyn Fn(usize) -> bool| {
        let most = best.as_ref().map_or(i64::MAX, |(cost, _)| *cost);
        let search = Search {
            amount,
            allowed,
            loose,
            most,
        };
        if let Some((cost, path)) = layer.cheapest(network, &group, arc, search)
            && cost < most
        {
            best = Some((cost, Move { group, path, amount }));
        }
        best.as_ref().is_some_and(|(cost, _)| *cost == 0)
    };
    if consider(vec![(series, 1)], &|arc| layer.is_line_free(0, series, arc)) {
        return best.map(|(_, made)| made);
    }
    for other in (0..layer.series()).filter(|&other| other != series) {
        if consider(vec![(series, 1), (other, -1)], &|_| true) {
            break;
        }
    }
    best.map(|(_, made)| made)
}

/// Two dimensions over time: rectangles of keys, so that no row or column changes.
struct Pair<'a> {
    layer: &'a mut Layer,
    rows: &'a Layer,
    columns: &'a Layer,
    network: &'a Network,
}

/// How many rows and columns are tried first.
const NEAREST: usize = 5;

impl Pair<'_> {
    fn protect(&mut self, carried: &[Vec<Carried>]) {
        if self.rows.dark || self.columns.dark || self.carry_all(carried).is_none() {
            self.layer.go_dark();
            return;
        }
        while let Some((series, arc, needs)) = self.layer.next_open() {
            let found = amounts(needs)
                .into_iter()
                .flat_map(|amount| {
                    [
                        (amount, false, NEAREST),
                        (amount, false, usize::MAX),
                        (amount, true, usize::MAX),
                    ]
                })
                .find_map(|(amount, loose, nearest)| self.rectangle((series, arc), amount, loose, nearest));
            match found {
                Some(made) => self.layer.record(made),
                None => return self.layer.go_dark(),
            }
        }
    }

    fn carry_all(&mut self, carried: &[Vec<Carried>]) -> Option<()> {
        let [of_rows, of_columns] = carried else { return None };
        for (row, column) in of_rows.iter().zip(of_columns) {
            self.carry(&row.group, &column.group, &row.of)?;
        }
        for of in &self.rows.moves {
            self.carry(&of.group, &Vec::new(), of)?;
        }
        for of in &self.columns.moves {
            self.carry(&Vec::new(), &of.group, of)?;
        }
        Some(())
    }

    /// Cells that carry a change of rows and one of columns, along the same periods.
    fn carry(&mut self, rows: &Group, columns: &Group, of: &Move) -> Option<()> {
        let keys = self.columns.series();
        let mut group: Group = Vec::new();
        // Rows or columns that fall take with them the cells that have all of it.
        let arcs = || of.path.iter();
        let row_free = |series: usize| arcs().all(|&(arc, _)| self.layer.is_line_free(1, series, arc));
        let column_free = |series: usize| arcs().all(|&(arc, _)| self.layer.is_line_free(0, series, arc));
        for series in 0..self.layer.series() {
            let (row, column) = (series / keys, series % keys);
            let must = |margin: &Layer, at: usize, changes: &Group| {
                changes.iter().find(|(key, _)| *key == at).is_some_and(|&(_, sign)| {
                    arcs().any(|&(arc, way)| {
                        sign * way < 0 && self.layer.value(series, arc) > margin.value(at, arc) - of.amount
                    })
                })
            };
            let by_row = row_free(series) && must(self.rows, row, rows);
            let by_column = column_free(series) && must(self.columns, column, columns);
            if by_row || by_column {
                let sign =
                    |changes: &Group, at: usize| changes.iter().find(|(key, _)| *key == at).map(|(_, sign)| *sign);
                group.push((series, sign(rows, row).or(sign(columns, column)).unwrap_or(1)));
            }
        }
        self.balance(&mut group, rows, columns, of)?;
        carry(self.layer, &group, &of.path, of.amount)
    }

    /// Adds cells until every row and column that is a sum changes as its margin does.
    fn balance(&self, group: &mut Group, rows: &Group, columns: &Group, of: &Move) -> Option<()> {
        let keys = self.columns.series();
        for _ in 0..8 {
            let (row_off, column_off) = self.imbalance(group, rows, columns, of);
            match (row_off.as_slice(), column_off.as_slice()) {
                ([], []) => return Some(()),
                // One row and one column: their cell.
                ([(row, by)], [(column, same)]) if by == same => group.push((row * keys + column, *by)),
                (rows, []) => {
                    let column = self.cheapest_of(
                        self.columns.series(),
                        of,
                        |column| rows.iter().map(|&(row, by)| (row * keys + column, by)).collect(),
                        group,
                    )?;
                    group.extend(rows.iter().map(|&(row, by)| (row * keys + column, by)));
                }
                ([], columns) => {
                    let row = self.cheapest_of(
                        self.rows.series(),
                        of,
                        |row| columns.iter().map(|&(column, by)| (row * keys + column, by)).collect(),
                        group,
                    )?;
                    group.extend(columns.iter().map(|&(column, by)| (row * keys + column, by)));
                }
                ([(row, by), ..], [(column, _), ..]) => group.push((row * keys + column, *by)),
            }
        }
        None
    }

    fn imbalance(&self, group: &Group, rows: &Group, columns: &Group, of: &Move) -> (Group, Group) {
        let keys = self.columns.series();
        let off = |count: usize, margin: &Group, key: &dyn Fn(usize) -> usize, line: &dyn Fn(usize) -> usize, axis| {
            (0..count)
                .filter_map(|at| {
                    let wanted: i64 = margin.iter().filter(|(key, _)| *key == at).map(|(_, sign)| sign).sum();
                    let given: i64 = group
                        .iter()
                        .filter(|(series, _)| key(*series) == at)
                        .map(|(_, sign)| sign)
                        .sum();
                    let free = of
                        .path
                        .iter()
                        .all(|&(arc, _)| self.layer.is_line_free(axis, line(at), arc));
                    (wanted != given && !free).then_some((at, wanted - given))
                })
                .collect::<Group>()
        };
        (
            off(self.rows.series(), rows, &|series| series / keys, &|row| row * keys, 1),
            off(keys, columns, &|series| series % keys, &|column| column, 0),
        )
    }

    fn cheapest_of(&self, count: usize, of: &Move, cells: impl Fn(usize) -> Group, group: &Group) -> Option<usize> {
        [false, true].into_iter().find_map(|loose| {
            amounts(of.amount).into_iter().find_map(|amount| {
                let price = |at: usize| {
                    let cells = cells(at);
                    let taken = cells
                        .iter()
                        .any(|(cell, _)| group.iter().any(|(known, _)| known == cell));
                    if taken {
                        None
                    } else {
                        self.layer.price(&cells, &of.path, amount, loose)
                    }
                };
                (0..count)
                    .filter_map(|at| Some((price(at)?, at)))
                    .min()
                    .map(|(_, at)| at)
            })
        })
    }

    /// The cheapest move of a cell that leaves its row and its column as they are.
    fn rectangle(&self, (series, arc): (usize, usize), amount: i64, loose: bool, nearest: usize) -> Option<Move> {
        let layer = &*self.layer;
        let others = |axis: usize| {
            let mut others: Vec<(i64, usize)> = (0..layer.keys[axis])
                .filter(|&key| key != layer.key(series, axis))
                .map(|key| layer.with_key(series, axis, key))
                .filter_map(|other| {
                    let ways = [-1, 1].map(|way| layer.cost(other, arc, way, amount, loose));
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
                let rows_free = beside.is_some();
                let columns_free = below.is_some();
                let allowed = |arc: usize| {
                    let lines = |axis: usize| group.iter().all(|&(series, _)| layer.is_line_free(axis, series, arc));
                    (columns_free || lines(0)) && (rows_free || lines(1))
                };
                let most = best.as_ref().map_or(i64::MAX, |(cost, _)| *cost);
                let search = Search {
                    amount,
                    allowed: &allowed,
                    loose,
                    most,
                };
                let Some((cost, path)) = layer.cheapest(self.network, &group, arc, search) else {
                    continue;
                };
                if cost < most {
                    best = Some((
                        cost,
                        Move {
                            group: group.clone(),
                            path,
                            amount,
                        },
                    ));
                }
                if cost == 0 {
                    return best.map(|(_, made)| made);
                }
            }
        }
        best.map(|(_, made)| made)
    }
}
