//! `randpas figures`: protected unless raw is asked, compared, filtered, as of a moment, and refused in words.

use serde_json::Value;
use tests::home::{Engine, Home, Ran};
use tests::world::WEMMEL;

/// `randpas figures` with these words.
async fn figures(home: &Home, words: &str) -> Ran {
    let arguments: Vec<&str> = std::iter::once("figures").chain(words.split_whitespace()).collect();
    home.run(&arguments).await
}

async fn json(home: &Home, words: &str) -> Value {
    figures(home, &format!("{words} --format json"))
        .await
        .succeeded()
        .json()
}

fn this_year() -> i16 {
    storage::Environment::system().today().year()
}

#[tokio::test]
async fn figures_are_protected_unless_raw_is_asked() {
    let home = Home::demo(Engine::Sqlite).await;
    let by_place = format!("participants --period {} --by municipality", this_year());
    let (protected, raw) = (
        json(&home, &by_place).await,
        json(&home, &format!("{by_place} --raw")).await,
    );
    assert_eq!((&protected["raw"], &raw["raw"]), (&false.into(), &true.into()));
    assert_eq!(protected["suppression"]["k"], 5);
    assert_eq!(raw["suppression"]["k"], 1);
    for row in protected["rows"].as_array().unwrap() {
        let shown = row["value"].as_u64();
        assert!(shown.is_none_or(|value| value == 0 || value >= 5), "{row}");
    }
    for row in raw["rows"].as_array().unwrap() {
        assert_eq!(row["hidden"], false, "{row}");
    }
    let help = figures(&home, "--help").await.succeeded().stdout;
    assert!(help.contains("protected") && help.contains("--raw"), "{help}");
}

#[tokio::test]
async fn a_figure_can_be_compared_filtered_and_asked_of_the_past() {
    let home = Home::demo(Engine::Sqlite).await;
    let (now, before) = (this_year(), this_year() - 1);
    let table = figures(&home, &format!("change --period {now} --compare {before}")).await;
    let table = table.succeeded().stdout;
    assert!(
        table.contains("visits_ratio") && table.contains(&before.to_string()),
        "{table}"
    );
    let slice = format!("participations --period {now} --filter municipality={WEMMEL} --format csv");
    let slice = figures(&home, &slice).await.succeeded().stdout;
    assert!(slice.starts_with("participations,hidden,why_empty\n"), "{slice}");
    let past = json(&home, "participations --period project --as-of 2001-01-01").await;
    assert_eq!(past["total"]["value"], 0, "nothing had been received by then: {past}");
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_in_words() {
    let home = Home::demo(Engine::Sqlite).await;
    for (words, about) in [
        ("participants --filter municipality", "names no key"),
        ("participants --filter organiser=Zwemclub", "not a key"),
        ("participants --as-of gisteren", "moment"),
        ("participants --partnership x", "UUID"),
        (
            "participants --by municipality,organiser --filter age_band=0-11",
            "two dimensions",
        ),
        ("passes_issued --by organiser", "not counted by"),
        ("change --period project", "compare"),
    ] {
        let ran = figures(&home, words).await;
        assert!(ran.code > 0, "{words}: {}", ran.stdout);
        assert!(ran.stderr.contains(about), "{words}: {}", ran.stderr);
        assert!(ran.stderr.trim().lines().count() <= 4, "{words}: {}", ran.stderr);
    }
}
