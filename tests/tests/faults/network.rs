//! The line between phones and server: answers that are lost, requests that come twice, in pieces, in another order, and
//! errors from somebody in between.

use std::time::{Duration, Instant};

use domain::{DeviceEvent, EventResult, Verdict};
use tests::on_both_engines;
use tests::phone::Phone;
use tests::world::World;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::club::Club;
use crate::long;
use crate::outbox::{Outbox, results};
use crate::proxy::{Fault, Proxy};

on_both_engines!(
    an_answer_that_is_lost_after_the_commit_costs_a_repeat_and_nothing_else,
    a_storm_of_errors_delays_and_loses_nothing,
    the_same_batch_many_times_at_once_counts_once,
    batches_in_any_order_end_in_the_same_figures,
    half_a_request_is_no_request,
    what_a_phone_did_not_sign_is_refused_in_words_and_harms_nobody,
);

/// A phone that scanned so many passes, each once.
async fn scanned(world: &World, club: &Club, passes: usize) -> (Phone, Vec<DeviceEvent>) {
    let phone = club.counter(world).await;
    let passes = world.passes(passes).await;
    let events = passes.iter().map(|pass| phone.check_in(&pass.credential, club.daily()));
    let events = events.collect();
    (phone, events)
}

fn all_counted(results: &[EventResult]) -> bool {
    results.iter().all(|result| result.verdict == Verdict::Counted)
}

async fn an_answer_that_is_lost_after_the_commit_costs_a_repeat_and_nothing_else(world: World) {
    let club = Club::open(&world).await;
    let before = world.participations().await;
    let (phone, events) = scanned(&world, &club, 40).await;
    let line = Proxy::to(world.server.address()).await;
    let outbox = Outbox::new(|path| line.url(path), &world.ticketing);
    line.always(Fault::LoseAnswer);
    let jws = phone.jws(&events[..20]);
    assert!(outbox.try_batch(&jws).await.is_err(), "the phone hears nothing");
    assert_eq!(world.participations().await, before + 20, "and yet it is there");
    line.always(Fault::None);
    // The phone scans on before it tries again: the same events in another request, with more behind them.
    let again = outbox.batch(&phone.jws(&events)).await;
    assert!(again.len() == 40 && all_counted(&again), "{again:?}");
    assert_eq!(world.participations().await, before + 40);

    // The same for a client with network.
    let scan = world.check_in(&world.pass().await, &club.daily().to_string());
    line.next([Fault::LoseAnswer, Fault::BadGateway, Fault::LoseAnswer]);
    assert_eq!(outbox.check_in(scan.body()).await, Verdict::Counted);
    assert_eq!(line.requests(), 6);
    assert_eq!(world.participations().await, before + 41);
}

