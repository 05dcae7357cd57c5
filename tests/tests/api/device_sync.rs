//! What a paired phone hands over: one result an event, once and for all, and nobody else's word for it.

use domain::{ActivityId, DeviceEvent, Flag, Reason, Verdict};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use tests::on_both_engines;
use tests::phone::{Phone, new_key};
use tests::server::{Answer, send};
use tests::world::{Pass, World, text};

use crate::devices::place;
use crate::sessions::{own_activity, session};

on_both_engines!(
    an_evening_without_network_is_counted_once_however_often_it_is_sent,
    one_bad_event_never_fails_its_neighbours,
    what_no_paired_phone_signed_is_refused,
    limits_are_named_when_they_are_passed,
    phones_hear_of_each_others_visits_and_of_no_number,
    a_revoked_phones_scans_wait_for_a_person,
    an_organiser_uploads_the_queue_of_its_own_phone,
);

async fn phone(world: &World) -> (Phone, ActivityId) {
    let (organiser, activity) = place(world).await;
    (
        Phone::pair(&world.server, &organiser, "counter").await,
        activity.parse().unwrap(),
    )
}

fn scans(phone: &Phone, passes: &[Pass], activity: ActivityId) -> Vec<DeviceEvent> {
    let scan = |pass: &Pass| phone.check_in(&pass.credential, activity);
    passes.iter().map(scan).collect()
}

fn verdicts(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let answer = answer.json();
    let results = answer["results"].as_array().unwrap().iter();
    results
        .map(|result| format!("{}/{}", text(result, "verdict"), text(result, "reason")))
        .collect()
}

async fn an_evening_without_network_is_counted_once_however_often_it_is_sent(world: World) {
    let (phone, activity) = phone(&world).await;
    let before = world.participations().await;
    let passes = world.passes(4).await;
    let mut evening = scans(&phone, &passes, activity);
    evening.push(phone.check_in(&passes[0].credential, activity));
    evening.push(phone.typed(&world.pass().await.number, activity));
    evening.push(phone.annul(&evening[1]));
    evening.push(phone.write_down(|event| {
        event.activity_id = activity;
        (event.device_verdict, event.device_reason) = (Verdict::Refused, Reason::ForeignQr);
    }));
    let first = phone.hand_over(&evening).await;
    let told: Vec<(String, Verdict, Reason)> = first
        .results
        .iter()
        .map(|result| (result.scan_id.clone(), result.verdict, result.reason))
        .collect();
    let ids: Vec<String> = evening.iter().map(|event| event.scan_id.to_string()).collect();
    assert_eq!(
        told.iter().map(|(id, ..)| id.clone()).collect::<Vec<_>>(),
        ids,
        "in order"
    );
    let standing: Vec<Verdict> = told.iter().map(|&(_, verdict, _)| verdict).collect();
    use Verdict::{Annulled, Counted, Duplicate, Refused};
    assert_eq!(
        standing,
        [
            Counted, Annulled, Counted, Counted, Duplicate, Counted, Annulled, Refused
        ]
    );
    assert!(first.results[5].flags.contains(Flag::Manual), "typed");
    assert_eq!(world.participations().await, before + 4);
    // The reply got lost; the phone sends all of it again, then one by one from behind.
    assert_eq!(phone.hand_over(&evening).await.results, first.results);
    for (event, result) in evening.iter().zip(&first.results).rev() {
        assert_eq!(
            phone.hand_over(std::slice::from_ref(event)).await.results,
            std::slice::from_ref(result)
        );
    }
    assert_eq!(world.participations().await, before + 4);
    // The same id with other content is somebody's mistake, and changes nothing.
    let mut other = evening[0].clone();
    other.credential = Some(passes[3].credential.clone());
    assert_eq!(verdicts(&phone.sync(&[other]).await), ["refused/id_reuse"]);
    assert_eq!(phone.hand_over(&evening[..1]).await.results, first.results[..1]);
}

