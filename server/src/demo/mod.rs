//! Demo data: a partnership that works, with people who do not exist. The same seed gives the same story, told
//! relative to today: the last eighteen months (more years for more visits), the next four weeks, and something open
//! right now.

mod aftermath;
mod calendar;
mod denominators;
mod dice;
mod names;
mod organisers;
mod people;
mod programme;
mod programme_work;
mod visits;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use domain::{AccountId, BirthYear, Cents, FirstName, HolderId, Nis, OrganiserId, PassId, SessionId, local_day};
use indicatif::ProgressBar;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use storage::{
    Bulk, BulkActivity, BulkHistory, BulkHolder, BulkSession, BulkVisit, NewAccount, NewHolder, NewOrganiser,
    PassSigner, Role, Scope, Store,
};

use crate::auth::password;
use aftermath::{Aftermath, Fate, Place};
use dice::Dice;
use organisers::{DEMO_CLUB, ENTRIES};
use people::Person;
use programme::Trade;
use visits::{Schedule, Session, Visit};

/// The seed when nobody chooses one.
pub(crate) const SEED: u64 = 1780;
/// Password of every demo account. Demo data says that it is demo data, so this is no secret.
pub(crate) const PASSWORD: &str = "randpas-demo";

const WEEKS_AHEAD: i32 = 4;
/// People handed to the storage at a time; the bar moves once for each.
const STEP: usize = 500;
/// The same for visits.
const VISITS_STEP: usize = 40_000;
/// From here on indexes are made after the visits.
const MANY_VISITS: usize = 100_000;
/// Cheques handed to the storage at a time.
const CHEQUES_STEP: usize = 10_000;

/// How much demo data, and which.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// Visits that count until yesterday: exactly so many, when the holders can make them. Those of today come on top.
    pub(crate) participations: usize,
    /// People with a pass.
    pub(crate) holders: usize,
    /// The same seed gives the same data on the same day.
    pub(crate) seed: u64,
}

impl Default for Size {
    fn default() -> Self {
        Self {
            participations: 25_000,
            holders: 2_000,
            seed: SEED,
        }
    }
}

impl Size {
    /// How long the story is: a hall holds only so many people an evening. Not more than since 2020, when passes can begin.
    fn months_back(self) -> i32 {
        match self.participations {
            0..=100_000 => 18,
            100_001..=500_000 => 36,
            500_001..=3_000_000 => 60,
            _ => 72,
        }
    }
}

/// A demo account.
pub(crate) struct LogIn {
    /// Address to log in with.
    pub(crate) email: &'static str,
    /// Name on screen.
    name: &'static str,
    /// What it may do.
    pub(crate) role: Role,
    /// NIS code, for a counter.
    municipality: Option<u32>,
    /// Whether it is of the demo club.
    club: bool,
}

/// The demo accounts.
pub(crate) const LOG_INS: [LogIn; 4] = [
    LogIn {
        email: "balie@demo.randpas.example",
        name: "Balie Wemmel",
        role: Role::Counter,
        municipality: Some(23102),
        club: false,
    },
    LogIn {
        email: "club@demo.randpas.example",
        name: "De Wakkere Wemmelaar",
        role: Role::Organiser,
        municipality: None,
        club: true,
    },
    LogIn {
        email: "coordinator@demo.randpas.example",
        name: "Coördinator",
        role: Role::Coordinator,
        municipality: None,
        club: false,
    },
    LogIn {
        email: "audit@demo.randpas.example",
        name: "Auditor",
        role: Role::Auditor,
        municipality: None,
        club: false,
    },
];

/// Counters of other municipalities, with the same password: they issued most of the passes there.
const COUNTERS: [(&str, &str, u32); 6] = [
    ("balie.rode@demo.randpas.example", "Balie Sint-Genesius-Rode", 23101),
    ("balie.wezembeek@demo.randpas.example", "Balie Wezembeek-Oppem", 23103),
    ("balie.vilvoorde@demo.randpas.example", "Balie Vilvoorde", 23088),
    ("balie.dilbeek@demo.randpas.example", "Balie Dilbeek", 23016),
    ("balie.zaventem@demo.randpas.example", "Balie Zaventem", 23094),
    ("balie.asse@demo.randpas.example", "Balie Asse", 23002),
];

