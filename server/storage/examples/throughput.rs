//! How many scans a second the writer records durably, without HTTP and signatures around it.
//!
//! `cargo run --release -p storage --example throughput -- [URL] [TASKS] [SECONDS] [BATCH]`; the address (`-` too)
//! defaults to an SQLite file in a new folder. With BATCH each task is a paired device that hands over so many events at
//! once; without, a client that checks in one scan at a time. `make bench` measures the whole server; this tells what
//! part of it the storage has.

#![expect(clippy::print_stdout, reason = "a benchmark says what it measured")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::{
    ActivityId, Baseline, BirthYear, Cents, CountingRule, DeviceEvent, DeviceRole, EventKind, FirstName, KeyVerdict,
    NewcomerReason, Nis, OrganiserId, OrganiserKind, Reason, ScanId, Scanned, Verdict,
};
use jiff::SignedDuration;
use storage::{
    CheckIn, DatabaseUrl, DeviceKey, DeviceScan, Environment, IssuedPass, NewActivity, NewHolder, NewOrganiser,
    PassSigner, Scope, SignError, Store, SyncOutcome,
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

/// What all tasks share: the n-th scan is the n-th pair of activity and pass, so that none is a duplicate.
struct Plan {
    store: Store,
    organiser: OrganiserId,
    activities: Vec<ActivityId>,
    passes: Vec<IssuedPass>,
    until: Instant,
}

impl Plan {
    fn pair(&self, number: usize) -> Option<(ActivityId, &IssuedPass)> {
        let activity = self.activities.get(number / self.passes.len())?;
        Some((*activity, self.passes.get(number % self.passes.len())?))
    }

    fn is_over(&self) -> bool {
        Instant::now() >= self.until
    }
}

/// What a task saw.
#[derive(Default)]
struct Seen {
    latencies: Vec<Duration>,
    scans: u32,
    counted: u32,
}

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
    let batch: Option<usize> = arguments.next().map(|number| number.parse()).transpose()?;
    let mut plan = people(Store::open(&url, Environment::system()).await?).await?;
    let begin = Instant::now();
    plan.until = begin + Duration::from_secs(seconds);
    let plan = Arc::new(plan);
    let mut running = tokio::task::JoinSet::new();
    for task in 0..tasks {
        let plan = Arc::clone(&plan);
        running.spawn(async move {
            match batch {
                None => check_ins(&plan, task, tasks).await,
                Some(batch) => device(&plan, task, tasks, batch).await,
            }
        });
    }
    let mut all = Seen::default();
    while let Some(seen) = running.join_next().await {
        let mut seen = seen??;
        all.latencies.append(&mut seen.latencies);
        all.scans += seen.scans;
        all.counted += seen.counted;
    }
    let elapsed = begin.elapsed();
    all.latencies.sort_unstable();
    let at = |share: usize| {
        let place = all.latencies.len().saturating_sub(1) * share / 100;
        all.latencies.get(place).copied().unwrap_or_default()
    };
    println!(
        "{}: {} scans in {elapsed:.1?} = {:.0}/s, {} counted; {} requests, p50 {:.1?}, p99 {:.1?}",
        plan.store.engine(),
        all.scans,
        f64::from(all.scans) / elapsed.as_secs_f64(),
        all.counted,
        all.latencies.len(),
        at(50),
        at(99),
    );
    plan.store.close().await;
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// A client: one scan after the other.
async fn check_ins(plan: &Plan, task: usize, tasks: usize) -> Result<Seen, Failure> {
    let mut seen = Seen::default();
    let mut number = task;
    while let Some((activity, issued)) = plan.pair(number).filter(|_| !plan.is_over()) {
        number += tasks;
        let check_in = CheckIn {
            scan_id: ScanId::from(plan.store.env().uuid_v7()),
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
        let recorded = plan.store.check_in(&Scope::cli(), check_in).await?;
        seen.latencies.push(sent.elapsed());
        seen.scans += 1;
        seen.counted += u32::from(recorded.verdict.is_counted());
    }
    Ok(seen)
}

/// A paired device: a whole batch, then the next.
async fn device(plan: &Plan, task: usize, tasks: usize, size: usize) -> Result<Seen, Failure> {
    let store = &plan.store;
    let (code, _) = store
        .create_pairing(&Scope::cli(), plan.organiser, DeviceRole::Counter)
        .await?;
    let key = DeviceKey([4; 65]);
    let id = store.pair_device(&Scope::public(), &code, "Gsm", key).await?.id;
    let device = store.device_by_id(id).await?.ok_or("the device is gone")?;
    let mut seen = Seen::default();
    let (mut seq, mut prev) = (0, None);
    let mut number = task * size;
    loop {
        let mut scans = Vec::with_capacity(size);
        while let Some((activity, issued)) = plan.pair(number).filter(|_| scans.len() < size) {
            number += if scans.len() + 1 == size {
                1 + size * (tasks - 1)
            } else {
                1
            };
            seq += 1;
            let event = DeviceEvent {
                scan_id: ScanId::from(store.env().uuid_v7()),
                seq,
                prev,
                kind: EventKind::CheckIn,
                credential: Some(issued.pass.credential.to_qr_text()),
                number: None,
                activity_id: activity,
                target_scan_id: None,
                occurred_at: store.env().now(),
                clock_offset_ms: 0,
                package_epoch: 1,
                device_verdict: Verdict::Counted,
                device_reason: Reason::Ok,
                manual: false,
            };
            prev = Some(event.next_prev());
            let key = Some(KeyVerdict::Valid);
            scans.push(DeviceScan { event, key });
        }
        if scans.is_empty() || plan.is_over() {
            return Ok(seen);
        }
        let sent = Instant::now();
        let outcomes = store.sync(&device.scope, 0, scans).await?;
        seen.latencies.push(sent.elapsed());
        for outcome in outcomes {
            seen.scans += 1;
            let counted = matches!(&outcome, SyncOutcome::Recorded(recorded) if recorded.verdict.is_counted());
            seen.counted += u32::from(counted);
        }
    }
}

/// Activities that are on and many people with passes.
async fn people(store: Store) -> Result<Plan, Failure> {
    let wemmel: Nis = "23102".parse()?;
    let now = store.env().now();
    let club = NewOrganiser {
        name: "Club".to_owned(),
        kind: OrganiserKind::SportsClub,
        municipality: wemmel,
    };
    let club = store.add_organiser(&Scope::cli(), club).await?;
    let mut activities = Vec::new();
    for number in 1..=4 {
        let activity = NewActivity {
            organiser: club.id,
            name: format!("Meting {number}"),
            starts_at: now - SignedDuration::from_hours(1),
            ends_at: now + SignedDuration::from_hours(1),
            place: String::new(),
            price_cents: Cents(0),
            rule: CountingRule::OncePerDay,
            activity_type: "meting".to_owned(),
            taalicoon: None,
            minutes: None,
        };
        activities.push(store.add_activity(&Scope::cli(), activity).await?.id);
    }
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
    Ok(Plan {
        store,
        organiser: club.id,
        activities,
        passes,
        until: begin,
    })
}