async fn one_bad_event_never_fails_its_neighbours(world: World) {
    let (phone, activity) = phone(&world).await;
    let before = world.participations().await;
    let good = scans(&phone, &world.passes(3).await, activity);
    let with = |member: &str, value: Value| {
        let mut event = json!(phone.check_in("RND1:X", activity));
        event[member] = value;
        event
    };
    let bad = [
        json!({"scan_id": "geen-id", "seq": "een"}),
        json!("tekst"),
        with("occurred_at", json!("gisteren")),
        with("prev", json!("\u{0}")),
        with("clock_offset_ms", json!(i64::MIN)),
        with("credential", json!("9".repeat(17_000))),
        with("activity_id", json!(null)),
    ];
    let mut events = vec![json!(good[0])];
    events.extend(bad);
    events.extend([json!(good[1]), json!(good[2])]);
    let request = json!({"device_id": phone.id, "sent_at": world.environment().now(), "events": events});
    let answer = phone.post(phone.jws_of(&request)).await;
    let verdicts = verdicts(&answer);
    let expected = ["counted/ok"]
        .iter()
        .chain([&"refused/malformed"; 7])
        .chain([&"counted/ok"; 2]);
    assert!(
        verdicts.iter().map(String::as_str).eq(expected.copied()),
        "{verdicts:?}"
    );
    assert_eq!(answer.json()["results"][1]["scan_id"], "geen-id");
    assert_eq!(answer.json()["results"][2]["scan_id"], "");
    assert_eq!(world.participations().await, before + 3);
    // An extreme clock is an event like any other: it is recorded, and suspect.
    for occurred_at in [
        "-009999-01-03T00:00:00Z",
        "9999-12-30T00:00:00Z",
        "1999-12-31T23:59:59Z",
    ] {
        let pass = world.pass().await;
        let scan = phone.write_down(|event| {
            event.credential = Some(pass.credential.clone());
            event.activity_id = activity;
            event.occurred_at = occurred_at.parse().unwrap();
        });
        let answer = phone.hand_over(&[scan]).await;
        assert!(
            answer.results[0].flags.contains(Flag::ClockSuspect),
            "{occurred_at}: {answer:?}"
        );
    }
}

async fn what_no_paired_phone_signed_is_refused(world: World) {
    let (phone, activity) = phone(&world).await;
    let before = world.participations().await;
    let events = scans(&phone, &world.passes(1).await, activity);
    let good = phone.jws(&events);
    let [head, body, seal] = good.split('.').collect::<Vec<_>>().try_into().unwrap();
    let payload = json!(phone.request(&events)).to_string();
    let b64 = |text: &str| {
        use base64::Engine as _;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
    };
    let under = |header: Value| phone.sign(&format!("{}.{}", b64(&header.to_string()), b64(&payload)));
    let hostile = [
        String::new(),
        "{}".to_owned(),
        format!("{head}.{body}"),
        format!("{head}.{body}."),
        format!("{head}.{}.{seal}", b64(&payload.replace("check_in", "redeem"))),
        format!("{head}.{body}.{}", &seal[2..]),
        good[..good.len() / 2].to_owned(),
        under(json!({"alg": "none", "kid": phone.id})),
        under(json!({"alg": "HS256", "kid": phone.id})),
        under(json!({"alg": "ES256"})),
        under(json!({"alg": "ES256", "kid": "1"})),
        under(json!({"alg": "ES256", "kid": phone.id, "crit": []})),
        under(json!({"alg": "ES256", "kid": "k".repeat(10_000)})),
    ];
    for jws in hostile {
        phone.post(jws.clone()).await.assert_some_problem(&[401]);
    }
    let stranger = Phone::with_key(&phone.base, world.uuid().into(), new_key());
    stranger.sync(&events).await.assert_problem(401, "device_unknown");
    let thief = Phone::with_key(&phone.base, phone.id, new_key());
    thief.sync(&events).await.assert_problem(401, "device_key_unknown");
    // Signed by one phone in the name of another.
    let (other, _) = self::phone(&world).await;
    phone
        .post(phone.jws_of(&other.request(&events)))
        .await
        .assert_problem(422, "validation");
    for payload in [
        json!(null),
        json!([]),
        json!({"device_id": phone.id}),
        json!({"device_id": 1}),
    ] {
        phone
            .post(phone.jws_of(&payload))
            .await
            .assert_problem(400, "malformed");
    }
    let request = world.server.request(Method::POST, "/api/v1/device/sync");
    let answer = send(request.header("content-type", "application/json").body(good.clone())).await;
    answer.assert_problem(415, "unsupported_media_type");
    assert_eq!(world.participations().await, before, "nothing of it was recorded");
    assert_eq!(verdicts(&phone.post(good).await), ["counted/ok"]);
}

