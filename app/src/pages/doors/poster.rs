//! `/activiteiten/{id}/affiche`: a sheet of A4 for the door.

use axum::extract::Path;
use axum::response::Response;
use domain::ActivityId;
use leptos::prelude::*;
use storage::Permission;

use crate::components::icon::{icon, svg};
use crate::components::masthead::Section;
use crate::components::notice::page_head;
use crate::components::qr::{QrUse, qr};
use crate::locales::nl::{self, doors as text};
use crate::respond::{Page, PageError, Visit};

/// `GET /activiteiten/{id}/affiche`
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, PageError> {
    visit.require(Permission::ManageDevices)?;
    let id: ActivityId = id.parse().map_err(|_| PageError::NotFound)?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let activity = store.activity(scope, id).await?.ok_or(PageError::NotFound)?;
    let code = store.door_code(scope, id).await?;
    let link = format!("{}/deur/{code}", visit.origin());
    let title = format!("{}: {}", text::POSTER, activity.name);
    let page = Page::new(title, text::POSTER_DESCRIPTION, move || {
        let lines = text::POSTER_LINES
            .map(|line| view! { <p class="poster__line">{line}</p> })
            .into_iter()
            .collect_view();
        let notes = text::POSTER_NOTES
            .map(|note| view! { <li>{note}</li> })
            .into_iter()
            .collect_view();
        let back = format!("/activiteiten/{id}");
        view! {
            {page_head(
                Some(activity.organiser_name.clone()),
                text::POSTER.to_owned(),
                Some(text::POSTER_LEAD.to_owned()),
            )}
            <section class="poster" aria-label=text::POSTER>
                <p class="poster__head">{svg("poster__mark", "mark")} <span>{nl::SITE}</span></p>
                <h2 class="poster__name">{activity.name.clone()}</h2>
                <p class="poster__who">{activity.organiser_name.clone()}</p>
                <div class="poster__qr">{qr(&link, QrUse::Link, text::POSTER_QR)}</div>
                {lines}
                <p class="poster__link">{link.clone()}</p>
            </section>
            <div class="button-row">
                <button class="button button--main" type="button" data-print hidden>
                    {icon("print")}
                    {text::PRINT}
                </button>
                <a class="button button--quiet" href=back>
                    {text::BACK}
                </a>
            </div>
            <div class="prose section">
                <ul>{notes}</ul>
            </div>
        }
    });
    Ok(page
        .section(Section::Activities)
        .class("main--narrow")
        .unlisted()
        .answer(&visit)
        .await)
}
