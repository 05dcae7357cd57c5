//! Counting a measure: its definition of `docs/figures.md` §2 over the arrays.

use std::ops::Range;

use domain::{
    Axis as SystemAxis, Baseline, Dimension, Measure, PAID_MORE_THAN_CENTS, PartnershipId, Period, RawSystem,
    SystemCount,
};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::axis::{Axis, Fact, Of};
use crate::calendar::{Calendar, OUTSIDE};
use crate::cheque::ChequeKind;
use crate::day::{self, Day, NEVER, number};
use crate::dictionary::{NONE, at};
use crate::members::In;
use crate::store::{Facts, HolderRow};
use crate::tally::{Mode, Tally};

/// Minutes of the participation track: 40 hours.
const TRACK_MINUTES: u64 = 40 * 60;

/// Whoever stays, stays within this many days of the first visit.
const STAY_DAYS: Day = 180;

/// Fewer visits than this are counted faster by one thread.
const WORTH_A_THREAD: usize = 100_000;

/// A question.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// What is counted.
    pub measure: Measure,
    /// None, one or two dimensions; not months, which are periods.
    pub by: &'a [Dimension],
    /// Only what is of this partnership.
    pub partnership: Option<PartnershipId>,
    /// [`Period::grid`], or one free range.
    pub periods: &'a [Period],
    /// Passes that are valid "now" are valid on this day.
    pub today: Date,
}

/// What all threads share.
struct Plan<'a> {
    ask: &'a Ask<'a>,
    facts: &'a Facts,
    calendar: Calendar,
    axes: Vec<Axis>,
    /// Keys and the total, of each axis.
    widths: Vec<usize>,
    /// Empty: everybody is in.
    members: Vec<In>,
    mode: Mode,
}

impl Facts {
    /// Counts a measure over all periods at once. `None` where the measure does not have one of the dimensions, or there are
    /// more than two, or one twice.
    #[must_use]
    pub fn count(&self, ask: &Ask<'_>) -> Option<RawSystem> {
        let twice = matches!(ask.by, [one, other] if one == other);
        if ask.by.len() > 2 || twice || ask.by.iter().any(|dimension| !ask.measure.splits_by(*dimension)) {
            return None;
        }
        let of = if ask.measure.is_of_visits() {
            Of::Visits
        } else {
            Of::Others
        };
        let axes: Option<Vec<Axis>> = ask
            .by
            .iter()
            .map(|dimension| Axis::new(self, *dimension, of, ask.partnership))
            .collect();
        let axes = axes?;
        let first = ask
            .periods
            .iter()
            .filter(|period| period.kind() != domain::PeriodKind::Project);
        let first = first.clone().map(|period| number(period.first())).min()?;
        let last = number(ask.today).max(first);
        let mut members = self
            .members
            .filter(ask.partnership, self.municipalities.keys().len(), first, last);
        if members.iter().all(|member| matches!(member, In::Always)) {
            members.clear();
        }
        let plan = Plan {
            ask,
            facts: self,
            calendar: Calendar::new(ask.periods, first, last),
            widths: axes.iter().map(|axis| axis.keys.len() + 1).collect(),
            members,
            mode: mode(ask.measure),
            axes,
        };
        let counts = plan.count();
        Some(plan.system(&counts))
    }
}

const fn mode(measure: Measure) -> Mode {
    match measure {
        Measure::WouldHavePaidMore => Mode::Reaching(PAID_MORE_THAN_CENTS + 1),
        Measure::Practice40 => Mode::Reaching(TRACK_MINUTES),
        // A pass is not a person: a replacement is a pass as well.
        Measure::PassesIssued | Measure::PassesActive => Mode::Sum,
        // One fact a holder, 1 or 0: the people are those who started.
        Measure::NewToLeisure => Mode::Sum,
        _ if measure.counts_people() => Mode::People,
        _ => Mode::Sum,
    }
}

