//! What a group of check-ins must know: each question asked once for the whole group.
//!
//! `CROSS JOIN` with the condition in `WHERE` is an inner join on both engines, but SQLite keeps its order: the few
//! asked rows first, then one look-up each. Without statistics it would otherwise be free to scan the large table.

use std::collections::HashMap;

use domain::{
    ActivityFacts, ActivityId, FoldEvent, HolderId, OrganiserId, PassFacts, PassId, PassKind, ScanId, SessionFacts,
    SessionId,
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::columns::{At, Day, checked, parsed};
use crate::engine::{Tx, from_row, within};
use crate::set::{Kind, Set, Statement};

/// A pass as one partnership sees it.
pub(crate) type PassKey = (i64, Option<Uuid>);

/// A pass that the database knows: what the decision needs, and whose it is.
#[derive(Clone, Debug)]
pub(crate) struct KnownPass {
    pub(crate) pass: PassId,
    pub(crate) holder: HolderId,
    /// Nothing can have been scanned before.
    pub(crate) issued_at: Timestamp,
    pub(crate) facts: PassFacts,
}

struct PassRow(PassKey, KnownPass);

from_row!(PassRow, row => PassRow(
    (row.try_get("asked_tag")?, row.try_get("asked_for")?),
    KnownPass {
        pass: PassId::from(row.try_get::<Uuid, _>("pass_id")?),
        holder: HolderId::from(row.try_get::<Uuid, _>("holder_id")?),
        issued_at: row.try_get::<At, _>("issued_at")?.0,
        facts: PassFacts {
            kind: kind(row.try_get("kind")?)?,
            from: row.try_get::<Day, _>("valid_from")?.0,
            until: row.try_get::<Day, _>("valid_until")?.0,
            status: parsed(row.try_get("status")?)?,
        },
    },
));

fn kind(stored: i64) -> Result<PassKind, sqlx::Error> {
    let known = PassKind::ALL
        .iter()
        .copied()
        .find(|kind| i64::from(*kind as u8) == stored);
    known.ok_or_else(|| sqlx::Error::Decode(format!("pass kind {stored}").into()))
}

const PASSES: Statement = Statement {
    columns: &[("asked_tag", Kind::Int), ("asked_for", Kind::Uuid)],
    body: "
        SELECT
            input.asked_tag, input.asked_for,
            p.id AS pass_id, p.holder_id, p.kind, p.valid_from, p.valid_until, p.status, p.issued_at
        FROM input
        CROSS JOIN pass AS p
        CROSS JOIN holder AS h
        WHERE p.tag = input.asked_tag
          AND h.id = p.holder_id
          AND (
              input.asked_for IS NULL
              OR EXISTS (
                  SELECT 1
                  FROM partnership_member AS m
                  WHERE m.partnership_id = input.asked_for AND m.municipality = h.municipality
              )
          )",
};

/// The passes with these tags, where the asking partnership may know them.
pub(crate) async fn passes(
    tx: &mut Tx,
    keys: impl Iterator<Item = PassKey>,
) -> Result<HashMap<PassKey, KnownPass>, sqlx::Error> {
    let engine = tx.engine();
    let mut asked = Set::new(engine);
    for (tag, partnership) in keys {
        asked.row().int(tag).maybe(partnership, Set::uuid);
    }
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    let asked = asked.finish();
    let found: Vec<PassRow> = within!(*tx, c => sqlx::query_as(PASSES.sql(engine)).bind(asked).fetch_all(c).await)?;
    Ok(found.into_iter().map(|PassRow(key, pass)| (key, pass)).collect())
}

/// An activity as one partnership sees it.
pub(crate) type ActivityKey = (ActivityId, Option<Uuid>);

struct ActivityRow(ActivityKey, ActivityFacts, Option<SessionFacts>);

from_row!(ActivityRow, row => {
    let id = ActivityId::from(row.try_get::<Uuid, _>("activity_id")?);
    let session: Option<Uuid> = row.try_get("session_id")?;
    ActivityRow(
        (id, row.try_get("asked_for")?),
        ActivityFacts {
            id,
            organiser: OrganiserId::from(row.try_get::<Uuid, _>("organiser_id")?),
            rule: parsed(row.try_get("counting_rule")?)?,
            sessions: Vec::new(),
            opens_before_min: checked(row.try_get::<i64, _>("opens_before_min")?)?,
            closes_after_min: checked(row.try_get::<i64, _>("closes_after_min")?)?,
            may_scan: false,
        },
        match session {
            None => None,
            Some(session) => Some(SessionFacts {
                id: SessionId::from(session),
                starts_at: row.try_get::<At, _>("starts_at")?.0,
                ends_at: row.try_get::<At, _>("ends_at")?.0,
            }),
        },
    )
});

/// Only the sessions that could take a scan between the two moments: an activity may have hundreds.
const ACTIVITIES: Statement = Statement {
    columns: &[
        ("asked", Kind::Uuid),
        ("asked_for", Kind::Uuid),
        ("earliest", Kind::Time),
        ("latest", Kind::Time),
    ],
    body: "
        SELECT
            input.asked_for,
            a.id AS activity_id, a.organiser_id, a.counting_rule, a.opens_before_min, a.closes_after_min,
            s.id AS session_id, s.starts_at, s.ends_at
        FROM input
        CROSS JOIN activity AS a
        CROSS JOIN organiser AS o
        LEFT JOIN activity_session AS s
            ON s.activity_id = a.id
            AND s.closes_at >= input.earliest
            AND s.opens_at <= input.latest
        WHERE a.id = input.asked
          AND o.id = a.organiser_id
          AND (
              input.asked_for IS NULL
              OR EXISTS (
                  SELECT 1
                  FROM partnership_member AS m
                  WHERE m.partnership_id = input.asked_for AND m.municipality = o.municipality
              )
          )",
};

/// The activities with these ids, with their sessions around the asked moments. `may_scan` is for the caller to set.
pub(crate) async fn activities(
    tx: &mut Tx,
    keys: &HashMap<ActivityKey, (Timestamp, Timestamp)>,
) -> Result<HashMap<ActivityKey, ActivityFacts>, sqlx::Error> {
    let engine = tx.engine();
    let mut asked = Set::new(engine);
    for ((activity, partnership), (earliest, latest)) in keys {
        asked
            .row()
            .uuid(activity.uuid())
            .maybe(*partnership, Set::uuid)
            .time(*earliest)
            .time(*latest);
    }
    let asked = asked.finish();
    let found: Vec<ActivityRow> =
        within!(*tx, c => sqlx::query_as(ACTIVITIES.sql(engine)).bind(asked).fetch_all(c).await)?;
    let mut activities: HashMap<ActivityKey, ActivityFacts> = HashMap::with_capacity(keys.len());
    for ActivityRow(key, facts, session) in found {
        activities.entry(key).or_insert(facts).sessions.extend(session);
    }
    Ok(activities)
}

struct WindowRow(Uuid, FoldEvent, Option<Uuid>);

from_row!(WindowRow, row => WindowRow(
    row.try_get("window_id")?,
    FoldEvent {
        scan_id: ScanId::from(row.try_get::<Uuid, _>("scan_id")?),
        effective_at: row.try_get::<At, _>("effective_at")?.0,
        device: row.try_get("device_id")?,
        seq: row.try_get("seq")?,
        offline: row.try_get("offline")?,
        accepted: !row.try_get::<bool, _>("held")?,
        annulled: row.try_get("annulled")?,
    },
    row.try_get("counted_scan")?,
));

const WINDOWS: Statement = Statement {
    columns: &[("asked", Kind::Uuid)],
    body: "
        SELECT
            e.window_id, e.scan_id, e.effective_at, e.device_id, e.seq, e.offline,
            n.scan_id IS NOT NULL AS annulled,
            q.scan_id IS NOT NULL AS held,
            p.scan_id AS counted_scan
        FROM input
        CROSS JOIN event AS e
        LEFT JOIN participation AS p ON p.window_id = e.window_id
        LEFT JOIN annulment AS n ON n.target_scan_id = e.scan_id
        LEFT JOIN quarantine AS q ON q.scan_id = e.scan_id AND q.released_at IS NULL
        WHERE e.window_id = input.asked",
};

/// What is recorded of one counting window.
#[derive(Clone, Debug, Default)]
pub(crate) struct WindowState {
    pub(crate) events: Vec<FoldEvent>,
    /// The scan that the window's participation rests on.
    pub(crate) counted: Option<ScanId>,
}

/// The recorded events of these windows.
pub(crate) async fn windows(
    tx: &mut Tx,
    ids: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, WindowState>, sqlx::Error> {
    let engine = tx.engine();
    let mut asked = Set::new(engine);
    for id in ids {
        asked.row().uuid(id);
    }
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    let asked = asked.finish();
    let found: Vec<WindowRow> = within!(*tx, c => sqlx::query_as(WINDOWS.sql(engine)).bind(asked).fetch_all(c).await)?;
    let mut windows: HashMap<Uuid, WindowState> = HashMap::new();
    for WindowRow(id, event, counted) in found {
        let window = windows.entry(id).or_default();
        window.events.push(event);
        window.counted = counted.map(ScanId::from);
    }
    Ok(windows)
}

/// A holder's first participation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct First {
    pub(crate) effective_at: Timestamp,
    pub(crate) scan_id: ScanId,
    pub(crate) window: Uuid,
}

struct FirstRow(HolderId, First);

from_row!(FirstRow, row => FirstRow(
    HolderId::from(row.try_get::<Uuid, _>("holder_id")?),
    First {
        effective_at: row.try_get::<At, _>("effective_at")?.0,
        scan_id: ScanId::from(row.try_get::<Uuid, _>("scan_id")?),
        window: row.try_get("window_id")?,
    },
));

/// The earliest one is the first, by the index on a holder's participations: also of somebody who comes every week.
const FIRSTS: Statement = Statement {
    columns: &[("asked", Kind::Uuid)],
    body: "
        SELECT p.holder_id, p.effective_at, p.scan_id, p.window_id
        FROM input
        CROSS JOIN participation AS p
        WHERE p.window_id = (
            SELECT f.window_id
            FROM participation AS f
            WHERE f.holder_id = input.asked
            ORDER BY f.effective_at, f.scan_id
            LIMIT 1
        )",
};

/// The first participations of these holders, as far as they have any.
pub(crate) async fn firsts(
    tx: &mut Tx,
    holders: impl Iterator<Item = HolderId>,
) -> Result<HashMap<HolderId, First>, sqlx::Error> {
    let engine = tx.engine();
    let mut asked = Set::new(engine);
    for holder in holders {
        asked.row().uuid(holder.uuid());
    }
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    let asked = asked.finish();
    let found: Vec<FirstRow> = within!(*tx, c => sqlx::query_as(FIRSTS.sql(engine)).bind(asked).fetch_all(c).await)?;
    Ok(found
        .into_iter()
        .map(|FirstRow(holder, first)| (holder, first))
        .collect())
}
