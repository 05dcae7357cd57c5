//! The arrays count what the plain definitions count: every measure, by every pair of dimensions, over every period, also
//! after facts were replaced.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
#![expect(clippy::cast_possible_truncation, reason = "small numbers of a test's own dice")]

mod plain;

use domain::{
    AccountId, ActionId, ActivityId, Baseline, Dimension, HolderId, Measure, NewcomerReason, Nis, OrganiserId,
    OrganiserKind, PartnerId, PartnershipId, Period,
};
use facts::{Ask, ChequeKind, Facts, input};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use plain::{Cheque, Person, Visit, World};

const TODAY: Date = date(2026, 5, 20);
const PLACES: [u32; 4] = [23002, 23102, 23099, 23103];
const TYPES: [&str; 3] = ["sport", "taal", "cultuur"];

/// A small generator of its own: the same story each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn one<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize].clone()
    }

    fn day(&mut self) -> Date {
        date(2024, 9, 1).saturating_add((self.below(600) as i64).days())
    }

    fn place(&mut self) -> Nis {
        Nis::try_from(self.one(&PLACES)).unwrap()
    }
}

/// An id of a kind: any 128 bits will do.
fn id<T: std::str::FromStr>(kind: u32, number: u64) -> T
where
    T::Err: std::fmt::Debug,
{
    format!("{kind:08x}-0000-4000-8000-{number:012x}").parse().unwrap()
}

fn tables(dice: &mut Dice) -> input::Tables {
    let partners: Vec<PartnerId> = (0..3).map(|number| id(1, number)).collect();
    let some = |dice: &mut Dice| {
        partners
            .iter()
            .copied()
            .filter(|_| dice.below(3) == 0)
            .collect::<Vec<_>>()
    };
    let organisers: Vec<input::Organiser> = (0..4)
        .map(|number| input::Organiser {
            id: id(2, number),
            kind: dice.one(OrganiserKind::ALL),
            municipality: dice.place(),
        })
        .collect();
    let actions: Vec<input::Action> = (0..3)
        .map(|number| input::Action {
            id: id(3, number),
            funding_line: dice.one(&[None, Some("Plan Samenleven".to_owned()), Some("eigen".to_owned())]),
            partners: some(dice),
        })
        .collect();
    let activities = (0..8)
        .map(|number| input::Activity {
            id: id(4, number),
            organiser: dice.one(&organisers).id,
            action: (dice.below(3) > 0).then(|| dice.one(&actions).id),
            partners: some(dice),
        })
        .collect();
    let member = |partnership: u64, place: u32, from: Date, until: Option<Date>| input::Member {
        partnership: id(5, partnership),
        municipality: Nis::try_from(place).unwrap(),
        from,
        until,
    };
    input::Tables {
        organisers,
        activities,
        actions,
        members: vec![
            member(0, 23002, date(2017, 1, 1), None),
            member(0, 23102, date(2025, 3, 10), None),
            member(1, 23102, date(2017, 1, 1), Some(date(2025, 3, 9))),
            member(1, 23099, date(2024, 1, 1), Some(date(2025, 11, 30))),
        ],
        sessions: Vec::new(),
    }
}

fn person(dice: &mut Dice, number: u64, tables: &input::Tables) -> Person {
    let issued_on = dice.day();
    let mut visits: Vec<Visit> = (0..dice.below(9))
        .map(|_| Visit {
            activity: dice.one(&tables.activities).id,
            municipality: dice.place(),
            organiser_municipality: dice.place(),
            activity_type: dice.one(&TYPES).to_owned(),
            day: dice.day(),
            price: dice.below(3) as u32 * 700,
            pass_price: dice.below(3) as u32 * 300,
            minutes: dice.below(3) as u32 * 500,
            taalicoon: dice.below(5) as u8,
        })
        .collect();
    visits.sort_by_key(|visit| visit.day);
    let passes = (0..=dice.below(2))
        .map(|again| {
            let issued_on = issued_on.saturating_add((again as i64 * 100).days()).min(TODAY);
            input::Pass {
                issued_on,
                valid_from: issued_on.first_of_year(),
                valid_until: date(issued_on.year() + dice.below(3) as i16, 12, 31),
                ended_on: (dice.below(3) == 0).then(|| issued_on.saturating_add((dice.below(90) as i64).days())),
                activated_on: (dice.below(2) == 0).then_some(issued_on),
            }
        })
        .collect();
    let cheques = (0..dice.below(4))
        .map(|_| Cheque {
            kind: dice.one(&ChequeKind::ALL),
            municipality: dice.place(),
            organiser: (dice.below(2) == 0).then(|| dice.one(&tables.organisers).id),
            day: dice.day(),
            pieces: 1 + dice.below(4) as u32,
            cents: dice.below(9) as u32 * 100,
            first_visit: dice.below(2) == 0,
        })
        .collect();
    Person {
        holder: input::Holder {
            id: id(6, number),
            birth_year: 1950 + dice.below(70) as i16,
            reason: dice.one(NewcomerReason::ALL),
            baseline: dice.one(Baseline::ALL),
            municipality: dice.place(),
            partner: (dice.below(2) == 0).then(|| id::<PartnerId>(1, 1)),
            counter: (dice.below(2) == 0).then(|| id::<AccountId>(7, 2)),
            member_on: (dice.below(4) == 0).then(|| dice.day()),
        },
        passes,
        visits,
        cheques,
    }
}

