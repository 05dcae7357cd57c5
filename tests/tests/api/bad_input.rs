//! Input that is wrong in every way we know: a clear problem, and nothing half-written.

use reqwest::Method;
use serde_json::{Value, json};
use tests::on_both_engines;
use tests::server::send;
use tests::world::World;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

on_both_engines!(
    wrong_members_are_problems_and_write_nothing,
    bodies_that_are_not_json_are_problems,
    a_body_that_is_too_large_is_413_with_the_limit_named,
    a_missing_or_wrong_token_is_401,
    a_role_that_may_not_scan_is_403,
    a_body_that_breaks_off_writes_nothing,
    unknown_addresses_and_methods_are_problems,
);

async fn wrong_members_are_problems_and_write_nothing(world: World) {
    let pass = world.pass().await;
    let activity = world.open_activity().await;
    let before = world.participations().await;
    let good = world.check_in(&pass, &activity);
    let long = "A".repeat(20_000);
    let wrong: Vec<(&str, Value)> = vec![
        ("scan_id", json!(7)),
        ("scan_id", json!("not-a-uuid")),
        ("scan_id", json!(null)),
        ("scan_id", json!(["a"])),
        ("activity_id", json!(7)),
        ("activity_id", json!("not-a-uuid")),
        ("activity_id", json!({"id": 1})),
        ("credential", json!(12)),
        ("credential", json!({"a": 1})),
        ("credential", json!(long)),
        ("number", json!("ABCD-EFGH-JKM")),
        ("occurred_at", json!("yesterday")),
        ("occurred_at", json!(0)),
        ("occurred_at", json!("2026-02-30T10:00:00Z")),
        ("manual", json!("yes")),
    ];
    for (member, value) in wrong {
        let answer = world.send(&good.clone().with(member, value.clone())).await;
        let shown = value.to_string().chars().take(40).collect::<String>();
        assert!(
            answer.status.is_client_error(),
            "{member} = {shown}: {} {}",
            answer.status,
            answer.text
        );
        answer.assert_some_problem(&[400, 413, 422]);
    }
    for member in ["scan_id", "activity_id", "credential"] {
        world
            .send(&good.clone().without(member))
            .await
            .assert_some_problem(&[400, 422]);
    }
    let unknown = world.send(&good.clone().with("activity_id", world.id())).await;
    if unknown.status.is_success() {
        assert_eq!(unknown.member("verdict"), "refused", "{}", unknown.text);
        assert_eq!(unknown.member("reason"), "wrong_activity", "{}", unknown.text);
    } else {
        unknown.assert_some_problem(&[404, 422]);
    }
    assert_eq!(world.participations().await, before);
    let after = world.send(&good.with("scan_id", world.id())).await;
    assert_eq!(
        after.status, 201,
        "a wrong request must not take a scan's place: {}",
        after.text
    );
    assert_eq!(after.member("verdict"), "counted", "{}", after.text);
}

async fn bodies_that_are_not_json_are_problems(world: World) {
    let good = world
        .check_in(&world.pass().await, &world.open_activity().await)
        .body()
        .to_string();
    let before = world.participations().await;
    let cut = good[..good.len() - 9].to_owned();
    let mut not_utf8 = good.clone().into_bytes();
    let at = good.find("RND1").unwrap();
    not_utf8[at] = 0xFF;
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let bodies: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"\"text\"".to_vec(),
        b"{".to_vec(),
        b"\xEF\xBB\xBF".to_vec(),
        vec![0; 100],
        cut.into_bytes(),
        not_utf8,
        deep.into_bytes(),
        format!("{good}{good}").into_bytes(),
    ];
    for body in bodies {
        let request = world
            .server
            .request(Method::POST, "/api/v1/check-ins")
            .bearer_auth(&world.ticketing);
        let answer = send(request.header("content-type", "application/json").body(body)).await;
        answer.assert_some_problem(&[400, 422]);
    }
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
    ] {
        let mut request = world
            .server
            .request(Method::POST, "/api/v1/check-ins")
            .bearer_auth(&world.ticketing);
        if !content_type.is_empty() {
            request = request.header("content-type", content_type);
        }
        send(request.body(good.clone())).await.assert_some_problem(&[415]);
    }
    assert_eq!(world.participations().await, before);
}

