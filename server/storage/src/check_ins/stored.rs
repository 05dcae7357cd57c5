//! A check-in as it was recorded, with what follows from it now.

use std::collections::HashMap;

use domain::{ActivityId, CountingRule, Flag, Flags, HolderId, Number, OrganiserId, Reason, ScanId, Verdict};
use jiff::Timestamp;
use uuid::Uuid;

use crate::columns::{At, array, parsed};
use crate::engine::{Tx, from_row, within};
use crate::holders::number;
use crate::set::{Kind, Set, Statement};

/// A recorded event.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) scan_id: ScanId,
    /// Of an annulment: what it takes back.
    pub(crate) target: Option<ScanId>,
    pub(crate) content_hash: [u8; 32],
    pub(crate) organiser: Option<OrganiserId>,
    pub(crate) actor: Option<Uuid>,
    pub(crate) activity: ActivityId,
    pub(crate) holder: Option<HolderId>,
    pub(crate) window: Option<Uuid>,
    pub(crate) effective_at: Timestamp,
    pub(crate) number: Option<Number>,
    pub(crate) flags: Flags,
    pub(crate) verdict: Verdict,
    pub(crate) reason: Reason,
    pub(crate) rule: Option<CountingRule>,
    pub(crate) annulled: bool,
    pub(crate) first_visit: bool,
}

/// What decides what a scan counts for now: its own row, and what follows from the others.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    /// What `decide()` said before the counting rule.
    pub(crate) verdict: Verdict,
    pub(crate) reason: Reason,
    /// Whether `decide()` accepted it.
    pub(crate) accepted: bool,
    pub(crate) annulled: bool,
    /// From a revoked device, and not released.
    pub(crate) held: bool,
    /// Of its activity.
    pub(crate) rule: Option<CountingRule>,
    /// Its window's participation rests on it.
    pub(crate) is_the_counted_one: bool,
}

impl Standing {
    /// What it counts for, and why.
    pub(crate) fn now(self) -> (Verdict, Reason) {
        if self.annulled {
            (Verdict::Annulled, Reason::Annulled)
        } else if self.held {
            (Verdict::Refused, Reason::DeviceRevoked)
        } else if !self.accepted || self.is_the_counted_one || self.rule == Some(CountingRule::Unlimited) {
            (self.verdict, self.reason)
        } else {
            (Verdict::Duplicate, Reason::AlreadyCounted)
        }
    }
}

from_row!(Stored, row => {
    let scan_id: Uuid = row.try_get("scan_id")?;
    let target: Option<Uuid> = row.try_get("target_scan_id")?;
    let known_pass: Option<Uuid> = row.try_get("pass_id")?;
    let annulled = row.try_get("annulled")?;
    let rule: Option<CountingRule> =
        row.try_get::<Option<&str>, _>("counting_rule")?.map(parsed).transpose()?;
    let counted: bool = row.try_get::<Option<Uuid>, _>("counted_scan")? == Some(scan_id);
    let standing = Standing {
        verdict: parsed(row.try_get("verdict")?)?,
        reason: parsed(row.try_get("reason")?)?,
        accepted: row.try_get("accepted")?,
        annulled,
        held: row.try_get("held")?,
        rule,
        is_the_counted_one: counted,
    };
    let (verdict, reason) = standing.now();
    let mut flags: Flags = parsed(row.try_get("flags")?)?;
    if verdict == Verdict::Duplicate && row.try_get("offline")? {
        flags.insert(Flag::DuplicateOffline);
    }
    Stored {
        scan_id: ScanId::from(scan_id),
        target: target.map(ScanId::from),
        content_hash: array(row.try_get::<&[u8], _>("content_hash")?)?,
        organiser: row.try_get::<Option<Uuid>, _>("organiser_id")?.map(OrganiserId::from),
        actor: row.try_get("actor_id")?,
        activity: ActivityId::from(row.try_get::<Uuid, _>("activity_id")?),
        holder: row.try_get::<Option<Uuid>, _>("holder_id")?.map(HolderId::from),
        window: row.try_get("window_id")?,
        effective_at: row.try_get::<At, _>("effective_at")?.0,
        number: known_pass
            .and(row.try_get::<Option<i64>, _>("pass_tag")?)
            .map(number)
            .transpose()?,
        flags,
        verdict,
        reason,
        rule,
        annulled,
        first_visit: counted && row.try_get::<Option<bool>, _>("first_visit")? == Some(true),
    }
});

const STORED: Statement = Statement {
    columns: &[("asked", Kind::Uuid)],
    body: "
        SELECT
            e.scan_id, e.target_scan_id, e.content_hash, e.organiser_id, e.actor_id, e.activity_id, e.holder_id,
            e.window_id, e.effective_at, e.pass_id, e.pass_tag, e.flags, e.verdict, e.reason, e.accepted, e.offline,
            a.counting_rule,
            p.scan_id AS counted_scan, p.first_visit,
            n.scan_id IS NOT NULL AS annulled,
            q.scan_id IS NOT NULL AS held
        FROM input
        CROSS JOIN event AS e
        LEFT JOIN activity AS a ON a.id = e.activity_id
        LEFT JOIN participation AS p ON p.window_id = e.window_id
        LEFT JOIN annulment AS n ON n.target_scan_id = e.scan_id
        LEFT JOIN quarantine AS q ON q.scan_id = e.scan_id AND q.released_at IS NULL
        WHERE e.scan_id = input.asked",
};

/// The recorded events among these ids.
pub(crate) async fn stored(
    tx: &mut Tx,
    ids: impl Iterator<Item = ScanId>,
) -> Result<HashMap<ScanId, Stored>, sqlx::Error> {
    let engine = tx.engine();
    let mut asked = Set::new(engine);
    for id in ids {
        asked.row().uuid(id.uuid());
    }
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    let asked = asked.finish();
    let found: Vec<Stored> = within!(*tx, c => sqlx::query_as(STORED.sql(engine)).bind(asked).fetch_all(c).await)?;
    Ok(found.into_iter().map(|stored| (stored.scan_id, stored)).collect())
}
