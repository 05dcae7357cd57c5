//! `GET /verslagen`: which documents there are; each page has its own choices.

use axum::response::Response;
use leptos::prelude::*;
use report::DocumentKind;
use storage::Permission;

use super::report::path;
use crate::components::masthead::Section;
use crate::components::notice::page_head;
use crate::locales::nl::reports as text;
use crate::respond::{Page, PageError, Visit};

/// `GET /verslagen`
pub(crate) async fn show(visit: Visit) -> Result<Response, PageError> {
    visit.require(Permission::ReadReports)?;
    let money = visit.viewer.may(Permission::ReadFinances);
    let page = Page::new(text::LIST_TITLE, text::LIST_DESCRIPTION, move || {
        let kinds = DocumentKind::ALL
            .into_iter()
            .filter(|kind| money || *kind != DocumentKind::Final)
            .map(entry)
            .collect_view();
        view! {
            {page_head(None, text::LIST_TITLE.to_owned(), Some(text::LIST_LEAD.to_owned()))}
            <ul class="list">{kinds}</ul>
        }
    });
    Ok(page.section(Section::Figures).answer(&visit).await)
}

fn entry(kind: DocumentKind) -> AnyView {
    view! {
        <li class="list__item">
            <a class="list__link" href=path(kind)>
                <span class="list__title">{kind.title_nl()}</span>
                " "
                <span class="list__meta">{text::lead(kind)}</span>
            </a>
        </li>
    }
    .into_any()
}
