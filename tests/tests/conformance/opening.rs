//! Opening a database, also one that is not ours.

use std::error::Error as _;
use std::path::Path;

use domain::CountingRule;
use storage::{DatabaseUrl, Engine, Environment, OpenError, Scope, Store};
use tests::conformance::{BEGIN, World, moment, new_folder};

async fn open(url: &DatabaseUrl) -> Result<Store, OpenError> {
    Store::open(url, Environment::fixed(moment(BEGIN), 1)).await
}

/// One sentence, no line break, that says what to do.
fn helpful(error: &OpenError) {
    let text = error.to_string();
    assert!(
        text.contains(": ") && !text.contains('\n') && text.len() < 300,
        "{text}"
    );
}

#[tokio::test]
async fn what_was_kept_is_there_after_opening_again() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let world = World::open(engine).await;
        assert_eq!(world.store.engine(), engine);
        world.store.ping().await.unwrap();
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await;
        let pass = world.issue("Ana").await.pass;
        let scan = world.scan(&pass, activity.id);
        let before = world.store.check_in(&Scope::cli(), scan.clone()).await.unwrap();
        world.store.close().await;
        assert!(world.store.ping().await.is_err());
        assert!(world.store.check_in(&Scope::cli(), scan.clone()).await.is_err());
        let again = open(&world.url).await.unwrap();
        let after = again.check_in(&Scope::cli(), scan).await.unwrap();
        assert_eq!(
            (after.verdict, after.first_visit, after.replay),
            (before.verdict, before.first_visit, true)
        );
        again.close().await;
    }
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_left_alone() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let world = World::open(engine).await;
        world.store.close().await;
        let (sql, url) = (
            "UPDATE schema_version SET version = 99 WHERE version = (SELECT max(version) FROM schema_version)",
            world.url.to_string(),
        );
        match engine {
            Engine::Sqlite => {
                use sqlx::{Connection as _, SqliteConnection};
                let mut connection = SqliteConnection::connect(&url).await.unwrap();
                sqlx::query(sql).execute(&mut connection).await.unwrap();
                connection.close().await.unwrap();
            }
            Engine::Postgres => {
                use sqlx::{Connection as _, PgConnection};
                let mut connection = PgConnection::connect(&url).await.unwrap();
                sqlx::query(sql).execute(&mut connection).await.unwrap();
                connection.close().await.unwrap();
            }
        }
        let error = open(&world.url).await.unwrap_err();
        assert!(matches!(error, OpenError::Newer { found: 99, known: 6 }), "{error}");
        helpful(&error);
    }
}

#[tokio::test]
async fn a_database_of_another_program_is_left_alone() {
    let folder = new_folder();
    let url = DatabaseUrl::from_data_dir(&folder);
    {
        use sqlx::{Connection as _, SqliteConnection};
        let mut connection = SqliteConnection::connect(&format!("{url}?mode=rwc")).await.unwrap();
        sqlx::query("CREATE TABLE somebody_elses (x)")
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
    }
    let error = open(&url).await.unwrap_err();
    assert!(matches!(error, OpenError::Foreign { .. }), "{error}");
    helpful(&error);
    let foreign = tests::databases::fresh().await;
    {
        use sqlx::{Connection as _, PgConnection};
        let mut connection = PgConnection::connect(&foreign).await.unwrap();
        sqlx::query("CREATE TABLE somebody_elses (x int)")
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
    }
    let error = open(&foreign.parse().unwrap()).await.unwrap_err();
    assert!(matches!(error, OpenError::Foreign { .. }), "{error}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_damaged_file_is_recognised() {
    let folder = new_folder();
    let path = folder.join("randpas.sqlite");
    let url = DatabaseUrl::from_data_dir(&folder);
    std::fs::write(
        &path,
        "this is a letter to my grandmother, not a database\n".repeat(100),
    )
    .unwrap();
    let error = open(&url).await.unwrap_err();
    assert!(
        matches!(error, OpenError::NotADatabase { .. }),
        "{error} {:?}",
        error.source()
    );
    helpful(&error);
    std::fs::remove_file(&path).unwrap();

    open(&url).await.unwrap().close().await;
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes.get_mut(middle..middle + 8192).unwrap().fill(0xaa);
    std::fs::write(&path, bytes).unwrap();
    let error = open(&url).await.unwrap_err();
    assert!(
        matches!(error, OpenError::NotADatabase { .. }),
        "{error} {:?}",
        error.source()
    );
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_place_that_cannot_be_written_is_named() {
    let url = DatabaseUrl::from_data_dir(Path::new("/proc/randpas"));
    let error = open(&url).await.unwrap_err();
    assert!(matches!(error, OpenError::Unreadable { .. }), "{error}");
    helpful(&error);
    let folder = new_folder();
    std::fs::create_dir(folder.join("randpas.sqlite")).unwrap();
    let error = open(&DatabaseUrl::from_data_dir(&folder)).await.unwrap_err();
    assert!(matches!(error, OpenError::Unreadable { .. }), "{error}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_named_without_its_password() {
    let url: DatabaseUrl = "postgres://rand:secret@127.0.0.1:1/rand".parse().unwrap();
    let error = open(&url).await.unwrap_err();
    assert!(matches!(error, OpenError::Unreachable { .. }), "{error}");
    helpful(&error);
    assert!(error.to_string().contains("rand@127.0.0.1:1/rand") && !format!("{error:?}").contains("secret"));
}
