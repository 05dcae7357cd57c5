//! The one door to the database.

use std::sync::Arc;

use uuid::Uuid;

use crate::check_ins::Writer;
use crate::clients::CheckedTokens;
use crate::engine::{Db, Engine, Tx, read};
use crate::environment::Environment;
use crate::error::{Result, Tried as _};
use crate::figures::Memory;

/// An open database. Cheap to clone; every clone is the same store.
#[derive(Clone, Debug)]
pub struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    db: Db,
    env: Environment,
    writer: Writer,
    checked_tokens: CheckedTokens,
    memory: Memory,
}

const PING: &str = "SELECT CAST(1 AS BIGINT)";

/// The oldest partnership: what accounts and clients belong to until there are several.
const DEFAULT_PARTNERSHIP: &str = "SELECT id FROM partnership ORDER BY id LIMIT 1";

impl Store {
    pub(crate) fn start(db: Db, env: Environment) -> Self {
        let writer = Writer::start(db.clone());
        Self(Arc::new(Inner {
            db,
            env,
            writer,
            checked_tokens: CheckedTokens::default(),
            memory: Memory::default(),
        }))
    }

    /// The clock and randomness this store was opened with.
    #[must_use]
    pub fn env(&self) -> &Environment {
        &self.0.env
    }

    /// Which engine is behind it.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.0.db.engine()
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when it does not.
    pub async fn ping(&self) -> Result<()> {
        read!(self.0.db, pool => sqlx::query_scalar::<_, i64>(PING).fetch_one(pool).await)
            .tried("asking for an answer")?;
        Ok(())
    }

    /// Finishes what is queued, then closes every connection. Later calls fail.
    pub async fn close(&self) {
        self.0.writer.stop().await;
        self.0.db.close().await;
    }

    pub(crate) fn db(&self) -> &Db {
        &self.0.db
    }

    pub(crate) fn writer(&self) -> &Writer {
        &self.0.writer
    }

    pub(crate) fn checked_tokens(&self) -> &CheckedTokens {
        &self.0.checked_tokens
    }

    /// The facts in memory.
    pub(crate) fn memory(&self) -> &Memory {
        &self.0.memory
    }

    /// Starts a write transaction.
    pub(crate) async fn begin(&self) -> Result<Tx> {
        self.0.db.begin().await.tried("starting a transaction")
    }

    pub(crate) async fn default_partnership(&self) -> Result<Uuid> {
        read!(self.0.db, pool => sqlx::query_scalar(DEFAULT_PARTNERSHIP).fetch_one(pool).await)
            .tried("finding the partnership")
    }
}
