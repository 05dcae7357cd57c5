//! `/controle`: a code and a file tell whether a report is genuine.

use axum::http::StatusCode;
use domain::PairingCode;
use sha2::{Digest as _, Sha256};
use storage::{NewFrozenFile, NewFrozenReport, Scope};

use super::world::{Who, World};

const FILE: &[u8] = b"%PDF what was frozen";

async fn frozen(world: &World, open: bool, seal: &str) -> String {
    let code = PairingCode::from_bytes([7, 1, u8::from(open), 3, 4]);
    let now = world.store.env().now();
    let report = NewFrozenReport {
        code,
        partnership: None,
        kind: "answer".to_owned(),
        title: "Antwoord".to_owned(),
        subject: "Vlaamse Rand".to_owned(),
        period: "2025-2026".to_owned(),
        compare: None,
        open,
        data_date: now,
        facts_hash: "ab".repeat(32),
        document: serde_json::to_string(&report::sample()).unwrap(),
        seal: seal.to_owned(),
        frozen_at: now,
        files: vec![NewFrozenFile {
            form: "pdf".to_owned(),
            sha256: Sha256::digest(FILE).into(),
            bytes: FILE.to_vec(),
        }],
    };
    world.store.freeze_report(&Scope::cli(), report).await.unwrap();
    code.to_string()
}

#[tokio::test]
async fn a_code_leads_to_what_the_report_said() {
    let world = World::new().await;
    let code = frozen(&world, true, "goed").await;
    let typed = world
        .get(Who::Nobody, &format!("/controle?code={}", code.to_lowercase()))
        .await;
    assert_eq!(typed.location, format!("/controle/{code}"));
    let page = world.get(Who::Nobody, &typed.location).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    for words in [
        "Dit verslag is van ons, en de handtekening klopt.",
        "werkjaar 2025-2026",
        "deden 312 nieuwkomers mee",
        &format!("/controle/{code}/randpas.pdf"),
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
}

#[tokio::test]
async fn a_file_is_genuine_changed_or_unknown() {
    let world = World::new().await;
    let code = frozen(&world, true, "goed").await;
    let send = async |fields: &[(&str, &str)], file: &[u8]| {
        world
            .post_file_as(Who::Nobody, "/controle", fields, ("bestand", file))
            .await
    };
    let genuine = send(&[], FILE).await;
    assert!(genuine.body.contains("Dit bestand is echt"), "{}", genuine.body);
    let changed = send(&[("code", &code)], b"%PDF what was frozem").await;
    assert!(
        changed.body.contains("Dit bestand is niet het bestand"),
        "{}",
        changed.body
    );
    let unknown = send(&[], b"%PDF what was frozem").await;
    assert!(unknown.body.contains("Dit bestand kennen we niet"), "{}", unknown.body);
    let missing = send(&[], b"").await;
    assert!(missing.body.contains("Kies eerst een bestand."), "{}", missing.body);
}

#[tokio::test]
async fn a_wrong_seal_is_not_trusted_and_an_unknown_code_says_so() {
    let world = World::new().await;
    let code = frozen(&world, true, "vervalst").await;
    let page = world.get(Who::Nobody, &format!("/controle/{code}")).await;
    assert!(
        page.body.contains("De handtekening van dit verslag klopt niet."),
        "{}",
        page.body
    );
    let unknown = world.get(Who::Nobody, "/controle/0000-0000").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(
        unknown.body.contains("Geen verslag heeft deze code."),
        "{}",
        unknown.body
    );
    let typed = world.get(Who::Nobody, "/controle?code=abc").await;
    assert!(
        typed.body.contains("value=\"abc\""),
        "what was typed stays: {}",
        typed.body
    );
}

#[tokio::test]
async fn a_report_about_money_is_checked_by_all_and_read_by_few() {
    let world = World::new().await;
    let code = frozen(&world, false, "goed").await;
    let path = format!("/controle/{code}");
    let public = world.get(Who::Nobody, &path).await;
    assert!(
        public.body.contains("In dit verslag staan bedragen."),
        "{}",
        public.body
    );
    assert!(!public.body.contains("312 nieuwkomers") && !public.body.contains("randpas.pdf"));
    let own = world.get(Who::Coordinator, &path).await;
    assert!(own.body.contains("randpas.pdf"), "{}", own.body);
}
