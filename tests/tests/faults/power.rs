//! The power goes while scans come in.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use domain::{ActivityId, DeviceEvent, Verdict};
use reqwest::Method;
use tests::on_both_engines;
use tests::phone::Phone;
use tests::world::{CheckIn, Pass, World};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::club::Club;
use crate::dice::Dice;
use crate::long;
use crate::outbox::{Outbox, results};
use crate::proxy::Proxy;

on_both_engines!(
    a_power_cut_in_the_middle_loses_and_doubles_nothing,
    power_cuts_under_load_lose_and_double_nothing,
);

#[derive(Clone)]
struct Client {
    http: reqwest::Client,
    url: String,
    token: String,
    acknowledged: UnboundedSender<()>,
}

/// Sends like a phone with network: every scan in order, until the server is gone. Gives how many were acknowledged.
async fn send_until_the_cut(phone: Client, scans: Vec<CheckIn>) -> usize {
    for (done, scan) in scans.iter().enumerate() {
        let request = phone
            .http
            .request(Method::POST, &phone.url)
            .bearer_auth(&phone.token)
            .json(scan.body());
        match request.send().await {
            Ok(answer) if answer.status() == 201 => phone.acknowledged.send(()).unwrap_or_default(),
            Ok(answer) => panic!("{}", answer.status()),
            Err(_) => return done,
        }
    }
    scans.len()
}

async fn a_power_cut_in_the_middle_loses_and_doubles_nothing(world: World) {
    const PHONES: usize = 16;
    const SCANS: usize = 60;
    let before = world.participations().await;
    let activity = world.open_activity().await;
    let passes = world.passes(PHONES * SCANS).await;
    let phones: Vec<Vec<CheckIn>> = passes
        .chunks(SCANS)
        .map(|passes| passes.iter().map(|pass| world.check_in(pass, &activity)).collect())
        .collect();
    let http = reqwest::Client::builder()
        .timeout(Duration::from_secs(5))
        .build()
        .unwrap();
    let (acknowledged, mut answers) = unbounded_channel();
    let url = world.server.url("/api/v1/check-ins");
    let phone = Client {
        http,
        url,
        token: world.ticketing.clone(),
        acknowledged,
    };
    let mut running = tokio::task::JoinSet::new();
    for (index, scans) in phones.iter().cloned().enumerate() {
        let phone = phone.clone();
        running.spawn(async move { (index, send_until_the_cut(phone, scans).await) });
    }
    for _ in 0..PHONES * SCANS / 3 {
        answers.recv().await.unwrap();
    }
    let world = world.after_a_power_cut().await;
    let mut acknowledged = vec![0; PHONES];
    for (index, done) in running.join_all().await {
        acknowledged[index] = done;
    }
    let kept = world.participations().await - before;
    let promised: u64 = acknowledged.iter().map(|&done| done as u64).sum();
    assert!(kept >= promised, "{promised} were acknowledged, {kept} are there");
    assert!(
        kept <= promised + PHONES as u64,
        "{kept} are there, {promised} were acknowledged"
    );

    // Every phone tries again from the start, as it must: it does not know what arrived.
    let world = Arc::new(world);
    let mut running = tokio::task::JoinSet::new();
    for (scans, done) in phones.into_iter().zip(acknowledged) {
        let world = world.clone();
        running.spawn(async move {
            for (index, scan) in scans.iter().enumerate() {
                let answer = world.send(scan).await;
                assert_eq!(answer.member("verdict"), "counted", "{}", answer.text);
                assert!(
                    index >= done || answer.status == 200,
                    "{index} of {done} was acknowledged: {}",
                    answer.status
                );
            }
        });
    }
    running.join_all().await;
    assert_eq!(world.participations().await, before + (PHONES * SCANS) as u64);
}

/// What phones and clients have acknowledged so far, and whether they should go on.
struct Evening {
    acknowledged: AtomicUsize,
    over: AtomicBool,
}

impl Evening {
    fn goes_on(&self) -> bool {
        !self.over.load(Ordering::Relaxed)
    }
}

/// Events in one hand-over.
const BATCH: usize = 20;

