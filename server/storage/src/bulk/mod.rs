//! Loading much at once, for demo data and benchmarks: one transaction, thousands of rows a statement.
//!
//! What comes in is trusted to be a possible past (visits inside their sessions, passes issued before); what follows
//! from it (windows, duplicates, participations, first visits) is worked out as for real scans.

mod statements;

use std::collections::{HashMap, HashSet};

use domain::{
    ActivityId, Cents, CountingRule, Decision, Flag, Flags, HolderId, Nis, OrganiserId, PartnerId, PassId, Reason,
    ScanId, SessionId, Tag, Verdict, Window,
};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::activities::{SCAN_WINDOW_MINUTES, scan_window};
use crate::check_ins::{NewEvent, insert_events, window_id};
use crate::columns::month;
use crate::engine::{Tx, within};
use crate::environment::{Environment, whole_microseconds};
use crate::error::{Error, Result, Tried as _};
use crate::figures::change;
use crate::holders::tag_column;
use crate::passes::{Chunk, PassSigner, sign, take_indexes};
use crate::records::{Holder, NewHolder, NewOrganiser, Organiser, Pass};
use crate::scope::{Actor, Permission, Scope};
use crate::set::{Set, Statement};
use crate::store::Store;
use crate::text::folded;
use statements::{INSERT_ACTIVITIES, INSERT_ORGANISERS, INSERT_PARTICIPATIONS, INSERT_SESSIONS};

/// Rows a statement: enough to forget the cost of a statement, little enough to keep memory small.
const ROWS: usize = 1000;

/// An activity without sessions.
#[derive(Clone, Debug)]
pub struct BulkActivity {
    /// One of [`Bulk::organisers`].
    pub organiser: OrganiserId,
    /// What it is called.
    pub name: String,
    /// What kind.
    pub activity_type: String,
    /// What counts as one visit.
    pub rule: CountingRule,
    /// Price without the pass.
    pub price_cents: Cents,
    /// Price with the pass.
    pub pass_price_cents: Cents,
    /// 1–4.
    pub taalicoon: Option<u8>,
    /// Minutes of one visit.
    pub minutes: Option<u32>,
    /// Where.
    pub place: String,
}

/// A session of an activity.
#[derive(Clone, Copy, Debug)]
pub struct BulkSession {
    /// One of [`Bulk::activities`].
    pub activity: ActivityId,
    /// Start.
    pub starts_at: Timestamp,
    /// End.
    pub ends_at: Timestamp,
}

/// A holder whose pass was issued in the past.
#[derive(Clone, Debug)]
pub struct BulkHolder {
    /// Who.
    pub holder: NewHolder,
    /// When the pass was issued.
    pub issued_at: Timestamp,
}

/// A scan in the past that was accepted.
#[derive(Clone, Copy, Debug)]
pub struct BulkVisit {
    /// One of [`Bulk::holders`].
    pub holder: HolderId,
    /// One of [`Bulk::activities`].
    pub activity: ActivityId,
    /// One of [`Bulk::sessions`].
    pub session: SessionId,
    /// When the pass was scanned.
    pub at: Timestamp,
    /// Whether it was typed in.
    pub manual: bool,
}

struct LoadedActivity {
    organiser: OrganiserId,
    organiser_municipality: Nis,
    activity_type: String,
    rule: CountingRule,
    price_cents: Cents,
    pass_price_cents: Cents,
    minutes: Option<u32>,
    taalicoon: Option<u8>,
}

#[derive(Clone, Copy)]
struct LoadedHolder {
    pass: PassId,
    tag: i64,
    municipality: Nis,
}

/// A load in progress: one transaction. Nothing is kept unless [`Bulk::commit`] is called. On SQLite nothing else can
/// be written meanwhile.
pub struct Bulk {
    tx: Tx,
    env: Environment,
    actor: Actor,
    partners: HashMap<String, PartnerId>,
    organisers: HashMap<OrganiserId, Nis>,
    activities: HashMap<ActivityId, LoadedActivity>,
    holders: HashMap<HolderId, LoadedHolder>,
    windows: HashSet<Uuid>,
    visitors: HashSet<HolderId>,
    last_visit: Timestamp,
}

