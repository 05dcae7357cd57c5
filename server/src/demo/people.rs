//! Two thousand people who do not exist: where they live, since when they have a pass, and how keen they are.

use domain::local_time::from_local_datetime;
use domain::{Baseline, NewcomerReason};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::calendar::{days_between, is_school_holiday};
use super::dice::Dice;
use super::names::FIRST_NAMES;

/// NIS code and how many of a hundred holders live there: the five facility municipalities of the old project more
/// than their size, because the pass is known there.
const HOMES: [(u32, u32); 19] = [
    (23102, 12),
    (23101, 9),
    (23103, 8),
    (23100, 6),
    (23098, 7),
    (23088, 11),
    (23094, 7),
    (23016, 6),
    (23077, 6),
    (23002, 5),
    (23025, 4),
    (23099, 4),
    (23047, 4),
    (23062, 3),
    (23003, 3),
    (24104, 2),
    (23050, 1),
    (23052, 1),
    (23033, 1),
];

/// Partners as the storage seeds them, and how often they refer somebody.
const PARTNERS: [(&str, u32); 6] = [
    ("PIN", 12),
    ("vzw 'de Rand'", 7),
    ("De Horizon", 4),
    ("Kanak", 4),
    ("RISO", 3),
    ("Sportraad Sint-Genesius-Rode", 2),
];

/// How somebody uses the pass.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Habit {
    /// Has a pass and has not used it (yet).
    Never,
    /// Came once to have a look.
    Once,
    /// Comes for a while: for this many days, with this chance for each session.
    Regular {
        /// From the first visit on.
        days: i64,
        /// Chance to come to a session of a favourite.
        keen: f64,
    },
}

/// A holder of the demo.
#[derive(Debug, Clone)]
pub(super) struct Person {
    /// First name.
    pub(super) first_name: &'static str,
    /// Year of birth.
    pub(super) birth_year: i16,
    /// NIS code of the home municipality.
    pub(super) nis: u32,
    /// Why a newcomer.
    pub(super) reason: NewcomerReason,
    /// Leisure before the pass?
    pub(super) baseline: Baseline,
    /// Who referred them.
    pub(super) partner: Option<&'static str>,
    /// When the pass was issued.
    pub(super) issued_at: Timestamp,
    /// The day of that, in Belgium.
    pub(super) issued_on: Date,
    /// How they use it.
    pub(super) habit: Habit,
}

/// `count` people with a pass from `first` on, ordered by the moment of issue.
pub(super) fn draw(dice: &mut Dice, count: usize, first: Date, now: Timestamp, today: Date) -> Vec<Person> {
    let span = days_between(first, today).max(1);
    let mut people: Vec<Person> = (0..count)
        .filter_map(|_| person(dice, first, span, now, today))
        .collect();
    people.sort_by_key(|person| person.issued_at);
    people
}

fn person(dice: &mut Dice, first: Date, span: i64, now: Timestamp, today: Date) -> Option<Person> {
    // More and more people hear of it: the later months have somewhat more passes.
    let mut day = first
        .checked_add(from_share(dice.share().powf(0.95), span).days())
        .ok()?;
    if is_school_holiday(day) && dice.chance(0.5) {
        day = first.checked_add(dice.between(0, span).days()).ok()?;
    }
    let day = day.min(today);
    let minute = dice.between(9 * 60, 17 * 60 - 1);
    let opened = from_local_datetime(day.to_datetime(jiff::civil::Time::midnight()));
    let issued_at = opened.checked_add(minute.minutes()).ok()?.min(now);
    let age = if dice.chance(0.35) {
        dice.between(4, 17)
    } else {
        dice.between(18, 71)
    };
    let home = dice.weighted(HOMES.iter().map(|(_, weight)| f64::from(*weight)))?;
    let reason = match dice.between(1, 100) {
        1..=42 => NewcomerReason::Inburgeraar,
        43..=72 => NewcomerReason::Nt2Learner,
        73..=90 => NewcomerReason::RecentArrival,
        _ => NewcomerReason::Other,
    };
    let baseline = match dice.between(1, 100) {
        1..=58 => Baseline::No,
        59..=78 => Baseline::Yes,
        _ => Baseline::NotAsked,
    };
    let partner = if dice.chance(0.32) {
        let place = dice.weighted(PARTNERS.iter().map(|(_, weight)| f64::from(*weight)))?;
        PARTNERS.get(place).map(|(name, _)| *name)
    } else {
        None
    };
    let habit = match dice.between(1, 100) {
        1..=12 => Habit::Never,
        13..=30 => Habit::Once,
        _ => Habit::Regular {
            days: dice.between(20, 420),
            keen: 0.15 + 0.6 * dice.share(),
        },
    };
    Some(Person {
        first_name: dice.pick(&FIRST_NAMES)?,
        birth_year: i16::try_from(i64::from(today.year()) - age).ok()?,
        nis: HOMES.get(home)?.0,
        reason,
        baseline,
        partner,
        issued_at,
        issued_on: day,
        habit,
    })
}

/// A share of a span of days, cut to whole days.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "spans are a few hundred days"
)]
fn from_share(share: f64, span: i64) -> i64 {
    (share * span as f64) as i64
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn drawn(seed: u64) -> Vec<Person> {
        let now = "2026-03-10T11:00:00Z".parse().unwrap();
        draw(&mut Dice::new(seed), 500, date(2024, 9, 10), now, date(2026, 3, 10))
    }

    #[test]
    fn the_same_seed_gives_the_same_people() {
        let names = |seed| {
            drawn(seed)
                .into_iter()
                .map(|person| (person.first_name, person.issued_at))
                .collect::<Vec<_>>()
        };
        assert_eq!(names(1), names(1));
        assert_ne!(names(1), names(2));
    }

    #[test]
    fn people_are_varied_and_none_is_of_the_future() {
        let people = drawn(3);
        let now = "2026-03-10T11:00:00Z".parse().unwrap();
        assert!(
            people
                .iter()
                .all(|person| person.issued_at <= now && person.birth_year <= 2022)
        );
        let mut names: Vec<_> = people.iter().map(|person| person.first_name).collect();
        names.sort_unstable();
        names.dedup();
        assert!(names.len() > 90);
        assert!(people.iter().any(|person| person.habit == Habit::Never));
        assert!(people.is_sorted_by_key(|person| person.issued_at));
    }
}
