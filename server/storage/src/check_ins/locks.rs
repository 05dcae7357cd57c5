//! What keeps several servers on one PostgreSQL from folding the same thing at once. SQLite has one writer anyway.
//!
//! Locks are taken in one order everywhere: organisers, then holders, each sorted. Two that share a key wait for each
//! other for nothing; that costs a moment, not a mistake.

use std::collections::BTreeSet;

use domain::{HolderId, OrganiserId};
use uuid::Uuid;

use crate::engine::Tx;

const EXCLUSIVE: &str = "
    SELECT pg_advisory_xact_lock(lock_key)
    FROM (
        SELECT CAST(value AS BIGINT) AS lock_key
        FROM jsonb_array_elements_text(CAST($1 AS JSONB)) WITH ORDINALITY AS asked (value, place)
        ORDER BY place
    ) AS ordered";

const SHARED: &str = "
    SELECT pg_advisory_xact_lock_shared(lock_key)
    FROM (
        SELECT CAST(value AS BIGINT) AS lock_key
        FROM jsonb_array_elements_text(CAST($1 AS JSONB)) WITH ORDINALITY AS asked (value, place)
        ORDER BY place
    ) AS ordered";

/// Lets one server at a time fold a holder's windows.
pub(crate) async fn holders(tx: &mut Tx, holders: impl Iterator<Item = HolderId>) -> Result<(), sqlx::Error> {
    take(tx, EXCLUSIVE, holders.map(|holder| key(holder.uuid()))).await
}

/// Keeps an annulment and its scan from arriving on two servers at the same moment, each not seeing the other:
/// annulments lock the organiser for themselves, scans share it.
pub(crate) async fn organisers(
    tx: &mut Tx,
    organisers: impl Iterator<Item = OrganiserId>,
    annuls: bool,
) -> Result<(), sqlx::Error> {
    // Another number than a holder's with the same bits.
    let keys = organisers.map(|organiser| key(organiser.uuid()).rotate_left(1));
    take(tx, if annuls { EXCLUSIVE } else { SHARED }, keys).await
}

fn key(id: Uuid) -> i64 {
    let (high, low) = id.as_u64_pair();
    (high ^ low).cast_signed()
}

async fn take(tx: &mut Tx, lock: &'static str, keys: impl Iterator<Item = i64>) -> Result<(), sqlx::Error> {
    let Tx::Postgres(tx) = tx else { return Ok(()) };
    let keys: BTreeSet<i64> = keys.collect();
    if keys.is_empty() {
        return Ok(());
    }
    let keys = serde_json::Value::from_iter(keys).to_string();
    sqlx::query(lock).bind(keys).execute(&mut **tx).await.map(drop)
}
