//! `GET /acties/{id}`: an action with its activities, what it cost and what was decided, and the forms for each.

use axum::extract::{Path, Query};
use axum::response::Response;
use domain::{ActionId, AnchoringDecision, Cents};
use leptos::prelude::*;
use storage::{Action, ActionActivity, CostFilter, CostLine, Decision, Partner};

use super::form;
use super::list::decision_tag;
use crate::charts::table::wrapped;
use crate::components::field::{Choice, Input, choices, error_summary, select};
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, notice, page_head};
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, programme as text};
use crate::pages::programme::{News, parts, require_reader, with_errors, writes};
use crate::pages::{query_escape, search_words};
use crate::respond::{Page, PageError, Visit};

pub(super) const KIND: &str = "soort";
pub(super) const DESCRIPTION: &str = "omschrijving";
pub(super) const AMOUNT: &str = "bedrag";
pub(super) const SPENT_ON: &str = "uitgegeven_op";
pub(super) const DECISION: &str = "beslissing";
pub(super) const DECIDED_ON: &str = "beslist_op";
pub(super) const DECISION_BBC: &str = "beslissing_bbc";
pub(super) const REASON: &str = "reden";
pub(super) const ACTIVITY: &str = "activiteit";

/// The forms of the page, with what was typed in the one that came back.
pub(super) struct Forms {
    pub(super) change: Option<Filled>,
    pub(super) cost: Filled,
    pub(super) decision: Filled,
    pub(super) link: Filled,
}

impl Forms {
    /// Nothing typed yet, but for today.
    pub(super) fn blank(visit: &Visit) -> Self {
        let today = visit.context().store.env().today().to_string();
        Self {
            change: None,
            cost: Filled::new(Typed::default().with(SPENT_ON, today.clone())),
            decision: Filled::new(Typed::default().with(DECIDED_ON, today)),
            link: Filled::default(),
        }
    }
}

/// What is looked for among activities, and what just happened.
#[derive(Debug, Default, serde::Deserialize)]
pub(crate) struct Asked {
    #[serde(flatten)]
    news: News,
    #[serde(default)]
    zoek: String,
}

/// `GET /acties/{id}`
pub(crate) async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    require_reader(&visit)?;
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let forms = Forms::blank(&visit);
    page(&visit, id, forms, text::action_done(&asked.news.gedaan), &asked.zoek).await
}