impl std::fmt::Debug for Bulk {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Bulk")
            .field("holders", &self.holders.len())
            .finish_non_exhaustive()
    }
}

const PARTNERS: &str = "SELECT name, id FROM partner";

/// The engines' planners know the new sizes only after this.
const ANALYZE: &str = "ANALYZE";

const TRIED: &str = "loading in bulk";

impl Store {
    /// Starts a bulk load, for the command line only.
    ///
    /// # Errors
    /// [`Error::Denied`] unless the scope is the command line's or a job's; [`Error::Database`].
    pub async fn bulk(&self, scope: &Scope) -> Result<Bulk> {
        scope.require(Permission::ManageClients)?;
        if !matches!(scope.actor(), Actor::Cli | Actor::Job) {
            return Err(Error::Denied("loading in bulk"));
        }
        let mut tx = self.begin().await?;
        let partners: Vec<(String, Uuid)> =
            within!(tx, c => sqlx::query_as(PARTNERS).fetch_all(c).await).tried(TRIED)?;
        Ok(Bulk {
            tx,
            env: self.env().clone(),
            actor: scope.actor(),
            partners: partners
                .into_iter()
                .map(|(name, id)| (name, PartnerId::from(id)))
                .collect(),
            organisers: HashMap::new(),
            activities: HashMap::new(),
            holders: HashMap::new(),
            windows: HashSet::new(),
            visitors: HashSet::new(),
            last_visit: Timestamp::MIN,
        })
    }
}

impl Bulk {
    /// Adds organisers, in the order given.
    ///
    /// # Errors
    /// [`Error::Database`], also for an unknown municipality.
    pub async fn organisers(&mut self, new: &[NewOrganiser]) -> Result<Vec<Organiser>> {
        let mut added = Vec::with_capacity(new.len());
        for chunk in new.chunks(ROWS) {
            let mut rows = Set::new(self.tx.engine());
            for new in chunk {
                let id = OrganiserId::from(self.env.uuid_v7());
                rows.row()
                    .uuid(id.uuid())
                    .text(&new.name)
                    .text(new.kind.code())
                    .nis(new.municipality);
                rows.text(&folded(&new.name));
                self.organisers.insert(id, new.municipality);
                added.push(Organiser {
                    id,
                    name: new.name.clone(),
                    kind: new.kind,
                    municipality: new.municipality,
                });
            }
            self.run(&INSERT_ORGANISERS, rows).await?;
        }
        Ok(added)
    }

    /// Adds activities of organisers of this load; gives their ids in the order given.
    ///
    /// # Errors
    /// [`Error::Unknown`] for an organiser that is not of this load; [`Error::Database`].
    pub async fn activities(&mut self, new: &[BulkActivity]) -> Result<Vec<ActivityId>> {
        let now = self.env.now();
        let mut added = Vec::with_capacity(new.len());
        for chunk in new.chunks(ROWS) {
            let mut rows = Set::new(self.tx.engine());
            for new in chunk {
                let id = ActivityId::from(self.env.uuid_v7());
                let municipality = *self.organisers.get(&new.organiser).ok_or(Error::Unknown("organiser"))?;
                rows.row()
                    .uuid(id.uuid())
                    .uuid(new.organiser.uuid())
                    .text(&new.name)
                    .text(&new.activity_type);
                rows.text(new.rule.code())
                    .int(new.price_cents.0)
                    .int(new.pass_price_cents.0);
                rows.maybe(new.taalicoon.map(i64::from), Set::int)
                    .maybe(new.minutes.map(i64::from), Set::int);
                rows.text(&new.place).int(i64::from(SCAN_WINDOW_MINUTES));
                rows.text(&folded(&format!("{} {}", new.name, new.place))).time(now);
                self.activities.insert(
                    id,
                    LoadedActivity {
                        organiser: new.organiser,
                        organiser_municipality: municipality,
                        activity_type: new.activity_type.clone(),
                        rule: new.rule,
                        price_cents: new.price_cents,
                        pass_price_cents: new.pass_price_cents,
                        minutes: new.minutes,
                        taalicoon: new.taalicoon,
                    },
                );
                added.push(id);
            }
            self.run(&INSERT_ACTIVITIES, rows).await?;
        }
        Ok(added)
    }

