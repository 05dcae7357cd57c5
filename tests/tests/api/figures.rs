//! `GET /api/v1/figures/{code}`: complete, and never about fewer than five people.

use serde_json::Value;
use tests::on_both_engines;
use tests::world::{World, text, total};

on_both_engines!(
    a_figure_says_everything_about_itself,
    every_available_code_and_dimension_answers,
    cells_of_one_to_four_people_are_hidden,
    a_hidden_cell_does_not_follow_from_the_total,
    the_api_and_the_command_line_agree,
    unknown_codes_periods_and_dimensions_are_problems,
    figures_need_a_role_that_may_read_them,
);

const CODES: [&str; 5] = [
    "passes_issued",
    "participations",
    "participants",
    "first_participants",
    "new_to_leisure",
];

fn month(world: &World) -> String {
    let today = world.environment().today();
    format!("{:04}-{:02}", today.year(), today.month())
}

fn year(world: &World) -> String {
    world.environment().today().year().to_string()
}

async fn figure(world: &World, path: &str) -> Value {
    let token = world.token("auditor").await;
    let answer = world.server.get(&format!("/api/v1/figures/{path}"), &token).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    assert_eq!(answer.content_type, "application/json");
    answer.json()
}

async fn a_figure_says_everything_about_itself(world: World) {
    let period = year(&world);
    let figure = figure(&world, &format!("participants?period={period}&by=municipality")).await;
    assert_eq!(figure["code"], "participants");
    assert_eq!(figure["period"], period.as_str());
    assert!(text(&figure, "definition").len() > 20, "{figure}");
    assert!(
        text(&figure, "data_date").parse::<jiff::Timestamp>().is_ok(),
        "{figure}"
    );
    assert!(figure["coverage"].is_object(), "{figure}");
    assert_eq!(figure["suppression"]["k"], 5, "{figure}");
    let rows = figure["rows"].as_array().unwrap();
    assert!(rows.len() > 3, "{figure}");
    for row in rows {
        assert!(!row["key"].is_null(), "{row}");
        assert_eq!(
            row["hidden"].as_bool().unwrap(),
            row["value"].is_null(),
            "hidden is null, and only hidden: {row}"
        );
        assert!(row.get("people").is_none(), "raw people never leave: {row}");
    }
}

async fn every_available_code_and_dimension_answers(world: World) {
    let token = world.token("auditor").await;
    let today = world.environment().today();
    let years = format!("{}-{}", today.year() - 1, today.year());
    for code in CODES {
        for period in [
            month(&world),
            year(&world),
            years.clone(),
            format!("{}-Q1", today.year()),
            "project".into(),
        ] {
            for by in ["", "municipality", "month", "municipality,month"] {
                let path = format!("/api/v1/figures/{code}?period={period}&by={by}");
                let answer = world.server.get(&path, &token).await;
                assert_eq!(answer.status, 200, "{path}: {}", answer.text);
            }
        }
    }
    for by in ["organiser", "organiser_kind", "activity_type"] {
        let path = format!("/api/v1/figures/participations?period={}&by={by}", year(&world));
        let answer = world.server.get(&path, &token).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    }
}

async fn cells_of_one_to_four_people_are_hidden(world: World) {
    for by in ["municipality", "municipality,month", "organiser", "activity_type"] {
        let figure = figure(&world, &format!("participants?period={}&by={by}", year(&world))).await;
        for row in figure["rows"].as_array().unwrap() {
            if let Some(value) = row["value"].as_u64() {
                assert!(value == 0 || value >= 5, "{by}: {row}");
            }
        }
    }
}

/// One hidden cell alone would be the total less the others.
async fn a_hidden_cell_does_not_follow_from_the_total(world: World) {
    for code in ["passes_issued", "participations"] {
        for by in ["municipality", "month", "organiser", "activity_type"] {
            if code == "passes_issued" && !["municipality", "month"].contains(&by) {
                continue;
            }
            let figure = figure(&world, &format!("{code}?period={}&by={by}", year(&world))).await;
            let rows = figure["rows"].as_array().unwrap();
            let hidden = rows.iter().filter(|row| row["hidden"] == true).count();
            assert!(
                hidden != 1 || figure["total"]["hidden"] == true,
                "{code} by {by}: one hidden cell alone: {figure}"
            );
        }
    }
}

async fn the_api_and_the_command_line_agree(world: World) {
    let period = year(&world);
    for code in CODES {
        let by_api = figure(&world, &format!("{code}?period={period}&by=municipality")).await;
        let arguments = [
            "figures",
            code,
            "--period",
            &period,
            "--by",
            "municipality",
            "--format",
            "json",
        ];
        let by_cli = world.server.home().run(&arguments).await.succeeded().json();
        assert_eq!(by_api["rows"], by_cli["rows"], "{code}");
        assert_eq!(total(&by_api), total(&by_cli), "{code}");
    }
}

async fn unknown_codes_periods_and_dimensions_are_problems(world: World) {
    let token = world.token("auditor").await;
    let wrong = [
        "nothing?period=2026",
        "participants?period=2026-13",
        "participants?period=2026-Q5",
        "participants?period=yesterday",
        "participants?period=2025-2027",
        "participants?period=99999999999999",
        "participants?period=2026&by=shoe_size",
        "participants?period=2026&by=municipality,organiser,month",
        "participants?period=2026&by=%00",
        "..%2Fparticipants?period=2026",
    ];
    for path in wrong {
        let answer = world.server.get(&format!("/api/v1/figures/{path}"), &token).await;
        assert!(
            answer.status.is_client_error(),
            "{path}: {} {}",
            answer.status,
            answer.text
        );
        answer.assert_some_problem(&[400, 404, 422]);
    }
}

async fn figures_need_a_role_that_may_read_them(world: World) {
    let path = format!("/api/v1/figures/participants?period={}", year(&world));
    for role in ["auditor", "counter"] {
        let token = world.token(role).await;
        assert_eq!(world.server.get(&path, &token).await.status, 200, "{role}");
    }
    world
        .server
        .get(&path, &world.ticketing)
        .await
        .assert_problem(403, "role_denied");
    world.server.get(&path, "wrong").await.assert_some_problem(&[401]);
}