async fn a_body_that_is_too_large_is_413_with_the_limit_named(world: World) {
    let large = format!(
        "{{\"scan_id\":\"{}\",\"credential\":\"{}\"}}",
        world.id(),
        "A".repeat(300 * 1024)
    );
    let request = world
        .server
        .request(Method::POST, "/api/v1/check-ins")
        .bearer_auth(&world.ticketing);
    let answer = send(request.header("content-type", "application/json").body(large)).await;
    answer.assert_some_problem(&[413]);
    assert!(answer.text.contains("256"), "the limit is named: {}", answer.text);
}

async fn a_missing_or_wrong_token_is_401(world: World) {
    let good = world.check_in(&world.pass().await, &world.open_activity().await);
    let before = world.participations().await;
    let almost = format!("{}x", world.ticketing);
    for token in ["", "x", "ééé", &almost, &"A".repeat(4_000)] {
        let answer = world.server.post("/api/v1/check-ins", token, good.body()).await;
        answer.assert_some_problem(&[401]);
        assert!(answer.headers.contains_key("www-authenticate"), "RFC 9110 §11.6.1");
    }
    for header in ["Basic dXNlcjpwYXNz", "Bearer", "Bearer ", "bearer\t"] {
        let request = world
            .server
            .request(Method::POST, "/api/v1/check-ins")
            .header("authorization", header);
        send(request.json(good.body())).await.assert_some_problem(&[401]);
    }
    assert_eq!(world.participations().await, before);
    assert_eq!(
        world.send(&good).await.status,
        201,
        "the refused requests left nothing behind"
    );
}

async fn a_role_that_may_not_scan_is_403(world: World) {
    let good = world.check_in(&world.pass().await, &world.open_activity().await);
    for role in ["auditor", "counter"] {
        let token = world.token(role).await;
        world
            .server
            .post("/api/v1/check-ins", &token, good.body())
            .await
            .assert_problem(403, "role_denied");
    }
    assert_eq!(
        world.send(&good).await.status,
        201,
        "the refused requests left nothing behind"
    );
}

/// The head promises more than the client sends before it hangs up, as a phone in a tunnel does.
async fn a_body_that_breaks_off_writes_nothing(world: World) {
    let good = world.check_in(&world.pass().await, &world.open_activity().await);
    let before = world.participations().await;
    let body = good.body().to_string();
    for sent in [0, 10, body.len() - 1] {
        let mut stream = tokio::net::TcpStream::connect(world.server.address()).await.unwrap();
        let head = format!(
            "POST /api/v1/check-ins HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n",
            world.server.address(),
            world.ticketing,
            body.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&body.as_bytes()[..sent]).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest).await;
        assert!(!rest.starts_with(b"HTTP/1.1 2"), "{}", String::from_utf8_lossy(&rest));
    }
    assert_eq!(world.participations().await, before);
    assert_eq!(world.send(&good).await.status, 201);
}

async fn unknown_addresses_and_methods_are_problems(world: World) {
    for path in [
        "/api/v1/",
        "/api/v1/nothing",
        "/api/v2/check-ins",
        "/api/v1/figures",
        "/api/v1/check-ins/a/b",
    ] {
        world
            .server
            .get(path, &world.ticketing)
            .await
            .assert_some_problem(&[404, 405]);
    }
    for method in [Method::PUT, Method::PATCH, Method::GET] {
        let request = world
            .server
            .request(method, "/api/v1/check-ins")
            .bearer_auth(&world.ticketing);
        send(request).await.assert_some_problem(&[404, 405]);
    }
}
