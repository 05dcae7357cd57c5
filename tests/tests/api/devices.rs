//! Paired phones: pairing, package, key, and who is refused.

use domain::device::token::DeviceClaims;
use domain::{Judge, PassStatus, Reason, StatusList, Verdict, parse_scan};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use storage::Scope;
use tests::on_both_engines;
use tests::phone::{Phone, jwk, new_key, pair, pairing_code};
use tests::server::{Answer, send};
use tests::world::{World, text};

on_both_engines!(
    a_code_pairs_one_phone_and_says_why_it_pairs_no_other,
    guessing_codes_ends_soon,
    a_key_must_be_a_public_key_of_p_256,
    a_package_lets_a_phone_judge_alone,
    an_unchanged_package_is_not_sent_again,
    hostile_tokens_are_refused_as_strangers,
    a_clock_that_is_wrong_is_told_the_time,
    a_revoked_phone_is_refused_at_its_next_request,
    a_rolled_key_replaces_the_old_one,
);

/// An activity that is open now, and whose it is.
pub(crate) async fn place(world: &World) -> (String, String) {
    let open = world.activities("open_now=true").await;
    let once = open
        .iter()
        .find(|activity| activity["counting_rule"] != "unlimited")
        .unwrap();
    (text(once, "organiser_id"), text(once, "id"))
}

/// The path of the package.
const PACKAGE: &str = "/api/v1/device/package";

async fn a_code_pairs_one_phone_and_says_why_it_pairs_no_other(world: World) {
    let (organiser, _) = place(&world).await;
    let server = &world.server;
    let code = pairing_code(server, &organiser, "supervisor").await;
    let key = jwk(&new_key());
    let typed_badly = code.to_lowercase().replace('-', " ");
    let paired = pair(server, &typed_badly, "Gsm aan de ingang", &key).await;
    assert_eq!(paired.status, 201, "{}", paired.text);
    assert_eq!(paired.member("role"), "supervisor");
    assert_eq!(paired.json()["organiser"]["id"], organiser.as_str());
    assert!(paired.member("server_time").parse::<jiff::Timestamp>().is_ok());
    // The answer got lost: the same phone asks again.
    let again = pair(server, &code, "Gsm aan de ingang", &key).await;
    assert_eq!(
        (again.status.as_u16(), again.member("device_id")),
        (201, paired.member("device_id"))
    );
    pair(server, &code, "Andere", &jwk(&new_key()))
        .await
        .assert_problem(409, "pairing_code_used");
    pair(server, "0000-0000", "Andere", &key)
        .await
        .assert_problem(404, "pairing_code_unknown");
    let fresh = pairing_code(server, &organiser, "counter").await;
    for (code, name) in [("0000", "Gsm"), (fresh.as_str(), ""), (fresh.as_str(), &"x".repeat(61))] {
        pair(server, code, name, &key).await.assert_problem(422, "validation");
    }
    assert_eq!(
        pair(server, &fresh, &"x".repeat(60), &key).await.status,
        201,
        "a bad name costs no code"
    );
    let list = server
        .home()
        .run(&["device", "list", "--organiser", &organiser, "--json"])
        .await
        .succeeded();
    let names: Vec<String> = list.json_lines().iter().map(|line| text(line, "name")).collect();
    assert!(names.contains(&"Gsm aan de ingang".to_owned()), "{names:?}");
}

async fn guessing_codes_ends_soon(world: World) {
    let key = jwk(&new_key());
    for number in 0..100 {
        let answer = pair(&world.server, &format!("0000-{number:04}"), "Gsm", &key).await;
        if answer.status == 429 {
            answer.assert_problem(429, "rate_limited");
            assert!(answer.headers.contains_key("retry-after"));
            assert!(number >= 10, "a person may mistype");
            return;
        }
        answer.assert_problem(404, "pairing_code_unknown");
    }
    panic!("a hundred guesses were answered");
}

async fn a_key_must_be_a_public_key_of_p_256(world: World) {
    let (organiser, _) = place(&world).await;
    let code = pairing_code(&world.server, &organiser, "counter").await;
    let good = jwk(&new_key());
    let with = |member: &str, value: Value| {
        let mut key = good.clone();
        key[member] = value;
        key
    };
    for wrong in [
        json!(null),
        json!("sleutel"),
        json!({}),
        with("crv", json!("P-521")),
        with("kty", json!("oct")),
        with("y", good["x"].clone()),
        with("x", json!("AA")),
        with("d", json!("AA")),
    ] {
        pair(&world.server, &code, "Gsm", &wrong)
            .await
            .assert_problem(422, "validation");
    }
    assert_eq!(
        pair(&world.server, &code, "Gsm", &good).await.status,
        201,
        "no try cost the code"
    );
}

