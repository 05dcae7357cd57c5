//! Which scans are annulled: derived from the events like a participation, so that it does not matter which of the two
//! arrives first.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{AnnulFacts, CountingRule, HolderId, OrganiserId, Reason, ScanId, may_annul};
use jiff::Timestamp;
use uuid::Uuid;

use crate::columns::{At, parsed};
use crate::engine::{Db, Tx, from_row, read, within};
use crate::set::{Kind, Set, Statement};

/// An annulment beside the scan that it takes back.
#[derive(Debug)]
struct Pair {
    annulment: ScanId,
    target: ScanId,
    facts: AnnulFacts,
    /// Whether the scan's organiser is within the annulment's reach.
    reaches: bool,
    /// From a revoked device, and not released.
    held: bool,
    annulled_by: Option<ScanId>,
    window: Option<Uuid>,
    holder: Option<HolderId>,
    rule: Option<CountingRule>,
}

from_row!(Pair, row => {
    let bound = row.try_get::<Option<Uuid>, _>("annul_organiser")?.map(OrganiserId::from);
    let organiser = row.try_get::<Option<Uuid>, _>("scan_organiser")?.map(OrganiserId::from);
    let maker: Option<Uuid> = row.try_get("annul_actor")?;
    let own = maker.is_some() && maker == row.try_get("scan_actor")?;
    Pair {
        annulment: ScanId::from(row.try_get::<Uuid, _>("annul_id")?),
        target: ScanId::from(row.try_get::<Uuid, _>("scan_id")?),
        facts: AnnulFacts {
            own,
            supervises: row.try_get("supervises")?,
            scanned_at: row.try_get::<At, _>("scanned_at")?.0,
            annulled_at: row.try_get::<At, _>("annulled_at")?.0,
        },
        reaches: own || bound.is_none() || bound == organiser,
        held: row.try_get("held")?,
        annulled_by: row.try_get::<Option<Uuid>, _>("annulled_by")?.map(ScanId::from),
        window: row.try_get("window_id")?,
        holder: row.try_get::<Option<Uuid>, _>("holder_id")?.map(HolderId::from),
        rule: row.try_get::<Option<&str>, _>("counting_rule")?.map(parsed).transpose()?,
    }
});

impl Pair {
    fn verdict(&self) -> Result<(), Reason> {
        if self.held {
            Err(Reason::DeviceRevoked)
        } else if self.reaches {
            may_annul(&self.facts)
        } else {
            Err(Reason::RoleDenied)
        }
    }

    /// Of several, the earliest stands.
    fn order(&self) -> (Timestamp, ScanId) {
        (self.facts.annulled_at, self.annulment)
    }
}

const PAIRS: Statement = Statement {
    columns: &[("asked", Kind::Uuid)],
    body: "
        SELECT
            n.scan_id AS annul_id, n.organiser_id AS annul_organiser, n.actor_id AS annul_actor, n.supervises,
            n.effective_at AS annulled_at,
            e.scan_id, e.organiser_id AS scan_organiser, e.actor_id AS scan_actor, e.effective_at AS scanned_at,
            e.window_id, e.holder_id,
            a.counting_rule,
            done.scan_id AS annulled_by,
            q.scan_id IS NOT NULL AS held
        FROM input
        CROSS JOIN event AS n
        CROSS JOIN event AS e
        LEFT JOIN activity AS a ON a.id = e.activity_id
        LEFT JOIN annulment AS done ON done.target_scan_id = e.scan_id
        LEFT JOIN quarantine AS q ON q.scan_id = n.scan_id AND q.released_at IS NULL
        WHERE n.target_scan_id = input.asked
          AND e.scan_id = n.target_scan_id
          AND e.kind = 'check_in'",
};

const KEEP: Statement = Statement {
    columns: &[("target", Kind::Uuid), ("annul", Kind::Uuid)],
    body: "
        INSERT INTO annulment (target_scan_id, scan_id)
        SELECT target, annul
        FROM input
        WHERE TRUE
        ON CONFLICT (target_scan_id) DO UPDATE
        SET scan_id = excluded.scan_id",
};