    /// Adds sessions; gives their ids in the order given.
    ///
    /// # Errors
    /// [`Error::Database`], also for an unknown activity.
    pub async fn sessions(&mut self, new: &[BulkSession]) -> Result<Vec<SessionId>> {
        let mut added = Vec::with_capacity(new.len());
        for chunk in new.chunks(ROWS) {
            let mut rows = Set::new(self.tx.engine());
            for new in chunk {
                let id = SessionId::from(self.env.uuid_v7());
                let (opens_at, closes_at) = scan_window(new.starts_at, new.ends_at);
                rows.row()
                    .uuid(id.uuid())
                    .uuid(new.activity.uuid())
                    .time(new.starts_at)
                    .time(new.ends_at);
                rows.time(opens_at).time(closes_at);
                added.push(id);
            }
            self.run(&INSERT_SESSIONS, rows).await?;
        }
        Ok(added)
    }

    /// Registers holders and issues a pass to each as of the given moments, in the order given.
    ///
    /// # Errors
    /// [`Error::Unknown`] for an unknown partner; [`Error::Sign`]; [`Error::Database`].
    pub async fn holders(
        &mut self,
        new: Vec<BulkHolder>,
        signer: &dyn PassSigner,
        issuer: &str,
    ) -> Result<Vec<(Holder, Pass)>> {
        let first = take_indexes(&mut self.tx, new.len()).await?;
        let mut added = Vec::with_capacity(new.len());
        let mut rows = Chunk::new(&self.tx);
        for (new, index) in new.into_iter().zip(first..) {
            let issued_at = whole_microseconds(new.issued_at);
            let partner = match &new.holder.partner {
                None => None,
                Some(name) => Some(*self.partners.get(name).ok_or(Error::Unknown("partner"))?),
            };
            let holder = Holder {
                id: HolderId::from(domain::uuid_v7(issued_at, self.env.bytes())),
                first_name: new.holder.first_name,
                birth_year: new.holder.birth_year,
                municipality: new.holder.municipality,
                reason: new.holder.reason,
                baseline: new.holder.baseline,
                partner: new.holder.partner,
                created_at: issued_at,
            };
            let pass_id = PassId::from(domain::uuid_v7(issued_at, self.env.bytes()));
            let tag = Tag::from_bytes(self.env.bytes());
            let pass = sign(holder.id, pass_id, index, tag, issued_at, signer, issuer)?;
            rows.add_holder(&holder, partner, self.actor.uuid());
            rows.add_pass(&pass);
            self.holders.insert(
                holder.id,
                LoadedHolder {
                    pass: pass.id,
                    tag: tag_column(pass.number),
                    municipality: holder.municipality,
                },
            );
            added.push((holder, pass));
            if rows.holders.len() == ROWS {
                let full = std::mem::replace(&mut rows, Chunk::new(&self.tx));
                full.insert(&mut self.tx).await.tried(TRIED)?;
            }
        }
        rows.insert(&mut self.tx).await.tried(TRIED)?;
        Ok(added)
    }

