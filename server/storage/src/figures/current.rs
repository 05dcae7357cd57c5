//! The facts in memory, loaded at the first question and brought up to date before each.
//!
//! What changed is noted in the transaction that changed it ([`crate::figures::change`]), so a figure follows a scan at once,
//! also when another process recorded it. Notes that nobody needs are thrown away; whoever fell so far behind that they are
//! gone loads everything anew.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, PoisonError};

use domain::{HolderId, PartnershipId, Period};
use facts::{Complete, Facts};
use jiff::Timestamp;
use tokio::sync::{Mutex, OwnedRwLockReadGuard, RwLock};
use uuid::Uuid;

use crate::engine::{Db, Engine, from_row, read, within};
use crate::figures::cache::Answers;
use crate::figures::past::Past;
use crate::figures::{change, load};

/// Notes that are kept for readers that are behind.
const NOTES_KEPT: i64 = 20_000;

/// How many new notes make a reader look whether old ones can go.
const NOTES_BEFORE_CLEANING: usize = 5_000;

/// From this many changed holders on, everything is read anew: one scan is cheaper than so many look-ups.
const MANY_HOLDERS: usize = 10_000;

/// Facts, and since when they are as they are.
#[derive(Debug, Default)]
pub(crate) struct Held {
    pub(crate) facts: Facts,
    /// The thresholds of each partnership: in general, and for sensitive dimensions.
    pub(crate) thresholds: HashMap<PartnershipId, (u64, u64)>,
    /// Grows with every change; 0 while they are being loaded.
    pub(crate) version: u64,
    /// The version at which anything but visits, passes and holders changed last, or the past was loaded in bulk.
    pub(crate) epoch: u64,
}

/// How far a reader has read the notes.
#[derive(Debug, Default)]
struct Place {
    /// SQLite: the last number. PostgreSQL: every transaction before this one is over, and what it noted is taken in.
    edge: i64,
    /// PostgreSQL: notes of later transactions that are taken in already.
    taken: HashSet<i64>,
    /// Notes since old ones were thrown away.
    since_cleaning: usize,
}

/// What coverage is asked of: whose, when, as of when.
type Covered = (Option<PartnershipId>, Period, Option<Timestamp>);

/// Answers that were worked out of facts in a certain state.
type Known<K, S, V> = std::sync::Mutex<Vec<(K, S, V)>>;

/// Of such answers, the newest stay.
const KNOWN: usize = 64;

/// The facts of a store, and what was worked out of them.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(crate) answers: Answers,
    pub(super) past: Mutex<Past>,
    hashes: Known<Option<Timestamp>, u64, String>,
    complete: Known<Covered, (u64, i64), Complete>,
    /// Locked while it is looked up whether anything changed. `None`: nothing is loaded.
    place: Mutex<Option<Place>>,
    held: Arc<RwLock<Held>>,
    /// Outlives a load, so that no version comes twice.
    versions: std::sync::atomic::AtomicU64,
}

/// One row for each note, or one without a note.
struct Note {
    edge: i64,
    gone: i64,
    seq: Option<i64>,
    xid: Option<i64>,
    kind: Option<i64>,
    holders: Option<Vec<u8>>,
}

from_row!(Note, row => Note {
    edge: row.try_get("edge")?,
    gone: row.try_get("gone")?,
    seq: row.try_get("seq")?,
    xid: row.try_get("xid")?,
    kind: row.try_get("kind")?,
    holders: row.try_get("holders")?,
});

/// SQLite has one writer: numbers become visible in their order.
const NOTES_SQLITE: &str = "
    SELECT now.edge, now.gone, c.seq, c.xid, c.kind, c.holders
    FROM (
        SELECT
            COALESCE((SELECT MAX(seq) FROM fact_change), 0) AS edge,
            (SELECT next FROM counter WHERE name = 'fact_change_gone') AS gone
    ) AS now
    LEFT JOIN fact_change AS c ON c.seq > $1
    ORDER BY c.seq";

/// Of the transactions before the snapshot's xmin none runs any more; of the others some may be visible.
const NOTES_POSTGRES: &str = "
    SELECT now.edge, now.gone, c.seq, c.xid, c.kind, c.holders
    FROM (
        SELECT
            CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) AS edge,
            (SELECT next FROM counter WHERE name = 'fact_change_gone') AS gone
    ) AS now
    LEFT JOIN fact_change AS c ON c.xid >= $1
    ORDER BY c.seq";

