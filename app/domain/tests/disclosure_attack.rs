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
use domain::{Measure, Thresholds, protect_system};
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

/// Attacks the worlds of these seeds and says what was hidden and what was shown.
fn attack(seeds: std::ops::Range<u64>) -> (usize, usize) {
    let (mut hidden, mut shown) = (0, 0);
    let mut leaks = Vec::new();
    for seed in seeds {
        let began = std::time::Instant::now();
        let mut dice = Dice::new(seed);
        let world = World::new(&mut dice, 30);
        let measure = MEASURES[dice.below(MEASURES.len())];
        let thresholds = [(3, 3), (3, 5), (5, 5), (5, 10)][dice.below(4)];
        let thresholds = Thresholds {
            ordinary: thresholds.0,
            sensitive: thresholds.1,
        };
        let tables = Tables::of(&world, measure, thresholds, protect_system);
        let sheet = Sheet::new(&world, measure, thresholds, &tables);
        let found = sheet.attack(&mut dice);
        if std::env::var("SHOW").is_ok() {
            for (by, published) in &tables.published {
                println!("{by:?}");
                for at in world.places(by) {
                    let line: Vec<String> = world
                        .periods
                        .iter()
                        .enumerate()
                        .map(|(n, p)| {
                            let raw = &tables.raw[by];
                            let count = raw.table(n)[raw.place(&at)];
                            format!(
                                "{p}:{}{}",
                                count.value,
                                if published.value(*p, &at).is_none() { "*" } else { "" }
                            )
                        })
                        .collect();
                    println!("  {at:?} {}", line.join(" "));
                }
            }
        }
        let counts = sheet.counts();
        if std::env::var("LOUD").is_ok() {
            println!("{seed} {measure} {counts:?} {:?}", began.elapsed());
        }
        (hidden, shown) = (hidden + counts.0, shown + counts.1);
        if !found.is_empty() {
            leaks.push(format!(
                "seed {seed} {measure} {thresholds:?}: {} {:?}",
                found.len(),
                &found[..found.len().min(5)]
            ));
        }
    }
    println!("{hidden} hidden, {shown} shown");
    assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks.join("\n"));
    (hidden, shown)
}

#[test]
fn no_attacker_determines_a_hidden_cell_of_a_small_world() {
    attack(0..200);
}

#[test]
#[ignore = "thousands of worlds: minutes"]
fn no_attacker_determines_a_hidden_cell_of_thousands_of_worlds() {
    let number = |name: &str, or: u64| std::env::var(name).map_or(or, |text| text.parse().unwrap());
    let from = number("SEED", 0);
    attack(from..from + number("SEEDS", 3_000));
}
