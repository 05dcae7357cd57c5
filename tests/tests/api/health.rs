//! `/healthz`, `/readyz`, and what every answer carries.

use tests::on_both_engines;
use tests::world::World;

on_both_engines!(
    the_server_says_that_it_lives_and_is_ready,
    every_answer_carries_the_security_headers
);

async fn the_server_says_that_it_lives_and_is_ready(world: World) {
    for path in ["/healthz", "/readyz"] {
        let answer = world.server.get(path, "").await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    }
}

async fn every_answer_carries_the_security_headers(world: World) {
    for path in [
        "/",
        "/pas",
        "/aanmelden",
        "/bestaat-niet",
        "/api/v1/activities",
        "/healthz",
    ] {
        let answer = world.server.get(path, "").await;
        let header = |name: &str| {
            let value = answer.headers.get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert!(!header("referrer-policy").is_empty(), "{path}");
        let policy = header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(
            !policy.contains("'unsafe-inline'") && !policy.contains("'unsafe-eval'"),
            "{path}: {policy}"
        );
    }
}