const EDGE_POSTGRES: &str = "SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)";
const EDGE_SQLITE: &str = "SELECT COALESCE(MAX(seq), 0) FROM fact_change";
const TAKEN: &str = "SELECT seq FROM fact_change WHERE xid >= $1";

const THRESHOLDS: &str = "SELECT id, CAST(k AS BIGINT), CAST(k_sensitive AS BIGINT) FROM partnership";

async fn thresholds(db: &Db) -> Result<HashMap<PartnershipId, (u64, u64)>, sqlx::Error> {
    let found: Vec<(Uuid, i64, i64)> = read!(*db, pool => sqlx::query_as(THRESHOLDS).fetch_all(pool).await)?;
    let found = found.into_iter();
    Ok(found
        .map(|(id, k, sensitive)| (PartnershipId::from(id), (k.unsigned_abs(), sensitive.unsigned_abs())))
        .collect())
}

/// What is to be read again.
#[derive(Debug, Default)]
struct Changed {
    holders: BTreeSet<HolderId>,
    tables: bool,
    everything: bool,
    any: bool,
}

impl Place {
    /// Where a load begins: what is noted later is not sure to be in it.
    async fn begin(db: &Db) -> Result<Self, sqlx::Error> {
        let sql = match db.engine() {
            Engine::Sqlite => EDGE_SQLITE,
            Engine::Postgres => EDGE_POSTGRES,
        };
        let edge: i64 = read!(*db, pool => sqlx::query_scalar(sql).fetch_one(pool).await)?;
        let taken: Vec<i64> = match db.engine() {
            Engine::Sqlite => Vec::new(),
            Engine::Postgres => read!(*db, pool => sqlx::query_scalar(TAKEN).bind(edge).fetch_all(pool).await)?,
        };
        Ok(Self {
            edge,
            taken: taken.into_iter().collect(),
            // A program that starts cleans up what the others left.
            since_cleaning: NOTES_BEFORE_CLEANING,
        })
    }

    /// Reads on.
    async fn advance(&mut self, db: &Db) -> Result<Changed, sqlx::Error> {
        let engine = db.engine();
        let sql = match engine {
            Engine::Sqlite => NOTES_SQLITE,
            Engine::Postgres => NOTES_POSTGRES,
        };
        let notes: Vec<Note> = read!(*db, pool => sqlx::query_as(sql).bind(self.edge).fetch_all(pool).await)?;
        let mut changed = Changed::default();
        let Some((edge, gone)) = notes.first().map(|note| (note.edge, note.gone)) else {
            return Ok(changed);
        };
        let lost = match engine {
            Engine::Sqlite => gone > self.edge,
            Engine::Postgres => gone >= self.edge,
        };
        changed.everything = lost;
        changed.any = lost;
        let mut taken = HashSet::new();
        for note in notes {
            let (Some(seq), Some(xid), Some(kind)) = (note.seq, note.xid, note.kind) else {
                continue;
            };
            if engine == Engine::Postgres && xid >= edge {
                taken.insert(seq);
            }
            if self.taken.contains(&seq) {
                continue;
            }
            self.since_cleaning += 1;
            changed.any = true;
            match kind {
                change::HOLDERS => {
                    let ids = note.holders.unwrap_or_default();
                    let ids = ids.chunks_exact(16).filter_map(|id| Uuid::from_slice(id).ok());
                    changed.holders.extend(ids.map(HolderId::from));
                }
                change::TABLES => changed.tables = true,
                _ => changed.everything = true,
            }
        }
        self.taken = taken;
        self.edge = edge.max(self.edge);
        changed.everything |= changed.holders.len() > MANY_HOLDERS;
        Ok(changed)
    }
}

fn known<K: PartialEq, S: PartialEq, V: Clone>(all: &Known<K, S, V>, asked: &K, state: &S) -> Option<V> {
    let all = all.lock().unwrap_or_else(PoisonError::into_inner);
    let found = all.iter().find(|(known, then, _)| known == asked && then == state);
    found.map(|(_, _, value)| value.clone())
}

fn keep<K: PartialEq, S, V>(all: &Known<K, S, V>, asked: K, state: S, value: V) {
    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
    all.retain(|(known, _, _)| *known != asked);
    if all.len() >= KNOWN {
        all.remove(0);
    }
    all.push((asked, state, value));
}

