//! The figures as a browser sees them: for everybody, for a club, for the coordinator.

use axum::http::StatusCode;
use domain::{ActivityId, Cents, CountingRule, FigureCode};
use jiff::SignedDuration;
use storage::{NewActivity, Scope};

use super::world::{Who, World};

/// This many holders come to the activity of the club, once each.
async fn visits(world: &World, activity: ActivityId, count: usize) {
    for place in 0..count {
        let (number, _) = world
            .pass(&format!("Amina{}", "abcdefghij".get(place..=place).unwrap()))
            .await;
        let page = world.get(Who::Club, "/scan").await;
        let fields = [
            ("activiteit", activity.to_string()),
            ("scan_id", page.field("scan_id")),
            ("number", number),
        ];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let verdict = world.post(Who::Club, "/scan/nummer", &fields).await;
        assert!(verdict.body.contains("data-verdict=\"counted\""), "{}", verdict.body);
    }
}

#[tokio::test]
async fn every_figure_has_a_page_for_everybody_and_says_how_it_was_made() {
    let world = World::new().await;
    visits(&world, world.activity.id, 6).await;
    for who in [Who::Nobody, Who::Club, Who::Counter, Who::Coordinator] {
        for code in FigureCode::ALL {
            let path = format!("/cijfers/{code}?periode=2026");
            let page = world.get(who, &path).await;
            assert_eq!(page.status, StatusCode::OK, "{path} as {who:?}: {}", page.body);
            let body = &page.body;
            assert_eq!(body.matches("<h1").count(), 1, "{path}");
            for must in [
                format!("({code})"),
                "van 1 januari 2026 tot en met 31 december 2026".to_owned(),
                "Gegevens van".to_owned(),
                "Hoe volledig?".to_owned(),
                "Wat tonen we niet?".to_owned(),
                "/cijfers/methode".to_owned(),
                "/api/v1/open-data".to_owned(),
                format!("/cijfers.csv?code={code}&amp;periode=2026"),
            ] {
                assert!(body.contains(&must), "{path}: {must}");
            }
            assert!(!body.contains("<!>") && !body.contains(" style=\""), "{path}");
            let file = world.get(who, &format!("/cijfers.csv?code={code}&periode=2026")).await;
            assert_eq!(file.status, StatusCode::OK, "{code}: {}", file.body);
        }
    }
}

#[tokio::test]
async fn the_method_is_explained_and_every_column_defined() {
    let world = World::new().await;
    let page = world.get(Who::Nobody, "/cijfers/methode").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert_eq!(page.body.matches("<h1").count(), 1);
    for code in FigureCode::ALL {
        assert!(page.body.contains(&format!("id=\"{code}\"")), "{code}");
        for column in code.columns() {
            assert!(
                page.body.contains(&format!("<code>{}</code>", column.name)),
                "{code}: {}",
                column.name
            );
        }
    }
}

