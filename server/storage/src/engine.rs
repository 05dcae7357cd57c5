//! The two engines behind one face: pools, transactions, and the macros that write a query once for both.
//!
//! `sqlx::Any` knows no uuid and no time, so every query is compiled twice from one source text instead: the macro
//! puts the same expression in both arms of a `match`, and the compiler picks each engine's own types.

use std::fmt;

use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

/// Which database is behind a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// One file, embedded.
    Sqlite,
    /// A server, or anything that speaks its protocol.
    Postgres,
}

impl fmt::Display for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// The open pools.
#[derive(Clone, Debug)]
pub(crate) enum Db {
    /// Many readers and exactly one writer: SQLite has one writer anyway, and waiting in the pool's queue is cheaper
    /// and fairer than waiting in SQLite's busy loop.
    Sqlite { read: SqlitePool, write: SqlitePool },
    /// Two pools with different settings: the writers' statements over small sets must look up row by row.
    Postgres { read: PgPool, write: PgPool },
}

/// A write transaction. Rolled back when dropped without [`Tx::commit`].
#[derive(Debug)]
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    pub(crate) const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres { .. } => Engine::Postgres,
        }
    }

    /// Starts a write transaction. On SQLite it takes the write lock at once: a deferred transaction that reads first
    /// and writes later fails instead of waiting.
    pub(crate) async fn begin(&self) -> Result<Tx, sqlx::Error> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres { write, .. } => Tx::Postgres(write.begin().await?),
        })
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                // The writer last: closing the last connection moves the write-ahead log into the file.
                write.close().await;
            }
            Self::Postgres { read, write } => {
                read.close().await;
                write.close().await;
            }
        }
    }
}

impl Tx {
    pub(crate) const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Makes the transaction durable.
    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(tx) => tx.commit().await,
        }
    }

    /// Undoes the transaction now instead of at drop, so that the connection is free when this returns.
    pub(crate) async fn rollback(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await,
            Self::Postgres(tx) => tx.rollback().await,
        }
    }
}

/// Runs one expression against the pool that reads: `read!(store.db, pool => sqlx::query(SQL).fetch_all(pool).await)`.
macro_rules! read {
    ($db:expr, $pool:ident => $body:expr) => {
        match &$db {
            $crate::engine::Db::Sqlite { read: $pool, .. } => $body,
            $crate::engine::Db::Postgres { read: $pool, .. } => $body,
        }
    };
}

/// Runs one expression inside a transaction: `within!(tx, c => sqlx::query(SQL).execute(c).await)`.
macro_rules! within {
    ($tx:expr, $connection:ident => $body:expr) => {
        match &mut $tx {
            $crate::engine::Tx::Sqlite(tx) => {
                let $connection = &mut **tx;
                $body
            }
            $crate::engine::Tx::Postgres(tx) => {
                let $connection = &mut **tx;
                $body
            }
        }
    };
}

/// Reads a type from a row of either engine: `from_row!(Session, row => Session { … })`. `?` works inside.
macro_rules! from_row {
    ($type:ty, $row:ident => $body:expr) => {
        impl<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> for $type {
            fn from_row($row: &'r sqlx::sqlite::SqliteRow) -> Result<Self, sqlx::Error> {
                use sqlx::Row as _;
                Ok($body)
            }
        }

        impl<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow> for $type {
            fn from_row($row: &'r sqlx::postgres::PgRow) -> Result<Self, sqlx::Error> {
                use sqlx::Row as _;
                Ok($body)
            }
        }
    };
}

pub(crate) use {from_row, read, within};
