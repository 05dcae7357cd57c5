//! Clients that are online: each request is a new scan of a (pass, activity) pair that nobody sent before, so nearly all
//! are counted.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use tests::home::Engine;
use tests::world::World;

use crate::Failure;
use crate::report::{Times, median, milliseconds, processor_time, resident_mb};
use crate::wire::Connection;

/// What one run saw.
#[derive(Debug, Default, Clone)]
struct Run {
    per_second: f64,
    times: Times,
    counted: usize,
    other: usize,
    errors: usize,
    /// Of the server: microseconds of a core a request.
    cost: f64,
    resident_mb: f64,
}

/// Everything a request is made of; the n-th request is the n-th pair of pass and activity.
struct Plan {
    address: String,
    token: String,
    credentials: Vec<String>,
    activities: Vec<String>,
    started: Timestamp,
    next: AtomicUsize,
}

impl Plan {
    fn pairs(&self) -> usize {
        self.credentials.len() * self.activities.len()
    }

    /// The bytes of the next check-in; `None` when every pair was used.
    fn check_in(&self, into: &mut String) -> Option<()> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        if number >= self.pairs() {
            return None;
        }
        let credential = &self.credentials[number % self.credentials.len()];
        let activity = &self.activities[number / self.credentials.len()];
        let body = format!(
            r#"{{"scan_id":"{}","credential":"{credential}","activity_id":"{activity}"}}"#,
            self.scan_id(number)
        );
        into.clear();
        write!(
            into,
            "POST /api/v1/check-ins HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            self.token,
            body.len()
        )
        .ok()
    }

    /// Like the ids of many phones: time-ordered, different in the rest.
    fn scan_id(&self, number: usize) -> domain::ScanId {
        let number = u64::try_from(number).unwrap_or(u64::MAX);
        let at = self.started + SignedDuration::from_millis(i64::try_from(number / 8).unwrap_or(0));
        let mut mixed = number.wrapping_add(self.started.as_microsecond().unsigned_abs());
        let mut random = [0_u8; 10];
        for half in random.chunks_mut(5) {
            mixed = mixed.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut word = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            half.copy_from_slice(&(word ^ (word >> 31)).to_be_bytes()[..5]);
        }
        domain::uuid_v7(at, random).into()
    }

    fn healthz(&self, into: &mut String) -> Option<()> {
        into.clear();
        write!(into, "GET /healthz HTTP/1.1\r\nhost: {}\r\n\r\n", self.address).ok()
    }
}

type Make = fn(&Plan, &mut String) -> Option<()>;

async fn run(plan: &Arc<Plan>, make: Make, connections: usize, length: Duration, pid: u32) -> Result<Run, Failure> {
    let before = processor_time(pid)?;
    let started = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..connections {
        let plan = plan.clone();
        running.spawn(async move {
            let mut connection = Connection::open(&plan.address).await?;
            let (mut times, mut counted, mut errors) = (Vec::with_capacity(8_192), 0, 0);
            let mut request = String::with_capacity(1_024);
            while started.elapsed() < length && make(&plan, &mut request).is_some() {
                let sent = Instant::now();
                let answer = connection.exchange(&request).await?;
                times.push(sent.elapsed());
                counted += usize::from(answer.ok && answer.counted > 0);
                errors += usize::from(!answer.ok);
            }
            Ok::<_, Failure>((times, counted, errors))
        });
    }
    let (mut times, mut result) = (Vec::new(), Run::default());
    while let Some(finished) = running.join_next().await {
        let (more, counted, errors) = finished??;
        times.extend(more);
        result.counted += counted;
        result.errors += errors;
    }
    let elapsed = started.elapsed().as_secs_f64();
    let requests = times.len();
    result.other = times.len() - result.counted - result.errors;
    result.per_second = f64::from(u32::try_from(times.len())?) / elapsed;
    result.times = Times::of(times);
    result.cost = (processor_time(pid)? - before).as_secs_f64() * 1e6 / f64::from(u32::try_from(requests.max(1))?);
    result.resident_mb = resident_mb(pid)?;
    Ok(result)
}

fn line(name: &str, run: &Run) {
    println!(
        "| {name} | {:.0} | {:.1} | {:.1} | {:.1} | {} | {} | {} | {:.0} | {:.0} |",
        run.per_second,
        milliseconds(run.times.p50),
        milliseconds(run.times.p99),
        milliseconds(run.times.longest),
        run.counted,
        run.other,
        run.errors,
        run.cost,
        run.resident_mb
    );
}

/// Clients that are online: one scan a request.
pub(crate) async fn check_ins(
    engine: Engine,
    runs: usize,
    length: Duration,
    connections: usize,
) -> Result<(), Failure> {
    eprintln!("Starting a server with demo data on {engine:?}");
    let world = World::start(engine).await;
    let pid = world.server.pid().ok_or("the server ended")?;
    let idle = resident_mb(pid)?;
    let open = world.activities("open_now=true").await;
    let activities: Vec<String> = open
        .iter()
        .filter_map(|one| one["id"].as_str().map(str::to_owned))
        .collect();
    // Room for 15,000 scans a second, spread over the activities that are open.
    let needed = runs * usize::try_from(length.as_secs())? * 15_000 / activities.len().max(1) + 1_000;
    eprintln!("Issuing {needed} passes for {} open activities", activities.len());
    let mut credentials = Vec::with_capacity(needed);
    while credentials.len() < needed {
        let more = world.passes(5_000.min(needed - credentials.len())).await;
        credentials.extend(more.into_iter().map(|pass| pass.credential));
    }
    let plan = Arc::new(Plan {
        address: world.server.address().to_owned(),
        token: world.ticketing.clone(),
        credentials,
        activities,
        started: world.environment().now(),
        next: AtomicUsize::new(0),
    });
    println!(
        "| run | requests/s | p50 ms | p99 ms | max ms | counted | other 2xx | errors | CPU µs a request | RSS MB |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    let (mut base, mut all) = (Vec::new(), Vec::new());
    for number in 1..=runs {
        let short = length.min(Duration::from_secs(3));
        base.push(run(&plan, Plan::healthz, connections, short, pid).await?);
        let one = run(&plan, Plan::check_in, connections, length, pid).await?;
        line(&number.to_string(), &one);
        all.push(one);
    }
    let (middle, base) = (median(&all, |run| run.per_second), median(&base, |run| run.per_second));
    line("**median**", &middle);
    println!();
    println!(
        "`/healthz` by the same tool in the same minutes: {:.0}/s (p99 {:.1} ms). Check-ins are {:.2} of that. \
         Resident before the load, with the demo data: {idle:.0} MB.",
        base.per_second,
        milliseconds(base.times.p99),
        middle.per_second / base.per_second
    );
    let errors: usize = all.iter().map(|run| run.errors).sum();
    if errors > 0 {
        Err(format!("{errors} requests failed").into())
    } else {
        Ok(())
    }
}
