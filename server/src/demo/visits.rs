//! Who went where: everyone has a few favourites near home, comes when the season invites, and stays away sometimes.

use std::collections::{HashMap, HashSet};

use domain::local_day;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::calendar;
use super::dice::Dice;
use super::people::{Habit, Person};

/// When an activity can be visited, without what else is known about it.
pub(super) struct Schedule {
    /// NIS code of its organiser.
    pub(super) nis: u32,
    /// How popular it is.
    pub(super) weight: f64,
    /// Whether people come when they like.
    pub(super) walk_in: bool,
    /// Start and end of its sessions, ascending.
    pub(super) sessions: Vec<(Timestamp, Timestamp)>,
}

/// One person at one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Visit {
    /// Place in the list of people.
    pub(super) person: usize,
    /// Place in the list of activities.
    pub(super) activity: usize,
    /// Place in the list of its sessions.
    pub(super) session: usize,
    /// When the pass was scanned.
    pub(super) at: Timestamp,
}

/// At most one visit a person, activity and day; none of the future; ordered by time. `about` is how many to keep.
pub(super) fn draw(
    dice: &mut Dice,
    people: &[Person],
    schedules: &[Schedule],
    now: Timestamp,
    about: usize,
) -> Vec<Visit> {
    let mut seen = HashSet::new();
    let mut visits = Vec::new();
    for (index, person) in people.iter().enumerate() {
        for visit in of_person(dice, index, person, schedules, now) {
            if seen.insert((visit.person, visit.activity, local_day(visit.at))) {
                visits.push(visit);
            }
        }
    }
    thin(dice, &mut visits, about);
    visits.sort_by_key(|visit| (visit.at, visit.person, visit.activity));
    visits
}

/// Throws visits away at random until about the wanted number is left, but never somebody's only one.
fn thin(dice: &mut Dice, visits: &mut Vec<Visit>, about: usize) {
    let Some(surplus) = visits.len().checked_sub(about).filter(|surplus| *surplus > 0) else {
        return;
    };
    #[expect(clippy::cast_precision_loss, reason = "tens of thousands fit exactly")]
    let share = surplus as f64 / visits.len() as f64;
    let mut left: HashMap<usize, usize> = HashMap::new();
    for visit in visits.iter() {
        *left.entry(visit.person).or_default() += 1;
    }
    visits.retain(|visit| {
        let mine = left.entry(visit.person).or_default();
        if *mine > 1 && dice.chance(share) {
            *mine -= 1;
            return false;
        }
        true
    });
}

fn of_person(dice: &mut Dice, index: usize, person: &Person, schedules: &[Schedule], now: Timestamp) -> Vec<Visit> {
    let mut visits = Vec::new();
    let Ok(first_day) = person.issued_on.checked_add(dice.between(0, 45).days()) else {
        return visits;
    };
    let favourites = favourites(dice, person, schedules);
    match person.habit {
        Habit::Never => {}
        Habit::Once => {
            let Some(activity) = favourites.first().copied() else {
                return visits;
            };
            let first = after(schedules, activity, first_day);
            if let Some((session, times)) = first {
                visits.extend(visit(dice, index, activity, session, times, schedules, person, now));
            }
        }
        Habit::Regular { days, keen } => {
            let last_day = first_day.checked_add(days.days()).unwrap_or(first_day);
            // The first favourite is a habit, the others are tried now and then.
            for (rank, activity) in favourites.into_iter().enumerate() {
                let Some(schedule) = schedules.get(activity) else {
                    continue;
                };
                let often = if schedule.walk_in { 0.3 } else { 1.0 };
                let share = [1.0, 0.9, 0.75].get(rank).copied().unwrap_or(0.6);
                for (session, times) in schedule.sessions.iter().enumerate() {
                    let day = local_day(times.0);
                    if day < first_day || times.0 > now {
                        continue;
                    }
                    if day > last_day {
                        break;
                    }
                    if dice.chance(keen * share * often * calendar::attendance(day)) {
                        visits.extend(visit(dice, index, activity, session, *times, schedules, person, now));
                    }
                }
            }
        }
    }
    visits
}

