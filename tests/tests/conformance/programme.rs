//! The work plan: actions and what belongs to them, decisions, money, partners and what was agreed with them.

use domain::{
    AnchoringDecision, BasisPoints, BbcCode, Cents, CostKind, CountingRule, Nis, OrganiserKind, OwnShareSplit, Period,
};
use jiff::civil::{Date, date};
use storage::{
    Action, ActionChange, ActionFilter, BudgetYear, CostFilter, Error, NewAction, NewAgreement, NewBudgetLine,
    NewCostLine, NewDecision, NewOrganiser, Role, Scope, known_inhabitants,
};
use tests::conformance::{World, nis, on_both_engines};

use crate::scopes::account;

const TODAY: Date = date(2026, 3, 20);

fn year() -> Period {
    "2025-2026".parse().unwrap()
}

fn bbc(code: &str) -> BbcCode {
    code.parse().unwrap()
}

fn named(name: &str) -> NewAction {
    NewAction {
        partnership: None,
        action: ActionChange {
            name: name.to_owned(),
            ..ActionChange::default()
        },
    }
}

async fn action(world: &World, name: &str) -> Action {
    world.store.add_action(&Scope::cli(), &named(name)).await.unwrap()
}

fn cost(action: Option<&Action>, cents: i64, spent_on: Date) -> NewCostLine {
    NewCostLine {
        partnership: None,
        action: action.map(|action| action.id),
        kind: CostKind::Venue,
        description: "Zaal".to_owned(),
        cents: Cents(cents),
        spent_on,
    }
}

fn planned(action: Option<&Action>, cents: i64, kind: CostKind) -> NewBudgetLine {
    NewBudgetLine {
        partnership: None,
        year: year(),
        action: action.map(|action| action.id),
        kind,
        description: "Raming".to_owned(),
        cents: Cents(cents),
    }
}

#[tokio::test]
async fn an_action_has_the_first_day_of_its_activities_and_its_partners_by_name() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        let all = Scope::cli();
        let partners = store.partners(&all).await.unwrap();
        let (horizon, kanak) = (&partners[0], &partners[1]);
        let mut new = named("  Zwemmen met buddy's ");
        new.action.funding_line = Some(" Impulssubsidie ".to_owned());
        new.action.bbc_code = Some(bbc("ACT-12"));
        new.action.partners = vec![kanak.id, horizon.id];
        let swim = store.add_action(&all, &new).await.unwrap();
        assert_eq!(
            (
                swim.name.as_str(),
                swim.funding_line.as_deref(),
                swim.first_day,
                swim.activities
            ),
            ("Zwemmen met buddy's", Some("Impulssubsidie"), None, 0)
        );
        assert_eq!(swim.partners, [horizon.clone(), kanak.clone()]);

        let club = world.club("Club").await;
        let late = world.activity(club.id, CountingRule::OncePerDay).await;
        let mut earlier = world.new_activity(club.id, CountingRule::OncePerDay);
        // Half past midnight in Brussels, still the day before in UTC.
        earlier.starts_at = tests::conformance::moment("2026-02-09T23:30:00Z");
        earlier.ends_at = tests::conformance::moment("2026-02-10T01:00:00Z");
        let early = store.add_activity(&all, earlier).await.unwrap();
        let loose = store.loose_activities(&all, swim.id, Some("zwem")).await.unwrap();
        assert_eq!(loose.len(), 2);
        for activity in [&late, &early] {
            store.link_activity(&all, activity.id, Some(swim.id)).await.unwrap();
        }
        assert!(store.loose_activities(&all, swim.id, None).await.unwrap().is_empty());
        let linked = store.action_activities(&all, swim.id).await.unwrap();
        assert_eq!(
            linked.iter().map(|activity| activity.id).collect::<Vec<_>>(),
            [early.id, late.id]
        );
        let found = store.action(&all, swim.id).await.unwrap().unwrap();
        assert_eq!((found.first_day, found.activities), (Some(date(2026, 2, 10)), 2));
        assert_eq!(store.action_of_activity(&all, late.id).await.unwrap(), Some(swim.id));

        store.link_activity(&all, early.id, None).await.unwrap();
        let change = ActionChange {
            name: "Zwemmen".to_owned(),
            partners: vec![kanak.id],
            ..ActionChange::default()
        };
        let changed = store.change_action(&all, swim.id, &change).await.unwrap();
        assert_eq!((changed.first_day, changed.activities), (Some(TODAY), 1));
        assert_eq!((changed.bbc_code.as_ref(), changed.funding_line.as_ref()), (None, None));
        store.set_action_partners(&all, swim.id, &[]).await.unwrap();
        action(&world, "atelier").await;
        let listed = store.actions(&all, &ActionFilter::default()).await.unwrap();
        assert_eq!(
            listed.iter().map(|action| action.name.as_str()).collect::<Vec<_>>(),
            ["atelier", "Zwemmen"]
        );
        assert!(listed.iter().all(|action| action.partners.is_empty()));
        world.tell((linked, listed));
        world
    })
    .await;
}

