//! What follows from the visits: passes opened on a phone or lost, people who become members, and cheques. The values of
//! the cheques are made up: the real ones are not public.

use domain::{HolderId, NewcomerReason, Nis, OrganiserId, PassStatus, local_day};
use jiff::ToSpan;
use jiff::civil::Date;
use storage::{BulkMember, ChequeFact, ChequeKind};

use super::dice::Dice;
use super::people::Person;
use super::visits::Visit;

/// Worth of a made-up cheque, in cents.
const CHEQUE_CENTS: u32 = 500;
/// Made-up cheques a holder gets.
const CHEQUES: u32 = 4;
/// Days after which a made-up cheque is no longer valid.
const CHEQUE_DAYS: i64 = 365;

/// An activity as far as money and membership go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Whose it is.
    pub(super) organiser: OrganiserId,
    /// Whether something is left to pay with the pass.
    pub(super) paid: bool,
    /// Whether people can become a member there.
    pub(super) club: bool,
}

/// Days of one person that follow from the visits.
#[derive(Debug, Clone, Copy, Default)]
struct Trace {
    visits: u32,
    last: Option<Date>,
    member: bool,
    /// The day on which cheques were given; they are used from then on.
    given: Option<Date>,
    used: u32,
}

/// What became of one pass.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fate {
    /// Opened on a phone.
    pub(super) activated_on: Option<Date>,
    /// Blocked or withdrawn.
    pub(super) ended: Option<(Date, PassStatus)>,
}

/// Everything that follows.
#[derive(Debug, Default)]
pub(super) struct Aftermath {
    /// Person by person.
    pub(super) fates: Vec<Fate>,
    /// In order of time.
    pub(super) members: Vec<BulkMember>,
    /// In no order.
    pub(super) cheques: Vec<ChequeFact>,
}

fn later(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}

/// Works out what follows. `homes` and `holders` stand in the order of `people`.
pub(super) fn draw(
    dice: &mut Dice,
    people: &[Person],
    homes: &[Nis],
    holders: &[HolderId],
    visits: &[Visit],
    places: &[Place],
    today: Date,
) -> Aftermath {
    let mut traces: Vec<Trace> = people.iter().map(|person| trace(dice, person, today)).collect();
    let mut aftermath = Aftermath::default();
    for visit in visits {
        let (index, day) = (visit.person(), local_day(visit.at()));
        let (Some(trace), Some(place)) = (traces.get_mut(index), places.get(visit.activity())) else {
            continue;
        };
        let (Some(holder), Some(municipality)) = (holders.get(index), homes.get(index)) else {
            continue;
        };
        trace.visits += 1;
        trace.last = Some(day);
        if place.club && !trace.member && trace.visits >= 4 && dice.chance(0.02) {
            trace.member = true;
            aftermath.members.push(BulkMember {
                holder: *holder,
                organiser: place.organiser,
                since: day,
            });
        }
        let Some(given) = trace.given.filter(|given| *given <= day) else {
            continue;
        };
        if place.paid && trace.used < CHEQUES && day <= later(given, CHEQUE_DAYS) && dice.chance(0.5) {
            trace.used += 1;
            let used = ChequeFact {
                kind: ChequeKind::Redeemed,
                holder: *holder,
                organiser: Some(place.organiser),
                municipality: *municipality,
                day,
                pieces: 1,
                cents: CHEQUE_CENTS,
                first_visit: trace.visits == 1,
            };
            aftermath.cheques.push(used);
            if dice.chance(0.01) {
                let kind = match dice.chance(0.8) {
                    true => ChequeKind::Reversed,
                    false => ChequeKind::OfflineLoss,
                };
                aftermath.cheques.push(ChequeFact {
                    kind,
                    first_visit: false,
                    ..used
                });
            }
        }
    }
    for (index, (person, trace)) in people.iter().zip(&traces).enumerate() {
        // Chance of their own: a visit of this hour must not change what became of everybody else.
        let dice = &mut Dice::new(person.seed.rotate_left(17));
        aftermath.fates.push(fate(dice, person, trace, today));
        if let (Some(given), Some(holder), Some(municipality)) = (trace.given, holders.get(index), homes.get(index)) {
            let fact = |kind, day, pieces| ChequeFact {
                kind,
                holder: *holder,
                organiser: None,
                municipality: *municipality,
                day,
                pieces,
                cents: pieces * CHEQUE_CENTS,
                first_visit: false,
            };
            aftermath.cheques.push(fact(ChequeKind::Issued, given, CHEQUES));
            if trace.used > 0 || dice.chance(0.7) {
                aftermath.cheques.push(fact(ChequeKind::Activated, given, CHEQUES));
            }
            let end = later(given, CHEQUE_DAYS + 1);
            if trace.used < CHEQUES && end <= today {
                aftermath
                    .cheques
                    .push(fact(ChequeKind::Expired, end, CHEQUES - trace.used));
            }
        }
    }
    aftermath
}

/// A quarter of those who learn Dutch get cheques in the first month.
fn trace(dice: &mut Dice, person: &Person, today: Date) -> Trace {
    let learns = matches!(person.reason, NewcomerReason::Inburgeraar | NewcomerReason::Nt2Learner);
    let given = (learns && dice.chance(0.25)).then(|| later(person.issued_on, dice.between(0, 30)));
    Trace {
        given: given.filter(|day| *day <= today),
        ..Trace::default()
    }
}

/// Three in five passes are opened on a phone, most at the counter; one in thirty is lost or blocked, after the last visit.
fn fate(dice: &mut Dice, person: &Person, trace: &Trace, today: Date) -> Fate {
    let wait = if dice.chance(0.7) { 0 } else { dice.between(1, 14) };
    let opened = dice.chance(0.62).then(|| later(person.issued_on, wait));
    let last = trace.last.unwrap_or(person.issued_on).max(person.issued_on);
    let status = match dice.chance(0.7) {
        true => PassStatus::Revoked,
        false => PassStatus::Suspended,
    };
    let end = later(last, dice.between(1, 90));
    let ended = dice.chance(0.033).then_some((end, status));
    Fate {
        activated_on: opened.filter(|day| *day <= today),
        ended: ended.filter(|(day, _)| *day <= today),
    }
}
