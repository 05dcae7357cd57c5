//! The financial part of the final report: budget, spending, subsidy, the municipalities' own share.

use domain::{Cents, PeriodKind};
use storage::{Budget, Permission};

use crate::block::{note, section, sentence, table};
use crate::desk::Desk;
use crate::dutch::euro;
use crate::sentences::finance;
use crate::{ReportError, Section};

/// The sections about money. Only for scopes that may read finances.
pub(crate) async fn sections(desk: &Desk<'_>) -> Result<Vec<Section>, ReportError> {
    if !desk.scope.may(Permission::ReadFinances) {
        return Err(ReportError::Denied("the financial report"));
    }
    let period = desk.when.period;
    if !matches!(period.kind(), PeriodKind::WorkYear | PeriodKind::Project) {
        return Err(ReportError::Invalid(
            "money is counted by work year: choose a work year (2025-2026) or the whole project",
        ));
    }
    let budget = desk
        .store
        .budget(desk.scope, desk.partnership, period, desk.as_of)
        .await?;
    Ok(vec![spending(desk, &budget), who_pays(&budget)])
}

fn spending(desk: &Desk<'_>, budget: &Budget) -> Section {
    let mut blocks = vec![sentence(finance::spent(desk.when, budget.budget.0, budget.spent.0))];
    let mut rows: Vec<Vec<String>> = budget
        .rows
        .iter()
        .map(|row| {
            let name = if row.action.is_some() {
                row.name.clone()
            } else {
                "Zonder actie".to_owned()
            };
            amounts(name, row.budget, row.spent)
        })
        .collect();
    if !rows.is_empty() {
        rows.push(amounts("Samen".to_owned(), budget.budget, budget.spent));
    }
    let columns = [
        ("Actie", false),
        ("Begroot", true),
        ("Uitgegeven", true),
        ("Verschil", true),
    ];
    blocks.extend(table("Begroting en uitgaven per actie", &columns, rows, true));
    let mut kinds: Vec<Vec<String>> = budget
        .kinds
        .iter()
        .map(|total| amounts(total.kind.label_nl().to_owned(), total.budget, total.spent))
        .collect();
    if !kinds.is_empty() {
        kinds.push(amounts("Samen".to_owned(), budget.budget, budget.spent));
    }
    let columns = [
        ("Soort kosten", false),
        ("Begroot", true),
        ("Uitgegeven", true),
        ("Verschil", true),
    ];
    blocks.extend(table("Begroting en uitgaven per soort kosten", &columns, kinds, true));
    section("spending", "Begroting en uitgaven", blocks)
}

fn who_pays(budget: &Budget) -> Section {
    if budget.budget == Cents(0) && budget.spent == Cents(0) && budget.subsidy == Cents(0) {
        return section(
            "own-share",
            "Subsidie en eigen aandeel",
            vec![sentence(finance::NO_BUDGET)],
        );
    }
    let mut blocks = vec![sentence(finance::who_pays(
        budget.subsidy.0,
        budget.own_of_spent.0,
        budget.own_share.0,
    ))];
    let row =
        |what: &str, of_budget: Cents, of_spent: Cents| vec![what.to_owned(), euro(of_budget.0), euro(of_spent.0)];
    let mut rows = vec![
        row("Subsidie", budget.subsidy, budget.subsidy_used),
        row(
            "Eigen aandeel van de gemeenten",
            budget.own_of_budget,
            budget.own_of_spent,
        ),
    ];
    if budget.uncovered != Cents(0) {
        rows.push(vec![
            "Nog niet gedekt".to_owned(),
            "–".to_owned(),
            euro(budget.uncovered.0),
        ]);
    }
    blocks.extend(table(
        "Wie betaalt",
        &[("Bron", false), ("Begroot", true), ("Van de uitgaven", true)],
        rows,
        false,
    ));
    let mut shares: Vec<Vec<String>> = budget
        .shares
        .iter()
        .map(|share| row(&share.name, share.of_budget, share.of_spent))
        .collect();
    if !shares.is_empty() {
        shares.push(row("Samen", budget.own_of_budget, budget.own_of_spent));
    }
    blocks.extend(table(
        "Eigen aandeel per gemeente",
        &[
            ("Gemeente", false),
            ("Van de begroting", true),
            ("Van de uitgaven", true),
        ],
        shares,
        true,
    ));
    blocks.push(note(format!(
        "Verdeling: {}. Het eigen aandeel is een deel van alle kosten, op de cent afgerond; de subsidie betaalt de rest, \
         hoogstens wat is toegekend.",
        budget.split.label_nl().to_lowercase()
    )));
    section("own-share", "Subsidie en eigen aandeel", blocks)
}

fn amounts(name: String, budget: Cents, spent: Cents) -> Vec<String> {
    vec![name, euro(budget.0), euro(spent.0), euro(budget.0 - spent.0)]
}
