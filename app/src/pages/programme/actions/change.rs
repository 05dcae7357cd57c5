//! What is done with an action: changing it, linking activities, writing down costs and decisions.

use axum::extract::Path;
use axum::response::Response;
use domain::{ActionId, ActivityId, AnchoringDecision, CostKind};
use storage::{NewCostLine, NewDecision};

use super::detail::{
    ACTIVITY, AMOUNT, DECIDED_ON, DECISION, DECISION_BBC, DESCRIPTION, Forms, KIND, REASON, SPENT_ON, page,
};
use super::form;
use crate::forms::{Filled, Typed};
use crate::locales::nl::programme as text;
use crate::pages::programme::{read, require_writer};
use crate::respond::{PageError, Visit, see_other};

/// The action in the address, for who may change any.
fn action(visit: &Visit, id: &str) -> Result<ActionId, PageError> {
    require_writer(visit)?;
    id.parse().map_err(|_| PageError::NotFound)
}

fn back(id: ActionId, done: &str, place: &str) -> Response {
    see_other(&format!("/acties/{id}?gedaan={done}{place}"), [])
}

/// What the page says of a refusal by the store that no field explains; anything else is an error of its own.
fn refused(error: storage::Error, form: Filled, field: &'static str) -> Result<Filled, PageError> {
    match error {
        storage::Error::Invalid(_) => {
            let mut form = form;
            form.wrong(field, text::NOT_KEPT);
            Ok(form)
        }
        error => Err(error.into()),
    }
}

/// `POST /acties/{id}`
pub(crate) async fn change(visit: Visit, Path(id): Path<String>, typed: Typed) -> Result<Response, PageError> {
    let id = action(&visit, &id)?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let partners = store.partners(scope).await?;
    let form = match form::read(typed.clone(), &partners) {
        Ok(change) => match store.change_action(scope, id, &change).await {
            Ok(_) => return Ok(back(id, "gewijzigd", "")),
            Err(error) => refused(error, Filled::new(typed), form::NAME)?,
        },
        Err(form) => form,
    };
    let forms = Forms {
        change: Some(form),
        ..Forms::blank(&visit)
    };
    page(&visit, id, forms, None, "").await
}

/// `POST /acties/{id}/activiteiten`
pub(crate) async fn link(visit: Visit, Path(id): Path<String>, typed: Typed) -> Result<Response, PageError> {
    let id = action(&visit, &id)?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let chosen: Result<Vec<ActivityId>, _> = typed.all(ACTIVITY).map(str::parse).collect();
    let chosen = chosen.map_err(|_| PageError::Unreadable)?;
    if chosen.is_empty() {
        let mut link = Filled::new(typed);
        link.wrong(ACTIVITY, text::LINK_NONE);
        let forms = Forms {
            link,
            ..Forms::blank(&visit)
        };
        return page(&visit, id, forms, None, "").await;
    }
    for activity in chosen {
        store.link_activity(scope, activity, Some(id)).await?;
    }
    Ok(back(id, "gekoppeld", "#activiteiten"))
}

/// `POST /acties/{id}/activiteiten/{activity}/los`
pub(crate) async fn loosen(visit: Visit, Path((id, activity)): Path<(String, String)>) -> Result<Response, PageError> {
    let id = action(&visit, &id)?;
    let activity: ActivityId = activity.parse().map_err(|_| PageError::NotFound)?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    // Only what belongs to this action: an old page must not loosen what was linked to another since.
    if store.action_of_activity(scope, activity).await? == Some(id) {
        store.link_activity(scope, activity, None).await?;
    }
    Ok(back(id, "los", "#activiteiten"))
}

/// `POST /acties/{id}/kosten`
pub(crate) async fn add_cost(visit: Visit, Path(id): Path<String>, typed: Typed) -> Result<Response, PageError> {
    let id = action(&visit, &id)?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let form = match cost(typed.clone(), id, store.env().today()) {
        Ok(new) => match store.add_cost_line(scope, &new).await {
            Ok(_) => return Ok(back(id, "kost", "#kosten")),
            Err(error) => refused(error, Filled::new(typed), DESCRIPTION)?,
        },
        Err(form) => form,
    };
    let forms = Forms {
        cost: form,
        ..Forms::blank(&visit)
    };
    page(&visit, id, forms, None, "").await
}

fn cost(typed: Typed, action: ActionId, today: jiff::civil::Date) -> Result<NewCostLine, Filled> {
    let mut form = Filled::new(typed);
    let kind = read::choice::<CostKind>(&mut form, KIND, text::KIND_WRONG);
    let description = read::line(&mut form, DESCRIPTION, 200, text::WHAT_WRONG);
    let cents = read::amount(&mut form, AMOUNT);
    let spent_on = read::past_day(&mut form, SPENT_ON, today);
    match (kind, description, cents, spent_on) {
        (Some(kind), Some(description), Some(cents), Some(spent_on)) => Ok(NewCostLine {
            partnership: None,
            action: Some(action),
            kind,
            description,
            cents,
            spent_on,
        }),
        _ => Err(form),
    }
}

/// `POST /acties/{id}/kosten/{cost}/terug`
pub(crate) async fn withdraw_cost(
    visit: Visit,
    Path((id, cost)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let id = action(&visit, &id)?;
    let cost = cost.parse().map_err(|_| PageError::NotFound)?;
    visit
        .context()
        .store
        .withdraw_cost_line(&visit.viewer.scope, cost)
        .await?;
    Ok(back(id, "kost_terug", "#kosten"))
}

/// `POST /acties/{id}/beslissing`
pub(crate) async fn decide(visit: Visit, Path(id): Path<String>, typed: Typed) -> Result<Response, PageError> {
    let id = action(&visit, &id)?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let form = match decision(typed.clone(), id, store.env().today()) {
        Ok(new) => match store.decide_anchoring(scope, &new).await {
            Ok(()) => return Ok(back(id, "beslist", "#beslissing")),
            Err(error) => refused(error, Filled::new(typed), REASON)?,
        },
        Err(form) => form,
    };
    let forms = Forms {
        decision: form,
        ..Forms::blank(&visit)
    };
    page(&visit, id, forms, None, "").await
}

fn decision(typed: Typed, action: ActionId, today: jiff::civil::Date) -> Result<NewDecision, Filled> {
    let mut form = Filled::new(typed);
    let decision = read::choice::<AnchoringDecision>(&mut form, DECISION, text::DECISION_WRONG);
    let decided_on = read::past_day(&mut form, DECIDED_ON, today);
    let bbc_code = read::maybe_bbc(&mut form, DECISION_BBC);
    let reason = read::maybe_lines(&mut form, REASON, 1000, text::REASON_WRONG);
    match (decision, decided_on, bbc_code, reason) {
        (Some(decision), Some(decided_on), Some(bbc_code), Some(reason)) => Ok(NewDecision {
            action,
            decision,
            decided_on,
            bbc_code,
            reason,
        }),
        _ => Err(form),
    }
}
