//! The worked example of `docs/figures-by-hand.md`: 24 people, small enough to count by hand. The tables in that page are
//! these rows; whoever changes one changes the other.

use domain::{
    ActionId, ActivityId, AnchoringDecision, Baseline, BirthYear, Cents, CostKind, CountingRule, FirstName, HolderId,
    ImportId, NewcomerReason, OrganiserId, OrganiserKind,
};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use storage::{
    ActionChange, BulkActivity, BulkHolder, BulkSession, BulkVisit, ChequeFact, ChequeKind, ImportKind, NewAction,
    NewCostLine, NewDecision, NewHolder, NewImport, NewMember, NewOrganiser, Scope,
};

use crate::conformance::{FixedSigner, ISSUER, World, moment, nis};

/// Wemmel.
pub const WEMMEL: &str = "23102";
/// Drogenbos.
pub const DROGENBOS: &str = "23098";

/// The day on which the example is counted.
pub const TODAY: &str = "2026-07-15T10:00:00Z";

/// Who and what is in the example.
#[derive(Debug)]
pub struct Story {
    /// A1 to A12, in order.
    pub a: Vec<HolderId>,
    /// B1 to B8.
    pub b: Vec<HolderId>,
    /// C1 to C4, who never come.
    pub c: Vec<HolderId>,
    /// FC Wemmel, Bib Drogenbos, De Zandbak, Jeugdhuis.
    pub organisers: Vec<OrganiserId>,
    /// Football, conversation table, theatre, and the youth club's evening that nobody scanned.
    pub activities: Vec<ActivityId>,
    /// "Sport voor iedereen", to which football belongs.
    pub action: ActionId,
}

/// `at` o'clock UTC on a day.
fn on(day: Date, hour: i64) -> Timestamp {
    domain::start_of_day(day) + SignedDuration::from_hours(hour)
}

struct Group {
    count: usize,
    municipality: &'static str,
    born: i16,
    reason: NewcomerReason,
    issued: Date,
    baseline: fn(usize) -> Baseline,
}

const GROUPS: [Group; 3] = [
    Group {
        count: 12,
        municipality: WEMMEL,
        born: 1990,
        reason: NewcomerReason::Nt2Learner,
        issued: date(2026, 1, 10),
        // A1 to A8 did nothing the year before, A9 and A10 did, A11 and A12 were not asked.
        baseline: |at| match at {
            0..8 => Baseline::No,
            8..10 => Baseline::Yes,
            _ => Baseline::NotAsked,
        },
    },
    Group {
        count: 8,
        municipality: DROGENBOS,
        born: 2008,
        reason: NewcomerReason::RecentArrival,
        issued: date(2026, 2, 5),
        baseline: |_| Baseline::No,
    },
    Group {
        count: 4,
        municipality: WEMMEL,
        born: 1955,
        reason: NewcomerReason::Inburgeraar,
        issued: date(2026, 3, 12),
        baseline: |_| Baseline::No,
    },
];

/// Who came to what on which day: group, first and last number, activity, day, and how many of them were typed in.
const EVENINGS: [(usize, std::ops::RangeInclusive<usize>, usize, Date, usize); 9] = [
    (0, 1..=8, 0, date(2026, 1, 20), 3),
    (0, 1..=6, 0, date(2026, 2, 17), 0),
    (1, 1..=6, 1, date(2026, 2, 24), 0),
    (0, 1..=5, 0, date(2026, 3, 17), 0),
    (1, 1..=6, 1, date(2026, 3, 24), 0),
    (0, 1..=1, 2, date(2026, 3, 28), 0),
    (0, 9..=12, 2, date(2026, 3, 28), 0),
    (0, 1..=1, 2, date(2026, 4, 18), 0),
    (1, 1..=8, 1, date(2026, 5, 19), 0),
];

/// Puts the 24 people, their four organisers, their 45 visits and what else the page names in the store, and moves its
/// clock to [`TODAY`].
///
/// # Panics
/// When the store refuses any of it.
pub async fn tell(world: &World) -> Story {
    world.clock.advance(moment(TODAY).duration_since(world.now()));
    match story(world).await {
        Ok(story) => story,
        Err(error) => panic!("{error}"),
    }
}

