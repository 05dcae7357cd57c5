//! Whoever asks sees and changes their own, and of the others not even that it is there.

use reqwest::Method;
use tests::on_both_engines;
use tests::server::{Answer, send};
use tests::world::{World, text};

use crate::sessions::{own_activity, session};

on_both_engines!(
    a_counter_does_not_see_the_holders_of_another_municipality,
    a_club_cannot_scan_or_annul_for_another,
    a_claim_link_opens_one_pass_and_nothing_else,
    roles_do_not_reach_each_others_desks,
);

async fn get(world: &World, path: &str, cookie: &str) -> Answer {
    send(world.server.request(Method::GET, path).header("cookie", cookie)).await
}

async fn post(world: &World, path: &str, cookie: &str, body: String) -> Answer {
    let request = world
        .server
        .request(Method::POST, path)
        .header("cookie", cookie)
        .body(body);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    send(request.header("sec-fetch-site", "same-origin")).await
}

async fn a_counter_does_not_see_the_holders_of_another_municipality(world: World) {
    let counter = session(&world, "balie").await;
    let issue = |nis: &'static str| world.passes_in(1, nis);
    let (own, other) = (issue("23102").await.remove(0), issue("23088").await.remove(0));
    let card = |number: &str| format!("/balie/pas/{number}");
    assert_eq!(get(&world, &card(&own.number), &counter).await.status, 200);
    let hidden = get(&world, &card(&other.number), &counter).await;
    assert_eq!(hidden.status, 404, "{}", hidden.text);
    let never = get(&world, &card("0000-0000-000"), &counter).await;
    assert_eq!(never.status, 404, "a pass elsewhere looks like no pass");
    for action in ["status", "link", "vervang"] {
        let path = format!("/balie/pas/{}/{action}", other.number);
        let answer = post(&world, &path, &counter, "status=revoked".to_owned()).await;
        assert_eq!(answer.status, 404, "{action}: {}", answer.text);
    }
    let found = get(&world, &format!("/balie?q={}", other.number), &counter).await;
    assert!(
        !found.text.contains(&format!("/balie/pas/{}", other.number)),
        "found by its number: {}",
        found.text
    );
    let before = world.passes_issued().await;
    let body = "voornaam=Amina&geboortejaar=1990&gemeente=23088&reden=other&vorig_jaar=no".to_owned();
    assert_eq!(
        post(&world, "/balie", &counter, body).await.status,
        422,
        "nor may it issue there"
    );
    assert_eq!(world.passes_issued().await, before);
    assert_eq!(
        world
            .send(&world.check_in(&other, &world.open_activity().await))
            .await
            .member("verdict"),
        "counted"
    );
}

async fn a_club_cannot_scan_or_annul_for_another(world: World) {
    let club = session(&world, "club").await;
    let own = own_activity(&world).await;
    let open = world.activities("open_now=true").await;
    let own_organiser = open.iter().find(|one| one["id"] == own.as_str()).unwrap()["organiser_id"].clone();
    let foreign = text(
        open.iter().find(|one| one["organiser_id"] != own_organiser).unwrap(),
        "id",
    );
    let pass = world.pass().await;
    let before = world.participations().await;
    let body = format!("number={}&activiteit={foreign}&scan_id={}", pass.number, world.id());
    let answer = post(&world, "/scan/nummer", &club, body).await;
    assert!(!answer.text.contains("data-verdict=\"counted\""), "{}", answer.text);
    assert!(answer.status.as_u16() < 500, "{}", answer.text);
    assert_eq!(world.participations().await, before);

    let others = world.check_in(&pass, &foreign);
    assert_eq!(world.send(&others).await.member("verdict"), "counted");
    let body = format!("scan_id={}&activiteit={foreign}", others.scan_id());
    let answer = post(&world, "/scan/ongedaan", &club, body).await;
    assert_eq!(answer.status, 404, "{}", answer.text);
    assert_eq!(world.participations().await, before + 1);
    let page = get(&world, "/scan", &club).await;
    assert!(
        !page.text.contains(&pass.number),
        "another club's scans are not in the list"
    );
}

async fn a_claim_link_opens_one_pass_and_nothing_else(world: World) {
    for wrong in [
        "x",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "%00",
        "..%2F..",
        &"A".repeat(3_000),
    ] {
        let answer = world.server.get(&format!("/pas/claim/{wrong}"), "").await;
        assert!(answer.status.is_client_error(), "{wrong}: {}", answer.status);
        assert!(answer.headers.get("set-cookie").is_none(), "{wrong}");
    }
    let forged = get(
        &world,
        "/pas",
        "randpas_pas=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA,%00,x",
    )
    .await;
    assert_eq!(forged.status, 200, "{}", forged.text);
    assert!(!forged.text.contains("class=\"pass\""), "{}", forged.text);
}

async fn roles_do_not_reach_each_others_desks(world: World) {
    let (counter, club) = (session(&world, "balie").await, session(&world, "club").await);
    let auditor = session(&world, "audit").await;
    for (who, cookie) in [("club", &club), ("auditor", &auditor)] {
        let answer = get(&world, "/balie", cookie).await;
        assert_eq!(answer.status, 403, "{who}: {}", answer.text);
    }
    let (pass, activity) = (world.pass().await, own_activity(&world).await);
    let before = world.participations().await;
    for (who, cookie) in [("counter", &counter), ("auditor", &auditor)] {
        let body = format!("number={}&activiteit={activity}&scan_id={}", pass.number, world.id());
        let answer = post(&world, "/scan/nummer", cookie, body).await;
        assert_eq!(answer.status, 403, "{who}: {}", answer.text);
        let add = "wat=Feest&dag=2026-12-01&van=19:00&tot=21:00&waar=Zaal&prijs=0".to_owned();
        assert_eq!(post(&world, "/activiteiten", cookie, add).await.status, 403, "{who}");
    }
    assert_eq!(world.participations().await, before);
}
