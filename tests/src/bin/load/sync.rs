//! Paired devices that hand over what they scanned without network: `sync` keeps them busy for some seconds, `drain` is one
//! evening's queue after the network came back. Everything is signed before the clock starts.

use std::time::{Duration, Instant};

use domain::{ActivityId, Cents, CountingRule, DeviceEvent, OrganiserKind};
use jiff::SignedDuration;
use storage::{NewActivity, NewOrganiser, Scope};
use tests::home::Engine;
use tests::phone::Phone;
use tests::world::{WEMMEL, World};

use crate::Failure;
use crate::report::{Times, median, milliseconds, processor_time, resident_mb};
use crate::wire::Connection;

/// The most events in one request (docs/protocol.md §7).
const BATCH: usize = 200;
/// Pairs of pass and activity are distinct; with more activities fewer passes have to be issued.
const ACTIVITIES: usize = 8;
/// So many events a second that no run ends early.
const ROOM: usize = 25_000;

/// A club with devices, and the passes that nobody scanned yet.
struct Club {
    world: World,
    phones: Vec<Phone>,
    activities: Vec<ActivityId>,
    credentials: Vec<String>,
    next: usize,
}

impl Club {
    async fn open(engine: Engine, devices: usize, events: usize) -> Result<Self, Failure> {
        eprintln!("Starting a server with demo data on {engine:?}");
        let world = World::start(engine).await;
        let store = world.store().await;
        let club = NewOrganiser {
            name: "Meting".to_owned(),
            kind: OrganiserKind::SportsClub,
            municipality: WEMMEL.parse()?,
        };
        let organiser = store.add_organiser(&Scope::cli(), club).await?.id;
        let now = world.environment().now();
        let mut activities = Vec::new();
        for number in 1..=ACTIVITIES {
            let activity = NewActivity {
                organiser,
                name: format!("Meting {number}"),
                starts_at: now - SignedDuration::from_mins(30),
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
        store.close().await;
        let mut phones = Vec::new();
        for _ in 0..devices {
            phones.push(Phone::pair(&world.server, &organiser.to_string(), "counter").await);
        }
        let needed = events.div_ceil(ACTIVITIES);
        eprintln!("Issuing {needed} passes");
        let mut credentials = Vec::with_capacity(needed);
        while credentials.len() < needed {
            let more = world.passes(5_000.min(needed - credentials.len())).await;
            credentials.extend(more.into_iter().map(|pass| pass.credential));
        }
        Ok(Self {
            world,
            phones,
            activities,
            credentials,
            next: 0,
        })
    }

    /// What each device will post, in order: so many batches of scans that nobody made before.
    fn queues(&mut self, batches: usize) -> Result<Vec<Vec<String>>, Failure> {
        let mut queues = Vec::new();
        for phone in &self.phones {
            let mut queue = Vec::with_capacity(batches);
            for number in 0..batches {
                let mut events: Vec<DeviceEvent> = Vec::with_capacity(BATCH);
                for _ in 0..BATCH {
                    let activity = self.activities.get(self.next / self.credentials.len());
                    let credential = &self.credentials[self.next % self.credentials.len()];
                    events.push(phone.check_in(credential, *activity.ok_or("too few passes")?));
                    self.next += 1;
                }
                let mut request = phone.request(&events);
                request.waiting = u32::try_from((batches - 1 - number) * BATCH)?;
                let jws = phone.jws_of(&request);
                queue.push(format!(
                    "POST /api/v1/device/sync HTTP/1.1\r\nhost: {}\r\ncontent-type: application/jose\r\n\
                     content-length: {}\r\n\r\n{jws}",
                    self.world.server.address(),
                    jws.len()
                ));
            }
            queues.push(queue);
        }
        Ok(queues)
    }

    /// Posts all queues at once, each device its own in order, until they are empty or the time is over.
    async fn post(&self, queues: Vec<Vec<String>>, length: Duration) -> Result<Run, Failure> {
        let address = self.world.server.address().to_owned();
        let pid = self.world.server.pid().ok_or("the server ended")?;
        let before = processor_time(pid)?;
        let mut running = tokio::task::JoinSet::new();
        let started = Instant::now();
        for queue in queues {
            let address = address.clone();
            running.spawn(async move {
                let mut connection = Connection::open(&address).await?;
                let (mut times, mut counted, mut errors) = (Vec::with_capacity(queue.len()), 0, 0);
                for request in &queue {
                    if started.elapsed() >= length {
                        break;
                    }
                    let sent = Instant::now();
                    let answer = connection.exchange(request).await?;
                    times.push(sent.elapsed());
                    counted += answer.counted;
                    errors += usize::from(!answer.ok);
                }
                // Kept until the clock has stopped: giving so much memory back takes time too.
                Ok::<_, Failure>((times, counted, errors, queue))
            });
        }
        let (mut times, mut run, mut kept) = (Vec::new(), Run::default(), Vec::new());
        while let Some(finished) = running.join_next().await {
            let (more, counted, errors, queue) = finished??;
            times.extend(more);
            run.counted += counted;
            run.errors += errors;
            kept.push(queue);
        }
        run.elapsed = started.elapsed();
        run.events = times.len() * BATCH;
        run.times = Times::of(times);
        run.processor = processor_time(pid)? - before;
        run.resident_mb = resident_mb(pid)?;
        Ok(run)
    }
}

/// What one run saw.
#[derive(Clone, Debug, Default)]
struct Run {
    elapsed: Duration,
    /// Of the server.
    processor: Duration,
    events: usize,
    times: Times,
    counted: usize,
    errors: usize,
    resident_mb: f64,
}

impl Run {
    fn per_second(&self) -> f64 {
        u32::try_from(self.events).map_or(0.0, f64::from) / self.elapsed.as_secs_f64()
    }

    /// Microseconds of a core an event.
    fn cost(&self) -> f64 {
        self.processor.as_secs_f64() * 1e6 / u32::try_from(self.events).map_or(1.0, f64::from)
    }

    fn line(&self, name: &str, first: &str) {
        println!(
            "| {name} | {first} | {:.1} | {:.1} | {:.1} | {} | {} | {} | {:.0} | {:.0} |",
            milliseconds(self.times.p50),
            milliseconds(self.times.p99),
            milliseconds(self.times.longest),
            self.counted,
            self.events - self.counted,
            self.errors,
            self.cost(),
            self.resident_mb
        );
    }
}

fn checked(runs: &[Run]) -> Result<(), Failure> {
    let lost: usize = runs.iter().map(|run| run.errors + run.events - run.counted).sum();
    if lost > 0 {
        return Err(format!("{lost} requests failed or events did not count").into());
    }
    Ok(())
}

/// Devices that always have more.
pub(crate) async fn sync(engine: Engine, runs: usize, length: Duration, devices: usize) -> Result<(), Failure> {
    let a_run = usize::try_from(length.as_secs())? * ROOM;
    let batches = a_run.div_ceil(devices * BATCH);
    let mut club = Club::open(engine, devices, runs * batches * devices * BATCH).await?;
    println!(
        "| run | events/s | p50 ms a batch | p99 ms | max ms | counted | other | errors | CPU µs an event | RSS MB |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    let mut all = Vec::new();
    for number in 1..=runs {
        let queues = club.queues(batches)?;
        let run = club.post(queues, length).await?;
        run.line(&number.to_string(), &format!("{:.0}", run.per_second()));
        all.push(run);
    }
    let middle = median(&all, Run::per_second);
    middle.line("**median**", &format!("{:.0}", middle.per_second()));
    checked(&all)
}

/// Each device has a thousand scans of an evening; the network comes back for all at the same moment.
pub(crate) async fn drain(engine: Engine, runs: usize, devices: usize) -> Result<(), Failure> {
    const QUEUED: usize = 1_000;
    let batches = QUEUED / BATCH;
    let mut club = Club::open(engine, devices, runs * devices * QUEUED).await?;
    println!(
        "{} scans from {devices} devices, from the first request to the last answer:",
        devices * QUEUED
    );
    println!();
    println!(
        "| run | seconds | p50 ms a batch | p99 ms | max ms | counted | other | errors | CPU µs an event | RSS MB |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    let mut all = Vec::new();
    for number in 1..=runs {
        let queues = club.queues(batches)?;
        let run = club.post(queues, Duration::MAX).await?;
        run.line(&number.to_string(), &format!("{:.2}", run.elapsed.as_secs_f64()));
        all.push(run);
    }
    let middle = median(&all, Run::per_second);
    middle.line("**median**", &format!("{:.2}", middle.elapsed.as_secs_f64()));
    checked(&all)
}
