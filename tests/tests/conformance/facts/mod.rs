//! The facts in memory follow whatever happens, at once and in every process, and count what plain SQL counts.

mod notes;
mod oracle;

use domain::{Baseline, Cents, CountingRule, Dimension, FigureCode, Measure, PassStatus, Period, ScanId, Verdict};
use jiff::{SignedDuration, Timestamp};
use oracle::{Counts, Oracle};
use storage::{
    ActionChange, Activity, CheckIn, FigureRequest, Holder, NewAction, NewActivity, Organiser, Pass, Scope, Store,
};
use tests::conformance::{FixedSigner, ISSUER, World, on_both_engines};

/// Places that have many holders, few, and one that leaves the partnership.
const PLACES: [u32; 3] = [23102, 23099, 23002];

/// A small generator of its own: the same story on both engines.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(sides).unwrap()).unwrap()
    }

    fn one<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }
}

/// A measure, the figure that shows it, and its column there.
const SHOWN: [(Measure, FigureCode, &str); 11] = [
    (Measure::PassesIssued, FigureCode::PassesIssued, "passes_issued"),
    (Measure::PassesActive, FigureCode::PassesActive, "passes_active"),
    (Measure::Participations, FigureCode::Participations, "participations"),
    (Measure::Participants, FigureCode::Participants, "participants"),
    (
        Measure::FirstParticipants,
        FigureCode::FirstParticipants,
        "first_participants",
    ),
    (Measure::NewToLeisure, FigureCode::NewToLeisure, "new_to_leisure"),
    (Measure::Sustained, FigureCode::Sustained, "sustained"),
    (Measure::ThresholdCents, FigureCode::ThresholdEuro, "discount_cents"),
    (Measure::PracticeMinutes, FigureCode::PracticeHours, "minutes"),
    (Measure::PracticeParticipants, FigureCode::PracticeHours, "participants"),
    (Measure::Practice40, FigureCode::PracticeHours, "with_40_hours"),
];

const DIMENSIONS: [Dimension; 9] = [
    Dimension::Municipality,
    Dimension::Organiser,
    Dimension::OrganiserKind,
    Dimension::ActivityType,
    Dimension::Action,
    Dimension::DutchLevel,
    Dimension::AgeBand,
    Dimension::NewcomerReason,
    Dimension::ActivityMunicipality,
];

const PERIODS: [&str; 9] = [
    "2026-03",
    "2026-04",
    "2026-Q2",
    "2026-H1",
    "2026",
    "2025-2026",
    "project",
    "2026-03-25..2026-05-02",
    "2026-12",
];

fn raw(code: FigureCode, period: &str, by: &[Dimension]) -> FigureRequest {
    FigureRequest {
        raw: true,
        ..FigureRequest::new(code, period.parse::<Period>().unwrap()).by(by)
    }
}

/// The rows of a figure that are not zero, with the total under no key; ids without their dashes.
async fn figure(store: &Store, request: &FigureRequest, column: &str) -> Vec<(Vec<String>, i64)> {
    let figure = match store.compute(&Scope::cli(), request).await {
        Ok(figure) => figure,
        Err(error) => panic!("{request:?}: {error}: {:?}", std::error::Error::source(&error)),
    };
    let is_id = |key: &str| key.len() == 36;
    let plain = |key: &String| if is_id(key) { key.replace('-', "") } else { key.clone() };
    let rows = figure
        .rows
        .iter()
        .filter(|_| !request.by.is_empty())
        .chain([&figure.total]);
    let mut rows: Vec<(Vec<String>, i64)> = rows
        .map(|row| {
            (
                row.key.iter().map(plain).collect(),
                figure.cell(row, column).unwrap().as_count().unwrap(),
            )
        })
        .filter(|(_, count)| *count != 0)
        .collect();
    rows.sort();
    rows
}

fn expected(counts: &Counts, total: &Counts) -> Vec<(Vec<String>, i64)> {
    let mut rows: Vec<(Vec<String>, i64)> = counts.iter().map(|(key, (_, value))| (key.clone(), *value)).collect();
    rows.extend(total.values().map(|(_, value)| (Vec::new(), *value)));
    rows.retain(|(_, value)| *value != 0);
    rows.sort();
    rows.dedup();
    rows
}

