//! Opening a database: find it, make it when it is not there, bring it to this program's schema, and say in one
//! sentence what to do when that is not possible.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, PgPool, SqlitePool};

use crate::engine::Db;
use crate::environment::Environment;
use crate::migrations;
use crate::store::Store;

/// Up to this size a file is checked completely at start. A larger one would keep people waiting; its damage shows
/// when the damaged page is read.
const CHECK_UP_TO_BYTES: u64 = 64 * 1024 * 1024;

/// How long to wait for another process's write lock, and for a connection from a pool.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where the data is: `sqlite:PATH` or `postgres://user@host/database`. Shown without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The file `randpas.sqlite` in a data folder.
    #[must_use]
    pub fn from_data_dir(folder: &Path) -> Self {
        Self(format!("sqlite:{}", folder.join("randpas.sqlite").display()))
    }

    fn sqlite_path(&self) -> Option<PathBuf> {
        let path = self.0.strip_prefix("sqlite:")?;
        Some(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))
    }
}

impl FromStr for DatabaseUrl {
    type Err = OpenError;

    fn from_str(text: &str) -> Result<Self, OpenError> {
        let known = ["sqlite:", "postgres://", "postgresql://"];
        let scheme = known
            .into_iter()
            .find(|scheme| text.starts_with(scheme) && text.len() > scheme.len());
        scheme.map(|_| Self(text.to_owned())).ok_or(OpenError::Url)
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_once("://").zip(self.0.rsplit_once('@')) {
            Some(((scheme, _), (before, host))) if before.contains("://") => {
                let user = before.split_once("://").map_or("", |(_, user)| user);
                let user = user.split_once(':').map_or(user, |(name, _)| name);
                write!(formatter, "{scheme}://{user}@{host}")
            }
            _ => formatter.write_str(&self.0),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DatabaseUrl({self})")
    }
}

/// Why a database could not be opened. Each text is one sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address is neither of the two kinds.
    #[error("the database address is not understood: write sqlite:PATH or postgres://USER@HOST/DATABASE")]
    Url,
    /// The folder could not be made or the file could not be opened.
    #[error("{} cannot be opened: check that the folder exists and that this user may read and write it", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What went wrong.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The file is no database, or is damaged.
    #[error(
        "{} is not a Randpas database or is damaged: put back a backup, or move the file away to start with an empty one",
        path.display()
    )]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// The database belongs to another program.
    #[error("{place} holds tables of another program: give Randpas a database of its own")]
    Foreign {
        /// The address, without password.
        place: String,
    },
    /// A newer program made the database.
    #[error("the database has version {found} and this program knows up to {known}: install the newer Randpas")]
    Newer {
        /// The database's version.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The file or its folder cannot be written.
    #[error("{} cannot be written: give this user write permission on the file and its folder", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Another process has held the database for too long.
    #[error("{} is in use by another program: stop that program, then try again", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// The database server does not answer or refuses.
    #[error(
        "the database {place} cannot be reached: check that the server runs and that the address, user and password are right"
    )]
    Unreachable {
        /// The address, without password.
        place: String,
        /// What went wrong.
        #[source]
        source: sqlx::Error,
    },
    /// The disk is full.
    #[error("the disk that holds {} is full: make room, then try again", path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// A migration failed; nothing of it was kept.
    #[error("bringing the database to version {version} failed and was undone: keep the file and report this")]
    Migration {
        /// The version that failed.
        version: i64,
        /// What went wrong.
        #[source]
        source: sqlx::Error,
    },
}

impl Store {
    /// Opens the database, makes it when it does not exist, and brings it to this program's schema.
    ///
    /// Must be called inside a Tokio runtime: it starts the writer task.
    ///
    /// # Errors
    /// [`OpenError`], each with a sentence that says what to do.
    pub async fn open(url: &DatabaseUrl, env: Environment) -> Result<Self, OpenError> {
        let db = match url.sqlite_path() {
            Some(path) => open_sqlite(&path, &env).await?,
            None => open_postgres(url, &env).await?,
        };
        Ok(Self::start(db, env))
    }
}

