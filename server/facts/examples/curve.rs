//! How long counting takes, at ten thousand, a hundred thousand and a million visits (or as many as the first argument
//! says): `cargo run --release -p facts --example curve`.

#![expect(clippy::print_stdout, reason = "a program that prints what it measured")]
#![expect(clippy::cast_precision_loss, reason = "milliseconds and megabytes to read")]

use std::time::Instant;

use domain::{Baseline, Dimension, Measure, NewcomerReason, Nis, OrganiserKind, Period, Thresholds, protect_system};
use facts::{Ask, Facts, input};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 25);
const TYPES: [&str; 6] = ["sport", "taal", "cultuur", "spel", "muziek", "koken"];
const FIRST_PLACE: u32 = 23_002;
const PLACES: u64 = 19;
const ORGANISERS: u64 = 200;
const ACTIVITIES: u64 = 2_000;

/// A small generator of its own: the same facts each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn small(&mut self, sides: u64) -> u32 {
        u32::try_from(self.below(sides)).unwrap_or(0)
    }

    fn place(&mut self) -> Option<Nis> {
        Nis::try_from(FIRST_PLACE + self.small(PLACES)).ok()
    }
}

fn id<T: std::str::FromStr>(kind: u32, number: u64) -> Option<T> {
    format!("{kind:08x}-0000-4000-8000-{number:012x}").parse().ok()
}

/// One in twenty visits is the first of twenty of a holder, as in the goal: a million visits of fifty thousand holders.
fn synthetic(visits: u64) -> Option<Facts> {
    let mut dice = Dice(visits);
    let mut facts = Facts::new();
    let mut tables = input::Tables::default();
    for number in 0..ORGANISERS {
        tables.organisers.push(input::Organiser {
            id: id(2, number)?,
            kind: *OrganiserKind::ALL.get(usize::try_from(dice.below(5)).ok()?)?,
            municipality: dice.place()?,
        });
    }
    for number in 0..20 {
        tables.actions.push(input::Action {
            id: id(3, number)?,
            funding_line: (number % 2 == 0).then(|| format!("lijn {number}")),
            partners: vec![id(1, number % 6)?],
        });
    }
    for number in 0..ACTIVITIES {
        tables.activities.push(input::Activity {
            id: id(4, number)?,
            organiser: id(2, dice.below(ORGANISERS))?,
            action: if dice.below(3) == 0 {
                id(3, dice.below(20))
            } else {
                None
            },
            partners: Vec::new(),
        });
    }
    for place in 0..u32::try_from(PLACES).ok()? {
        tables.members.push(input::Member {
            partnership: id(5, 0)?,
            municipality: Nis::try_from(FIRST_PLACE + place).ok()?,
            from: date(2017, 1, 1),
            until: None,
        });
    }
    facts.set_tables(&tables);
    let holders = visits / 20;
    facts.reserve(usize::try_from(holders).ok()?, usize::try_from(visits).ok()?);
    let mut own: Vec<input::Visit> = Vec::new();
    for number in 0..holders {
        let municipality = dice.place()?;
        let issued_on = date(2023, 12, 1).saturating_add(i64::from(dice.small(900)).days());
        let holder = id(6, number)?;
        facts.set_holder(&input::Holder {
            id: holder,
            birth_year: 1950 + i16::try_from(dice.below(70)).ok()?,
            reason: *NewcomerReason::ALL.get(usize::try_from(dice.below(4)).ok()?)?,
            baseline: *Baseline::ALL.get(usize::try_from(dice.below(3)).ok()?)?,
            municipality,
            partner: None,
            counter: None,
            member_on: None,
        });
        facts.set_passes(
            holder,
            &[input::Pass {
                issued_on,
                valid_from: issued_on.first_of_year(),
                valid_until: date(issued_on.year() + 2, 12, 31),
                ended_on: None,
                activated_on: None,
            }],
        );
        own.clear();
        let municipality = facts.municipality(municipality);
        for _ in 0..20 {
            let price = dice.small(6) * 100;
            own.push(input::Visit {
                activity: facts.activity(id(4, dice.below(ACTIVITIES))?),
                municipality,
                organiser_municipality: facts.municipality(dice.place()?),
                activity_type: facts.activity_type(TYPES.get(usize::try_from(dice.below(6)).ok()?)?),
                day: issued_on.saturating_add(i64::from(dice.small(180)).days()),
                price_cents: price,
                pass_price_cents: price / 2,
                minutes: 90,
                taalicoon: u8::try_from(dice.below(5)).ok()?,
                manual: dice.below(20) == 0,
            });
        }
        own.sort_by_key(|visit| visit.day);
        facts.set_visits(holder, &own);
    }
    Some(facts)
}