fn put(facts: &mut Facts, person: &Person) {
    let holder: HolderId = person.holder.id;
    facts.set_holder(&person.holder);
    facts.set_passes(holder, &person.passes);
    let visits: Vec<input::Visit> = (person.visits.iter())
        .map(|visit| input::Visit {
            activity: facts.activity(visit.activity),
            municipality: facts.municipality(visit.municipality),
            organiser_municipality: facts.municipality(visit.organiser_municipality),
            activity_type: facts.activity_type(&visit.activity_type),
            day: visit.day,
            price_cents: visit.price,
            pass_price_cents: visit.pass_price,
            minutes: visit.minutes,
            taalicoon: visit.taalicoon,
            manual: false,
        })
        .collect();
    facts.set_visits(holder, &visits);
    let cheques: Vec<input::Cheque> = (person.cheques.iter())
        .map(|cheque| input::Cheque {
            kind: cheque.kind,
            municipality: facts.municipality(cheque.municipality),
            organiser: cheque.organiser.map(|organiser| facts.organiser(organiser)),
            day: cheque.day,
            pieces: cheque.pieces,
            cents: cheque.cents,
            first_visit: cheque.first_visit,
        })
        .collect();
    facts.set_cheques(holder, &cheques);
}

fn world(dice: &mut Dice, people: u64) -> World {
    let tables = tables(dice);
    let people = (0..people)
        .map(|number| person(dice, number, &tables))
        .map(|person| (person.holder.id, person));
    World {
        people: people.collect(),
        tables,
    }
}

fn facts(world: &World) -> Facts {
    let mut facts = Facts::new();
    facts.set_tables(&world.tables);
    for person in world.people.values() {
        put(&mut facts, person);
    }
    facts
}

fn compare(world: &World, facts: &Facts, ask: &Ask<'_>) {
    let counted = facts.count(ask).unwrap();
    for (number, period) in ask.periods.iter().enumerate() {
        let plain = world.count(ask.measure, ask.by, ask.partnership, *period, ask.today);
        let mut cells: Vec<Vec<Option<usize>>> = vec![Vec::new()];
        for axis in counted.axes() {
            let keys: Vec<Option<usize>> = (0..axis.keys.len()).map(Some).chain([None]).collect();
            cells = cells
                .iter()
                .flat_map(|at| keys.iter().map(|key| [at.as_slice(), &[*key]].concat()))
                .collect();
        }
        let mut seen = 0;
        for at in cells {
            let keys: Vec<Option<String>> = at
                .iter()
                .zip(counted.axes())
                .map(|(key, axis)| key.map(|key| axis.keys[key].clone()))
                .collect();
            let expected = plain.get(&keys).copied().unwrap_or_default();
            let found = counted.table(number)[counted.place(&at)];
            assert_eq!((found.people, found.value), expected, "{ask:?} in {period} at {keys:?}");
            seen += usize::from(plain.contains_key(&keys));
        }
        assert_eq!(seen, plain.len(), "{ask:?} in {period}: every key has a place");
    }
}

fn pairs(measure: Measure) -> Vec<Vec<Dimension>> {
    let own: Vec<Dimension> = Dimension::ALL
        .iter()
        .copied()
        .filter(|dimension| *dimension != Dimension::Month && measure.splits_by(*dimension))
        .collect();
    let mut pairs = vec![Vec::new()];
    pairs.extend(own.iter().map(|one| vec![*one]));
    pairs.extend(own.iter().flat_map(|one| {
        own.iter()
            .filter(move |other| *other != one)
            .map(|other| vec![*one, *other])
    }));
    pairs
}

#[test]
fn every_measure_counts_what_its_definition_says() {
    let mut dice = Dice(1);
    let mut world = world(&mut dice, 40);
    let mut facts = facts(&world);
    let grid = Period::grid(facts.first_day().unwrap(), TODAY);
    let range = [Period::range(date(2025, 2, 11), date(2026, 1, 7)).unwrap()];
    for (round, measure) in Measure::ALL.iter().copied().enumerate() {
        // Somebody else each time: what was replaced must not be counted any more.
        for _ in 0..10 {
            let number = dice.below(45);
            let other = person(&mut dice, number, &world.tables);
            put(&mut facts, &other);
            world.people.insert(other.holder.id, other);
        }
        for (number, by) in pairs(measure).iter().enumerate() {
            let partnership = [None, Some(id::<PartnershipId>(5, 0)), Some(id(5, 1))][(round + number) % 3];
            // All periods where it is cheap, some where it is not.
            let periods = if by.len() < 2 { &grid[..] } else { &range[..] };
            let ask = Ask {
                measure,
                by,
                partnership,
                periods,
                today: TODAY,
            };
            compare(&world, &facts, &ask);
        }
    }
}

