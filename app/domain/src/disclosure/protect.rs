//! From a raw system to a published one: the only way out of raw counts.
//!
//! Totals over time first, then each dimension by itself, then the pair: a margin is decided before what it is split by, so
//! it comes out the same whatever it is split by. Every hidden value gets a proof (a [`Move`]): another world in which it
//! has another value and nothing that is shown differs. The proof of a margin is carried over into every table that splits
//! it, with the very same change of the margin, and the proof of a cell leaves both its margins alone. So the proofs hold
//! for all tables of the measure together, also for those that this call does not see.

use super::layer::Layer;
use super::pair::Pair;
use super::rule::{Rule, Thresholds};
use super::search::{Group, How, Move, Path, Search};
use super::system::{Count, Published, RawSystem};
use super::time::Network;
use crate::figures::{Dimension, Period, PeriodKind};

/// How many other keys are tried before the cheapest so far is taken.
pub(super) const NEAREST: usize = 5;

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
    let system = System::new(raw, thresholds);
    let layers = system.layers();
    let stride = raw.stride();
    let shown = all.enumerate().map(|(at, count)| {
        let (period, place) = (at / stride, at % stride);
        (!system.is_hidden(&layers, &raw.at(place), period)).then_some(count.value)
    });
    raw.publish(k, shown.collect())
}

/// Whether tables by these dimensions are published over a period at all.
///
/// Tables by two dimensions are made of few people each. They exist over work years and the whole project (and over one
/// free range, for whom may choose it): with calendar years beside work years, every December would follow.
#[must_use]
pub fn is_published(by: &[Dimension], period: &Period) -> bool {
    let split = by.iter().filter(|dimension| **dimension != Dimension::Month).count();
    split < 2
        || matches!(
            period.kind(),
            PeriodKind::WorkYear | PeriodKind::Project | PeriodKind::Range
        )
}

/// Periods of a system, by their places in it, as a network.
struct Grid {
    periods: Vec<usize>,
    network: Network,
}

struct System<'a> {
    raw: &'a RawSystem,
    thresholds: Thresholds,
    all: Grid,
    of_pairs: Grid,
}

/// The layers that a system has: the totals, one for each axis, and the pair.
struct Layers {
    total: Layer,
    single: Vec<Layer>,
    pair: Option<Layer>,
}

impl<'a> System<'a> {
    fn new(raw: &'a RawSystem, thresholds: Thresholds) -> Self {
        let months = raw.periods().iter().filter(|period| period.kind() == PeriodKind::Month);
        let today = months.map(Period::last).max();
        let grid = |by: &[Dimension]| {
            let periods = raw
                .periods()
                .iter()
                .enumerate()
                .filter(|(_, period)| is_published(by, period));
            let (places, periods): (Vec<usize>, Vec<Period>) = periods.unzip();
            let network = Network::new(&periods, raw.measure(), today);
            Grid {
                periods: places,
                network,
            }
        };
        Self {
            raw,
            thresholds,
            all: grid(&[]),
            of_pairs: grid(&[Dimension::Municipality, Dimension::Organiser]),
        }
    }

