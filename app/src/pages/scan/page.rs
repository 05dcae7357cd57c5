//! `GET /scan`: choose the activity, scan. Also the page that a form with errors comes back to.
//!
//! Whoever may scan with their account gets the page as it is. Everybody gets the scanner with it, hidden: on a paired phone
//! the browser shows it in place of what the page says (`islands::scanner`). That page holds nothing of anybody, so the
//! service worker may keep it for a phone that has no account.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{ActivityId, ScanId, local_day};
use jiff::Timestamp;
use leptos::prelude::*;
use serde::Deserialize;
use storage::{Activity, ActivityFilter, Permission, RecentScan};

use super::form::{self, Choice};
use super::verdict;
use crate::components::field::error_summary;
use crate::components::icon::big_icon;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, empty, notice, page_head};
use crate::forms::{Filled, Typed};
use crate::islands::scanner;
use crate::locales::nl::{self, scan as text};
use crate::respond::{Page, PageError, Visit};

/// Activities to come in the picker; those that are open are all there.
const LATER: u32 = 50;
/// Scans in the list.
const RECENT: u32 = 10;

/// The chosen activity.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Chosen {
    #[serde(default)]
    activiteit: String,
}

/// `GET /scan`
pub(crate) async fn show(visit: Visit, Query(Chosen { activiteit }): Query<Chosen>) -> Result<Response, PageError> {
    if !visit.viewer.may(Permission::Scan) {
        return Ok(closed(&visit).await);
    }
    page(
        &visit,
        activiteit.parse().ok(),
        Filled::new(Typed::default()),
        StatusCode::OK,
    )
    .await
}

/// Not a refusal: holders tap here too, and a volunteer has to know what to do.
async fn closed(visit: &Visit) -> Response {
    let logged_in = visit.viewer.account.is_some();
    let page = Page::new(text::TITLE, text::DESCRIPTION, move || {
        let closed = view! {
            <section class="trouble" data-scan="closed">
                {big_icon("scan", "trouble__icon")} <h1 class="trouble__title">{text::CLOSED_TITLE}</h1>
                <p class="trouble__what">{if logged_in { text::WRONG_ACCOUNT } else { text::CLOSED_TEXT }}</p>
                <p class="trouble__what">{text::PAIR_TEXT}</p>
                <div class="button-row">
                    <a class="button button--main" href="/koppel">
                        {text::PAIR}
                    </a>
                    {(!logged_in)
                        .then(|| {
                            view! {
                                <a class="button" href="/aanmelden?verder=/scan">
                                    {nl::LOG_IN}
                                </a>
                            }
                        })} <a class="button" href="/pas">
                        {nl::MENU_PASS}
                    </a>
                </div>
                <p class="note">{text::HOLDER_TEXT}</p>
            </section>
        };
        or_paired(closed.into_any())
    });
    page.islands()
        .section(Section::Scan)
        .class("main--narrow")
        .answer(visit)
        .await
}

/// What the page says, and the scanner that takes its place on a paired phone.
fn or_paired(closed: AnyView) -> AnyView {
    let form = Filled::new(Typed::default());
    view! {
        {scanner::lost()}
        {closed}
        <div data-scan="device" hidden>
            {page_head(None, text::TITLE.to_owned(), Some(text::LEAD.to_owned()))}
            {form::picker(&Choice::default())}
            {scanner::markup(0)}
            <section class="ways">
                <h2 class="heading">{text::WAYS}</h2>
                {form::number(&form, None)}
                {form::photo(&form, None)}
            </section>
        </div>
    }
    .into_any()
}

