//! `randpas` on the command line: what it prints, how it ends, and what it says when it cannot.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use tests::home::{Engine, Home, Ran, binary, ran};
use tests::server::{Server, free_port};
use tests::world::WEMMEL;
use tokio::process::Command;

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// One helpful sentence, an exit code, and no word for programmers.
#[track_caller]
fn assert_helpful(ran: &Ran, about: &str) {
    assert!(ran.code > 0, "exit {}: {}", ran.code, ran.stderr);
    let lines = ran.stderr.lines().filter(|line| !line.trim().is_empty()).count();
    assert!(
        (1..=4).contains(&lines),
        "one sentence, not {lines} lines: {}",
        ran.stderr
    );
    for noise in [
        "panicked",
        "RUST_BACKTRACE",
        "Os {",
        "Custom {",
        "SqliteError",
        "Database(",
        "    at ",
    ] {
        assert!(!ran.stderr.contains(noise), "{noise}: {}", ran.stderr);
    }
    assert!(
        ran.stderr.to_lowercase().contains(&about.to_lowercase()),
        "says nothing of {about}: {}",
        ran.stderr
    );
}

#[tokio::test]
async fn help_names_every_command() {
    let home = Home::empty(Engine::Sqlite).await;
    let mut command = Command::new(binary());
    command.arg("--help");
    let help = ran(command).await.succeeded().stdout;
    for word in [
        "serve", "demo", "migrate", "pass", "client", "pairing", "device", "figures",
    ] {
        assert!(help.contains(word), "{word}: {help}");
    }
    for arguments in [
        vec!["serve"],
        vec!["pass", "issue"],
        vec!["client", "create"],
        vec!["pairing", "create"],
        vec!["device", "list"],
        vec!["device", "revoke"],
        vec!["figures"],
    ] {
        let mut command = Command::new(binary());
        command.args(&arguments).arg("--help");
        let help = ran(command).await.succeeded().stdout;
        assert!(
            help.contains("--data") && help.contains("DATABASE_URL"),
            "{arguments:?}: {help}"
        );
    }
    drop(home);
}

#[tokio::test]
async fn a_wrong_call_exits_with_2_and_says_how() {
    let wrong: [&[&str]; 6] = [
        &["nothing"],
        &["pass", "issue", "--count", "many", "--municipality", WEMMEL],
        &["pass", "issue", "--count", "1"],
        &["client", "create", "--name", "x", "--role", "king"],
        &["figures"],
        &["serve", "--addr", "nowhere"],
    ];
    let home = Home::empty(Engine::Sqlite).await;
    for arguments in wrong {
        let ran = home.run(arguments).await;
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("--help") || ran.stderr.contains("randpas:"),
            "{arguments:?}: {}",
            ran.stderr
        );
    }
}

#[tokio::test]
async fn passes_are_issued_as_json_lines_into_an_empty_database() {
    for engine in ENGINES {
        let home = Home::empty(engine).await;
        let arguments = ["pass", "issue", "--count", "25", "--municipality", WEMMEL, "--json"];
        let lines = home.run(&arguments).await.succeeded().json_lines();
        assert_eq!(lines.len(), 25, "{engine:?}");
        let mut numbers = std::collections::BTreeSet::new();
        for line in &lines {
            let number = line["number"].as_str().unwrap();
            assert_eq!(number.len(), 13, "{number}");
            assert!(number.parse::<domain::Number>().is_ok(), "{number}");
            assert!(numbers.insert(number.to_owned()), "twice: {number}");
            assert_eq!(line["credential"].as_str().unwrap().len(), 125, "docs/protocol §1");
            assert_eq!(line["jwt"].as_str().unwrap().split('.').count(), 3);
        }
        let plain = home
            .run(&["pass", "issue", "--count", "1", "--municipality", WEMMEL])
            .await
            .succeeded();
        assert!(
            !plain.stdout.trim().is_empty(),
            "without --json there is something for people"
        );
    }
}

#[tokio::test]
async fn nothing_is_issued_for_an_unknown_municipality_or_an_absurd_count() {
    for engine in ENGINES {
        let home = Home::empty(engine).await;
        let issue = |count: &'static str, nis: &'static str| {
            let arguments = ["pass", "issue", "--count", count, "--municipality", nis, "--json"];
            let command = home.command(&arguments);
            async move { ran(command).await }
        };
        let unknown = issue("1", "99999").await;
        assert_helpful(&unknown, "99999");
        assert!(unknown.stdout.is_empty(), "{}", unknown.stdout);
        for nis in ["abc", "231", "", "2310é"] {
            assert!(issue("1", nis).await.code > 0, "{nis}");
        }
        for count in ["0", "-1", "99999999999999999999"] {
            assert!(issue(count, WEMMEL).await.code > 0, "{count}");
        }
    }
}