impl Plan<'_> {
    fn cells(&self) -> usize {
        self.widths.iter().product()
    }

    /// By period and cell, over all holders: in as many parts as there are cores.
    fn count(&self) -> Vec<SystemCount> {
        let holders = self.facts.holders.len();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let parts = if self.facts.size().1 < WORTH_A_THREAD {
            1
        } else {
            cores.min(8)
        };
        let part = holders.div_ceil(parts).max(1);
        let mut parts: Vec<Range<usize>> = (0..parts)
            .map(|n| (n * part).min(holders)..((n + 1) * part).min(holders))
            .collect();
        let own = parts.pop().unwrap_or(0..0);
        std::thread::scope(|threads| {
            let others: Vec<_> = parts
                .into_iter()
                .map(|part| threads.spawn(|| self.part(part)))
                .collect();
            let mut counts = self.part(own);
            for other in others {
                // A thread that failed did so by a fault of ours: its panic goes on here.
                let other = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                for (count, more) in counts.iter_mut().zip(other) {
                    count.people += more.people;
                    count.value += more.value;
                }
            }
            counts
        })
    }

    fn part(&self, holders: Range<usize>) -> Vec<SystemCount> {
        let measure = self.ask.measure;
        if measure == Measure::PassesActive {
            return self.passes_active(holders);
        }
        let mut tally = Tally::new(&self.calendar, self.mode, self.cells());
        let rows = self.facts.holders.get(holders.clone()).unwrap_or_default();
        for (place, holder) in holders.zip(rows) {
            let place = u32::try_from(place).unwrap_or(NONE);
            match measure {
                _ if measure.is_of_visits() => self.visits(&mut tally, place, holder),
                Measure::PassesIssued => {
                    for pass in self.facts.passes.get(holder.passes.range()).unwrap_or_default() {
                        self.of_holder(&mut tally, place, holder, pass.issued, 1);
                    }
                }
                _ => match cheques(measure) {
                    Some(kind) => self.cheques(&mut tally, place, holder, kind),
                    None => self.route(&mut tally, place, holder),
                },
            }
        }
        tally.finish()
    }

    fn visits(&self, tally: &mut Tally<'_>, place: u32, holder: &HolderRow) {
        let visits = &self.facts.visits;
        let mut span = holder.visits.range();
        if span.is_empty() {
            return;
        }
        let measure = self.ask.measure;
        match measure {
            Measure::FirstParticipants | Measure::NewToLeisure => span.end = span.start + 1,
            Measure::Sustained if !stays(visits.day.get(span.clone()).unwrap_or_default()) => return,
            _ => {}
        }
        for visit in span {
            let day = visits.day[visit];
            let slot = self.calendar.slot(day);
            let municipality = visits.municipality[visit];
            if slot == OUTSIDE || !self.is_in(municipality, day) {
                continue;
            }
            let value = match measure {
                Measure::ThresholdCents => visits.price[visit].saturating_sub(visits.pass_price[visit]),
                Measure::WouldHavePaidMore => visits.price[visit],
                Measure::PracticeMinutes | Measure::PracticeParticipants | Measure::Practice40 => {
                    if visits.taalicoon[visit] == 0 {
                        0
                    } else {
                        visits.minutes[visit]
                    }
                }
                Measure::NewToLeisure => u32::from(holder.baseline == Baseline::No),
                _ => 1,
            };
            // Who paid the same as everybody, or spoke no minute of Dutch, is not behind the sum. But "new to leisure" is
            // said of those who started, and "would have paid more" of those who came.
            if value == 0 && !matches!(measure, Measure::NewToLeisure | Measure::WouldHavePaidMore) {
                continue;
            }
            let fact = Fact {
                holder: place,
                day,
                municipality,
                visit,
                organiser: NONE,
            };
            self.add(tally, slot, &fact, u64::from(value));
        }
    }

    /// Whether a municipality is in the partnership asked about.
    fn is_in(&self, municipality: u16, day: Day) -> bool {
        self.members.is_empty()
            || self
                .members
                .get(usize::from(municipality))
                .is_some_and(|member| member.on(day))
    }

    /// Something of a holder's own, on a day.
    fn of_holder(&self, tally: &mut Tally<'_>, place: u32, holder: &HolderRow, day: Day, value: u64) {
        let slot = self.calendar.slot(day);
        if slot != OUTSIDE && self.is_in(holder.municipality, day) {
            let fact = Self::fact_of(place, holder, day);
            self.add(tally, slot, &fact, value);
        }
    }

    const fn fact_of(place: u32, holder: &HolderRow, day: Day) -> Fact {
        Fact {
            holder: place,
            day,
            municipality: holder.municipality,
            visit: usize::MAX,
            organiser: NONE,
        }
    }

    fn cheques(&self, tally: &mut Tally<'_>, place: u32, holder: &HolderRow, kind: ChequeKind) {
        let measure = self.ask.measure;
        for cheque in self.facts.cheques.get(holder.cheques.range()).unwrap_or_default() {
            let slot = self.calendar.slot(cheque.day);
            let counts = cheque.kind == kind && (measure != Measure::ChequesFirstVisitors || cheque.first_visit);
            if !counts || slot == OUTSIDE || !self.is_in(cheque.municipality, cheque.day) {
                continue;
            }
            let value = if measure == Measure::ChequesRedeemedCents {
                cheque.cents
            } else {
                cheque.pieces
            };
            let fact = Fact {
                municipality: cheque.municipality,
                organiser: cheque.organiser,
                ..Self::fact_of(place, holder, cheque.day)
            };
            self.add(tally, slot, &fact, u64::from(value));
        }
    }

    /// The funnel and the cohorts: holders by the day of their first pass.
    fn route(&self, tally: &mut Tally<'_>, place: u32, holder: &HolderRow) {
        let passes = self.facts.passes.get(holder.passes.range()).unwrap_or_default();
        let Some(issued) = passes.first().map(|pass| pass.issued) else {
            return;
        };
        let visits = self.facts.visits.day.get(holder.visits.range()).unwrap_or_default();
        let retained = |months: i32| {
            let then = day::date(issued).and_then(|issued| issued.checked_add(months.months()).ok());
            let then = then.map_or(NEVER, number);
            visits.last().is_some_and(|last| *last >= then)
        };
        let counts = match self.ask.measure {
            Measure::FunnelIssued => true,
            Measure::FunnelActivated => !visits.is_empty() || passes.iter().any(|pass| pass.activated != NEVER),
            Measure::FunnelFirst => !visits.is_empty(),
            Measure::FunnelThird => visits.len() >= 3,
            Measure::FunnelMember => holder.member_on != NEVER,
            Measure::Retained1 => retained(1),
            Measure::Retained3 => retained(3),
            Measure::Retained6 => retained(6),
            Measure::Retained12 => retained(12),
            _ => false,
        };
        if counts {
            self.of_holder(tally, place, holder, issued, 1);
        }
    }

    /// Passes valid on the last day of each period, or today in one that runs.
    fn passes_active(&self, holders: Range<usize>) -> Vec<SystemCount> {
        let cells = self.cells();
        let today = number(self.ask.today);
        let of_periods: Vec<Option<Day>> = (self.ask.periods.iter())
            .map(|period| (number(period.first()) <= today).then(|| number(period.last()).min(today)))
            .collect();
        // A quarter ends with a month: each day is counted once.
        let mut days: Vec<Day> = of_periods.iter().flatten().copied().collect();
        days.sort_unstable();
        days.dedup();
        let mut counts = vec![SystemCount::default(); cells * days.len()];
        let mut seen = vec![NONE; cells * days.len()];
        let lasting = !self.axes.iter().any(Axis::changes_with_time);
        let mut own = Vec::new();
        let rows = self.facts.holders.get(holders.clone()).unwrap_or_default();
        for (place, holder) in holders.zip(rows) {
            let place = u32::try_from(place).unwrap_or(NONE);
            if lasting {
                own.clear();
                self.each_cell(&Self::fact_of(place, holder, 0), |cell| own.push(cell));
            }
            for pass in self.facts.passes.get(holder.passes.range()).unwrap_or_default() {
                let from = days.partition_point(|day| *day < pass.issued.max(pass.from));
                let until = days.partition_point(|day| *day <= pass.until && *day < pass.ended);
                for (number, day) in days.iter().enumerate().take(until).skip(from) {
                    if !self.is_in(holder.municipality, *day) {
                        continue;
                    }
                    if !lasting {
                        own.clear();
                        self.each_cell(&Self::fact_of(place, holder, *day), |cell| own.push(cell));
                    }
                    for cell in &own {
                        let cell = number * cells + cell;
                        counts[cell].value += 1;
                        counts[cell].people += u64::from(seen[cell] != place);
                        seen[cell] = place;
                    }
                }
            }
        }
        let table = |day: Option<Day>| {
            let number = day.and_then(|day| days.binary_search(&day).ok());
            number.and_then(|number| counts.get(number * cells..(number + 1) * cells))
        };
        let nothing = vec![SystemCount::default(); cells];
        let tables = of_periods.iter().map(|day| table(*day).unwrap_or(&nothing));
        tables.flatten().copied().collect()
    }

    fn add(&self, tally: &mut Tally<'_>, slot: u16, fact: &Fact, value: u64) {
        self.each_cell(fact, |cell| tally.add(fact.holder, slot, cell, value));
    }

    /// The cells of a fact, totals included, none twice.
    #[inline]
    fn each_cell(&self, fact: &Fact, mut each: impl FnMut(usize)) {
        match (self.axes.as_slice(), self.widths.as_slice()) {
            ([axis], [width]) => {
                for key in axis.of(fact, self.facts, &self.calendar) {
                    each(at(*key));
                }
                each(width - 1);
            }
            ([rows, columns], [height, width]) => {
                let (total_row, total) = ((height - 1) * width, width - 1);
                let of_columns = columns.of(fact, self.facts, &self.calendar);
                for row in rows.of(fact, self.facts, &self.calendar) {
                    let row = at(*row) * width;
                    for column in of_columns {
                        each(row + at(*column));
                    }
                    each(row + total);
                }
                for column in of_columns {
                    each(total_row + at(*column));
                }
                each(total_row + total);
            }
            _ => each(0),
        }
    }

    /// The system, with the keys that have anything or that people look for.
    fn system(&self, counts: &[SystemCount]) -> RawSystem {
        let cells = self.cells();
        let kept: Vec<Vec<usize>> = (0..self.axes.len()).map(|axis| self.kept(axis, counts)).collect();
        let axes = self
            .axes
            .iter()
            .zip(&kept)
            .zip(self.ask.by)
            .map(|((axis, kept), dimension)| SystemAxis {
                dimension: *dimension,
                keys: kept.iter().filter_map(|key| axis.keys.get(*key).cloned()).collect(),
            });
        let mut system = RawSystem::new(self.ask.measure, axes.collect(), self.ask.periods.to_vec());
        // Where each cell of the smaller table lies in the larger.
        let mut places = vec![0];
        for (kept, width) in kept.iter().zip(&self.widths) {
            let keys: Vec<usize> = kept.iter().copied().chain([width - 1]).collect();
            places = places
                .iter()
                .flat_map(|place| keys.iter().map(move |key| place * width + key))
                .collect();
        }
        for period in 0..self.ask.periods.len() {
            let table = counts.get(period * cells..(period + 1) * cells).unwrap_or_default();
            for (cell, place) in system.table_mut(period).iter_mut().zip(&places) {
                *cell = table.get(*place).copied().unwrap_or_default();
            }
        }
        system
    }

    /// The keys of an axis that stay.
    fn kept(&self, axis: usize, counts: &[SystemCount]) -> Vec<usize> {
        let Some(Axis { keys, stay, .. }) = self.axes.get(axis) else {
            return Vec::new();
        };
        // A key's total over the other axis is zero only if all of its cells are.
        let total = |key: usize| match (self.widths.as_slice(), axis) {
            ([height, width], 1) => (height - 1) * width + key,
            ([_, width], _) => key * width + width - 1,
            _ => key,
        };
        let cells = self.cells();
        let counted = |key: usize| {
            let cell = total(key);
            let mut tables = counts.chunks_exact(cells.max(1));
            tables.any(|table| table.get(cell).is_some_and(|count| !count.is_zero()))
        };
        let all = keys.iter().enumerate();
        let all = all.filter(|(key, text)| stay.contains(*text) || counted(*key));
        all.map(|(key, _)| key).collect()
    }
}

/// Whether somebody with visits on these days, in order, stayed: three of them, in two calendar months, within 180 days of
/// the first.
fn stays(days: &[Day]) -> bool {
    let Some(first) = days.first() else { return false };
    let within = days.partition_point(|day| *day - first <= STAY_DAYS);
    let month = |day: Option<&Day>| {
        day.and_then(|day| day::date(*day))
            .map(|date| (date.year(), date.month()))
    };
    within >= 3 && month(days.first()) != month(days.get(within - 1))
}

const fn cheques(measure: Measure) -> Option<ChequeKind> {
    Some(match measure {
        Measure::ChequesIssued => ChequeKind::Issued,
        Measure::ChequesActivated => ChequeKind::Activated,
        Measure::ChequesRedeemed | Measure::ChequesRedeemedCents | Measure::ChequesFirstVisitors => {
            ChequeKind::Redeemed
        }
        Measure::ChequesExpired => ChequeKind::Expired,
        Measure::ChequesReversed => ChequeKind::Reversed,
        Measure::ChequesOfflineLoss => ChequeKind::OfflineLoss,
        _ => return None,
    })
}
