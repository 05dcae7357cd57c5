//! The counter and the holder: from form to phone.

use axum::http::StatusCode;

use super::world::{Who, World};

#[tokio::test]
async fn a_pass_goes_from_the_form_to_the_phone() {
    let world = World::new().await;
    let (number, link) = world.pass("Amina").await;
    let card = world
        .get_with(Who::Counter, &format!("/balie/pas/{number}?nieuw=1"), &link)
        .await;
    assert_eq!(card.status, StatusCode::OK);
    assert!(card.body.contains("viewBox=\"0 0 49 49\""), "version 6 on the screen");
    assert!(card.body.contains("viewBox=\"0 0 53 53\""), "level Q on paper");
    let claim = card
        .body
        .split("href=\"http://localhost:3000")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    assert!(claim.starts_with("/pas/claim/"), "{claim}");

    let phone = world.get(Who::Nobody, &claim).await;
    assert_eq!((phone.status, phone.location.as_str()), (StatusCode::SEE_OTHER, "/pas"));
    let pass = world.get_with(Who::Nobody, "/pas", &phone.cookie()).await;
    assert!(
        pass.body.contains("Amina") && pass.body.contains(&number),
        "{}",
        pass.body
    );
    assert!(
        pass.body.contains(&format!("href=\"#pas-{number}\"")),
        "the code fills the screen without JavaScript"
    );
    assert!(pass.body.len() < 20_000, "{} bytes", pass.body.len());
    assert!(!pass.body.contains("wasm"));

    // The same link again is still one card; a second pass makes two.
    let again = world.get_with(Who::Nobody, &claim, &phone.cookie()).await;
    assert_eq!(again.cookie(), phone.cookie());

    let gone = world
        .post_with(Who::Nobody, "/pas/verwijderen", &[("pas", &number)], &phone.cookie())
        .await;
    assert!(gone.cookies[0].contains("Max-Age=0"), "{:?}", gone.cookies);
}

#[tokio::test]
async fn the_link_is_shown_only_where_it_was_made() {
    let world = World::new().await;
    let (number, _) = world.pass("Amina").await;
    let card = world.get(Who::Counter, &format!("/balie/pas/{number}")).await;
    assert!(!card.body.contains("/pas/claim/") && card.body.contains("Maak een link"));
    let made = world
        .post(Who::Counter, &format!("/balie/pas/{number}/link"), &[])
        .await;
    let card = world.get_with(Who::Counter, &made.location, &made.cookie()).await;
    assert!(card.body.contains("/pas/claim/"));
}

#[tokio::test]
async fn a_family_shares_a_phone() {
    let world = World::new().await;
    let mut phone = String::new();
    for name in ["Amina", "Yusuf"] {
        let (number, link) = world.pass(name).await;
        let card = world
            .get_with(Who::Counter, &format!("/balie/pas/{number}"), &link)
            .await;
        let claim = card
            .body
            .split("href=\"http://localhost:3000")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        phone = world.get_with(Who::Nobody, &claim, &phone).await.cookie();
    }
    let page = world.get_with(Who::Nobody, "/pas", &phone).await;
    assert_eq!(page.body.matches("deck__item").count(), 2);
    assert!(page.body.contains("Verwijder de pas van Yusuf van deze telefoon"));
}

#[tokio::test]
async fn wrong_input_comes_back_as_it_was_typed() {
    let world = World::new().await;
    let fields = [
        ("voornaam", "Amina <3"),
        ("geboortejaar", "1066"),
        ("gemeente", "23002"),
        ("reden", "other"),
    ];
    let page = world.post(Who::Counter, "/balie", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.body.contains("value=\"Amina &lt;3\"") && page.body.contains("value=\"1066\""),
        "{}",
        page.body
    );
    for field in ["geboortejaar", "gemeente", "vorig_jaar"] {
        assert!(page.body.contains(&format!("href=\"#{field}\"")), "{field}");
        assert!(page.body.contains(&format!("id=\"{field}\"")), "{field}");
    }
    assert!(page.body.contains("Nog drie dingen"));
}