async fn a_package_lets_a_phone_judge_alone(world: World) {
    let (organiser, activity) = place(&world).await;
    let activity = activity.parse().unwrap();
    let phone = Phone::pair(&world.server, &organiser, "counter").await;
    let passes = world.passes(2).await;
    let store = world.store().await;
    let revoked = world.pass_id(&store, &passes[1]).await;
    store
        .set_pass_status(&Scope::cli(), revoked, PassStatus::Revoked)
        .await
        .unwrap();
    let package = phone.package().await;
    assert_eq!(package.organiser.id.to_string(), organiser);
    assert!(StatusList::from_lst(&package.status_list.lst).is_ok());
    let text = serde_json::to_string(&package).unwrap();
    for pass in &passes {
        assert!(!text.contains(&pass.number) && !text.contains(&pass.number.replace('-', "")));
    }
    let judge = Judge::new(package).unwrap();
    let now = world.environment().now();
    let says = |pass: &str| judge.judge(&parse_scan(pass), activity, now, |_| false).decision;
    assert_eq!(says(&passes[0].credential).verdict, Verdict::Counted);
    assert_eq!(says(&passes[1].credential).reason, Reason::Revoked);
    store.close().await;
}

async fn an_unchanged_package_is_not_sent_again(world: World) {
    let (organiser, activity) = place(&world).await;
    let activity = activity.parse().unwrap();
    let phone = Phone::pair(&world.server, &organiser, "counter").await;
    let other = Phone::pair(&world.server, &organiser, "counter").await;
    let ask = async |etag: &str| send(phone.ask(Method::GET, PACKAGE).header("if-none-match", etag)).await;
    let first = ask("\"another\"").await;
    assert_eq!(first.status, 200, "{}", first.text);
    let header = |answer: &Answer, name: &str| answer.headers.get(name).unwrap().to_str().unwrap().to_owned();
    let etag = header(&first, "etag");
    // What others count changes `recent` and not the package.
    let scan = other.check_in(&world.pass().await.credential, activity);
    other.hand_over(&[scan]).await;
    let epoch = phone.hand_over(&[]).await.package_epoch;
    let pass = world.pass().await;
    let changed = async || {
        let answer = ask(&etag).await;
        (answer.status.as_u16(), answer)
    };
    // A pass that was issued lengthens the list only when it fills another byte.
    let (status, answer) = changed().await;
    assert!(status == 304 || status == 200, "{status}");
    let etag_now = header(&answer, "etag");
    let same = ask(&etag_now).await;
    assert_eq!((same.status.as_u16(), same.text.as_str()), (304, ""));
    assert_eq!(
        phone.package().await.recent.len(),
        first.json()["recent"].as_array().unwrap().len() + 1
    );
    let store = world.store().await;
    let id = world.pass_id(&store, &pass).await;
    store
        .set_pass_status(&Scope::cli(), id, PassStatus::Suspended)
        .await
        .unwrap();
    let newer = ask(&etag_now).await;
    assert_eq!(newer.status, 200);
    let newer = newer.json()["epoch"].as_i64().unwrap();
    assert!(newer > epoch);
    assert_eq!(
        phone.hand_over(&[]).await.package_epoch,
        newer,
        "the next hand-over says that there is a newer one"
    );
    store.close().await;
}

async fn package_with(world: &World, authorization: &str) -> Answer {
    let request = world.server.request(Method::GET, PACKAGE);
    send(request.header("authorization", authorization)).await
}

