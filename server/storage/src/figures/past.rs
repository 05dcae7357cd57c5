//! The facts as they were known at a moment: from what had been received by then.
//!
//! Every counting window is folded again from the events that were here, with the annulments that stood and the scans that
//! were released. Slow, and seldom asked: the last two answers are kept.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use domain::{
    AccountId, ActivityId, CountingRule, FoldEvent, HolderId, OrganiserId, PartnerId, PartnershipId, ScanId, fold,
    local_day,
};
use facts::{ChequeKind, Facts, input};
use futures::TryStreamExt as _;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::check_ins::standing_annulments;
use crate::columns::{At, Day, checked, nis, parsed};
use crate::engine::{Db, from_row, read};
use crate::figures::current::{Held, Memory};
use crate::figures::load::{self, amount};

/// The pasts that are kept.
const KEPT: usize = 2;

/// Pasts that were asked for, the newest last.
#[derive(Debug, Default)]
pub(super) struct Past(Vec<(Timestamp, u64, Arc<Held>)>);

/// The facts as of a moment. `epoch`: when anything but scans changed last.
pub(super) async fn held(
    memory: &Memory,
    db: &Db,
    as_of: Timestamp,
    epoch: u64,
    thresholds: HashMap<PartnershipId, (u64, u64)>,
) -> Result<Arc<Held>, sqlx::Error> {
    // Locked while it is worked out: two at once would need twice the memory.
    let mut past = memory.past.lock().await;
    let found = past.0.iter().find(|(then, state, _)| (*then, *state) == (as_of, epoch));
    if let Some((_, _, held)) = found {
        return Ok(Arc::clone(held));
    }
    past.0.retain(|(then, _, _)| *then != as_of);
    while past.0.len() >= KEPT {
        past.0.remove(0);
    }
    let mut facts = Facts::new();
    let mut tables = load::tables(db).await?;
    let today = local_day(as_of);
    tables.members.retain(|member| member.from <= today);
    facts.set_tables(&tables);
    holders(db, &mut facts, as_of).await?;
    visits(db, &mut facts, as_of).await?;
    let held = Arc::new(Held {
        facts,
        thresholds,
        version: epoch,
        epoch,
    });
    past.0.push((as_of, epoch, Arc::clone(&held)));
    Ok(held)
}

const HOLDERS: &str = "
    SELECT
        h.id, h.birth_year, h.newcomer_reason, h.baseline, h.municipality, h.partner_id, h.issued_by,
        (SELECT MIN(m.since) FROM membership AS m WHERE m.holder_id = h.id AND m.recorded_at <= $1) AS member_on
    FROM holder AS h
    WHERE h.created_at <= $1";

const PASSES: &str = "
    SELECT p.holder_id, p.issued_on, p.valid_from, p.valid_until, p.ended_on, p.activated_on
    FROM pass AS p
    WHERE p.issued_at <= $1
    ORDER BY p.holder_id, p.id";

const CHEQUES: &str = "
    SELECT c.holder_id, c.kind, c.municipality, c.organiser_id, c.local_day, c.pieces, c.cents, c.first_visit
    FROM cheque_fact AS c
    WHERE c.recorded_at <= $1
    ORDER BY c.holder_id, c.id";

/// What a scan was worth is kept with the participation that it once made; where it makes none any more, the activity says.
const EVENTS: &str = "
    SELECT
        e.holder_id, e.window_id, e.scan_id, e.effective_at, e.device_id, e.seq, e.offline, e.manual, e.local_day,
        q.scan_id IS NOT NULL AND (q.released_at IS NULL OR q.released_at > $1) AS held,
        a.counting_rule, e.activity_id,
        COALESCE(p.holder_municipality, h.municipality) AS holder_municipality,
        COALESCE(p.organiser_municipality, o.municipality) AS organiser_municipality,
        COALESCE(p.activity_type, a.activity_type) AS activity_type,
        COALESCE(p.price_cents, a.price_cents) AS price_cents,
        COALESCE(p.pass_price_cents, a.pass_price_cents) AS pass_price_cents,
        CASE WHEN p.window_id IS NULL THEN a.minutes ELSE p.minutes END AS minutes,
        CASE WHEN p.window_id IS NULL THEN a.taalicoon ELSE p.taalicoon END AS taalicoon
    FROM event AS e
    JOIN activity AS a ON a.id = e.activity_id
    JOIN organiser AS o ON o.id = a.organiser_id
    JOIN holder AS h ON h.id = e.holder_id
    LEFT JOIN participation AS p ON p.window_id = e.window_id
    LEFT JOIN quarantine AS q ON q.scan_id = e.scan_id
    WHERE e.window_id IS NOT NULL
      AND e.received_at <= $1
    ORDER BY e.holder_id, e.window_id";

