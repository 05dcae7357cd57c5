//! Pages for everybody.

use axum::http::StatusCode;

use super::world::{PASSWORD, Who, World};

/// Not `/scan` and `/koppel`: they load the browser's bundle, and `/scan` has a second heading that is hidden.
const PAGES: [&str; 8] = [
    "/",
    "/over",
    "/offline",
    "/aanmelden",
    "/pas",
    "/activiteiten",
    "/cijfers?periode=2026",
    "/cijfers/methode",
];

#[tokio::test]
async fn every_page_has_one_heading_a_title_of_its_own_and_no_inline_code() {
    let world = World::new().await;
    let mut titles = Vec::new();
    for path in PAGES {
        let page = world.get(Who::Nobody, path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let body = &page.body;
        assert!(
            body.starts_with("<!DOCTYPE html><html lang=\"nl\""),
            "{path}: {}",
            &body[..80]
        );
        assert_eq!(body.matches("<h1").count(), 1, "{path}");
        assert_eq!(body.matches("<main").count(), 1, "{path}");
        assert!(body.contains("<meta name=\"description\" content=\""), "{path}");
        assert!(!body.contains(" style=\""), "{path}");
        assert!(!body.contains("onclick"), "{path}");
        assert_eq!(body.matches("<script").count(), 1, "only pwa.js on {path}");
        assert!(!body.contains("<!>"), "no hydration markers on {path}");
        titles.push(
            body.split("<title>")
                .nth(1)
                .unwrap()
                .split("</title>")
                .next()
                .unwrap()
                .to_owned(),
        );
    }
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), PAGES.len(), "{titles:?}");
}

#[tokio::test]
async fn what_does_not_exist_is_a_dutch_page() {
    let world = World::new().await;
    for path in [
        "/nergens",
        "/activiteiten/x",
        "/pas/claim/kort",
        "/cijfers.csv?code=x&period=2026",
        "/balie/pas",
    ] {
        let page = world.get(Who::Nobody, path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.body.contains("<h1"), "{path}");
    }
    assert_eq!(
        world.get(Who::Nobody, "/afmelden").await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
    assert_eq!(
        world.get(Who::Counter, "/balie/pas/ABCD").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn who_is_not_logged_in_is_asked_to_and_comes_back() {
    let world = World::new().await;
    let sent = world.get(Who::Nobody, "/balie?q=Amina").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert_eq!(sent.location, "/aanmelden?verder=/balie%3Fq%3DAmina");
    let form = world.get(Who::Nobody, &sent.location).await;
    assert!(
        form.body.contains("randpas-demo"),
        "the demo accounts are named when there are any"
    );
    let fields = [
        ("email", "balie@demo.randpas.example"),
        ("wachtwoord", PASSWORD),
        ("verder", "/balie?q=Amina"),
    ];
    let done = world.post(Who::Nobody, "/aanmelden", &fields).await;
    assert_eq!(
        (done.status, done.location.as_str()),
        (StatusCode::SEE_OTHER, "/balie?q=Amina")
    );
    assert!(
        done.cookies[0].starts_with("randpas=") && done.cookies[0].contains("HttpOnly"),
        "{:?}",
        done.cookies
    );
    let out = world.post_with(Who::Counter, "/afmelden", &[], &done.cookie()).await;
    assert!(out.cookies[0].contains("Max-Age=0"));
}

#[tokio::test]
async fn a_wrong_password_keeps_the_address_and_not_the_password() {
    let world = World::new().await;
    let fields = [("email", "balie@demo.randpas.example"), ("wachtwoord", "geheim123")];
    let page = world.post(Who::Nobody, "/aanmelden", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("value=\"balie@demo.randpas.example\"") && !page.body.contains("geheim123"));
    assert!(page.body.contains("href=\"#email\""));
    let page = world
        .post(
            Who::Nobody,
            "/aanmelden",
            &[("email", "a@b.be"), ("wachtwoord", "te-vaak")],
        )
        .await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.body.contains("Wacht 2 minuten"));
}

#[tokio::test]
async fn a_role_that_may_not_is_told_so_in_words() {
    let world = World::new().await;
    let page = world.get(Who::Club, "/balie").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.body.contains("Dit hoort niet bij jouw account"));
    assert!(
        world
            .get(Who::Counter, "/scan")
            .await
            .body
            .contains("Dit account kan niet scannen")
    );
}

#[tokio::test]
async fn activities_are_listed_filtered_and_explained() {
    let world = World::new().await;
    let all = world.get(Who::Nobody, "/activiteiten").await;
    assert!(
        all.body.contains("Volleybal voor iedereen") && all.body.contains("nu open"),
        "{}",
        all.body
    );
    assert!(all.body.contains("€ 3,50"), "{}", all.body);
    for (query, shown) in [
        ("nederlands=1", false),
        ("nederlands=2", true),
        ("q=volley", true),
        ("q=schaak", false),
        ("nu=1", true),
    ] {
        let page = world.get(Who::Nobody, &format!("/activiteiten?{query}")).await;
        assert_eq!(page.body.contains("Volleybal voor iedereen"), shown, "{query}");
    }
    let detail = world
        .get(Who::Nobody, &format!("/activiteiten/{}", world.activity.id))
        .await;
    assert!(
        detail.body.contains("vr 20 nov") && detail.body.contains("18.05–20.05"),
        "{}",
        detail.body
    );
}

#[tokio::test]
async fn figures_are_public_and_say_how_they_were_made() {
    let world = World::new().await;
    let page = world.get(Who::Nobody, "/cijfers").await;
    assert!(
        page.body.contains("In deze periode deed nog niemand mee."),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("<caption") && page.body.contains("Wat tonen we niet?"),
        "{}",
        page.body
    );
    let page = world.get(Who::Nobody, "/cijfers?periode=ooit").await;
    assert!(page.body.contains("Deze periode kennen we niet."));
    let file = world
        .get(
            Who::Nobody,
            "/cijfers.csv?code=participants&period=2026&by=municipality",
        )
        .await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.body);
    assert!(
        file.body.starts_with("\u{feff}cijfer;periode;municipality;"),
        "{}",
        file.body
    );
}

#[tokio::test]
async fn bytes_that_are_no_text_are_refused_in_words() {
    let world = World::new().await;
    for bytes in ["email=%FF&wachtwoord=x", "email=%00&wachtwoord=x"] {
        let answer = world.post_raw(Who::Nobody, "/aanmelden", bytes).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bytes}");
        assert!(answer.body.contains("We konden dit niet lezen"), "{bytes}");
    }
    for path in [
        "/activiteiten?q=%00%FF",
        "/cijfers?periode=%00",
        "/scan?activiteit=%FF",
        "/aanmelden?verder=%FF",
    ] {
        assert_eq!(world.get(Who::Nobody, path).await.status, StatusCode::OK, "{path}");
    }
    assert_eq!(world.get(Who::Counter, "/balie?q=%00").await.status, StatusCode::OK);
    let json = world.post_raw(Who::Counter, "/balie", "{\"voornaam\":").await;
    assert_eq!(
        json.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "an odd form is an empty form"
    );
}
