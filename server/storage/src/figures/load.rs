//! Facts from the database: all of them, the small tables, or those of some holders.

use domain::{AccountId, ActionId, ActivityId, HolderId, OrganiserId, PartnerId, PartnershipId};
use facts::{ChequeKind, Facts, input};
use futures::TryStreamExt as _;
use jiff::civil::Date;
use uuid::Uuid;

use crate::columns::{At, Day, nis, parsed};
use crate::engine::{Db, from_row, read};
use crate::set::{Kind, Set, Statement};

/// Holders a statement.
const HOLDERS: usize = 500;

const ORGANISERS: &str = "SELECT id, kind, municipality FROM organiser";
const ACTIVITIES: &str = "SELECT id, organiser_id, action_id FROM activity ORDER BY id";
const ACTIVITY_PARTNERS: &str = "SELECT activity_id, partner_id FROM activity_partner";
const ACTIONS: &str = "SELECT id, funding_line FROM action";
const ACTION_PARTNERS: &str = "SELECT action_id, partner_id FROM action_partner";
const MEMBERS: &str = "SELECT partnership_id, municipality, member_from, member_until FROM partnership_member";
const SESSIONS: &str = "
    SELECT a.organiser_id, s.starts_at
    FROM activity_session AS s
    JOIN activity AS a ON a.id = s.activity_id";

struct OrganiserRow(input::Organiser);

from_row!(OrganiserRow, row => OrganiserRow(input::Organiser {
    id: OrganiserId::from(row.try_get::<Uuid, _>(0)?),
    kind: parsed(row.try_get(1)?)?,
    municipality: nis(row.try_get(2)?)?,
}));

struct MemberRow(input::Member);

from_row!(MemberRow, row => MemberRow(input::Member {
    partnership: PartnershipId::from(row.try_get::<Uuid, _>(0)?),
    municipality: nis(row.try_get(1)?)?,
    from: row.try_get::<Day, _>(2)?.0,
    until: row.try_get::<Option<Day>, _>(3)?.map(|day| day.0),
}));

struct SessionRow(input::Session);

from_row!(SessionRow, row => SessionRow(input::Session {
    organiser: OrganiserId::from(row.try_get::<Uuid, _>(0)?),
    starts_at: row.try_get::<At, _>(1)?.0,
}));

/// The partners of each, in the order of their ids.
fn partners(mut pairs: Vec<(Uuid, Uuid)>) -> impl Fn(Uuid) -> Vec<PartnerId> {
    pairs.sort_unstable();
    move |id| {
        let from = pairs.partition_point(|(of, _)| *of < id);
        let own = pairs.get(from..).unwrap_or_default().iter();
        own.take_while(|(of, _)| *of == id)
            .map(|(_, partner)| PartnerId::from(*partner))
            .collect()
    }
}

/// The small tables.
pub(super) async fn tables(db: &Db) -> Result<input::Tables, sqlx::Error> {
    let organisers: Vec<OrganiserRow> = read!(*db, pool => sqlx::query_as(ORGANISERS).fetch_all(pool).await)?;
    let activities: Vec<(Uuid, Uuid, Option<Uuid>)> =
        read!(*db, pool => sqlx::query_as(ACTIVITIES).fetch_all(pool).await)?;
    let of_activity: Vec<(Uuid, Uuid)> = read!(*db, pool => sqlx::query_as(ACTIVITY_PARTNERS).fetch_all(pool).await)?;
    let actions: Vec<(Uuid, Option<String>)> = read!(*db, pool => sqlx::query_as(ACTIONS).fetch_all(pool).await)?;
    let of_action: Vec<(Uuid, Uuid)> = read!(*db, pool => sqlx::query_as(ACTION_PARTNERS).fetch_all(pool).await)?;
    let members: Vec<MemberRow> = read!(*db, pool => sqlx::query_as(MEMBERS).fetch_all(pool).await)?;
    let sessions: Vec<SessionRow> = read!(*db, pool => sqlx::query_as(SESSIONS).fetch_all(pool).await)?;
    let (of_activity, of_action) = (partners(of_activity), partners(of_action));
    Ok(input::Tables {
        organisers: organisers.into_iter().map(|row| row.0).collect(),
        activities: activities
            .into_iter()
            .map(|(id, organiser, action)| input::Activity {
                id: ActivityId::from(id),
                organiser: OrganiserId::from(organiser),
                action: action.map(ActionId::from),
                partners: of_activity(id),
            })
            .collect(),
        actions: actions
            .into_iter()
            .map(|(id, funding_line)| input::Action {
                id: ActionId::from(id),
                funding_line,
                partners: of_action(id),
            })
            .collect(),
        members: members.into_iter().map(|row| row.0).collect(),
        sessions: sessions.into_iter().map(|row| row.0).collect(),
    })
}