/// How much was made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Summary {
    /// Organisers.
    pub(crate) organisers: usize,
    /// Activities.
    pub(crate) activities: usize,
    /// Holders, each with a signed pass.
    pub(crate) holders: usize,
    /// Visits that count.
    pub(crate) visits: u64,
}

/// Why the demo data could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DemoError {
    /// The database refused.
    #[error(transparent)]
    Storage(#[from] storage::Error),
    /// A password could not be hashed.
    #[error(transparent)]
    Password(#[from] password::HashError),
    /// A value of the story is not one that the rules allow.
    #[error("the demo has an impossible {0}")]
    Impossible(&'static str),
}

/// How a bar is made: its length and what it counts.
type Bars<'a> = &'a dyn Fn(u64, &'static str) -> ProgressBar;

/// Whether nobody has used this database yet.
pub(crate) async fn is_empty(store: &Store) -> Result<bool, storage::Error> {
    store.is_blank(&Scope::cli()).await
}

/// Fills an empty database. People, programme, visits and accounts: all of it or nothing; then cheques and denominators.
pub(crate) async fn fill(
    store: &Store,
    signer: &dyn PassSigner,
    issuer: &str,
    size: Size,
    bars: Bars<'_>,
) -> Result<Summary, DemoError> {
    let (now, today) = (store.env().now(), store.env().today());
    let first = today
        .checked_sub(size.months_back().months())
        .map_err(|_| DemoError::Impossible("first day"))?;
    let last = today
        .checked_add(WEEKS_AHEAD.weeks())
        .map_err(|_| DemoError::Impossible("last day"))?;
    let mut dice = Dice::new(size.seed);
    let hash = {
        let salt = store.env().bytes();
        password::hash(PASSWORD, salt)?
    };

    let mut bulk = store.bulk(&Scope::cli()).await?;
    bulk.seed(size.seed);
    let organisers = add_organisers(&mut bulk).await?;
    let counters = add_accounts(&mut bulk, &organisers, &hash).await?;
    let programme = Programme::draw(&mut dice, first, last, &organisers);
    let sessions = programme.add(&mut bulk, bars).await?;
    let people = people::draw(&mut dice, size.holders, first, now, today);
    let passes = add_people(&mut bulk, &people, today, signer, issuer, bars).await?;
    let holders: Vec<HolderId> = passes.iter().map(|(holder, _)| *holder).collect();
    let visits = visits::draw(&mut dice, &people, &programme.schedules, now, size.participations);
    if visits.len() >= MANY_VISITS {
        bulk.index_at_end().await?;
    }
    // What follows has chance of its own: today's visits, which grow by the hour, must not change it.
    let mut dice = Dice::new(size.seed.rotate_left(32));
    let counted = add_visits(
        &mut bulk,
        &mut Dice::new(size.seed.rotate_left(16)),
        &visits,
        &sessions,
        &holders,
        bars,
    )
    .await?;
    let homes = people
        .iter()
        .map(|person| nis(person.nis))
        .collect::<Result<Vec<_>, _>>()?;
    let Aftermath {
        fates,
        members,
        cheques,
    } = aftermath::draw(
        &mut dice,
        &people,
        &homes,
        &holders,
        &visits,
        &programme.places(),
        today,
    );
    drop(visits);
    let histories = histories(&mut dice, &people, &passes, &fates, &counters);
    bulk.histories(&histories).await?;
    bulk.members(&members).await?;
    bulk.commit().await?;

    for chunk in cheques.chunks(CHEQUES_STEP) {
        store.record_cheque_facts(&Scope::cli(), chunk.to_vec()).await?;
    }
    denominators::import(store, &mut dice, &people, first, today).await?;
    programme_work::add(store).await?;
    Ok(Summary {
        organisers: organisers.len(),
        activities: programme.activities.len(),
        holders: holders.len(),
        visits: counted,
    })
}

fn nis(code: u32) -> Result<Nis, DemoError> {
    code.to_string()
        .parse()
        .map_err(|_| DemoError::Impossible("municipality"))
}

async fn add_organisers(bulk: &mut Bulk) -> Result<Vec<OrganiserId>, DemoError> {
    let new = ENTRIES
        .iter()
        .map(|entry| {
            Ok(NewOrganiser {
                name: entry.name.to_owned(),
                kind: entry.kind,
                municipality: nis(entry.nis)?,
            })
        })
        .collect::<Result<Vec<_>, DemoError>>()?;
    Ok(bulk
        .organisers(&new)
        .await?
        .into_iter()
        .map(|organiser| organiser.id)
        .collect())
}

/// The log-ins, and the counters' accounts by municipality.
async fn add_accounts(
    bulk: &mut Bulk,
    organisers: &[OrganiserId],
    hash: &str,
) -> Result<BTreeMap<u32, AccountId>, DemoError> {
    let account = |email: &str, name: &str, role, municipality: Option<u32>, organiser| {
        Ok::<_, DemoError>(NewAccount {
            email: email.to_owned(),
            name: name.to_owned(),
            role,
            municipality: municipality.map(nis).transpose()?,
            organiser,
            password_hash: hash.to_owned(),
        })
    };
    let mut new = Vec::new();
    for log_in in &LOG_INS {
        let club = organisers.get(DEMO_CLUB).copied().filter(|_| log_in.club);
        new.push(account(
            log_in.email,
            log_in.name,
            log_in.role,
            log_in.municipality,
            club,
        )?);
    }
    for (email, name, municipality) in COUNTERS {
        new.push(account(email, name, Role::Counter, Some(municipality), None)?);
    }
    let added = bulk.accounts(new).await?;
    Ok(added
        .iter()
        .filter_map(|account| Some((account.municipality?.get(), account.id)))
        .collect())
}

/// What became of each pass, and who issued it: nine in ten were issued at the counter of their municipality.
fn histories(
    dice: &mut Dice,
    people: &[Person],
    passes: &[(HolderId, PassId)],
    fates: &[Fate],
    counters: &BTreeMap<u32, AccountId>,
) -> Vec<BulkHistory> {
    people
        .iter()
        .zip(passes)
        .zip(fates)
        .map(|((person, (holder, pass)), fate)| BulkHistory {
            holder: *holder,
            pass: *pass,
            issued_by: counters.get(&person.nis).copied().filter(|_| dice.chance(0.9)),
            activated_on: fate.activated_on,
            ended: fate.ended,
        })
        .collect()
}

/// All activities with their sessions, in one order.
struct Programme {
    activities: Vec<BulkActivity>,
    schedules: Vec<Schedule>,
    trades: Vec<Trade>,
}

/// The ids of an activity's sessions, in the order of its schedule.
type SessionIds = Vec<(domain::ActivityId, Vec<SessionId>)>;

impl Programme {
    fn draw(dice: &mut Dice, first: Date, last: Date, organisers: &[OrganiserId]) -> Self {
        let mut programme = Self {
            activities: Vec::new(),
            schedules: Vec::new(),
            trades: Vec::new(),
        };
        for (entry, organiser) in ENTRIES.iter().zip(organisers) {
            for offer in entry.trade.offers() {
                // One in five is new: it began in the course of the story.
                let begins = match offer.is_walk_in() || dice.chance(0.8) {
                    true => first,
                    false => first.checked_add(dice.between(120, 420).days()).unwrap_or(first),
                };
                let days = calendar::days(begins, last).filter(|day| offer.takes_place(*day));
                programme.schedules.push(Schedule {
                    nis: entry.nis,
                    weight: 0.4 + dice.share(),
                    walk_in: offer.is_walk_in(),
                    dutch: offer.kind == "taal",
                    sessions: days.map(|day| Session::new(offer.on(day))).collect(),
                });
                programme.trades.push(entry.trade);
                programme.activities.push(BulkActivity {
                    organiser: *organiser,
                    name: offer.name.to_owned(),
                    activity_type: offer.kind.to_owned(),
                    rule: offer.rule,
                    price_cents: Cents(offer.price),
                    pass_price_cents: Cents(offer.pass_price),
                    taalicoon: offer.taalicoon,
                    minutes: Some(if offer.is_walk_in() { 60 } else { offer.minutes }),
                    place: entry.place.to_owned(),
                });
            }
        }
        programme
    }

    /// Each activity as far as money and membership go.
    fn places(&self) -> Vec<Place> {
        let places = self.activities.iter().zip(&self.trades).map(|(activity, trade)| Place {
            organiser: activity.organiser,
            paid: activity.pass_price_cents.0 > 0,
            club: !matches!(trade, Trade::Centre | Trade::Library),
        });
        places.collect()
    }

    async fn add(&self, bulk: &mut Bulk, bars: Bars<'_>) -> Result<SessionIds, DemoError> {
        let ids = bulk.activities(&self.activities).await?;
        let bar = bars(u64::try_from(ids.len()).unwrap_or(0), "activities");
        let mut sessions = Vec::with_capacity(ids.len());
        for (activity, schedule) in ids.into_iter().zip(&self.schedules) {
            let new: Vec<_> = schedule
                .sessions
                .iter()
                .map(|session| BulkSession {
                    activity,
                    starts_at: session.start,
                    ends_at: session.end,
                })
                .collect();
            sessions.push((activity, bulk.sessions(&new).await?));
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(sessions)
    }
}

async fn add_people(
    bulk: &mut Bulk,
    people: &[Person],
    today: Date,
    signer: &dyn PassSigner,
    issuer: &str,
    bars: Bars<'_>,
) -> Result<Vec<(HolderId, PassId)>, DemoError> {
    let bar = bars(u64::try_from(people.len()).unwrap_or(0), "signed passes");
    let mut ids = Vec::with_capacity(people.len());
    for chunk in people.chunks(STEP) {
        let new = chunk
            .iter()
            .map(|person| holder(person, today))
            .collect::<Result<Vec<_>, _>>()?;
        let added = bulk.holders(new, signer, issuer).await?;
        ids.extend(added.into_iter().map(|(holder, pass)| (holder.id, pass.id)));
        bar.inc(u64::try_from(chunk.len()).unwrap_or(0));
    }
    bar.finish_and_clear();
    Ok(ids)
}

fn holder(person: &Person, today: Date) -> Result<BulkHolder, DemoError> {
    Ok(BulkHolder {
        holder: NewHolder {
            first_name: FirstName::try_from(person.first_name).map_err(|_| DemoError::Impossible("first name"))?,
            birth_year: BirthYear::try_new(person.birth_year, today)
                .map_err(|_| DemoError::Impossible("year of birth"))?,
            municipality: nis(person.nis)?,
            reason: person.reason,
            baseline: person.baseline,
            partner: person.partner.map(str::to_owned),
        },
        issued_at: person.issued_at,
    })
}

/// A scan that comes again after its first, ordered by time.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Again(Timestamp, usize);

async fn add_visits(
    bulk: &mut Bulk,
    dice: &mut Dice,
    visits: &[Visit],
    sessions: &SessionIds,
    holders: &[HolderId],
    bars: Bars<'_>,
) -> Result<u64, DemoError> {
    let bar = bars(u64::try_from(visits.len()).unwrap_or(0), "visits");
    let scan = |visit: &Visit, at: Timestamp, manual: bool| {
        let place = sessions
            .get(visit.activity())
            .and_then(|(activity, ids)| Some((*activity, *ids.get(visit.session())?)));
        let ((activity, session), holder) = place
            .zip(holders.get(visit.person()).copied())
            .ok_or(DemoError::Impossible("visit"))?;
        Ok::<_, DemoError>(BulkVisit {
            holder,
            activity,
            session,
            at,
            manual,
        })
    };
    let mut again: BinaryHeap<Reverse<Again>> = BinaryHeap::new();
    let mut new = Vec::with_capacity(VISITS_STEP + VISITS_STEP / 16);
    let mut counted = 0;
    for (index, visit) in visits.iter().enumerate() {
        let at = visit.at();
        while again.peek().is_some_and(|Reverse(next)| next.0 <= at) {
            let Some(Reverse(Again(then, earlier))) = again.pop() else {
                break;
            };
            let earlier = visits.get(earlier).ok_or(DemoError::Impossible("visit"))?;
            new.push(scan(earlier, then, false)?);
        }
        new.push(scan(visit, at, dice.chance(0.04))?);
        // Somebody at the door is not sure whether it beeped, and scans again.
        let then = at
            .checked_add(SignedDuration::from_secs(dice.between(2, 90)))
            .unwrap_or(at);
        if dice.chance(0.015) && local_day(then) == local_day(at) {
            again.push(Reverse(Again(then, index)));
        }
        if new.len() >= VISITS_STEP {
            counted += bulk.visits(&new).await?;
            bar.inc(u64::try_from(new.len()).unwrap_or(0));
            new.clear();
        }
    }
    for Reverse(Again(then, earlier)) in again.into_sorted_vec().into_iter().rev() {
        let earlier = visits.get(earlier).ok_or(DemoError::Impossible("visit"))?;
        new.push(scan(earlier, then, false)?);
    }
    counted += bulk.visits(&new).await?;
    bar.finish_and_clear();
    Ok(counted)
}
