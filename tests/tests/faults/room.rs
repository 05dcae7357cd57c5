//! No room on the disk, a database that somebody else holds, a database that hangs up.

use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use domain::{DeviceEvent, Verdict};
use sqlx::{Connection as _, Executor as _, PgConnection, SqliteConnection};
use tests::home::{Engine, Home};
use tests::on_both_engines;
use tests::server::Server;
use tests::world::{Pass, World};

use crate::club::Club;
use crate::long;
use crate::outbox::{Outbox, results};

on_both_engines!(a_database_that_is_busy_is_waited_for);

/// Holds the write lock of the server's database until this is dropped.
enum Held {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Held {
    async fn by_somebody_else(world: &World) -> Self {
        let url = world.server.home().database_url();
        match world.server.home().engine() {
            Engine::Sqlite => {
                let mut connection = SqliteConnection::connect(&url).await.unwrap();
                connection.execute("PRAGMA busy_timeout = 10000").await.unwrap();
                connection.execute("BEGIN IMMEDIATE").await.unwrap();
                Self::Sqlite(connection)
            }
            Engine::Postgres => {
                let mut connection = PgConnection::connect(&url).await.unwrap();
                connection.execute("BEGIN").await.unwrap();
                connection.execute("LOCK TABLE event IN EXCLUSIVE MODE").await.unwrap();
                Self::Postgres(connection)
            }
        }
    }

    async fn let_go(self) {
        match self {
            Self::Sqlite(mut connection) => connection.execute("ROLLBACK").await.map(drop),
            Self::Postgres(mut connection) => connection.execute("ROLLBACK").await.map(drop),
        }
        .unwrap();
    }
}

async fn a_database_that_is_busy_is_waited_for(world: World) {
    // SQLite's own patience is ten seconds: the long form goes past it.
    let busy = Duration::from_secs(if long() { 25 } else { 2 });
    let club = Club::open(&world).await;
    let before = world.participations().await;
    let passes = world.passes(60).await;
    let outbox = Outbox::new(|path| world.server.url(path), &world.ticketing);
    let mut batches = Vec::new();
    for passes in passes[..40].chunks(20) {
        let phone = club.counter(&world).await;
        let events: Vec<_> = passes
            .iter()
            .map(|pass| phone.check_in(&pass.credential, club.daily()))
            .collect();
        batches.push(phone.jws(&events));
    }
    let held = Held::by_somebody_else(&world).await;
    let begin = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for jws in batches {
        let outbox = outbox.clone();
        running.spawn(async move {
            let results = outbox.batch(&jws).await;
            assert!(results.iter().all(|result| result.verdict == Verdict::Counted));
        });
    }
    for pass in &passes[40..] {
        let (outbox, scan) = (outbox.clone(), world.check_in(pass, &club.daily().to_string()));
        running.spawn(async move {
            assert_eq!(outbox.check_in(scan.body()).await, Verdict::Counted);
        });
    }
    // Who only reads does not wait.
    world.open_activity().await;
    tokio::time::sleep(busy.saturating_sub(begin.elapsed())).await;
    assert!(
        running.try_join_next().is_none(),
        "nobody was told yes before it was durable"
    );
    held.let_go().await;
    running.join_all().await;
    assert_eq!(world.participations().await, before + 60);
}

/// A disk of a few megabytes under a home, away again when this is dropped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Moves what the home holds onto the disk. `None`: this user may not mount, or not on this system.
    fn under(home: &Home) -> Option<Self> {
        let folder = home.folder();
        let aside = folder.with_extension("aside");
        std::fs::rename(folder, &aside).unwrap();
        std::fs::create_dir(folder).unwrap();
        let ran = |command: &mut Command| command.output().is_ok_and(|output| output.status.success());
        let disk = ran(Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=48m", "randpas"])
            .arg(folder))
        .then(|| Self(folder.to_owned()));
        assert!(
            ran(Command::new("cp").arg("-a").arg(aside.join(".")).arg(folder)),
            "the home fits"
        );
        std::fs::remove_dir_all(aside).unwrap();
        disk
    }

    fn filler(&self) -> PathBuf {
        self.0.join("filler")
    }

