//! How long figures take over a database with demo data: `cargo run --release -p storage --example figures_speed -- ADDRESS`.
//!
//! The first question after a start, a page of eight figures again and again, the same with a scan before each, the hash of all
//! facts, and a page as of last month. It adds a club, a pass and forty scans.

#![expect(clippy::print_stdout, reason = "a program that prints what it measured")]

use std::error::Error;
use std::time::Instant;

use domain::{
    Baseline, BirthYear, Cents, CountingRule, Dimension, FigureCode, FirstName, KeyVerdict, NewcomerReason,
    OrganiserKind, Period, ScanId, Scanned,
};
use jiff::SignedDuration;
use storage::{
    CheckIn, DatabaseUrl, Environment, FigureRequest, NewActivity, NewHolder, NewOrganiser, PassSigner, Scope,
    SignError, Store,
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
    let Some(address) = std::env::args().nth(1) else {
        return Err("give the address of a database that has demo data".into());
    };
    let url: DatabaseUrl = address.parse()?;
    let store = Store::open(&url, Environment::system()).await?;
    let scope = Scope::cli();
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
