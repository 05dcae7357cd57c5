//! `GET /acties`: every action with its start, its partners and what was decided; `POST /acties`: another one.

use axum::response::Response;
use domain::AnchoringDecision;
use leptos::prelude::*;
use storage::{Action, ActionFilter, NewAction, Partner};

use super::form;
use crate::components::field::error_summary;
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{empty, page_head};
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, programme as text};
use crate::pages::programme::{parts, require_reader, require_writer, with_errors, writes};
use crate::respond::{Page, PageError, Visit, see_other};

/// `GET /acties`
pub(crate) async fn show(visit: Visit) -> Result<Response, PageError> {
    require_reader(&visit)?;
    page(&visit, Filled::default()).await
}

/// `POST /acties`
pub(crate) async fn add(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    require_writer(&visit)?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let partners = store.partners(scope).await?;
    let action = match form::read(typed.clone(), &partners) {
        Ok(action) => action,
        Err(form) => return page(&visit, form).await,
    };
    let new = NewAction {
        partnership: None,
        action,
    };
    match store.add_action(scope, &new).await {
        Ok(action) => Ok(see_other(&format!("/acties/{}?gedaan=toegevoegd", action.id), [])),
        Err(storage::Error::Invalid(_)) => {
            let mut form = Filled::new(typed);
            form.wrong(form::NAME, text::NOT_KEPT);
            page(&visit, form).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(visit: &Visit, form: Filled) -> Result<Response, PageError> {
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let actions = store.actions(scope, &ActionFilter::default()).await?;
    let partners = store.partners(scope).await?;
    let writes = writes(visit);
    let (status, title) = with_errors(&[&form], text::ACTIONS.to_owned());
    let page = Page::new(title, text::ACTIONS_DESCRIPTION, move || {
        let list = if actions.is_empty() {
            empty("calendar", text::NO_ACTIONS, text::NO_ACTIONS_TEXT, None)
        } else {
            let items = actions.iter().map(item).collect_view();
            view! { <ul class="list">{items}</ul> }.into_any()
        };
        view! {
            {page_head(Some(text::KICKER.to_owned()), text::ACTIONS.to_owned(), Some(text::actions_lead(&actions)))}
            {list}
            {writes.then(|| add_form(&form, &partners))}
        }
    });
    Ok(page
        .section(Section::Figures)
        .status(status)
        .unlisted()
        .answer(visit)
        .await)
}

fn item(action: &Action) -> AnyView {
    let start = action
        .first_day
        .map_or_else(|| text::NO_ACTIVITY.to_owned(), |day| text::started(&nl::date(day)));
    let names: Vec<&str> = action.partners.iter().map(|partner| partner.name.as_str()).collect();
    let with = (!names.is_empty()).then(|| format!(" · {}", names.join(", ")));
    let cost = action.cost.map(|cost| format!(" · {}", text::euro(cost)));
    view! {
        <li class="list__item">
            <a class="list__link" href=format!("/acties/{}", action.id)>
                <span class="list__title">{action.name.clone()}</span>
                <span class="list__meta">{start} {with} {cost}</span>
            </a>
            <span class="list__side">{decision_tag(action.decision.as_ref().map(|decision| decision.decision))}</span>
        </li>
    }
    .into_any()
}

/// A decision in one word.
pub(super) fn decision_tag(decision: Option<AnchoringDecision>) -> AnyView {
    let (class, words) = match decision {
        None => ("tag", text::UNDECIDED),
        Some(decision @ AnchoringDecision::Proposed) => ("tag tag--wait", decision.label_nl()),
        Some(decision @ AnchoringDecision::Anchored) => ("tag tag--ok", decision.label_nl()),
        Some(decision @ AnchoringDecision::Stopped) => ("tag tag--stop", decision.label_nl()),
    };
    view! { <span class=class>{words}</span> }.into_any()
}

fn add_form(form: &Filled, partners: &[Partner]) -> AnyView {
    let content = view! {
        <form class="form" method="post" action="/acties" novalidate>
            {error_summary(form)}
            {form::fields(form, partners)}
            <div class="action-bar">
                <button class="button button--main">{icon("plus")} {text::ADD_ACTION}</button>
            </div>
        </form>
    };
    parts::fold(text::NEW_ACTION, !form.errors.is_empty(), content.into_any())
}
