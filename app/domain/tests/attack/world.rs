//! A small world of people and visits, and everything that the product would publish about it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Axis, Dimension, Measure, Period, PeriodKind, RawSystem, SystemCount};
use jiff::civil::Date;

use crate::dice::Dice;

struct Person {
    municipality: usize,
    reason: usize,
    was_active: bool,
}

struct Visit {
    person: usize,
    day: Date,
    municipality: usize,
    /// Organisers, or partners, of which a visit may have several.
    with: Vec<usize>,
    minutes: u64,
    cents: u64,
}

/// The dimensions of the small world: one of people that may change, one of visits, one of people that never changes.
pub(crate) const DIMENSIONS: [Dimension; 3] = [Dimension::Municipality, Dimension::Partner, Dimension::NewcomerReason];

pub(crate) struct World {
    people: Vec<Person>,
    visits: Vec<Visit>,
    keys: [usize; 3],
    pub(crate) periods: Vec<Period>,
    /// Whether a visit has one partner at most.
    pub(crate) one_partner: bool,
    pub(crate) nobody_moves: bool,
}

impl World {
    pub(crate) fn new(dice: &mut Dice, most_people: usize) -> Self {
        let first = Date::new(2025, i8::try_from(1 + dice.below(12)).unwrap(), 1).unwrap();
        let months = if dice.chance(80) {
            2 + dice.below(4)
        } else {
            6 + dice.below(9)
        };
        let last = first
            .checked_add(jiff::Span::new().months(i64::try_from(months - 1).unwrap()))
            .unwrap();
        let keys = [2 + dice.below(2), 2 + dice.below(2), 2 + dice.below(2)];
        let (one_partner, nobody_moves) = (dice.chance(50), dice.chance(50));
        let people: Vec<Person> = (0..2 + dice.below(most_people - 1))
            .map(|_| Person {
                municipality: dice.below(keys[0]),
                reason: dice.below(keys[2]),
                was_active: dice.chance(40),
            })
            .collect();
        let loyal = dice.chance(50);
        let mut visits = Vec::new();
        for (person, who) in people.iter().enumerate() {
            let favourite = dice.below(keys[1]);
            let count = if loyal { 1 + dice.below(8) } else { 1 + dice.below(2) };
            for _ in 0..count {
                let month = first
                    .checked_add(jiff::Span::new().months(i64::try_from(dice.below(months)).unwrap()))
                    .unwrap();
                let moved = !nobody_moves && dice.chance(5);
                let mut with = vec![if dice.chance(70) {
                    favourite
                } else {
                    dice.below(keys[1])
                }];
                if !one_partner && dice.chance(40) {
                    with.push(dice.below(keys[1]));
                    with.sort_unstable();
                    with.dedup();
                }
                visits.push(Visit {
                    person,
                    day: month,
                    municipality: if moved { dice.below(keys[0]) } else { who.municipality },
                    with,
                    minutes: 600 * dice.below(4) as u64,
                    cents: 50 * dice.below(40) as u64,
                });
            }
        }
        visits.sort_by_key(|visit| visit.day);
        Self {
            people,
            visits,
            keys,
            periods: Period::grid(first, last),
            one_partner,
            nobody_moves,
        }
    }

    fn today(&self) -> Date {
        let months = self.periods.iter().filter(|period| period.kind() == PeriodKind::Month);
        months.map(Period::last).max().unwrap()
    }

    fn has(&self, visit: &Visit, dimension: usize, key: usize) -> bool {
        match dimension {
            0 => visit.municipality == key,
            1 => visit.with.contains(&key),
            _ => self.people[visit.person].reason == key,
        }
    }