async fn limits_are_named_when_they_are_passed(world: World) {
    let (phone, activity) = phone(&world).await;
    let pass = world.pass().await;
    let events: Vec<DeviceEvent> = (0..201).map(|_| phone.check_in(&pass.credential, activity)).collect();
    let many = phone.sync(&events).await;
    many.assert_problem(422, "validation");
    assert!(many.member("detail").contains("200"), "{}", many.text);
    let most = phone.jws(&events[..200]);
    assert!(most.len() < 256 * 1024, "two hundred events fit: {}", most.len());
    let counted = verdicts(&phone.post(most).await);
    assert_eq!((counted.len(), counted[0].as_str()), (200, "counted/ok"));
    let large = phone.post("x".repeat(257 * 1024)).await;
    large.assert_problem(413, "too_large");
    assert!(large.member("detail").contains("256"), "{}", large.text);
}

async fn phones_hear_of_each_others_visits_and_of_no_number(world: World) {
    let (organiser, activity) = place(&world).await;
    let activity = activity.parse().unwrap();
    let one = Phone::pair(&world.server, &organiser, "counter").await;
    let two = Phone::pair(&world.server, &organiser, "counter").await;
    let passes = world.passes(3).await;
    let begin = world.environment().now();
    let asks = async |phone: &Phone, waiting: u32| {
        let request = json!({
            "device_id": phone.id, "sent_at": begin, "waiting": waiting, "recent_since": begin, "events": [],
        });
        phone.post(phone.jws_of(&request)).await.json()
    };
    one.hand_over(&scans(&one, &passes, activity)).await;
    let heard = asks(&two, 0).await;
    let keys: Vec<String> = heard["recent"]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| key.as_str().unwrap().into())
        .collect();
    assert_eq!(keys.len(), 3, "{heard}");
    for pass in &passes {
        assert!(!heard.to_string().contains(&pass.number));
    }
    assert_eq!(asks(&one, 0).await["recent"], json!([]), "a phone knows its own");
    let until: jiff::Timestamp = heard["recent_until"].as_str().unwrap().parse().unwrap();
    assert!(until >= begin && until <= world.environment().now());
    let busy = asks(&two, 40).await;
    assert_eq!(busy["recent"], json!([]), "first the queue, then the news");
    assert_eq!(
        busy["recent_until"]
            .as_str()
            .unwrap()
            .parse::<jiff::Timestamp>()
            .unwrap(),
        begin
    );
    // With what it heard, the second phone says itself what the server would say.
    let judge = domain::Judge::new(two.package().await).unwrap();
    assert!(keys.iter().all(|key| judge.package().recent.contains(key)));
    let scanned = domain::parse_scan(&passes[0].credential);
    let judged = judge.judge(&scanned, activity, begin + SignedDuration::from_secs(1), |key| {
        keys.iter().any(|known| known == key)
    });
    assert_eq!(judged.decision.verdict, Verdict::Duplicate);
    assert_eq!(
        two.hand_over(&scans(&two, &passes[..1], activity)).await.results[0].verdict,
        Verdict::Duplicate
    );
}