#[test]
fn all_periods_of_the_grid_are_counted_in_one_pass() {
    let mut dice = Dice(2);
    let world = world(&mut dice, 60);
    let facts = facts(&world);
    let grid = Period::grid(facts.first_day().unwrap(), TODAY);
    for (measure, by) in [
        (Measure::Participants, [Dimension::Municipality, Dimension::Partner]),
        (Measure::Practice40, [Dimension::Organiser, Dimension::AgeBand]),
        (
            Measure::WouldHavePaidMore,
            [Dimension::DutchLevel, Dimension::Partnership],
        ),
        (
            Measure::PassesActive,
            [Dimension::Municipality, Dimension::NewcomerReason],
        ),
    ] {
        let ask = Ask {
            measure,
            by: &by,
            partnership: None,
            periods: &grid,
            today: TODAY,
        };
        compare(&world, &facts, &ask);
    }
}

#[test]
fn what_was_replaced_is_thrown_away_and_nothing_else() {
    let mut dice = Dice(3);
    let world = world(&mut dice, 300);
    let mut facts = facts(&world);
    let before = facts.size();
    let hash = canonical(&facts);
    // Often enough for the arrays to be made anew several times.
    for _ in 0..20 {
        for person in world.people.values() {
            put(&mut facts, person);
        }
    }
    assert_eq!(facts.size(), before);
    assert_eq!(canonical(&facts), hash);
    let by = [Dimension::Organiser];
    let periods = [Period::project()];
    let ask = Ask {
        measure: Measure::Participations,
        by: &by,
        partnership: None,
        periods: &periods,
        today: TODAY,
    };
    assert!(facts.count(&ask).is_none(), "the project alone has no first day");
    let periods = Period::grid(facts.first_day().unwrap(), TODAY);
    compare(
        &world,
        &facts,
        &Ask {
            periods: &periods,
            ..ask
        },
    );
}

fn canonical(facts: &Facts) -> Vec<u8> {
    let mut bytes = Vec::new();
    facts.canonical(&mut |more| bytes.extend_from_slice(more));
    bytes
}

#[test]
fn the_same_facts_have_the_same_bytes_whatever_order_they_came_in() {
    let mut dice = Dice(4);
    let world = world(&mut dice, 50);
    let one = facts(&world);
    let mut other = Facts::new();
    for person in world.people.values().rev() {
        put(&mut other, person);
    }
    let mut tables = world.tables.clone();
    tables.activities.reverse();
    tables.organisers.reverse();
    tables.members.reverse();
    other.set_tables(&tables);
    assert!(canonical(&one) == canonical(&other));
    // One visit a day later is another set of facts.
    let mut changed = world
        .people
        .values()
        .find(|person| !person.visits.is_empty())
        .unwrap()
        .clone();
    let last = changed.visits.last_mut().unwrap();
    last.day = last.day.tomorrow().unwrap();
    put(&mut other, &changed);
    assert!(canonical(&one) != canonical(&other));
    // An activity that nobody visits is not among the facts.
    tables.activities.push(input::Activity {
        id: id::<ActivityId>(4, 99),
        organiser: id::<OrganiserId>(2, 0),
        action: None::<ActionId>,
        partners: Vec::new(),
    });
    put(&mut other, &world.people[&changed.holder.id]);
    other.set_tables(&tables);
    assert!(canonical(&one) == canonical(&other));
}

#[test]
fn a_question_that_facts_cannot_answer_has_no_answer() {
    let facts = facts(&world(&mut Dice(5), 3));
    let periods = Period::grid(facts.first_day().unwrap(), TODAY);
    for (measure, by) in [
        (Measure::PassesIssued, &[Dimension::Organiser][..]),
        (Measure::Participants, &[Dimension::Counter]),
        (Measure::Participants, &[Dimension::Month]),
        (Measure::Participants, &[Dimension::Action, Dimension::Action]),
        (
            Measure::Participants,
            &[Dimension::Action, Dimension::Partner, Dimension::AgeBand],
        ),
    ] {
        let ask = Ask {
            measure,
            by,
            partnership: None,
            periods: &periods,
            today: TODAY,
        };
        assert!(facts.count(&ask).is_none(), "{measure} by {by:?}");
    }
}