struct HolderRow(input::Holder);

from_row!(HolderRow, row => HolderRow(input::Holder {
    id: HolderId::from(row.try_get::<Uuid, _>(0)?),
    birth_year: checked(row.try_get::<i64, _>(1)?)?,
    reason: parsed(row.try_get(2)?)?,
    baseline: parsed(row.try_get(3)?)?,
    municipality: nis(row.try_get(4)?)?,
    partner: row.try_get::<Option<Uuid>, _>(5)?.map(PartnerId::from),
    counter: row.try_get::<Option<Uuid>, _>(6)?.map(AccountId::from),
    member_on: row.try_get::<Option<Day>, _>(7)?.map(|day| day.0),
}));

struct PassRow(HolderId, [Date; 3], [Option<Date>; 2]);

from_row!(PassRow, row => PassRow(
    HolderId::from(row.try_get::<Uuid, _>(0)?),
    [row.try_get::<Day, _>(1)?.0, row.try_get::<Day, _>(2)?.0, row.try_get::<Day, _>(3)?.0],
    [row.try_get::<Option<Day>, _>(4)?.map(|day| day.0), row.try_get::<Option<Day>, _>(5)?.map(|day| day.0)],
));

struct ChequeRow {
    holder: HolderId,
    kind: String,
    municipality: i64,
    organiser: Option<Uuid>,
    day: Date,
    pieces: i64,
    cents: i64,
    first_visit: bool,
}

from_row!(ChequeRow, row => ChequeRow {
    holder: HolderId::from(row.try_get::<Uuid, _>(0)?),
    kind: row.try_get(1)?,
    municipality: row.try_get(2)?,
    organiser: row.try_get(3)?,
    day: row.try_get::<Day, _>(4)?.0,
    pieces: row.try_get(5)?,
    cents: row.try_get(6)?,
    first_visit: row.try_get(7)?,
});

async fn holders(db: &Db, facts: &mut Facts, as_of: Timestamp) -> Result<(), sqlx::Error> {
    let (now, today) = (At(as_of), local_day(as_of));
    let found: Vec<HolderRow> = read!(*db, pool => sqlx::query_as(HOLDERS).bind(now).fetch_all(pool).await)?;
    for HolderRow(holder) in &found {
        facts.set_holder(holder);
    }
    // What happened later was not known.
    let known = |day: Option<Date>| day.filter(|day| *day <= today);
    let mut passes: HashMap<HolderId, Vec<input::Pass>> = HashMap::new();
    let found: Vec<PassRow> = read!(*db, pool => sqlx::query_as(PASSES).bind(now).fetch_all(pool).await)?;
    for PassRow(holder, [issued_on, valid_from, valid_until], [ended_on, activated_on]) in found {
        passes.entry(holder).or_default().push(input::Pass {
            issued_on,
            valid_from,
            valid_until,
            ended_on: known(ended_on),
            activated_on: known(activated_on),
        });
    }
    for (holder, passes) in &passes {
        facts.set_passes(*holder, passes);
    }
    let mut cheques: HashMap<HolderId, Vec<input::Cheque>> = HashMap::new();
    let found: Vec<ChequeRow> = read!(*db, pool => sqlx::query_as(CHEQUES).bind(now).fetch_all(pool).await)?;
    for row in found {
        let Some(kind) = ChequeKind::of_code(&row.kind) else {
            return Err(sqlx::Error::Decode(format!("{:?} is no cheque fact", row.kind).into()));
        };
        cheques.entry(row.holder).or_default().push(input::Cheque {
            kind,
            municipality: facts.municipality(nis(row.municipality)?),
            organiser: row
                .organiser
                .map(|organiser| facts.organiser(OrganiserId::from(organiser))),
            day: row.day,
            pieces: amount(row.pieces),
            cents: amount(row.cents),
            first_visit: row.first_visit,
        });
    }
    for (holder, cheques) in &cheques {
        facts.set_cheques(*holder, cheques);
    }
    Ok(())
}