#[tokio::test]
async fn every_way_to_split_opens_and_has_a_table() {
    let world = World::new().await;
    visits(&world, world.activity.id, 6).await;
    for query in [
        "per=gemeente",
        "per=maand",
        "per=organisator",
        "per=soort-organisator",
        "per=soort-activiteit",
        "per=actie",
        "per=partner",
        "per=leeftijd",
        "per=reden",
        "per=nederlands",
        "per=financiering",
        "per=samenwerkingsverband",
        "per=gemeente-activiteit",
        "per=gemeente&per=leeftijd",
        "per=maand&per=soort-organisator",
        "gemeente=23102&per=leeftijd",
        "gemeente=23102&per=maand",
        "per=gemeente&en=maand&kolom=participations",
    ] {
        for code in ["participants", "participations"] {
            let path = format!("/cijfers/{code}?periode=2025-2026&{query}");
            let page = world.get(Who::Coordinator, &path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
            assert!(page.body.contains("<table"), "{path}: {}", page.body);
            assert!(!page.body.contains("role=\"status\""), "nothing is refused: {path}");
            // Of two tables that make each other up, the public gets one.
            let page = world.get(Who::Nobody, &path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
            let for_who_is_known = ["per=organisator", "per=financiering"].contains(&query);
            assert_eq!(page.body.contains("role=\"status\""), for_who_is_known, "{path}");
        }
    }
    for query in ["per=gemeente", "per=partner", "per=balie", "gemeente=23102"] {
        let path = format!("/cijfers/funnel?periode=2026&{query}");
        assert_eq!(
            world.get(Who::Coordinator, &path).await.status,
            StatusCode::OK,
            "{path}"
        );
    }
}

#[tokio::test]
async fn few_people_are_hidden_with_a_reason_and_never_zero() {
    let world = World::new().await;
    visits(&world, world.activity.id, 3).await;
    for who in [Who::Nobody, Who::Club, Who::Coordinator] {
        for path in [
            "/cijfers?periode=2026",
            "/cijfers/participants?periode=2026&per=gemeente",
        ] {
            let page = world.get(who, path).await;
            let wemmel = page.body.split("tile-23102").nth(1).unwrap();
            let tile = wemmel.split("</li>").next().unwrap();
            assert!(
                tile.contains("tile--hidden") && tile.contains("&lt;5"),
                "{path}: {tile}"
            );
            assert!(tile.contains("Minder dan 5 mensen"), "{path}: {tile}");
        }
        let file = world
            .get(who, "/cijfers.csv?code=participants&periode=2026&per=gemeente")
            .await;
        let line = file
            .body
            .lines()
            .find(|line| line.contains(";23102;"))
            .unwrap()
            .to_owned();
        assert!(line.contains(";mensen;;;;ja;Minder dan 5"), "{line}");
    }
}

#[tokio::test]
async fn a_club_sees_its_own_counts_raw_and_nobody_else_does() {
    let world = World::new().await;
    visits(&world, world.activity.id, 3).await;
    let page = world.get(Who::Club, "/cijfers/eigen?periode=2026").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert_eq!(page.cache, "no-store");
    let key = page.body.split("key__number\">").nth(1).unwrap();
    assert!(key.starts_with('3'), "three people: {}", &key[..40]);
    assert!(page.body.contains("Ruwe cijfers, alleen voor jou"), "{}", page.body);
    assert!(page.body.contains("noindex"));
    let file = world
        .get(Who::Club, "/cijfers.csv?code=participants&periode=2026&eigen=1")
        .await;
    assert_eq!(
        (file.status, file.cache.as_str()),
        (StatusCode::OK, "no-store"),
        "{}",
        file.body
    );
    assert!(file.body.contains(";mensen;3;"), "{}", file.body);
    let out = world.get(Who::Nobody, "/cijfers/eigen").await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    for who in [Who::Coordinator, Who::Counter] {
        assert_eq!(world.get(who, "/cijfers/eigen").await.status, StatusCode::FORBIDDEN);
        let file = world
            .get(who, "/cijfers.csv?code=participants&periode=2026&eigen=1")
            .await;
        assert_eq!(file.status, StatusCode::FORBIDDEN);
    }
    for (who, seen) in [(Who::Club, true), (Who::Coordinator, false), (Who::Nobody, false)] {
        let page = world.get(who, "/cijfers").await;
        assert_eq!(page.body.contains("href=\"/cijfers/eigen\""), seen, "{who:?}");
    }
}

#[tokio::test]
async fn what_is_not_known_gets_a_page_that_helps() {
    let world = World::new().await;
    let page = world.get(Who::Nobody, "/cijfers/deelnemerz?periode=2026").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(
        page.body.contains("Dit cijfer kennen we niet") && page.body.contains("/cijfers/participants?periode=2026"),
        "{}",
        page.body
    );
    for (query, words) in [
        ("periode=ooit", "Deze periode kennen we niet."),
        ("periode=2026&per=schoenmaat", "Een deel van deze link kennen we niet."),
        ("periode=2026&gemeente=Wemmel", "Zo kunnen we dit cijfer niet opdelen."),
        ("periode=2026&per=balie", "Een deel van deze link kennen we niet."),
        (
            "periode=2026&per=gemeente&per=leeftijd&per=reden",
            "Meer dan twee opdelingen",
        ),
        (
            "periode=2026&vergelijk=ooit",
            "kennen we niet. Je ziet nu geen vergelijking.",
        ),
        ("periode=2026-01-05..2026-02-11", "Zelf dagen kiezen kan alleen"),
        ("van=2026-01-05&tot=2026-02-11", "Zelf dagen kiezen kan alleen"),
    ] {
        let page = world.get(Who::Nobody, &format!("/cijfers/participants?{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}: {}", page.body);
        assert!(page.body.contains(words), "{query}: {}", page.body);
    }
    for query in [
        "code=participants&periode=ooit",
        "code=participants&per=schoenmaat",
        "code=participants&periode=2026-01-05..2026-02-11",
        "code=passes_issued&per=organisator",
    ] {
        let file = world.get(Who::Nobody, &format!("/cijfers.csv?{query}")).await;
        assert_eq!(file.status, StatusCode::NOT_FOUND, "{query}: a file never guesses");
    }
}

#[tokio::test]
async fn free_days_are_for_the_coordinator() {
    let world = World::new().await;
    let page = world
        .get(Who::Coordinator, "/cijfers/participants?van=2026-01-05&tot=2026-02-11")
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(
        page.body.contains("5 januari 2026 tot en met 11 februari 2026"),
        "{}",
        page.body
    );
    assert!(page.body.contains("name=\"van\""));
    for who in [Who::Nobody, Who::Club, Who::Counter] {
        assert!(
            !world.get(who, "/cijfers").await.body.contains("name=\"van\""),
            "{who:?}"
        );
    }
}

#[tokio::test]
async fn the_form_leads_to_an_address_that_says_what_was_chosen() {
    let world = World::new().await;
    let form = "/cijfers?cijfer=participations&per=gemeente&en=&periode=2026-Q1&vergelijk=&soort-organisator=library";
    let sent = world.get(Who::Nobody, form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert_eq!(
        sent.location,
        "/cijfers/participations?periode=2026-Q1&per=gemeente&soort-organisator=library"
    );
    let page = world.get(Who::Nobody, &sent.location).await;
    assert!(page.body.contains("Bezoeken per gemeente"), "{}", page.body);
    assert!(
        page.body.contains("name=\"soort-organisator\" value=\"library\""),
        "the filter stays: {}",
        page.body
    );
    assert!(
        page.body
            .contains("href=\"/cijfers/participations?periode=2026-Q1&amp;per=gemeente\""),
        "and has a way out: {}",
        page.body
    );
}

#[tokio::test]
async fn a_municipality_has_an_overview_and_so_has_a_comparison() {
    let world = World::new().await;
    visits(&world, world.activity.id, 6).await;
    let page = world
        .get(Who::Nobody, "/cijfers?periode=2026&gemeente=23102&vergelijk=2025")
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("Cijfers van Wemmel"), "{}", page.body);
    assert!(page.body.contains("tile--chosen"), "{}", page.body);
    assert!(page.body.contains("Vergeleken met een andere periode"), "{}", page.body);
    let change = world
        .get(Who::Nobody, "/cijfers/change?periode=2026&vergelijk=2025")
        .await;
    assert!(change.body.contains("chart--whisker"), "{}", change.body);
    let elsewhere = world.get(Who::Nobody, "/cijfers?periode=2026&gemeente=99999").await;
    assert_eq!(elsewhere.status, StatusCode::OK, "{}", elsewhere.body);
}

#[tokio::test]
async fn names_that_people_chose_are_text() {
    let world = World::new().await;
    let now = world.store.env().now();
    let nasty = "<script>alert(1)</script>\"'&";
    let activity = NewActivity {
        organiser: world.activity.organiser,
        name: nasty.to_owned(),
        starts_at: now - SignedDuration::from_hours(1),
        ends_at: now + SignedDuration::from_hours(1),
        place: "Zaal".to_owned(),
        price_cents: Cents(0),
        rule: CountingRule::OncePerDay,
        activity_type: nasty.to_owned(),
        taalicoon: None,
        minutes: None,
    };
    let activity = world.store.add_activity(&Scope::cli(), activity).await.unwrap();
    visits(&world, activity.id, 6).await;
    for path in [
        "/cijfers/participants?periode=2026&per=soort-activiteit",
        "/cijfers/participants?periode=2026&per=soort-activiteit&per=maand",
        "/cijfers/participants?periode=2025-2026&per=soort-activiteit&per=leeftijd",
        "/cijfers/participants?periode=2026&soort-activiteit=%3Cscript%3Ealert(1)%3C/script%3E%22%27%26",
    ] {
        let page = world.get(Who::Nobody, path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.body.contains("<script>alert"), "{path}: {}", page.body);
        assert!(page.body.contains("&lt;script&gt;alert(1)"), "{path}: {}", page.body);
    }
    let kolom = world
        .get(
            Who::Nobody,
            "/cijfers/threshold_euro?per=gemeente&kolom=%22%3E%3Cscript%3E",
        )
        .await;
    assert!(!kolom.body.contains("\"><script>"), "{}", kolom.body);
}
