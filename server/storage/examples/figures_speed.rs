//! How long figures take over a database of its own: `cargo run --release -p storage --example figures_speed -- ADDRESS VISITS`.
//!
//! Fills the database when it has no holders (one for twenty visits), then measures the first question after a start, a page of
//! eight figures again and again, the same with a scan before each, the hash of all facts, and a page as of last month.

#![expect(clippy::print_stdout, reason = "a program that prints what it measured")]

use std::error::Error;
use std::time::Instant;

use domain::{
    ActivityId, Baseline, BirthYear, Cents, CountingRule, Dimension, FigureCode, FirstName, KeyVerdict, NewcomerReason,
    OrganiserKind, Period, ScanId, Scanned, SessionId,
};
use jiff::SignedDuration;
use storage::{
    BulkActivity, BulkHolder, BulkSession, BulkVisit, CheckIn, DatabaseUrl, Environment, FigureRequest, NewActivity,
    NewHolder, NewOrganiser, Pass, PassSigner, Scope, SignError, Store,
};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Nobody verifies these passes.
struct NoSigner;

impl PassSigner for NoSigner {
    fn kid(&self) -> u8 {
        1
    }

    fn sign(&self, _: &[u8]) -> Result<[u8; 64], SignError> {
        Ok([0; 64])
    }
}

const ISSUER: &str = "https://pas.example";

/// A small generator of its own: the same database each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(sides).unwrap_or(1)).unwrap_or(0)
    }

    fn one<'a, T>(&mut self, all: &'a [T]) -> Outcome<&'a T> {
        Ok(all.get(self.below(all.len().max(1))).ok_or("nothing to choose from")?)
    }
}

fn hours(count: usize) -> Outcome<SignedDuration> {
    Ok(SignedDuration::from_hours(i64::try_from(count)?))
}

/// Two years of visits, one session an activity and month.
async fn fill(store: &Store, visits: usize) -> Outcome<Vec<Pass>> {
    let mut dice = Dice(1);
    let begin = store.env().now() - SignedDuration::from_hours(24 * 720);
    let places = store.municipalities(&Scope::cli()).await?;
    let mut bulk = store.bulk(&Scope::cli()).await?;
    let mut organisers = Vec::new();
    for number in 0..200 {
        organisers.push(NewOrganiser {
            name: format!("Club {number}"),
            kind: *dice.one(OrganiserKind::ALL)?,
            municipality: dice.one(&places)?.nis,
        });
    }
    let organisers = bulk.organisers(&organisers).await?;
    let mut activities = Vec::new();
    for number in 0..2000 {
        activities.push(BulkActivity {
            organiser: dice.one(&organisers)?.id,
            name: format!("Activiteit {number}"),
            activity_type: (*dice.one(&["sport", "taal", "cultuur", "spel"])?).to_owned(),
            rule: CountingRule::OncePerSession,
            price_cents: Cents(600),
            pass_price_cents: Cents(150),
            taalicoon: *dice.one(&[None, Some(1), Some(2), Some(3)])?,
            minutes: Some(90),
            place: "Zaal".to_owned(),
        });
    }
    let activities: Vec<ActivityId> = bulk.activities(&activities).await?;
    let mut sessions = Vec::new();
    for month in 0..24 {
        for activity in &activities {
            let starts_at = begin + hours(month * 720 + dice.below(700))?;
            sessions.push(BulkSession {
                activity: *activity,
                starts_at,
                ends_at: starts_at + SignedDuration::from_hours(2),
            });
        }
    }
    let ids: Vec<SessionId> = bulk.sessions(&sessions).await?;
    let mut known: Vec<(BulkSession, SessionId)> = sessions.into_iter().zip(ids).collect();
    known.sort_by_key(|(session, _)| session.starts_at);
    let mut holders = Vec::new();
    for _ in 0..visits / 20 {
        holders.push(BulkHolder {
            holder: NewHolder {
                first_name: FirstName::try_from("Ana")?,
                birth_year: BirthYear::try_new(1950 + i16::try_from(dice.below(70))?, store.env().today())?,
                municipality: dice.one(&places)?.nis,
                reason: *dice.one(NewcomerReason::ALL)?,
                baseline: *dice.one(Baseline::ALL)?,
                partner: None,
            },
            issued_at: begin - hours(dice.below(2000))?,
        });
    }
    let people = bulk.holders(holders, &NoSigner, ISSUER).await?;
    let each = visits.div_ceil(known.len());
    for group in known.chunks(200) {
        let mut scans = Vec::new();
        for (session, id) in group {
            for _ in 0..each {
                scans.push(BulkVisit {
                    holder: dice.one(&people)?.0.id,
                    activity: session.activity,
                    session: *id,
                    at: session.starts_at,
                    manual: dice.below(20) == 0,
                });
            }
        }
        bulk.visits(&scans).await?;
    }
    bulk.commit().await?;
    Ok(people.into_iter().map(|(_, pass)| pass).collect())
}

/// A page of figures: eight tables.
fn page(period: Period) -> [FigureRequest; 8] {
    let ask = |code, by: &[Dimension]| FigureRequest::new(code, period).by(by);
    [
        ask(FigureCode::Participants, &[]),
        ask(FigureCode::Participations, &[Dimension::Municipality]),
        ask(FigureCode::Participants, &[Dimension::Month]),
        ask(FigureCode::FirstParticipants, &[Dimension::Municipality]),
        ask(FigureCode::NewToLeisure, &[Dimension::AgeBand]),
        ask(FigureCode::PassesActive, &[Dimension::Municipality]),
        ask(FigureCode::Participations, &[Dimension::ActivityType]),
        ask(FigureCode::Participants, &[Dimension::OrganiserKind]),
    ]
}