pub(super) async fn page(
    visit: &Visit,
    id: ActionId,
    forms: Forms,
    news: Option<&'static str>,
    search: &str,
) -> Result<Response, PageError> {
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let action = store.action(scope, id).await?.ok_or(PageError::NotFound)?;
    let activities = store.action_activities(scope, id).await?;
    let decisions = store.anchoring_decisions(scope, id).await?;
    let filter = CostFilter {
        action: Some(id),
        ..CostFilter::default()
    };
    let costs = store.cost_lines(scope, &filter).await?;
    let partners = store.partners(scope).await?;
    let writes = writes(visit);
    let search = search_words(search);
    let loose = if writes {
        store.loose_activities(scope, id, Some(&search)).await?
    } else {
        Vec::new()
    };
    let change = forms.change.unwrap_or_else(|| form::of(&action));
    let (cost, decision, link) = (forms.cost, forms.decision, forms.link);
    let (status, title) = with_errors(&[&change, &cost, &decision, &link], action.name.clone());
    let page = Page::new(title, text::ACTION_DESCRIPTION, move || {
        view! {
            {page_head(
                Some(text::KICKER_ACTION.to_owned()),
                action.name.clone(),
                Some(text::action_lead(&action)),
            )}
            {news.map(|words| notice(Tone::Ok, words))}
            <div class="desk section">
                <div class="desk__main">
                    {activity_part(&action, &activities, &loose, &link, &search, writes)}
                    {cost_part(&action, &costs, &cost, writes)}
                    {decision_part(&action, &decisions, &decision, writes)}
                </div>
                <aside class="desk__side" aria-label=text::ABOUT_ACTION>
                    {about(&action, &costs, writes)}
                    {writes.then(|| change_form(&action, &change, &partners))}
                    <a class="link-more" href="/acties">{text::TO_ACTIONS}</a>
                </aside>
            </div>
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

fn about(action: &Action, costs: &[CostLine], writes: bool) -> AnyView {
    let partners: Vec<&str> = action.partners.iter().map(|partner| partner.name.as_str()).collect();
    let or_none = |words: String| if words.is_empty() { text::NONE.to_owned() } else { words };
    let spent: Cents = costs.iter().map(|line| line.cents).sum();
    let figures = format!(
        "/cijfers/participants?periode=project&actie={}",
        query_escape(&action.id.to_string())
    );
    view! {
        <section class="card">
            <h2 class="card__title">{text::ABOUT_ACTION}</h2>
            <p>{decision_tag(action.decision.as_ref().map(|decision| decision.decision))}</p>
            <dl class="facts">
                {parts::fact(text::FIRST_ACTIVITY, action.first_day.map_or_else(|| text::NONE.to_owned(), nl::date))}
                {parts::fact(text::FUNDING, or_none(action.funding_line.clone().unwrap_or_default()))}
                {parts::fact(text::BBC, or_none(action.bbc_code.as_ref().map(ToString::to_string).unwrap_or_default()))}
                {parts::fact(text::PARTNERS, or_none(partners.join(", ")))}
                {parts::fact(text::SPENT, text::euro(spent))}
            </dl>
            {(!writes).then(|| view! { <p class="note">{text::READ_ONLY}</p> })}
            <footer class="card__foot">
                <a href=figures>{text::TO_FIGURES}</a>
            </footer>
        </section>
    }
    .into_any()
}

fn change_form(action: &Action, form: &Filled, partners: &[Partner]) -> AnyView {
    let content = view! {
        <form class="form" method="post" action=format!("/acties/{}", action.id) novalidate>
            {error_summary(form)}
            {form::fields(form, partners)}
            <button class="button button--main">{text::KEEP}</button>
        </form>
    };
    parts::fold(text::CHANGE_ACTION, !form.errors.is_empty(), content.into_any())
}

fn activity_part(
    action: &Action,
    activities: &[ActionActivity],
    loose: &[ActionActivity],
    form: &Filled,
    search: &str,
    writes: bool,
) -> AnyView {
    let items = activities
        .iter()
        .map(|activity| {
            let path = format!("/acties/{}/activiteiten/{}/los", action.id, activity.id);
            let loosen = writes.then(|| parts::quick_form(path, text::LOOSEN, &activity.name));
            view! {
                <li class="list__item">
                    <a class="list__link" href=format!("/activiteiten/{}", activity.id)>
                        <span class="list__title">{activity.name.clone()}</span>
                        <span class="list__meta">{activity_meta(activity)}</span>
                    </a>
                    <span class="list__side">{loosen}</span>
                </li>
            }
        })
        .collect_view();
    let list = if activities.is_empty() {
        view! { <p>{text::NO_ACTIVITIES}</p> }.into_any()
    } else {
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    view! {
        <section class="section" id="activiteiten">
            <h2 class="heading">{text::ACTIVITIES}</h2>
            {list}
            {writes.then(|| link_form(action, loose, form, search))}
        </section>
    }
    .into_any()
}

fn activity_meta(activity: &ActionActivity) -> String {
    let start = activity.first_start.map(|at| nl::date(domain::local_day(at)));
    match start {
        Some(start) => format!("{} · {start}", activity.organiser_name),
        None => activity.organiser_name.clone(),
    }
}

fn link_form(action: &Action, loose: &[ActionActivity], form: &Filled, search: &str) -> AnyView {
    let open = !form.errors.is_empty() || !search.is_empty();
    let answers: Vec<Choice> = loose
        .iter()
        .map(|activity| Choice::new(activity.id, format!("{} ({})", activity.name, activity_meta(activity))))
        .collect();
    let to_link = if answers.is_empty() {
        view! { <p>{text::NOTHING_LOOSE}</p> }.into_any()
    } else {
        view! {
            <form class="form" method="post" action=format!("/acties/{}/activiteiten", action.id) novalidate>
                {error_summary(form)}
                {parts::boxes(form, ACTIVITY, text::LINK_WHICH, Some(text::LINK_HINT), answers)}
                <button class="button button--main">{text::LINK}</button>
            </form>
        }
        .into_any()
    };
    let content = view! {
        <form class="filter" method="get" action=format!("/acties/{}#activiteiten", action.id)>
            {Input::text("zoek", text::LINK_SEARCH)
                .kind("search")
                .optional()
                .view(&Filled::new(Typed::default().with("zoek", search)))}
            <button class="button">{icon("search")} {text::SEARCH}</button>
        </form>
        {to_link}
    };
    parts::fold(text::LINK_TITLE, open, content.into_any())
}

fn cost_part(action: &Action, costs: &[CostLine], form: &Filled, writes: bool) -> AnyView {
    let rows = costs
        .iter()
        .map(|line| {
            let path = format!("/acties/{}/kosten/{}/terug", action.id, line.id);
            let what = format!("{} {}", line.description, text::euro(line.cents));
            let back = writes.then(|| view! { <td>{parts::quick_form(path, text::TAKE_BACK, &what)}</td> });
            view! {
                <tr>
                    <th scope="row">{line.description.clone()}</th>
                    <td>{line.kind.label_nl()}</td>
                    <td>{nl::date(line.spent_on)}</td>
                    {parts::euro(line.cents)}
                    {back}
                </tr>
            }
        })
        .collect_view();
    let total: Cents = costs.iter().map(|line| line.cents).sum();
    let table = if costs.is_empty() {
        view! { <p>{text::NO_COSTS}</p> }.into_any()
    } else {
        let inside = view! {
            <thead>
                <tr>
                    {parts::heading(text::WHAT, false)}
                    {parts::heading(text::KIND, false)}
                    {parts::heading(text::WHEN, false)}
                    {parts::heading(text::AMOUNT, true)}
                    {writes.then(|| view! { <th scope="col"><span class="visually-hidden">{text::TAKING_BACK}</span></th> })}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot>
                <tr>
                    <th scope="row" colspan="3">
                        {text::TOGETHER}
                    </th>
                    {parts::euro(total)}
                    {writes.then(|| view! { <td></td> })}
                </tr>
            </tfoot>
        };
        wrapped(text::COSTS, inside.into_any())
    };
    let add = writes.then(|| {
        let content = view! {
            <form class="form" method="post" action=format!("/acties/{}/kosten", action.id) novalidate>
                {error_summary(form)}
                {select(form, KIND, text::KIND, None, Some(nl::CHOOSE), vec![(None, parts::kinds())])}
                {Input::text(DESCRIPTION, text::WHAT).keyboard("text", "200").view(form)}
                <div class="field-row">
                    {Input::text(AMOUNT, text::AMOUNT_EURO).keyboard("decimal", "14").view(form)}
                    {Input::text(SPENT_ON, text::SPENT_ON).kind("date").view(form)}
                </div>
                <button class="button button--main">{icon("plus")} {text::ADD_COST}</button>
            </form>
        };
        parts::fold(text::NEW_COST, !form.errors.is_empty(), content.into_any())
    });
    view! {
        <section class="section" id="kosten">
            <h2 class="heading">{text::COSTS}</h2>
            {table}
            {add}
        </section>
    }
    .into_any()
}

fn decision_part(action: &Action, decisions: &[Decision], form: &Filled, writes: bool) -> AnyView {
    let items = decisions
        .iter()
        .rev()
        .map(|decision| {
            let code = decision.bbc_code.as_ref().map(|code| format!(" · {code}"));
            let reason =
                (!decision.reason.is_empty()).then(|| view! { <p class="story__text">{decision.reason.clone()}</p> });
            view! {
                <li class="story">
                    <h3 class="story__title">{decision_tag(Some(decision.decision))}</h3>
                    <p class="story__meta">{nl::date(decision.decided_on)} {code}</p>
                    {reason}
                </li>
            }
        })
        .collect_view();
    let list = if decisions.is_empty() {
        view! { <p>{text::NO_DECISIONS}</p> }.into_any()
    } else {
        view! { <ul class="stories">{items}</ul> }.into_any()
    };
    let add = writes.then(|| {
        let answers = AnchoringDecision::ALL
            .iter()
            .map(|decision| Choice::new(decision, text::decision(*decision)))
            .collect();
        let content = view! {
            <form class="form" method="post" action=format!("/acties/{}/beslissing", action.id) novalidate>
                {error_summary(form)}
                {choices(form, DECISION, text::DECISION, None, "choices", answers)}
                <div class="field-row">
                    {Input::text(DECIDED_ON, text::DECIDED_ON).kind("date").view(form)}
                    {Input::text(DECISION_BBC, text::BBC).keyboard("text", "40").optional().view(form)}
                </div>
                {parts::textarea(form, REASON, text::REASON, Some(text::REASON_HINT), "3", "1000")}
                <button class="button button--main">{text::DECIDE}</button>
            </form>
        };
        parts::fold(text::NEW_DECISION, !form.errors.is_empty(), content.into_any())
    });
    view! {
        <section class="section" id="beslissing">
            <h2 class="heading">{text::DECISIONS}</h2>
            {list}
            {add}
        </section>
    }
    .into_any()
}
