//! Writing what a group of check-ins leads to: each kind of row in one statement for the whole group.

use std::collections::BTreeMap;

use domain::{Decision, DeviceId, Flags, HolderId, OrganiserId, PassId, ScanId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::check_ins::request::{Act, DeviceMark, Request};
use crate::columns::month;
use crate::engine::{Tx, within};
use crate::holders::tag_column;
use crate::scope::Actor;
use crate::set::{Kind, Set, Statement};

/// An event about to be recorded.
#[derive(Clone, Debug)]
pub(crate) struct NewEvent {
    pub(crate) scan_id: ScanId,
    /// Of an annulment: what it annuls.
    pub(crate) target: Option<ScanId>,
    pub(crate) content_hash: [u8; 32],
    pub(crate) actor: Actor,
    pub(crate) activity: Uuid,
    pub(crate) organiser: Option<OrganiserId>,
    pub(crate) pass: Option<PassId>,
    pub(crate) tag: Option<i64>,
    pub(crate) holder: Option<HolderId>,
    pub(crate) decision: Decision,
    pub(crate) window: Option<Uuid>,
    pub(crate) occurred_at: Timestamp,
    pub(crate) clock_offset_ms: i64,
    pub(crate) received_at: Timestamp,
    pub(crate) effective_at: Timestamp,
    pub(crate) manual: bool,
    pub(crate) offline: bool,
    pub(crate) flags: Flags,
    /// Of an annulment: may take back what others scanned.
    pub(crate) supervises: bool,
    pub(crate) note: Option<String>,
    pub(crate) device: Option<DeviceMark>,
}

impl NewEvent {
    /// What a request says by itself, before anything was looked up.
    pub(crate) fn of(request: &Request, decision: Decision, effective_at: Timestamp) -> Self {
        let (manual, note) = match &request.act {
            Act::CheckIn { manual, note, .. } => (*manual, note.clone()),
            Act::Annul { .. } => (false, None),
        };
        Self {
            scan_id: request.scan_id,
            target: request.target(),
            content_hash: request.content_hash,
            actor: request.scope.actor(),
            activity: request.activity.uuid(),
            organiser: None,
            pass: None,
            tag: request.scanned().map(|scanned| tag_column(scanned.number())),
            holder: None,
            decision,
            window: None,
            occurred_at: request.occurred_at.unwrap_or(request.received_at),
            clock_offset_ms: request.clock_offset_ms,
            received_at: request.received_at,
            effective_at,
            manual,
            offline: request.offline(effective_at),
            flags: Flags::new(),
            supervises: request.scope.supervises(),
            note,
            device: request.device.clone(),
        }
    }
}

const INSERT_EVENTS: Statement = Statement {
    columns: &[
        ("scan_id", Kind::Uuid),
        ("kind", Kind::Text),
        ("target_scan_id", Kind::Uuid),
        ("content_hash", Kind::Bytes),
        ("actor_kind", Kind::Text),
        ("actor_id", Kind::Uuid),
        ("activity_id", Kind::Uuid),
        ("organiser_id", Kind::Uuid),
        ("pass_id", Kind::Uuid),
        ("pass_tag", Kind::Int),
        ("holder_id", Kind::Uuid),
        ("session_id", Kind::Uuid),
        ("local_day", Kind::Day),
        ("window_id", Kind::Uuid),
        ("occurred_at", Kind::Time),
        ("clock_offset_ms", Kind::Int),
        ("received_at", Kind::Time),
        ("effective_at", Kind::Time),
        ("device_id", Kind::Uuid),
        ("seq", Kind::Int),
        ("offline", Kind::Bool),
        ("manual", Kind::Bool),
        ("accepted", Kind::Bool),
        ("verdict", Kind::Text),
        ("reason", Kind::Text),
        ("flags", Kind::Text),
        ("prev", Kind::Text),
        ("device_verdict", Kind::Text),
        ("device_reason", Kind::Text),
        ("package_epoch", Kind::Int),
        ("supervises", Kind::Bool),
        ("note", Kind::Text),
    ],
    body: "
        INSERT INTO event (
            scan_id, kind, target_scan_id, content_hash, actor_kind, actor_id, activity_id, organiser_id, pass_id,
            pass_tag, holder_id, session_id, local_day, window_id, occurred_at, clock_offset_ms, received_at,
            effective_at, device_id, seq, offline, manual, accepted, verdict, reason, flags, prev, device_verdict,
            device_reason, package_epoch, supervises, note
        )
        SELECT
            scan_id, kind, target_scan_id, content_hash, actor_kind, actor_id, activity_id, organiser_id, pass_id,
            pass_tag, holder_id, session_id, local_day, window_id, occurred_at, clock_offset_ms, received_at,
            effective_at, device_id, seq, offline, manual, accepted, verdict, reason, flags, prev, device_verdict,
            device_reason, package_epoch, supervises, note
        FROM input
        WHERE TRUE
        ON CONFLICT DO NOTHING",
};

/// Inserts events; gives how many were new. Less than all: another server was faster with one of the ids.
pub(crate) async fn events(tx: &mut Tx, events: &[NewEvent]) -> Result<u64, sqlx::Error> {
    let engine = tx.engine();
    let mut rows = Set::new(engine);
    for event in events {
        rows.row()
            .uuid(event.scan_id.uuid())
            .text(if event.target.is_some() { "annul" } else { "check_in" })
            .maybe(event.target.map(ScanId::uuid), Set::uuid)
            .bytes(&event.content_hash)
            .text(event.actor.kind())
            .maybe(event.actor.uuid(), Set::uuid)
            .uuid(event.activity)
            .maybe(event.organiser.map(OrganiserId::uuid), Set::uuid)
            .maybe(event.pass.map(PassId::uuid), Set::uuid)
            .maybe(event.tag, Set::int)
            .maybe(event.holder.map(HolderId::uuid), Set::uuid)
            .maybe(event.decision.session.map(domain::SessionId::uuid), Set::uuid)
            .day(event.decision.day)
            .maybe(event.window, Set::uuid)
            .time(event.occurred_at)
            .int(event.clock_offset_ms)
            .time(event.received_at)
            .time(event.effective_at);
        let device = event.device.as_ref();
        rows.maybe(device.and(event.actor.uuid()), Set::uuid)
            .int(device.map_or(0, |mark| mark.seq))
            .bool(event.offline)
            .bool(event.manual)
            .bool(event.window.is_some())
            .text(event.decision.verdict.code())
            .text(event.decision.reason.code())
            .text(&event.flags.to_text())
            .maybe(device.and_then(|mark| mark.prev.as_deref()), Set::text)
            .maybe(device.map(|mark| mark.verdict.code()), Set::text)
            .maybe(device.map(|mark| mark.reason.code()), Set::text)
            .maybe(device.map(|mark| mark.package_epoch), Set::int)
            .bool(event.supervises)
            .maybe(event.note.as_deref(), Set::text);
    }
    if rows.is_empty() {
        return Ok(0);
    }
    let rows = rows.finish();
    within!(*tx, c => sqlx::query(INSERT_EVENTS.sql(engine)).bind(rows).execute(c).await.map(|done| done.rows_affected()))
}

/// A window whose participation rests on another scan than before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    pub(crate) scan_id: ScanId,
    pub(crate) effective_at: Timestamp,
    pub(crate) first_visit: bool,
}

