//! Indexes of the large tables: taken away before a large load and made again after it, over all rows at once. What they
//! are is read from the database itself, so that it is written in the migrations only.

use sqlx::AssertSqlSafe;

use crate::engine::{Tx, within};

/// Of tables that are still empty, and no index that is a key.
const SQLITE: &str = "
    SELECT name, sql
    FROM sqlite_schema
    WHERE type = 'index'
      AND sql IS NOT NULL
      AND tbl_name IN ('event', 'participation')
      AND NOT EXISTS (SELECT 1 FROM event)
      AND NOT EXISTS (SELECT 1 FROM participation)";
const POSTGRES: &str = "
    SELECT CAST(i.indexname AS TEXT), i.indexdef
    FROM pg_catalog.pg_indexes AS i
    WHERE i.schemaname = current_schema()
      AND i.tablename IN ('event', 'participation')
      AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint AS c WHERE c.conname = i.indexname)
      AND NOT EXISTS (SELECT 1 FROM event)
      AND NOT EXISTS (SELECT 1 FROM participation)";

/// What SQLite may hold of the file in memory during a load, and otherwise (see `open`), in KiB.
const LARGE_CACHE: &str = "PRAGMA cache_size = -98304";
const USUAL_CACHE: &str = "PRAGMA cache_size = -16000";

/// The indexes that were taken away, as statements that make them.
#[derive(Debug, Default)]
pub(super) struct Indexes(Vec<String>);

impl Indexes {
    /// Takes the indexes of empty tables away.
    pub(super) async fn take(tx: &mut Tx) -> Result<Self, sqlx::Error> {
        let list = match tx {
            Tx::Sqlite(tx) => {
                sqlx::query(LARGE_CACHE).execute(&mut **tx).await?;
                SQLITE
            }
            Tx::Postgres(_) => POSTGRES,
        };
        let found: Vec<(String, String)> = within!(*tx, c => sqlx::query_as(list).fetch_all(c).await)?;
        let mut made = Vec::with_capacity(found.len());
        for (name, sql) in found {
            // Names come from the schema, which is ours.
            let drop_index = AssertSqlSafe(format!("DROP INDEX \"{name}\""));
            within!(*tx, c => sqlx::query(drop_index).execute(c).await.map(drop))?;
            made.push(sql);
        }
        Ok(Self(made))
    }

    /// Makes them again.
    pub(super) async fn put_back(self, tx: &mut Tx) -> Result<(), sqlx::Error> {
        if self.0.is_empty() {
            return Ok(());
        }
        for sql in self.0 {
            within!(*tx, c => sqlx::query(AssertSqlSafe(sql)).execute(c).await.map(drop))?;
        }
        if let Tx::Sqlite(tx) = tx {
            sqlx::query(USUAL_CACHE).execute(&mut **tx).await?;
        }
        Ok(())
    }
}
