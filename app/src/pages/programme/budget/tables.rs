//! The tables of `/begroting`.

use domain::{ActionId, BasisPoints, Cents, OwnShareSplit, Period};
use leptos::prelude::*;
use storage::{Budget, BudgetLine, CostLine, MunicipalShare};

use super::page::left;
use crate::charts::table::wrapped;
use crate::locales::nl::{self, programme as text};
use crate::pages::programme::parts::{euro, fact, fold, heading, quick_form};

/// Three amounts in a row: what may be spent, what was, what is left.
fn amounts(budget: Cents, spent: Cents) -> AnyView {
    view! {
        {euro(budget)}
        {euro(spent)}
        {euro(left(budget, spent))}
    }
    .into_any()
}

fn money_head(first: &'static str) -> AnyView {
    view! {
        <thead>
            <tr>
                {heading(first, false)} {heading(text::BUDGETED, true)} {heading(text::SPENT, true)}
                {heading(text::LEFT, true)}
            </tr>
        </thead>
    }
    .into_any()
}

fn money_foot(budget: &Budget) -> AnyView {
    view! {
        <tfoot>
            <tr>
                <th scope="row">{text::TOGETHER}</th>
                {amounts(budget.budget, budget.spent)}
            </tr>
        </tfoot>
    }
    .into_any()
}

/// Budget and spending per action.
pub(super) fn by_action(budget: &Budget) -> AnyView {
    if budget.rows.is_empty() {
        return view! { <p class="section">{text::NO_MONEY}</p> }.into_any();
    }
    let rows = budget
        .rows
        .iter()
        .map(|row| {
            let name = match row.action {
                Some(id) => view! { <a href=format!("/acties/{id}")>{row.name.clone()}</a> }.into_any(),
                None => text::WHOLE.into_any(),
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    {amounts(row.budget, row.spent)}
                </tr>
            }
        })
        .collect_view();
    let inside = view! {
        {money_head(text::ACTION)}
        <tbody>{rows}</tbody>
        {money_foot(budget)}
    };
    view! { <section class="section">{wrapped(text::BY_ACTION, inside.into_any())}</section> }.into_any()
}

/// Budget and spending per kind of cost.
pub(super) fn by_kind(budget: &Budget) -> Option<AnyView> {
    if budget.kinds.is_empty() {
        return None;
    }
    let rows = budget
        .kinds
        .iter()
        .map(|total| {
            view! {
                <tr>
                    <th scope="row">{total.kind.label_nl()}</th>
                    {amounts(total.budget, total.spent)}
                </tr>
            }
        })
        .collect_view();
    let inside = view! {
        {money_head(text::KIND)}
        <tbody>{rows}</tbody>
        {money_foot(budget)}
    };
    Some(view! { <section class="section">{wrapped(text::BY_KIND, inside.into_any())}</section> }.into_any())
}

/// The subsidy, the own share, and what nobody pays yet.
pub(super) fn who_pays(budget: &Budget) -> AnyView {
    let share = text::percent(budget.own_share);
    view! {
        <section class="section card">
            <h2 class="card__title">{text::WHO_PAYS}</h2>
            <p>{text::who_pays(&share)}</p>
            <dl class="facts">
                {fact(text::SUBSIDY_GRANTED, text::euro(budget.subsidy))}
                {fact(text::SUBSIDY_USED, text::euro(budget.subsidy_used))}
                {fact(text::OWN_OF_BUDGET, text::euro(budget.own_of_budget))}
                {fact(text::OWN_OF_SPENT, text::euro(budget.own_of_spent))}
                {(budget.uncovered.0 > 0).then(|| fact(text::UNCOVERED, text::euro(budget.uncovered)))}
            </dl>
        </section>
    }
    .into_any()
}

/// The municipality's part of the split, in words.
fn part(split: OwnShareSplit, share: &MunicipalShare) -> String {
    match split {
        OwnShareSplit::Equal => text::SAME_PART.to_owned(),
        OwnShareSplit::Inhabitants => nl::count(share.weight, "inwoner", "inwoners"),
        OwnShareSplit::Typed => {
            let points = u32::try_from(share.weight).unwrap_or(u32::MAX);
            text::percent(BasisPoints(points))
        }
    }
}

/// What each municipality pays of the own share.
pub(super) fn split(budget: &Budget) -> Option<AnyView> {
    if budget.shares.is_empty() {
        return None;
    }
    let rows = budget
        .shares
        .iter()
        .map(|share| {
            view! {
                <tr>
                    <th scope="row">{share.name.clone()}</th>
                    <td class="table__number">{part(budget.split, share)}</td>
                    {euro(share.of_budget)}
                    {euro(share.of_spent)}
                </tr>
            }
        })
        .collect_view();
    let inside = view! {
        <thead>
            <tr>
                {heading(text::MUNICIPALITY, false)} {heading(text::PART, true)} {heading(text::OF_BUDGET, true)}
                {heading(text::OF_SPENT, true)}
            </tr>
        </thead>
        <tbody>{rows}</tbody>
        <tfoot>
            <tr>
                <th scope="row">{text::TOGETHER}</th>
                <td></td>
                {euro(budget.own_of_budget)}
                {euro(budget.own_of_spent)}
            </tr>
        </tfoot>
    };
    Some(
        view! {
            <section class="section">
                {wrapped(text::SPLIT_TABLE, inside.into_any())}
                <p class="note">{text::split_note(budget.split)}</p>
            </section>
        }
        .into_any(),
    )
}

/// Every line that was written down, folded; with a button to take it back.
pub(super) fn lines(
    period: Period,
    names: &[(ActionId, String)],
    lines: &[BudgetLine],
    costs: &[CostLine],
    writes: bool,
) -> AnyView {
    let name = |action: Option<ActionId>| {
        let found = action.and_then(|id| names.iter().find(|(known, _)| *known == id));
        found.map_or_else(|| text::WHOLE.to_owned(), |(_, name)| name.clone())
    };
    let line = |path: String, title: &str, meta: String, cents: Cents| {
        let back = writes.then(|| quick_form(path, text::TAKE_BACK, title));
        view! {
            <li class="list__item">
                <div class="list__link">
                    <span class="programme__line">{title.to_owned()} " · " {text::euro(cents)}</span>
                    <span class="list__meta">{meta}</span>
                </div>
                <span class="list__side">{back}</span>
            </li>
        }
    };
    let planned = lines
        .iter()
        .map(|one| {
            let meta = format!("{} · {}", name(one.action), one.kind.label_nl());
            line(
                format!("/begroting/ramingen/{}/terug?jaar={period}", one.id),
                &one.description,
                meta,
                one.cents,
            )
        })
        .collect_view();
    let spent = costs
        .iter()
        .map(|one| {
            let meta = format!(
                "{} · {} · {}",
                nl::date(one.spent_on),
                name(one.action),
                one.kind.label_nl()
            );
            line(
                format!("/begroting/kosten/{}/terug?jaar={period}", one.id),
                &one.description,
                meta,
                one.cents,
            )
        })
        .collect_view();
    view! {
        <section class="section">
            {(!lines.is_empty())
                .then(|| fold(text::ALL_LINES, false, view! { <ul class="list">{planned}</ul> }.into_any()))}
            {(!costs.is_empty())
                .then(|| fold(text::ALL_COSTS, false, view! { <ul class="list">{spent}</ul> }.into_any()))}
        </section>
    }
    .into_any()
}