    /// Writes until nothing fits any more.
    fn fill(&self) {
        let mut filler = File::create(self.filler()).unwrap();
        for size in [1 << 20, 4096, 1] {
            while filler.write_all(&vec![7; size]).is_ok() {}
        }
    }

    fn make_room(&self) {
        std::fs::remove_file(self.filler()).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: the server still has its files open.
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_stops_the_counting_and_loses_nothing() {
    let home = Home::demo(Engine::Sqlite).await;
    let Some(disk) = SmallDisk::under(&home) else {
        // Past the test runner, which keeps what passing tests print to itself.
        let _ = std::io::stderr().write_all(b"SKIPPED: the story of the full disk needs the right to mount a tmpfs\n");
        return;
    };
    // In this order: the disk goes before the home is removed.
    let (mut world, disk) = (World::around(Server::start_in(home, &[]).await).await, disk);
    let club = Club::open(&world).await;
    let before = world.participations().await;
    let passes = world.passes(100).await;
    let mut phone = club.counter(&world).await;
    let outbox = Outbox::new(|path| world.server.url(path), &world.ticketing);
    let mut again = passes.iter().cycle();
    let mut batch = || -> Vec<DeviceEvent> {
        let scan = |pass: &Pass| phone.check_in(&pass.credential, club.daily());
        again.by_ref().take(100).map(scan).collect()
    };
    let first = batch();
    let mut acknowledged = vec![first.clone()];
    assert!(
        outbox
            .batch(&phone.jws(&first))
            .await
            .iter()
            .all(|one| one.verdict == Verdict::Counted)
    );

    disk.fill();
    // The write-ahead log has some room of its own.
    let refused = loop {
        let next = batch();
        let answer = phone.sync(&next).await;
        if answer.status != 200 {
            answer.assert_some_problem(&[500, 503, 507]);
            break next;
        }
        acknowledged.push(next);
        assert!(acknowledged.len() < 1_000, "a full disk takes no end of scans");
    };
    for _ in 0..5 {
        phone.sync(&refused).await.assert_some_problem(&[500, 503, 507]);
    }
    // It still tells what it knows.
    world.open_activity().await;
    assert_eq!(world.server.get("/healthz", "").await.status, 200);

    disk.make_room();
    assert_eq!(outbox.batch(&phone.jws(&refused)).await.len(), refused.len());
    acknowledged.push(refused);
    for power_cut in [false, true] {
        if power_cut {
            world = world.after_a_power_cut().await;
            phone.base = world.server.url("");
        }
        for (number, batch) in acknowledged.iter().enumerate() {
            let results = results(&phone.sync(batch).await);
            let expected = if number == 0 {
                Verdict::Counted
            } else {
                Verdict::Duplicate
            };
            assert!(
                results.iter().all(|one| one.verdict == expected),
                "{number}: {results:?}"
            );
        }
        assert_eq!(world.participations().await, before + 100);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_server_that_hangs_up_loses_nothing() {
    let cuts = if long() { 50 } else { 5 };
    let world = World::start(Engine::Postgres).await;
    let club = Club::open(&world).await;
    let before = world.participations().await;
    let outbox = Outbox::new(|path| world.server.url(path), &world.ticketing);
    let mut other = PgConnection::connect(&world.server.home().database_url())
        .await
        .unwrap();
    let mut running = tokio::task::JoinSet::new();
    for passes in world.passes(4 * 10 * cuts).await.chunks(10 * cuts) {
        let (phone, passes) = (club.counter(&world).await, passes.to_vec());
        let (outbox, activity) = (outbox.clone(), club.daily());
        running.spawn(async move {
            for passes in passes.chunks(10) {
                let scan = |pass: &Pass| phone.check_in(&pass.credential, activity);
                let events: Vec<_> = passes.iter().map(scan).collect();
                let results = outbox.batch(&phone.jws(&events)).await;
                assert!(results.iter().all(|one| one.verdict == Verdict::Counted), "{results:?}");
            }
        });
    }
    for _ in 0..cuts {
        let hang_up = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                       WHERE datname = current_database() AND pid <> pg_backend_pid()";
        other.execute(hang_up).await.unwrap();
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
    running.join_all().await;
    assert_eq!(world.participations().await, before + 40 * cuts as u64);
}