#[tokio::test]
async fn a_client_token_is_the_last_line_and_is_stored_nowhere() {
    for engine in ENGINES {
        let home = Home::demo(engine).await;
        for role in ["ticketing", "kiosk", "counter", "auditor"] {
            let ran = home
                .run(&["client", "create", "--name", "Kassa Zandloper", "--role", role])
                .await
                .succeeded();
            let token = ran.stdout.trim_end().lines().last().unwrap().to_owned();
            assert!(token.len() >= 32 && !token.contains(' '), "{token}");
            if engine == Engine::Sqlite {
                for file in files(home.folder()) {
                    let bytes = std::fs::read(&file).unwrap();
                    let found = bytes.windows(token.len()).any(|window| window == token.as_bytes());
                    assert!(!found, "the token stands in {}", file.display());
                }
            }
        }
    }
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}

#[tokio::test]
async fn a_pairing_code_is_the_last_line_and_is_stored_nowhere() {
    for engine in ENGINES {
        let home = Home::demo(engine).await;
        let listed = home.run(&["device", "list", "--json"]).await.succeeded();
        assert!(
            listed.json_lines().iter().all(|line| line["revoked_at"].is_null()),
            "{}",
            listed.stdout
        );
        let store = storage::Store::open(&home.database_url().parse().unwrap(), storage::Environment::system())
            .await
            .unwrap();
        let organisers = store
            .organisers(&storage::Scope::cli(), storage::OrganiserFilter::default())
            .await
            .unwrap();
        store.close().await;
        let organiser = organisers.first().unwrap().id.to_string();
        let made = home
            .run(&["pairing", "create", "--organiser", &organiser])
            .await
            .succeeded();
        let code: domain::PairingCode = made.stdout.trim().parse().unwrap();
        assert!(
            made.stderr.contains(&format!("/koppel#{}", code.compact())),
            "{}",
            made.stderr
        );
        assert_ne!(
            home.run(&["pairing", "create", "--organiser", &organiser]).await.stdout,
            made.stdout
        );
        if engine == Engine::Sqlite {
            let file = std::fs::read(home.folder().join("randpas.sqlite")).unwrap();
            let found = file.windows(8).any(|bytes| bytes == code.compact().as_bytes());
            assert!(!found, "only a hash is kept");
        }
        let nobody = "0198c0de-0000-7000-8000-000000000001";
        for (arguments, about) in [
            (vec!["pairing", "create", "--organiser", "club"], "--organiser"),
            (vec!["pairing", "create", "--organiser", nobody], "organiser"),
            (vec!["device", "list", "--organiser", nobody], "organiser"),
            (vec!["device", "revoke", nobody], "device"),
            (vec!["device", "revoke", "gsm"], "device"),
        ] {
            let refused = home.run(&arguments).await;
            assert_eq!(refused.code, 2, "{arguments:?}: {}", refused.stderr);
            assert_helpful(&refused, about);
        }
    }
}

#[tokio::test]
async fn keys_are_readable_by_their_owner_only() {
    let home = Home::demo(Engine::Sqlite).await;
    let keys = files(&home.folder().join("keys"));
    assert!(!keys.is_empty());
    for key in keys {
        assert_eq!(
            std::fs::metadata(&key).unwrap().permissions().mode() & 0o777,
            0o600,
            "{}",
            key.display()
        );
    }
}

#[tokio::test]
async fn figures_come_as_json_and_csv() {
    for engine in ENGINES {
        let home = Home::demo(engine).await;
        let year = storage::Environment::system().today().year().to_string();
        let arguments = ["figures", "participations", "--period", &year, "--by", "municipality"];
        let json = home
            .run(&[&arguments[..], &["--format", "json"]].concat())
            .await
            .succeeded()
            .json();
        assert_eq!(json["code"], "participations");
        assert!(json["total"]["value"].as_u64().unwrap() > 100, "{json}");
        let csv = home
            .run(&[&arguments[..], &["--format", "csv"]].concat())
            .await
            .succeeded()
            .stdout;
        let rows = json["rows"].as_array().unwrap().len();
        assert!(csv.lines().count() > rows, "a head and {rows} rows: {csv}");
        let wrong = home.run(&["figures", "nothing", "--period", &year]).await;
        assert!(
            wrong.code > 0 && wrong.stderr.contains("participants"),
            "names the codes: {}",
            wrong.stderr
        );
        assert!(home.run(&["figures", "participants", "--period", "2026-13"]).await.code > 0);
    }
}

#[tokio::test]
async fn migrating_twice_is_harmless_and_demo_data_is_made_once() {
    for engine in ENGINES {
        let home = Home::demo(engine).await;
        let _ = home.run(&["migrate"]).await.succeeded();
        let total = || async {
            let ran = home
                .run(&["figures", "participations", "--period", "project", "--format", "json"])
                .await;
            ran.succeeded().json()["total"]["value"].as_u64().unwrap()
        };
        let before = total().await;
        let again = home.run(&["demo"]).await;
        assert_helpful(&again, "empty");
        assert_eq!(total().await, before, "a second demo adds nothing");
    }
}