#[tokio::test]
async fn an_action_takes_no_field_outside_its_bounds_and_no_stranger() {
    on_both_engines(async |world: World| {
        let store = &world.store;
        let all = Scope::cli();
        let mut stranger = named("Actie");
        stranger.action.partners = vec![store.env().uuid_v7().into()];
        let long = Some("x".repeat(61));
        let mut long_line = named("Actie");
        long_line.action.funding_line = long;
        let mut elsewhere = named("Actie");
        elsewhere.partnership = Some(store.env().uuid_v7().into());
        assert!(matches!(
            store.add_action(&all, &named(" ")).await,
            Err(Error::Invalid(_))
        ));
        assert!(matches!(
            store.add_action(&all, &long_line).await,
            Err(Error::Invalid(_))
        ));
        assert!(matches!(
            store.add_action(&all, &stranger).await,
            Err(Error::Unknown("partner"))
        ));
        assert!(matches!(
            store.add_action(&all, &elsewhere).await,
            Err(Error::Unknown("partnership"))
        ));
        assert!(store.actions(&all, &ActionFilter::default()).await.unwrap().is_empty());
        let nowhere = store.env().uuid_v7();
        let change = ActionChange {
            name: "X".to_owned(),
            ..ActionChange::default()
        };
        assert!(matches!(
            store.change_action(&all, nowhere.into(), &change).await,
            Err(Error::Unknown("action"))
        ));
        assert!(store.action(&all, nowhere.into()).await.unwrap().is_none());
        let real = action(&world, "Actie").await;
        assert!(matches!(
            store.link_activity(&all, nowhere.into(), Some(real.id)).await,
            Err(Error::Unknown("activity"))
        ));
        world
    })
    .await;
}

#[tokio::test]
async fn the_last_decision_stands_and_the_others_are_its_history() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        let all = Scope::cli();
        let mut new = named("Zwemmen");
        new.action.bbc_code = Some(bbc("ACT-12"));
        let swim = store.add_action(&all, &new).await.unwrap();
        let decide = |decision, decided_on, code: Option<&str>| NewDecision {
            action: swim.id,
            decision,
            decided_on,
            bbc_code: code.map(bbc),
            reason: " Er komen\r\nelke week meer mensen. ".to_owned(),
        };
        let before = world.now();
        world.wait_minutes(1);
        let anchored = decide(AnchoringDecision::Anchored, TODAY, Some("2026/3"));
        store.decide_anchoring(&all, &anchored).await.unwrap();
        // Written down later, decided earlier.
        let proposed = decide(AnchoringDecision::Proposed, date(2026, 1, 15), None);
        store.decide_anchoring(&all, &proposed).await.unwrap();
        let history = store.anchoring_decisions(&all, swim.id).await.unwrap();
        assert_eq!(
            history
                .iter()
                .map(|decision| (decision.decision, decision.bbc_code.clone().unwrap().to_string()))
                .collect::<Vec<_>>(),
            [
                (AnchoringDecision::Proposed, "ACT-12".to_owned()),
                (AnchoringDecision::Anchored, "2026/3".to_owned()),
            ]
        );
        assert_eq!(history[0].reason, "Er komen\nelke week meer mensen.");
        let latest = |filter: ActionFilter| async move {
            let actions = store.actions(&Scope::cli(), &filter).await.unwrap();
            actions[0].decision.as_ref().map(|decision| decision.decision)
        };
        assert_eq!(latest(ActionFilter::default()).await, Some(AnchoringDecision::Anchored));
        let until = ActionFilter {
            until: Some(date(2026, 2, 28)),
            ..ActionFilter::default()
        };
        assert_eq!(latest(until).await, Some(AnchoringDecision::Proposed));
        let as_of = ActionFilter {
            as_of: Some(before),
            ..ActionFilter::default()
        };
        assert_eq!(latest(as_of).await, None);

        let tomorrow = decide(AnchoringDecision::Stopped, date(2026, 3, 21), None);
        assert!(matches!(
            store.decide_anchoring(&all, &tomorrow).await,
            Err(Error::Invalid(_))
        ));
        let nowhere = NewDecision {
            action: store.env().uuid_v7().into(),
            ..decide(AnchoringDecision::Stopped, TODAY, None)
        };
        assert!(matches!(
            store.decide_anchoring(&all, &nowhere).await,
            Err(Error::Unknown("action"))
        ));
        world.tell(history);
        world
    })
    .await;
}

