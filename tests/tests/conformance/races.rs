//! Many at once: one group, several servers, one truth.

use domain::{CountingRule, Verdict};
use jiff::SignedDuration;
use storage::{CheckIn, CheckInError, Engine, Scope, Store};
use tests::conformance::World;

/// Sends all at the same time, in turns over the servers.
async fn send_together(servers: &[Store], scans: Vec<CheckIn>) -> Vec<Result<storage::Recorded, CheckInError>> {
    let mut tasks = Vec::new();
    for (number, scan) in scans.into_iter().enumerate() {
        let store = servers.get(number % servers.len()).unwrap().clone();
        tasks.push(tokio::spawn(async move { store.check_in(&Scope::cli(), scan).await }));
    }
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_simultaneous_scans_of_one_pass_exactly_one_counts() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let world = World::open(engine).await;
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await;
        let pass = world.issue("Ana").await.pass;
        let servers = [world.store.clone(), world.second_server().await];
        let scans: Vec<CheckIn> = (0..60).map(|_| world.scan(&pass, activity.id)).collect();
        // Every scan is sent twice: a reply got lost.
        let sent = scans.iter().chain(&scans).cloned().collect();
        for result in send_together(&servers, sent).await {
            assert!(result.is_ok(), "{result:?}");
        }
        let mut counted = 0;
        for scan in scans {
            let now = world.store.check_in(&Scope::cli(), scan).await.unwrap();
            assert!(now.replay);
            counted += i32::from(now.verdict == Verdict::Counted);
            assert_eq!(now.first_visit, now.verdict == Verdict::Counted);
        }
        assert_eq!(counted, 1, "{engine}");
        assert_eq!(world.store.counts_today(&Scope::cli(), club.id).await.unwrap(), 1);
        for server in servers {
            server.close().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_id_with_two_contents_is_recorded_once_whoever_is_first() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let world = World::open(engine).await;
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await;
        let servers = [world.store.clone(), world.second_server().await];
        for number in 0_u8..20 {
            let pass = world.issue("Ana").await.pass;
            let scan = world.scan(&pass, activity.id);
            let sent = (0..4).map(|copy| CheckIn {
                content_hash: [number + 100 * (copy % 2); 32],
                ..scan.clone()
            });
            let results = send_together(&servers, sent.collect()).await;
            let kept = results.iter().filter(|result| result.is_ok()).count();
            let reused = results
                .iter()
                .filter(|result| matches!(result, Err(CheckInError::IdReuse)))
                .count();
            assert_eq!((kept, reused), (2, 2), "{engine}");
        }
        assert_eq!(world.store.counts_today(&Scope::cli(), club.id).await.unwrap(), 20);
        for server in servers {
            server.close().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn holders_have_one_first_visit_however_their_scans_and_annulments_meet() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let world = World::open(engine).await;
        let club = world.club("Club").await;
        let servers = [world.store.clone(), world.second_server().await];
        let mut activities = Vec::new();
        for _ in 0..4 {
            activities.push(world.activity(club.id, CountingRule::OncePerDay).await);
        }
        let mut passes = Vec::new();
        for _ in 0..10 {
            passes.push(world.issue("Ana").await.pass);
        }
        let scans: Vec<CheckIn> = (0..120)
            .map(|number| {
                let scan = world.scan(passes.get(number % 10).unwrap(), activities.get(number % 4).unwrap().id);
                let minutes = i64::try_from(number * 7 % 31).unwrap();
                CheckIn {
                    occurred_at: Some(world.now() + SignedDuration::from_mins(minutes)),
                    ..scan
                }
            })
            .collect();
        world.wait_minutes(40);
        let results = send_together(&servers, scans.clone()).await;
        assert!(results.iter().all(Result::is_ok));
        let annulled: Vec<_> = scans.iter().step_by(3).map(|scan| scan.scan_id).collect();
        let mut tasks = Vec::new();
        for (number, id) in annulled.into_iter().enumerate() {
            let (store, now) = (servers.get(number % 2).unwrap().clone(), world.now());
            tasks.push(tokio::spawn(async move { store.annul(&Scope::cli(), id, now).await }));
        }
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        let mut first_visits = 0;
        let mut counted = 0;
        for scan in scans {
            let now = world.store.check_in(&Scope::cli(), scan).await.unwrap();
            first_visits += i32::from(now.first_visit);
            counted += u64::from(now.verdict == Verdict::Counted);
        }
        assert_eq!(first_visits, 10, "{engine}");
        assert_eq!(world.store.counts_today(&Scope::cli(), club.id).await.unwrap(), counted);
        for server in servers {
            server.close().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_servers_the_one_with_the_earlier_scan_counts() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let world = World::open(engine).await;
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await;
        let servers = [world.store.clone(), world.second_server().await];
        let mut pairs = Vec::new();
        for _ in 0..60 {
            let pass = world.issue("Ana").await.pass;
            let [early, late] = [10, 20].map(|minutes| CheckIn {
                occurred_at: Some(world.now() + SignedDuration::from_mins(minutes)),
                ..world.scan(&pass, activity.id)
            });
            pairs.push((early, late));
        }
        world.wait_minutes(30);
        for (number, (early, late)) in pairs.iter().enumerate() {
            let mut sent = vec![early.clone(), late.clone()];
            if number % 2 == 0 {
                sent.reverse();
            }
            for result in send_together(&servers, sent).await {
                assert!(result.is_ok(), "{result:?}");
            }
        }
        for (early, late) in pairs {
            let early = world.store.check_in(&Scope::cli(), early).await.unwrap();
            let late = world.store.check_in(&Scope::cli(), late).await.unwrap();
            assert_eq!(
                (early.verdict, late.verdict),
                (Verdict::Counted, Verdict::Duplicate),
                "{engine}"
            );
            assert!(early.first_visit && !late.first_visit);
        }
        for server in servers {
            server.close().await;
        }
    }
}