    /// Adds scans as events, with the participations that follow; gives how many count.
    ///
    /// May be called many times; over all calls the visits must be in order of time, because the first of a window
    /// counts and the first of a holder is a first visit.
    ///
    /// # Errors
    /// [`Error::Invalid`] out of order; [`Error::Unknown`] for a holder or activity that is not of this load.
    pub async fn visits(&mut self, new: &[BulkVisit]) -> Result<u64> {
        let mut count = 0;
        for chunk in new.chunks(ROWS) {
            let mut events = Vec::with_capacity(chunk.len());
            let mut rows = Set::new(self.tx.engine());
            for visit in chunk {
                let at = whole_microseconds(visit.at);
                if at < self.last_visit {
                    return Err(Error::Invalid("visits are loaded in order of time"));
                }
                self.last_visit = at;
                let activity = self.activities.get(&visit.activity).ok_or(Error::Unknown("activity"))?;
                let holder = *self.holders.get(&visit.holder).ok_or(Error::Unknown("holder"))?;
                let day = domain::local_day(at);
                let window = Window {
                    holder: visit.holder,
                    activity: visit.activity,
                    session: visit.session,
                    day,
                };
                let window = window_id(&window, activity.rule);
                let scan_id = ScanId::from(domain::uuid_v7(at, self.env.bytes()));
                if self.windows.insert(window) {
                    count += 1;
                    rows.row().uuid(window).uuid(scan_id.uuid()).uuid(visit.holder.uuid());
                    rows.uuid(visit.activity.uuid())
                        .uuid(visit.session.uuid())
                        .uuid(activity.organiser.uuid());
                    rows.nis(activity.organiser_municipality)
                        .nis(holder.municipality)
                        .text(&activity.activity_type);
                    rows.day(day).int(month(at)).time(at);
                    rows.int(activity.price_cents.0).int(activity.pass_price_cents.0);
                    rows.maybe(activity.minutes.map(i64::from), Set::int);
                    rows.maybe(activity.taalicoon.map(i64::from), Set::int);
                    rows.bool(visit.manual).bool(self.visitors.insert(visit.holder));
                }
                events.push(self.event(visit, at, scan_id, window, activity.organiser, holder));
            }
            insert_events(&mut self.tx, &events).await.tried(TRIED)?;
            self.run(&INSERT_PARTICIPATIONS, rows).await?;
        }
        Ok(count)
    }

    fn event(
        &self,
        visit: &BulkVisit,
        at: Timestamp,
        scan_id: ScanId,
        window: Uuid,
        organiser: OrganiserId,
        holder: LoadedHolder,
    ) -> NewEvent {
        NewEvent {
            scan_id,
            target: None,
            content_hash: Sha256::digest(scan_id.uuid().as_bytes()).into(),
            actor: self.actor,
            activity: visit.activity.uuid(),
            organiser: Some(organiser),
            pass: Some(holder.pass),
            tag: Some(holder.tag),
            holder: Some(visit.holder),
            decision: Decision {
                verdict: Verdict::Counted,
                reason: Reason::Ok,
                session: Some(visit.session),
                day: domain::local_day(at),
            },
            window: Some(window),
            occurred_at: at,
            clock_offset_ms: 0,
            received_at: at,
            effective_at: at,
            manual: visit.manual,
            offline: false,
            supervises: false,
            note: None,
            device: None,
            flags: visit.manual.then_some(Flag::Manual).into_iter().collect::<Flags>(),
        }
    }

    /// Keeps everything, durably, and tells the engine's planner how much there is now.
    ///
    /// # Errors
    /// [`Error::Database`]; nothing is kept then.
    pub async fn commit(mut self) -> Result<()> {
        within!(self.tx, c => sqlx::query(ANALYZE).execute(c).await.map(drop)).tried("counting what was loaded")?;
        change::of_everything(&mut self.tx).await.tried(TRIED)?;
        self.tx.commit().await.tried(TRIED)
    }

    async fn run(&mut self, statement: &Statement, rows: Set) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let engine = self.tx.engine();
        let rows = rows.finish();
        within!(self.tx, c => sqlx::query(statement.sql(engine)).bind(rows).execute(c).await.map(drop)).tried(TRIED)
    }
}