/// Up to four activities, mostly in the own municipality.
fn favourites(dice: &mut Dice, person: &Person, schedules: &[Schedule]) -> Vec<usize> {
    let mut chosen = Vec::new();
    let at_home = schedules.iter().filter(|schedule| schedule.nis == person.nis).count();
    for _ in 0..dice.between(2, 4) {
        let stay = at_home > 0 && dice.chance(0.72);
        let weights = schedules.iter().map(|one| {
            if !stay || one.nis == person.nis {
                one.weight
            } else {
                0.0
            }
        });
        if let Some(activity) = dice.weighted(weights).filter(|activity| !chosen.contains(activity)) {
            chosen.push(activity);
        }
    }
    chosen
}

/// The first session on or after a day.
fn after(schedules: &[Schedule], activity: usize, day: Date) -> Option<(usize, (Timestamp, Timestamp))> {
    let sessions = &schedules.get(activity)?.sessions;
    let place = sessions.partition_point(|(start, _)| local_day(*start) < day);
    sessions.get(place).map(|times| (place, *times))
}

#[expect(clippy::too_many_arguments, reason = "one line of the story: who, where, when")]
fn visit(
    dice: &mut Dice,
    person: usize,
    activity: usize,
    session: usize,
    (start, end): (Timestamp, Timestamp),
    schedules: &[Schedule],
    holder: &Person,
    now: Timestamp,
) -> Option<Visit> {
    let walk_in = schedules.get(activity).is_some_and(|schedule| schedule.walk_in);
    let minutes = end.duration_since(start).as_mins();
    // Nobody is let in long before; people come in the first minutes, or whenever the doors are open.
    let minute = if walk_in {
        dice.between(60, (minutes - 60).max(60))
    } else {
        dice.between(-15, 20)
    };
    let at = start.checked_add(SignedDuration::from_mins(minute)).ok()?;
    let at = at.checked_add(SignedDuration::from_secs(dice.between(0, 59))).ok()?;
    (at <= now && at > holder.issued_at).then_some(Visit {
        person,
        activity,
        session,
        at,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::people;
    use super::*;

    fn story() -> (Vec<Person>, Vec<Schedule>, Timestamp) {
        let now: Timestamp = "2026-03-10T11:00:00Z".parse().unwrap();
        let people = people::draw(&mut Dice::new(1), 200, date(2025, 1, 1), now, date(2026, 3, 10));
        let sessions = (0..60)
            .map(|week| {
                let start =
                    "2025-01-06T18:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(week * 168);
                (start, start + SignedDuration::from_hours(2))
            })
            .collect::<Vec<_>>();
        let schedules = [23102, 23088]
            .map(|nis| Schedule {
                nis,
                weight: 1.0,
                walk_in: false,
                sessions: sessions.clone(),
            })
            .into_iter()
            .collect();
        (people, schedules, now)
    }

    #[test]
    fn nobody_is_twice_in_one_room_on_a_day_or_comes_before_the_pass() {
        let (people, schedules, now) = story();
        let visits = draw(&mut Dice::new(2), &people, &schedules, now, 10_000);
        assert!(visits.len() > 300, "{}", visits.len());
        let mut seen = HashSet::new();
        for visit in &visits {
            assert!(visit.at <= now && visit.at > people[visit.person].issued_at);
            assert!(seen.insert((visit.person, visit.activity, local_day(visit.at))));
        }
        assert!(visits.is_sorted_by_key(|visit| visit.at));
    }

    #[test]
    fn thinning_keeps_everybody_who_came() {
        let (people, schedules, now) = story();
        let count = |visits: &[Visit]| visits.iter().map(|visit| visit.person).collect::<HashSet<_>>().len();
        let all = draw(&mut Dice::new(2), &people, &schedules, now, 100_000);
        let some = draw(&mut Dice::new(2), &people, &schedules, now, all.len() / 2);
        assert_eq!(count(&all), count(&some));
        assert!(some.len() < all.len() * 3 / 4);
    }
}
