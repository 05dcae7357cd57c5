//! People who do not exist: where they live, since when they have a pass, with whom they came, and how keen they are.

use domain::local_time::from_local_datetime;
use domain::{Baseline, NewcomerReason};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::calendar::{days_between, is_school_holiday};
use super::dice::Dice;
use super::names::FIRST_NAMES;

/// NIS code and how many of a hundred holders live there: the five facility municipalities of the old project more
/// than their size, because the pass is known there.
pub(super) const HOMES: [(u32, u32); 19] = [
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

/// Who brings classes of Dutch to the counter.
const TEACHERS: [&str; 2] = ["PIN", "De Horizon"];

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
    /// The last day on which the pass is valid.
    pub(super) until: Date,
    /// How they use it.
    pub(super) habit: Habit,
    /// The class of Dutch with which they got the pass and go out.
    pub(super) class: Option<u32>,
    /// Where the chance of this person's visits begins.
    pub(super) seed: u64,
}

/// `count` people with a pass from `first` on, ordered by the moment of issue.
pub(super) fn draw(dice: &mut Dice, count: usize, first: Date, now: Timestamp, today: Date) -> Vec<Person> {
    let span = days_between(first, today).max(1);
    let mut people: Vec<Person> = Vec::with_capacity(count);
    let mut classes = 0;
    while people.len() < count {
        let Some(one) = person(dice, first, span, now, today) else {
            break;
        };
        // About one in eighteen came with a class.
        if !dice.chance(0.0045) {
            people.push(one);
            continue;
        }
        let teacher = dice.pick(&TEACHERS).copied();
        for seat in 0..dice.between(10, 16) {
            let Some(mut pupil) = person(dice, first, span, now, today).filter(|_| people.len() < count) else {
                break;
            };
            pupil.class = Some(classes);
            pupil.reason = NewcomerReason::Nt2Learner;
            pupil.partner = teacher;
            pupil.nis = if dice.chance(0.7) { one.nis } else { pupil.nis };
            pupil.birth_year = pupil.birth_year.min(today.year() - 18);
            (pupil.issued_on, pupil.until) = (one.issued_on, one.until);
            pupil.issued_at = one.issued_at.checked_add(seat.minutes()).map_or(now, |at| at.min(now));
            people.push(pupil);
        }
        classes += 1;
    }
    people.sort_by_key(|person| (person.issued_at, person.seed));
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
    } else if dice.chance(0.75) {
        dice.between(18, 44)
    } else {
        dice.between(45, 78)
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
        13..=38 => Habit::Once,
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
        until: storage::validity(day).1,
        habit,
        class: None,
        seed: dice.seed(),
    })
}

/// A share of a span of days, cut to whole days.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "spans are a few thousand days"
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
        draw(&mut Dice::new(seed), 2_000, date(2024, 9, 10), now, date(2026, 3, 10))
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
        assert_eq!(people.len(), 2_000);
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

    #[test]
    fn a_class_got_its_passes_on_one_morning_from_one_teacher() {
        let people = drawn(3);
        let class: Vec<_> = people.iter().filter(|person| person.class == Some(0)).collect();
        assert!((10..=16).contains(&class.len()), "{}", class.len());
        assert!(class.iter().all(|pupil| {
            pupil.issued_on == class[0].issued_on && pupil.partner == class[0].partner && pupil.birth_year <= 2008
        }));
    }
}
