//! What changed in the facts, noted in the transaction that changed it: whoever keeps facts in memory reads these notes before
//! it answers, in this process or another.
//!
//! One row a group of scans and not one a scan: the way from the phone to the commit is measured.

use std::collections::BTreeSet;

use domain::HolderId;

use crate::engine::{Tx, within};

/// Holders to read again.
pub(crate) const HOLDERS: i64 = 0;
/// Activities, organisers, actions, partners or members of partnerships: the small tables to read again.
pub(crate) const TABLES: i64 = 1;
/// Everything to read again.
pub(crate) const EVERYTHING: i64 = 2;

/// More holders than this in one note are noted as everything.
const MOST_HOLDERS: usize = 20_000;

const NOTE: &str = "INSERT INTO fact_change (kind, holders) VALUES ($1, $2)";

async fn note(tx: &mut Tx, kind: i64, holders: Vec<u8>) -> Result<(), sqlx::Error> {
    within!(*tx, c => sqlx::query(NOTE).bind(kind).bind(holders).execute(c).await.map(drop))
}

/// Notes that facts of these holders changed: their visits, passes, memberships, cheques, or what is known of them.
pub(crate) async fn of_holders(tx: &mut Tx, holders: impl Iterator<Item = HolderId>) -> Result<(), sqlx::Error> {
    let holders: BTreeSet<HolderId> = holders.collect();
    if holders.is_empty() {
        return Ok(());
    }
    if holders.len() > MOST_HOLDERS {
        return note(tx, EVERYTHING, Vec::new()).await;
    }
    let ids = holders.iter().flat_map(|holder| *holder.uuid().as_bytes()).collect();
    note(tx, HOLDERS, ids).await
}

/// Notes that one of the small tables changed.
pub(crate) async fn of_tables(tx: &mut Tx) -> Result<(), sqlx::Error> {
    note(tx, TABLES, Vec::new()).await
}

/// Notes that so much changed that all is to be read again.
pub(crate) async fn of_everything(tx: &mut Tx) -> Result<(), sqlx::Error> {
    note(tx, EVERYTHING, Vec::new()).await
}
