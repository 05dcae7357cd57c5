//! `GET /koppel`: where an organiser's QR code leads a volunteer. The code stands behind the `#` and never comes here.

use axum::response::Response;
use leptos::prelude::*;

use crate::components::masthead::Section;
use crate::components::notice::page_head;
use crate::islands::{pairing, scanner};
use crate::locales::nl::pair as text;
use crate::respond::{Page, Visit};

/// `GET /koppel`
pub(crate) async fn show(visit: Visit) -> Response {
    Page::new(text::TITLE, text::DESCRIPTION, || {
        view! {
            {page_head(None, text::TITLE.to_owned(), Some(text::LEAD.to_owned()))}
            {scanner::lost()}
            {pairing::markup()}
            <noscript>
                <p class="alert alert--wait">{text::NO_SCRIPT}</p>
            </noscript>
            <p class="note">{text::KEPT}</p>
        }
    })
    .islands()
    .unlisted()
    .section(Section::Scan)
    .class("main--narrow")
    .answer(&visit)
    .await
}
