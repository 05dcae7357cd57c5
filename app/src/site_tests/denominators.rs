//! Denominators: looked at first, kept whole, taken back; and every problem on its line.

use axum::http::StatusCode;
use storage::LARGEST_IMPORT;

use super::world::{Answer, Who, World};

const RIGHT: &[u8] = b"nis;gemeente;jaar;aantal\r\n23102;Wemmel;2025;1 312\r\n23101;;2025;0\r\n";
const ABOUT: [(&str, &str); 3] = [
    ("soort", "newcomers"),
    ("bron", "Kruispuntbank \"Inburgering\""),
    ("datum", "2026-01-31"),
];

async fn look(world: &World, about: &[(&str, &str)], file: &[u8]) -> Answer {
    world
        .post_file_as(Who::Coordinator, "/noemers/bekijk", about, ("bestand", file))
        .await
}

/// Presses "yes" on a preview.
async fn confirm(world: &World, preview: &Answer) -> Answer {
    let value = |name| unescaped(&preview.field(name));
    let (id, kind, source) = (value("id"), value("soort"), value("bron"));
    let (dated, name, text) = (value("datum"), value("naam"), value("inhoud"));
    let fields = [
        ("id", id.as_str()),
        ("soort", &kind),
        ("bron", &source),
        ("datum", &dated),
        ("naam", &name),
        ("inhoud", &text),
    ];
    world.post(Who::Coordinator, "/noemers", &fields).await
}

fn unescaped(value: &str) -> String {
    value.replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&")
}

#[tokio::test]
async fn a_file_is_looked_at_then_kept_then_taken_back() {
    let world = World::new().await;
    let empty = world.get(Who::Coordinator, "/noemers").await;
    assert_eq!(empty.status, StatusCode::OK);
    assert!(empty.body.contains("Er is nog geen bestand bewaard."), "{}", empty.body);

    let preview = look(&world, &ABOUT, RIGHT).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.body);
    for told in [
        "2 regels, zonder fouten",
        "Wemmel",
        "1.312",
        "31 januari 2026",
        "Er wordt geen enkel getal",
    ] {
        assert!(preview.body.contains(told), "{told}: {}", preview.body);
    }
    let still = world.get(Who::Coordinator, "/noemers").await;
    assert!(still.body.contains("Er is nog geen bestand bewaard."));

    for _twice in 0..2 {
        let kept = confirm(&world, &preview).await;
        assert_eq!(
            (kept.status, kept.location.as_str()),
            (StatusCode::SEE_OTHER, "/noemers?bewaard=1")
        );
    }
    let list = world.get(Who::Coordinator, "/noemers?bewaard=1").await;
    assert!(
        list.body.contains("Het bestand is bewaard.") && list.body.contains("1.312"),
        "{}",
        list.body
    );
    assert_eq!(list.body.matches("/terug\"").count(), 1, "{}", list.body);
    assert!(list.body.contains("door Account coordinator"), "{}", list.body);

    let again = look(&world, &ABOUT, b"nis,jaar,aantal\n23102,2025,1400\n").await;
    assert!(again.body.contains("1 getal van nu wordt vervangen."), "{}", again.body);

    let action = list
        .body
        .split("action=\"")
        .find(|part| part.contains("/terug\""))
        .unwrap();
    let action = action.split('"').next().unwrap();
    let undone = world.post(Who::Coordinator, action, &[]).await;
    assert_eq!(undone.location, "/noemers?ongedaan=1", "{}", undone.body);
    let list = world.get(Who::Coordinator, "/noemers?ongedaan=1").await;
    assert!(
        list.body.contains("ongedaan gemaakt door Account coordinator"),
        "{}",
        list.body
    );
    assert!(!list.body.contains("1.312"), "{}", list.body);
}