/// What the activity cost and where the holder lived is kept as it was when the participation was first counted.
const UPSERT_PARTICIPATIONS: Statement = Statement {
    columns: &[
        ("counted", Kind::Uuid),
        ("month", Kind::Int),
        ("first_visit", Kind::Bool),
    ],
    body: "
        INSERT INTO participation (
            window_id, scan_id, holder_id, activity_id, session_id, organiser_id, organiser_municipality,
            holder_municipality, activity_type, local_day, month, effective_at, price_cents, pass_price_cents, minutes,
            taalicoon, manual, first_visit
        )
        SELECT
            e.window_id, e.scan_id, e.holder_id, e.activity_id, e.session_id, o.id, o.municipality,
            h.municipality, a.activity_type, e.local_day, input.month, e.effective_at, a.price_cents,
            a.pass_price_cents, a.minutes, a.taalicoon, e.manual, input.first_visit
        FROM input
        CROSS JOIN event AS e
        CROSS JOIN activity AS a
        CROSS JOIN organiser AS o
        CROSS JOIN holder AS h
        WHERE e.scan_id = input.counted
          AND a.id = e.activity_id
          AND o.id = a.organiser_id
          AND h.id = e.holder_id
        ON CONFLICT (window_id) DO UPDATE
        SET scan_id = excluded.scan_id,
            session_id = excluded.session_id,
            local_day = excluded.local_day,
            month = excluded.month,
            effective_at = excluded.effective_at,
            manual = excluded.manual,
            first_visit = excluded.first_visit",
};

/// Makes or moves participations.
pub(crate) async fn participations(tx: &mut Tx, counted: &[Counted]) -> Result<(), sqlx::Error> {
    let engine = tx.engine();
    let mut rows = Set::new(engine);
    for counted in counted {
        rows.row()
            .uuid(counted.scan_id.uuid())
            .int(month(counted.effective_at))
            .bool(counted.first_visit);
    }
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows.finish();
    within!(*tx, c => sqlx::query(UPSERT_PARTICIPATIONS.sql(engine)).bind(rows).execute(c).await.map(drop))
}

