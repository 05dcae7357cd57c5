//! Nothing that the product publishes of random small worlds gives a hidden cell away: not with all tables by no, one and
//! two dimensions, over all months, quarters, half-years, years, work years and the project, in one hand.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
#![expect(clippy::cast_precision_loss, reason = "counts of a small world are small")]

#[path = "attack/dice.rs"]
mod dice;
#[path = "attack/sheet.rs"]
mod sheet;
#[path = "attack/world.rs"]
mod world;

use dice::Dice;
use domain::{Dimension, Measure, Published, RawSystem, Thresholds, is_published, protect_system};
use sheet::Sheet;
use world::{Tables, World};

const MEASURES: [Measure; 7] = [
    Measure::Participations,
    Measure::Participants,
    Measure::FirstParticipants,
    Measure::NewToLeisure,
    Measure::ThresholdCents,
    Measure::Practice40,
    Measure::PassesActive,
];

/// What an attack on the worlds of these seeds comes to.
#[derive(Default)]
struct Outcome {
    hidden: usize,
    shown: usize,
    leaks: Vec<String>,
}

/// What a table shows of itself, at a period (by its place in the grid) and a place.
type Show = dyn Fn(usize, &[Option<usize>]) -> Option<u64>;

fn attack(seeds: std::ops::Range<u64>, show: fn(&RawSystem, Thresholds) -> Box<Show>) -> Outcome {
    let mut outcome = Outcome::default();
    for seed in seeds {
        let mut dice = Dice::new(seed);
        let world = World::new(&mut dice, 30);
        let measure = MEASURES[dice.below(MEASURES.len())];
        let (ordinary, sensitive) = [(3, 3), (3, 5), (5, 5), (5, 10)][dice.below(4)];
        let thresholds = Thresholds { ordinary, sensitive };
        let tables = Tables::of(&world, measure, |raw| show(raw, thresholds));
        let sheet = Sheet::new(&world, measure, thresholds, &tables);
        let found = sheet.attack(&mut dice);
        let (hidden, shown) = sheet.counts();
        outcome.hidden += hidden;
        outcome.shown += shown;
        if let Some(first) = found.first() {
            let leaks = found.len();
            outcome.leaks.push(format!(
                "seed {seed}, {measure}, {thresholds:?}: {leaks} cells, {first:?}"
            ));
        }
    }
    outcome
}

#[test]
fn no_attacker_determines_a_hidden_cell_of_a_small_world() {
    let outcome = attack(0..150, protected);
    assert_eq!(outcome.leaks, Vec::<String>::new());
    assert!(8 * outcome.shown > outcome.hidden, "small worlds show something too");
}

#[test]
#[ignore = "thousands of worlds: minutes; SEED and SEEDS choose which"]
fn no_attacker_determines_a_hidden_cell_of_thousands_of_worlds() {
    let number = |name: &str, or: u64| std::env::var(name).map_or(or, |text| text.parse().unwrap());
    let from = number("SEED", 0);
    let outcome = attack(from..from + number("SEEDS", 3_000), protected);
    println!("{} cells hidden, {} shown", outcome.hidden, outcome.shown);
    assert!(outcome.leaks.is_empty(), "{}", outcome.leaks.join("\n"));
}

fn protected(raw: &RawSystem, thresholds: Thresholds) -> Box<Show> {
    let published = protect_system(raw, thresholds);
    Box::new(move |period, at| published.value(published.periods[period], at))
}

/// Each table of each period by itself, as it was before the tables knew of each other.
fn one_by_one(raw: &RawSystem, thresholds: Thresholds) -> Box<Show> {
    let published: Vec<Published> = (0..raw.periods().len())
        .map(|period| {
            let mut alone = RawSystem::new(raw.measure(), raw.axes().to_vec(), vec![raw.periods()[period]]);
            alone.table_mut(0).copy_from_slice(raw.table(period));
            protect_system(&alone, thresholds)
        })
        .collect();
    Box::new(move |period, at| published[period].value(published[period].periods[0], at))
}

/// Small cells only, as somebody might who has read half of the rule.
fn naively(raw: &RawSystem, thresholds: Thresholds) -> Box<Show> {
    let raw = raw.clone();
    Box::new(move |period, at| {
        let split = raw.axes().iter().zip(at).filter(|(_, key)| key.is_some());
        let by: Vec<Dimension> = split.map(|(axis, _)| axis.dimension).collect();
        let count = raw.table(period)[raw.place(at)];
        let is_large = count.value == 0 || count.people >= thresholds.of(&by);
        (is_large && is_published(&by, &raw.periods()[period])).then_some(count.value)
    })
}

#[test]
fn the_attacker_finds_what_can_be_found() {
    assert!(attack(0..20, naively).leaks.len() > 10);
    // Tables that do not know of each other's periods give each other away.
    assert!(attack(0..20, one_by_one).leaks.len() > 5);
}
