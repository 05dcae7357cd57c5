//! `/` and `/over`: what this is, and the doors to everything else.

use axum::response::Response;
use domain::{FigureCode, Period};
use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use storage::{ActivityFilter, FigureQuery, Permission};

use crate::components::icon::big_icon;
use crate::components::notice::page_head;
use crate::locales::nl::{self, home as text};
use crate::respond::{Page, PageError, Visit};

/// Open activities are counted up to here.
const COUNTED: u32 = 100;

/// `GET /`
pub(crate) async fn show(visit: Visit) -> Result<Response, PageError> {
    let live = live(&visit).await?;
    let counter = visit.viewer.account.is_some() && visit.viewer.may(Permission::IssuePass);
    let organiser = visit.viewer.account.is_some() && visit.viewer.may(Permission::ManageDevices);
    let doors: Vec<_> = text::DOORS
        .into_iter()
        .chain(counter.then_some(text::COUNTER_DOOR))
        .chain(text::ORGANISER_DOORS.into_iter().filter(|_| organiser))
        .collect();
    let page = Page::new(nl::SITE, text::DESCRIPTION, move || {
        let steps = text::STEPS
            .map(|(icon, title, words)| {
                view! {
                    <li class="step">
                        {big_icon(icon, "step__icon")} <div class="step__text">
                            <h3 class="step__title">{title}</h3>
                            <p>{words}</p>
                        </div>
                    </li>
                }
            })
            .into_iter()
            .collect_view();
        let doors = doors
            .into_iter()
            .map(|(href, icon, title, words)| {
                view! {
                    <li class="door">
                        <a class="door__link" href=href>
                            {big_icon(icon, "door__icon")}
                            <span class="door__title">{title}</span>
                            " "
                            <span class="door__text">{words}</span>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="hero">
                <div class="hero__text">
                    <h1 class="hero__title">{text::TITLE}</h1>
                    <p class="hero__lead">{text::LEAD}</p>
                    <div class="hero__actions">
                        <a class="button button--main" href="/activiteiten">
                            {text::ACTION_ACTIVITIES}
                        </a>
                        <a class="button" href="/pas">
                            {text::ACTION_PASS}
                        </a>
                    </div>
                </div>
                {InertElement::new(
                    r##"<svg class="hero__ring" viewBox="0 0 400 400" aria-hidden="true"><use href="/icons.svg#ring-large"></use></svg>"##,
                )}
            </section>
            <section class="section">
                <h2 class="heading">{text::DOORS_TITLE}</h2>
                <ul class="doors">{doors}</ul>
                <p class="lead">{live}</p>
            </section>
            <section class="section">
                <h2 class="heading">{text::STEPS_TITLE}</h2>
                <ol class="steps">{steps}</ol>
            </section>
        }
    });
    Ok(page.answer(&visit).await)
}

/// The sentence with what is going on right now.
async fn live(visit: &Visit) -> Result<String, PageError> {
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let open = store
        .activities(
            scope,
            ActivityFilter {
                open_now: true,
                limit: COUNTED,
                ..Default::default()
            },
        )
        .await?;
    let query = FigureQuery {
        code: FigureCode::Participants,
        period: Period::calendar_year_of(store.env().today()),
        by: Vec::new(),
        municipality: None,
        organiser: None,
    };
    let people = store.figure(scope, query).await?.total;
    let people = people.value.filter(|_| !people.hidden);
    Ok(text::live(open.items.len() as u64, open.next.is_some(), people))
}

/// `GET /over`
pub(crate) async fn about(visit: Visit) -> Response {
    Page::new(text::ABOUT_TITLE, text::ABOUT_DESCRIPTION, || {
        let parts = text::ABOUT
            .map(|(heading, paragraphs)| {
                let paragraphs = paragraphs.iter().map(|words| view! { <p>{*words}</p> }).collect_view();
                view! {
                    <h2>{heading}</h2>
                    {paragraphs}
                }
            })
            .into_iter()
            .collect_view();
        view! {
            {page_head(None, text::ABOUT_TITLE.to_owned(), None)}
            <div class="prose">{parts}</div>
        }
    })
    .class("main--narrow")
    .answer(&visit)
    .await
}