impl Memory {
    pub(super) fn hash(&self, as_of: Option<Timestamp>, state: u64) -> Option<String> {
        known(&self.hashes, &as_of, &state)
    }

    pub(super) fn keep_hash(&self, as_of: Option<Timestamp>, state: u64, hash: String) {
        keep(&self.hashes, as_of, state, hash);
    }

    pub(super) fn complete(&self, asked: Covered, state: (u64, i64)) -> Option<Complete> {
        known(&self.complete, &asked, &state)
    }

    pub(super) fn keep_complete(&self, asked: Covered, state: (u64, i64), complete: Complete) {
        keep(&self.complete, asked, state, complete);
    }

    fn next_version(&self) -> u64 {
        self.versions.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1
    }

    /// The facts as they are now. What was committed before this is called is in them.
    pub(crate) async fn current(&self, db: &Db) -> Result<OwnedRwLockReadGuard<Held>, sqlx::Error> {
        let mut place = self.place.lock().await;
        let changed = match &mut *place {
            Some(place) => place.advance(db).await?,
            None => Changed {
                everything: true,
                any: true,
                ..Changed::default()
            },
        };
        if changed.everything {
            *place = None;
            *place = Some(self.load(db).await?);
        } else if changed.any {
            // Should it fail halfway, everything is loaded the next time.
            let Some(mut so_far) = place.take() else {
                return Err(sqlx::Error::WorkerCrashed);
            };
            self.apply(db, &changed).await?;
            if so_far.since_cleaning >= NOTES_BEFORE_CLEANING {
                so_far.since_cleaning = 0;
                tokio::spawn(clean(db.clone()));
            }
            *place = Some(so_far);
        }
        // Under the lock, so that nobody can change them in between.
        Ok(Arc::clone(&self.held).read_owned().await)
    }

    async fn load(&self, db: &Db) -> Result<Place, sqlx::Error> {
        let place = Place::begin(db).await?;
        let mut held = self.held.write().await;
        // First of all away with the old: a million visits twice is more than a small machine has to spare.
        *held = Held::default();
        load::everything(db, &mut held.facts).await?;
        held.thresholds = thresholds(db).await?;
        held.version = self.next_version();
        held.epoch = held.version;
        Ok(place)
    }

    async fn apply(&self, db: &Db, changed: &Changed) -> Result<(), sqlx::Error> {
        let mut held = self.held.write().await;
        let version = self.next_version();
        if changed.tables {
            held.facts.set_tables(&load::tables(db).await?);
            held.thresholds = thresholds(db).await?;
            held.epoch = version;
        }
        let holders: Vec<HolderId> = changed.holders.iter().copied().collect();
        load::some(db, &mut held.facts, &holders).await?;
        held.version = version;
        Ok(())
    }
}

const CLEAN_SQLITE: [&str; 2] = [
    "
    UPDATE counter
    SET next = MAX(next, (SELECT COALESCE(MAX(seq), 0) FROM fact_change) - $1)
    WHERE name = 'fact_change_gone'",
    "DELETE FROM fact_change WHERE seq <= (SELECT MAX(seq) FROM fact_change) - $1",
];

// What is not over for everybody stays: a reader beside a long transaction would otherwise find its place gone, again and
// again.
const CLEAN_POSTGRES: &str = "
    WITH gone AS (
        DELETE FROM fact_change
        WHERE seq <= (SELECT MAX(seq) FROM fact_change) - $1
          AND xid < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)
        RETURNING xid
    )
    UPDATE counter
    SET next = GREATEST(next, (SELECT MAX(xid) FROM gone))
    WHERE name = 'fact_change_gone'
      AND EXISTS (SELECT 1 FROM gone)";

/// Throws old notes away, and keeps up to where.
async fn clean(db: Db) {
    let cleaned = async {
        let mut tx = db.begin().await?;
        match tx.engine() {
            Engine::Sqlite => {
                for sql in CLEAN_SQLITE {
                    within!(tx, c => sqlx::query(sql).bind(NOTES_KEPT).execute(c).await.map(drop))?;
                }
            }
            Engine::Postgres => {
                within!(tx, c => sqlx::query(CLEAN_POSTGRES).bind(NOTES_KEPT).execute(c).await.map(drop))?;
            }
        }
        tx.commit().await
    };
    if let Err(error) = cleaned.await {
        tracing::warn!(%error, "notes of changed facts were not cleaned up; the next reader tries again");
    }
}