    fn layers(&self) -> Layers {
        let network = &self.all.network;
        let mut total = self.layer(&[]);
        protect_total(&mut total, network);
        let mut single = Vec::new();
        let mut carried = Vec::new();
        for axis in 0..self.raw.axes().len() {
            let mut layer = self.layer(&[axis]);
            layer.look_at_lines(0, |_, arc| total.value(0, arc));
            carried.push(protect_single(&mut layer, &total, network));
            single.push(layer);
        }
        let pair = match single.as_slice() {
            [rows, columns] => {
                let mut layer = self.layer(&[0, 1]);
                let keys = columns.series();
                let of = |arc: usize| self.all.network.arc_of[self.of_pairs.period_of(arc)];
                let margin_arcs: Vec<usize> = (0..layer.arcs).map(of).collect();
                layer.look_at_lines(0, |series, arc| columns.value(series % keys, margin_arcs[arc]));
                layer.look_at_lines(1, |series, arc| rows.value(series / keys, margin_arcs[arc]));
                Pair {
                    layer: &mut layer,
                    rows,
                    columns,
                    network: &self.of_pairs.network,
                    margin_arcs,
                }
                .protect(&total.moves, &carried);
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
        let grid = if axes.len() < 2 { &self.all } else { &self.of_pairs };
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
            let table = self.raw.table(grid.period_of(arc));
            table.get(self.raw.place(&at)).copied().unwrap_or_default()
        };
        Layer::new(self.rule(axes), &grid.network, keys.clone(), count)
    }

    fn is_hidden(&self, layers: &Layers, at: &[Option<usize>], period: usize) -> bool {
        let (layer, series, grid) = match at {
            [Some(key)] | [Some(key), None] => (layers.single.first(), *key, &self.all),
            [None, Some(key)] => (layers.single.get(1), *key, &self.all),
            [Some(row), Some(column)] => {
                let columns = self.raw.axes()[1].keys.len();
                (layers.pair.as_ref(), row * columns + column, &self.of_pairs)
            }
            _ => (Some(&layers.total), 0, &self.all),
        };
        let place = grid.periods.iter().position(|known| *known == period);
        match (layer, place) {
            (Some(layer), Some(place)) => layer.is_hidden(series, grid.network.arc_of[place]),
            _ => true,
        }
    }
}

impl Grid {
    /// A period (by its place in the system) that has the values of an arc.
    fn period_of(&self, arc: usize) -> usize {
        self.periods[self.network.period_of[arc]]
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
                how: How::STRICT,
                most: i64::MAX,
            };
            moved(layer, network, &group, arc, search).map(|(_, made)| made)
        });
        match found {
            Some(made) => layer.record(made),
            None => return layer.go_dark(),
        }
    }
}

/// The amounts to try: what the rule asks, else one.
pub(super) fn amounts(needs: i64) -> Vec<i64> {
    if needs > 1 { vec![needs, 1] } else { vec![1] }
}

/// The cheapest move of a group through an arc: around a cycle, or else with all that it drags along.
pub(super) fn moved(
    layer: &Layer,
    network: &Network,
    group: &[(usize, i64)],
    arc: usize,
    search: Search<'_>,
) -> Option<(i64, Move)> {
    let made = |path: Path| Move {
        group: group.to_vec(),
        path,
        amount: search.amount,
    };
    let around = |how: How| {
        let (cost, path) = layer.cheapest(network, group, arc, Search { how, ..search })?;
        let made = made(path);
        layer.fits(network, &made).then_some((cost, made))
    };
    let how = How {
        alone: false,
        ..search.how
    };
    let careful = around(search.how);
    if !layer.counts_again || careful.as_ref().is_some_and(|(cost, _)| *cost == 0) {
        return careful;
    }
    // Together with their wholes, parts can do more than alone; and sums that stay sums can always be.
    let others = [how, How { sums: true, ..how }].map(around);
    let best = others
        .into_iter()
        .chain([careful])
        .flatten()
        .min_by_key(|(cost, _)| *cost);
    if best.is_some() {
        return best;
    }
    let dragging = [1, -1].into_iter().filter_map(|way| {
        let path = layer.dragged(network, group, arc, way, search.amount);
        let mut cost = 0;
        for &(series, sign) in group {
            cost += layer.price(series, sign, &path, search.amount, how)?;
        }
        let allowed = path.iter().all(|&(arc, _)| (search.allowed)(arc));
        let made = made(path);
        (allowed && cost < search.most && layer.fits(network, &made)).then_some((cost, made))
    });
    dragging.min_by_key(|(cost, _)| *cost)
}

/// One dimension over time: pairs of keys that change against each other, so that no total changes.
fn protect_single(layer: &mut Layer, total: &Layer, network: &Network) -> Vec<Group> {
    let mut carried = Vec::new();
    if total.dark {
        layer.go_dark();
        return carried;
    }
    for of in &total.moves {
        match carry_to_single(layer, total, network, of) {
            Some(group) => carried.push(group),
            None => {
                layer.go_dark();
                return carried;
            }
        }
    }
    while let Some((series, arc, needs)) = layer.next_open() {
        let found = amounts(needs)
            .into_iter()
            .flat_map(|amount| [(amount, How::STRICT), (amount, How::LOOSE)])
            .find_map(|(amount, how)| against_another(layer, network, (series, arc), amount, how));
        if let Some(made) = found {
            layer.record(made);
        } else if !with_total(layer, total, network, (series, arc)) {
            layer.go_dark();
            break;
        }
    }
    carried
}