async fn a_storm_of_errors_delays_and_loses_nothing(world: World) {
    const PHONES: usize = 4;
    let storm = Duration::from_secs(if long() { 30 } else { 2 });
    let club = Club::open(&world).await;
    let before = world.participations().await;
    let line = Proxy::to(world.server.address()).await;
    line.always(Fault::Unavailable);
    // Now and then one of them gets through, and its answer does not come back.
    line.next([
        Fault::BadGateway,
        Fault::Unavailable,
        Fault::LoseAnswer,
        Fault::CutInHalf,
        Fault::BadGateway,
    ]);
    let outbox = Outbox::new(|path| line.url(path), &world.ticketing);
    let mut phones = tokio::task::JoinSet::new();
    for _ in 0..PHONES {
        let (phone, events) = scanned(&world, &club, 60).await;
        let outbox = outbox.clone();
        phones.spawn(async move {
            for batch in events.chunks(15) {
                assert!(all_counted(&outbox.batch(&phone.jws(batch)).await));
            }
        });
    }
    let begin = Instant::now();
    while line.requests() < 5 * PHONES || begin.elapsed() < storm {
        assert!(begin.elapsed() < 2 * storm + Duration::from_secs(10), "nobody tries");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    line.always(Fault::None);
    phones.join_all().await;
    assert_eq!(world.participations().await, before + 60 * PHONES as u64);
}

async fn the_same_batch_many_times_at_once_counts_once(world: World) {
    let times = if long() { 64 } else { 8 };
    let club = Club::open(&world).await;
    let before = world.participations().await;
    let (phone, events) = scanned(&world, &club, 200).await;
    let jws = phone.jws(&events);
    let outbox = Outbox::new(|path| world.server.url(path), &world.ticketing);
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..times {
        let (outbox, jws) = (outbox.clone(), jws.clone());
        running.spawn(async move { outbox.try_batch(&jws).await.unwrap() });
    }
    for answer in running.join_all().await {
        assert_eq!(answer.status(), 200);
        let answer: domain::SyncAnswer = answer.json().await.unwrap();
        assert!(answer.results.len() == 200 && all_counted(&answer.results));
    }
    assert_eq!(world.participations().await, before + 200);
}

async fn batches_in_any_order_end_in_the_same_figures(world: World) {
    let club = Club::open(&world).await;
    let before = world.participations().await;
    let passes = world.passes(10).await;
    let phone = club.counter(&world).await;
    // Each pass four times; the second visit to the phone undoes its first scan.
    let mut events = Vec::new();
    for round in 0..4 {
        for pass in &passes {
            events.push(phone.check_in(&pass.credential, club.daily()));
        }
        if round == 1 {
            let firsts: Vec<_> = events[..10].to_vec();
            events.extend(firsts.into_iter().map(|first| phone.annul(&first)));
        }
    }
    let outbox = Outbox::new(|path| world.server.url(path), &world.ticketing);
    for batch in events.chunks(7).rev() {
        outbox.batch(&phone.jws(batch)).await;
    }
    let mut standing = Vec::new();
    for batch in events.chunks(50) {
        standing.extend(outbox.batch(&phone.jws(batch)).await.into_iter().map(|one| one.verdict));
    }
    let expected = [
        [Verdict::Annulled; 10],
        [Verdict::Counted; 10],
        [Verdict::Annulled; 10],
        [Verdict::Duplicate; 10],
        [Verdict::Duplicate; 10],
    ];
    assert_eq!(standing, expected.concat());
    assert_eq!(world.participations().await, before + 10);
}

async fn half_a_request_is_no_request(world: World) {
    let club = Club::open(&world).await;
    let before = world.participations().await;
    let (phone, events) = scanned(&world, &club, 50).await;
    let jws = phone.jws(&events);
    let head = |length: usize| {
        format!(
            "POST /api/v1/device/sync HTTP/1.1\r\nhost: {}\r\ncontent-type: application/jose\r\n\
             content-length: {length}\r\n\r\n",
            world.server.address()
        )
    };
    for part in [0, 1, jws.len() / 2, jws.len() - 1] {
        // The connection ends in the middle.
        let mut line = TcpStream::connect(world.server.address()).await.unwrap();
        line.write_all(head(jws.len()).as_bytes()).await.unwrap();
        line.write_all(&jws.as_bytes()[..part]).await.unwrap();
        drop(line);
        // The phone says that it is done, and promised more.
        let mut line = TcpStream::connect(world.server.address()).await.unwrap();
        line.write_all(head(jws.len()).as_bytes()).await.unwrap();
        line.write_all(&jws.as_bytes()[..part]).await.unwrap();
        line.shutdown().await.unwrap();
        let mut answer = String::new();
        // The server may hang up or say what is wrong; it must not say that all is well.
        let _ = line.read_to_string(&mut answer).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
        // What came is cut short and says so.
        let cut = phone.post(jws[..part].to_owned()).await;
        cut.assert_some_problem(&[400, 401]);
    }
    if long() {
        // Half a body and then silence: the server's patience ends before the phone's.
        let mut line = TcpStream::connect(world.server.address()).await.unwrap();
        line.write_all(head(jws.len()).as_bytes()).await.unwrap();
        line.write_all(&jws.as_bytes()[..100]).await.unwrap();
        let mut answer = String::new();
        let patience = Duration::from_secs(60);
        let _ = tokio::time::timeout(patience, line.read_to_string(&mut answer))
            .await
            .unwrap();
        assert!(!answer.starts_with("HTTP/1.1 2"), "{answer}");
    }
    assert_eq!(world.participations().await, before, "nothing of it was taken");
    assert!(all_counted(&results(&phone.post(jws).await)));
    assert_eq!(world.participations().await, before + 50);
}

async fn what_a_phone_did_not_sign_is_refused_in_words_and_harms_nobody(world: World) {
    let club = Club::open(&world).await;
    let before = world.participations().await;
    let (phone, events) = scanned(&world, &club, 3).await;
    let other = club.counter(&world).await;
    let good = phone.jws(&events);
    let parts: Vec<&str> = good.split('.').collect();
    let theirs = other.jws(&events);
    let theirs: Vec<&str> = theirs.split('.').collect();
    for bad in [
        String::new(),
        "...".to_owned(),
        "a.b.c".to_owned(),
        "x".repeat(200_000),
        format!("{}.{}.", parts[0], parts[1]),
        // Another phone's words under this phone's name, and the other way round.
        format!("{}.{}.{}", parts[0], theirs[1], parts[2]),
        format!("{}.{}.{}", parts[0], theirs[1], theirs[2]),
        format!("{}.{}.{}", theirs[0], parts[1], theirs[2]),
        // {"alg":"none"}
        format!("eyJhbGciOiJub25lIn0.{}.", parts[1]),
        good.replace('.', ""),
        format!("{good}.{good}"),
    ] {
        let answer = phone.post(bad).await;
        answer.assert_some_problem(&[400, 401]);
    }
    // More than is taken: the server says so or hangs up before it has read all.
    let outbox = Outbox::new(|path| world.server.url(path), &world.ticketing);
    if let Ok(answer) = outbox.try_batch(&"x".repeat(300_000)).await {
        assert_eq!(answer.status(), 413);
    }
    assert_eq!(world.participations().await, before);
    assert!(all_counted(&results(&phone.post(good).await)));
    assert_eq!(world.participations().await, before + 3);
}
