//! A report is frozen, checked, changed and checked again: on the command line, without a database, and on the site.

use std::path::{Path, PathBuf};

use reqwest::Method;
use tests::home::{Engine, Home, Ran};
use tests::server::{Answer, Server, send};

use super::Folder;

/// Freezes the answer of the demo data into a folder; gives the code.
async fn frozen(home: &Home, folder: &Path) -> String {
    let ran = home
        .run(&[
            "report",
            "freeze",
            "answer",
            "--public-url",
            "https://pas.example",
            "-o",
            folder.to_str().unwrap(),
        ])
        .await
        .succeeded();
    ran.stdout.trim().to_owned()
}

/// What anybody gets.
async fn get(server: &Server, path: &str) -> Answer {
    send(server.request(Method::GET, path)).await
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

async fn verify(home: &Home, file: &Path, more: &[&str]) -> Ran {
    let mut arguments = vec!["report", "verify", file.to_str().unwrap()];
    arguments.extend(more);
    home.run(&arguments).await
}

#[tokio::test]
async fn a_frozen_file_is_genuine_until_one_byte_changes() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (home, folder) = (Home::demo(engine).await, Folder::new());
        let code = frozen(&home, &folder.0).await;
        assert_eq!(code.len(), 9, "{code}");
        let made = files(&folder.0);
        assert_eq!(made.len(), 5, "{made:?}");
        for file in made.iter().filter(|file| file.extension().unwrap() != "jws") {
            let genuine = verify(&home, file, &[]).await;
            assert_eq!(genuine.code, 0, "{}", genuine.stderr);
            assert!(
                genuine.stdout.contains("Genuine") && genuine.stdout.contains(&code),
                "{}",
                genuine.stdout
            );
            let mut bytes = std::fs::read(file).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            std::fs::write(file, &bytes).unwrap();
            let changed = verify(&home, file, &[]).await;
            assert_eq!(changed.code, 1, "{}{}", changed.stdout, changed.stderr);
            assert!(changed.stderr.contains("Changed"), "{}", changed.stderr);
        }
        let stranger = folder.with("vreemd.pdf", b"%PDF-1.7 of somebody else");
        let unknown = verify(&home, &stranger, &[]).await;
        assert_eq!(unknown.code, 4, "{}{}", unknown.stdout, unknown.stderr);
    }
}

#[tokio::test]
async fn the_seal_and_the_public_keys_are_enough_without_a_database() {
    let (home, folder) = (Home::demo(Engine::Sqlite).await, Folder::new());
    frozen(&home, &folder.0).await;
    let server = Server::start_in(home, &[]).await;
    let keys = get(&server, "/.well-known/report-keys.json").await;
    assert_eq!(keys.status, 200, "{}", keys.text);
    let key_file = folder.with("keys.json", keys.text.as_bytes());
    let keys = ["--keys", key_file.to_str().unwrap()];
    let elsewhere = Home::empty(Engine::Sqlite).await;
    for file in files(&folder.0) {
        let name = file.to_string_lossy();
        if name.ends_with(".jws") || name.ends_with("keys.json") {
            continue;
        }
        let genuine = verify(&elsewhere, &file, &keys).await;
        assert_eq!(genuine.code, 0, "{}", genuine.stderr);
        // A database that never saw it, and a key that this database made for itself.
        let elsewhere = verify(&elsewhere, &file, &[]).await;
        assert_eq!(elsewhere.code, 1, "{}{}", elsewhere.stdout, elsewhere.stderr);
        assert!(elsewhere.stderr.contains("Not to be trusted"), "{}", elsewhere.stderr);
    }
}

#[tokio::test]
async fn the_same_facts_give_the_same_bytes() {
    let (home, folder) = (Home::demo(Engine::Sqlite).await, Folder::new());
    let at = "2026-11-01T12:00:00Z";
    let mut seen: Vec<Vec<u8>> = Vec::new();
    for round in ["een", "twee"] {
        for (at_form, form) in ["pdf", "xlsx", "csv", "json"].into_iter().enumerate() {
            let file = folder.0.join(format!("{round}.{form}"));
            let path = file.to_str().unwrap();
            let _ = home
                .run(&["report", "answer", "--period", "2025-2026", "--as-of", at, "-o", path])
                .await
                .succeeded();
            let bytes = std::fs::read(&file).unwrap();
            if round == "een" {
                seen.push(bytes);
            } else {
                assert!(seen[at_form] == bytes, "{form} is another one the second time");
            }
        }
    }
}

#[tokio::test]
async fn a_document_is_a_file_at_its_address_and_a_code_leads_to_its_check_page() {
    let (home, folder) = (Home::demo(Engine::Sqlite).await, Folder::new());
    let code = frozen(&home, &folder.0).await;
    let server = Server::start_in(home, &[]).await;
    for (path, media_type) in [
        ("/antwoord.pdf?periode=2025-2026", "application/pdf"),
        (
            "/antwoord.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("/antwoord.csv", "text/csv"),
        ("/antwoord.json", "application/json"),
        ("/verslag.json?soort=interim", "application/json"),
    ] {
        let answer = get(&server, path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        assert_eq!(answer.content_type, media_type, "{path}");
        assert!(answer.headers.contains_key("content-disposition"), "{path}");
    }
    let money = get(&server, "/verslag.pdf?soort=final").await;
    assert_eq!(money.status, 401, "the part about money is not for everybody");
    assert_eq!(get(&server, "/verslag.pdf?soort=recipe").await.status, 404);
    let page = get(&server, &format!("/controle/{code}")).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("de handtekening klopt"), "{}", page.text);
    let seal = get(&server, &format!("/controle/{code}/randpas.jws")).await;
    assert_eq!(seal.text.matches('.').count(), 2, "{}", seal.text);
    assert_eq!(get(&server, "/controle/0000-0000/randpas.pdf").await.status, 404);
}
