//! All tables that the product publishes of one measure by the same dimensions: what one look at disclosure control has to
//! see at once, because each of them could give away what another hides.

use std::fmt;

use crate::figures::{Dimension, Measure, Period};

/// A count on its way through: how many people are behind a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Distinct people: what *k* counts.
    pub people: u64,
    /// The measure itself.
    pub value: u64,
}

impl Count {
    /// Nothing was counted: shown as 0, for a zero says nothing about anybody.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.people == 0 && self.value == 0
    }
}

/// The keys of one dimension, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// The dimension.
    pub dimension: Dimension,
    /// Its keys; those in which nothing was counted too, where people look for them (all municipalities).
    pub keys: Vec<String>,
}

/// The counts before disclosure control, for each period of the grid: the cells, the totals over each axis, the whole.
///
/// Deliberately neither `Serialize` nor open: it cannot reach a page, a file or an API answer. A total is counted by itself:
/// for distinct people, and where one visit has several partners, it may be less than the sum of its cells.
#[derive(Clone, PartialEq, Eq)]
pub struct RawSystem {
    measure: Measure,
    axes: Vec<Axis>,
    periods: Vec<Period>,
    /// By period, then by the keys of the first axis and its total (last), then of the second.
    counts: Vec<Count>,
}

impl RawSystem {
    /// A system in which nothing is counted. `axes`: none, one or two.
    #[must_use]
    pub fn new(measure: Measure, axes: Vec<Axis>, periods: Vec<Period>) -> Self {
        let cells: usize = axes.iter().map(|axis| axis.keys.len() + 1).product();
        let counts = vec![Count::default(); cells * periods.len()];
        Self {
            measure,
            axes,
            periods,
            counts,
        }
    }

    /// What is counted.
    #[must_use]
    pub const fn measure(&self) -> Measure {
        self.measure
    }

    /// The dimensions with their keys.
    #[must_use]
    pub fn axes(&self) -> &[Axis] {
        &self.axes
    }

    /// The periods, each a table.
    #[must_use]
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// Cells a period, totals included.
    #[must_use]
    pub fn stride(&self) -> usize {
        self.axes.iter().map(|axis| axis.keys.len() + 1).product()
    }

    /// The place of a cell in its period; `None` in `at` is the total over that axis.
    #[must_use]
    pub fn place(&self, at: &[Option<usize>]) -> usize {
        self.axes.iter().zip(at).fold(0, |place, (axis, key)| {
            place * (axis.keys.len() + 1) + key.unwrap_or(axis.keys.len())
        })
    }

    /// The keys of a place: [`RawSystem::place`] the other way round.
    pub(super) fn at(&self, mut place: usize) -> Vec<Option<usize>> {
        let mut at: Vec<Option<usize>> = (self.axes.iter().rev())
            .map(|axis| {
                let key = place % (axis.keys.len() + 1);
                place /= axis.keys.len() + 1;
                (key < axis.keys.len()).then_some(key)
            })
            .collect();
        at.reverse();
        at
    }

    /// The counts of one period, by [`RawSystem::place`].
    #[must_use]
    pub fn table(&self, period: usize) -> &[Count] {
        let stride = self.stride();
        self.counts
            .get(period * stride..(period + 1) * stride)
            .unwrap_or_default()
    }

    /// The same with what may be shown of it: values as `counts` keeps its counts.
    pub(super) fn publish(&self, k: u64, values: Vec<Option<u64>>) -> Published {
        Published {
            measure: self.measure,
            axes: self.axes.clone(),
            periods: self.periods.clone(),
            k,
            values,
        }
    }

    /// As [`RawSystem::table`], to count in.
    pub fn table_mut(&mut self, period: usize) -> &mut [Count] {
        let stride = self.stride();
        self.counts
            .get_mut(period * stride..(period + 1) * stride)
            .unwrap_or_default()
    }
}

impl fmt::Debug for RawSystem {
    /// Without the counts: they are in no log either.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RawSystem")
            .field("measure", &self.measure)
            .field("periods", &self.periods.len())
            .field("cells", &self.stride())
            .finish_non_exhaustive()
    }
}

/// The same after disclosure control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// What is counted.
    pub measure: Measure,
    /// The dimensions with their keys.
    pub axes: Vec<Axis>,
    /// The periods, each a table.
    pub periods: Vec<Period>,
    /// The threshold that was used; 1 where nothing needed protection (one's own organiser).
    pub k: u64,
    /// As [`RawSystem`] keeps its counts; `None` is hidden.
    pub(crate) values: Vec<Option<u64>>,
}

impl Published {
    /// The value of a cell; `None` in `at` is the total over that axis. `None`: hidden. A period that is not in it, or a key
    /// that is not, has no value either: callers ask only for what they put in.
    #[must_use]
    pub fn value(&self, period: Period, at: &[Option<usize>]) -> Option<u64> {
        let stride: usize = self.axes.iter().map(|axis| axis.keys.len() + 1).product();
        let table = self.periods.iter().position(|known| *known == period)?;
        let place = self.axes.iter().zip(at).fold(0, |place, (axis, key)| {
            place * (axis.keys.len() + 1) + key.unwrap_or(axis.keys.len())
        });
        self.values.get(table * stride + place).copied().flatten()
    }

    /// The place of a key on an axis.
    #[must_use]
    pub fn key(&self, axis: usize, key: &str) -> Option<usize> {
        self.axes.get(axis)?.keys.iter().position(|known| known == key)
    }
}