/// Scans its own passes over and over, batch by batch, and never sends again what was acknowledged. Gives all that it sent,
/// and whose pass was in it.
async fn phone_scans(
    phone: Phone,
    outbox: Outbox,
    evening: Arc<Evening>,
    passes: Vec<Pass>,
    activity: ActivityId,
) -> (Phone, Vec<DeviceEvent>) {
    let mut sent = Vec::new();
    let mut again = passes.iter().cycle();
    while evening.goes_on() {
        let scan = |pass: &Pass| phone.check_in(&pass.credential, activity);
        let batch: Vec<DeviceEvent> = again.by_ref().take(BATCH).map(scan).collect();
        let results = outbox.batch(&phone.jws(&batch)).await;
        assert_eq!(results.len(), batch.len());
        evening.acknowledged.fetch_add(batch.len(), Ordering::Relaxed);
        sent.extend(batch);
    }
    (phone, sent)
}

/// The same of a client with network, one by one.
async fn client_scans(
    outbox: Outbox,
    evening: Arc<Evening>,
    scans: UnboundedSender<(usize, CheckIn)>,
    next: impl Fn(usize) -> CheckIn,
) {
    let mut number = 0;
    while evening.goes_on() {
        let scan = next(number);
        outbox.check_in(scan.body()).await;
        evening.acknowledged.fetch_add(1, Ordering::Relaxed);
        scans.send((number, scan)).unwrap();
        number += 1;
    }
}

async fn power_cuts_under_load_lose_and_double_nothing(mut world: World) {
    const PHONES: usize = 4;
    const CLIENTS: usize = 4;
    const PASSES: usize = 50;
    let cuts = if long() { 100 } else { 5 };
    let club = Club::open(&world).await;
    let before = world.participations().await;
    let mut passes = world.passes((PHONES + CLIENTS) * PASSES).await;
    let line = Proxy::to(world.server.address()).await;
    let outbox = Outbox::new(|path| line.url(path), &world.ticketing);
    let evening = Arc::new(Evening {
        acknowledged: AtomicUsize::new(0),
        over: AtomicBool::new(false),
    });
    let mut phones = tokio::task::JoinSet::new();
    for _ in 0..PHONES {
        let own = passes.split_off(passes.len() - PASSES);
        let phone = club.counter(&world).await;
        phones.spawn(phone_scans(phone, outbox.clone(), evening.clone(), own, club.daily()));
    }
    let (sent, mut scans) = unbounded_channel();
    let mut clients = tokio::task::JoinSet::new();
    for own in passes.chunks(PASSES) {
        let (own, activity, environment) = (own.to_vec(), club.daily().to_string(), world.environment().clone());
        let next = move |number: usize| {
            let pass = &own[number % PASSES];
            CheckIn::new(&environment.uuid_v7().to_string(), &pass.credential, &activity)
        };
        clients.spawn(client_scans(outbox.clone(), evening.clone(), sent.clone(), next));
    }
    drop(sent);

    let mut dice = Dice::new(cuts);
    for cut in 0..cuts {
        // Under load: something was acknowledged since the last time, and more is on its way.
        let (seen, begin) = (evening.acknowledged.load(Ordering::Relaxed), Instant::now());
        while evening.acknowledged.load(Ordering::Relaxed) == seen {
            assert!(
                begin.elapsed() < Duration::from_secs(60),
                "nothing arrives after cut {cut}"
            );
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_millis(dice.roll(60) as u64)).await;
        world = world.after_a_power_cut().await;
        line.now_to(world.server.address());
    }
    evening.over.store(true, Ordering::Relaxed);

    // Every scan is there once: of each pass the first counts, the rest are repeats, and nothing else counts.
    let mut counted = 0;
    for (mut phone, events) in phones.join_all().await {
        phone.base = world.server.url("");
        let mut seen = HashSet::new();
        let first: HashSet<_> = events
            .iter()
            .filter(|event| seen.insert(event.credential.clone()))
            .map(|event| event.scan_id)
            .collect();
        counted += first.len();
        for batch in events.chunks(200) {
            let results = results(&phone.sync(batch).await);
            for (event, result) in batch.iter().zip(results) {
                assert_eq!(
                    result.verdict == Verdict::Counted,
                    first.contains(&event.scan_id),
                    "{event:?}: {result:?}"
                );
                assert!(
                    matches!(result.verdict, Verdict::Counted | Verdict::Duplicate),
                    "{result:?}"
                );
            }
        }
    }
    clients.join_all().await;
    while let Ok((number, scan)) = scans.try_recv() {
        let answer = world.send(&scan).await;
        assert_eq!(answer.status, 200, "it was there: {}", answer.text);
        assert_eq!(
            answer.member("verdict") == "counted",
            number < PASSES,
            "{number}: {}",
            answer.text
        );
        counted += usize::from(number < PASSES);
    }
    assert_eq!(world.participations().await, before + counted as u64);
}