#[tokio::test]
async fn a_pass_is_found_by_name_and_by_number_and_can_be_blocked() {
    let world = World::new().await;
    let (number, _) = world.pass("Amina").await;
    for query in ["Ami", &number.to_lowercase()] {
        let page = world.get(Who::Counter, &format!("/balie?q={query}")).await;
        assert!(page.body.contains(&format!("/balie/pas/{number}")), "{query}");
    }
    assert!(
        world
            .get(Who::Counter, "/balie?q=Zed")
            .await
            .body
            .contains("Geen pas gevonden")
    );
    let status = format!("/balie/pas/{number}/status");
    let blocked = world.post(Who::Counter, &status, &[("status", "suspended")]).await;
    assert!(
        world
            .get(Who::Counter, &blocked.location)
            .await
            .body
            .contains("geblokkeerd")
    );
    assert_eq!(
        world.post(Who::Counter, &status, &[("status", "gone")]).await.status,
        StatusCode::BAD_REQUEST
    );
    world.post(Who::Counter, &status, &[("status", "revoked")]).await;
    world.post(Who::Counter, &status, &[("status", "valid")]).await;
    assert!(
        world
            .get(Who::Counter, &blocked.location)
            .await
            .body
            .contains("ingetrokken"),
        "revoked is for good"
    );
}

#[tokio::test]
async fn a_lost_pass_is_replaced_for_the_same_person() {
    let world = World::new().await;
    let (lost, _) = world.pass("Amina").await;
    let replaced = world
        .post(Who::Counter, &format!("/balie/pas/{lost}/vervang"), &[])
        .await;
    assert_eq!(replaced.status, StatusCode::SEE_OTHER, "{}", replaced.body);
    let card = world
        .get_with(Who::Counter, &replaced.location, &replaced.cookie())
        .await;
    assert!(
        card.body.contains("Pas van Amina") && card.body.contains("/pas/claim/"),
        "{}",
        card.body
    );
    let old = world.get(Who::Counter, &format!("/balie/pas/{lost}")).await;
    assert!(old.body.contains("ingetrokken"));
    let found = world.get(Who::Counter, "/balie?q=Amina").await;
    assert!(
        found.body.contains("2 passen"),
        "both passes of the one person: {}",
        found.body
    );
    assert_eq!(
        world
            .post(Who::Club, &format!("/balie/pas/{lost}/vervang"), &[])
            .await
            .status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn an_activity_is_added_with_four_fields() {
    let world = World::new().await;
    let fields = [
        ("wat", "Kookles"),
        ("dag", "2026-11-27"),
        ("van", "19:00"),
        ("tot", "21:00"),
        ("waar", "De Zandloper"),
        ("prijs", "0"),
    ];
    let added = world.post(Who::Club, "/activiteiten", &fields).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let page = world.get(Who::Club, &added.location).await;
    assert!(page.body.contains("Kookles") && page.body.contains("gratis") && page.body.contains("De Zandloper"));
    let mut wrong = fields;
    wrong[5].1 = "veel";
    let page = world.post(Who::Club, "/activiteiten", &wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("value=\"veel\"") && page.body.contains("value=\"Kookles\""));
    assert!(page.body.contains("id=\"nieuw\" open"), "the form is unfolded");
    let coordinator = world.get(Who::Coordinator, "/activiteiten").await;
    assert!(coordinator.body.contains("Voeg een activiteit toe"));
    assert_eq!(
        world.post(Who::Counter, "/activiteiten", &fields).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn the_counter_notes_that_somebody_became_a_member() {
    let world = World::new().await;
    let (number, _) = world.pass("Amina").await;
    let path = format!("/balie/pas/{number}");
    let card = world.get(Who::Counter, &path).await;
    assert!(
        card.body.contains("Nog geen lid") && card.body.contains("Volley Wemmel"),
        "{}",
        card.body
    );
    let organiser = world.activity.organiser.to_string();
    let wrong = world
        .post(
            Who::Counter,
            &format!("{path}/lid"),
            &[("organisator", ""), ("sinds", "2026-12-24")],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Kies een organisator") && wrong.body.contains("vandaag of vroeger"));
    assert_eq!(wrong.field("sinds"), "2026-12-24", "what was typed is kept");
    let fields = [("organisator", organiser.as_str()), ("sinds", "2026-11-19")];
    let saved = world.post(Who::Counter, &format!("{path}/lid"), &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let card = world.get(Who::Counter, saved.location.split('#').next().unwrap()).await;
    assert!(
        card.body.contains("Volley Wemmel, sinds 19 november 2026"),
        "{}",
        card.body
    );
    assert!(card.body.contains("deze persoon is lid"));
    let club = world.post(Who::Club, &format!("{path}/lid"), &fields).await;
    assert_eq!(club.status, StatusCode::FORBIDDEN);
}
