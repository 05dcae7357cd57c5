//! Demo data: a partnership that works, with people who do not exist. The same seed gives the same story, told
//! relative to today: the last eighteen months, the next four weeks, and something open right now.

mod calendar;
mod dice;
mod names;
mod organisers;
mod people;
mod programme;
mod visits;

use domain::{BirthYear, Cents, FigureCode, FirstName, HolderId, Nis, OrganiserId, SessionId, local_day};
use indicatif::ProgressBar;
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use storage::{
    Bulk, BulkActivity, BulkHolder, BulkSession, BulkVisit, FigureQuery, NewAccount, NewHolder, NewOrganiser,
    OrganiserFilter, PassSigner, Role, Scope, Store,
};

use crate::auth::password;
use dice::Dice;
use organisers::{DEMO_CLUB, ENTRIES};
use people::Person;
use visits::Schedule;

/// The seed when nobody chooses one.
pub(crate) const SEED: u64 = 1780;
/// Password of every demo account. Demo data says that it is demo data, so this is no secret.
pub(crate) const PASSWORD: &str = "randpas-demo";

const MONTHS_BACK: i32 = 18;
const WEEKS_AHEAD: i32 = 4;
const HOLDERS: usize = 2_000;
const VISITS: usize = 25_000;
/// Rows handed to the storage at a time; the bar moves once for each.
const STEP: usize = 500;

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
    let scope = Scope::cli();
    if !store.organisers(&scope, OrganiserFilter::default()).await?.is_empty() {
        return Ok(false);
    }
    let Ok(period) = "project".parse() else {
        return Ok(false);
    };
    let query = FigureQuery {
        code: FigureCode::PassesIssued,
        period,
        by: Vec::new(),
        municipality: None,
        organiser: None,
    };
    Ok(store.figure(&scope, query).await?.total.value == Some(0))
}

/// Fills an empty database. All of it or, when it is interrupted, nothing but perhaps the accounts.
pub(crate) async fn fill(
    store: &Store,
    signer: &dyn PassSigner,
    issuer: &str,
    seed: u64,
    bars: Bars<'_>,
) -> Result<Summary, DemoError> {
    let (now, today) = (store.env().now(), store.env().today());
    let first = today
        .checked_sub(MONTHS_BACK.months())
        .map_err(|_| DemoError::Impossible("first day"))?;
    let last = today
        .checked_add(WEEKS_AHEAD.weeks())
        .map_err(|_| DemoError::Impossible("last day"))?;
    let mut dice = Dice::new(seed);
    let hash = {
        let salt = store.env().bytes();
        password::hash(PASSWORD, salt)?
    };

    let mut bulk = store.bulk(&Scope::cli()).await?;
    let organisers = add_organisers(&mut bulk).await?;
    let programme = Programme::draw(&mut dice, first, last, &organisers);
    let sessions = programme.add(&mut bulk, bars).await?;
    let people = people::draw(&mut dice, HOLDERS, first, now, today);
    let holders = add_people(&mut bulk, &people, today, signer, issuer, bars).await?;
    let visits = visits::draw(&mut dice, &people, &programme.schedules, now, VISITS);
    let visits = add_visits(&mut bulk, &mut dice, &visits, &sessions, &holders, bars).await?;
    bulk.commit().await?;

    let scope = Scope::cli();
    for log_in in LOG_INS {
        let account = NewAccount {
            email: log_in.email.to_owned(),
            name: log_in.name.to_owned(),
            role: log_in.role,
            municipality: log_in.municipality.map(nis).transpose()?,
            organiser: organisers.get(DEMO_CLUB).copied().filter(|_| log_in.club),
            password_hash: hash.clone(),
        };
        store.add_account(&scope, account).await?;
    }
    Ok(Summary {
        organisers: organisers.len(),
        activities: programme.activities.len(),
        holders: holders.len(),
        visits,
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

/// All activities with their sessions, in one order.
struct Programme {
    activities: Vec<BulkActivity>,
    schedules: Vec<Schedule>,
}

/// The ids of an activity's sessions, in the order of its schedule.
type SessionIds = Vec<(domain::ActivityId, Vec<SessionId>)>;

impl Programme {
    fn draw(dice: &mut Dice, first: Date, last: Date, organisers: &[OrganiserId]) -> Self {
        let mut programme = Self {
            activities: Vec::new(),
            schedules: Vec::new(),
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
                    sessions: days.map(|day| offer.on(day)).collect(),
                });
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

    async fn add(&self, bulk: &mut Bulk, bars: Bars<'_>) -> Result<SessionIds, DemoError> {
        let ids = bulk.activities(&self.activities).await?;
        let bar = bars(u64::try_from(ids.len()).unwrap_or(0), "activities");
        let mut sessions = Vec::with_capacity(ids.len());
        for (activity, schedule) in ids.into_iter().zip(&self.schedules) {
            let new: Vec<_> = schedule
                .sessions
                .iter()
                .map(|(starts_at, ends_at)| BulkSession {
                    activity,
                    starts_at: *starts_at,
                    ends_at: *ends_at,
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
) -> Result<Vec<HolderId>, DemoError> {
    let bar = bars(u64::try_from(people.len()).unwrap_or(0), "signed passes");
    let mut ids = Vec::with_capacity(people.len());
    for chunk in people.chunks(STEP) {
        let new = chunk
            .iter()
            .map(|person| holder(person, today))
            .collect::<Result<Vec<_>, _>>()?;
        let added = bulk.holders(new, signer, issuer).await?;
        ids.extend(added.into_iter().map(|(holder, _pass)| holder.id));
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

async fn add_visits(
    bulk: &mut Bulk,
    dice: &mut Dice,
    visits: &[visits::Visit],
    sessions: &SessionIds,
    holders: &[HolderId],
    bars: Bars<'_>,
) -> Result<u64, DemoError> {
    let bar = bars(u64::try_from(visits.len()).unwrap_or(0), "visits");
    let mut new = Vec::with_capacity(visits.len());
    for visit in visits {
        let place = sessions
            .get(visit.activity)
            .and_then(|(activity, ids)| Some((*activity, *ids.get(visit.session)?)));
        let ((activity, session), holder) = place
            .zip(holders.get(visit.person).copied())
            .ok_or(DemoError::Impossible("visit"))?;
        let scan = BulkVisit {
            holder,
            activity,
            session,
            at: visit.at,
            manual: dice.chance(0.04),
        };
        new.push(scan);
        // Somebody at the door is not sure whether it beeped, and scans again.
        let again = visit
            .at
            .checked_add(SignedDuration::from_secs(dice.between(2, 90)))
            .unwrap_or(visit.at);
        if dice.chance(0.015) && local_day(again) == local_day(visit.at) {
            new.push(BulkVisit {
                at: again,
                manual: false,
                ..scan
            });
        }
    }
    new.sort_by_key(|visit| visit.at);
    let mut counted = 0;
    for chunk in new.chunks(STEP * 2) {
        counted += bulk.visits(chunk).await?;
        bar.inc(u64::try_from(chunk.len()).unwrap_or(0));
    }
    bar.finish_and_clear();
    Ok(counted)
}
