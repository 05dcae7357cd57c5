use super::*;
use crate::figures::{Dimension, Measure, Period};

/// Tables by municipality of these values, a row a month from January 2026, where every visit is another person's.
fn by_municipality(measure: Measure, months: &[&[u64]]) -> RawSystem {
    let keys = (0..months[0].len()).map(|key| key.to_string()).collect();
    let axes = vec![Axis {
        dimension: Dimension::Municipality,
        keys,
    }];
    let last = jiff::civil::date(2026, i8::try_from(months.len()).unwrap(), 1);
    let periods = Period::grid(jiff::civil::date(2026, 1, 1), last);
    let mut raw = RawSystem::new(measure, axes, periods.clone());
    for (at, period) in periods.iter().enumerate() {
        let inside = |month: usize| period.contains(jiff::civil::date(2026, i8::try_from(month + 1).unwrap(), 1));
        for (month, values) in months.iter().enumerate().filter(|(month, _)| inside(*month)) {
            assert!(month < 12);
            for (key, value) in values.iter().enumerate() {
                for place in [key, values.len()] {
                    let count = &mut raw.table_mut(at)[place];
                    count.people += value;
                    count.value += value;
                }
            }
        }
    }
    raw
}

fn shown(published: &Published, period: &str) -> Vec<Option<u64>> {
    let keys = published.axes[0].keys.len();
    (0..keys)
        .map(Some)
        .chain([None])
        .map(|key| published.value(period.parse().unwrap(), &[key]))
        .collect()
}

#[test]
fn what_is_about_enough_people_is_shown_whole() {
    let raw = by_municipality(Measure::Participations, &[&[5, 0, 12]]);
    let published = protect_system(&raw, Thresholds::default());
    assert_eq!(shown(&published, "2026-01"), [Some(5), Some(0), Some(12), Some(17)]);
    assert_eq!(
        (published.k, shown(&published, "project")),
        (5, shown(&published, "2026-01"))
    );
}

#[test]
fn a_small_cell_takes_another_with_it_and_the_same_months_around_it() {
    let raw = by_municipality(Measure::Participations, &[&[3, 20, 30], &[10, 12, 50]]);
    let published = protect_system(&raw, Thresholds::default());
    // January of the first is small. It could be its year less February, and the total of January less the others.
    assert_eq!(shown(&published, "2026-01"), [None, None, Some(30), Some(53)]);
    assert_eq!(shown(&published, "2026-02"), [None, None, Some(50), Some(72)]);
    assert_eq!(shown(&published, "2026"), [Some(13), Some(32), Some(80), Some(125)]);
}

#[test]
fn a_total_of_few_people_hides_everything_that_would_tell_it() {
    let raw = by_municipality(Measure::FirstParticipants, &[&[1, 2, 0], &[10, 12, 20], &[10, 11, 20]]);
    let published = protect_system(&raw, Thresholds::default());
    let january = shown(&published, "2026-01");
    assert_eq!((january[0], january[1], january[3]), (None, None, None));
    assert_eq!(shown(&published, "2026")[3], Some(86));
}

#[test]
fn people_who_come_back_hide_each_other() {
    // The same 20 people in January and February, 3 of them in the first municipality in March.
    let mut raw = by_municipality(Measure::Participants, &[&[20, 30], &[20, 30], &[3, 30]]);
    let longer = |raw: &RawSystem, at: usize| raw.periods()[at].months().count() > 1;
    for at in (0..raw.periods().len())
        .filter(|&at| longer(&raw, at))
        .collect::<Vec<_>>()
    {
        for (place, people) in [20, 30, 50].into_iter().enumerate() {
            raw.table_mut(at)[place] = SystemCount { people, value: people };
        }
    }
    let published = protect_system(&raw, Thresholds::default());
    assert_eq!(shown(&published, "2026-03"), [None, None, Some(33)]);
    assert_eq!(shown(&published, "2026-02"), [Some(20), Some(30), Some(50)]);
    assert_eq!(shown(&published, "2026"), [Some(20), Some(30), Some(50)]);
}

#[test]
fn all_but_two_says_as_much_as_two() {
    let mut raw = by_municipality(Measure::NewToLeisure, &[&[18, 40]]);
    for at in 0..raw.periods().len() {
        raw.table_mut(at)[0].people = 20;
        raw.table_mut(at)[1].people = 80;
        raw.table_mut(at)[2].people = 100;
    }
    let published = protect_system(&raw, Thresholds::default());
    assert_eq!(shown(&published, "2026-01"), [None, None, Some(58)]);
}

#[test]
fn k_counts_people_not_visits() {
    let mut raw = by_municipality(Measure::Participations, &[&[50, 90, 100]]);
    for at in 0..raw.periods().len() {
        raw.table_mut(at)[0].people = 2;
    }
    let published = protect_system(&raw, Thresholds::default());
    assert_eq!(shown(&published, "2026-01"), [None, None, Some(100), Some(240)]);
}

#[test]
fn ones_own_counts_are_shown_as_they_are() {
    let raw = by_municipality(Measure::Participations, &[&[1, 0, 12]]);
    let published = protect_system(&raw, Thresholds::NONE);
    assert_eq!(shown(&published, "2026-01"), [Some(1), Some(0), Some(12), Some(13)]);
}

#[test]
fn two_dimensions_exist_over_work_years_and_the_project() {
    let by = [Dimension::Municipality, Dimension::ActivityType];
    let is = |period: &str| is_published(&by, &period.parse().unwrap());
    assert!(is("2025-2026") && is("project") && !is("2026") && !is("2026-Q1") && !is("2026-03"));
    assert!(is_published(&by[..1], &"2026-03".parse().unwrap()));
    assert!(is_published(
        &[Dimension::Municipality, Dimension::Month],
        &"2026".parse().unwrap()
    ));
}

#[test]
fn the_sentence_names_the_threshold() {
    assert!(rule_nl(10).contains("minder dan 10 mensen"));
}
