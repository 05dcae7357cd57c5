//! The attacker of `docs/figures.md` §3: has every published table, knows the rule, and works out between which bounds each
//! hidden cell must lie, by linear programming over whole numbers.

use std::collections::BTreeMap;

use domain::{Dimension, Measure, Period, PeriodKind, Thresholds, is_published};
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use crate::dice::Dice;
use crate::world::{DIMENSIONS, Tables, World};

/// A cell of any table: the keys of the three dimensions (`None`: not split by it), and the period.
pub(crate) type Cell = ([Option<usize>; 3], usize);

/// More than any count of a small world.
const PLENTY: i32 = 100_000;

/// A sum of cells, with its sign, that is at least or exactly zero.
struct Fact {
    terms: Vec<(Cell, f64)>,
    exact: bool,
}

pub(crate) struct Sheet {
    shown: BTreeMap<Cell, f64>,
    hidden: BTreeMap<Cell, Hidden>,
    facts: Vec<Fact>,
}

#[derive(Clone, Copy)]
struct Hidden {
    truth: f64,
    low: i32,
    high: i32,
}

impl Sheet {
    pub(crate) fn new(world: &World, measure: Measure, thresholds: Thresholds, tables: &Tables) -> Self {
        let mut sheet = Self {
            shown: BTreeMap::new(),
            hidden: BTreeMap::new(),
            facts: Vec::new(),
        };
        for (by, shown) in &tables.shown {
            let raw = &tables.raw[by];
            for period in 0..world.periods.len() {
                for at in world.places(by) {
                    let mut keys = [None; 3];
                    for (&dimension, key) in by.iter().zip(&at) {
                        keys[dimension] = *key;
                    }
                    let truth = raw.table(period)[raw.place(&at)].value as f64;
                    let cell = (keys, period);
                    if !exists(&cell, world) {
                        assert!(shown[&(period, at.clone())].is_none());
                        continue;
                    }
                    if let Some(value) = shown[&(period, at.clone())] {
                        assert!(
                            !sheet.hidden.contains_key(&cell),
                            "{cell:?} is shown here and hidden elsewhere"
                        );
                        assert!((value as f64 - truth).abs() < 0.5);
                        sheet.shown.insert(cell, truth);
                    } else {
                        assert!(
                            !sheet.shown.contains_key(&cell),
                            "{cell:?} is hidden here and shown elsewhere"
                        );
                        sheet.hidden.insert(
                            cell,
                            Hidden {
                                truth,
                                low: 0,
                                high: PLENTY,
                            },
                        );
                    }
                }
            }
        }
        sheet.know_the_rule(measure, thresholds);
        sheet.know_the_sums(world, measure);
        sheet
    }

    /// The attacker even knows which cells are hidden for themselves: not where zeros are hidden too, for then "hidden" may
    /// mean nobody, and not where a whole table is.
    fn know_the_rule(&mut self, measure: Measure, thresholds: Thresholds) {
        let split = |keys: &[Option<usize>; 3]| keys.map(|key| key.is_some());
        let doubtful = |cell: &Cell, sheet: &Self| {
            let (keys, period) = *cell;
            let beside = sheet.hidden.iter().filter(|((others, other), hidden)| {
                hidden.truth == 0.0
                    && *other == period
                    && split(others) == split(&keys)
                    && (0..3).filter(|&at| others[at] != keys[at]).count() <= 1
            });
            let dark = !sheet.shown.keys().any(|(others, _)| split(others) == split(&keys));
            dark || beside.count() > 0
        };
        let known: Vec<(Cell, (i32, i32))> = self
            .hidden
            .iter()
            .filter(|(cell, _)| !doubtful(cell, self))
            .map(|(cell, hidden)| {
                let by: Vec<Dimension> = (0..3)
                    .filter(|&at| cell.0[at].is_some())
                    .map(|at| DIMENSIONS[at])
                    .collect();
                let k = i32::try_from(thresholds.of(&by)).unwrap();
                let bounds = match hidden.truth {
                    0.0 => (0, PLENTY),
                    truth if measure.counts_people() && truth < f64::from(k) => (1, k - 1),
                    _ if measure.counts_people() => (k, PLENTY),
                    _ => (1, PLENTY),
                };
                (*cell, bounds)
            })
            .collect();
        for (cell, (low, high)) in known {
            if let Some(hidden) = self.hidden.get_mut(&cell) {
                (hidden.low, hidden.high) = (low, high);
            }
        }
    }

