//! `GET /noemers`: what is known now, the form, and every file that was kept.

use std::collections::BTreeSet;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use leptos::prelude::*;
use serde::Deserialize;
use storage::{ImportKind, ImportProblems, ImportRecord, Permission};

use super::field;
use crate::components::field::{Choice, Input, choices, described_by, error_line, error_summary};
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, notice, page_head};
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, denominators as text};
use crate::respond::{Page, PageError, Visit};

/// Years in the table of what is known.
const YEARS: i16 = 6;

/// What just happened, for one line at the top.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct News {
    #[serde(default)]
    bewaard: Option<String>,
    #[serde(default)]
    ongedaan: Option<String>,
}

/// One year of what is known.
struct Year {
    year: i16,
    places: u64,
    missing: u64,
    total: u64,
}

/// `GET /noemers`
pub(crate) async fn show(visit: Visit, Query(news): Query<News>) -> Result<Response, PageError> {
    visit.require(Permission::ImportFigures)?;
    let news = match (news.bewaard, news.ongedaan) {
        (Some(_), _) => Some(text::KEPT),
        (None, Some(_)) => Some(text::UNDONE),
        (None, None) => None,
    };
    let typed = Typed::default().with(field::KIND, ImportKind::Newcomers.code());
    answer(&visit, news, Filled::new(typed), None).await
}

/// The page again, with what is wrong with a form or a file.
pub(super) async fn again(
    visit: &Visit,
    form: Filled,
    problems: Option<ImportProblems>,
) -> Result<Response, PageError> {
    answer(visit, None, form, problems).await
}

async fn answer(
    visit: &Visit,
    news: Option<&'static str>,
    form: Filled,
    problems: Option<ImportProblems>,
) -> Result<Response, PageError> {
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let imports = store.denominator_imports(scope).await?;
    let today = store.env().today();
    let years = years(visit, today).await?;
    let status = if form.errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let title = match status {
        StatusCode::OK => text::TITLE.to_owned(),
        _ => format!("{}: {}", nl::ERROR_TITLE, text::TITLE),
    };
    let page = Page::new(title, text::DESCRIPTION, move || {
        view! {
            {page_head(Some(text::KICKER.to_owned()), text::TITLE.to_owned(), Some(text::LEAD.to_owned()))}
            {news.map(|text| notice(Tone::Ok, text))} {error_summary(&form)} {problems.map(problem_list)}
            {known_now(years)} {upload_form(&form)} {import_list(&imports)}
        }
    });
    Ok(page.section(Section::Figures).status(status).answer(visit).await)
}

/// How many of today's members have a denominator, this year and the years before it.
async fn years(visit: &Visit, today: Date) -> Result<Vec<Year>, PageError> {
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let members: BTreeSet<_> = store.municipalities(scope).await?.iter().map(|one| one.nis).collect();
    let mut years = Vec::new();
    for year in (today.year() - YEARS + 1..=today.year()).rev() {
        let held = store.denominators(scope, year, None).await?;
        let missing = members.iter().filter(|nis| !held.contains_key(nis)).count();
        years.push(Year {
            year,
            places: u64::try_from(held.len()).unwrap_or(u64::MAX),
            missing: u64::try_from(missing).unwrap_or(u64::MAX),
            total: held.values().map(|one| one.value).sum(),
        });
    }
    Ok(years)
}

