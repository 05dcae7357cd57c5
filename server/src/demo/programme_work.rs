//! What the demo's coordinator wrote down: actions with what they cost and what was decided, a budget for two work years,
//! agreements, and a learning network. All of it is invented; the amounts stand for nothing.

mod sheets;
mod words;

use std::collections::BTreeMap;

use domain::{
    ActionId, ActivityId, AnchoringDecision, BasisPoints, BbcCode, Cents, CostKind, OwnShareSplit, PartnerId, Period,
};
use jiff::ToSpan;
use jiff::civil::Date;
use storage::{
    ActionChange, ActivityFilter, BudgetYear, NewAction, NewAgreement, NewBudgetLine, NewCostLine, NewDecision, Scope,
    Store, known_inhabitants,
};

use super::DemoError;
use words::{ACTIONS, AGREEMENTS, Plan};

/// Writes it all down. Once the activities are there: actions are linked to them by name.
pub(super) async fn add(store: &Store) -> Result<(), DemoError> {
    let scope = Scope::cli();
    let today = store.env().today();
    let partners = partners(store, &scope).await?;
    let activities = activities(store, &scope).await?;
    let mut actions = Vec::with_capacity(ACTIONS.len());
    for plan in &ACTIONS {
        let id = add_action(store, &scope, plan, &partners).await?;
        link(store, &scope, plan, id, &activities, today).await?;
        costs(store, &scope, plan, id, today).await?;
        for (decision, days, reason) in plan.decisions {
            let new = NewDecision {
                action: id,
                decision: *decision,
                decided_on: ago(today, *days),
                bbc_code: None,
                reason: (*reason).to_owned(),
            };
            store.decide_anchoring(&scope, &new).await?;
        }
        actions.push(id);
    }
    budgets(store, &scope, &actions, today).await?;
    for (partner, days, length, text) in AGREEMENTS {
        let agreed_on = ago(today, days);
        let new = NewAgreement {
            partnership: None,
            partner: *partners.get(partner).ok_or(DemoError::Impossible("partner"))?,
            agreed_on,
            ends_on: length.and_then(|length: i32| agreed_on.checked_add(length.days()).ok()),
            text: text.to_owned(),
        };
        store.add_agreement(&scope, &new).await?;
    }
    sheets::add(store, &scope, &actions, today).await
}

/// So many days before today.
fn ago(today: Date, days: i32) -> Date {
    today.saturating_sub(days.days())
}

async fn partners(store: &Store, scope: &Scope) -> Result<BTreeMap<String, PartnerId>, DemoError> {
    let known = store.partners(scope).await?;
    Ok(known.into_iter().map(|partner| (partner.name, partner.id)).collect())
}

/// All activities by name.
async fn activities(store: &Store, scope: &Scope) -> Result<BTreeMap<String, Vec<ActivityId>>, DemoError> {
    let mut by_name: BTreeMap<String, Vec<ActivityId>> = BTreeMap::new();
    let mut filter = ActivityFilter {
        limit: 200,
        ..ActivityFilter::default()
    };
    loop {
        let page = store.activities(scope, filter.clone()).await?;
        for activity in page.items {
            by_name.entry(activity.name).or_default().push(activity.id);
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(by_name),
        }
    }
}

async fn add_action(
    store: &Store,
    scope: &Scope,
    plan: &Plan,
    partners: &BTreeMap<String, PartnerId>,
) -> Result<ActionId, DemoError> {
    let partners = plan.partners.iter().map(|name| partners.get(*name).copied());
    let partners: Option<Vec<PartnerId>> = partners.collect();
    let new = NewAction {
        partnership: None,
        action: ActionChange {
            name: plan.name.to_owned(),
            funding_line: Some(plan.funding.to_owned()),
            bbc_code: plan
                .bbc
                .map(str::parse::<BbcCode>)
                .transpose()
                .map_err(|_| DemoError::Impossible("BBC code"))?,
            partners: partners.ok_or(DemoError::Impossible("partner"))?,
        },
    };
    Ok(store.add_action(scope, &new).await?.id)
}

