//! `/balie`: find a pass, or give a new one.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;
use storage::{Holder, Pass, Permission};

use super::new_pass::{self, Options};
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{empty, page_head};
use crate::cookies;
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, counter as text};
use crate::pages::{Names, search_words};
use crate::respond::{Page, PageError, Visit, see_other};

/// More results than this say that the search was too short.
const RESULTS: u32 = 50;

/// What is searched for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Search {
    #[serde(default)]
    q: String,
}

/// `GET /balie`
pub(crate) async fn show(visit: Visit, Query(Search { q }): Query<Search>) -> Result<Response, PageError> {
    visit.require(Permission::IssuePass)?;
    let form = new_pass::blank(visit.viewer.scope.municipality());
    page(&visit, search_words(&q), form, StatusCode::OK).await
}

/// `POST /balie`: issues a pass.
pub(crate) async fn issue(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    visit.require(Permission::IssuePass)?;
    let context = visit.context();
    let options = options(&visit).await?;
    let holder = match new_pass::read(typed.clone(), &options, context.store.env().today()) {
        Ok(holder) => holder,
        Err(form) => return page(&visit, String::new(), form, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    let issued = context
        .store
        .issue_pass(&visit.viewer.scope, holder, &*context.signer, &context.issuer)
        .await;
    match issued {
        Ok(issued) => {
            let number = issued.pass.number.to_string();
            let link = cookies::set_fresh_claim(&number, issued.claim.as_str(), context.secure);
            Ok(see_other(&format!("/balie/pas/{number}?nieuw=1"), [link]))
        }
        Err(storage::Error::Unknown(_) | storage::Error::Invalid(_) | storage::Error::Exists(_)) => {
            let mut form = Filled::new(typed);
            form.wrong("voornaam", text::NOT_ISSUED);
            page(&visit, String::new(), form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn options(visit: &Visit) -> Result<Options, PageError> {
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let mut municipalities = store.municipalities(scope).await?;
    if let Some(own) = scope.municipality() {
        municipalities.retain(|municipality| municipality.nis == own);
    }
    Ok(Options {
        municipalities,
        partners: store.partners(scope).await?,
    })
}

async fn page(visit: &Visit, query: String, form: Filled, status: StatusCode) -> Result<Response, PageError> {
    let options = options(visit).await?;
    let names = Names::load(visit).await?;
    let found = match query.as_str() {
        "" => None,
        query => Some(
            visit
                .context()
                .store
                .find_holders(&visit.viewer.scope, query, RESULTS)
                .await?,
        ),
    };
    let kicker = match visit.viewer.scope.municipality() {
        Some(own) => format!("{} · {}", text::KICKER, names.of(own)),
        None => text::KICKER.to_owned(),
    };
    let title = match (form.errors.is_empty(), &found) {
        (false, _) => format!("{}: {}", nl::ERROR_TITLE, text::NEW_TITLE),
        (true, Some(found)) => text::found(found.len() as u64, &query),
        (true, None) => format!("{} · {}", text::KICKER, text::TITLE),
    };
    let page = Page::new(title, text::DESCRIPTION, move || {
        let searched = query.clone();
        view! {
            {page_head(Some(kicker), text::TITLE.to_owned(), Some(text::LEAD.to_owned()))}
            <div class="desk">
                <div class="desk__main">
                    <form class="search" role="search" method="get" action="/balie">
                        <label class="field__label" for="q">
                            {text::SEARCH_LABEL}
                        </label>
                        <div class="search__line">
                            <input
                                class="field__input search__input"
                                type="search"
                                id="q"
                                name="q"
                                value=searched
                                autocomplete="off"
                                maxlength="60"
                            />
                            <button class="button button--main">{icon("search")} {text::SEARCH_BUTTON}</button>
                        </div>
                    </form>
                    {found.map(|found| results(&query, found, &names))}
                </div>
                <aside class="desk__side" aria-label=text::NEW_TITLE>
                    {new_pass::view(&form, &options)}
                </aside>
            </div>
        }
    });
    Ok(page
        .section(Section::Counter)
        .class("main--wide")
        .status(status)
        .secret()
        .answer(visit)
        .await)
}

fn results(query: &str, found: Vec<(Holder, Pass)>, names: &Names) -> AnyView {
    if found.is_empty() {
        return empty("search", text::SEARCH_EMPTY_TITLE, text::SEARCH_EMPTY_TEXT, None).into_any();
    }
    let heading = text::found(found.len() as u64, query);
    let items = found
        .into_iter()
        .map(|(holder, pass)| {
            let number = pass.number.to_string();
            let href = format!("/balie/pas/{number}");
            let meta = format!("{number} · {} · {}", names.of(holder.municipality), holder.birth_year);
            let (word, tone) = text::status(pass.status);
            let tag = format!("tag {tone}");
            view! {
                <li class="list__item">
                    <a class="list__link" href=href>
                        <span class="list__title">{holder.first_name.to_string()}</span>
                        " "
                        <span class="list__meta">{meta}</span>
                    </a>
                    <span class="list__side">
                        <span class=tag>{word}</span>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="section">
            <h2 class="heading">{heading}</h2>
            <ul class="list">{items}</ul>
        </section>
    }
    .into_any()
}
