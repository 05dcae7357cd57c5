//! `GET /verslagen/{kind}`: a document with its choices above and its files below.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use report::{DocumentKind, ReportRequest};
use storage::Permission;

use super::chooser::Choices;
use super::load::{Loaded, Pairs, load};
use crate::components::document::document;
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, notice, page_head};
use crate::locales::nl::reports as text;
use crate::respond::{Page, PageError, Visit};

/// `GET /verslagen/{kind}`
pub(crate) async fn show(
    visit: Visit,
    Path(kind): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, PageError> {
    let kind = DocumentKind::ALL.into_iter().find(|known| known.code() == kind);
    respond(&visit, kind.ok_or(PageError::NotFound)?, &pairs).await
}

/// The page of a document.
pub(super) async fn respond(visit: &Visit, kind: DocumentKind, pairs: &Pairs) -> Result<Response, PageError> {
    let loaded = load(visit, kind, pairs).await?;
    let choices = Choices::load(visit).await?;
    let Loaded {
        request,
        document: made,
        problem,
        running,
    } = loaded;
    let title = made
        .as_ref()
        .map_or_else(|| kind.title_nl().to_owned(), text::page_title);
    let status = if made.is_none() && problem.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let description = if kind == DocumentKind::Answer {
        text::ANSWER_DESCRIPTION
    } else {
        text::lead(kind)
    };
    let public = kind != DocumentKind::Final;
    let may_freeze = visit.viewer.may(Permission::FreezeReports);
    let page = Page::new(title, description, move || {
        let kicker = made.as_ref().map(text::kicker);
        let lead = made.is_none().then(|| text::lead(kind).to_owned());
        view! {
            {page_head(kicker, kind.title_nl().to_owned(), lead)}
            {problem.map(|words| notice(Tone::Wait, words))}
            {choices.form(path(kind), &request)}
            {made.as_ref().map(|_| files(&request))}
            {made.as_ref().map(|made| document(made, running))}
            {(may_freeze && made.is_some()).then(|| freeze(&request))}
        }
    });
    let page = page.section(Section::Figures).class("main--wide").status(status);
    let page = if public { page } else { page.unlisted() };
    Ok(page.answer(visit).await)
}

/// Where a kind of document is.
pub(super) fn path(kind: DocumentKind) -> String {
    match kind {
        DocumentKind::Answer => "/antwoord".to_owned(),
        kind => format!("/verslagen/{kind}"),
    }
}

/// The same document as files, made by the server from the same address.
fn files(request: &ReportRequest) -> AnyView {
    let query = request.query();
    let file = |ending: &str| match request.kind {
        DocumentKind::Answer => format!("/antwoord.{ending}?{query}"),
        kind => format!("/verslag.{ending}?soort={kind}&{query}"),
    };
    let links = [
        ("pdf", text::PDF),
        ("xlsx", text::XLSX),
        ("csv", text::CSV),
        ("json", text::JSON),
    ]
    .map(|(ending, label)| {
        view! {
            <a href=file(ending) download>
                {icon("download")}
                {label}
            </a>
            " "
        }
    })
    .into_iter()
    .collect_view();
    view! {
        <div class="method report__files" role="group" aria-label=text::FILES>
            <p class="method__links">
                {links} <button class="button button--quiet" data-print hidden>
                    {icon("print")}
                    {text::PRINT}
                </button> " " <a href="/verslagen">{icon("arrow")} {text::OTHER}</a>
            </p>
        </div>
    }
    .into_any()
}

/// Keeps the document as it is now: the server makes the files, seals them and shows the page where they are checked.
fn freeze(request: &ReportRequest) -> AnyView {
    let query = request.query();
    let fields = query
        .split('&')
        .filter_map(|part| part.split_once('='))
        .map(|(name, value)| {
            let (name, value) = (name.to_owned(), value.to_owned());
            view! { <input type="hidden" name=name value=value /> }
        })
        .collect_view();
    view! {
        <section class="card report__freeze">
            <h2 class="card__title">{text::FREEZE_TITLE}</h2>
            <p>{text::FREEZE_WHY}</p>
            <form method="post" action=format!("/verslagen/{}/bevries", request.kind)>
                {fields} <button class="button">{icon("lock")} {text::FREEZE}</button>
            </form>
        </section>
    }
    .into_any()
}
