//! Who went where: everyone has a few favourites near home, comes when the season invites, and stays away sometimes; a
//! class of Dutch goes out together.

use std::collections::BTreeMap;

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
    /// Whether it is about Dutch: where classes go.
    pub(super) dutch: bool,
    /// Its sessions, ascending.
    pub(super) sessions: Vec<Session>,
}

/// One moment of an activity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Session {
    /// Start.
    pub(super) start: Timestamp,
    /// End.
    pub(super) end: Timestamp,
    /// Its day, in Belgium.
    pub(super) day: Date,
    /// How full the room is that day.
    pub(super) fullness: f64,
}

impl Session {
    /// A session from one moment to another.
    pub(super) fn new((start, end): (Timestamp, Timestamp)) -> Self {
        let day = local_day(start);
        Self {
            start,
            end,
            day,
            fullness: calendar::attendance(day),
        }
    }
}

/// One person at one session: sixteen bytes, because there may be ten million.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Visit {
    /// When the pass was scanned, in seconds since 1970.
    at: i64,
    /// Place in the list of people.
    person: u32,
    /// Place in the list of activities.
    activity: u16,
    /// Place in the list of its sessions.
    session: u16,
}

impl Visit {
    /// When the pass was scanned.
    pub(super) fn at(&self) -> Timestamp {
        Timestamp::from_second(self.at).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Place in the list of people.
    pub(super) fn person(&self) -> usize {
        usize::try_from(self.person).unwrap_or(usize::MAX)
    }

    /// Place in the list of activities.
    pub(super) fn activity(&self) -> usize {
        usize::from(self.activity)
    }

    /// Place in the list of the activity's sessions.
    pub(super) fn session(&self) -> usize {
        usize::from(self.session)
    }
}

/// How much more keen everybody is than in the small demo.
#[derive(Debug, Clone, Copy)]
struct Zeal(f64);

/// People in a sample, to see how keen they must be.
const SAMPLE: usize = 1_500;
/// Nobody comes to more different activities.
const MOST_FAVOURITES: usize = 14;

/// Exactly `count` visits before today if these people can make so many, and then those of today so far: at most one a
/// person, activity and day; none of the future; ordered by time. Those before today are the same at any hour.
pub(super) fn draw(
    dice: &mut Dice,
    people: &[Person],
    schedules: &[Schedule],
    now: Timestamp,
    count: usize,
) -> Vec<Visit> {
    let outings = outings(dice, people, schedules);
    let midnight = domain::start_of_day(local_day(now)).as_second();
    let everybody = |step: usize, zeal: Zeal, visits: &mut Vec<Visit>| {
        for (index, person) in people.iter().enumerate().step_by(step) {
            of_person(index, person, schedules, &outings, now, zeal, visits);
        }
    };
    let step = (people.len() / SAMPLE).max(1);
    let mut zeal = Zeal(1.0);
    let mut visits = Vec::new();
    for _ in 0..8 {
        visits.clear();
        everybody(step, zeal, &mut visits);
        let before = visits.iter().filter(|visit: &&Visit| visit.at < midnight).count();
        let made = before.max(1) * step;
        // Somewhat more than needed: what is too much is thrown away, one by one.
        let wanted = count + count / 12;
        if made >= wanted || zeal.0 > 500.0 {
            break;
        }
        zeal = Zeal(zeal.0 * (ratio(wanted, made) * 1.02).clamp(1.02, 8.0));
    }
    visits.clear();
    visits.reserve_exact(count + count / 8);
    everybody(1, zeal, &mut visits);
    let mut today: Vec<Visit> = visits.extract_if(.., |visit| visit.at >= midnight).collect();
    let kept = ratio(count, visits.len().max(1));
    thin(dice, &mut visits, count);
    visits.sort_unstable();
    today.sort_unstable();
    today.retain(|_| dice.chance(kept));
    visits.append(&mut today);
    visits
}

#[expect(clippy::cast_precision_loss, reason = "ten million fit exactly")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// Throws visits away at random until the wanted number is left: first of those who came more than once, so that nobody
/// disappears while that is possible. Visits of one person stand together.
fn thin(dice: &mut Dice, visits: &mut Vec<Visit>, count: usize) {
    let again = visits
        .windows(2)
        .filter(|pair| pair[0].person == pair[1].person)
        .count();
    let mut surplus = visits.len().saturating_sub(count);
    let mut left = again;
    let mut before = None;
    visits.retain(|visit| {
        let first = before.replace(visit.person) != Some(visit.person);
        if first {
            return true;
        }
        let goes = surplus > 0 && dice.chance(ratio(surplus, left.max(1)));
        left = left.saturating_sub(1);
        surplus -= usize::from(goes);
        !goes
    });
    let mut left = visits.len();
    visits.retain(|_| {
        let goes = surplus > 0 && dice.chance(ratio(surplus, left.max(1)));
        left = left.saturating_sub(1);
        surplus -= usize::from(goes);
        !goes
    });
}

/// Where a class goes, and in which session: together.
type Outings = BTreeMap<u32, Vec<(usize, usize)>>;

/// A class goes to something in Dutch near the school for a dozen weeks, and once to something else.
fn outings(dice: &mut Dice, people: &[Person], schedules: &[Schedule]) -> Outings {
    let mut outings = Outings::new();
    for person in people {
        let Some(class) = person.class.filter(|class| !outings.contains_key(class)) else {
            continue;
        };
        let weights = |dutch: bool| {
            schedules.iter().map(move |one| {
                if one.walk_in || one.dutch != dutch {
                    0.0
                } else if one.nis == person.nis {
                    10.0 * one.weight
                } else {
                    one.weight
                }
            })
        };
        let mut places = Vec::new();
        for (dutch, times) in [(true, dice.between(6, 14)), (false, 1)] {
            let Some(activity) = dice.weighted(weights(dutch)) else {
                continue;
            };
            let Some(schedule) = schedules.get(activity) else {
                continue;
            };
            let begins = after(&schedule.sessions, person.issued_on);
            let coming = schedule.sessions.iter().enumerate().skip(begins);
            let times = usize::try_from(times).unwrap_or(1);
            // Those to come as well: what is thrown does not depend on the hour, and a visit to come is none.
            places.extend(coming.take(times).map(|(session, _)| (activity, session)));
        }
        outings.insert(class, places);
    }
    outings
}

fn of_person(
    index: usize,
    person: &Person,
    schedules: &[Schedule],
    outings: &Outings,
    now: Timestamp,
    zeal: Zeal,
    visits: &mut Vec<Visit>,
) {
    // Each person has chance of their own: being keener changes how often, and not who.
    let mut dice = Dice::new(person.seed);
    let from = visits.len();
    let mut comes = |dice: &mut Dice, activity: usize, session: usize| {
        if let Some(schedule) = schedules.get(activity)
            && let Some(times) = schedule.sessions.get(session)
        {
            visits.extend(visit(
                dice,
                index,
                (activity, session),
                times,
                schedule.walk_in,
                person,
                now,
            ));
        }
    };
    if let Some(places) = person.class.and_then(|class| outings.get(&class)) {
        for (activity, session) in places {
            if dice.chance(0.82) {
                comes(&mut dice, *activity, *session);
            }
        }
    }
    let Ok(first_day) = person.issued_on.checked_add(dice.between(0, 45).days()) else {
        return;
    };
    let favourites = favourites(&mut dice, person, schedules, zeal);
    match person.habit {
        Habit::Never => {}
        Habit::Once => {
            if let Some(activity) = favourites.first()
                && let Some(schedule) = schedules.get(*activity)
            {
                comes(&mut dice, *activity, after(&schedule.sessions, first_day));
            }
        }
        Habit::Regular { days, keen } => {
            let days = longer(days, zeal);
            let last_day = first_day
                .checked_add(days.days())
                .unwrap_or(first_day)
                .min(person.until);
            // The first favourite is a habit, the others are tried now and then.
            for (rank, activity) in favourites.into_iter().enumerate() {
                let Some(schedule) = schedules.get(activity) else {
                    continue;
                };
                let often = if schedule.walk_in { 0.3 } else { 1.0 };
                let share = [1.0, 0.9, 0.75].get(rank).copied().unwrap_or(0.6);
                let chance = (keen * share * often * zeal.0.min(4.0)).min(0.9);
                let begins = after(&schedule.sessions, first_day);
                for (session, times) in schedule.sessions.iter().enumerate().skip(begins) {
                    if times.day > last_day {
                        break;
                    }
                    if dice.chance(chance * times.fullness) {
                        comes(&mut dice, activity, session);
                    }
                }
            }
        }
    }
    // A class and a favourite can be the same evening.
    let mine = visits.split_off(from);
    let mut mine: Vec<Visit> = mine;
    mine.sort_unstable_by_key(|visit| (visit.activity, visit.session, visit.at));
    mine.dedup_by_key(|visit| (visit.activity, visit.session));
    mine.sort_unstable();
    visits.append(&mut mine);
}

/// How many days somebody comes who is keener.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "at most a few thousand days"
)]
fn longer(days: i64, zeal: Zeal) -> i64 {
    (days as f64 * zeal.0.min(6.0)) as i64
}