/// What has happened so far.
struct Story {
    world: World,
    dice: Dice,
    oracle: Oracle,
    other: Store,
    organisers: Vec<Organiser>,
    activities: Vec<(Activity, Timestamp)>,
    people: Vec<(Holder, Pass)>,
    scans: Vec<ScanId>,
}

impl Story {
    async fn begin(world: World, seed: u64) -> Self {
        let mut story = Self {
            oracle: Oracle::of(&world).await,
            other: world.second_server().await,
            dice: Dice(seed),
            organisers: vec![world.club("Zwemclub").await, world.club("Taalhuis").await],
            activities: Vec::new(),
            people: Vec::new(),
            scans: Vec::new(),
            world,
        };
        story.add_activity().await;
        story.issue().await;
        story
    }

    async fn add_activity(&mut self) {
        let organiser = self.dice.one(&self.organisers).id;
        let rules = [
            CountingRule::OncePerDay,
            CountingRule::OncePerSession,
            CountingRule::Unlimited,
        ];
        let rule = self.dice.one(&rules);
        let new = NewActivity {
            taalicoon: self.dice.one(&[None, Some(1), Some(3)]),
            minutes: Some(self.dice.one(&[90, 600])),
            price_cents: Cents(self.dice.one(&[0, 350])),
            activity_type: self.dice.one(&["sport", "taal"]).to_owned(),
            ..self.world.new_activity(organiser, rule)
        };
        let now = self.world.now();
        let activity = self.world.store.add_activity(&Scope::cli(), new).await.unwrap();
        self.activities.push((activity, now));
    }

    async fn issue(&mut self) {
        let count = 1 + self.dice.below(3);
        let mut new = Vec::new();
        for _ in 0..count {
            let mut holder = self
                .world
                .new_holder("Ana", self.dice.one(&PLACES), self.dice.one(Baseline::ALL));
            holder.reason = self.dice.one(domain::NewcomerReason::ALL);
            new.push(holder);
        }
        let (scope, signer) = (Scope::cli(), FixedSigner::default());
        let issued = self.world.store.issue_passes(&scope, new, &signer, ISSUER);
        let issued = issued.await.unwrap();
        self.people
            .extend(issued.into_iter().map(|issued| (issued.holder, issued.pass)));
    }

    /// A scan now, or one that was made at an earlier session and arrives late.
    async fn scan(&mut self) {
        let (_, pass) = self.dice.one(&self.people);
        let late = self.dice.below(3) == 0;
        let (activity, began) = if late {
            self.dice.one(&self.activities)
        } else {
            self.activities.last().unwrap().clone()
        };
        let scan = CheckIn {
            occurred_at: late.then_some(began + SignedDuration::from_mins(5)),
            ..self.world.scan(&pass, activity.id)
        };
        let recorded = self.world.store.check_in(&Scope::cli(), scan).await.unwrap();
        if matches!(recorded.verdict, Verdict::Counted | Verdict::Duplicate) {
            self.scans.push(recorded.scan_id);
        }
    }

    async fn something(&mut self) {
        self.world.wait_minutes(1);
        let store = self.world.store.clone();
        let scope = Scope::cli();
        match self.dice.below(16) {
            0 | 1 => self.issue().await,
            2 => self.add_activity().await,
            3 if !self.scans.is_empty() => {
                let scan = self.dice.one(&self.scans);
                store.annul(&scope, scan, self.world.now()).await.unwrap();
            }
            4 => {
                let (_, pass) = self.dice.one(&self.people);
                let status = self.dice.one(&[PassStatus::Valid, PassStatus::Suspended]);
                store.set_pass_status(&scope, pass.id, status).await.unwrap();
            }
            5 => {
                let number = self.dice.below(self.people.len());
                let (holder, pass) = self.people[number].clone();
                let signer = FixedSigner::default();
                let new = store
                    .replace_pass(&scope, pass.id, &holder, &signer, ISSUER)
                    .await
                    .unwrap();
                self.people[number] = (holder, new.pass);
            }
            6 => {
                let days = 1 + self.dice.below(20);
                self.world.wait_minutes(i64::try_from(days * 24 * 60).unwrap());
                self.add_activity().await;
            }
            7 => {
                let action = ActionChange {
                    name: format!("Actie {}", self.world.scan_id()),
                    ..ActionChange::default()
                };
                let new = NewAction {
                    partnership: None,
                    action,
                };
                let action = store.add_action(&scope, &new).await.unwrap();
                let (activity, _) = self.dice.one(&self.activities);
                store.link_activity(&scope, activity.id, Some(action.id)).await.unwrap();
            }
            _ => self.scan().await,
        }
    }

