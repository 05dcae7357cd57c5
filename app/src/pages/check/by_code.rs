//! `GET /controle` and `GET /controle/{code}`.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use domain::PairingCode;
use leptos::prelude::*;
use serde::Deserialize;

use super::parts::{Known, code_form, details, file_form};
use crate::components::masthead::Section;
use crate::components::notice::{Tone, notice, page_head};
use crate::locales::nl::check as text;
use crate::respond::{Page, PageError, Visit, see_other};

/// What was typed.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    code: String,
}

/// `GET /controle`: both forms; with a code on to its page.
pub(crate) async fn start(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    if asked.code.trim().is_empty() {
        return empty(&visit, "", None, None).await;
    }
    match asked.code.parse::<PairingCode>() {
        Ok(code) if known(&visit, code).await?.is_some() => Ok(see_other(&format!("/controle/{code}"), [])),
        _ => empty(&visit, &asked.code, Some(text::CODE_UNKNOWN), None).await,
    }
}

/// `GET /controle/{code}`: where the QR code of a document leads.
pub(crate) async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    let found = match code.parse::<PairingCode>() {
        Ok(code) => known(&visit, code).await?,
        Err(_) => None,
    };
    match found {
        Some(known) => page(&visit, known, None).await,
        None => empty(&visit, &code, Some(text::CODE_UNKNOWN), None).await,
    }
}

async fn known(visit: &Visit, code: PairingCode) -> Result<Option<Known>, PageError> {
    let found = visit.context().store.frozen_report(&visit.viewer.scope, code).await?;
    match found {
        Some(report) => Known::load(visit, report).await.map(Some),
        None => Ok(None),
    }
}

/// The page without a report. `typed` stays in its field.
pub(super) async fn empty(
    visit: &Visit,
    typed: &str,
    wrong_code: Option<&'static str>,
    wrong_file: Option<&'static str>,
) -> Result<Response, PageError> {
    let typed: String = typed.chars().take(20).collect();
    let status = if wrong_code.is_some() {
        StatusCode::NOT_FOUND
    } else if wrong_file.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = Page::new(text::TITLE, text::DESCRIPTION, move || {
        view! {
            {page_head(None, text::TITLE.to_owned(), Some(text::LEAD.to_owned()))}
            {code_form(&typed, wrong_code)}
            {file_form(None, wrong_file)}
        }
    });
    Ok(page
        .section(Section::Figures)
        .class("main--narrow")
        .status(status)
        .answer(visit)
        .await)
}

/// The page of a report. `file` is what was found of a file that somebody gave.
pub(super) async fn page(
    visit: &Visit,
    known: Known,
    file: Option<(Tone, &'static str)>,
) -> Result<Response, PageError> {
    let code = known.report.code.to_string();
    let title = text::title(&known.report.title, &code);
    let heading = known.report.title.clone();
    let verdict = if known.sealed {
        (Tone::Ok, text::SEALED)
    } else {
        (Tone::Wait, text::BROKEN)
    };
    let page = Page::new(title, text::DESCRIPTION, move || {
        view! {
            {page_head(Some(text::KICKER.to_owned()), heading, None)}
            {file.map(|(tone, text)| notice(tone, text))}
            {notice(verdict.0, verdict.1)}
            {details(known)}
            {file_form(Some(code), None)}
            <p class="section">
                <a href="/controle">{text::ANOTHER}</a>
            </p>
        }
    });
    Ok(page
        .section(Section::Figures)
        .class("main--narrow")
        .unlisted()
        .answer(visit)
        .await)
}