#[tokio::test]
async fn a_cost_counts_in_its_days_until_it_is_taken_back() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        let all = Scope::cli();
        let swim = action(&world, "Zwemmen").await;
        store
            .add_cost_line(&all, &cost(Some(&swim), 12_050, date(2025, 11, 30)))
            .await
            .unwrap();
        let wrong = store
            .add_cost_line(&all, &cost(Some(&swim), 99_999, date(2025, 12, 1)))
            .await
            .unwrap();
        store
            .add_cost_line(&all, &cost(Some(&swim), 7_500, TODAY))
            .await
            .unwrap();
        store.add_cost_line(&all, &cost(None, 100, TODAY)).await.unwrap();
        let before = world.now();
        world.wait_minutes(1);
        store.withdraw_cost_line(&all, wrong).await.unwrap();
        assert!(matches!(
            store.withdraw_cost_line(&all, wrong).await,
            Err(Error::Unknown(_))
        ));
        let spent = |from: Option<Date>, as_of| async move {
            let filter = ActionFilter {
                from,
                as_of,
                ..ActionFilter::default()
            };
            store.actions(&Scope::cli(), &filter).await.unwrap()[0].cost
        };
        assert_eq!(spent(None, None).await, Some(Cents(19_550)));
        assert_eq!(spent(Some(date(2025, 12, 1)), None).await, Some(Cents(7_500)));
        assert_eq!(spent(Some(date(2025, 12, 1)), Some(before)).await, Some(Cents(107_499)));
        let of_swim = CostFilter {
            action: Some(swim.id),
            until: Some(date(2025, 12, 31)),
            ..CostFilter::default()
        };
        let lines = store.cost_lines(&all, &of_swim).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.cents).collect::<Vec<_>>(), [Cents(12_050)]);
        assert_eq!(store.cost_lines(&all, &CostFilter::default()).await.unwrap().len(), 3);
        for refused in [
            cost(None, 0, TODAY),
            cost(None, -5, TODAY),
            cost(None, 5, date(2026, 3, 21)),
            NewCostLine {
                description: " ".to_owned(),
                ..cost(None, 5, TODAY)
            },
        ] {
            assert!(matches!(
                store.add_cost_line(&all, &refused).await,
                Err(Error::Invalid(_))
            ));
        }
        world.tell(lines);
        world
    })
    .await;
}

/// The members of the seeded partnership, by code.
async fn members(world: &World) -> Vec<Nis> {
    let mut members: Vec<Nis> = world
        .store
        .municipalities(&Scope::cli())
        .await
        .unwrap()
        .into_iter()
        .map(|place| place.nis)
        .collect();
    members.sort_unstable();
    members
}