async fn story(world: &World) -> storage::Result<Story> {
    let mut bulk = world.store.bulk(&Scope::cli()).await?;
    let places = [
        ("FC Wemmel", OrganiserKind::SportsClub, 23102),
        ("Bib Drogenbos", OrganiserKind::Library, 23098),
        ("De Zandbak", OrganiserKind::CommunityCentre, 23102),
        ("Jeugdhuis", OrganiserKind::Youth, 23102),
    ];
    let new: Vec<NewOrganiser> = places
        .into_iter()
        .map(|(name, kind, municipality)| NewOrganiser {
            name: name.to_owned(),
            kind,
            municipality: nis(municipality),
        })
        .collect();
    let organisers: Vec<OrganiserId> = bulk.organisers(&new).await?.into_iter().map(|one| one.id).collect();
    let offers = [
        ("Voetbal", "sport", 500, 100, Some(1), Some(60)),
        ("Praattafel", "taal", 0, 0, Some(2), Some(120)),
        ("Theater", "theater", 2000, 400, None, None),
        ("Spelavond", "spel", 0, 0, None, None),
    ];
    let new: Vec<BulkActivity> = organisers
        .iter()
        .zip(offers)
        .map(
            |(organiser, (name, kind, price, pass_price, taalicoon, minutes))| BulkActivity {
                organiser: *organiser,
                name: name.to_owned(),
                activity_type: kind.to_owned(),
                rule: CountingRule::OncePerDay,
                price_cents: Cents(price),
                pass_price_cents: Cents(pass_price),
                taalicoon,
                minutes,
                place: "Zaal".to_owned(),
            },
        )
        .collect();
    let activities = bulk.activities(&new).await?;
    let mut people = Vec::new();
    for group in GROUPS {
        let new = (0..group.count).map(|at| BulkHolder {
            holder: holder(world, &group, at),
            issued_at: on(group.issued, 10),
        });
        let added = bulk.holders(new.collect(), &FixedSigner::default(), ISSUER).await?;
        people.push(added.into_iter().map(|(holder, _)| holder.id).collect::<Vec<_>>());
    }
    for (group, numbers, activity, day, typed) in EVENINGS {
        let session = BulkSession {
            activity: activities[activity],
            starts_at: on(day, 18),
            ends_at: on(day, 21),
        };
        let session = bulk.sessions(&[session]).await?[0];
        let visits: Vec<BulkVisit> = numbers
            .enumerate()
            .map(|(at, number)| BulkVisit {
                holder: people[group][number - 1],
                activity: activities[activity],
                session,
                at: on(day, 18),
                manual: at < typed,
            })
            .collect();
        bulk.visits(&visits).await?;
        if day == date(2026, 1, 20) {
            // A1 was scanned twice that evening.
            let again = BulkVisit {
                at: on(day, 18) + SignedDuration::from_secs(40),
                manual: false,
                ..visits[0]
            };
            bulk.visits(&[again]).await?;
        }
    }
    // An evening of the youth club that nobody scanned.
    let silent = BulkSession {
        activity: activities[3],
        starts_at: on(date(2026, 5, 8), 18),
        ends_at: on(date(2026, 5, 8), 21),
    };
    bulk.sessions(&[silent]).await?;
    bulk.commit().await?;
    let action = programme(world, &activities).await?;
    let mut people = people.into_iter();
    let mut group = || people.next().unwrap_or_default();
    let story = Story {
        a: group(),
        b: group(),
        c: group(),
        organisers,
        activities,
        action,
    };
    members_and_cheques(world, &story).await?;
    newcomers(world).await;
    Ok(story)
}

/// The action, its cost and what was decided about it.
async fn programme(world: &World, activities: &[ActivityId]) -> storage::Result<ActionId> {
    let (store, scope) = (&world.store, Scope::cli());
    let partners = store.partners(&scope).await?;
    let code = "AC000123".parse().ok();
    let new = NewAction {
        partnership: None,
        action: ActionChange {
            name: "Sport voor iedereen".to_owned(),
            funding_line: Some("Plan Samenleven".to_owned()),
            bbc_code: code.clone(),
            partners: partners
                .into_iter()
                .filter(|one| one.name == "PIN")
                .map(|one| one.id)
                .collect(),
        },
    };
    let action = store.add_action(&scope, &new).await?.id;
    store.link_activity(&scope, activities[0], Some(action)).await?;
    let cost = NewCostLine {
        partnership: None,
        action: Some(action),
        kind: CostKind::ALL[0],
        description: "Zaal en begeleiding".to_owned(),
        cents: Cents(38_000),
        spent_on: date(2026, 3, 31),
    };
    store.add_cost_line(&scope, &cost).await?;
    let decision = NewDecision {
        action,
        decision: AnchoringDecision::Proposed,
        decided_on: date(2026, 6, 30),
        bbc_code: code,
        reason: "Wie kwam, bleef komen.".to_owned(),
    };
    store.decide_anchoring(&scope, &decision).await?;
    Ok(action)
}

async fn members_and_cheques(world: &World, story: &Story) -> storage::Result<()> {
    for holder in &story.a[..2] {
        world
            .store
            .record_membership(
                &Scope::cli(),
                NewMember::Holder(*holder),
                story.organisers[0],
                date(2026, 4, 1),
            )
            .await?;
    }
    let theatre = story.organisers[2];
    let mut facts = Vec::new();
    for (at, holder) in [0, 8, 9, 10, 11].map(|at| (at, story.a[at])) {
        let kinds = [
            (ChequeKind::Issued, None, date(2026, 3, 1)),
            (ChequeKind::Activated, None, date(2026, 3, 1)),
            (ChequeKind::Redeemed, Some(theatre), date(2026, 3, 28)),
        ];
        facts.extend(kinds.map(|(kind, organiser, day)| ChequeFact {
            kind,
            holder,
            organiser,
            municipality: nis(23102),
            day,
            pieces: 1,
            cents: 500,
            first_visit: organiser.is_some() && at > 0,
        }));
    }
    world.store.record_cheque_facts(&Scope::cli(), facts).await
}

async fn newcomers(world: &World) {
    let new = NewImport {
        id: ImportId::from(world.store.env().uuid_v7()),
        kind: ImportKind::Newcomers,
        file_name: "nieuwkomers.csv".to_owned(),
        source: "verzonnen".to_owned(),
        dated: date(2026, 7, 1),
        bytes: b"nis;jaar;aantal\n23102;2026;400\n23098;2026;200\n".to_vec(),
    };
    if let Err(error) = world.store.import_denominators(&Scope::cli(), new).await {
        panic!("{error}");
    }
}

fn holder(world: &World, group: &Group, at: usize) -> NewHolder {
    let (Ok(first_name), Ok(birth_year), Ok(municipality)) = (
        FirstName::try_from("Iemand"),
        BirthYear::try_new(group.born, world.store.env().today()),
        group.municipality.parse(),
    ) else {
        panic!("the example has an impossible person")
    };
    NewHolder {
        first_name,
        birth_year,
        municipality,
        reason: group.reason,
        baseline: (group.baseline)(at),
        partner: None,
    }
}