/// One recorded scan and what it is worth if it counts.
struct Event {
    holder: HolderId,
    window: Uuid,
    rule: CountingRule,
    fold: FoldEvent,
    visit: input::Visit,
}

/// The scans of a holder, until the next comes.
#[derive(Default)]
struct Scans {
    events: Vec<Event>,
}

impl Scans {
    /// What counts of them, in order of time.
    fn visits(&mut self) -> Vec<input::Visit> {
        let mut counted: Vec<(Timestamp, ScanId, input::Visit)> = Vec::new();
        for window in self.events.chunk_by(|one, other| one.window == other.window) {
            let Some(first) = window.first() else { continue };
            let mut folded: Vec<FoldEvent> = window.iter().map(|event| event.fold).collect();
            let verdicts = fold(first.rule, &mut folded);
            let winner = verdicts.iter().find(|(_, verdict, _)| verdict.is_counted());
            let winner = winner.and_then(|(id, _, _)| window.iter().find(|event| event.fold.scan_id == *id));
            if let Some(winner) = winner {
                counted.push((winner.fold.effective_at, winner.fold.scan_id, winner.visit));
            }
        }
        self.events.clear();
        counted.sort_by_key(|(at, scan, _)| (*at, *scan));
        counted.into_iter().map(|(_, _, visit)| visit).collect()
    }

    /// Hands what counts over to the facts.
    fn flush(&mut self, facts: &mut Facts) {
        if let Some(holder) = self.events.first().map(|event| event.holder) {
            let visits = self.visits();
            facts.set_visits(holder, &visits);
        }
    }
}

async fn visits(db: &Db, facts: &mut Facts, as_of: Timestamp) -> Result<(), sqlx::Error> {
    use sqlx::Row as _;
    let annulled: HashSet<ScanId> = standing_annulments(db, as_of).await?;
    let mut scans = Scans::default();
    read!(*db, pool => {
        let mut rows = sqlx::query(EVENTS).bind(At(as_of)).fetch(pool);
        while let Some(row) = rows.try_next().await? {
            let holder = HolderId::from(row.try_get::<Uuid, _>(0)?);
            let scan_id = ScanId::from(row.try_get::<Uuid, _>(2)?);
            if scans.events.last().is_some_and(|last| last.holder != holder) {
                scans.flush(facts);
            }
            scans.events.push(Event {
                holder,
                window: row.try_get(1)?,
                rule: parsed(row.try_get(10)?)?,
                fold: FoldEvent {
                    scan_id,
                    effective_at: row.try_get::<At, _>(3)?.0,
                    device: row.try_get(4)?,
                    seq: row.try_get(5)?,
                    offline: row.try_get(6)?,
                    accepted: !row.try_get::<bool, _>(9)?,
                    annulled: annulled.contains(&scan_id),
                },
                visit: input::Visit {
                    activity: facts.activity(ActivityId::from(row.try_get::<Uuid, _>(11)?)),
                    municipality: facts.municipality(nis(row.try_get(12)?)?),
                    organiser_municipality: facts.municipality(nis(row.try_get(13)?)?),
                    activity_type: facts.activity_type(row.try_get(14)?),
                    day: row.try_get::<Day, _>(8)?.0,
                    price_cents: amount(row.try_get(15)?),
                    pass_price_cents: amount(row.try_get(16)?),
                    minutes: amount(row.try_get::<Option<i64>, _>(17)?.unwrap_or(0)),
                    taalicoon: u8::try_from(row.try_get::<Option<i64>, _>(18)?.unwrap_or(0)).unwrap_or(0),
                    manual: row.try_get(7)?,
                },
            });
        }
    });
    scans.flush(facts);
    Ok(())
}