#[tokio::test]
async fn the_own_share_is_split_to_the_cent_and_nobody_pays_twice() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        let all = Scope::cli();
        let swim = action(&world, "Zwemmen").await;
        let members = members(&world).await;
        store
            .add_budget_line(&all, &planned(Some(&swim), 100_001, CostKind::Venue))
            .await
            .unwrap();
        let wrong = store
            .add_budget_line(&all, &planned(None, 5, CostKind::Staff))
            .await
            .unwrap();
        store
            .add_budget_line(&all, &planned(None, 50_000, CostKind::Staff))
            .await
            .unwrap();
        store.withdraw_budget_line(&all, wrong).await.unwrap();
        store
            .add_cost_line(&all, &cost(Some(&swim), 90_000, TODAY))
            .await
            .unwrap();

        // Nobody said what pays for it: 20 %, equally, no subsidy.
        let unset = store.budget(&all, None, year(), None).await.unwrap();
        assert_eq!((unset.budget, unset.spent), (Cents(150_001), Cents(90_000)));
        assert_eq!(
            (unset.own_of_budget, unset.own_of_spent),
            (Cents(30_000), Cents(18_000))
        );
        assert_eq!((unset.subsidy_used, unset.uncovered), (Cents(0), Cents(72_000)));
        assert_eq!(unset.shares.len(), members.len());
        assert_eq!(
            unset.shares.iter().map(|share| share.of_budget).sum::<Cents>(),
            Cents(30_000)
        );

        let mut setting = BudgetYear {
            year: year(),
            subsidy: Cents(80_000),
            own_share: BasisPoints(2_000),
            split: OwnShareSplit::Typed,
            weights: vec![(members[0], 3_333), (members[1], 6_667)],
        };
        store.set_budget_year(&all, None, &setting).await.unwrap();
        assert_eq!(store.budget_year(&all, None, year()).await.unwrap(), setting);
        let typed = store.budget(&all, None, year(), None).await.unwrap();
        assert_eq!(
            typed
                .shares
                .iter()
                .map(|share| (share.weight, share.of_budget.0, share.of_spent.0))
                .collect::<Vec<_>>(),
            [(3_333, 9_999, 5_999), (6_667, 20_001, 12_001)]
        );
        assert_eq!((typed.subsidy_used, typed.uncovered), (Cents(72_000), Cents(0)));
        assert_eq!(
            typed
                .rows
                .iter()
                .map(|row| (row.name.as_str(), row.budget.0, row.spent.0))
                .collect::<Vec<_>>(),
            [("Zwemmen", 100_001, 90_000), ("", 50_000, 0)]
        );
        assert_eq!(typed.kinds.len(), 2);

        setting.split = OwnShareSplit::Inhabitants;
        let inhabitants = known_inhabitants();
        setting.weights = members.iter().map(|nis| (*nis, inhabitants[nis])).collect();
        store.set_budget_year(&all, None, &setting).await.unwrap();
        let by_size = store.budget(&all, None, year(), None).await.unwrap();
        assert_eq!(
            by_size.shares.iter().map(|share| share.of_spent).sum::<Cents>(),
            Cents(18_000)
        );

        setting.split = OwnShareSplit::Equal;
        setting.weights.clear();
        store.set_budget_year(&all, None, &setting).await.unwrap();
        assert_eq!(
            store.budget_year(&all, None, year()).await.unwrap().weights.len(),
            members.len()
        );
        let told = (typed, by_size, store.budget_lines(&all, None, year()).await.unwrap());
        world.tell(told);
        world
    })
    .await;
}

#[tokio::test]
async fn a_project_adds_its_work_years_up_each_with_its_own_rules() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        let all = Scope::cli();
        let members = members(&world).await;
        for (name, subsidy, own_share, spent, day) in [
            ("2024-2025", 40_000, 1_000, 50_001, date(2025, 11, 30)),
            ("2025-2026", 1_000, 2_000, 10_000, date(2025, 12, 1)),
        ] {
            let setting = BudgetYear {
                year: name.parse().unwrap(),
                subsidy: Cents(subsidy),
                own_share: BasisPoints(own_share),
                split: OwnShareSplit::Typed,
                weights: vec![(members[2], 10_000)],
            };
            store.set_budget_year(&all, None, &setting).await.unwrap();
            store.add_cost_line(&all, &cost(None, spent, day)).await.unwrap();
        }
        let years = store.budget_years(&all, None).await.unwrap();
        assert_eq!(
            years.iter().map(Period::to_string).collect::<Vec<_>>(),
            ["2024-2025", "2025-2026"]
        );
        let whole = store
            .budget(&all, None, "project".parse().unwrap(), None)
            .await
            .unwrap();
        assert_eq!((whole.spent, whole.subsidy), (Cents(60_001), Cents(41_000)));
        assert_eq!(
            (whole.own_of_spent, whole.subsidy_used),
            (Cents(5_000 + 2_000), Cents(40_000 + 1_000))
        );
        assert_eq!(whole.uncovered, Cents(5_001 + 7_000));
        assert_eq!((whole.shares.len(), whole.shares[0].of_spent), (1, Cents(7_000)));
        let month = store.budget(&all, None, "2026-03".parse().unwrap(), None).await;
        assert!(matches!(month, Err(Error::Invalid(_))));
        let before = store
            .budget(
                &all,
                None,
                year(),
                Some(tests::conformance::moment("2020-01-01T00:00:00Z")),
            )
            .await
            .unwrap();
        assert_eq!(before.spent, Cents(0));
        world.tell(whole);
        world
    })
    .await;
}

