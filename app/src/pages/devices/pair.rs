//! `POST /toestellen/koppel`: a one-time code, shown once.

use axum::response::Response;
use leptos::prelude::*;

use super::list::role;
use super::whose::Whose;
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::page_head;
use crate::components::qr::{QrUse, qr};
use crate::forms::Typed;
use crate::locales::nl::devices as text;
use crate::respond::{Page, PageError, Visit};

/// `POST /toestellen/koppel`: the answer is no redirect, because the code is kept nowhere. Loading it again makes
/// another code.
pub(crate) async fn post(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    let (whose, organiser) = Whose::of_form(&visit, &typed).await?;
    let role = role(&typed)?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let (code, until) = store.create_pairing(scope, organiser.id, role).await?;
    let place = format!("{}/koppel", visit.origin());
    // After the `#`, so that the code is in nobody's log.
    let link = format!("{place}#{}", code.compact());
    let page = Page::new(text::PAIR_TITLE, text::PAIR_DESCRIPTION, move || {
        let steps = text::PAIR_STEPS
            .map(|step| view! { <li>{step}</li> })
            .into_iter()
            .collect_view();
        let (name, words) = text::role(role);
        view! {
            {page_head(Some(organiser.name), text::PAIR_TITLE.to_owned(), Some(text::pair_until(until)))}
            <section class="claim">
                <h2 class="claim__title">{name}</h2>
                <p>{words}</p>
                <div class="claim__qr">{qr(&link, QrUse::Link, text::PAIR_QR)}</div>
                <ol class="claim__steps">{steps}</ol>
                <p class="claim__link">{text::PAIR_TYPE} " " <a href=place.clone()>{place.clone()}</a></p>
                <p class="pairing-code">
                    <span class="visually-hidden">{text::PAIR_CODE} ": "</span>
                    {code.to_string()}
                </p>
                <p class="note">{text::PAIR_SECRET} " " {text::PAIR_AGAIN}</p>
            </section>
            <div class="button-row">
                <a class="button" href=whose.link("/toestellen")>
                    {icon("phone")}
                    {text::TO_DEVICES}
                </a>
            </div>
        }
    });
    Ok(page
        .section(Section::Scan)
        .class("main--narrow")
        .secret()
        .answer(&visit)
        .await)
}
