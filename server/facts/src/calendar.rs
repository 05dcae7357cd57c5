//! From a day to all periods that it lies in.

use domain::{Period, PeriodKind};

use crate::day::{Day, number};

/// No period: a day outside all of them.
pub(crate) const OUTSIDE: u16 = u16::MAX;

/// The kinds of periods above the month.
pub(crate) const LEVELS: usize = 5;

const KINDS: [PeriodKind; LEVELS] = [
    PeriodKind::Quarter,
    PeriodKind::HalfYear,
    PeriodKind::CalendarYear,
    PeriodKind::WorkYear,
    PeriodKind::Project,
];

/// The periods asked about: the shortest, which do not overlap (months, or one free range), and those made of them.
#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    first: Day,
    /// By the day since the first: the place of its shortest period.
    slots: Vec<u16>,
    /// By the day since the first.
    years: Vec<i16>,
    /// The shortest periods, as places in the list of periods.
    pub(crate) shortest: Vec<usize>,
    /// By the place of a shortest period: the places, in the list of periods, of those that it lies in.
    pub(crate) above: Vec<[Option<usize>; LEVELS]>,
    /// How many periods.
    pub(crate) count: usize,
}

impl Calendar {
    /// Of the periods, which are a grid or a single one; only days from `first` to `last` matter.
    pub(crate) fn new(periods: &[Period], first: Day, last: Day) -> Self {
        let months: Vec<usize> = places(periods, |period| period.kind() == PeriodKind::Month);
        let shortest = if months.is_empty() {
            places(periods, |_| true)
        } else {
            months
        };
        let mut slots = vec![OUTSIDE; usize::try_from(i64::from(last) - i64::from(first) + 1).unwrap_or(0)];
        for (slot, place) in shortest.iter().enumerate() {
            let Some(period) = periods.get(*place) else { continue };
            let (from, until) = (number(period.first()).max(first), number(period.last()).min(last));
            for day in from..=until {
                if let Some(cell) = usize::try_from(day - first).ok().and_then(|at| slots.get_mut(at)) {
                    *cell = u16::try_from(slot).unwrap_or(OUTSIDE);
                }
            }
        }
        let above = shortest.iter().map(|place| {
            let mut levels = [None; LEVELS];
            let Some(short) = periods.get(*place) else {
                return levels;
            };
            for (level, kind) in levels.iter_mut().zip(KINDS) {
                *level = periods
                    .iter()
                    .position(|period| period != short && period.kind() == kind && period.covers(short));
            }
            levels
        });
        let years = (first..=last).map(|day| crate::day::date(day).map_or(0, jiff::civil::Date::year));
        Self {
            first,
            slots,
            years: years.collect(),
            above: above.collect(),
            shortest,
            count: periods.len(),
        }
    }

    /// The shortest period of a day; [`OUTSIDE`] of all.
    pub(crate) fn slot(&self, day: Day) -> u16 {
        let place = usize::try_from(day.wrapping_sub(self.first)).ok();
        place.and_then(|at| self.slots.get(at).copied()).unwrap_or(OUTSIDE)
    }

    /// The calendar year of a day.
    pub(crate) fn year(&self, day: Day) -> i16 {
        let place = usize::try_from(day.wrapping_sub(self.first)).ok();
        match place.and_then(|at| self.years.get(at)) {
            Some(year) => *year,
            None => crate::day::date(day).map_or(0, jiff::civil::Date::year),
        }
    }
}

fn places(periods: &[Period], wanted: impl Fn(&Period) -> bool) -> Vec<usize> {
    let matching = periods.iter().enumerate().filter(|(_, period)| wanted(period));
    matching.map(|(place, _)| place).collect()
}
