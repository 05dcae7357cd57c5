//! Visits that are added afterwards.

use axum::http::StatusCode;

use super::world::{Answer, Who, World};

async fn send(world: &World, page: &Answer, fields: &[(&str, &str)]) -> Answer {
    let session = world
        .store
        .activity_sessions(&storage::Scope::cli(), world.activity.id)
        .await
        .unwrap()[0]
        .id
        .to_string();
    let slip = page.field("formulier");
    let mut all = vec![
        ("moment", session.as_str()),
        ("formulier", slip.as_str()),
        ("reden", "telefoon"),
    ];
    all.retain(|(name, _)| fields.iter().all(|(other, _)| other != name));
    all.extend(fields);
    world.post(Who::Club, "/avond/nakomers", &all).await
}

#[tokio::test]
async fn a_list_of_numbers_and_people_without_one_are_added_once() {
    let world = World::new().await;
    let [(amina, _), (yusuf, _)] = [world.pass("Amina").await, world.pass("Yusuf").await];
    world.clock.advance(jiff::SignedDuration::from_hours(20));
    let page = world.get(Who::Club, "/avond/nakomers").await;
    assert!(
        page.body
            .contains("vr 20 nov 2026 18.05–20.05 · Volleybal voor iedereen"),
        "{}",
        page.body
    );
    let list = format!(
        "{amina}\r\n\r\n{}\r\n{amina}\r\n0000-0000-000",
        yusuf.to_lowercase().replace('-', "")
    );
    let fields = [("nummers", list.as_str()), ("mensen", "12"), ("uur", "19.10")];
    for _ in 0..2 {
        let done = send(&world, &page, &fields).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
        assert!(
            done.body
                .contains("2 van 3 nummers geteld. 12 bezoeken zonder nummer bewaard."),
            "{}",
            done.body
        );
        assert!(done.body.contains("Er is geen pas met dit nummer."));
    }
    let evening = world.get(Who::Club, "/avond?dag=2026-11-20").await;
    for words in [
        "Er zijn 2 bezoeken geteld. Daarnaast 12 bezoeken zonder nummer.",
        "(De telefoon was leeg)",
        "De telefoon was leeg",
    ] {
        assert!(evening.body.contains(words), "{words}: {}", evening.body);
    }
    let changed = send(&world, &page, &[("nummers", ""), ("mensen", "13")]).await;
    assert_eq!(changed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(changed.body.contains("al een ander aantal bewaard") && changed.body.contains("value=\"13\""));
}

#[tokio::test]
async fn what_is_wrong_is_named_line_by_line_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let (amina, _) = world.pass("Amina").await;
    let page = world.get(Who::Club, "/avond/nakomers").await;
    let list = format!("{amina}\nABCD <b>");
    let wrong = send(
        &world,
        &page,
        &[
            ("nummers", &list),
            ("mensen", "1000000000"),
            ("reden", "anders"),
            ("uitleg", ""),
            ("uur", "nooit"),
        ],
    )
    .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "Regel 2: ‘ABCD &lt;b",
        "Vul een aantal in van 1 tot 2.000",
        "Leg uit waarom er niet is gescand",
        "bijvoorbeeld 19:30",
        "Nog 4 dingen",
        "value=\"1000000000\"",
        "value=\"nooit\"",
    ] {
        assert!(wrong.body.contains(words), "{words}: {}", wrong.body);
    }
    assert!(wrong.body.contains(&amina), "the list is kept");
    assert_eq!(wrong.field("formulier"), page.field("formulier"));
    assert!(
        world
            .get(Who::Club, "/avond")
            .await
            .body
            .contains("Er is nog geen bezoek geteld.")
    );
    for (fields, words) in [
        (
            &[("moment", "x"), ("nummers", &*amina)][..],
            "Kies een activiteit uit de lijst.",
        ),
        (&[("mensen", "0")], "Vul een aantal in van 1 tot 2.000"),
        (&[("nummers", " \n ")], "Vul nummers in, of een aantal mensen."),
        (&[("formulier", "x"), ("nummers", &amina)], "Dit formulier was te oud."),
    ] {
        let answer = send(&world, &page, fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
    }
}

#[tokio::test]
async fn only_the_organisers_own_sessions_that_have_started_can_be_chosen() {
    let world = World::new().await;
    let fields = [
        ("wat", "Kookles"),
        ("dag", "2026-11-27"),
        ("van", "19:00"),
        ("tot", "21:00"),
        ("waar", "De Zandloper"),
        ("prijs", "0"),
    ];
    world.post(Who::Club, "/activiteiten", &fields).await;
    let page = world.get(Who::Club, "/avond/nakomers").await;
    assert!(!page.body.contains("Kookles"), "to come");
    let other = world.other_club().await;
    let session = world
        .store
        .activity_sessions(&storage::Scope::cli(), other.id)
        .await
        .unwrap()[0]
        .id
        .to_string();
    let answer = send(&world, &page, &[("moment", &session), ("mensen", "3")]).await;
    assert!(
        answer.body.contains("Kies een activiteit uit de lijst."),
        "{}",
        answer.body
    );
    assert_eq!(
        world.get(Who::Counter, "/avond/nakomers").await.status,
        StatusCode::FORBIDDEN
    );
}
