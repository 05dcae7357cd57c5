//! Phones that are not what they were: a wrong clock, a new key, a key that is trusted no more.

use domain::{DeviceEvent, Flag, Reason, Verdict};
use jiff::SignedDuration;
use reqwest::Method;
use tests::on_both_engines;
use tests::phone::{Phone, new_key};
use tests::server::{Answer, send};
use tests::world::World;

use crate::club::Club;
use crate::outbox::results;

on_both_engines!(
    a_clock_that_is_a_day_off_neither_moves_nor_loses_a_visit,
    what_a_revoked_phone_still_has_is_kept_and_does_not_count,
    a_new_key_takes_over_and_what_the_old_one_signed_is_still_taken,
);

fn said(answer: &Answer) -> Vec<(Verdict, Reason)> {
    let results = results(answer).into_iter();
    results.map(|result| (result.verdict, result.reason)).collect()
}

const PACKAGE: &str = "/api/v1/device/package";

async fn package(phone: &Phone) -> Answer {
    send(phone.ask(Method::GET, PACKAGE)).await
}

/// The phone makes a new key, and signs with it from now on.
async fn roll(phone: &mut Phone) {
    let new = new_key();
    assert_eq!(phone.put_key(&new).await.status, 204);
    phone.adopt(new);
}

const COUNTED: (Verdict, Reason) = (Verdict::Counted, Reason::Ok);

async fn a_clock_that_is_a_day_off_neither_moves_nor_loses_a_visit(world: World) {
    let club = Club::open(&world).await;
    let before = world.participations().await;
    let passes = world.passes(4).await;
    let phone = club.counter(&world).await;
    let day = SignedDuration::from_hours(24);
    let scan = |at: usize| phone.check_in(&passes[at].credential, club.daily());
    let now = world.environment().now();
    let events = [
        // It knows by how much, either way.
        DeviceEvent {
            occurred_at: now - day,
            clock_offset_ms: 86_400_000,
            ..scan(0)
        },
        DeviceEvent {
            occurred_at: now + day,
            clock_offset_ms: -86_400_000,
            ..scan(1)
        },
        // It does not: then the scan counts as of its arrival, and a person is told.
        DeviceEvent {
            occurred_at: now + day,
            ..scan(2)
        },
        DeviceEvent {
            occurred_at: now - day,
            ..scan(3)
        },
    ];
    let answer = phone.sync(&events).await;
    assert_eq!(said(&answer), [COUNTED; 4]);
    let results = results(&answer);
    let suspect: Vec<bool> = results
        .iter()
        .map(|result| result.flags.contains(Flag::ClockSuspect))
        .collect();
    assert_eq!(suspect, [false, false, true, true]);
    assert_eq!(world.participations().await, before + 4);

    // A token of yesterday opens nothing; the answer tells the right time.
    let yesterday = format!("Device {}", phone.token_at(now - day));
    let request = world.server.request(Method::GET, PACKAGE);
    let answer = send(request.header("authorization", yesterday)).await;
    answer.assert_problem(401, "device_token_expired");
    let told = answer.headers.get("date").unwrap().to_str().unwrap();
    let told = jiff::fmt::rfc2822::parse(told).unwrap().timestamp();
    let off = told.duration_since(world.environment().now()).abs();
    assert!(off < SignedDuration::from_secs(30), "{told}");
    assert_eq!(package(&phone).await.status, 200);
}

async fn what_a_revoked_phone_still_has_is_kept_and_does_not_count(world: World) {
    let club = Club::open(&world).await;
    let before = world.participations().await;
    let passes = world.passes(4).await;
    let phone = club.counter(&world).await;
    let events: Vec<DeviceEvent> = passes
        .iter()
        .map(|pass| phone.check_in(&pass.credential, club.daily()))
        .collect();
    assert_eq!(said(&phone.sync(&events[..2]).await), [COUNTED; 2]);
    let revoke = ["device", "revoke", &phone.id.to_string()];
    let _ = world.server.home().run(&revoke).await.succeeded();
    let held = (Verdict::Refused, Reason::DeviceRevoked);
    for _ in 0..2 {
        let answer = phone.sync(&events).await;
        assert_eq!(
            said(&answer),
            [COUNTED, COUNTED, held, held],
            "what it gave before stands"
        );
    }
    assert_eq!(world.participations().await, before + 2);
    package(&phone).await.assert_problem(403, "device_revoked");
    phone.put_key(&new_key()).await.assert_problem(403, "device_revoked");

    // Another phone of the club scans the same people: they were not counted yet.
    let other = club.counter(&world).await;
    let again: Vec<DeviceEvent> = passes
        .iter()
        .map(|pass| other.check_in(&pass.credential, club.daily()))
        .collect();
    let repeat = (Verdict::Duplicate, Reason::AlreadyCounted);
    let answer = other.sync(&again).await;
    assert_eq!(said(&answer), [repeat, repeat, COUNTED, COUNTED]);
    assert_eq!(world.participations().await, before + 4);
}

async fn a_new_key_takes_over_and_what_the_old_one_signed_is_still_taken(world: World) {
    let club = Club::open(&world).await;
    let before = world.participations().await;
    let passes = world.passes(3).await;
    let mut phone = club.counter(&world).await;
    let events: Vec<DeviceEvent> = passes
        .iter()
        .map(|pass| phone.check_in(&pass.credential, club.daily()))
        .collect();
    // Signed before, sent after: the phone was offline with its queue.
    let signed_before = phone.jws(&events[..1]);
    roll(&mut phone).await;
    let answer = phone.post(signed_before.clone()).await;
    assert_eq!(said(&answer), [COUNTED]);
    assert_eq!(said(&phone.sync(&events[1..2]).await), [COUNTED]);
    assert_eq!(package(&phone).await.status, 200);

    // Once more: the first key is forgotten. What it had handed over stands, and the new key says it again.
    roll(&mut phone).await;
    let answer = phone.post(signed_before).await;
    answer.assert_problem(401, "device_key_unknown");
    assert_eq!(said(&phone.sync(&events).await), [COUNTED; 3]);
    assert_eq!(world.participations().await, before + 3);
}