fn known_now(years: Vec<Year>) -> AnyView {
    let rows = years
        .into_iter()
        .map(|year| {
            view! {
                <tr>
                    <th scope="row">{year.year}</th>
                    <td class="table__number">{nl::number(year.places)}</td>
                    <td class="table__number">{nl::number(year.missing)}</td>
                    <td class="table__number">{nl::number(year.total)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="section">
            <div class="table-wrap" tabindex="0" role="region" aria-label=text::NOW_TITLE>
                <table class="table">
                    <caption class="table__caption">{text::NOW_TITLE}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{text::NOW_YEAR}</th>
                            <th scope="col" class="table__number">
                                {text::NOW_PLACES}
                            </th>
                            <th scope="col" class="table__number">
                                {text::NOW_MISSING}
                            </th>
                            <th scope="col" class="table__number">
                                {text::NOW_TOTAL}
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn problem_list(problems: ImportProblems) -> AnyView {
    let more = (problems.more > 0).then(|| view! { <p>{text::more(problems.more)}</p> });
    let rows = problems
        .told
        .into_iter()
        .map(|problem| {
            view! {
                <li>
                    <strong>{text::line(problem.line)}":"</strong>
                    " "
                    {problem.to_string()}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="section" id="regels">
            <h2 class="heading">{text::PROBLEMS_TITLE}</h2>
            <ul class="prose">{rows}</ul>
            {more}
        </section>
    }
    .into_any()
}

fn upload_form(form: &Filled) -> AnyView {
    let error = form.error(field::FILE).map(str::to_owned);
    let class = if error.is_some() { "field field--error" } else { "field" };
    let kinds = ImportKind::ALL
        .into_iter()
        .map(|kind| Choice::new(kind.code(), text::kind(kind)))
        .collect();
    let templates = ImportKind::ALL
        .into_iter()
        .map(|kind| {
            let href = format!("/noemers/sjabloon.csv?soort={}", kind.code());
            view! {
                <li>
                    <a href=href download>
                        {text::template(kind)}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="section">
            <h2 class="heading">{text::ADD_TITLE}</h2>
            <p>{text::ADD_TEXT}</p>
            <form class="form" method="post" action="/noemers/bekijk" enctype="multipart/form-data" novalidate>
                {choices(form, field::KIND, text::KIND, None, "choices", kinds)}
                <div class=class>
                    <label class="field__label" for=field::FILE>
                        {text::FILE}
                    </label>
                    <p class="field__hint" id=format!("{}-hint", field::FILE)>
                        {text::FILE_HINT}
                    </p>
                    {error_line(field::FILE, error.clone())}
                    <input
                        class="field__file"
                        type="file"
                        id=field::FILE
                        name=field::FILE
                        accept=".csv,text/csv"
                        aria-describedby=described_by(field::FILE, true, error.is_some())
                        aria-invalid=error.is_some().then_some("true")
                    />
                </div>
                {Input::text(field::SOURCE, text::SOURCE).hint(text::SOURCE_HINT).view(form)}
                {Input::text(field::DATED, text::DATED).kind("date").view(form)}
                <button class="button button--main">{icon("search")} {text::LOOK}</button>
            </form>
            <div class="section">
                <h3>{text::TEMPLATE_TITLE}</h3>
                <ul>{templates}</ul>
                <p>{text::TEMPLATE_TEXT}</p>
            </div>
        </section>
    }
    .into_any()
}

fn import_list(imports: &[ImportRecord]) -> AnyView {
    if imports.is_empty() {
        return view! {
            <section class="section">
                <h2 class="heading">{text::IMPORTS_TITLE}</h2>
                <p>{text::IMPORTS_NONE}</p>
            </section>
        }
        .into_any();
    }
    let entries = imports.iter().map(entry).collect_view();
    view! {
        <section class="section">
            <h2 class="heading">{text::IMPORTS_TITLE}</h2>
            <ul class="devices">{entries}</ul>
        </section>
    }
    .into_any()
}

fn entry(import: &ImportRecord) -> AnyView {
    let file = import.file_name.clone();
    let spoken = text::undo_spoken(&file);
    let action = format!("/noemers/{}/terug", import.id);
    let end = match import.undone_at {
        Some(at) => view! { <p class="tag tag--stop">{text::undone(import, at)}</p> }.into_any(),
        None => view! {
            <form method="post" action=action>
                <button class="button button--quiet" aria-label=spoken>
                    {text::UNDO}
                </button>
            </form>
        }
        .into_any(),
    };
    view! {
        <li class="card">
            <h3 class="card__title">{file}</h3>
            <p>{text::kind(import.kind)}</p>
            <p>{text::said_by(&import.source, import.dated)}</p>
            <p>{text::imported(import)}</p>
            {end}
        </li>
    }
    .into_any()
}
