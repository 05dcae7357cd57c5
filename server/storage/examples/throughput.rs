//! How many check-ins a second the writer records durably, without HTTP and signatures around it.
//!
//! `cargo run --release -p storage --example throughput -- [URL] [TASKS] [SECONDS]`; the address defaults to an SQLite
//! file in a new folder. `make bench` measures the whole server; this tells what part of it the storage has.

#![expect(clippy::print_stdout, reason = "a benchmark says what it measured")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use domain::{
    Baseline, BirthYear, Cents, CountingRule, FirstName, KeyVerdict, NewcomerReason, Nis, OrganiserKind, ScanId,
    Scanned,
};
use jiff::SignedDuration;
use storage::{
    CheckIn, DatabaseUrl, Environment, IssuedPass, NewActivity, NewHolder, NewOrganiser, PassSigner, Scope, SignError,
    Store,
};

struct NoSignature;

impl PassSigner for NoSignature {
    fn kid(&self) -> u8 {
        1
    }

    fn sign(&self, _signing_input: &[u8]) -> Result<[u8; 64], SignError> {
        Ok([0; 64])
    }
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let folder = std::env::temp_dir().join(format!("randpas-throughput-{}", std::process::id()));
    let url = arguments
        .next()
        .filter(|url| url != "-")
        .map_or(Ok(DatabaseUrl::from_data_dir(&folder)), |url| url.parse())?;
    let tasks: usize = arguments.next().map_or(Ok(64), |number| number.parse())?;
    let seconds: u64 = arguments.next().map_or(Ok(5), |number| number.parse())?;
    let store = Store::open(&url, Environment::system()).await?;
    let (activity, passes) = people(&store).await?;

    let latencies = Arc::new(std::sync::Mutex::new(Vec::new()));
    let counted = Arc::new(AtomicU64::new(0));
    let begin = Instant::now();
    let mut running = Vec::new();
    for task in 0..tasks {
        let (store, passes, counted) = (store.clone(), Arc::clone(&passes), Arc::clone(&counted));
        let latencies = Arc::clone(&latencies);
        running.push(tokio::spawn(async move {
            let mut own = Vec::new();
            let mut number = task;
            while begin.elapsed() < Duration::from_secs(seconds) {
                let Some(issued) = passes.get(number % passes.len()) else {
                    break;
                };
                number += tasks;
                let check_in = CheckIn {
                    scan_id: ScanId::from(store.env().uuid_v7()),
                    input: Ok(Scanned::Credential(issued.pass.credential)),
                    key: Some(KeyVerdict::Valid),
                    content_hash: [0; 32],
                    activity,
                    occurred_at: None,
                    clock_offset_ms: 0,
                    manual: false,
                    note: None,
                };
                let sent = Instant::now();
                let recorded = store.check_in(&Scope::cli(), check_in).await?;
                own.push(sent.elapsed());
                counted.fetch_add(u64::from(recorded.verdict.is_counted()), Ordering::Relaxed);
            }
            latencies.lock().map_err(|_| "poisoned")?.append(&mut own);
            Ok::<(), Failure>(())
        }));
    }
    for task in running {
        task.await??;
    }
    let elapsed = begin.elapsed();
    let mut latencies = std::mem::take(&mut *latencies.lock().map_err(|_| "poisoned")?);
    latencies.sort_unstable();
    let at = |share: usize| {
        latencies
            .get(latencies.len().saturating_sub(1) * share / 100)
            .copied()
            .unwrap_or_default()
    };
    let rate = u128::try_from(latencies.len())? * 1000 / elapsed.as_millis().max(1);
    println!(
        "{}: {} check-ins in {elapsed:.1?} = {rate}/s, {} counted; p50 {:.1?}, p99 {:.1?}",
        store.engine(),
        latencies.len(),
        counted.load(Ordering::Relaxed),
        at(50),
        at(99),
    );
    store.close().await;
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// An activity that is on and many people with passes.
async fn people(store: &Store) -> Result<(domain::ActivityId, Arc<Vec<IssuedPass>>), Failure> {
    let wemmel: Nis = "23102".parse()?;
    let now = store.env().now();
    let club = NewOrganiser {
        name: "Club".to_owned(),
        kind: OrganiserKind::SportsClub,
        municipality: wemmel,
    };
    let club = store.add_organiser(&Scope::cli(), club).await?;
    let activity = NewActivity {
        organiser: club.id,
        name: "Meting".to_owned(),
        starts_at: now - SignedDuration::from_hours(1),
        ends_at: now + SignedDuration::from_hours(1),
        place: String::new(),
        price_cents: Cents(0),
        rule: CountingRule::OncePerDay,
        activity_type: "meting".to_owned(),
        taalicoon: None,
        minutes: None,
    };
    let activity = store.add_activity(&Scope::cli(), activity).await?;
    let holder = NewHolder {
        first_name: FirstName::try_from("Iemand")?,
        birth_year: BirthYear::from_stored(1990),
        municipality: wemmel,
        reason: NewcomerReason::Other,
        baseline: Baseline::No,
        partner: None,
    };
    let begin = Instant::now();
    let passes = store
        .issue_passes(&Scope::cli(), vec![holder; 50_000], &NoSignature, "https://pas.example")
        .await?;
    println!("{} passes issued in {:.1?}", passes.len(), begin.elapsed());
    Ok((activity.id, Arc::new(passes)))
}
