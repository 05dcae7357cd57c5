//! `GET /api/v1/activities`.

use std::collections::BTreeSet;

use tests::on_both_engines;
use tests::world::{WEMMEL, World, text};

on_both_engines!(
    the_list_has_the_shape_of_the_contract,
    open_now_shows_only_what_is_open,
    a_municipality_shows_only_its_own,
    pages_hold_every_activity_once,
    wrong_filters_are_problems,
);

async fn the_list_has_the_shape_of_the_contract(world: World) {
    let page = world.server.get("/api/v1/activities", &world.ticketing).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert_eq!(page.content_type, "application/json");
    let page = page.json();
    assert!(page.as_object().unwrap().contains_key("next"));
    let items = page["items"].as_array().unwrap();
    assert!(!items.is_empty());
    for activity in items {
        for member in ["id", "name", "organiser", "municipality"] {
            assert!(!activity[member].is_null(), "no {member}: {activity}");
        }
        assert!(text(activity, "id").parse::<uuid::Uuid>().is_ok(), "{activity}");
        assert!(activity["open_now"].is_boolean(), "{activity}");
        assert!(
            !activity.to_string().contains("first_name"),
            "an activity names no holder: {activity}"
        );
    }
}

async fn open_now_shows_only_what_is_open(world: World) {
    let open = world.activities("open_now=true").await;
    assert!(!open.is_empty(), "the demo data promises activities that are open now");
    assert!(open.iter().all(|activity| activity["open_now"] == true), "{open:?}");
    let all = world.activities("").await;
    assert!(
        all.len() > open.len(),
        "not everything is open now: {} of {}",
        open.len(),
        all.len()
    );
    let marked = all.iter().filter(|activity| activity["open_now"] == true).count();
    assert_eq!(marked, open.len(), "the filter and the mark agree");
}

async fn a_municipality_shows_only_its_own(world: World) {
    let all = world.activities("").await;
    let wemmel = world.activities(&format!("municipality={WEMMEL}")).await;
    assert!(!wemmel.is_empty() && wemmel.len() < all.len());
    assert!(
        wemmel
            .iter()
            .all(|activity| activity["municipality"].to_string().contains(WEMMEL)),
        "{:?}",
        wemmel[0]
    );
    let expected = all
        .iter()
        .filter(|activity| activity["municipality"].to_string().contains(WEMMEL))
        .count();
    assert_eq!(wemmel.len(), expected);
}

async fn pages_hold_every_activity_once(world: World) {
    let mut seen = BTreeSet::new();
    let mut after = String::new();
    let mut pages = 0;
    loop {
        let page = world
            .server
            .get(&format!("/api/v1/activities?limit=7{after}"), &world.ticketing)
            .await;
        assert_eq!(page.status, 200, "{}", page.text);
        let page = page.json();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 7, "{}", items.len());
        for activity in items {
            assert!(seen.insert(text(activity, "id")), "twice: {activity}");
        }
        pages += 1;
        assert!(pages < 200, "the list never ends");
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), world.activities("").await.len());
    assert!(pages > 1);
}

async fn wrong_filters_are_problems(world: World) {
    let wrong = [
        "municipality=abc",
        "municipality=99",
        "open_now=maybe",
        "limit=-1",
        "limit=abc",
        "after=abc",
    ];
    for query in wrong {
        let answer = world
            .server
            .get(&format!("/api/v1/activities?{query}"), &world.ticketing)
            .await;
        assert!(
            answer.status.is_client_error(),
            "{query}: {} {}",
            answer.status,
            answer.text
        );
        answer.assert_some_problem(&[400, 404, 422]);
    }
    let far = world
        .server
        .get("/api/v1/activities?limit=100000", &world.ticketing)
        .await;
    assert!(
        far.status == 422 || far.json()["items"].as_array().unwrap().len() <= 500,
        "a page has a limit"
    );
}
