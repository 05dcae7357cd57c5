//! `DELETE /api/v1/check-ins/{scan_id}`: taking a scan back.

use tests::on_both_engines;
use tests::world::World;

on_both_engines!(
    an_annulled_scan_leaves_the_figures,
    annulling_twice_takes_back_once,
    a_duplicate_takes_the_place_of_an_annulled_scan,
    after_annulling_the_pass_counts_again,
    an_annulled_scan_that_is_sent_again_stays_annulled,
    what_nobody_scanned_cannot_be_annulled,
    annulling_needs_a_token_that_may_scan,
);

fn path(scan_id: &str) -> String {
    format!("/api/v1/check-ins/{scan_id}")
}

async fn an_annulled_scan_leaves_the_figures(world: World) {
    let before = world.participations().await;
    let check_in = world.check_in(&world.pass().await, &world.open_activity().await);
    assert_eq!(world.send(&check_in).await.member("verdict"), "counted");
    assert_eq!(world.participations().await, before + 1);
    let annulled = world.server.delete(&path(&check_in.scan_id()), &world.ticketing).await;
    assert_eq!(annulled.status, 200, "{}", annulled.text);
    assert_eq!(annulled.member("verdict"), "annulled", "{}", annulled.text);
    assert_eq!(annulled.member("scan_id"), check_in.scan_id());
    assert_eq!(world.participations().await, before);
}

async fn annulling_twice_takes_back_once(world: World) {
    let activity = world.open_activity().await;
    let passes = world.passes(2).await;
    let before = world.participations().await;
    let first = world.check_in(&passes[0], &activity);
    world.send(&first).await;
    world.send(&world.check_in(&passes[1], &activity)).await;
    for _ in 0..2 {
        let answer = world.server.delete(&path(&first.scan_id()), &world.ticketing).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert_eq!(answer.member("verdict"), "annulled", "{}", answer.text);
    }
    assert_eq!(world.participations().await, before + 1);
}

async fn a_duplicate_takes_the_place_of_an_annulled_scan(world: World) {
    let pass = world.pass().await;
    let activity = world.open_activity().await;
    let before = world.participations().await;
    let first = world.check_in(&pass, &activity);
    let second = world.check_in(&pass, &activity);
    assert_eq!(world.send(&first).await.member("verdict"), "counted");
    assert_eq!(world.send(&second).await.member("verdict"), "duplicate");
    world.server.delete(&path(&first.scan_id()), &world.ticketing).await;
    assert_eq!(
        world.participations().await,
        before + 1,
        "the second scan still says that they came"
    );
    world.server.delete(&path(&second.scan_id()), &world.ticketing).await;
    assert_eq!(world.participations().await, before);
}

async fn after_annulling_the_pass_counts_again(world: World) {
    let pass = world.pass().await;
    let activity = world.open_activity().await;
    let before = world.participations().await;
    let first = world.check_in(&pass, &activity);
    world.send(&first).await;
    world.server.delete(&path(&first.scan_id()), &world.ticketing).await;
    let again = world.send(&world.check_in(&pass, &activity)).await;
    assert_eq!(again.member("verdict"), "counted", "{}", again.text);
    assert_eq!(world.participations().await, before + 1);
}

async fn an_annulled_scan_that_is_sent_again_stays_annulled(world: World) {
    let before = world.participations().await;
    let check_in = world.check_in(&world.pass().await, &world.open_activity().await);
    world.send(&check_in).await;
    world.server.delete(&path(&check_in.scan_id()), &world.ticketing).await;
    let again = world.send(&check_in).await;
    assert_eq!(again.status, 200, "{}", again.text);
    assert_eq!(
        world.participations().await,
        before,
        "a late retry must not bring it back"
    );
}

async fn what_nobody_scanned_cannot_be_annulled(world: World) {
    world
        .server
        .delete(&path(&world.id()), &world.ticketing)
        .await
        .assert_some_problem(&[404]);
    for wrong in ["1", "not-a-uuid", "%00", "..%2F..%2Fetc"] {
        world
            .server
            .delete(&path(wrong), &world.ticketing)
            .await
            .assert_some_problem(&[400, 404, 422]);
    }
}

async fn annulling_needs_a_token_that_may_scan(world: World) {
    let check_in = world.check_in(&world.pass().await, &world.open_activity().await);
    world.send(&check_in).await;
    let before = world.participations().await;
    world
        .server
        .delete(&path(&check_in.scan_id()), "")
        .await
        .assert_some_problem(&[401]);
    world
        .server
        .delete(&path(&check_in.scan_id()), "wrong")
        .await
        .assert_some_problem(&[401]);
    let auditor = world.token("auditor").await;
    world
        .server
        .delete(&path(&check_in.scan_id()), &auditor)
        .await
        .assert_problem(403, "role_denied");
    assert_eq!(world.participations().await, before);
}