const DELETE_PARTICIPATIONS: Statement = Statement {
    columns: &[("gone", Kind::Uuid)],
    body: "DELETE FROM participation WHERE window_id IN (SELECT gone FROM input)",
};

/// Takes away the participations of windows in which nothing counts any more.
pub(crate) async fn no_participations(tx: &mut Tx, windows: &[Uuid]) -> Result<(), sqlx::Error> {
    over_ids(tx, &DELETE_PARTICIPATIONS, windows.iter().copied()).await
}

const NOBODYS_FIRST: Statement = Statement {
    columns: &[("holder", Kind::Uuid)],
    body: "
        UPDATE participation
        SET first_visit = FALSE
        WHERE first_visit
          AND holder_id IN (SELECT holder FROM input)",
};

const FIRST_AGAIN: Statement = Statement {
    columns: &[("holder", Kind::Uuid)],
    body: "
        UPDATE participation
        SET first_visit = TRUE
        WHERE window_id IN (
            SELECT (
                SELECT p.window_id
                FROM participation AS p
                WHERE p.holder_id = input.holder
                ORDER BY p.effective_at, p.scan_id
                LIMIT 1
            )
            FROM input
        )",
};

/// Marks each holder's earliest participation as the first, and no other.
pub(crate) async fn first_visits(
    tx: &mut Tx,
    holders: impl Iterator<Item = HolderId> + Clone,
) -> Result<(), sqlx::Error> {
    over_ids(tx, &NOBODYS_FIRST, holders.clone().map(HolderId::uuid)).await?;
    over_ids(tx, &FIRST_AGAIN, holders.map(HolderId::uuid)).await
}

/// Runs a statement whose set is one column of ids; an empty set runs nothing.
async fn over_ids(tx: &mut Tx, statement: &Statement, ids: impl Iterator<Item = Uuid>) -> Result<(), sqlx::Error> {
    let engine = tx.engine();
    let mut rows = Set::new(engine);
    for id in ids {
        rows.row().uuid(id);
    }
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows.finish();
    within!(*tx, c => sqlx::query(statement.sql(engine)).bind(rows).execute(c).await.map(drop))
}

const HOLD: Statement = Statement {
    columns: &[
        ("scan_id", Kind::Uuid),
        ("device_id", Kind::Uuid),
        ("organiser_id", Kind::Uuid),
        ("held_at", Kind::Time),
    ],
    body: "
        INSERT INTO quarantine (scan_id, device_id, organiser_id, held_at)
        SELECT scan_id, device_id, organiser_id, held_at
        FROM input
        WHERE TRUE
        ON CONFLICT DO NOTHING",
};

/// Keeps what revoked devices hand over, scans and annulments, from taking effect until a person releases it.
pub(crate) async fn quarantine(tx: &mut Tx, events: &[NewEvent]) -> Result<(), sqlx::Error> {
    let engine = tx.engine();
    let mut rows = Set::new(engine);
    for event in events {
        let held = event.device.as_ref().is_some_and(|mark| mark.held);
        if let (true, Some(device), Some(organiser)) = (held, event.actor.uuid(), event.organiser) {
            rows.row()
                .uuid(event.scan_id.uuid())
                .uuid(device)
                .uuid(organiser.uuid())
                .time(event.received_at);
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows.finish();
    within!(*tx, c => sqlx::query(HOLD.sql(engine)).bind(rows).execute(c).await.map(drop))
}

/// A device was heard of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) device: DeviceId,
    pub(crate) at: Timestamp,
    /// Events that still wait on it.
    pub(crate) waiting: u32,
}

const SEEN: Statement = Statement {
    columns: &[
        ("device", Kind::Uuid),
        ("heard_at", Kind::Time),
        ("still_waiting", Kind::Int),
    ],
    body: "
        UPDATE device
        SET last_seen_at = input.heard_at,
            waiting = input.still_waiting
        FROM input
        WHERE device.id = input.device",
};

/// Keeps when devices were last heard of; of one that was heard of twice, the last.
pub(crate) async fn seen(tx: &mut Tx, seen: impl Iterator<Item = Seen>) -> Result<(), sqlx::Error> {
    let engine = tx.engine();
    let last: BTreeMap<DeviceId, Seen> = seen.map(|seen| (seen.device, seen)).collect();
    if last.is_empty() {
        return Ok(());
    }
    let mut rows = Set::new(engine);
    for seen in last.values() {
        rows.row()
            .uuid(seen.device.uuid())
            .time(seen.at)
            .int(i64::from(seen.waiting));
    }
    let rows = rows.finish();
    within!(*tx, c => sqlx::query(SEEN.sql(engine)).bind(rows).execute(c).await.map(drop))
}
