//! Documents: the answer is for everybody, the money is not.

use axum::http::StatusCode;

use super::world::{Who, World};

/// The text of a page without its `<head>`.
fn main_of(body: &str) -> &str {
    body.split("<main").nth(1).unwrap()
}

#[tokio::test]
async fn the_seven_questions_are_answered_for_everybody() {
    let world = World::new().await;
    for who in [Who::Nobody, Who::Club, Who::Counter, Who::Coordinator] {
        let page = world.get(who, "/antwoord").await;
        assert_eq!(page.status, StatusCode::OK, "{who:?}: {}", page.body);
        let body = main_of(&page.body);
        for number in 1..=7 {
            assert!(body.contains(&format!(">{number}. ")), "{who:?}: question {number}");
        }
        assert!(body.contains("Aanwezigheid alleen bewijst niet dat de pas de oorzaak is."));
        assert!(body.contains("werkjaar 2025-2026") && body.contains("vergeleken met werkjaar 2024-2025"));
        assert!(!body.contains("Begroting"), "{who:?}: no money in an answer");
    }
}

#[tokio::test]
async fn headings_step_down_and_every_table_has_a_caption_and_scopes() {
    let world = World::new().await;
    for path in [
        "/antwoord?periode=2026&vergelijk=",
        "/verslagen/interim?periode=2026",
        "/verslagen/plan-samenleven?periode=2026-H2",
        "/verslagen/municipality?periode=2026&gemeente=23102",
    ] {
        let page = world.get(Who::Nobody, path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let body = main_of(&page.body);
        assert_eq!(body.matches("<h1").count(), 1, "{path}");
        let levels: Vec<u32> = body
            .split("<h")
            .skip(1)
            .filter_map(|rest| rest.chars().next()?.to_digit(10))
            .collect();
        for pair in levels.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "{path}: {levels:?}");
        }
        assert_eq!(
            body.matches("<table").count(),
            body.matches("<caption").count(),
            "{path}"
        );
        assert!(
            body.contains("scope=\"col\"") && !page.body.contains(" style=\""),
            "{path}"
        );
        let mut ids: Vec<&str> = page
            .body
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{path}: ids are unique");
    }
}

#[tokio::test]
async fn the_part_about_money_is_only_for_who_may_read_it() {
    let world = World::new().await;
    let nobody = world.get(Who::Nobody, "/verslagen/final").await;
    assert_eq!(
        (nobody.status, nobody.location.as_str()),
        (StatusCode::SEE_OTHER, "/aanmelden?verder=/verslagen/final")
    );
    for who in [Who::Club, Who::Counter] {
        assert_eq!(world.get(who, "/verslagen/final").await.status, StatusCode::FORBIDDEN);
        assert!(!world.get(who, "/verslagen").await.body.contains("/verslagen/final"));
    }
    assert!(
        !world
            .get(Who::Nobody, "/verslagen")
            .await
            .body
            .contains("/verslagen/final")
    );
    assert!(
        world
            .get(Who::Coordinator, "/verslagen")
            .await
            .body
            .contains("/verslagen/final")
    );
    let page = world.get(Who::Coordinator, "/verslagen/final").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(
        page.body.contains("Subsidie en eigen aandeel") && page.body.contains("noindex"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn a_report_is_frozen_by_a_coordinator_and_found_by_everybody() {
    let world = World::new().await;
    for (who, may) in [(Who::Nobody, false), (Who::Club, false), (Who::Coordinator, true)] {
        let page = world.get(who, "/antwoord?periode=2026&vergelijk=").await;
        let form = page.body.split("action=\"/verslagen/answer/bevries\"").nth(1);
        assert_eq!(form.is_some(), may, "{who:?}");
        if let Some(form) = form {
            assert!(form.contains("name=\"periode\" value=\"2026\""), "{form}");
            assert!(
                form.contains("name=\"vergelijk\""),
                "none, and not the period before: {form}"
            );
        }
    }
    let list = world.get(Who::Nobody, "/verslagen").await;
    assert!(
        list.body.contains("Er is nog geen verslag vastgelegd.") && list.body.contains("href=\"/controle\""),
        "{}",
        list.body
    );
}

#[tokio::test]
async fn files_ask_for_what_the_page_shows() {
    let world = World::new().await;
    let page = world
        .get(
            Who::Coordinator,
            "/antwoord?periode=2026-Q1&vergelijk=2025-Q4&stand=2026-11-01",
        )
        .await;
    let query = "periode=2026-Q1&amp;vergelijk=2025-Q4&amp;stand=2026-11-01";
    for ending in ["pdf", "xlsx", "csv", "json"] {
        assert!(
            page.body.contains(&format!("href=\"/antwoord.{ending}?{query}\"")),
            "{ending}: {}",
            page.body
        );
    }
    let page = world
        .get(Who::Nobody, "/verslagen/plan-samenleven?periode=2026-H1")
        .await;
    assert!(
        page.body
            .contains("href=\"/verslag.pdf?soort=plan-samenleven&amp;periode=2026-H1"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn what_cannot_be_read_or_made_is_said_in_words() {
    let world = World::new().await;
    let page = world.get(Who::Nobody, "/antwoord?periode=ooit").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Iets in het adres kennen we niet."), "{}", page.body);
    let page = world.get(Who::Nobody, "/verslagen/plan-samenleven?periode=2026").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("Kies een half jaar."), "{}", page.body);
    let page = world.get(Who::Nobody, "/verslagen/municipality").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Kies een gemeente…"), "{}", page.body);
    for path in [
        "/verslagen/x",
        "/verslagen/municipality?gemeente=1",
        "/antwoord?samenwerkingsverband=x",
    ] {
        assert_eq!(
            world.get(Who::Nobody, path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let page = world.get(Who::Nobody, "/antwoord?periode=2026-01-05..2026-02-11").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "free days are for who logs in");
    let page = world.get(Who::Club, "/antwoord?periode=2026-01-05..2026-02-11").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    let page = world
        .get(Who::Coordinator, "/antwoord?periode=2026-01-05..2026-02-11")
        .await;
    assert_eq!(page.status, StatusCode::OK);
}