/// Lets a cell carry a change of the total by itself.
fn with_total(layer: &mut Layer, total: &Layer, network: &Network, (series, arc): (usize, usize)) -> bool {
    How::ALL.into_iter().any(|how| {
        total
            .moves
            .iter()
            .filter(|of| of.path.iter().any(|(moved, _)| *moved == arc))
            .any(|of| {
                let made = Move {
                    group: vec![(series, 1)],
                    path: of.path.clone(),
                    amount: 1,
                };
                make(layer, network, made, how).is_some()
            })
    })
}

/// Keys that carry a change of the total; none where the cells are no sum.
fn carry_to_single(layer: &mut Layer, total: &Layer, network: &Network, of: &Move) -> Option<Group> {
    let free = of.path.iter().all(|&(arc, _)| layer.is_line_free(0, 0, arc, of.amount));
    // A total that falls takes with it whoever has all of it.
    let falls = |series: usize| {
        of.terms()
            .any(|(_, arc, way)| way < 0 && free && layer.value(series, arc) > total.value(0, arc) - of.amount)
    };
    let falling: Group = (0..layer.series())
        .filter(|&series| falls(series))
        .map(|series| (series, 1))
        .collect();
    for how in How::ALL {
        for amount in amounts(of.amount) {
            let price = |series: usize| layer.price(series, 1, &of.path, amount, how);
            let group = if free {
                Some(falling.clone())
            } else {
                let cheapest = (0..layer.series())
                    .filter_map(|series| Some((price(series)?, series)))
                    .min();
                cheapest.map(|(_, series)| vec![(series, 1)])
            };
            let made = group.map(|group| Move {
                group,
                path: of.path.clone(),
                amount,
            });
            if let Some(group) = made.and_then(|made| make(layer, network, made, how)) {
                return Some(group);
            }
        }
    }
    None
}

/// Makes a move that a margin asks for, if the cells can.
pub(super) fn make(layer: &mut Layer, network: &Network, made: Move, how: How) -> Option<Group> {
    let can = |&(series, sign): &(usize, i64)| layer.price(series, sign, &made.path, made.amount, how).is_some();
    (made.group.iter().all(can) && layer.fits(network, &made)).then(|| {
        layer.make(&made);
        made.group
    })
}

/// The cheapest move of a cell against one other key, or of the cell alone where the cells are no sum.
fn against_another(
    layer: &Layer,
    network: &Network,
    (series, arc): (usize, usize),
    amount: i64,
    how: How,
) -> Option<Move> {
    let mut best: Option<(i64, Move)> = None;
    let mut consider = |group: Group, allowed: &dyn Fn(usize) -> bool| {
        let most = best.as_ref().map_or(i64::MAX, |(cost, _)| *cost);
        let search = Search {
            amount,
            allowed,
            how,
            most,
        };
        if let Some(found) = moved(layer, network, &group, arc, search) {
            best = Some(found);
        }
        best.as_ref().map(|(cost, _)| *cost)
    };
    if consider(vec![(series, 1)], &|arc| layer.is_line_free(0, series, arc, amount)) == Some(0) {
        return best.map(|(_, made)| made);
    }
    // Those that cost least there come first, and once one will do the dear ones need not be tried.
    let how_there = How { alone: false, ..how };
    let mut others: Vec<(i64, usize)> = (0..layer.series())
        .filter(|&other| other != series)
        .filter_map(|other| {
            let ways = [-1, 1].map(|way| layer.cost(other, arc, way, amount, how_there));
            ways.into_iter().flatten().min().map(|cost| (cost, other))
        })
        .collect();
    others.sort_unstable();
    for (tried, (_, other)) in others.into_iter().enumerate() {
        let cost = consider(vec![(series, 1), (other, -1)], &|_| true);
        if cost == Some(0) || (cost.is_some() && tried >= NEAREST) {
            break;
        }
    }
    best.map(|(_, made)| made)
}
