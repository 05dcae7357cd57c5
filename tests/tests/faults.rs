//! What an operator fears: the power goes while scans come in. Nothing acknowledged is lost, nothing counts twice.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed unwrap fails the test")]

use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use tests::on_both_engines;
use tests::world::{CheckIn, World};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

on_both_engines!(a_power_cut_in_the_middle_loses_and_doubles_nothing);

#[derive(Clone)]
struct Phone {
    http: reqwest::Client,
    url: String,
    token: String,
    acknowledged: UnboundedSender<()>,
}

/// Sends like a phone: every scan in order, until the server is gone. Gives how many were acknowledged.
async fn send_until_the_cut(phone: Phone, scans: Vec<CheckIn>) -> usize {
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
    let phone = Phone {
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
