//! The counting itself: one pass in order of holders and time, distinct people without a set.
//!
//! Each cell remembers which holder it saw last, and in which of the shortest periods. As a holder's facts come in order of
//! time, a cell that sees the same holder in the same month again has nobody new, in any period; in another month, it has
//! somebody new in exactly those periods (quarter, half-year …) that the two months do not share.

use domain::SystemCount;

use crate::calendar::{Calendar, LEVELS};

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The sum of what is added.
    Sum,
    /// People.
    People,
    /// People whose own sum in the period reaches this, among the people who have any.
    Reaching(u64),
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    holder: u32,
    slot: u16,
}

const NOBODY: Seen = Seen {
    holder: u32::MAX,
    slot: u16::MAX,
};

/// Sums of the holder a cell saw last: of the shortest period, then of each above.
type Sums = [u64; LEVELS + 1];

/// Counts by period and cell.
#[derive(Debug)]
pub(crate) struct Tally<'c> {
    calendar: &'c Calendar,
    mode: Mode,
    cells: usize,
    counts: Vec<SystemCount>,
    seen: Vec<Seen>,
    sums: Vec<Sums>,
}

impl<'c> Tally<'c> {
    pub(crate) fn new(calendar: &'c Calendar, mode: Mode, cells: usize) -> Self {
        let sums = if matches!(mode, Mode::Reaching(_)) { cells } else { 0 };
        Self {
            calendar,
            mode,
            cells,
            counts: vec![SystemCount::default(); cells * calendar.count],
            seen: vec![NOBODY; cells],
            sums: vec![[0; LEVELS + 1]; sums],
        }
    }

    /// Adds a fact of a holder to a cell. A holder's facts come together and in order of time.
    #[inline]
    pub(crate) fn add(&mut self, holder: u32, slot: u16, cell: usize, value: u64) {
        let before = self.seen[cell];
        let same = before.holder == holder;
        self.seen[cell] = Seen { holder, slot };
        if let Mode::Reaching(least) = self.mode {
            self.reach(same.then_some(before.slot), slot, cell, value, least);
        }
        let known = same && before.slot == slot;
        if known && self.mode != Mode::Sum {
            return;
        }
        let place = self.calendar.shortest[usize::from(slot)];
        let count = &mut self.counts[place * self.cells + cell];
        if self.mode == Mode::Sum {
            count.value += value;
            if known {
                return;
            }
        }
        count.people += 1;
        let above = &self.calendar.above[usize::from(slot)];
        let shared = same.then(|| &self.calendar.above[usize::from(before.slot)]);
        for (level, period) in above.iter().enumerate() {
            let Some(period) = period else { continue };
            if shared.is_none_or(|shared| shared[level] != Some(*period)) {
                self.counts[period * self.cells + cell].people += 1;
            }
        }
    }

    /// Counts a holder where its own sum reaches the least.
    fn reach(&mut self, before: Option<u16>, slot: u16, cell: usize, value: u64, least: u64) {
        let sums = &mut self.sums[cell];
        let calendar = self.calendar;
        let above = &calendar.above[usize::from(slot)];
        let shared = before.map(|before| &calendar.above[usize::from(before)]);
        let mut sum = |at: usize, period: usize, goes_on: bool| {
            let so_far = if goes_on { sums[at] } else { 0 };
            sums[at] = so_far + value;
            if so_far < least && so_far + value >= least {
                self.counts[period * self.cells + cell].value += 1;
            }
        };
        sum(0, calendar.shortest[usize::from(slot)], before == Some(slot));
        for (level, period) in above.iter().enumerate() {
            if let Some(period) = period {
                sum(
                    level + 1,
                    *period,
                    shared.is_some_and(|shared| shared[level] == Some(*period)),
                );
            }
        }
    }

    /// The counts, by period and cell.
    pub(crate) fn finish(mut self) -> Vec<SystemCount> {
        match self.mode {
            Mode::Sum => {
                for (slot, place) in self.calendar.shortest.iter().enumerate() {
                    for period in self.calendar.above[slot].iter().flatten() {
                        for cell in 0..self.cells {
                            let value = self.counts[place * self.cells + cell].value;
                            self.counts[period * self.cells + cell].value += value;
                        }
                    }
                }
            }
            Mode::People => {
                for count in &mut self.counts {
                    count.value = count.people;
                }
            }
            Mode::Reaching(_) => {}
        }
        self.counts
    }
}