    fn know_the_sums(&mut self, world: &World, measure: Measure) {
        let tables: std::collections::BTreeSet<[Option<usize>; 3]> = self
            .shown
            .keys()
            .chain(self.hidden.keys())
            .map(|(keys, _)| *keys)
            .collect();
        for keys in &tables {
            self.know_time(world, measure, *keys);
            for dimension in (0..3).filter(|&at| keys[at].is_none()) {
                let part = |key: usize| {
                    let mut part = *keys;
                    part[dimension] = Some(key);
                    part
                };
                if !tables.contains(&part(0)) {
                    continue;
                }
                let exact = match (measure, dimension) {
                    (Measure::Practice40, 0 | 1) => None,
                    (Measure::Participants, 0) => Some(world.nobody_moves),
                    (Measure::Participants, 1) => Some(false),
                    (_, 1) => Some(world.one_partner),
                    _ => Some(true),
                };
                for period in 0..world.periods.len() {
                    let parts: Vec<Cell> = (0..world.keys(dimension)).map(|key| (part(key), period)).collect();
                    self.know((*keys, period), &parts, exact);
                }
            }
        }
    }

    fn know_time(&mut self, world: &World, measure: Measure, keys: [Option<usize>; 3]) {
        let periods = &world.periods;
        if measure.is_stock() {
            let today = periods
                .iter()
                .filter(|p| p.kind() == PeriodKind::Month)
                .map(Period::last)
                .max()
                .unwrap();
            for one in 0..periods.len() {
                for other in 0..one {
                    if periods[one].last().min(today) == periods[other].last().min(today) {
                        self.know((keys, one), &[(keys, other)], Some(true));
                    }
                }
            }
            return;
        }
        let exact = match measure {
            Measure::Practice40 => None,
            Measure::Participants => Some(false),
            _ => Some(true),
        };
        for whole in 0..periods.len() {
            for cover in covers(periods, whole, exact != Some(false)) {
                let parts: Vec<Cell> = cover.iter().map(|&part| (keys, part)).collect();
                self.know((keys, whole), &parts, exact);
            }
        }
    }

    /// A whole is the sum of its parts, or at most that (`Some(false)`), or neither (`None`); never less than one of them.
    fn know(&mut self, whole: Cell, parts: &[Cell], exact: Option<bool>) {
        let known = |cell: &Cell| self.shown.contains_key(cell) || self.hidden.contains_key(cell);
        let mut terms: Vec<(Cell, f64)> = parts.iter().map(|&part| (part, 1.0)).collect();
        terms.push((whole, -1.0));
        let all = terms.iter().all(|(cell, _)| known(cell));
        // Of a sum with unknown cells, what is known of it is at most the whole.
        let rest = !all && exact == Some(true) && known(&whole);
        let few: Vec<Cell> = parts.iter().copied().filter(known).collect();
        if let (Some(exact), true) = (exact, all) {
            self.facts.push(Fact { terms, exact });
        } else if rest && !few.is_empty() {
            let terms = few.iter().map(|&part| (part, -1.0)).chain([(whole, 1.0)]).collect();
            self.facts.push(Fact { terms, exact: false });
        }
        if exact != Some(true) && known(&whole) {
            for part in few {
                self.facts.push(Fact {
                    terms: vec![(whole, 1.0), (part, -1.0)],
                    exact: false,
                });
            }
        }
    }

    /// The hidden cells whose bounds are less than one apart.
    pub(crate) fn attack(&self, dice: &mut Dice) -> Vec<(Cell, f64, f64)> {
        let mut seen: BTreeMap<Cell, (f64, f64)> = self
            .hidden
            .iter()
            .map(|(cell, hidden)| (*cell, (hidden.truth, hidden.truth)))
            .collect();
        let open = |seen: &BTreeMap<Cell, (f64, f64)>| -> Vec<Cell> {
            seen.iter()
                .filter(|(_, (low, high))| high - low < 0.999)
                .map(|(cell, _)| *cell)
                .collect()
        };
        // Any world that fits settles many cells at once; then each that is left by itself.
        for _ in 0..4 {
            let wanted = open(&seen);
            if wanted.is_empty() {
                return Vec::new();
            }
            let weights: Vec<(Cell, f64)> = wanted
                .into_iter()
                .map(|cell| (cell, if dice.chance(50) { 1.0 } else { -1.0 }))
                .collect();
            self.solve(&weights, &mut seen);
        }
        for cell in open(&seen) {
            for weight in [1.0, -1.0] {
                if seen[&cell].1 - seen[&cell].0 < 0.999 {
                    self.solve(&[(cell, weight)], &mut seen);
                }
            }
        }
        // That nobody was there says nothing about anybody.
        open(&seen)
            .into_iter()
            .filter(|cell| self.hidden[cell].truth > 0.0 && !self.is_shown_as_margin(cell))
            .map(|cell| (cell, seen[&cell].0, seen[&cell].1))
            .collect()
    }