// The columns stand here once, in the order in which the rows below read them: of all holders and of some.
macro_rules! holder_columns {
    () => {
        "
        SELECT
            h.id, h.birth_year, h.newcomer_reason, h.baseline, h.municipality, h.partner_id, h.issued_by,
            (SELECT MIN(m.since) FROM membership AS m WHERE m.holder_id = h.id) AS member_on"
    };
}
macro_rules! pass_columns {
    () => {
        "
        SELECT p.holder_id, p.issued_on, p.valid_from, p.valid_until, p.ended_on, p.activated_on"
    };
}
macro_rules! cheque_columns {
    () => {
        "
        SELECT
            c.holder_id, c.kind, c.municipality, c.organiser_id, c.local_day, c.pieces, c.cents, c.first_visit"
    };
}
macro_rules! visit_columns {
    () => {
        "
        SELECT
            v.holder_id, v.activity_id, v.holder_municipality, v.organiser_municipality, v.activity_type, v.local_day,
            v.price_cents, v.pass_price_cents, v.minutes, v.taalicoon, v.manual"
    };
}

const ALL_HOLDERS: &str = concat!(holder_columns!(), " FROM holder AS h ORDER BY h.id");
const ALL_PASSES: &str = concat!(pass_columns!(), " FROM pass AS p ORDER BY p.holder_id, p.id");
const ALL_CHEQUES: &str = concat!(cheque_columns!(), " FROM cheque_fact AS c ORDER BY c.holder_id, c.id");
const ALL_VISITS: &str = concat!(
    visit_columns!(),
    " FROM participation AS v ORDER BY v.holder_id, v.effective_at, v.scan_id"
);

const ASKED: &[(&str, Kind)] = &[("asked", Kind::Uuid)];
const SOME_HOLDERS: Statement = Statement {
    columns: ASKED,
    body: concat!(
        holder_columns!(),
        " FROM input CROSS JOIN holder AS h WHERE h.id = input.asked"
    ),
};
const SOME_PASSES: Statement = Statement {
    columns: ASKED,
    body: concat!(
        pass_columns!(),
        " FROM input CROSS JOIN pass AS p WHERE p.holder_id = input.asked ORDER BY p.holder_id, p.id"
    ),
};
const SOME_CHEQUES: Statement = Statement {
    columns: ASKED,
    body: concat!(
        cheque_columns!(),
        " FROM input CROSS JOIN cheque_fact AS c WHERE c.holder_id = input.asked ORDER BY c.holder_id, c.id"
    ),
};
const SOME_VISITS: Statement = Statement {
    columns: ASKED,
    body: concat!(
        visit_columns!(),
        " FROM input CROSS JOIN participation AS v WHERE v.holder_id = input.asked
        ORDER BY v.holder_id, v.effective_at, v.scan_id"
    ),
};

struct HolderRow(input::Holder);

from_row!(HolderRow, row => HolderRow(input::Holder {
    id: HolderId::from(row.try_get::<Uuid, _>(0)?),
    birth_year: crate::columns::checked(row.try_get::<i64, _>(1)?)?,
    reason: parsed(row.try_get(2)?)?,
    baseline: parsed(row.try_get(3)?)?,
    municipality: nis(row.try_get(4)?)?,
    partner: row.try_get::<Option<Uuid>, _>(5)?.map(PartnerId::from),
    counter: row.try_get::<Option<Uuid>, _>(6)?.map(AccountId::from),
    member_on: row.try_get::<Option<Day>, _>(7)?.map(|day| day.0),
}));

struct PassRow(HolderId, input::Pass);

from_row!(PassRow, row => {
    let maybe = |day: Option<Day>| -> Option<Date> { day.map(|day| day.0) };
    PassRow(
        HolderId::from(row.try_get::<Uuid, _>(0)?),
        input::Pass {
            issued_on: row.try_get::<Day, _>(1)?.0,
            valid_from: row.try_get::<Day, _>(2)?.0,
            valid_until: row.try_get::<Day, _>(3)?.0,
            ended_on: maybe(row.try_get(4)?),
            activated_on: maybe(row.try_get(5)?),
        },
    )
});

/// An amount, a number of pieces or of minutes: never negative, and never near four thousand million.
pub(super) fn amount(stored: i64) -> u32 {
    u32::try_from(stored.max(0)).unwrap_or(u32::MAX)
}

/// Runs a query row by row: of everything when `$set` is none, else of the holders in it.
macro_rules! each_row {
    ($db:expr, $all:expr, $some:expr, $set:expr, $row:ident => $body:expr) => {{
        let engine = $db.engine();
        match $set {
            None => read!(*$db, pool => {
                let mut rows = sqlx::query($all).fetch(pool);
                while let Some($row) = rows.try_next().await? {
                    $body
                }
            }),
            Some(set) => read!(*$db, pool => {
                let mut rows = sqlx::query($some.sql(engine)).bind(set).fetch(pool);
                while let Some($row) = rows.try_next().await? {
                    $body
                }
            }),
        }
    }};
}

/// What belongs to one holder, gathered until the next holder comes.
struct Gathered<T> {
    holder: Option<HolderId>,
    items: Vec<T>,
}