#[tokio::test]
async fn every_problem_of_a_file_is_told_with_its_line_and_nothing_is_kept() {
    let world = World::new().await;
    let large = b"23102;2024;312\n".repeat(LARGEST_IMPORT / 15 + 2);
    let files: [(&[u8], &[&str]); 7] = [
        (b"nis|jaar|aantal\n", &["Regel 1", "streepje"]),
        (b"nis;jaar;aantal\n23102;2025;1,5\n", &["Regel 2", "‘1,5’"]),
        (
            b"nis;gemeente;jaar;aantal\n23102;Caf\xe9;2025;1\n",
            &["Regel 2", "‘Café’"],
        ),
        (b"nis;jaar;aantal\n23102;2025;1\n11001;2025;1\n", &["Regel 3", "11001"]),
        (
            b"nis;jaar;aantal\n23102;2025;1\n23102;2025;1\n",
            &["Regel 3", "regel 2"],
        ),
        (&large, &["Regel 69.906", "groter dan 1024 kB"]),
        (
            b"nis;jaar;aantal\nx;2025;<b>\n",
            &["Er zijn 2 fouten gevonden", "&lt;b&gt;"],
        ),
    ];
    for (file, told) in files {
        let answer = look(&world, &ABOUT, file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        for told in told {
            assert!(answer.body.contains(told), "{told}: {}", answer.body);
        }
        assert!(answer.body.contains("Er is nog geen bestand bewaard."));
    }
}

#[tokio::test]
async fn a_form_that_is_not_right_keeps_what_was_typed() {
    let world = World::new().await;
    let answer = look(
        &world,
        &[("soort", "newcomers"), ("bron", "Statbel"), ("datum", "2999-01-01")],
        RIGHT,
    )
    .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("niet in de toekomst") && answer.body.contains("Kies het bestand opnieuw"));
    assert_eq!(answer.field("bron"), "Statbel");
    let answer = look(&world, &ABOUT, b"").await;
    assert!(answer.body.contains("Kies een bestand."), "{}", answer.body);
    let broken = world.post(Who::Coordinator, "/noemers", &[("id", "x")]).await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_template_is_filled_in_and_read() {
    let world = World::new().await;
    let template = world.get(Who::Coordinator, "/noemers/sjabloon.csv").await;
    assert_eq!(template.status, StatusCode::OK);
    assert!(template.body.contains("23102;Wemmel;2025;\r\n"), "{}", template.body);
    let filled = template.body.replace(";2025;", ";2025;7");
    let preview = look(&world, &ABOUT, filled.as_bytes()).await;
    assert!(preview.body.contains("19 regels, zonder fouten"), "{}", preview.body);
    let baseline = world
        .get(Who::Coordinator, "/noemers/sjabloon.csv?soort=baseline")
        .await;
    assert!(
        baseline
            .body
            .contains("organisator;nis;gemeente;periode;deelnemers;bezoeken")
    );
    let file = "organisator;nis;periode;deelnemers;bezoeken\nvolley wemmel;;2017;40;\n";
    let about = [("soort", "baseline"), ("bron", "De club"), ("datum", "2018-01-01")];
    let preview = look(&world, &about, file.as_bytes()).await;
    assert!(preview.body.contains("Volley Wemmel"), "{}", preview.body);
    assert_eq!(confirm(&world, &preview).await.status, StatusCode::SEE_OTHER);
    let wrong = world.get(Who::Coordinator, "/noemers/sjabloon.csv?soort=x").await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn only_the_coordinator_imports() {
    let world = World::new().await;
    for path in ["/noemers", "/noemers/sjabloon.csv"] {
        assert_eq!(world.get(Who::Nobody, path).await.status, StatusCode::SEE_OTHER);
        for who in [Who::Counter, Who::Club] {
            assert_eq!(world.get(who, path).await.status, StatusCode::FORBIDDEN);
        }
    }
    let id = world.store.env().uuid_v7();
    let path = format!("/noemers/{id}/terug");
    for who in [Who::Nobody, Who::Club] {
        assert_eq!(world.post(who, &path, &[]).await.status, StatusCode::FORBIDDEN);
        let answer = world
            .post_file_as(who, "/noemers/bekijk", &ABOUT, ("bestand", RIGHT))
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(
        world.post(Who::Coordinator, &path, &[]).await.status,
        StatusCode::NOT_FOUND
    );
}