    /// Whether a large cell of a table that is hidden as a whole is all there is in its row or column: then its value is
    /// shown already, as that total.
    fn is_shown_as_margin(&self, (keys, period): &Cell) -> bool {
        let split = keys.map(|key| key.is_some());
        let dark = !self
            .shown
            .keys()
            .any(|(others, _)| others.map(|key| key.is_some()) == split);
        let truth = self.hidden[&(*keys, *period)].truth;
        let mut margins = (0..3).filter(|&at| keys[at].is_some()).map(|at| {
            let mut margin = *keys;
            margin[at] = None;
            (margin, *period)
        });
        dark && margins.any(|margin| self.shown.get(&margin).is_some_and(|&value| value == truth))
    }

    pub(crate) fn counts(&self) -> (usize, usize) {
        (
            self.hidden.len(),
            self.shown.values().filter(|&&value| value > 0.0).count(),
        )
    }

    fn solve(&self, weights: &[(Cell, f64)], seen: &mut BTreeMap<Cell, (f64, f64)>) {
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let weights: BTreeMap<Cell, f64> = weights.iter().copied().collect();
        let unknowns: BTreeMap<Cell, Variable> = self
            .hidden
            .iter()
            .map(|(cell, hidden)| {
                let weight = weights.get(cell).copied().unwrap_or(0.0);
                (*cell, problem.add_integer_var(weight, (hidden.low, hidden.high)))
            })
            .collect();
        for fact in &self.facts {
            let mut known = 0.0;
            let mut terms: Vec<(Variable, f64)> = Vec::new();
            for (cell, sign) in &fact.terms {
                match unknowns.get(cell) {
                    Some(&unknown) => terms.push((unknown, *sign)),
                    None => known += sign * self.shown[cell],
                }
            }
            if !terms.is_empty() {
                let op = if fact.exact { ComparisonOp::Eq } else { ComparisonOp::Ge };
                problem.add_constraint(&terms[..], op, -known);
            }
        }
        let solution = problem.solve().unwrap().into_solution().unwrap();
        for (cell, unknown) in unknowns {
            let value = solution.var_value(unknown);
            seen.entry(cell).and_modify(|(low, high)| {
                *low = low.min(value);
                *high = high.max(value);
            });
        }
    }
}

/// Whether the product has a table with this cell at all.
fn exists((keys, period): &Cell, world: &World) -> bool {
    keys.iter().flatten().count() < 2 || is_published(&DIMENSIONS[..2], &world.periods[*period])
}

/// Every way to cover a period by shorter ones that lie in it, with no gap and no overlap.
fn covers(periods: &[Period], whole: usize, by_month: bool) -> Vec<Vec<usize>> {
    let months: Vec<usize> = (0..periods.len())
        .filter(|&at| periods[at].kind() == PeriodKind::Month && periods[whole].covers(&periods[at]))
        .collect();
    if periods[whole].kind() == PeriodKind::Month {
        return Vec::new();
    }
    if by_month {
        return vec![months];
    }
    // The months of each shorter period, as places among these.
    let shorter: Vec<(usize, usize, usize)> = (0..periods.len())
        .filter(|&at| at != whole && periods[whole].covers(&periods[at]))
        .filter_map(|at| {
            let inside = |month: &&usize| periods[at].covers(&periods[**month]);
            let first = months.iter().position(|month| inside(&month))?;
            Some((at, first, months.iter().filter(inside).count()))
        })
        .collect();
    let mut ways: Vec<Vec<Vec<usize>>> = vec![Vec::new(); months.len() + 1];
    ways[0].push(Vec::new());
    for start in 0..months.len() {
        for &(at, first, count) in &shorter {
            if first == start && ways[start + count].len() < 24 {
                let longer: Vec<Vec<usize>> = ways[start]
                    .iter()
                    .map(|way| way.iter().copied().chain([at]).collect())
                    .collect();
                ways[start + count].extend(longer);
            }
        }
    }
    ways.pop().unwrap_or_default()
}
