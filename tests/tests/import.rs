//! `randpas import denominators` and `randpas demo`, as somebody at a terminal runs them.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::io::Write as _;
use std::time::{Duration, Instant};

use tests::home::{Engine, Home, Ran};

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// Imports a file with this content.
async fn import(home: &Home, name: &str, content: &[u8], more: &[&str]) -> Ran {
    let file = home.folder().join(name);
    std::fs::create_dir_all(home.folder()).unwrap();
    std::fs::write(&file, content).unwrap();
    let file = file.display().to_string();
    let arguments = [
        "import",
        "denominators",
        &file,
        "--source",
        "Fictief",
        "--dated",
        "2026-01-31",
    ];
    home.run(&[&arguments[..], more].concat()).await
}

#[tokio::test]
async fn a_file_is_imported_whole_or_told_line_by_line() {
    for engine in ENGINES {
        let home = Home::empty(engine).await;
        let files: [(&[u8], &str); 6] = [
            (b"nis|jaar|aantal\n23102|2024|1\n", ":1: De kolommen zijn gescheiden"),
            (b"nis;jaar;aantal\n23102;2024;1,5\n", ":2: \u{2018}1,5\u{2019}"),
            (
                b"nis;gemeente;jaar;aantal\r\n23102;Gen\xe8ve;2024;1\r\n",
                ":2: 23102 is de code van Wemmel, maar er staat \u{2018}Genève\u{2019}",
            ),
            (
                b"nis;jaar;aantal\n23102;2024;1\n11001;2024;1\n",
                ":3: De NIS-code 11001",
            ),
            (
                b"nis;jaar;aantal\n23102;2024;1\n23102;2024;2\n",
                ":3: Wemmel (23102) in 2024 staat ook al op regel 2",
            ),
            (b"", ":1: Het bestand is leeg."),
        ];
        for (content, told) in files {
            let refused = import(&home, "fout.csv", content, &[]).await;
            assert_eq!(refused.code, 1, "{}", refused.stderr);
            assert!(
                refused.stderr.contains(&format!("fout.csv{told}")),
                "{told}: {}",
                refused.stderr
            );
            assert!(refused.stderr.contains("Nothing was imported."), "{}", refused.stderr);
        }
        let right = b"nis;jaar;aantal\n23102;2024;300\n23088;2024;900\n";
        let dry = import(&home, "goed.csv", right, &["--dry-run"]).await.succeeded();
        assert!(
            dry.stdout.contains("2024\t2 municipalities\t1200 newcomers"),
            "{}",
            dry.stdout
        );
        let _ = import(&home, "goed.csv", right, &[]).await.succeeded();
        let other = b"nis;jaar;aantal\n23102;2024;310\n";
        let better = import(&home, "beter.csv", other, &[]).await.succeeded();
        assert!(
            better.stdout.contains("replaces\t23102\t2024\t300 -> 310"),
            "{}",
            better.stdout
        );
        let missing = home
            .run(&[
                "import",
                "denominators",
                "/nergens.csv",
                "--source",
                "x",
                "--dated",
                "2026-01-31",
            ])
            .await;
        assert_eq!(missing.code, 3, "{}", missing.stderr);
    }
}

#[tokio::test]
async fn a_hundred_megabytes_are_refused_at_once() {
    let home = Home::empty(Engine::Sqlite).await;
    let _ = home.run(&["migrate"]).await.succeeded();
    let file = home.folder().join("groot.csv");
    let mut open = std::io::BufWriter::new(std::fs::File::create(&file).unwrap());
    open.write_all(b"nis;jaar;aantal\n").unwrap();
    let line = b"23102;2024;312\n";
    for _ in 0..100 * 1024 * 1024 / line.len() {
        open.write_all(line).unwrap();
    }
    drop(open);
    let file = file.display().to_string();
    let began = Instant::now();
    let refused = home
        .run(&[
            "import",
            "denominators",
            &file,
            "--source",
            "x",
            "--dated",
            "2026-01-31",
        ])
        .await;
    assert_eq!(refused.code, 1, "{}", refused.stderr);
    assert!(
        refused
            .stderr
            .contains("groot.csv:69906: Hier is het bestand al groter dan 1024 kB"),
        "{}",
        refused.stderr
    );
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[tokio::test]
async fn the_same_seed_tells_the_same_story_with_exactly_the_visits_that_were_asked() {
    let mut told = Vec::new();
    for (engine, seed) in [
        (Engine::Sqlite, "7"),
        (Engine::Sqlite, "7"),
        (Engine::Postgres, "7"),
        (Engine::Sqlite, "8"),
    ] {
        let home = Home::empty(engine).await;
        let _ = home
            .run(&["demo", "--participations", "3000", "--holders", "400", "--seed", seed])
            .await
            .succeeded();
        let yesterday = storage::Environment::system().today().yesterday().unwrap();
        let period = format!("2020-01-01..{yesterday}");
        let arguments = ["figures", "participations", "--period", &period, "--format", "json"];
        let total = home.run(&arguments).await.succeeded().json();
        assert_eq!(total["total"]["value"].as_u64(), Some(3000), "{total}");
        let by = home
            .run(&[&arguments[..], &["--by", "organiser_kind"]].concat())
            .await
            .succeeded()
            .json();
        told.push(by["rows"].to_string());
    }
    let [first, again, postgres, other] = told.as_slice() else {
        unreachable!("four stories");
    };
    assert_eq!(first, again);
    assert_eq!(first, postgres);
    assert_ne!(first, other);
    let home = Home::empty(Engine::Sqlite).await;
    let none = home.run(&["demo", "--holders", "0"]).await;
    assert_eq!(none.code, 2, "{}", none.stderr);
}