#[tokio::test]
async fn a_split_that_does_not_add_up_is_refused() {
    on_both_engines(async |world: World| {
        let store = &world.store;
        let all = Scope::cli();
        let members = members(&world).await;
        let with = |split, weights: &[(Nis, u64)]| BudgetYear {
            year: year(),
            subsidy: Cents(0),
            own_share: BasisPoints::USUAL_OWN_SHARE,
            split,
            weights: weights.to_vec(),
        };
        let (first, second) = (members[0], members[1]);
        for refused in [
            with(OwnShareSplit::Typed, &[(first, 5_000), (second, 4_999)]),
            with(OwnShareSplit::Typed, &[]),
            with(OwnShareSplit::Typed, &[(first, 5_000), (first, 5_000)]),
            with(OwnShareSplit::Inhabitants, &[(first, 1_000)]),
            with(
                OwnShareSplit::Inhabitants,
                &members.iter().map(|nis| (*nis, 0)).collect::<Vec<_>>(),
            ),
            BudgetYear {
                year: "2026".parse().unwrap(),
                ..with(OwnShareSplit::Equal, &[])
            },
            BudgetYear {
                subsidy: Cents(-1),
                ..with(OwnShareSplit::Equal, &[])
            },
            BudgetYear {
                own_share: BasisPoints(10_001),
                ..with(OwnShareSplit::Equal, &[])
            },
        ] {
            assert!(
                matches!(
                    store.set_budget_year(&all, None, &refused).await,
                    Err(Error::Invalid(_))
                ),
                "{refused:?}"
            );
        }
        // Pelt is no member.
        let pelt = with(OwnShareSplit::Typed, &[(nis(72043), 10_000)]);
        assert!(matches!(
            store.set_budget_year(&all, None, &pelt).await,
            Err(Error::Unknown("municipality"))
        ));
        let mut line = planned(None, 5, CostKind::Other);
        line.year = "2026-Q1".parse().unwrap();
        assert!(matches!(
            store.add_budget_line(&all, &line).await,
            Err(Error::Invalid(_))
        ));
        assert!(matches!(
            store.add_budget_line(&all, &planned(None, 0, CostKind::Other)).await,
            Err(Error::Invalid(_))
        ));
        world
    })
    .await;
}

#[tokio::test]
async fn a_partner_is_added_once_and_an_agreement_keeps_its_dates() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        let all = Scope::cli();
        let avansa = store.add_partner(&all, " Avansa ").await.unwrap();
        assert!(matches!(store.add_partner(&all, "AVANSA").await, Err(Error::Exists(_))));
        assert!(matches!(store.add_partner(&all, "").await, Err(Error::Invalid(_))));
        assert!(store.partners(&all).await.unwrap().contains(&avansa));
        let new = NewAgreement {
            partnership: None,
            partner: avansa.id,
            agreed_on: date(2026, 1, 12),
            ends_on: None,
            text: "Avansa begeleidt\nde praattafel.".to_owned(),
        };
        let id = store.add_agreement(&all, &new).await.unwrap();
        assert!(matches!(
            store.end_agreement(&all, id, date(2026, 1, 11)).await,
            Err(Error::Unknown(_))
        ));
        store.end_agreement(&all, id, date(2026, 6, 30)).await.unwrap();
        let reversed = NewAgreement {
            ends_on: Some(date(2026, 1, 11)),
            ..new.clone()
        };
        assert!(matches!(
            store.add_agreement(&all, &reversed).await,
            Err(Error::Invalid(_))
        ));
        let stranger = NewAgreement {
            partner: store.env().uuid_v7().into(),
            ..new
        };
        assert!(matches!(
            store.add_agreement(&all, &stranger).await,
            Err(Error::Unknown("partner"))
        ));
        let agreements = store.agreements(&Scope::public(), None).await.unwrap();
        assert_eq!(
            (
                agreements.len(),
                agreements[0].partner_name.as_str(),
                agreements[0].ends_on
            ),
            (1, "Avansa", Some(date(2026, 6, 30)))
        );
        world.tell(agreements);
        world
    })
    .await;
}