impl<T> Gathered<T> {
    const fn new() -> Self {
        Self {
            holder: None,
            items: Vec::new(),
        }
    }

    /// Adds one; what belongs to the holder before goes to `set` first.
    fn add(&mut self, holder: HolderId, item: T, set: impl FnOnce(HolderId, &[T])) {
        if self.holder != Some(holder) {
            self.flush(set);
            self.holder = Some(holder);
        }
        self.items.push(item);
    }

    fn flush(&mut self, set: impl FnOnce(HolderId, &[T])) {
        if let Some(before) = self.holder.take() {
            set(before, &self.items);
        }
        self.items.clear();
    }
}

/// Everything that the database holds, into facts that are empty.
pub(super) async fn everything(db: &Db, facts: &mut Facts) -> Result<(), sqlx::Error> {
    const SIZES: &str = "SELECT (SELECT count(*) FROM holder), (SELECT count(*) FROM participation)";
    let (holders, visits): (i64, i64) = read!(*db, pool => sqlx::query_as(SIZES).fetch_one(pool).await)?;
    let size = |count: i64| usize::try_from(count).unwrap_or(0);
    facts.reserve(size(holders), size(visits));
    facts.set_tables(&tables(db).await?);
    of_holders(db, facts, None).await
}

/// What the database holds of these holders, into the facts.
pub(super) async fn some(db: &Db, facts: &mut Facts, holders: &[HolderId]) -> Result<(), sqlx::Error> {
    for holders in holders.chunks(HOLDERS) {
        let mut set = Set::new(db.engine());
        for holder in holders {
            set.row().uuid(holder.uuid());
            // What is gone (an annulled visit that was the only one) has no row that could say so.
            facts.set_passes(*holder, &[]);
            facts.set_visits(*holder, &[]);
            facts.set_cheques(*holder, &[]);
        }
        of_holders(db, facts, Some(set.finish())).await?;
    }
    Ok(())
}

async fn of_holders(db: &Db, facts: &mut Facts, set: Option<String>) -> Result<(), sqlx::Error> {
    use sqlx::{FromRow as _, Row as _};
    each_row!(db, ALL_HOLDERS, SOME_HOLDERS, set.clone(), row => {
        facts.set_holder(&HolderRow::from_row(&row)?.0);
    });
    let mut passes = Gathered::new();
    each_row!(db, ALL_PASSES, SOME_PASSES, set.clone(), row => {
        let PassRow(holder, pass) = PassRow::from_row(&row)?;
        passes.add(holder, pass, |holder, passes| facts.set_passes(holder, passes));
    });
    passes.flush(|holder, passes| facts.set_passes(holder, passes));

    let mut cheques = Gathered::new();
    each_row!(db, ALL_CHEQUES, SOME_CHEQUES, set.clone(), row => {
        let kind: &str = row.try_get(1)?;
        let cheque = input::Cheque {
            kind: ChequeKind::of_code(kind)
                .ok_or_else(|| sqlx::Error::Decode(format!("{kind:?} is no cheque fact").into()))?,
            municipality: facts.municipality(nis(row.try_get(2)?)?),
            organiser: row
                .try_get::<Option<Uuid>, _>(3)?
                .map(|organiser| facts.organiser(OrganiserId::from(organiser))),
            day: row.try_get::<Day, _>(4)?.0,
            pieces: amount(row.try_get(5)?),
            cents: amount(row.try_get(6)?),
            first_visit: row.try_get(7)?,
        };
        let holder = HolderId::from(row.try_get::<Uuid, _>(0)?);
        cheques.add(holder, cheque, |holder, cheques| facts.set_cheques(holder, cheques));
    });
    cheques.flush(|holder, cheques| facts.set_cheques(holder, cheques));

    let mut visits = Gathered::new();
    each_row!(db, ALL_VISITS, SOME_VISITS, set.clone(), row => {
        let visit = input::Visit {
            activity: facts.activity(ActivityId::from(row.try_get::<Uuid, _>(1)?)),
            municipality: facts.municipality(nis(row.try_get(2)?)?),
            organiser_municipality: facts.municipality(nis(row.try_get(3)?)?),
            activity_type: facts.activity_type(row.try_get(4)?),
            day: row.try_get::<Day, _>(5)?.0,
            price_cents: amount(row.try_get(6)?),
            pass_price_cents: amount(row.try_get(7)?),
            minutes: amount(row.try_get::<Option<i64>, _>(8)?.unwrap_or(0)),
            taalicoon: u8::try_from(row.try_get::<Option<i64>, _>(9)?.unwrap_or(0)).unwrap_or(0),
            manual: row.try_get(10)?,
        };
        let holder = HolderId::from(row.try_get::<Uuid, _>(0)?);
        visits.add(holder, visit, |holder, visits| facts.set_visits(holder, visits));
    });
    visits.flush(|holder, visits| facts.set_visits(holder, visits));
    Ok(())
}
