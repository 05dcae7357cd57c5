//! `GET /begroting`: a work year, or all of them: sentence, tables, and the coordinator's forms.

use axum::extract::Query;
use axum::response::Response;
use domain::{Cents, OwnShareSplit, Period};
use leptos::prelude::*;
use serde::Deserialize;
use storage::{Action, ActionFilter, BudgetYear, CostFilter, Municipality};

use super::tables;
use crate::components::field::{Choice, Input, choices, error_summary, select};
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, notice, page_head};
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, programme as text};
use crate::pages::programme::{parts, require_reader, with_errors, writes};
use crate::respond::{Page, PageError, Visit};

pub(super) const YEAR: &str = "jaar";
pub(super) const SUBSIDY: &str = "subsidie";
pub(super) const OWN_SHARE: &str = "aandeel";
pub(super) const SPLIT: &str = "verdeling";
pub(super) const LINE: LineFields = LineFields {
    action: "raming_actie",
    kind: "raming_soort",
    description: "raming_omschrijving",
    amount: "raming_bedrag",
};
pub(super) const COST: LineFields = LineFields {
    action: "kost_actie",
    kind: "kost_soort",
    description: "kost_omschrijving",
    amount: "kost_bedrag",
};
pub(super) const SPENT_ON: &str = "kost_dag";

/// Names of the fields of a line.
pub(super) struct LineFields {
    pub(super) action: &'static str,
    pub(super) kind: &'static str,
    pub(super) description: &'static str,
    pub(super) amount: &'static str,
}

/// The name of a municipality's percentage.
pub(super) fn share_field(municipality: &Municipality) -> String {
    format!("deel_{}", municipality.nis)
}

/// The forms of the page.
#[derive(Default)]
pub(super) struct Forms {
    pub(super) setting: Option<Filled>,
    pub(super) line: Filled,
    pub(super) cost: Option<Filled>,
}

/// Which year, and what just happened.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    pub(super) jaar: String,
    #[serde(default)]
    gedaan: String,
}

/// `GET /begroting`
pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    require_reader(&visit)?;
    let period = period(&visit, &asked.jaar)?;
    page(&visit, period, Forms::default(), text::budget_done(&asked.gedaan)).await
}

/// The period in an address: this work year unless another is named.
pub(super) fn period(visit: &Visit, text: &str) -> Result<Period, PageError> {
    if text.is_empty() {
        return Ok(Period::work_year_of(visit.context().store.env().today()));
    }
    text.parse().map_err(|_| PageError::NotFound)
}

/// What the settings' form starts with.
fn filled(setting: &BudgetYear, members: &[Municipality]) -> Filled {
    let typed = [
        (SUBSIDY.to_owned(), text::plain_amount(setting.subsidy)),
        (OWN_SHARE.to_owned(), setting.own_share.to_string()),
        (SPLIT.to_owned(), setting.split.code().to_owned()),
    ];
    let share = |member: &Municipality| {
        let weight = setting
            .weights
            .iter()
            .find(|(nis, _)| *nis == member.nis)
            .map(|(_, weight)| *weight)?;
        let points = u32::try_from(weight).ok().map(domain::BasisPoints)?;
        Some((share_field(member), points.to_string()))
    };
    let shares: Vec<(String, String)> = match setting.split {
        OwnShareSplit::Typed => members.iter().filter_map(share).collect(),
        OwnShareSplit::Equal | OwnShareSplit::Inhabitants => Vec::new(),
    };
    Filled::new(typed.into_iter().chain(shares).collect())
}

pub(super) async fn page(
    visit: &Visit,
    period: Period,
    forms: Forms,
    news: Option<&'static str>,
) -> Result<Response, PageError> {
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let budget = store.budget(scope, None, period, None).await?;
    let years = store.budget_years(scope, None).await?;
    let actions = store.actions(scope, &ActionFilter::default()).await?;
    let is_project = period == Period::project();
    let writes = writes(visit) && !is_project;
    let members = store.municipalities(scope).await?;
    let today = store.env().today();
    let (setting, lines, costs) = if is_project {
        (None, Vec::new(), Vec::new())
    } else {
        let filter = CostFilter {
            from: Some(period.first()),
            until: Some(period.last()),
            ..CostFilter::default()
        };
        (
            Some(store.budget_year(scope, None, period).await?),
            store.budget_lines(scope, None, period).await?,
            store.cost_lines(scope, &filter).await?,
        )
    };
    let settings = match (forms.setting, &setting) {
        (Some(form), _) => form,
        (None, Some(setting)) => filled(setting, &members),
        (None, None) => Filled::default(),
    };
    let line = forms.line;
    let last = period.last().min(today);
    let cost = forms
        .cost
        .unwrap_or_else(|| Filled::new(Typed::default().with(SPENT_ON, last.to_string())));
    let (status, title) = with_errors(&[&settings, &line, &cost], text::budget_title(period));
    let head = text::budget_title(period);
    let page = Page::new(title, text::BUDGET_DESCRIPTION, move || {
        let names: Vec<(domain::ActionId, String)> =
            actions.iter().map(|action| (action.id, action.name.clone())).collect();
        view! {
            {page_head(Some(text::KICKER.to_owned()), head, Some(text::budget_lead(&budget)))}
            {news.map(|words| notice(Tone::Ok, words))}
            {year_picker(&years, period)}
            {tables::by_action(&budget)}
            {tables::by_kind(&budget)}
            {tables::who_pays(&budget)}
            {tables::split(&budget)}
            {(!is_project).then(|| tables::lines(period, &names, &lines, &costs, writes))}
            {writes
                .then(|| {
                    view! {
                        <section class="section programme__forms">
                            {setting_form(&settings, period, &members)}
                            {line_form(&line, period, &actions)}
                            {cost_form(&cost, period, &actions)}
                        </section>
                    }
                })}
        }
    });
    Ok(page
        .section(Section::Figures)
        .class("main--wide")
        .status(status)
        .unlisted()
        .answer(visit)
        .await)
}

