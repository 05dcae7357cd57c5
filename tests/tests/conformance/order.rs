//! The order in which scans arrive, and how often, never changes what counts (PROTOCOL §6).

use domain::{CountingRule, ScanId, Verdict};
use jiff::SignedDuration;
use proptest::prelude::*;
use storage::{CheckIn, Engine, Scope};
use tests::conformance::World;

/// A scan by the numbers of its pass and activity, and the minute in which it was made.
#[derive(Clone, Debug)]
struct Planned {
    pass: usize,
    activity: usize,
    minute: i64,
    annulled: bool,
}

fn planned() -> impl Strategy<Value = Planned> {
    (0_usize..3, 0_usize..3, 0_i64..180, prop::bool::weighted(0.2)).prop_map(|(pass, activity, minute, annulled)| {
        Planned {
            pass,
            activity,
            minute,
            annulled,
        }
    })
}

/// Scans with, for each, where in the first and the second order it comes; and which are sent once more.
fn history() -> impl Strategy<Value = (Vec<Planned>, Vec<usize>, Vec<usize>)> {
    prop::collection::vec(planned(), 1..14).prop_flat_map(|scans| {
        let order: Vec<usize> = (0..scans.len()).collect();
        let again = prop::collection::vec(0..scans.len(), 0..6);
        (Just(scans), Just(order).prop_shuffle(), again)
    })
}

/// What every scan counts for after all have arrived in this order.
async fn outcome(engine: Engine, scans: &[Planned], order: &[usize], together: bool) -> Vec<(ScanId, Verdict, bool)> {
    let world = World::open(engine).await;
    let club = world.club("Club").await;
    let rules = [
        CountingRule::OncePerDay,
        CountingRule::OncePerSession,
        CountingRule::Unlimited,
    ];
    let mut activities = Vec::new();
    for rule in rules {
        activities.push(world.activity(club.id, rule).await.id);
    }
    let mut passes = Vec::new();
    for _ in 0..3 {
        passes.push(world.issue("Ana").await.pass);
    }
    let begin = world.now();
    let built: Vec<CheckIn> = scans
        .iter()
        .map(|planned| {
            let scan = world.scan(
                passes.get(planned.pass).unwrap(),
                *activities.get(planned.activity).unwrap(),
            );
            CheckIn {
                occurred_at: Some(begin + SignedDuration::from_mins(planned.minute)),
                ..scan
            }
        })
        .collect();
    world.wait_minutes(200);
    let mut sending = Vec::new();
    for &at in order {
        let (store, scan) = (world.store.clone(), built.get(at).unwrap().clone());
        let task = tokio::spawn(async move { store.check_in(&Scope::cli(), scan).await });
        if together {
            sending.push(task);
            continue;
        }
        task.await.unwrap().unwrap();
        if scans.get(at).unwrap().annulled {
            world
                .store
                .annul(&Scope::cli(), built.get(at).unwrap().scan_id, world.now())
                .await
                .unwrap();
        }
    }
    for task in sending {
        task.await.unwrap().unwrap();
    }
    let mut standings = Vec::new();
    for (planned, scan) in scans.iter().zip(&built) {
        if planned.annulled {
            world
                .store
                .annul(&Scope::cli(), scan.scan_id, world.now())
                .await
                .unwrap();
        }
    }
    for scan in &built {
        let now = world.store.check_in(&Scope::cli(), scan.clone()).await.unwrap();
        standings.push((now.scan_id, now.verdict, now.first_visit));
    }
    world.store.close().await;
    standings
}

fn compare(engine: Engine, cases: u32) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let property = |(scans, shuffled, again): (Vec<Planned>, Vec<usize>, Vec<usize>)| {
        let straight: Vec<usize> = (0..scans.len()).collect();
        let repeated: Vec<usize> = shuffled.into_iter().chain(again).collect();
        let (one, other, third) = runtime.block_on(async {
            (
                outcome(engine, &scans, &straight, false).await,
                outcome(engine, &scans, &repeated, false).await,
                outcome(engine, &scans, &repeated, true).await,
            )
        });
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(&one, &third);
        Ok(())
    };
    if let Err(error) = runner.run(&history(), property) {
        std::panic::resume_unwind(Box::new(error.to_string()));
    }
}

#[test]
fn any_order_and_any_repeats_end_in_the_same_verdicts_on_sqlite() {
    compare(Engine::Sqlite, 24);
}

#[test]
fn any_order_and_any_repeats_end_in_the_same_verdicts_on_postgres() {
    compare(Engine::Postgres, 8);
}
