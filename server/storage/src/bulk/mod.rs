//! Loading much at once, for demo data and benchmarks: one transaction, thousands of rows a statement.
//!
//! What comes in is trusted to be a possible past (visits inside their sessions, passes issued before); what follows
//! from it (windows, duplicates, participations, first visits) is worked out as for real scans.

mod fast;
mod indexes;
mod people;
mod statements;

use std::collections::{HashMap, HashSet};

use domain::{
    ActivityId, Cents, CountingRule, HolderId, Nis, OrganiserId, PartnerId, PassId, ScanId, SessionId, Tag, Window,
};
use futures::future::join;
use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::activities::{SCAN_WINDOW_MINUTES, scan_window};
use crate::check_ins::window_id;
use crate::engine::{Engine, Tx, read, within};
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
use fast::{Batch, Scan, Statements};
use indexes::Indexes;
pub use people::{BulkHistory, BulkMember};
use statements::{INSERT_ACTIVITIES, INSERT_ORGANISERS, INSERT_SESSIONS};

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
    statements: Statements,
    indexes: Indexes,
    state: State,
}

/// What is known of a load so far, apart from the database: the next rows are made while the database takes the last.
struct State {
    env: Environment,
    actor: Actor,
    partners: HashMap<String, PartnerId>,
    organisers: HashMap<OrganiserId, Nis>,
    activities: HashMap<ActivityId, LoadedActivity>,
    holders: HashMap<HolderId, LoadedHolder>,
    /// Windows of the day of the last visit, and of the day before it: visits come in order of time, and no window is
    /// longer than a night.
    windows: [HashSet<Uuid>; 2],
    visitors: HashSet<HolderId>,
    last_visit: Timestamp,
    last_day: Date,
}

impl std::fmt::Debug for Bulk {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Bulk")
            .field("holders", &self.state.holders.len())
            .finish_non_exhaustive()
    }
}

const PARTNERS: &str = "SELECT name, id FROM partner";

/// The engines' planners know the new sizes only after this.
const ANALYZE: &str = "ANALYZE";

const TRIED: &str = "loading in bulk";

/// Nobody has issued a pass and there is no organiser.
const BLANK: &str = "
    SELECT CASE WHEN EXISTS (SELECT 1 FROM organiser) OR EXISTS (SELECT 1 FROM pass) THEN 0 ELSE 1 END";

impl Store {
    /// Whether nobody has used this database yet: no organisers, no passes.
    ///
    /// # Errors
    /// [`Error::Denied`] unless the scope may manage; [`Error::Database`].
    pub async fn is_blank(&self, scope: &Scope) -> Result<bool> {
        scope.require(Permission::ManageClients)?;
        let blank: i32 = read!(self.db(), pool => sqlx::query_scalar(BLANK).fetch_one(pool).await)
            .tried("looking whether the database is new")?;
        Ok(blank == 1)
    }

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
        let partners = partners.into_iter().map(|(name, id)| (name, PartnerId::from(id)));
        Ok(Bulk {
            tx,
            statements: Statements::new(scope.actor()),
            indexes: Indexes::default(),
            state: State {
                env: self.env().clone(),
                actor: scope.actor(),
                partners: partners.collect(),
                organisers: HashMap::new(),
                activities: HashMap::new(),
                holders: HashMap::new(),
                windows: [HashSet::new(), HashSet::new()],
                visitors: HashSet::new(),
                last_visit: Timestamp::MIN,
                last_day: Date::MIN,
            },
        })
    }
}

impl Bulk {
    /// From here on the same seed gives the same ids and pass numbers on the same day. For demo data only: whoever knows
    /// the seed can guess them.
    pub fn seed(&mut self, seed: u64) {
        let midnight = domain::start_of_day(self.state.env.today());
        self.state.env = Environment::fixed(midnight, seed);
    }

