//! The load tool: real credentials against a server that it starts itself, on this machine only, bounded in time.
//!
//! `load sqlite|postgres [RUNS] [SECONDS] [CONNECTIONS]` prints a Markdown table with a line a run and the median.
//! Each request is a new scan of a (pass, activity) pair that nobody sent before, so nearly all are counted. The client
//! is deliberately bare, because it shares the two cores with the server that it measures.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for a terminal")]

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use tests::home::Engine;
use tests::world::World;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What one run saw.
#[derive(Debug, Default, Clone)]
struct Run {
    per_second: f64,
    p50: Duration,
    p99: Duration,
    longest: Duration,
    counted: usize,
    other: usize,
    errors: usize,
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

/// A keep-alive connection that knows just enough HTTP/1.1.
struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    async fn open(address: &str) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(4_096),
        })
    }

    /// Sends one request and reads one answer; true when it was a success whose body says `counted`.
    async fn exchange(&mut self, request: &str) -> Result<(bool, bool), Failure> {
        self.stream.write_all(request.as_bytes()).await?;
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("the server hung up".into());
            }
            if let Some((ok, body)) = whole(&self.buffer) {
                let counted = body.windows(9).any(|window| window == b"\"counted\"");
                return Ok((ok, counted));
            }
        }
    }
}

/// Status and body when the answer is complete; `None` while bytes are missing.
fn whole(bytes: &[u8]) -> Option<(bool, &[u8])> {
    let head_end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&bytes[..head_end]).ok()?.to_ascii_lowercase();
    let ok = head.starts_with("http/1.1 2");
    let body = &bytes[head_end..];
    let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    match field("content-length:").and_then(|length| length.parse::<usize>().ok()) {
        Some(length) => (body.len() >= length).then_some((ok, body)),
        None if field("transfer-encoding:").is_some() => body.ends_with(b"0\r\n\r\n").then_some((ok, body)),
        None => Some((ok, body)),
    }
}

type Make = fn(&Plan, &mut String) -> Option<()>;

async fn run(plan: &Arc<Plan>, make: Make, connections: usize, length: Duration, pid: u32) -> Result<Run, Failure> {
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
                let (ok, is_counted) = connection.exchange(&request).await?;
                times.push(sent.elapsed());
                counted += usize::from(ok && is_counted);
                errors += usize::from(!ok);
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
    times.sort_unstable();
    let at = |share: usize| times.get((times.len() * share / 1_000).min(times.len().saturating_sub(1)));
    result.other = times.len() - result.counted - result.errors;
    result.per_second = f64::from(u32::try_from(times.len())?) / elapsed;
    result.p50 = at(500).copied().unwrap_or_default();
    result.p99 = at(990).copied().unwrap_or_default();
    result.longest = times.last().copied().unwrap_or_default();
    result.resident_mb = resident_mb(pid)?;
    Ok(result)
}

fn resident_mb(pid: u32) -> Result<f64, Failure> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .ok_or("no VmRSS")?;
    let kib: f64 = line.trim().trim_end_matches(" kB").trim().parse()?;
    Ok(kib * 1_024.0 / 1_000_000.0)
}

fn line(name: &str, run: &Run) {
    let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
    println!(
        "| {name} | {:.0} | {:.1} | {:.1} | {:.1} | {} | {} | {} | {:.0} |",
        run.per_second,
        ms(run.p50),
        ms(run.p99),
        ms(run.longest),
        run.counted,
        run.other,
        run.errors,
        run.resident_mb
    );
}

/// The run in the middle, by speed.
fn median(runs: &[Run]) -> Run {
    let mut sorted = runs.to_vec();
    sorted.sort_by(|one, two| one.per_second.total_cmp(&two.per_second));
    sorted.get(sorted.len() / 2).cloned().unwrap_or_default()
}

async fn measure(engine: Engine, runs: usize, length: Duration, connections: usize) -> Result<(), Failure> {
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
    println!("| run | requests/s | p50 ms | p99 ms | max ms | counted | other 2xx | errors | RSS MB |");
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    let (mut base, mut all) = (Vec::new(), Vec::new());
    for number in 1..=runs {
        let short = length.min(Duration::from_secs(3));
        base.push(run(&plan, Plan::healthz, connections, short, pid).await?);
        let one = run(&plan, Plan::check_in, connections, length, pid).await?;
        line(&number.to_string(), &one);
        all.push(one);
    }
    let (middle, base) = (median(&all), median(&base));
    line("**median**", &middle);
    println!();
    println!(
        "`/healthz` by the same tool in the same minutes: {:.0}/s (p99 {:.1} ms). Check-ins are {:.2} of that. \
         Resident before the load, with the demo data: {idle:.0} MB.",
        base.per_second,
        base.p99.as_secs_f64() * 1_000.0,
        middle.per_second / base.per_second
    );
    let errors: usize = all.iter().map(|run| run.errors).sum();
    if errors > 0 {
        Err(format!("{errors} requests failed").into())
    } else {
        Ok(())
    }
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let engine = match arguments.first().map(String::as_str) {
        Some("sqlite") => Engine::Sqlite,
        Some("postgres") => Engine::Postgres,
        _ => return Err("usage: load sqlite|postgres [RUNS] [SECONDS] [CONNECTIONS]".into()),
    };
    let number = |at: usize, otherwise: usize| -> Result<usize, Failure> {
        arguments.get(at).map_or(Ok(otherwise), |text| Ok(text.parse()?))
    };
    let (runs, seconds, connections) = (number(1, 5)?, number(2, 8)?, number(3, 64)?);
    if runs * seconds > 600 || connections > 1_000 {
        return Err("at most ten minutes and 1,000 connections".into());
    }
    // One thread: the tool must not take more of the machine than it has to.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let length = Duration::from_secs(u64::try_from(seconds)?);
    runtime.block_on(measure(engine, runs, length, connections))
}