/// The page for who may scan, with a form as it was filled in.
pub(crate) async fn page(
    visit: &Visit,
    wanted: Option<ActivityId>,
    form: Filled,
    status: StatusCode,
) -> Result<Response, PageError> {
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let choice = choice(visit, wanted).await?;
    let organiser = scope
        .organiser()
        .or_else(|| choice.chosen.as_ref().map(|activity| activity.organiser));
    let (today, recent) = match organiser {
        Some(organiser) => (
            store.counts_today(scope, organiser).await?,
            store.recent_scans(scope, organiser, RECENT).await?,
        ),
        None => (0, Vec::new()),
    };
    let now = store.env().now();
    let [by_number, by_photo] = [(), ()].map(|()| ScanId::from(store.env().uuid_v7()));
    let title = if form.errors.is_empty() {
        text::TITLE.to_owned()
    } else {
        format!("{}: {}", nl::ERROR_TITLE, text::TITLE)
    };
    let page = Page::new(title, text::DESCRIPTION, move || {
        let head = page_head(None, text::TITLE.to_owned(), Some(text::LEAD.to_owned()));
        let Some(chosen) = &choice.chosen else {
            let action = Some(("/activiteiten#nieuw", text::NO_ACTIVITY_ACTION));
            let nothing = empty("calendar", text::NO_ACTIVITY_TITLE, text::NO_ACTIVITY_TEXT, action);
            let nothing = view! {
                <div data-scan="closed">
                    {head}
                    {nothing}
                </div>
            };
            return or_paired(nothing.into_any());
        };
        view! {
            {scanner::lost()}
            {head}
            {error_summary(&form)}
            {form::picker(&choice)}
            {(!chosen.open_now)
                .then(|| view! { <div data-scan="online">{notice(Tone::Wait, text::NOT_OPEN)}</div> })}
            {scanner::markup(today)}
            <section class="ways">
                <h2 class="heading">{text::WAYS}</h2>
                {form::number(&form, Some((chosen.id, by_number)))}
                {form::photo(&form, Some((chosen.id, by_photo)))}
            </section>
            <div data-scan="online">{recent_list(&recent, today, now, chosen.id)}</div>
        }
        .into_any()
    });
    Ok(page
        .islands()
        .section(Section::Scan)
        .class("main--narrow")
        .status(status)
        .answer(visit)
        .await)
}

/// Open first, then to come; the chosen one is in it even when it is neither.
async fn choice(visit: &Visit, wanted: Option<ActivityId>) -> Result<Choice, PageError> {
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let own = ActivityFilter {
        organiser: scope.organiser(),
        ..Default::default()
    };
    let open = ActivityFilter {
        open_now: true,
        limit: 200,
        ..own.clone()
    };
    let open = store.activities(scope, open).await?.items;
    let later = ActivityFilter {
        upcoming: true,
        limit: LATER,
        ..own
    };
    let mut later = store.activities(scope, later).await?.items;
    later.retain(|one| !open.iter().any(|other| other.id == one.id));
    let mut chosen = open.iter().chain(&later).find(|one| Some(one.id) == wanted).cloned();
    if let (None, Some(wanted)) = (&chosen, wanted) {
        let reaches = |one: &Activity| scope.organiser().is_none_or(|own| own == one.organiser);
        if let Some(other) = store.activity(scope, wanted).await?.filter(reaches) {
            later.push(other.clone());
            chosen = Some(other);
        }
    }
    let chosen = chosen.or_else(|| open.first().or(later.first()).cloned());
    Ok(Choice { open, later, chosen })
}

/// The last scans, without names.
fn recent_list(recent: &[RecentScan], today: u64, now: Timestamp, activity: ActivityId) -> AnyView {
    let items = recent
        .iter()
        .map(|scan| {
            let (word, ..) = text::verdict(scan.verdict);
            let number = scan
                .number
                .map_or_else(|| text::NO_NUMBER.to_owned(), |number| number.to_string());
            let clock = nl::clock(scan.at);
            // Yesterday's scans say so: an hour alone would read as today's.
            let when = if local_day(scan.at) == local_day(now) {
                clock
            } else {
                format!("{} {clock}", nl::day_short(scan.at))
            };
            let meta = format!("{when} · {} · {number}", scan.activity_name);
            let undo = scan
                .verdict
                .is_counted()
                .then(|| verdict::undo_form(scan.scan_id, activity, "button button--quiet"));
            view! {
                <li class="list__item">
                    <div class="list__link">
                        <span class="list__title">{word}</span>
                        <span class="list__meta">{meta}</span>
                    </div>
                    <div class="list__side">{undo}</div>
                </li>
            }
        })
        .collect_view();
    let list = if recent.is_empty() {
        view! { <p>{text::RECENT_EMPTY}</p> }.into_any()
    } else {
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    view! {
        <section class="section">
            <h2 class="heading">{text::RECENT}</h2>
            <p>{text::today(today)}</p>
            {list}
        </section>
    }
    .into_any()
}
