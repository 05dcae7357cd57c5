//! How the periods of a grid hang together, as a network: sums are nodes, periods are arcs.
//!
//! A month adds up to its quarter, that to its half-year, that to its calendar year, and all years to the project; and the
//! same month adds up to its work year, and those to the project. Two trees over the same months are a network: a month is
//! an arc from the node of its quarter to the node of its work year, a quarter one from its half-year's node to its own,
//! and the project closes the ring. In every node as much goes in as comes out. So values can only change together, around
//! a cycle: that is what a hidden value must lie on.

use jiff::civil::Date;

use crate::figures::{Measure, Period, PeriodKind};

/// A period as an arc.
#[derive(Debug, Clone, Default)]
pub(super) struct Arc {
    /// Its months, as places in the grid, the end not included; nothing where the grid has none.
    pub(super) months: (usize, usize),
    pub(super) from: usize,
    pub(super) to: usize,
    /// How much its being shown is worth against a month of as many people.
    pub(super) weight: i64,
}

/// A sum: what goes in is what comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node {
    /// The period that is the sum.
    pub(super) whole: usize,
    /// Whether the whole is the arc that comes in, and its parts go out.
    pub(super) whole_comes_in: bool,
}

/// The network. Node 0 is the ground: what is there may change freely.
#[derive(Debug, Clone)]
pub(super) struct Network {
    pub(super) arcs: Vec<Arc>,
    /// By node, without the ground.
    pub(super) nodes: Vec<Node>,
    /// Arcs at each node, the ground too.
    pub(super) at: Vec<Vec<usize>>,
    /// Arcs by their first month.
    by_start: Vec<usize>,
    /// For each period of the grid the arc that has its values: of a stock, several periods end on one day.
    pub(super) arc_of: Vec<usize>,
    /// For each arc a period that has its values.
    pub(super) period_of: Vec<usize>,
}

/// Where what may change freely goes.
pub(super) const GROUND: usize = 0;

impl Network {
    /// `today`: the last day of the last month of the grid, where periods that run have got to.
    pub(super) fn new(periods: &[Period], measure: Measure, today: Option<Date>) -> Self {
        if measure.is_stock() {
            return Self::of_stock(periods, today);
        }
        let mut network = Self::loose((0..periods.len()).collect(), (0..periods.len()).collect(), periods);
        for by_work_year in [false, true] {
            for whole in 0..periods.len() {
                let parts = parts(periods, whole, by_work_year);
                if parts.is_empty() {
                    continue;
                }
                network.nodes.push(Node {
                    whole,
                    whole_comes_in: !by_work_year,
                });
                let node = network.nodes.len();
                // The calendar's sums go down from the project to the months, the work years' up again.
                if by_work_year {
                    network.arcs[whole].from = node;
                } else {
                    network.arcs[whole].to = node;
                }
                for part in parts {
                    if by_work_year {
                        network.arcs[part].to = node;
                    } else {
                        network.arcs[part].from = node;
                    }
                }
            }
        }
        network.join();
        network
    }

    /// Arcs that hang together with nothing.
    fn loose(arc_of: Vec<usize>, period_of: Vec<usize>, periods: &[Period]) -> Self {
        let months: Vec<&Period> = periods
            .iter()
            .filter(|period| period.kind() == PeriodKind::Month)
            .collect();
        let arcs: Vec<Arc> = period_of
            .iter()
            .map(|&period| {
                let first = months
                    .iter()
                    .position(|month| periods[period].covers(month))
                    .unwrap_or(0);
                let count = months.iter().filter(|month| periods[period].covers(month)).count();
                Arc {
                    months: (first, first + count),
                    weight: weight(periods[period].kind()),
                    ..Arc::default()
                }
            })
            .collect();
        let mut by_start: Vec<usize> = (0..arcs.len()).collect();
        by_start.sort_by_key(|&arc| arcs[arc].months);
        Self {
            arcs,
            by_start,
            nodes: Vec::new(),
            at: Vec::new(),
            arc_of,
            period_of,
        }
    }

    /// A stock: the periods that end on one day (today, where they run) have one value, and nothing adds up.
    fn of_stock(periods: &[Period], today: Option<Date>) -> Self {
        let ends = |period: &Period| today.map_or(period.last(), |today| period.last().min(today));
        let mut period_of: Vec<usize> = Vec::new();
        let arc_of = (0..periods.len())
            .map(|period| {
                let same = |&other: &usize| ends(&periods[other]) == ends(&periods[period]);
                period_of.iter().position(same).unwrap_or_else(|| {
                    period_of.push(period);
                    period_of.len() - 1
                })
            })
            .collect();
        let mut network = Self::loose(arc_of, period_of, periods);
        network.join();
        network
    }

    fn join(&mut self) {
        self.at = vec![Vec::new(); self.nodes.len() + 1];
        for (arc, Arc { from, to, .. }) in self.arcs.iter().enumerate() {
            self.at[*from].push(arc);
            if from != to {
                self.at[*to].push(arc);
            }
        }
    }

    /// The least that shorter periods which cover a longer one add up to.
    pub(super) fn least_cover(&self, whole: usize, value: impl Fn(usize) -> i64) -> Option<i64> {
        let (start, end) = self.arcs[whole].months;
        let inside = |arc: &&usize| {
            let (first, last) = self.arcs[**arc].months;
            start <= first && last <= end && first < last && last - first < end - start
        };
        let parts = self.by_start.iter().copied().filter(|arc| inside(&arc));
        let mut least: Vec<Option<i64>> = vec![None; end - start + 1];
        least[0] = Some(0);
        for arc in parts {
            let (first, last) = self.arcs[arc].months;
            // Whoever covers more covers this start as well.
            let before = least[first - start..].iter().flatten().min().copied();
            if let Some(sum) = before.map(|before| before + value(arc)) {
                let known = &mut least[last - start];
                *known = Some(known.map_or(sum, |known| known.min(sum)));
            }
        }
        least[end - start]
    }

    /// The parts of a node's sum.
    pub(super) fn parts_of(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let whole = self.nodes[node - 1].whole;
        self.at[node].iter().copied().filter(move |&arc| arc != whole)
    }
}

/// The work year and the project are what reports are about, half-years what one form asks for.
const fn weight(kind: PeriodKind) -> i64 {
    match kind {
        PeriodKind::Month | PeriodKind::Quarter | PeriodKind::Range => 1,
        PeriodKind::HalfYear | PeriodKind::CalendarYear => 2,
        PeriodKind::WorkYear => 4,
        PeriodKind::Project => 8,
    }
}

/// The largest periods of one tree that lie in a whole of that tree.
fn parts(periods: &[Period], whole: usize, by_work_year: bool) -> Vec<usize> {
    use PeriodKind::{CalendarYear, HalfYear, Month, Project, Quarter, WorkYear};
    let kinds: &[PeriodKind] = match (periods[whole].kind(), by_work_year) {
        (Project, true) => &[WorkYear, Month],
        (WorkYear, true) => &[Month],
        (Project, false) => &[CalendarYear, HalfYear, Quarter, Month],
        (CalendarYear, false) => &[HalfYear, Quarter, Month],
        (HalfYear, false) => &[Quarter, Month],
        (Quarter, false) => &[Month],
        _ => &[],
    };
    let of_kind = |kind: PeriodKind| {
        (0..periods.len()).filter(move |&at| periods[at].kind() == kind && periods[whole].covers(&periods[at]))
    };
    kinds
        .iter()
        .map(|&kind| of_kind(kind).collect::<Vec<_>>())
        .find(|parts| !parts.is_empty())
        .unwrap_or_default()
}
