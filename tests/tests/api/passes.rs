//! `GET /api/v1/passes/{number}`: a verdict about a pass, never a file about a person.

use domain::Tag;
use tests::on_both_engines;
use tests::world::World;

on_both_engines!(
    a_pass_is_found_by_its_number_and_names_nobody,
    an_unknown_or_wrong_number_is_a_problem,
    a_pass_is_not_public,
);

async fn a_pass_is_found_by_its_number_and_names_nobody(world: World) {
    let pass = world.pass().await;
    for spelling in [
        pass.number.clone(),
        pass.number.replace('-', ""),
        pass.number.to_lowercase(),
    ] {
        let answer = world
            .server
            .get(&format!("/api/v1/passes/{spelling}"), &world.ticketing)
            .await;
        assert_eq!(answer.status, 200, "{spelling}: {}", answer.text);
        assert_eq!(answer.member("number"), pass.number, "{}", answer.text);
        assert_eq!(answer.member("status"), "valid", "{}", answer.text);
        let until: Result<jiff::civil::Date, _> = answer.member("until").parse();
        assert!(until.is_ok(), "{}", answer.text);
        for personal in ["first_name", "birth_year", "baseline", "municipality", "holder"] {
            assert!(
                answer.json().get(personal).is_none(),
                "{personal} leaves: {}",
                answer.text
            );
        }
        assert!(
            !answer.text.contains("RND1:"),
            "who knows a number does not get the code: {}",
            answer.text
        );
    }
}

async fn an_unknown_or_wrong_number_is_a_problem(world: World) {
    let never = domain::Number::from_tag(Tag::try_from(0x0123_4567_89AB).unwrap()).to_string();
    world
        .server
        .get(&format!("/api/v1/passes/{never}"), &world.ticketing)
        .await
        .assert_problem(404, "unknown_pass");
    let long = "A".repeat(3_000);
    for wrong in ["1", "AAAA-AAAA-AAB", "%F0%9F%98%80", "%FF", "' OR 1=1 --", &long] {
        let answer = world
            .server
            .get(&format!("/api/v1/passes/{wrong}"), &world.ticketing)
            .await;
        answer.assert_some_problem(&[400, 404, 414, 422]);
    }
}

async fn a_pass_is_not_public(world: World) {
    let pass = world.pass().await;
    let path = format!("/api/v1/passes/{}", pass.number);
    world.server.get(&path, "").await.assert_some_problem(&[401]);
    let auditor = world.token("auditor").await;
    world
        .server
        .get(&path, &auditor)
        .await
        .assert_problem(403, "role_denied");
}