    /// Asks some figures of both servers and of the oracle.
    async fn compare(&mut self, questions: usize) {
        for _ in 0..questions {
            let (measure, code, column) = self.dice.one(&SHOWN);
            let mut by = Vec::new();
            for _ in 0..self.dice.below(3) {
                let dimension = self.dice.one(&DIMENSIONS);
                if measure.splits_by(dimension) && code.splits_by(dimension) && !by.contains(&dimension) {
                    by.push(dimension);
                }
            }
            let period = self.dice.one(&PERIODS);
            let request = raw(code, period, &by);
            let today = self.world.store.env().today();
            // Age is that of the year of the issue, which the oracle takes from the period.
            if measure == Measure::PassesIssued && by.contains(&Dimension::AgeBand) {
                continue;
            }
            let counts = if by.is_empty() {
                Counts::new()
            } else {
                self.oracle.count(measure, &by, request.period, today).await
            };
            let total = self.oracle.count(measure, &[], request.period, today).await;
            let expected = expected(&counts, &total);
            for store in [&self.world.store, &self.other] {
                let found = figure(store, &request, column).await;
                assert_eq!(found, expected, "{measure} by {by:?} in {period}");
            }
            self.world.tell((measure, period, expected.len()));
        }
    }
}

#[tokio::test]
async fn figures_follow_whatever_happens_in_every_process() {
    on_both_engines(async |world: World| {
        let mut story = Story::begin(world, 7).await;
        for round in 0..12 {
            for _ in 0..12 {
                story.something().await;
            }
            if round == 6 {
                // Asse leaves the partnership: what happened before stays its.
                let last = "UPDATE partnership_member SET member_until = '2026-05-10' WHERE municipality = 23002";
                story.oracle.change(last).await;
            }
            story.compare(12).await;
        }
        story.other.close().await;
        story.world
    })
    .await;
}

#[tokio::test]
async fn figures_as_of_a_moment_are_those_that_were_seen_then() {
    const ASKED: [(FigureCode, &str, Dimension); 4] = [
        (FigureCode::Participations, "participations", Dimension::Municipality),
        (FigureCode::Participants, "participants", Dimension::ActivityType),
        (
            FigureCode::FirstParticipants,
            "first_participants",
            Dimension::Municipality,
        ),
        (FigureCode::PassesIssued, "passes_issued", Dimension::Municipality),
    ];
    on_both_engines(async |world: World| {
        let mut story = Story::begin(world, 8).await;
        let mut seen = Vec::new();
        for _ in 0..8 {
            for _ in 0..10 {
                story.something().await;
            }
            let at = story.world.now();
            for (code, column, dimension) in ASKED {
                let request = raw(code, "2026", &[dimension]);
                seen.push((
                    at,
                    column,
                    request.clone(),
                    figure(&story.world.store, &request, column).await,
                ));
            }
        }
        for (at, column, request, then) in seen {
            let request = FigureRequest {
                as_of: Some(at),
                ..request
            };
            assert_eq!(figure(&story.other, &request, column).await, then, "{request:?}");
            story.world.tell(then);
        }
        let early = Some(story.world.now() - SignedDuration::from_hours(24 * 5));
        let (scope, store) = (Scope::cli(), &story.world.store);
        let hash = store.facts_hash(&scope, early).await.unwrap();
        let now = store.facts_hash(&scope, None).await.unwrap();
        assert_eq!(hash.len(), 64);
        assert_eq!(
            now,
            story.other.facts_hash(&scope, None).await.unwrap(),
            "two processes hold the same facts"
        );
        story.scan().await;
        story.issue().await;
        let store = &story.world.store;
        assert_eq!(
            store.facts_hash(&scope, early).await.unwrap(),
            hash,
            "what came later changes no past"
        );
        assert_ne!(store.facts_hash(&scope, None).await.unwrap(), now);
        story.other.close().await;
        story.world.tell((hash, now));
        story.world
    })
    .await;
}
