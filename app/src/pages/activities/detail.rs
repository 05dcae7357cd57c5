//! `/activiteiten/{id}`: one activity with its moments.

use axum::extract::{Path, Query};
use axum::response::Response;
use domain::ActivityId;
use leptos::prelude::*;
use serde::Deserialize;
use storage::{Activity, Permission, Session};

use crate::components::activity::{dutch, place};
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, notice, page_head};
use crate::locales::nl::{self, activities as text, doors};
use crate::pages::Names;
use crate::respond::{Page, PageError, Visit};

/// Moments on the page.
const SHOWN: usize = 10;

/// What just happened.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct News {
    #[serde(default)]
    toegevoegd: Option<String>,
}

/// `GET /activiteiten/{id}`
pub(crate) async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(News { toegevoegd }): Query<News>,
) -> Result<Response, PageError> {
    let id: ActivityId = id.parse().map_err(|_| PageError::NotFound)?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let activity = store.activity(scope, id).await?.ok_or(PageError::NotFound)?;
    let now = store.env().now();
    let mut sessions = store.activity_sessions(scope, id).await?;
    sessions.retain(|session| session.ends_at >= now);
    let names = Names::load(&visit).await?;
    let municipality = names.of(activity.municipality).to_owned();
    let may_scan = visit.viewer.account.is_some()
        && visit.viewer.may(Permission::Scan)
        && scope.organiser().is_none_or(|own| own == activity.organiser);
    let has_poster = may_scan && visit.viewer.may(Permission::ManageDevices);
    let title = format!("{} · {}", activity.name, activity.organiser_name);
    let page = Page::new(title, text::DETAIL_DESCRIPTION, move || {
        let now = activity
            .open_now
            .then(|| view! { <span class="tag tag--now">{text::NOW}</span> });
        let scan = may_scan.then(|| {
            let href = format!("/scan?activiteit={}", activity.id);
            view! {
                <a class="button button--main" href=href>
                    {icon("scan")}
                    {text::SCAN_HERE}
                </a>
            }
        });
        let poster = has_poster.then(|| {
            let href = format!("/activiteiten/{}/affiche", activity.id);
            view! {
                <a class="button" href=href>
                    {icon("print")}
                    {doors::POSTER_LINK}
                </a>
            }
        });
        view! {
                   {page_head(Some(activity.organiser_name.clone()), activity.name.clone(), None)}
                   {toegevoegd.map(|_| notice(Tone::Ok, text::ADDED))} <p>{now}</p> {facts(&activity, &municipality)}
                   <section class="section">
                       <h2 class="heading">{text::MOMENTS}</h2>
                       {moments(&sessions)}
                   </section>
                   <div class="button-row">
        {scan} {poster} <a class="button button--quiet" href="/activiteiten">
                           {text::ALL}
                       </a>
                   </div>
               }
    });
    Ok(page
        .section(Section::Activities)
        .class("main--narrow")
        .answer(&visit)
        .await)
}

fn facts(activity: &Activity, municipality: &str) -> AnyView {
    let row = |term: &'static str, value: AnyView| {
        view! {
            <div class="facts__row">
                <dt class="facts__term">{term}</dt>
                <dd class="facts__value">{value}</dd>
            </div>
        }
    };
    let dearer = activity.price_cents != activity.pass_price_cents;
    view! {
        <dl class="facts">
            {row(text::WHERE, place(&activity.place, municipality).into_any())}
            {row(text::PRICE, text::price(activity.price_cents).into_any())}
            {dearer.then(|| row(text::PASS_PRICE, text::price(activity.pass_price_cents).into_any()))}
            {dutch(activity.taalicoon).map(|view| row(text::DUTCH, view.into_any()))}
            {row(text::COUNTED, text::rule(activity.rule).into_any())}
        </dl>
    }
    .into_any()
}

fn moments(sessions: &[Session]) -> AnyView {
    if sessions.is_empty() {
        return view! { <p>{text::NO_MOMENTS}</p> }.into_any();
    }
    let items = sessions
        .iter()
        .take(SHOWN)
        .map(|session| {
            let day = nl::day_short(session.starts_at);
            let time = format!("{}–{}", nl::clock(session.starts_at), nl::clock(session.ends_at));
            view! {
                <li class="list__item">
                    <span class="list__link">{day}</span>
                    <span class="list__side">{time}</span>
                </li>
            }
        })
        .collect_view();
    let hidden = sessions.len().saturating_sub(SHOWN);
    view! {
        <ul class="list">{items}</ul>
        {(hidden > 0).then(|| view! { <p class="note">{text::more_moments(hidden)}</p> })}
    }
    .into_any()
}