async fn hostile_tokens_are_refused_as_strangers(world: World) {
    let (organiser, _) = place(&world).await;
    let phone = Phone::pair(&world.server, &organiser, "counter").await;
    let good = phone.token();
    assert_eq!(package_with(&world, &format!("Device {good}")).await.status, 200);
    let now = world.environment().now();
    let claims = DeviceClaims::new(phone.id, &phone.base, now);
    let payload = serde_json::to_value(&claims).unwrap();
    let b64 = |text: &str| {
        use base64::Engine as _;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
    };
    let under = |header: &str, payload: &Value| format!("{}.{}", b64(header), b64(&payload.to_string()));
    let es256 = r#"{"alg":"ES256"}"#;
    let with = |member: &str, value: Value| {
        let mut payload = payload.clone();
        payload[member] = value;
        payload
    };
    let unsigned = |header: &str| format!("{}.", under(header, &payload));
    let [head, body, seal] = good.split('.').collect::<Vec<_>>().try_into().unwrap();
    let mut hostile = vec![
        String::new(),
        "x".to_owned(),
        "a.b.c".to_owned(),
        "é.é.é".to_owned(),
        unsigned(r#"{"alg":"none"}"#),
        unsigned(es256),
        format!("{head}.{body}"),
        format!("{head}.{body}.{seal}.{seal}"),
        format!("{head}.{body}.{}", &seal[..seal.len() - 2]),
        format!("{head}.*.{seal}"),
        phone.sign(&under(r#"{"alg":"HS256","typ":"JWT"}"#, &payload)),
        phone.sign(&under(r#"{"alg":"ES256","crit":["exp"]}"#, &payload)),
        phone.sign(&under(
            &format!(r#"{{"alg":"ES256","kid":"{}"}}"#, "k".repeat(1_000)),
            &payload,
        )),
        phone.sign(&under(es256, &json!({}))),
        phone.sign(&under(es256, &json!([]))),
        phone.sign(&under(es256, &with("exp", json!("later")))),
        phone.sign(&under(es256, &with("aud", json!("https://elsewhere.example")))),
        "x".repeat(5_000),
    ];
    // Any letter of the three parts changed; every seventh will do.
    for at in (0..good.len()).step_by(7) {
        let mut letters = good.clone().into_bytes();
        letters[at] = if letters[at] == b'Q' { b'R' } else { b'Q' };
        hostile.push(String::from_utf8(letters).unwrap());
    }
    for token in hostile {
        if token == good {
            continue;
        }
        let Ok(_) = reqwest::header::HeaderValue::from_str(&token) else {
            continue;
        };
        package_with(&world, &format!("Device {token}"))
            .await
            .assert_some_problem(&[401]);
    }
    for other in ["", "Device", "Basic abc", &format!("Bearer {good}")] {
        package_with(&world, other).await.assert_problem(401, "unauthenticated");
    }
    let stranger = Phone::with_key(&phone.base, world.uuid().into(), new_key());
    package_with(&world, &format!("Device {}", stranger.token()))
        .await
        .assert_problem(401, "device_unknown");
    let thief = Phone::with_key(&phone.base, phone.id, new_key());
    package_with(&world, &format!("Device {}", thief.token()))
        .await
        .assert_problem(401, "device_key_unknown");
    // HS256 with the public key as the secret, as a library that lets the header choose would take it.
    let secret = jwk(&new_key()).to_string();
    let mac = b64(&format!("{secret}{good}"));
    let forged = format!("{}.{mac}", under(r#"{"alg":"HS256"}"#, &payload));
    package_with(&world, &format!("Device {forged}"))
        .await
        .assert_problem(401, "unauthenticated");
}

async fn a_clock_that_is_wrong_is_told_the_time(world: World) {
    let (organiser, _) = place(&world).await;
    let phone = Phone::pair(&world.server, &organiser, "counter").await;
    let now = world.environment().now();
    for seconds in [-3_600, -121, 300, 86_400] {
        let token = phone.token_at(now + SignedDuration::from_secs(seconds));
        let answer = package_with(&world, &format!("Device {token}")).await;
        answer.assert_problem(401, "device_token_expired");
        assert!(
            answer.headers.contains_key("date"),
            "the phone learns its clock's error from it"
        );
    }
    let mut long = DeviceClaims::new(phone.id, &phone.base, now);
    long.exp += 3_600;
    let token = phone.sign(&long.signing_input());
    package_with(&world, &format!("Device {token}"))
        .await
        .assert_problem(401, "device_token_expired");
    // Scans are taken whatever the clock says.
    assert_eq!(phone.sync(&[]).await.status, 200);
}

async fn a_revoked_phone_is_refused_at_its_next_request(world: World) {
    let (organiser, _) = place(&world).await;
    let phone = Phone::pair(&world.server, &organiser, "counter").await;
    phone.package().await;
    let id = phone.id.to_string();
    let _ = world.server.home().run(&["device", "revoke", &id]).await.succeeded();
    let answer = send(phone.ask(Method::GET, PACKAGE)).await;
    answer.assert_problem(403, "device_revoked");
    phone.put_key(&new_key()).await.assert_problem(403, "device_revoked");
    let list = world.server.home().run(&["device", "list"]).await.succeeded();
    let line = list.stdout.lines().find(|line| line.starts_with(&id)).unwrap();
    assert!(line.contains("revoked"), "{line}");
    let unknown = world.server.home().run(&["device", "revoke", &world.id()]).await;
    assert_eq!(unknown.code, 2, "{}", unknown.stderr);
}

async fn a_rolled_key_replaces_the_old_one(world: World) {
    let (organiser, activity) = place(&world).await;
    let activity = activity.parse().unwrap();
    let mut phone = Phone::pair(&world.server, &organiser, "counter").await;
    let store = world.store().await;
    store.request_key_roll(&Scope::cli(), phone.id).await.unwrap();
    assert!(phone.hand_over(&[]).await.roll_key);
    let (new, signed_before) = (new_key(), phone.check_in(&world.pass().await.credential, activity));
    let by_the_first = phone.jws(std::slice::from_ref(&signed_before));
    assert_eq!(phone.put_key(&new).await.status, 204);
    // The answer got lost: the same request again, by the old key.
    assert_eq!(phone.put_key(&new).await.status, 204);
    phone
        .put_key(&new_key())
        .await
        .assert_problem(401, "device_key_unknown");
    let first = phone.adopt(new);
    assert!(!phone.hand_over(&[]).await.roll_key, "asked once");
    let late = phone.post(by_the_first.clone()).await;
    assert_eq!(late.json()["results"][0]["verdict"], "counted", "{}", late.text);
    // A second roll: what the first key signed is of nobody now.
    let third = new_key();
    assert_eq!(phone.put_key(&third).await.status, 204);
    phone.adopt(third);
    phone.package().await;
    phone.post(by_the_first).await.assert_problem(401, "device_key_unknown");
    phone.adopt(first);
    phone.sync(&[]).await.assert_problem(401, "device_key_unknown");
    store.close().await;
}