    /// Says that hundreds of thousands of visits follow: their indexes are made at the end, over all of them at once.
    /// Changes nothing when there are visits already.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn index_at_end(&mut self) -> Result<()> {
        self.indexes = Indexes::take(&mut self.tx).await.tried(TRIED)?;
        Ok(())
    }

    /// Adds organisers, in the order given.
    ///
    /// # Errors
    /// [`Error::Database`], also for an unknown municipality.
    pub async fn organisers(&mut self, new: &[NewOrganiser]) -> Result<Vec<Organiser>> {
        let mut added = Vec::with_capacity(new.len());
        for chunk in new.chunks(ROWS) {
            let mut rows = Set::new(self.tx.engine());
            for new in chunk {
                let id = OrganiserId::from(self.state.env.uuid_v7());
                rows.row()
                    .uuid(id.uuid())
                    .text(&new.name)
                    .text(new.kind.code())
                    .nis(new.municipality);
                rows.text(&folded(&new.name));
                self.state.organisers.insert(id, new.municipality);
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
        let now = self.state.env.now();
        let mut added = Vec::with_capacity(new.len());
        for chunk in new.chunks(ROWS) {
            let mut rows = Set::new(self.tx.engine());
            for new in chunk {
                let id = ActivityId::from(self.state.env.uuid_v7());
                let municipality = *self
                    .state
                    .organisers
                    .get(&new.organiser)
                    .ok_or(Error::Unknown("organiser"))?;
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
                self.state.activities.insert(
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
                let id = SessionId::from(self.state.env.uuid_v7());
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
                Some(name) => Some(*self.state.partners.get(name).ok_or(Error::Unknown("partner"))?),
            };
            let holder = Holder {
                id: HolderId::from(domain::uuid_v7(issued_at, self.state.env.bytes())),
                first_name: new.holder.first_name,
                birth_year: new.holder.birth_year,
                municipality: new.holder.municipality,
                reason: new.holder.reason,
                baseline: new.holder.baseline,
                partner: new.holder.partner,
                created_at: issued_at,
            };
            let pass_id = PassId::from(domain::uuid_v7(issued_at, self.state.env.bytes()));
            let tag = Tag::from_bytes(self.state.env.bytes());
            let pass = sign(holder.id, pass_id, index, tag, issued_at, signer, issuer)?;
            rows.add_holder(&holder, partner, self.state.actor.uuid());
            rows.add_pass(&pass);
            self.state.holders.insert(
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
    /// counts and the first of a holder is a first visit. Tens of thousands a call are best: while the database takes some,
    /// the next are made.
    ///
    /// # Errors
    /// [`Error::Invalid`] out of order; [`Error::Unknown`] for a holder or activity that is not of this load.
    pub async fn visits(&mut self, new: &[BulkVisit]) -> Result<u64> {
        let engine = self.tx.engine();
        let (mut count, mut ready) = (0, None);
        for chunk in new.chunks(fast::rows(engine)) {
            let Self {
                tx, statements, state, ..
            } = self;
            let write = async {
                match ready.take() {
                    Some(batch) => fast::insert(tx, statements, batch).await,
                    None => Ok(()),
                }
            };
            let (written, next) = join(write, async { state.batch(engine, chunk) }).await;
            written.tried(TRIED)?;
            let (counted, batch) = next?;
            count += counted;
            ready = Some(batch);
        }
        if let Some(batch) = ready {
            fast::insert(&mut self.tx, &self.statements, batch).await.tried(TRIED)?;
        }
        Ok(count)
    }

    /// Keeps everything, durably, and tells the engine's planner how much there is now.
    ///
    /// # Errors
    /// [`Error::Database`]; nothing is kept then.
    pub async fn commit(mut self) -> Result<()> {
        self.indexes
            .put_back(&mut self.tx)
            .await
            .tried("indexing what was loaded")?;
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

impl State {
    /// The rows of visits, and how many of them count.
    fn batch(&mut self, engine: Engine, new: &[BulkVisit]) -> Result<(u64, Batch)> {
        let mut scans = Vec::with_capacity(new.len());
        let mut count = 0;
        for visit in new {
            let at = whole_microseconds(visit.at);
            if at < self.last_visit {
                return Err(Error::Invalid("visits are loaded in order of time"));
            }
            self.last_visit = at;
            let activity = self.activities.get(&visit.activity).ok_or(Error::Unknown("activity"))?;
            let holder = *self.holders.get(&visit.holder).ok_or(Error::Unknown("holder"))?;
            let day = domain::local_day(at);
            if day > self.last_day {
                self.last_day = day;
                self.windows.swap(0, 1);
                self.windows[0].clear();
            }
            let window = Window {
                holder: visit.holder,
                activity: visit.activity,
                session: visit.session,
                day,
            };
            let window = window_id(&window, activity.rule);
            let scan_id = ScanId::from(domain::uuid_v7(at, self.env.bytes()));
            let new_window = !self.windows[1].contains(&window) && self.windows[0].insert(window);
            count += u64::from(new_window);
            scans.push(Scan {
                scan_id,
                content_hash: Sha256::digest(scan_id.uuid().as_bytes()).into(),
                activity_id: visit.activity.uuid(),
                activity,
                holder: visit.holder,
                holder_municipality: holder.municipality,
                pass: holder.pass,
                tag: holder.tag,
                session: visit.session,
                day,
                window,
                at,
                manual: visit.manual,
                counted: new_window.then(|| self.visitors.insert(visit.holder)),
            });
        }
        let batch = Batch::new(engine, self.actor, scans.into_iter()).tried(TRIED)?;
        Ok((count, batch))
    }
}
