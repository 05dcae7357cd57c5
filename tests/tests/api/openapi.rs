//! `GET /api/v1/openapi.json`: the description of what there is.

use std::collections::BTreeSet;

use serde_json::Value;
use tests::on_both_engines;
use tests::world::World;

on_both_engines!(
    the_description_lists_every_route,
    every_reference_points_at_something,
    the_readable_page_is_there
);

const ROUTES: [(&str, &str); 12] = [
    ("post", "/api/v1/check-ins"),
    ("delete", "/api/v1/check-ins/{scan_id}"),
    ("post", "/api/v1/devices"),
    ("get", "/api/v1/device/package"),
    ("put", "/api/v1/device/key"),
    ("post", "/api/v1/device/sync"),
    ("post", "/api/v1/device/queue"),
    ("get", "/api/v1/passes/{number}"),
    ("get", "/api/v1/activities"),
    ("get", "/api/v1/figures/{code}"),
    ("get", "/api/v1/open-data"),
    ("get", "/api/v1/open-data/{file}"),
];

async fn description(world: &World) -> Value {
    let answer = world.server.get("/api/v1/openapi.json", "").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

async fn the_description_lists_every_route(world: World) {
    let description = description(&world).await;
    assert!(
        description["openapi"].as_str().unwrap().starts_with("3."),
        "{}",
        description["openapi"]
    );
    assert!(!description["info"]["title"].as_str().unwrap().is_empty());
    let base = description["servers"][0]["url"]
        .as_str()
        .unwrap_or_default()
        .trim_end_matches('/')
        .to_owned();
    let mut listed = BTreeSet::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            listed.insert(format!("{method} {base}{path}"));
            listed.insert(format!("{method} {path}"));
        }
    }
    for (method, path) in ROUTES {
        assert!(
            listed.contains(&format!("{method} {path}")),
            "{method} {path} is not in {listed:?}"
        );
    }
}

async fn every_reference_points_at_something(world: World) {
    let description = description(&world).await;
    let mut stack = vec![&description];
    while let Some(value) = stack.pop() {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get("$ref") {
                    let pointer = reference.trim_start_matches('#');
                    assert!(description.pointer(pointer).is_some(), "{reference} points at nothing");
                }
                stack.extend(members.values());
            }
            Value::Array(items) => stack.extend(items),
            _ => {}
        }
    }
}

async fn the_readable_page_is_there(world: World) {
    let page = world.server.get("/api", "").await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert_eq!(page.content_type, "text/html");
    for (_, path) in ROUTES {
        assert!(page.text.contains(path), "the page does not name {path}");
    }
}
