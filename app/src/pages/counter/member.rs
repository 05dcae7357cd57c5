//! "Member of …" on the card of a pass: the last step of the way from the counter to a club.

use axum::extract::Path;
use axum::response::Response;
use domain::OrganiserId;
use jiff::civil::Date;
use leptos::prelude::*;
use storage::{Membership, NewMember, Organiser, OrganiserFilter};

use super::card;
use crate::components::field::{Choice, Input, select};
use crate::components::icon::icon;
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, counter as text};
use crate::respond::{PageError, Visit, see_other};

const ORGANISER: &str = "organisator";
const SINCE: &str = "sinds";

/// What the section shows.
pub(super) struct Members {
    known: Vec<Membership>,
    organisers: Vec<Organiser>,
    form: Filled,
    action: String,
}

impl Members {
    /// Reads the memberships of the holder of a pass. Without a form of its own it proposes today.
    pub(super) async fn load(visit: &Visit, pass: &storage::Pass, form: Option<Filled>) -> Result<Self, PageError> {
        let (store, scope) = (&visit.context().store, &visit.viewer.scope);
        let today = store.env().today();
        Ok(Self {
            known: store.memberships(scope, pass.holder).await?,
            organisers: store.organisers(scope, OrganiserFilter::default()).await?,
            form: form.unwrap_or_else(|| Filled::new(Typed::default().with(SINCE, today.to_string()))),
            action: format!("/balie/pas/{}/lid", pass.number),
        })
    }

    /// What is wrong with the form, when something is.
    pub(super) const fn form(&self) -> &Filled {
        &self.form
    }

    /// The section on the card.
    pub(super) fn view(&self) -> AnyView {
        let known = self
            .known
            .iter()
            .map(|one| view! { <li>{text::member_of(&one.organiser_name, one.since)}</li> })
            .collect_view();
        let choices = self
            .organisers
            .iter()
            .map(|one| Choice::new(one.id, one.name.clone()))
            .collect();
        let open = !self.form.errors.is_empty();
        let action = self.action.clone();
        view! {
            <section class="card" id="lid">
                <h2 class="card__title">{text::MEMBER_TITLE}</h2>
                {match self.known.is_empty() {
                    true => view! { <p>{text::MEMBER_NONE}</p> }.into_any(),
                    false => view! { <ul>{known}</ul> }.into_any(),
                }}
                <details class="fold" open=open>
                    <summary class="fold__summary">{text::MEMBER_ADD}</summary>
                    <form class="form fold__body" method="post" action=action novalidate>
                        {select(
                            &self.form,
                            ORGANISER,
                            text::MEMBER_ORGANISER,
                            None,
                            Some(nl::CHOOSE),
                            vec![(None, choices)],
                        )}
                        {Input::text(SINCE, text::MEMBER_SINCE).kind("date").view(&self.form)}
                        <button class="button">{icon("tick")} {text::MEMBER_SUBMIT}</button>
                    </form>
                </details>
            </section>
        }
        .into_any()
    }
}

/// `POST /balie/pas/{number}/lid`
pub(crate) async fn post(visit: Visit, Path(number): Path<String>, typed: Typed) -> Result<Response, PageError> {
    let (pass, holder) = card::find(&visit, &number).await?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let today = store.env().today();
    let mut form = Filled::new(typed);
    let organiser = form.typed.get(ORGANISER).parse::<OrganiserId>();
    let organiser = form.take(ORGANISER, organiser, text::MEMBER_ORGANISER_WRONG);
    let since = form.typed.get(SINCE).parse::<Date>().map_err(drop);
    let since = since.and_then(|day| (day <= today).then_some(day).ok_or(()));
    let since = form.take(SINCE, since, text::MEMBER_SINCE_WRONG);
    if let (Some(organiser), Some(since)) = (organiser, since) {
        let member = NewMember::Holder(holder.id);
        match store.record_membership(scope, member, organiser, since).await {
            Ok(()) => return Ok(see_other(&format!("/balie/pas/{}?lid=1#lid", pass.number), [])),
            Err(storage::Error::Unknown("organiser")) => form.wrong(ORGANISER, text::MEMBER_ORGANISER_WRONG),
            Err(error) => return Err(error.into()),
        }
    }
    card::page(&visit, pass, holder, None, Some(form)).await
}