#[tokio::test]
async fn a_corrupted_database_is_one_sentence() {
    for bytes in [
        b"this is no database, however long it may be ".repeat(200),
        b"SQLite format 3\0".repeat(300),
    ] {
        let home = Home::empty(Engine::Sqlite).await;
        let file = home.folder().join("randpas.sqlite");
        std::fs::write(&file, &bytes).unwrap();
        for arguments in [vec!["migrate"], vec!["serve", "--addr", "127.0.0.1:0"], vec!["demo"]] {
            assert_helpful(&home.run(&arguments).await, "randpas.sqlite");
        }
        assert_eq!(std::fs::read(&file).unwrap(), bytes, "what was there is left alone");
    }
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_left_alone() {
    for engine in ENGINES {
        let home = Home::empty(engine).await;
        let _ = home.run(&["migrate"]).await.succeeded();
        age::forward(&home.database_url()).await;
        for arguments in [vec!["migrate"], vec!["serve", "--addr", "127.0.0.1:0"]] {
            assert_helpful(&home.run(&arguments).await, "newer");
        }
    }
}

/// Marks a database as one that a later version migrated.
mod age {
    use sqlx::{ConnectOptions as _, Connection as _, Executor as _};

    pub(crate) async fn forward(url: &str) {
        let add = "INSERT INTO schema_version (version, applied_at)
                   SELECT 9999, applied_at FROM schema_version ORDER BY version LIMIT 1";
        if let Some(path) = url.strip_prefix("sqlite:") {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let mut connection = options.connect().await.unwrap();
            connection.execute(add).await.unwrap();
            connection.close().await.unwrap();
        } else {
            let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
            connection.execute(add).await.unwrap();
            connection.close().await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_data_folder_that_is_a_file_is_one_sentence() {
    let home = Home::empty(Engine::Sqlite).await;
    let file = home.folder().join("data");
    std::fs::write(&file, "a file").unwrap();
    for arguments in [vec!["migrate"], vec!["serve", "--addr", "127.0.0.1:0"]] {
        let mut command = Command::new(binary());
        command
            .args(&arguments)
            .arg("--data")
            .arg(&file)
            .env_remove("DATABASE_URL")
            .kill_on_drop(true);
        assert_helpful(&ran(command).await, "data");
    }
}

#[tokio::test]
async fn a_read_only_data_folder_is_one_sentence() {
    let home = Home::demo(Engine::Sqlite).await;
    let binary = binary();
    for empty in [false, true] {
        let folder = home.folder().join(if empty { "empty" } else { "" });
        std::fs::create_dir_all(&folder).unwrap();
        set_modes(&folder, 0o555, 0o444);
        for arguments in [vec!["migrate"], vec!["serve", "--addr", "127.0.0.1:0"]] {
            // Modes do not bind root, so root runs it as nobody.
            let mut command = if is_root() {
                let mut command = Command::new("setpriv");
                command
                    .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
                    .arg(&binary);
                command
            } else {
                Command::new(&binary)
            };
            command
                .args(&arguments)
                .arg("--data")
                .arg(&folder)
                .env_remove("DATABASE_URL")
                .kill_on_drop(true);
            assert_helpful(&ran(command).await, folder.to_str().unwrap().trim_end_matches('/'));
        }
        set_modes(&folder, 0o755, 0o644);
    }
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}

fn set_modes(folder: &Path, folders: u32, plain: u32) {
    for file in files(folder) {
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(plain)).unwrap();
    }
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(folders)).unwrap();
}

#[tokio::test]
async fn a_taken_port_is_one_sentence() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let home = Home::empty(Engine::Sqlite).await;
    assert_helpful(&home.run(&["serve", "--addr", &address]).await, &address);
}

#[tokio::test]
async fn a_database_that_is_not_reachable_is_one_sentence() {
    let home = Home::empty(Engine::Sqlite).await;
    let url = format!("postgres://nobody:secret-word@127.0.0.1:{}/nothing", free_port());
    let mut command = home.command(&["migrate"]);
    command.env("DATABASE_URL", url);
    let ran = ran(command).await;
    assert_helpful(&ran, "127.0.0.1");
    assert!(
        !ran.stderr.contains("secret-word"),
        "the password is printed: {}",
        ran.stderr
    );
}

#[tokio::test]
async fn an_empty_folder_serves_and_stops_cleanly() {
    for engine in ENGINES {
        let server = Server::start_in(Home::empty(engine).await, &[]).await;
        assert_eq!(server.get("/readyz", "").await.status, 200);
        assert_eq!(server.get("/", "").await.status, 200);
        assert_eq!(server.stop().await.0, 0, "{engine:?}: SIGTERM is a clean end");
    }
}
