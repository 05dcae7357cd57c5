//! What disclosure control leaves to see of figures as large as those of the Rand, and how long it takes.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

#[path = "attack/dice.rs"]
mod dice;

use std::time::Instant;

use dice::Dice;
use domain::{Axis, Dimension, Measure, Period, PeriodKind, Published, RawSystem, Thresholds, protect_system};
use jiff::civil::{Date, date};

const MUNICIPALITIES: usize = 19;
const TYPES: usize = 20;

struct Visit {
    holder: usize,
    municipality: usize,
    activity_type: usize,
    month: usize,
}

/// Three years: large and small municipalities, common and rare activities, quiet summers, one-time visitors.
fn visits(holders: usize, months: usize) -> Vec<Visit> {
    let mut dice = Dice::new(7);
    let mut visits = Vec::new();
    for holder in 0..holders {
        let municipality = dice.below(MUNICIPALITIES).min(dice.below(MUNICIPALITIES));
        let favourite = dice.below(TYPES).min(dice.below(TYPES));
        let start = dice.below(months);
        let many = if dice.chance(35) { 1 } else { 2 + dice.below(18) };
        for _ in 0..many {
            let month = (start + dice.below(9)).min(months - 1);
            if (month + 8) % 12 >= 6 && (month + 8) % 12 < 8 && dice.chance(60) {
                continue;
            }
            let activity_type = if dice.chance(65) {
                favourite
            } else {
                dice.below(TYPES).min(dice.below(TYPES))
            };
            visits.push(Visit {
                holder,
                municipality,
                activity_type,
                month,
            });
        }
    }
    visits.sort_by_key(|visit| (visit.month, visit.holder));
    visits
}

fn first_month() -> Date {
    date(2023, 9, 1)
}

fn system(measure: Measure, by: &[Dimension], visits: &[Visit], months: usize) -> RawSystem {
    let month = |at: usize| {
        first_month()
            .checked_add(jiff::Span::new().months(i64::try_from(at).unwrap()))
            .unwrap()
    };
    let periods = Period::grid(first_month(), month(months - 1));
    let keys = |dimension: Dimension| {
        if dimension == Dimension::Municipality {
            MUNICIPALITIES
        } else {
            TYPES
        }
    };
    let axes: Vec<Axis> = by
        .iter()
        .map(|&dimension| Axis {
            dimension,
            keys: (0..keys(dimension)).map(|key| format!("{key:02}")).collect(),
        })
        .collect();
    let mut raw = RawSystem::new(measure, axes, periods.clone());
    let mut known: Vec<usize> = Vec::new();
    let firsts: Vec<&Visit> = visits
        .iter()
        .filter(|visit| {
            known.resize(known.len().max(visit.holder + 1), 0);
            std::mem::replace(&mut known[visit.holder], 1) == 0
        })
        .collect();
    for (period, days) in periods.iter().enumerate() {
        let mut seen: std::collections::BTreeSet<(usize, usize)> = std::collections::BTreeSet::new();
        let all: Box<dyn Iterator<Item = &Visit>> = match measure {
            Measure::FirstParticipants | Measure::NewToLeisure => Box::new(firsts.iter().copied()),
            _ => Box::new(visits.iter()),
        };
        for visit in all.filter(|visit| days.contains(month(visit.month))) {
            let key = |dimension: Dimension| match dimension {
                Dimension::Municipality => visit.municipality,
                _ => visit.activity_type,
            };
            for mask in 0..1 << by.len() {
                let at: Vec<Option<usize>> = by
                    .iter()
                    .enumerate()
                    .map(|(axis, &dimension)| (mask >> axis & 1 == 1).then(|| key(dimension)))
                    .collect();
                let place = raw.place(&at);
                let new = seen.insert((place, visit.holder));
                let count = &mut raw.table_mut(period)[place];
                count.people += u64::from(new);
                count.value += match measure {
                    Measure::Participations => 1,
                    Measure::NewToLeisure => u64::from(visit.holder.is_multiple_of(3)),
                    _ => u64::from(new),
                };
            }
        }
    }
    raw
}

/// By kind of period: cells with somebody in them, of those shown, and the share of all values that is shown.
fn look(raw: &RawSystem, published: &Published) -> Vec<(PeriodKind, usize, usize, usize, f64)> {
    let whole = Thresholds::NONE;
    let truth = protect_system(raw, whole);
    let axes = raw.axes();
    let places: Vec<Vec<Option<usize>>> = axes.iter().fold(vec![Vec::new()], |places, axis| {
        places
            .iter()
            .flat_map(|place| (0..axis.keys.len()).map(move |key| place.iter().copied().chain([Some(key)]).collect()))
            .collect()
    });
    let mut lines: Vec<(PeriodKind, usize, usize, usize, f64, f64)> = Vec::new();
    for period in raw.periods() {
        for at in &places {
            let value = truth.value(*period, at).unwrap();
            if value == 0 {
                continue;
            }
            let shown = published.value(*period, at).is_some();
            let kind = period.kind();
            if lines.iter().all(|line| line.0 != kind) {
                lines.push((kind, 0, 0, 0, 0.0, 0.0));
            }
            let line = lines.iter_mut().find(|line| line.0 == kind).unwrap();
            line.1 += 1;
            line.2 += usize::from(value < 5);
            line.3 += usize::from(shown);
            let value = f64::from(u32::try_from(value).unwrap());
            line.4 += value;
            line.5 += if shown { value } else { 0.0 };
        }
    }
    lines
        .into_iter()
        .map(|(kind, cells, small, shown, all, seen)| (kind, cells, small, shown, seen / all))
        .collect()
}

#[test]
#[ignore = "prints numbers"]
fn how_much_is_shown_and_how_long_it_takes() {
    let number = |name: &str, or: usize| std::env::var(name).map_or(or, |text| text.parse().unwrap());
    let (holders, months) = (number("HOLDERS", 4_000), number("MONTHS", 38));
    let visits = visits(holders, months);
    println!("{} visits", visits.len());
    for measure in [
        Measure::Participations,
        Measure::Participants,
        Measure::FirstParticipants,
        Measure::NewToLeisure,
    ] {
        for by in [
            vec![],
            vec![Dimension::Municipality],
            vec![Dimension::ActivityType],
            vec![Dimension::Municipality, Dimension::ActivityType],
        ] {
            let raw = system(measure, &by, &visits, months);
            let began = Instant::now();
            let published = protect_system(&raw, Thresholds::default());
            println!(
                "{measure} by {by:?}: {} periods, {:?}",
                raw.periods().len(),
                began.elapsed()
            );
            for (kind, cells, small, shown, share) in look(&raw, &published) {
                println!(
                    "   {kind:12} {cells:6} cells, {small:6} small, {shown:6} shown, {:.0} % of the value",
                    100.0 * share
                );
            }
        }
    }
}
