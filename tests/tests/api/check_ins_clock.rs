//! `POST /api/v1/check-ins`: the device's clock is believed within reason (docs/protocol §6).

use jiff::{Timestamp, ToSpan};
use serde_json::Value;
use tests::on_both_engines;
use tests::world::World;

on_both_engines!(
    a_clock_that_is_right_is_not_suspect,
    a_clock_far_in_the_past_or_future_counts_now_and_is_flagged,
    upload_order_does_not_decide_which_scan_counts,
);

async fn a_clock_that_is_right_is_not_suspect(world: World) {
    let activity = world.open_activity().await;
    // Nothing before the pass's issue is believed.
    let pass = world.pass().await;
    let now = world.environment().now();
    let check_in = world.check_in(&pass, &activity).with("occurred_at", now.to_string());
    let answer = world.send(&check_in).await;
    assert_eq!(answer.member("verdict"), "counted", "{}", answer.text);
    assert_eq!(answer.json()["flags"], serde_json::json!([]));
}

async fn a_clock_far_in_the_past_or_future_counts_now_and_is_flagged(world: World) {
    let activity = world.open_activity().await;
    let before = world.participations().await;
    let wrong = ["1999-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "0001-01-01T00:00:00Z"];
    for (index, clock) in wrong.into_iter().enumerate() {
        let check_in = world
            .check_in(&world.pass().await, &activity)
            .with("occurred_at", clock);
        let answer = world.send(&check_in).await;
        assert_eq!(answer.status, 201, "{clock}: {}", answer.text);
        assert_eq!(answer.member("verdict"), "counted", "{clock}: {}", answer.text);
        assert!(
            answer.json()["flags"]
                .as_array()
                .unwrap()
                .contains(&Value::from("clock_suspect")),
            "{}",
            answer.text
        );
        assert_eq!(
            world.participations().await,
            before + index as u64 + 1,
            "{clock} falls in this month"
        );
    }
}

async fn upload_order_does_not_decide_which_scan_counts(world: World) {
    let pass = world.pass().await;
    let activity = world.open_activity().await;
    let now = world.environment().now();
    // Nothing earlier than the pass is believed, so both moments lie after its issue.
    let at = |ms: i64| -> Timestamp { now + ms.milliseconds() };
    let late = world.check_in(&pass, &activity).with("occurred_at", at(2).to_string());
    let early = world.check_in(&pass, &activity).with("occurred_at", at(1).to_string());
    assert_eq!(world.send(&late).await.member("verdict"), "counted");
    let before = world.participations().await;
    let second = world.send(&early).await;
    assert!(
        ["counted", "duplicate"].contains(&second.member("verdict").as_str()),
        "{}",
        second.text
    );
    assert_eq!(
        world.participations().await,
        before,
        "one visit, whichever scan carries it"
    );
}