async fn open_sqlite(path: &Path, env: &Environment) -> Result<Db, OpenError> {
    let unreadable = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::ReadOnlyFilesystem => OpenError::ReadOnly { path: path.to_owned() },
        _ => OpenError::Unreadable {
            path: path.to_owned(),
            source: source.into(),
        },
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(unreadable)?;
    }
    let size = std::fs::metadata(path).map_or(0, |file| file.len());
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .disable_statement_logging();
    let failed = |source: sqlx::Error| sqlite_problem(path, source);

    let write: SqlitePool = SqlitePoolOptions::new()
        .max_connections(1)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        // Writers queue here on purpose; giving up is the HTTP layer's decision.
        .acquire_timeout(Duration::from_secs(60))
        // On a full disk SQLite rolls back by itself. The ROLLBACK that follows fails, and the connection would count as
        // inside a transaction for ever: a new one takes its place.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        .connect_with(
            options
                .clone()
                .pragma("cache_size", "-16000")
                .pragma("wal_autocheckpoint", "4000"),
        )
        .await
        .map_err(failed)?;
    if size > 0 && size <= CHECK_UP_TO_BYTES {
        let answer: String = sqlx::query_scalar("PRAGMA quick_check(1)")
            .fetch_one(&write)
            .await
            .map_err(failed)?;
        if answer != "ok" {
            return Err(OpenError::NotADatabase { path: path.to_owned() });
        }
    }
    migrations::sqlite(&write, path, env).await?;

    let readers = std::thread::available_parallelism()
        .map_or(4, |cores| cores.get().saturating_mul(2))
        .clamp(4, 16);
    let read = SqlitePoolOptions::new()
        .max_connections(u32::try_from(readers).unwrap_or(4))
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(PATIENCE)
        .connect_with(
            options
                .create_if_missing(false)
                .pragma("cache_size", "-4000")
                .pragma("query_only", "1"),
        )
        .await
        .map_err(failed)?;
    Ok(Db::Sqlite { read, write })
}

/// Turns SQLite's code into a sentence that helps.
pub(crate) fn sqlite_problem(path: &Path, source: sqlx::Error) -> OpenError {
    let path = path.to_owned();
    let code = source
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .and_then(|code| code.parse::<i32>().ok())
        // The low byte is the primary code; the rest details it.
        .map(|code| code & 0xff);
    match code {
        Some(11 | 26) => OpenError::NotADatabase { path },
        Some(8) => OpenError::ReadOnly { path },
        Some(5 | 6) => OpenError::Busy { path },
        Some(13) => OpenError::Full { path },
        _ => OpenError::Unreadable {
            path,
            source: source.into(),
        },
    }
}

async fn open_postgres(url: &DatabaseUrl, env: &Environment) -> Result<Db, OpenError> {
    let unreachable = |source: sqlx::Error| OpenError::Unreachable {
        place: url.to_string(),
        source,
    };
    let options = PgConnectOptions::from_str(&url.0)
        .map_err(unreachable)?
        .application_name("randpas")
        // Acknowledged means durable, whatever the server's default is.
        .options([("synchronous_commit", "on"), ("timezone", "UTC"), ("jit", "off")])
        .disable_statement_logging();
    // A prepared statement keeps its plan. One made while a table was small would read the whole table later, so the
    // writers, whose every statement is a few look-ups, are kept from such plans.
    let look_up = [
        ("enable_hashjoin", "off"),
        ("enable_mergejoin", "off"),
        ("enable_seqscan", "off"),
    ];
    let pool = |connections: u32| {
        PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(PATIENCE)
    };
    let write: PgPool = pool(4)
        .connect_with(options.clone().options(look_up))
        .await
        .map_err(unreachable)?;
    migrations::postgres(&write, &url.to_string(), env).await?;
    let read: PgPool = pool(12).connect_with(options).await.map_err(unreachable)?;
    Ok(Db::Postgres { read, write })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        let url: Result<DatabaseUrl, _> = "postgres://rand:se:cr@t@db.example/rand".parse();
        assert_eq!(
            url.map(|url| url.to_string()).unwrap_or_default(),
            "postgres://rand@db.example/rand"
        );
        let url: Result<DatabaseUrl, _> = "sqlite:data/a@b.sqlite".parse();
        assert_eq!(
            url.map(|url| url.to_string()).unwrap_or_default(),
            "sqlite:data/a@b.sqlite"
        );
    }

    #[test]
    fn other_addresses_are_refused() {
        for text in ["", "mysql://x", "sqlite:", "data/randpas.sqlite"] {
            assert!(text.parse::<DatabaseUrl>().is_err(), "{text}");
        }
    }
}
