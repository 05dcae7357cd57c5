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
    a_figure_of_several_columns_says_what_each_cell_is,
    a_number_that_is_not_there_says_why,
    a_filter_and_a_comparison_can_be_asked,
    csv_has_the_same_numbers,
    anybody_reads_the_fixed_grid_and_nothing_freer,
    unknown_codes_periods_and_dimensions_are_problems,
    figures_need_a_role_that_may_read_them,
);

/// Figures of one number a row: they keep `value` and `hidden` as programs know them.
const CODES: [&str; 7] = [
    "passes_issued",
    "passes_active",
    "participations",
    "participants",
    "first_participants",
    "new_to_leisure",
    "sustained",
];

/// Figures of several columns a row.
const WIDE: [&str; 10] = [
    "reach",
    "change",
    "retention",
    "funnel",
    "threshold_euro",
    "cheques",
    "practice_hours",
    "new_actions",
    "anchoring",
    "coverage",
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
    for code in WIDE.into_iter().chain(["crossings"]) {
        for period in [month(&world), year(&world), years.clone()] {
            let path = format!("/api/v1/figures/{code}?period={period}");
            let answer = world.server.get(&path, &token).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        }
    }
    let dimensions = [
        "organiser",
        "organiser_kind",
        "activity_type",
        "action",
        "partner",
        "age_band",
        "newcomer_reason",
        "dutch_level",
        "funding_line",
        "partnership",
        "activity_municipality",
    ];
    for by in dimensions {
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

/// A cell of the total by the name of its column.
fn cell<'a>(figure: &'a Value, row: &'a Value, column: &str) -> &'a Value {
    let columns = figure["columns"].as_array().unwrap();
    let at = columns.iter().position(|known| known["name"] == column).unwrap();
    &row["cells"][at]
}

async fn a_figure_of_several_columns_says_what_each_cell_is(world: World) {
    for code in WIDE {
        let figure = figure(&world, &format!("{code}?period={}", year(&world))).await;
        let columns = figure["columns"].as_array().unwrap();
        assert!(columns.len() > 1, "{code}");
        for column in columns {
            for member in ["name", "label", "unit", "definition"] {
                assert!(!text(column, member).is_empty(), "{code}: {column}");
            }
        }
        for row in figure["rows"].as_array().unwrap().iter().chain([&figure["total"]]) {
            assert_eq!(row["cells"].as_array().unwrap().len(), columns.len(), "{code}: {row}");
            assert!(row.get("value").is_none(), "one value would be one of many: {row}");
        }
    }
    let reach = figure(&world, &format!("reach?period={}", year(&world))).await;
    let share = cell(&reach, &reach["total"], "share_of_passes");
    if share["kind"] == "estimate" {
        let number = |member: &str| share[member].as_f64().unwrap();
        assert!(
            number("low") <= number("value") && number("value") <= number("high"),
            "{share}"
        );
    }
}

async fn a_number_that_is_not_there_says_why(world: World) {
    let known = [
        "count",
        "number",
        "estimate",
        "text",
        "day",
        "hidden",
        "too_few",
        "no_denominator",
        "too_early",
        "nothing",
    ];
    for path in [
        "reach?by=municipality&period=",
        "funnel?by=municipality&period=",
        "retention?period=",
    ] {
        let figure = figure(&world, &format!("{path}{}", year(&world))).await;
        for cell in figure["rows"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|row| row["cells"].as_array().unwrap())
        {
            let kind = text(cell, "kind");
            assert!(known.contains(&kind.as_str()), "{cell}");
            let there = ["count", "number", "estimate"].contains(&kind.as_str());
            assert_eq!(cell.get("value").is_some_and(|value| !value.is_null()), there, "{cell}");
        }
    }
}

async fn a_filter_and_a_comparison_can_be_asked(world: World) {
    let year = year(&world);
    let whole = figure(
        &world,
        &format!("participations?period={year}&by=municipality,organiser_kind"),
    )
    .await;
    let slice = figure(
        &world,
        &format!("participations?period={year}&by=municipality&organiser_kind=sports_club"),
    )
    .await;
    for row in slice["rows"].as_array().unwrap() {
        let place = &row["keys"][0];
        let of_whole = whole["rows"].as_array().unwrap().iter();
        let of_whole = of_whole.filter(|other| other["keys"][0] == *place && other["keys"][1] == "sports_club");
        for other in of_whole {
            assert_eq!(
                (&row["value"], &row["hidden"]),
                (&other["value"], &other["hidden"]),
                "{place}"
            );
        }
    }
    let before = format!("{}", year.parse::<i16>().unwrap() - 1);
    let compared = figure(&world, &format!("participants?period={year}&compare={before}")).await;
    assert_eq!(compared["compare"], before.as_str());
    let [now, then, difference] = ["participants", "before", "difference"].map(|column| {
        let cell = cell(&compared, &compared["total"], column);
        cell["value"].as_i64()
    });
    if let (Some(now), Some(then)) = (now, then) {
        assert_eq!(difference, Some(now - then), "{compared}");
    }
    let change = figure(&world, &format!("change?period={year}")).await;
    assert_eq!(change["compare"], before.as_str(), "the one before of the same kind");
}

async fn csv_has_the_same_numbers(world: World) {
    let token = world.token("auditor").await;
    let year = year(&world);
    let json = figure(&world, &format!("participations?period={year}&by=municipality")).await;
    let path = format!("/api/v1/figures/participations?period={year}&by=municipality&format=csv");
    let csv = world.server.get(&path, &token).await;
    assert!(csv.content_type.starts_with("text/csv"), "{}", csv.content_type);
    let mut lines = csv.text.lines();
    assert_eq!(lines.next(), Some("municipality,participations,hidden,why_empty"));
    for row in json["rows"].as_array().unwrap() {
        let value = row["value"].as_u64().map(|value| value.to_string()).unwrap_or_default();
        let hidden = row["hidden"].as_bool().unwrap();
        let why = if hidden { "participations=hidden" } else { "" };
        let wanted = format!("{},{value},{hidden},{why}", text(row, "key"));
        assert_eq!(lines.next(), Some(wanted.as_str()));
    }
    assert!(
        lines.next().is_some_and(|line| line.starts_with("total,")),
        "{}",
        csv.text
    );
}

async fn anybody_reads_the_fixed_grid_and_nothing_freer(world: World) {
    let year = year(&world);
    let base = format!("/api/v1/figures/participants?period={year}");
    assert_eq!(world.server.get(&base, "").await.status, 200);
    let free = "/api/v1/figures/participants?period=2026-01-05..2026-02-11".to_owned();
    let past = format!("{base}&as_of=2026-01-05T00:00:00Z");
    for path in [free, past, format!("{base}&raw=true")] {
        world.server.get(&path, "").await.assert_problem(403, "role_denied");
    }
    for wrong in [
        "format=xml",
        "compare=never",
        "as_of=gisteren",
        "raw=maybe",
        "organiser=Zwemclub",
        "partnership=x",
    ] {
        let answer = world.server.get(&format!("{base}&{wrong}"), "").await;
        answer.assert_problem(422, "validation");
    }
    let by_club = format!("/api/v1/figures/passes_issued?period={year}&by=organiser");
    world.server.get(&by_club, "").await.assert_problem(422, "validation");
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