/// What became of the annulments of some scans.
#[derive(Debug, Default)]
pub(crate) struct Annulled {
    /// Whether each annulment stands; one whose scan is not here yet is not in it.
    pub(crate) verdicts: HashMap<ScanId, Result<(), Reason>>,
    /// Windows in which a scan was taken back just now.
    pub(crate) windows: HashMap<Uuid, (HolderId, CountingRule)>,
    /// Whether each of these scans is annulled.
    pub(crate) targets: HashMap<ScanId, bool>,
}

/// Looks at every recorded annulment of these scans, and keeps which scans are annulled.
pub(crate) async fn settle(tx: &mut Tx, targets: impl Iterator<Item = ScanId>) -> Result<Annulled, sqlx::Error> {
    let engine = tx.engine();
    let mut asked = Set::new(engine);
    for target in targets {
        asked.row().uuid(target.uuid());
    }
    let mut annulled = Annulled::default();
    if asked.is_empty() {
        return Ok(annulled);
    }
    let asked = asked.finish();
    let pairs: Vec<Pair> = within!(*tx, c => sqlx::query_as(PAIRS.sql(engine)).bind(asked).fetch_all(c).await)?;
    let mut standing: BTreeMap<ScanId, &Pair> = BTreeMap::new();
    for pair in &pairs {
        let verdict = pair.verdict();
        annulled.verdicts.insert(pair.annulment, verdict);
        annulled.targets.entry(pair.target).or_insert(false);
        if verdict.is_ok() {
            let first = standing.entry(pair.target).or_insert(pair);
            if pair.order() < first.order() {
                *first = pair;
            }
        }
    }
    let mut rows = Set::new(engine);
    for (target, pair) in standing {
        annulled.targets.insert(target, true);
        if pair.annulled_by == Some(pair.annulment) {
            continue;
        }
        rows.row().uuid(target.uuid()).uuid(pair.annulment.uuid());
        if let (Some(window), Some(holder), Some(rule)) = (pair.window, pair.holder, pair.rule) {
            annulled.windows.insert(window, (holder, rule));
        }
    }
    if !rows.is_empty() {
        let rows = rows.finish();
        within!(*tx, c => sqlx::query(KEEP.sql(engine)).bind(rows).execute(c).await.map(drop))?;
    }
    Ok(annulled)
}

/// As `PAIRS`, of all annulments that were here by `$1`, and as far as they were released by then.
const PAIRS_AS_OF: &str = "
    SELECT
        n.scan_id AS annul_id, n.organiser_id AS annul_organiser, n.actor_id AS annul_actor, n.supervises,
        n.effective_at AS annulled_at,
        e.scan_id, e.organiser_id AS scan_organiser, e.actor_id AS scan_actor, e.effective_at AS scanned_at,
        e.window_id, e.holder_id,
        a.counting_rule,
        done.scan_id AS annulled_by,
        q.scan_id IS NOT NULL AND (q.released_at IS NULL OR q.released_at > $1) AS held
    FROM event AS n
    JOIN event AS e ON e.scan_id = n.target_scan_id
    LEFT JOIN activity AS a ON a.id = e.activity_id
    LEFT JOIN annulment AS done ON done.target_scan_id = e.scan_id
    LEFT JOIN quarantine AS q ON q.scan_id = n.scan_id
    WHERE n.target_scan_id IS NOT NULL
      AND n.received_at <= $1
      AND e.kind = 'check_in'";

/// The scans that were annulled as far as was known at a moment.
pub(crate) async fn standing(db: &Db, as_of: Timestamp) -> Result<HashSet<ScanId>, sqlx::Error> {
    let pairs: Vec<Pair> = read!(*db, pool => sqlx::query_as(PAIRS_AS_OF).bind(At(as_of)).fetch_all(pool).await)?;
    let standing = pairs.iter().filter(|pair| pair.verdict().is_ok());
    Ok(standing.map(|pair| pair.target).collect())
}
