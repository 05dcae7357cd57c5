//! The schema's history: numbered scripts, a twin for each engine, each applied once in a transaction of its own.

use std::path::Path;

use sqlx::{PgPool, SqlitePool};

use crate::columns::At;
use crate::engine::{Engine, Tx, within};
use crate::environment::Environment;
use crate::open::{OpenError, sqlite_problem};
use crate::seed;

/// One step: its number and both texts.
struct Migration {
    version: i64,
    sqlite: &'static str,
    postgres: &'static str,
}

const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        sqlite: include_str!("../migrations/sqlite/0001_base.sql"),
        postgres: include_str!("../migrations/postgres/0001_base.sql"),
    },
    Migration {
        version: 2,
        sqlite: include_str!("../migrations/sqlite/0002_devices.sql"),
        postgres: include_str!("../migrations/postgres/0002_devices.sql"),
    },
    Migration {
        version: 3,
        sqlite: include_str!("../migrations/sqlite/0003_facts.sql"),
        postgres: include_str!("../migrations/postgres/0003_facts.sql"),
    },
    Migration {
        version: 4,
        sqlite: include_str!("../migrations/sqlite/0004_programme.sql"),
        postgres: include_str!("../migrations/postgres/0004_programme.sql"),
    },
    Migration {
        version: 5,
        sqlite: include_str!("../migrations/sqlite/0005_denominators.sql"),
        postgres: include_str!("../migrations/postgres/0005_denominators.sql"),
    },
    Migration {
        version: 6,
        sqlite: include_str!("../migrations/sqlite/0006_reports.sql"),
        postgres: include_str!("../migrations/postgres/0006_reports.sql"),
    },
];

/// The newest version this program knows.
const KNOWN: i64 = 6;

/// Marks the file as ours (`RNDP`); the same number stands in `VERSIONS_SQLITE`.
const APPLICATION_ID: i64 = 0x524e_4450;

const TABLES_SQLITE: &str = "SELECT count(*) FROM sqlite_schema WHERE type = 'table'";
const TABLES_POSTGRES: &str = "
    SELECT count(*), count(*) FILTER (WHERE tablename = 'schema_version')
    FROM pg_catalog.pg_tables
    WHERE schemaname = current_schema()";

const VERSIONS_SQLITE: &str = "
    PRAGMA application_id = 1380861008;
    CREATE TABLE IF NOT EXISTS schema_version (
        version INTEGER PRIMARY KEY,
        applied_at INTEGER NOT NULL
    ) STRICT";
const VERSIONS_POSTGRES: &str = "
    CREATE TABLE IF NOT EXISTS schema_version (
        version BIGINT PRIMARY KEY,
        applied_at TIMESTAMPTZ NOT NULL
    )";
const NEWEST: &str = "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM schema_version";
const RECORD: &str = "INSERT INTO schema_version (version, applied_at) VALUES ($1, $2)";

/// One at a time, however many servers start together. The number is ours alone.
const POSTGRES_LOCK: &str = "SELECT pg_advisory_xact_lock(5926501740113)";

/// Brings an SQLite file to the newest version.
pub(crate) async fn sqlite(pool: &SqlitePool, path: &Path, env: &Environment) -> Result<(), OpenError> {
    let failed = |source: sqlx::Error| sqlite_problem(path, source);
    let ours: i64 = sqlx::query_scalar("PRAGMA application_id")
        .fetch_one(pool)
        .await
        .map_err(failed)?;
    let tables: i64 = sqlx::query_scalar(TABLES_SQLITE)
        .fetch_one(pool)
        .await
        .map_err(failed)?;
    if ours != APPLICATION_ID && tables > 0 {
        return Err(OpenError::Foreign {
            place: path.display().to_string(),
        });
    }
    // Takes the write lock even when there is nothing to do: that is how a read-only folder is noticed now and not at
    // the first scan.
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
    sqlx::raw_sql(VERSIONS_SQLITE).execute(&mut *tx).await.map_err(failed)?;
    apply(Tx::Sqlite(tx), env, &|_, source| failed(source)).await
}

/// Brings a PostgreSQL database to the newest version.
pub(crate) async fn postgres(pool: &PgPool, place: &str, env: &Environment) -> Result<(), OpenError> {
    let failed = |source: sqlx::Error| OpenError::Unreachable {
        place: place.to_owned(),
        source,
    };
    let mut tx = pool.begin().await.map_err(failed)?;
    sqlx::query(POSTGRES_LOCK).execute(&mut *tx).await.map_err(failed)?;
    let (tables, ours): (i64, i64) = sqlx::query_as(TABLES_POSTGRES)
        .fetch_one(&mut *tx)
        .await
        .map_err(failed)?;
    if ours == 0 && tables > 0 {
        return Err(OpenError::Foreign {
            place: place.to_owned(),
        });
    }
    sqlx::raw_sql(VERSIONS_POSTGRES)
        .execute(&mut *tx)
        .await
        .map_err(failed)?;
    apply(Tx::Postgres(tx), env, &|version, source| OpenError::Migration {
        version,
        source,
    })
    .await
}

/// Applies what is missing, fills a new database, and commits all of it or nothing.
async fn apply(
    mut tx: Tx,
    env: &Environment,
    failed: &(dyn Fn(i64, sqlx::Error) -> OpenError + Sync),
) -> Result<(), OpenError> {
    let found: i64 = within!(tx, c => sqlx::query_scalar(NEWEST).fetch_one(c).await).map_err(|e| failed(0, e))?;
    if found > KNOWN {
        return Err(OpenError::Newer { found, known: KNOWN });
    }
    for migration in MIGRATIONS.iter().filter(|migration| migration.version > found) {
        let version = migration.version;
        let script = match tx.engine() {
            Engine::Sqlite => migration.sqlite,
            Engine::Postgres => migration.postgres,
        };
        within!(tx, c => sqlx::raw_sql(script).execute(c).await.map(drop)).map_err(|e| failed(version, e))?;
        let now = At(env.now());
        within!(tx, c => sqlx::query(RECORD).bind(version).bind(now).execute(c).await.map(drop))
            .map_err(|e| failed(version, e))?;
    }
    if found == 0 {
        seed::fill(&mut tx, env).await.map_err(|e| failed(1, e))?;
    }
    tx.commit().await.map_err(|e| failed(KNOWN, e))
}