#[tokio::test]
async fn only_the_coordinator_writes_and_only_who_may_reads_finances() {
    on_both_engines(async |world: World| {
        let store = &world.store;
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await;
        let swim = action(&world, "Zwemmen").await;
        let coordinator = account(&world, Role::Coordinator, None, None).await;
        let line = store
            .add_cost_line(&coordinator, &cost(Some(&swim), 500, TODAY))
            .await
            .unwrap();
        let plan = store
            .add_budget_line(&coordinator, &planned(None, 5, CostKind::Other))
            .await
            .unwrap();
        let partner = store.partners(&coordinator).await.unwrap()[0].clone();
        let agreed = NewAgreement {
            partnership: None,
            partner: partner.id,
            agreed_on: TODAY,
            ends_on: None,
            text: "x".to_owned(),
        };
        let agreement = store.add_agreement(&coordinator, &agreed).await.unwrap();
        let setting = store.budget_year(&coordinator, None, year()).await.unwrap();
        let decision = NewDecision {
            action: swim.id,
            decision: AnchoringDecision::Stopped,
            decided_on: TODAY,
            bbc_code: None,
            reason: String::new(),
        };
        let auditor = account(&world, Role::Auditor, None, None).await;
        let others = [
            account(&world, Role::Counter, Some(nis(23102)), None).await,
            account(&world, Role::Organiser, None, Some(club.id)).await,
            Scope::public(),
        ];
        for scope in others.iter().chain([&auditor]) {
            let denied = |outcome: Result<(), Error>| assert!(matches!(outcome, Err(Error::Denied(_))), "{outcome:?}");
            denied(store.add_action(scope, &named("X")).await.map(drop));
            denied(store.change_action(scope, swim.id, &named("X").action).await.map(drop));
            denied(store.set_action_partners(scope, swim.id, &[]).await);
            denied(store.link_activity(scope, activity.id, Some(swim.id)).await);
            denied(store.loose_activities(scope, swim.id, None).await.map(drop));
            denied(store.decide_anchoring(scope, &decision).await);
            denied(store.add_cost_line(scope, &cost(None, 5, TODAY)).await.map(drop));
            denied(store.withdraw_cost_line(scope, line).await);
            denied(
                store
                    .add_budget_line(scope, &planned(None, 5, CostKind::Other))
                    .await
                    .map(drop),
            );
            denied(store.withdraw_budget_line(scope, plan).await);
            denied(store.set_budget_year(scope, None, &setting).await);
            denied(store.add_partner(scope, "X").await.map(drop));
            denied(store.add_agreement(scope, &agreed).await.map(drop));
            denied(store.end_agreement(scope, agreement, TODAY).await);
            let sees = scope == &auditor;
            let listed = store.actions(scope, &ActionFilter::default()).await.unwrap();
            assert_eq!(listed[0].cost, sees.then_some(Cents(500)));
            let allowed = |outcome: Result<(), Error>| assert_eq!(outcome.is_ok(), sees, "{outcome:?}");
            allowed(store.cost_lines(scope, &CostFilter::default()).await.map(drop));
            allowed(store.budget_lines(scope, None, year()).await.map(drop));
            allowed(store.budget_year(scope, None, year()).await.map(drop));
            allowed(store.budget_years(scope, None).await.map(drop));
            allowed(store.budget(scope, None, year(), None).await.map(drop));
            assert!(store.action_activities(scope, swim.id).await.is_ok());
            assert!(store.anchoring_decisions(scope, swim.id).await.is_ok());
            assert_eq!(store.action_of_activity(scope, activity.id).await.unwrap(), None);
        }
        world
    })
    .await;
}

#[tokio::test]
async fn an_activity_outside_the_partnership_belongs_to_none_of_its_actions() {
    on_both_engines(async |world: World| {
        let store = &world.store;
        let coordinator = account(&world, Role::Coordinator, None, None).await;
        let pelt = NewOrganiser {
            name: "Club Pelt".to_owned(),
            kind: OrganiserKind::SportsClub,
            municipality: nis(72043),
        };
        let pelt = store.add_organiser(&Scope::cli(), pelt).await.unwrap();
        let outside = world.activity(pelt.id, CountingRule::OncePerDay).await;
        let swim = action(&world, "Zwemmen").await;
        for scope in [&coordinator, &Scope::cli()] {
            assert!(matches!(
                store.link_activity(scope, outside.id, Some(swim.id)).await,
                Err(Error::Unknown("activity"))
            ));
        }
        assert!(
            store
                .loose_activities(&coordinator, swim.id, None)
                .await
                .unwrap()
                .is_empty()
        );
        let mut elsewhere = named("X");
        elsewhere.partnership = Some(store.env().uuid_v7().into());
        assert!(matches!(
            store.add_action(&coordinator, &elsewhere).await,
            Err(Error::Unknown("partnership"))
        ));
        let other = Some(store.env().uuid_v7().into());
        assert!(matches!(
            store.budget(&coordinator, other, year(), None).await,
            Err(Error::Unknown("partnership"))
        ));
        world
    })
    .await;
}
