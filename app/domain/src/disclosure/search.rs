//! Moves: how hidden values can be others with nothing shown changing, and the search for the cheapest.

use super::layer::{Layer, NO_SUM};
use super::time::{GROUND, Network};

/// A set of series that move together, each up (1) or down (−1).
pub(super) type Group = Vec<(usize, i64)>;

/// Periods that move together, each up (1) or down (−1).
pub(super) type Path = Vec<(usize, i64)>;

/// A proof that hidden values can be others: all series of the group move along the path, by the amount, and nothing that
/// is shown changes.
#[derive(Debug, Clone)]
pub(super) struct Move {
    pub(super) group: Group,
    pub(super) path: Path,
    pub(super) amount: i64,
}

impl Move {
    /// Each series and arc with its direction.
    pub(super) fn terms(&self) -> impl Iterator<Item = (usize, usize, i64)> + '_ {
        self.group
            .iter()
            .flat_map(|&(series, sign)| self.path.iter().map(move |&(arc, way)| (series, arc, sign * way)))
    }
}

/// What a cell may do.
#[derive(Clone, Copy, Debug)]
pub(super) struct How {
    /// Be nobody, where a hidden zero beside it makes "hidden" mean "perhaps nobody".
    pub(super) loose: bool,
    /// Only what leaves its wholes and parts in time possible, if they stay as they are.
    pub(super) alone: bool,
    /// Keep sums in time, also where people come back.
    pub(super) sums: bool,
}

impl How {
    pub(super) const STRICT: Self = Self {
        loose: false,
        alone: true,
        sums: false,
    };
    pub(super) const LOOSE: Self = Self {
        loose: true,
        alone: true,
        sums: false,
    };
    pub(super) const ALL: [Self; 4] = [
        Self::STRICT,
        Self {
            loose: false,
            alone: false,
            sums: false,
        },
        Self::LOOSE,
        Self {
            loose: true,
            alone: false,
            sums: false,
        },
    ];
}

/// How to look for a cycle.
#[derive(Clone, Copy)]
pub(super) struct Search<'a> {
    pub(super) amount: i64,
    /// Periods that the group may move in.
    pub(super) allowed: &'a dyn Fn(usize) -> bool,
    pub(super) how: How,
    /// Nothing that costs as much is of use.
    pub(super) most: i64,
}

impl Layer {
    /// The cheapest cycle through an arc for all series of a group, in either direction.
    pub(super) fn cheapest(
        &self,
        network: &Network,
        group: &[(usize, i64)],
        arc: usize,
        search: Search<'_>,
    ) -> Option<(i64, Path)> {
        let forward = self.cheapest_one_way(network, group, arc, 1, search);
        if forward.as_ref().is_some_and(|(cost, _)| *cost == 0) {
            return forward;
        }
        let back = self.cheapest_one_way(network, group, arc, -1, search);
        [forward, back].into_iter().flatten().min_by_key(|(cost, _)| *cost)
    }

    fn group_cost(&self, group: &[(usize, i64)], arc: usize, way: i64, search: Search<'_>) -> Option<i64> {
        if !(search.allowed)(arc) {
            return None;
        }
        let mut sum = 0;
        for &(series, sign) in group {
            sum += self.cost(series, arc, sign * way, search.amount, search.how)?;
        }
        Some(sum)
    }