/// Milliseconds: the least and the 95th of a hundred (fewer where one takes long).
fn time(mut work: impl FnMut()) -> (f64, f64) {
    let mut times = Vec::new();
    let begin = Instant::now();
    for _ in 0..3 {
        work();
    }
    let rounds = if begin.elapsed().as_millis() > 600 { 15 } else { 60 };
    for _ in 0..rounds {
        let start = Instant::now();
        work();
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    let at = |part: usize| times.get(times.len() * part / 100).copied().unwrap_or_default();
    (at(0), at(95))
}

/// A page of figures: eight tables.
const PAGE: [(Measure, &[Dimension]); 8] = [
    (Measure::Participants, &[]),
    (Measure::Participations, &[Dimension::Municipality]),
    (Measure::Participants, &[Dimension::Municipality]),
    (Measure::FirstParticipants, &[Dimension::Municipality]),
    (Measure::NewToLeisure, &[Dimension::Municipality]),
    (Measure::PassesActive, &[Dimension::Municipality]),
    (Measure::Participants, &[Dimension::ActivityType, Dimension::AgeBand]),
    (Measure::ThresholdCents, &[Dimension::OrganiserKind]),
];

fn main() {
    let asked: Vec<u64> = std::env::args().skip(1).filter_map(|size| size.parse().ok()).collect();
    let sizes = if asked.is_empty() {
        vec![10_000, 100_000, 1_000_000]
    } else {
        asked
    };
    println!("| visits | what | periods | least ms | p95 ms |");
    println!("|---|---|---|---|---|");
    for size in sizes {
        let begin = Instant::now();
        let Some(mut facts) = synthetic(size) else { return };
        let made = begin.elapsed().as_secs_f64() * 1000.0;
        let grid = Period::grid(facts.first_day().unwrap_or(TODAY), TODAY);
        let row = |what: &str, (least, p95): (f64, f64)| {
            println!("| {size} | {what} | {} | {least:.2} | {p95:.2} |", grid.len());
        };
        row("putting the facts into the arrays", (made, made));
        let ask = |measure, by: &'static [Dimension]| Ask {
            measure,
            by,
            partnership: None,
            periods: &grid,
            today: TODAY,
        };
        for (measure, by) in PAGE {
            let names: Vec<&str> = by.iter().map(|dimension| dimension.code()).collect();
            let name = format!(
                "{} by {}",
                measure.code(),
                if by.is_empty() {
                    "nothing".to_owned()
                } else {
                    names.join(", ")
                }
            );
            row(&name, time(|| drop(facts.count(&ask(measure, by)))));
            if let Some(counted) = facts.count(&ask(measure, by)) {
                row(
                    "… disclosure control of it",
                    time(|| drop(protect_system(&counted, Thresholds::default()))),
                );
            }
        }
        const WIDE: [&[Dimension]; 2] = [
            &[Dimension::Organiser, Dimension::Municipality],
            &[Dimension::Municipality, Dimension::Partner],
        ];
        for by in WIDE {
            let names: Vec<&str> = by.iter().map(|dimension| dimension.code()).collect();
            let name = format!("participations by {}", names.join(", "));
            row(&name, time(|| drop(facts.count(&ask(Measure::Participations, by)))));
        }
        row(
            "a page: eight tables, counted",
            time(|| {
                for (measure, by) in PAGE {
                    drop(facts.count(&ask(measure, by)));
                }
            }),
        );
        // A late scan: one holder's facts replaced, then the page again.
        let Some(holder) = id(6, size / 40) else { return };
        let pass = input::Pass {
            issued_on: date(2025, 1, 1),
            valid_from: date(2025, 1, 1),
            valid_until: date(2027, 12, 31),
            ended_on: None,
            activated_on: None,
        };
        row(
            "replacing one holder's facts",
            time(|| facts.set_passes(holder, &[pass])),
        );
        let mut length = 0;
        row(
            "all facts as bytes, to be hashed",
            time(|| {
                length = 0;
                facts.canonical(&mut |bytes| length += bytes.len());
            }),
        );
        println!("| {size} | bytes to be hashed: {:.1} MB | | | |", length as f64 / 1e6);
    }
}
