//! `GET /toestellen`: the devices, and the form that pairs another.

use axum::extract::Query;
use axum::response::Response;
use domain::DeviceRole;
use leptos::prelude::*;
use serde::Deserialize;
use storage::Device;

use super::whose::Whose;
use crate::components::field::{Choice, choices};
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, empty, notice, page_head};
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, devices as text};
use crate::respond::{Page, PageError, Visit};

/// Name of the field with what a device may do.
pub(crate) const ROLE: &str = "taak";

/// Whose devices, and what just happened.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    organisatie: String,
    #[serde(default)]
    gedaan: String,
}

/// `GET /toestellen`
pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let whose = Whose::load(&visit, &asked.organisatie).await?;
    let devices = match &whose.organiser {
        Some(organiser) => {
            let (store, scope) = (&visit.context().store, &visit.viewer.scope);
            Some(store.devices(scope, organiser.id).await?)
        }
        None => None,
    };
    let news = match asked.gedaan.as_str() {
        "ingetrokken" => Some(text::DONE_REVOKED),
        "sleutel" => Some(text::DONE_ROLL),
        "taak" => Some(text::DONE_ROLE),
        _ => None,
    };
    let page = Page::new(text::TITLE, text::DESCRIPTION, move || {
        let kicker = whose.organiser.as_ref().map(|organiser| organiser.name.clone());
        view! {
            {page_head(
                Some(kicker.unwrap_or_else(|| text::KICKER.to_owned())),
                text::TITLE.to_owned(),
                Some(text::LEAD.to_owned()),
            )}
            {news.map(|words| notice(Tone::Ok, words))}
            {whose.picker("/toestellen")}
            {devices.map(|devices| desk(&devices, &whose))}
        }
    });
    Ok(page
        .section(Section::Scan)
        .class("main--wide")
        .secret()
        .answer(&visit)
        .await)
}

fn desk(devices: &[Device], whose: &Whose) -> AnyView {
    let list = if devices.is_empty() {
        empty("phone", text::EMPTY_TITLE, text::EMPTY_TEXT, None)
    } else {
        let cards = devices.iter().map(|device| card(device, whose)).collect_view();
        view! { <ul class="devices">{cards}</ul> }.into_any()
    };
    view! {
        <div class="desk section">
            <div class="desk__main">
                <h2 class="heading">{text::LIST}</h2>
                {list}
            </div>
            <aside class="desk__side" aria-label=text::PAIR_TITLE>
                {pair_form(whose)}
                <div class="button-row">
                    <a class="button" href=whose.link("/avond")>
                        {icon("clock")}
                        {text::TO_EVENING}
                    </a>
                    <a class="button button--quiet" href="/scan">
                        {icon("scan")}
                        {text::TO_SCAN}
                    </a>
                </div>
            </aside>
        </div>
    }
    .into_any()
}

fn pair_form(whose: &Whose) -> AnyView {
    let form = Filled::new([(ROLE, DeviceRole::Counter.code())].into_iter().collect());
    let roles = DeviceRole::ALL
        .iter()
        .map(|role| {
            let (name, words) = text::role(*role);
            Choice::new(role, format!("{name}: {words}"))
        })
        .collect();
    view! {
        <section class="card" id="koppel">
            <h2 class="card__title">{text::PAIR_TITLE}</h2>
            <form class="form" method="post" action="/toestellen/koppel">
                <p>{text::PAIR_TEXT}</p>
                {whose.hidden()}
                {choices(&form, ROLE, text::PAIR_ROLE, None, "choices", roles)}
                <button class="button button--main">{icon("phone")} {text::PAIR_SUBMIT}</button>
            </form>
        </section>
    }
    .into_any()
}

fn card(device: &Device, whose: &Whose) -> AnyView {
    let row = |term: &'static str, value: String| {
        view! {
            <div class="facts__row">
                <dt class="facts__term">{term}</dt>
                <dd class="facts__value">{value}</dd>
            </div>
        }
    };
    let (word, tone) = match device.revoked_at {
        None => (text::ACTIVE, "tag tag--ok"),
        Some(_) => (text::REVOKED, "tag tag--stop"),
    };
    let seen = device
        .last_seen_at
        .map_or_else(|| text::NEVER_SEEN.to_owned(), nl::moment);
    view! {
        <li class="card device">
            <h3 class="device__name">{icon("phone")} {device.name.clone()}</h3>
            <p class="device__tags">
                <span class=tone>{word}</span>
                {device.roll_requested.then(|| view! { <span class="tag tag--wait">{text::ROLL_ASKED}</span> })}
            </p>
            <dl class="facts">
                {row(text::ROLE, text::role(device.role).0.to_owned())}
                {row(text::LAST_SEEN, seen)}
                {row(text::WAITING, text::waiting(device.waiting))}
                {row(text::PAIRED, nl::date(domain::local_day(device.created_at)))}
                {device.revoked_at.map(|at| row(text::REVOKED_ON, nl::moment(at)))}
            </dl>
            {device.revoked_at.is_none().then(|| manage(device, whose))}
        </li>
    }
    .into_any()
}

fn manage(device: &Device, whose: &Whose) -> AnyView {
    let action = |what: &str| format!("/toestellen/{}/{what}", device.id);
    view! {
        <details class="fold">
            <summary class="fold__summary">
                {text::MANAGE} <span class="visually-hidden">": "{device.name.clone()}</span>
            </summary>
            <div class="fold__body device__forms">
                <form class="form" method="post" action=action("taak")>
                    {whose.hidden()}
                    {role_select(device)}
                    <p class="note">{text::ROLE_CHANGE_TEXT}</p>
                    <button class="button">{text::ROLE_CHANGE}</button>
                </form>
                <form class="form" method="post" action=action("sleutel")>
                    {whose.hidden()}
                    <p>{text::ROLL_TEXT}</p>
                    <button class="button">{icon("lock")} {text::ROLL}</button>
                </form>
                <details class="fold">
                    <summary class="fold__summary">{text::REVOKE}</summary>
                    <form class="form fold__body" method="post" action=action("intrekken")>
                        {whose.hidden()}
                        <p>{text::REVOKE_TEXT}</p>
                        <button class="button button--danger">{text::REVOKE_SURE}</button>
                    </form>
                </details>
            </div>
        </details>
    }
    .into_any()
}

/// Of its own, because the id of a field is its name, and there is one for each device.
fn role_select(device: &Device) -> AnyView {
    let id = format!("taak-{}", device.id);
    let options = DeviceRole::ALL
        .iter()
        .map(|role| {
            let selected = *role == device.role;
            view! {
                <option value=role.code() selected=selected>
                    {text::role(*role).0}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>
                {text::ROLE}
            </label>
            <select class="field__input" id=id name=ROLE>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// The role in a form.
pub(crate) fn role(typed: &Typed) -> Result<DeviceRole, PageError> {
    typed.get(ROLE).parse().map_err(|_| PageError::Unreadable)
}
