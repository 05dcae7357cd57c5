//! `/offline`: what the service worker shows for a page that the phone does not have.

use axum::response::Response;
use leptos::prelude::*;

use crate::components::icon::big_icon;
use crate::locales::nl::trouble as text;
use crate::respond::{Page, Visit};

/// `GET /offline`
pub(crate) async fn show(visit: Visit) -> Response {
    Page::new(text::OFFLINE_TITLE, text::OFFLINE_DESCRIPTION, || {
        view! {
            <section class="trouble">
                {big_icon("info", "trouble__icon")} <h1 class="trouble__title">{text::OFFLINE_TITLE}</h1>
                <p class="trouble__what">{text::OFFLINE_WHAT}</p>
                <div class="button-row">
                    <a class="button button--main" href="/pas">
                        {text::OFFLINE_PASS}
                    </a>
                </div>
            </section>
        }
    })
    .class("main--narrow")
    .unlisted()
    .answer(&visit)
    .await
}