async fn a_revoked_phones_scans_wait_for_a_person(world: World) {
    let (phone, activity) = phone(&world).await;
    let before = world.participations().await;
    let passes = world.passes(2).await;
    let counted = scans(&phone, &passes[..1], activity);
    phone.hand_over(&counted).await;
    let held = scans(&phone, &passes[1..], activity);
    let id = phone.id.to_string();
    let _ = world.server.home().run(&["device", "revoke", &id]).await.succeeded();
    let answer = phone.sync(&held).await;
    assert_eq!(verdicts(&answer), ["refused/device_revoked"]);
    assert_eq!(answer.json()["recent"], json!([]));
    assert_eq!(
        verdicts(&phone.sync(&held).await),
        ["refused/device_revoked"],
        "a replay says the same"
    );
    assert_eq!(
        verdicts(&phone.sync(&counted).await),
        ["counted/ok"],
        "what was counted stays counted"
    );
    assert_eq!(world.participations().await, before + 1);
}

/// Posts a queue file with a cookie.
async fn upload(world: &World, cookie: &str, file: &Value) -> Answer {
    let request = world
        .server
        .request(Method::POST, "/api/v1/device/queue")
        .header("cookie", cookie);
    send(request.header("sec-fetch-site", "same-origin").json(file)).await
}

async fn an_organiser_uploads_the_queue_of_its_own_phone(world: World) {
    let club = session(&world, "club").await;
    let own = own_activity(&world).await;
    let open = world.activities("open_now=true").await;
    let of = |own_one: bool| {
        let organiser = open.iter().find(|one| one["id"] == own.as_str()).unwrap()["organiser_id"].clone();
        let found = open
            .iter()
            .find(|one| (one["organiser_id"] == organiser) == own_one)
            .unwrap();
        (
            text(found, "organiser_id"),
            found["id"].as_str().unwrap().parse::<ActivityId>().unwrap(),
        )
    };
    let ((organiser, activity), (foreign, theirs)) = (of(true), of(false));
    let phone = Phone::pair(&world.server, &organiser, "counter").await;
    let other = Phone::pair(&world.server, &foreign, "counter").await;
    let before = world.participations().await;
    let events = scans(&phone, &world.passes(3).await, activity);
    let file = phone.queue_file(&[&events[..2], &events[2..]]);
    let done = upload(&world, &club, &file).await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert_eq!(
        (&done.json()["events"], &done.json()["counted"]),
        (&json!(3), &json!(3))
    );
    assert_eq!(upload(&world, &club, &file).await.json(), done.json(), "twice is once");
    assert_eq!(
        verdicts(&phone.sync(&events).await),
        ["counted/ok"; 3],
        "and the phone may send it after all"
    );
    assert_eq!(world.participations().await, before + 3);

    let foreign_events = scans(&other, &world.passes(1).await, theirs);
    let mut mixed = phone.queue_file(&[&scans(&phone, &world.passes(1).await, activity)]);
    mixed["batches"]
        .as_array_mut()
        .unwrap()
        .push(json!(other.jws(&foreign_events)));
    upload(&world, &club, &mixed).await.assert_problem(422, "validation");
    let mut forged = file.clone();
    forged["batches"][0] = json!(Phone::with_key(&phone.base, phone.id, new_key()).jws(&events));
    upload(&world, &club, &forged).await.assert_problem(422, "validation");
    for wrong in [
        json!({}),
        json!({"format": "iets", "batches": []}),
        json!({"format": "randpas-queue-1", "batches": [1]}),
    ] {
        upload(&world, &club, &wrong).await.assert_problem(422, "validation");
    }
    assert_eq!(world.participations().await, before + 3, "all or nothing");
    let counter = session(&world, "balie").await;
    upload(&world, &counter, &file).await.assert_problem(403, "role_denied");
    upload(&world, "", &file).await.assert_problem(401, "unauthenticated");
    let request = world
        .server
        .request(Method::POST, "/api/v1/device/queue")
        .header("cookie", &club);
    let elsewhere = send(request.header("sec-fetch-site", "cross-site").json(&file)).await;
    elsewhere.assert_problem(403, "cross_origin");
}