async fn answer(store: &Store, scope: &Scope, requests: &[FigureRequest]) -> Outcome<f64> {
    let begin = Instant::now();
    for request in requests {
        store.compute(scope, request).await?;
    }
    Ok(begin.elapsed().as_secs_f64() * 1000.0)
}

fn show(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |part: usize| {
        times
            .get((times.len() * part / 100).min(times.len() - 1))
            .copied()
            .unwrap_or_default()
    };
    println!(
        "| {what} | {} | {:.1} | {:.1} | {:.1} |",
        times.len(),
        at(50),
        at(95),
        at(100)
    );
}

/// What the process holds, in megabytes.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = |name: &str| {
        let found = status.lines().find(|line| line.starts_with(name));
        let kilobytes = found.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
        kilobytes.unwrap_or_default() / 1024
    };
    format!("{} MB, at most {} MB", line("VmRSS"), line("VmHWM"))
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(address), Some(visits)) = (arguments.next(), arguments.next()) else {
        return Err("give the address of a database and a number of visits".into());
    };
    let visits: usize = visits.parse()?;
    let url: DatabaseUrl = address.parse()?;
    let mut store = Store::open(&url, Environment::system()).await?;
    let scope = Scope::cli();
    let any = FigureRequest {
        raw: true,
        ..FigureRequest::new(FigureCode::PassesIssued, Period::project())
    };
    let figure = store.compute(&scope, &any).await?;
    if figure
        .total_cell("passes_issued")
        .and_then(domain::FigureCell::as_count)
        == Some(0)
    {
        let begin = Instant::now();
        let passes = fill(&store, visits).await?;
        println!(
            "filled with {visits} visits of {} holders in {:.1?}",
            passes.len(),
            begin.elapsed()
        );
    }
    // What has just been asked is in memory.
    store.close().await;
    store = Store::open(&url, Environment::system()).await?;
    println!("| milliseconds, {} | times | p50 | p95 | most |", store.engine());
    println!("|---|---:|---:|---:|---:|");
    let year = Period::calendar_year_of(store.env().today());
    let requests = page(year);
    show(
        "first figure after a start",
        vec![answer(&store, &scope, &requests[..1]).await?],
    );
    show(
        "first page of eight figures",
        vec![answer(&store, &scope, &requests).await?],
    );
    let mut times = Vec::new();
    for _ in 0..60 {
        times.push(answer(&store, &scope, &requests).await?);
    }
    show("the page again", times);

    // A scan before each page: every table is counted anew.
    let organiser = NewOrganiser {
        name: "Club van nu".to_owned(),
        kind: OrganiserKind::SportsClub,
        municipality: store
            .municipalities(&scope)
            .await?
            .first()
            .ok_or("no municipality")?
            .nis,
    };
    let organiser = store.add_organiser(&scope, organiser).await?;
    let now = store.env().now();
    let activity = NewActivity {
        organiser: organiser.id,
        name: "Nu".to_owned(),
        starts_at: now - SignedDuration::from_mins(30),
        ends_at: now + SignedDuration::from_mins(60),
        place: "Zaal".to_owned(),
        price_cents: Cents(600),
        rule: CountingRule::Unlimited,
        activity_type: "sport".to_owned(),
        taalicoon: None,
        minutes: None,
    };
    let activity = store.add_activity(&scope, activity).await?.id;
    let holder = NewHolder {
        first_name: FirstName::try_from("Ana")?,
        birth_year: BirthYear::try_new(1990, store.env().today())?,
        municipality: organiser.municipality,
        reason: NewcomerReason::RecentArrival,
        baseline: Baseline::No,
        partner: None,
    };
    let pass = store.issue_pass(&scope, holder, &NoSigner, ISSUER).await?.pass;
    let mut times = Vec::new();
    let mut scans = Vec::new();
    for _ in 0..40 {
        let begin = Instant::now();
        let scan = CheckIn {
            scan_id: ScanId::from(store.env().uuid_v7()),
            input: Ok(Scanned::Credential(pass.credential)),
            key: Some(KeyVerdict::Valid),
            content_hash: [1; 32],
            activity,
            occurred_at: None,
            clock_offset_ms: 0,
            manual: false,
            note: None,
        };
        store.check_in(&scope, scan).await?;
        scans.push(begin.elapsed().as_secs_f64() * 1000.0);
        times.push(answer(&store, &scope, &requests).await?);
    }
    show("a scan", scans);
    show("the page after it", times);
    let begin = Instant::now();
    store.facts_hash(&scope, None).await?;
    show("hash of all facts", vec![begin.elapsed().as_secs_f64() * 1000.0]);
    println!("memory: {}", memory());
    let then = Some(store.env().now() - SignedDuration::from_hours(24 * 30));
    let past = requests.map(|request| FigureRequest { as_of: then, ..request });
    show(
        "a page as of a month ago, the first",
        vec![answer(&store, &scope, &past).await?],
    );
    show("and again", vec![answer(&store, &scope, &past).await?]);
    println!("memory with the past beside it: {}", memory());
    store.close().await;
    Ok(())
}