    /// A measure over a period where these dimensions have these keys.
    fn count(&self, measure: Measure, period: &Period, at: &[(usize, usize)]) -> SystemCount {
        let matches = |visit: &&Visit| at.iter().all(|&(dimension, key)| self.has(visit, dimension, key));
        let inside = |visit: &&Visit| period.contains(visit.day);
        let mut firsts: BTreeMap<usize, &Visit> = BTreeMap::new();
        for visit in &self.visits {
            firsts.entry(visit.person).or_insert(visit);
        }
        let started: Vec<usize> = firsts
            .iter()
            .filter(|(_, visit)| inside(visit) && matches(visit))
            .map(|(person, _)| *person)
            .collect();
        let visits: Vec<&Visit> = self.visits.iter().filter(inside).filter(matches).collect();
        let people: BTreeSet<usize> = visits.iter().map(|visit| visit.person).collect();
        let sum_of = |of: fn(&Visit) -> u64| {
            let mut sums: BTreeMap<usize, u64> = BTreeMap::new();
            for visit in &visits {
                *sums.entry(visit.person).or_default() += of(visit);
            }
            sums
        };
        let (people, value) = match measure {
            Measure::Participations => (people.len(), visits.len() as u64),
            Measure::Participants => (people.len(), people.len() as u64),
            Measure::FirstParticipants => (started.len(), started.len() as u64),
            Measure::NewToLeisure => {
                let new = started
                    .iter()
                    .filter(|&&person| !self.people[person].was_active)
                    .count();
                (started.len(), new as u64)
            }
            Measure::ThresholdCents => (people.len(), visits.iter().map(|visit| visit.cents).sum()),
            Measure::Practice40 => {
                let minutes = sum_of(|visit| visit.minutes);
                (
                    people.len(),
                    minutes.values().filter(|&&minutes| minutes >= 2_400).count() as u64,
                )
            }
            // A pass is valid from the first visit for some months, at what the first visit says.
            _ => {
                let end = period.last().min(self.today());
                let valid = firsts.iter().filter(|(person, visit)| {
                    let until = visit
                        .day
                        .checked_add(jiff::Span::new().months(3 + (**person as i64 % 9)))
                        .unwrap();
                    visit.day <= end && end < until && matches(visit)
                });
                let valid = valid.count();
                (valid, valid as u64)
            }
        };
        SystemCount {
            people: people as u64,
            value,
        }
    }

    pub(crate) fn raw(&self, measure: Measure, dimensions: &[usize]) -> RawSystem {
        let axes: Vec<Axis> = dimensions
            .iter()
            .map(|&at| Axis {
                dimension: DIMENSIONS[at],
                keys: (0..self.keys[at]).map(|key| key.to_string()).collect(),
            })
            .collect();
        let mut raw = RawSystem::new(measure, axes, self.periods.clone());
        for (period, days) in self.periods.iter().enumerate() {
            for at in self.places(dimensions) {
                let place = raw.place(&at);
                let keys: Vec<(usize, usize)> = dimensions
                    .iter()
                    .zip(&at)
                    .filter_map(|(&dimension, key)| key.map(|key| (dimension, key)))
                    .collect();
                raw.table_mut(period)[place] = self.count(measure, days, &keys);
            }
        }
        raw
    }

    /// Every place of a table by these dimensions, totals (`None`) too.
    pub(crate) fn places(&self, dimensions: &[usize]) -> Vec<Vec<Option<usize>>> {
        dimensions.iter().fold(vec![Vec::new()], |places, &dimension| {
            let keys = || (0..self.keys[dimension]).map(Some).chain([None]);
            places
                .iter()
                .flat_map(|place| keys().map(move |key| place.iter().copied().chain([key]).collect()))
                .collect()
        })
    }

    pub(crate) fn keys(&self, dimension: usize) -> usize {
        self.keys[dimension]
    }
}

/// What a table shows: by period and place.
pub(crate) type Shown = BTreeMap<(usize, Vec<Option<usize>>), Option<u64>>;

/// All tables of a measure: by nothing, by each dimension, by each pair.
pub(crate) struct Tables {
    pub(crate) raw: BTreeMap<Vec<usize>, RawSystem>,
    pub(crate) shown: BTreeMap<Vec<usize>, Shown>,
}

impl Tables {
    /// `show`: what is shown at a period (by its place in the grid) and a place of a table.
    pub(crate) fn of(
        world: &World,
        measure: Measure,
        show: impl Fn(&RawSystem) -> Box<dyn Fn(usize, &[Option<usize>]) -> Option<u64> + '_>,
    ) -> Self {
        let all = [vec![], vec![0], vec![1], vec![2], vec![0, 1], vec![0, 2], vec![1, 2]];
        let raw: BTreeMap<Vec<usize>, RawSystem> = all
            .into_iter()
            .map(|by| (by.clone(), world.raw(measure, &by)))
            .collect();
        let shown = raw
            .iter()
            .map(|(by, raw)| {
                let show = show(raw);
                let cells = (0..world.periods.len())
                    .flat_map(|period| world.places(by).into_iter().map(move |at| (period, at)));
                let shown = cells.map(|(period, at)| {
                    let value = show(period, &at);
                    ((period, at), value)
                });
                (by.clone(), shown.collect())
            })
            .collect();
        Self { raw, shown }
    }
}
