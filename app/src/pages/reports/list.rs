//! `GET /verslagen`: which documents there are; each page has its own choices.

use axum::response::Response;
use leptos::prelude::*;
use report::DocumentKind;
use storage::{FrozenReport, Permission};

use super::report::path;
use crate::components::masthead::Section;
use crate::components::notice::page_head;
use crate::locales::nl::reports as text;
use crate::respond::{Page, PageError, Visit};

/// `GET /verslagen`
pub(crate) async fn show(visit: Visit) -> Result<Response, PageError> {
    visit.require(Permission::ReadReports)?;
    let money = visit.viewer.may(Permission::ReadFinances);
    let frozen = visit.context().store.frozen_reports(&visit.viewer.scope).await?;
    let page = Page::new(text::LIST_TITLE, text::LIST_DESCRIPTION, move || {
        let kinds = DocumentKind::ALL
            .into_iter()
            .filter(|kind| money || *kind != DocumentKind::Final)
            .map(entry)
            .collect_view();
        view! {
            {page_head(None, text::LIST_TITLE.to_owned(), Some(text::LIST_LEAD.to_owned()))}
            <ul class="list">{kinds}</ul>
            {kept(&frozen)}
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

/// The reports that were frozen, the newest first, each with the page where it can be checked.
fn kept(frozen: &[FrozenReport]) -> AnyView {
    let items = frozen
        .iter()
        .map(|report| {
            let period = report
                .period
                .parse::<domain::Period>()
                .map_or_else(|_| report.period.clone(), |period| period.label_nl());
            let title = format!("{}: {}, {period}", report.title, report.subject);
            let meta = text::frozen(&report.code.to_string(), report.frozen_at);
            view! {
                <li class="list__item">
                    <a class="list__link" href=format!("/controle/{}", report.code)>
                        <span class="list__title">{title}</span>
                        " "
                        <span class="list__meta">{meta}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    let list = if frozen.is_empty() {
        view! { <p class="note">{text::NONE_FROZEN}</p> }.into_any()
    } else {
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    view! {
        <section class="section">
            <h2 class="heading">{text::FROZEN_TITLE}</h2>
            {list}
            <p class="note">
                <a href="/controle">{text::CHECK_ONE}</a>
            </p>
        </section>
    }
    .into_any()
}
