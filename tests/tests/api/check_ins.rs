//! `POST /api/v1/check-ins`: what counts, once.

use serde_json::Value;
use tests::on_both_engines;
use tests::world::World;

on_both_engines!(
    a_new_scan_is_counted_and_a_replay_gives_the_same_answer,
    the_same_id_with_another_pass_is_refused_and_changes_nothing,
    a_number_is_typed_as_people_type,
    a_second_scan_of_the_same_visit_is_a_duplicate,
    of_many_scans_at_once_exactly_one_counts,
    only_the_first_visit_ever_is_a_first_visit,
    a_scan_raises_the_figure_by_one,
    the_answer_is_durable_when_the_server_is_killed,
    an_answer_has_a_sentence_in_three_languages,
);

async fn a_new_scan_is_counted_and_a_replay_gives_the_same_answer(world: World) {
    let check_in = world.check_in(&world.pass().await, &world.open_activity().await);
    let first = world.send(&check_in).await;
    assert_eq!(first.status, 201, "{}", first.text);
    assert_eq!(first.member("verdict"), "counted", "{}", first.text);
    assert_eq!(first.member("reason"), "ok");
    assert_eq!(first.member("scan_id"), check_in.scan_id());
    assert_eq!(first.json()["flags"], serde_json::json!([]));
    assert_eq!(first.json()["first_visit"], true);

    let replay = world.send(&check_in).await;
    assert_eq!(replay.status, 200, "{}", replay.text);
    assert_eq!(replay.json(), first.json());
}

async fn the_same_id_with_another_pass_is_refused_and_changes_nothing(world: World) {
    let passes = world.passes(2).await;
    let activity = world.open_activity().await;
    let good = world.check_in(&passes[0], &activity);
    let first = world.send(&good).await;
    let before = world.participations().await;

    let other = world.check_in(&passes[1], &activity).with("scan_id", good.scan_id());
    world.send(&other).await.assert_problem(409, "id_reuse");

    assert_eq!(world.participations().await, before);
    let replay = world.send(&good).await;
    assert_eq!(replay.status, 200);
    assert_eq!(replay.json(), first.json());
    let again = world.send(&world.check_in(&passes[1], &activity)).await;
    assert_eq!(
        again.member("verdict"),
        "counted",
        "the refused scan left nothing behind: {}",
        again.text
    );
}

async fn a_number_is_typed_as_people_type(world: World) {
    let activity = world.open_activity().await;
    for spell in [
        |n: &str| n.to_owned(),
        |n: &str| n.replace('-', ""),
        |n: &str| typed_badly(n),
    ] {
        let pass = world.pass().await;
        let typed = world
            .check_in(&pass, &activity)
            .typed(&spell(&pass.number))
            .with("manual", true);
        let answer = world.send(&typed).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        assert_eq!(
            answer.member("verdict"),
            "counted",
            "{}: {}",
            spell(&pass.number),
            answer.text
        );
        assert!(
            answer.json()["flags"]
                .as_array()
                .unwrap()
                .contains(&Value::from("manual")),
            "{}",
            answer.text
        );
    }
}

/// Lower case, spaces for dashes, O for 0 and l for 1.
fn typed_badly(number: &str) -> String {
    number
        .to_lowercase()
        .replace('-', " ")
        .replace('0', "o")
        .replace('1', "l")
}

async fn a_second_scan_of_the_same_visit_is_a_duplicate(world: World) {
    let pass = world.pass().await;
    let activity = world.open_activity().await;
    assert_eq!(
        world.send(&world.check_in(&pass, &activity)).await.member("verdict"),
        "counted"
    );
    let before = world.participations().await;

    let second = world.check_in(&pass, &activity);
    let answer = world.send(&second).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert_eq!(answer.member("verdict"), "duplicate", "{}", answer.text);
    assert_eq!(answer.member("reason"), "already_counted");
    assert_eq!(
        world.send(&second).await.json(),
        answer.json(),
        "a replay of a duplicate stays a duplicate"
    );

    let typed = world.check_in(&pass, &activity).typed(&pass.number);
    assert_eq!(
        world.send(&typed).await.member("verdict"),
        "duplicate",
        "typing is no second visit"
    );
    assert_eq!(world.participations().await, before);
}

async fn of_many_scans_at_once_exactly_one_counts(world: World) {
    let pass = world.pass().await;
    let activity = world.open_activity().await;
    let before = world.participations().await;
    let world = std::sync::Arc::new(world);
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..24 {
        let (world, check_in) = (world.clone(), world.check_in(&pass, &activity));
        running.spawn(async move { world.send(&check_in).await.member("verdict") });
    }
    let mut verdicts = running.join_all().await;
    verdicts.sort();
    assert_eq!(
        verdicts.iter().filter(|verdict| *verdict == "counted").count(),
        1,
        "{verdicts:?}"
    );
    assert_eq!(
        verdicts.iter().filter(|verdict| *verdict == "duplicate").count(),
        23,
        "{verdicts:?}"
    );
    assert_eq!(world.participations().await, before + 1);
}

async fn only_the_first_visit_ever_is_a_first_visit(world: World) {
    let pass = world.pass().await;
    let activities = world.open_activities().await;
    assert!(activities.len() > 1, "the demo data has more than one activity open");
    let first = world.send(&world.check_in(&pass, &activities[0])).await;
    assert_eq!(first.json()["first_visit"], true, "{}", first.text);
    let second = world.send(&world.check_in(&pass, &activities[1])).await;
    assert_eq!(second.member("verdict"), "counted", "{}", second.text);
    assert_eq!(second.json()["first_visit"], false, "{}", second.text);
}

async fn a_scan_raises_the_figure_by_one(world: World) {
    let before = world.participations().await;
    let passes = world.passes(3).await;
    let activity = world.open_activity().await;
    for pass in &passes {
        assert_eq!(
            world.send(&world.check_in(pass, &activity)).await.member("verdict"),
            "counted"
        );
    }
    assert_eq!(world.participations().await, before + 3);
}

async fn the_answer_is_durable_when_the_server_is_killed(world: World) {
    let before = world.participations().await;
    let check_in = world.check_in(&world.pass().await, &world.open_activity().await);
    assert_eq!(world.send(&check_in).await.status, 201);
    let world = world.after_a_power_cut().await;
    assert_eq!(world.participations().await, before + 1);
    assert_eq!(world.send(&check_in).await.status, 200);
}

async fn an_answer_has_a_sentence_in_three_languages(world: World) {
    let pass = world.pass().await;
    let activity = world.open_activity().await;
    for check_in in [
        world.check_in(&pass, &activity),
        world.check_in(&pass, &activity),
        world
            .check_in(&pass, &activity)
            .with("credential", "https://example.org/"),
    ] {
        let answer = world.send(&check_in).await;
        for language in ["nl", "fr", "en"] {
            let sentence = answer.json()["message"][language]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            assert!(sentence.contains(' '), "no {language} sentence: {}", answer.text);
        }
    }
}