fn year_picker(years: &[Period], chosen: Period) -> AnyView {
    let next = years
        .last()
        .and_then(|last| last.last().tomorrow().ok())
        .map(Period::work_year_of);
    let mut all: Vec<Period> = years.iter().copied().chain(next).collect();
    if chosen != Period::project() && !all.contains(&chosen) {
        all.push(chosen);
    }
    all.sort_unstable();
    let choices: Vec<Choice> = all
        .into_iter()
        .rev()
        .map(|year| Choice::new(year, year.to_string()))
        .chain([Choice::new(Period::project(), text::ALL_YEARS)])
        .collect();
    let form = Filled::new(Typed::default().with(YEAR, chosen.to_string()));
    view! {
        <form class="filter" method="get" action="/begroting">
            {select(&form, YEAR, text::WORK_YEAR, None, None, vec![(None, choices)])}
            <button class="button">{text::SHOW}</button>
        </form>
    }
    .into_any()
}

fn hidden_year(period: Period) -> AnyView {
    view! { <input type="hidden" name=YEAR value=period.to_string() /> }.into_any()
}

fn setting_form(form: &Filled, period: Period, members: &[Municipality]) -> AnyView {
    let splits = OwnShareSplit::ALL
        .iter()
        .map(|split| Choice::new(split, split.label_nl()))
        .collect();
    let shares = members
        .iter()
        .map(|member| {
            let name = share_field(member);
            let value = form.typed.raw(&name).to_owned();
            view! {
                <div class="field">
                    <label class="field__label" for=name.clone()>
                        {member.name_nl.clone()}
                    </label>
                    <input
                        class="field__input field__input--short"
                        type="text"
                        inputmode="decimal"
                        autocomplete="off"
                        maxlength="6"
                        id=name.clone()
                        name=name
                        value=value
                    />
                </div>
            }
        })
        .collect_view();
    let content = view! {
        <form class="form" method="post" action="/begroting/instelling" novalidate>
            {error_summary(form)} {hidden_year(period)}
            <div class="field-row">
                {Input::text(SUBSIDY, text::SUBSIDY).hint(text::SUBSIDY_HINT).keyboard("decimal", "14").view(form)}
                {Input::text(OWN_SHARE, text::OWN_SHARE).hint(text::OWN_SHARE_HINT).keyboard("decimal", "6").view(form)}
            </div>
            {choices(form, SPLIT, text::SPLIT, Some(text::SPLIT_HINT), "choices", splits)}
            <fieldset class="choices">
                <legend class="choices__legend">{text::SHARES}</legend>
                <p class="field__hint">{text::SHARES_HINT}</p>
                <div class="programme__shares">{shares}</div>
            </fieldset>
            <button class="button button--main">{text::KEEP}</button>
        </form>
    };
    parts::fold(text::SETTINGS, !form.errors.is_empty(), content.into_any())
}

fn line_fields(form: &Filled, fields: &LineFields, actions: &[Action]) -> AnyView {
    let choices = actions
        .iter()
        .map(|action| Choice::new(action.id, action.name.clone()))
        .collect();
    view! {
        {select(form, fields.action, text::ACTION, None, Some(text::WHOLE), vec![(None, choices)])}
        {select(form, fields.kind, text::KIND, None, Some(nl::CHOOSE), vec![(None, parts::kinds())])}
        {Input::text(fields.description, text::WHAT).keyboard("text", "200").view(form)}
        {Input::text(fields.amount, text::AMOUNT_EURO)
            .class("field__input field__input--short")
            .keyboard("decimal", "14")
            .view(form)}
    }
    .into_any()
}

fn line_form(form: &Filled, period: Period, actions: &[Action]) -> AnyView {
    let content = view! {
        <form class="form" method="post" action="/begroting/ramingen" novalidate>
            {error_summary(form)} {hidden_year(period)} {line_fields(form, &LINE, actions)}
            <button class="button button--main">{icon("plus")} {text::ADD_LINE}</button>
        </form>
    };
    parts::fold(text::NEW_LINE, !form.errors.is_empty(), content.into_any())
}

fn cost_form(form: &Filled, period: Period, actions: &[Action]) -> AnyView {
    let content = view! {
        <form class="form" method="post" action="/begroting/kosten" novalidate>
            {error_summary(form)} {hidden_year(period)} {line_fields(form, &COST, actions)}
            {Input::text(SPENT_ON, text::SPENT_ON).kind("date").view(form)}
            <button class="button button--main">{icon("plus")} {text::ADD_COST}</button>
        </form>
    };
    parts::fold(text::NEW_COST, !form.errors.is_empty(), content.into_any())
}

/// What is still free of a budget; below zero it was overspent.
pub(super) fn left(budget: Cents, spent: Cents) -> Cents {
    budget - spent
}