/// Links every activity of these names; a new action keeps only those that began in this work year, if there are any.
async fn link(
    store: &Store,
    scope: &Scope,
    plan: &Plan,
    id: ActionId,
    activities: &BTreeMap<String, Vec<ActivityId>>,
    today: Date,
) -> Result<(), DemoError> {
    for activity in plan
        .activities
        .iter()
        .filter_map(|name| activities.get(*name))
        .flatten()
    {
        store.link_activity(scope, *activity, Some(id)).await?;
    }
    if !plan.new {
        return Ok(());
    }
    let since = Period::work_year_of(today).first();
    let linked = store.action_activities(scope, id).await?;
    let (old, new): (Vec<_>, Vec<_>) = linked
        .into_iter()
        .partition(|one| one.first_start.is_some_and(|start| domain::local_day(start) < since));
    if !new.is_empty() {
        for activity in old {
            store.link_activity(scope, activity.id, None).await?;
        }
    }
    Ok(())
}

/// The lines of an action: parts of its cost in a year, in hundredths.
const PARTS: [(CostKind, &str, i64, i32); 4] = [
    (CostKind::Fees, "Begeleiding, eerste reeks", 40, 410),
    (CostKind::Venue, "Huur van de zaal", 20, 300),
    (CostKind::Fees, "Begeleiding, tweede reeks", 45, 170),
    (CostKind::Materials, "Materiaal", 15, 45),
];

async fn costs(store: &Store, scope: &Scope, plan: &Plan, id: ActionId, today: Date) -> Result<(), DemoError> {
    for (kind, description, part, days) in PARTS {
        // A new action cost nothing before it began.
        if plan.new && days > 200 {
            continue;
        }
        let new = NewCostLine {
            partnership: None,
            action: Some(id),
            kind,
            description: description.to_owned(),
            cents: Cents(plan.euro_a_year * part),
            spent_on: ago(today, days),
        };
        store.add_cost_line(scope, &new).await?;
    }
    Ok(())
}

/// What is planned for an action in a year, in hundredths of what it costs.
const PLANNED: [(CostKind, &str, i64); 3] = [
    (CostKind::Fees, "Begeleiding", 88),
    (CostKind::Venue, "Zalen", 22),
    (CostKind::Materials, "Materiaal", 18),
];

/// This work year and the one before it.
async fn budgets(store: &Store, scope: &Scope, actions: &[ActionId], today: Date) -> Result<(), DemoError> {
    let this = Period::work_year_of(today);
    let before = Period::work_year_of(ago(this.first(), 1));
    let inhabitants = known_inhabitants();
    let weights = store.municipalities(scope).await?;
    let weights: Vec<_> = weights
        .iter()
        .filter_map(|one| Some((one.nis, *inhabitants.get(&one.nis)?)))
        .collect();
    for (year, subsidy, split) in [
        (before, 4_200_000, OwnShareSplit::Equal),
        (this, 4_800_000, OwnShareSplit::Inhabitants),
    ] {
        let setting = BudgetYear {
            year,
            subsidy: Cents(subsidy),
            own_share: BasisPoints::USUAL_OWN_SHARE,
            split,
            weights: weights.clone(),
        };
        store.set_budget_year(scope, None, &setting).await?;
        for (kind, description, cents, days) in [
            (CostKind::Staff, "Coördinator, halftijds", 3_150_000, 40),
            (CostKind::Communication, "Folders en affiches", 240_000, 90),
            (CostKind::Other, "Kleine kosten", 80_000, 60),
        ] {
            line(store, scope, year, None, kind, description, cents).await?;
            let spent_on = ago(year.last().min(today), days);
            let new = NewCostLine {
                partnership: None,
                action: None,
                kind,
                description: description.to_owned(),
                // A little less than was planned.
                cents: Cents(cents / 100 * 96 + 55),
                spent_on,
            };
            store.add_cost_line(scope, &new).await?;
        }
        for (plan, id) in ACTIONS.iter().zip(actions) {
            if plan.new && year == before {
                continue;
            }
            for (kind, description, part) in PLANNED {
                line(
                    store,
                    scope,
                    year,
                    Some(*id),
                    kind,
                    description,
                    plan.euro_a_year * part,
                )
                .await?;
            }
        }
    }
    Ok(())
}

async fn line(
    store: &Store,
    scope: &Scope,
    year: Period,
    action: Option<ActionId>,
    kind: CostKind,
    description: &str,
    cents: i64,
) -> Result<(), DemoError> {
    let new = NewBudgetLine {
        partnership: None,
        year,
        action,
        kind,
        description: description.to_owned(),
        cents: Cents(cents),
    };
    store.add_budget_line(scope, &new).await?;
    Ok(())
}

/// What was decided, so many days ago, and why.
type Decided = (AnchoringDecision, i32, &'static str);