/// Up to four activities, more for the keener, mostly in the own municipality.
fn favourites(dice: &mut Dice, person: &Person, schedules: &[Schedule], zeal: Zeal) -> Vec<usize> {
    let mut chosen = Vec::new();
    let at_home = schedules.iter().any(|schedule| schedule.nis == person.nis);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a small number, cut to a whole one on purpose"
    )]
    let more = (zeal.0 - 1.0).min(10.0) as i64;
    for _ in 0..dice.between(2, 4) + more {
        let stay = at_home && dice.chance(0.72);
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
        if chosen.len() == MOST_FAVOURITES {
            break;
        }
    }
    chosen
}

/// Place of the first session on or after a day; the end of the list when there is none.
fn after(sessions: &[Session], day: Date) -> usize {
    sessions.partition_point(|session| session.day < day)
}

fn visit(
    dice: &mut Dice,
    person: usize,
    (activity, session): (usize, usize),
    times: &Session,
    walk_in: bool,
    holder: &Person,
    now: Timestamp,
) -> Option<Visit> {
    let minutes = times.end.duration_since(times.start).as_mins();
    // Nobody is let in long before; people come in the first minutes, or whenever the doors are open.
    let minute = if walk_in {
        dice.between(60, (minutes - 60).max(60))
    } else {
        dice.between(-15, 20)
    };
    let at = times.start.checked_add(SignedDuration::from_mins(minute)).ok()?;
    let at = at.checked_add(SignedDuration::from_secs(dice.between(0, 59))).ok()?;
    let possible = at <= now && at > holder.issued_at && times.day <= holder.until;
    Some(Visit {
        at: at.as_second(),
        person: u32::try_from(person).ok()?,
        activity: u16::try_from(activity).ok()?,
        session: u16::try_from(session).ok()?,
    })
    .filter(|_| possible)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use jiff::civil::date;

    use super::super::people;
    use super::*;

    fn story() -> (Vec<Person>, Vec<Schedule>, Timestamp) {
        let now: Timestamp = "2026-03-10T11:00:00Z".parse().unwrap();
        let people = people::draw(&mut Dice::new(1), 600, date(2025, 1, 1), now, date(2026, 3, 10));
        let sessions = (0..60)
            .map(|week| {
                let start =
                    "2025-01-06T18:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(week * 168);
                Session::new((start, start + SignedDuration::from_hours(2)))
            })
            .collect::<Vec<_>>();
        let schedules = [(23102, false), (23088, false), (23102, true)]
            .map(|(nis, dutch)| Schedule {
                nis,
                weight: 1.0,
                walk_in: false,
                dutch,
                sessions: sessions.clone(),
            })
            .into_iter()
            .collect();
        (people, schedules, now)
    }

    #[test]
    fn nobody_is_twice_in_one_room_on_a_day_or_comes_before_the_pass() {
        let (people, schedules, now) = story();
        let visits = draw(&mut Dice::new(2), &people, &schedules, now, 3_000);
        assert_eq!(visits.len(), 3_000);
        let mut seen = HashSet::new();
        for visit in &visits {
            assert!(visit.at() <= now && visit.at() > people[visit.person()].issued_at);
            assert!(seen.insert((visit.person, visit.activity, local_day(visit.at()))));
        }
        assert!(visits.is_sorted_by_key(|visit| visit.at));
    }

    #[test]
    fn thinning_keeps_everybody_who_came() {
        let (people, schedules, now) = story();
        let count = |visits: &[Visit]| visits.iter().map(|visit| visit.person).collect::<HashSet<_>>().len();
        let all = draw(&mut Dice::new(2), &people, &schedules, now, 4_000);
        let some = draw(&mut Dice::new(2), &people, &schedules, now, 1_000);
        assert_eq!(some.len(), 1_000);
        assert!(count(&some) > 400, "{} {}", count(&all), count(&some));
        let few = draw(&mut Dice::new(2), &people, &schedules, now, 100);
        assert_eq!(few.len(), 100);
    }

    #[test]
    fn a_class_goes_out_together() {
        let (people, schedules, now) = story();
        let visits = draw(&mut Dice::new(2), &people, &schedules, now, 4_000);
        let mut together: BTreeMap<(u32, u16, u16), usize> = BTreeMap::new();
        for visit in &visits {
            if let Some(class) = people[visit.person()].class {
                *together.entry((class, visit.activity, visit.session)).or_default() += 1;
            }
        }
        assert!(together.values().any(|pupils| *pupils >= 6), "{together:?}");
    }

    #[test]
    fn the_hour_changes_nothing_of_the_days_before() {
        let (people, schedules, now) = story();
        let drawn = |now| draw(&mut Dice::new(4), &people, &schedules, now, 2_000);
        let midnight = domain::start_of_day(local_day(now));
        let before =
            |visits: Vec<Visit>| -> Vec<Visit> { visits.into_iter().filter(|visit| visit.at() < midnight).collect() };
        assert_eq!(before(drawn(now)), before(drawn(now + SignedDuration::from_hours(9))));
    }

    #[test]
    fn the_same_seed_gives_the_same_visits_however_many_there_are() {
        let (people, schedules, now) = story();
        for count in [500, 6_000] {
            let drawn = |seed| draw(&mut Dice::new(seed), &people, &schedules, now, count);
            assert_eq!(drawn(5), drawn(5));
        }
    }
}