    /// Dijkstra over the few nodes of the network, from one end of the arc to its other.
    fn cheapest_one_way(
        &self,
        network: &Network,
        group: &[(usize, i64)],
        arc: usize,
        way: i64,
        search: Search<'_>,
    ) -> Option<(i64, Path)> {
        let first = self
            .group_cost(group, arc, way, search)
            .filter(|&cost| cost < search.most)?;
        let ends = &network.arcs[arc];
        let (start, goal) = if way > 0 {
            (ends.to, ends.from)
        } else {
            (ends.from, ends.to)
        };
        let mut best: Vec<Option<(i64, Step)>> = vec![None; self.nodes];
        let mut done = vec![false; self.nodes];
        best[start] = Some((first, Step::Start));
        loop {
            let (cost, node) = (0..self.nodes)
                .filter(|&node| !done[node])
                .filter_map(|node| best[node].map(|(cost, _)| (cost, node)))
                .min()
                .filter(|&(cost, _)| cost < search.most)?;
            if node == goal {
                return Some((cost, walk_back(&best, network, goal, (arc, way))));
            }
            done[node] = true;
            let mut reach = |next: usize, sum: i64, step: Step| {
                if !done[next] && best[next].is_none_or(|(known, _)| sum < known) {
                    best[next] = Some((sum, step));
                }
            };
            // What is no sum may change freely: through the ground.
            if node == GROUND {
                for next in 1..self.nodes {
                    if self.is_free(network, group, (next, false), search) {
                        reach(next, cost, Step::Ground(GROUND));
                    }
                }
            } else if self.is_free(network, group, (node, true), search) {
                reach(GROUND, cost, Step::Ground(node));
            }
            for &next in &network.at[node] {
                let ends = &network.arcs[next];
                let (way, end) = if ends.from == node {
                    (1, ends.to)
                } else {
                    (-1, ends.from)
                };
                if next == arc || ends.from == ends.to {
                    continue;
                }
                if let Some(step) = self.group_cost(group, next, way, search) {
                    reach(end, cost + step, Step::Arc(next, way));
                }
            }
        }
    }

    /// Whether a group may change a node's sum: leave its balance open when it comes from there (or goes there).
    fn is_free(
        &self,
        network: &Network,
        group: &[(usize, i64)],
        (node, to_ground): (usize, bool),
        search: Search<'_>,
    ) -> bool {
        let enough = if search.how.sums { NO_SUM } else { search.amount };
        let takes_room = to_ground == network.nodes[node - 1].whole_comes_in;
        group.iter().all(|&(series, sign)| {
            let gives_room = takes_room != (sign > 0);
            self.node_slack[series * self.nodes + node] >= enough
                || (self.counts_again && gives_room && !search.how.sums)
        })
    }

    /// Periods that must move with one, where nothing is a sum: longer ones that would be less than it, or shorter ones
    /// that would be more.
    pub(super) fn dragged(&self, network: &Network, group: &[(usize, i64)], arc: usize, way: i64, amount: i64) -> Path {
        let mut moved = vec![arc];
        let mut next = 0;
        while let Some(&arc) = moved.get(next) {
            next += 1;
            for &(series, sign) in group {
                let after = self.value(series, arc) + sign * way * amount;
                let dragged = (1..self.nodes).flat_map(|node| {
                    let whole = network.nodes[node - 1].whole;
                    let up = sign * way > 0 && whole != arc && network.at[node].contains(&arc);
                    let with_whole = (up && self.value(series, whole) < after).then_some(whole);
                    let down = sign * way < 0 && whole == arc;
                    let with_parts = network
                        .parts_of(node)
                        .filter(move |&part| down && self.value(series, part) > after);
                    with_whole.into_iter().chain(with_parts).collect::<Vec<_>>()
                });
                for other in dragged.collect::<Vec<_>>() {
                    if !moved.contains(&other) {
                        moved.push(other);
                    }
                }
            }
        }
        moved.into_iter().map(|arc| (arc, way)).collect()
    }
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Start,
    Arc(usize, i64),
    Ground(usize),
}

fn walk_back(best: &[Option<(i64, Step)>], network: &Network, goal: usize, first: (usize, i64)) -> Path {
    let mut path = vec![first];
    let mut node = goal;
    while let Some((_, step)) = best[node] {
        match step {
            Step::Start => break,
            Step::Ground(from) => node = from,
            Step::Arc(arc, way) => {
                path.push((arc, way));
                let ends = &network.arcs[arc];
                node = if way > 0 { ends.from } else { ends.to };
            }
        }
    }
    path
}
