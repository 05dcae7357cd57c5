//! The holder's own pages: `/pas`, the claim link, and removing a pass from the phone.
//!
//! No log-in and no script: the passes are those whose claim tokens are in this phone's cookie.

use axum::extract::{Path, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, empty, notice};
use crate::components::pass_card::PassCard;
use crate::cookies::{self, MAX_CLAIMS, is_token};
use crate::forms::Typed;
use crate::locales::nl::holder as text;
use crate::pages::trouble::Trouble;
use crate::respond::{Page, PageError, Visit, see_other};

/// What just happened.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct News {
    #[serde(default)]
    weg: Option<String>,
}

/// `GET /pas`
pub(crate) async fn show(visit: Visit, Query(News { weg }): Query<News>) -> Result<Response, PageError> {
    let tokens = visit.cookies.claims();
    let mut cards = Vec::with_capacity(tokens.len());
    for token in &tokens {
        if let Some((pass, holder)) = visit.context().store.pass_by_claim(token).await? {
            cards.push(PassCard::new(&pass, &holder));
        }
    }
    let gone = cards.len() < tokens.len();
    let page = Page::new(text::TITLE, text::DESCRIPTION, move || {
        let several = cards.len() > 1;
        let deck = deck(&cards);
        view! {
            <h1 class="visually-hidden">{text::TITLE}</h1>
            {weg.map(|_| notice(Tone::Ok, text::FORGOTTEN))}
            {gone.then(|| notice(Tone::Wait, text::GONE))}
            {if cards.is_empty() {
                empty("pass", text::EMPTY_TITLE, text::EMPTY_TEXT, Some(("/activiteiten", text::EMPTY_ACTION)))
                    .into_any()
            } else {
                view! {
                    <ol class="deck" aria-label=text::DECK>
                        {deck}
                    </ol>
                    {several.then(|| dots(&cards))}
                    <p class="note">{text::HOW}</p>
                    {cards.iter().map(|card| forget(card, several)).collect_view()}
                }
                    .into_any()
            }}
        }
    });
    Ok(page.section(Section::Pass).class("main--pass").answer(&visit).await)
}

fn deck(cards: &[PassCard]) -> AnyView {
    let card = |(place, card): (usize, &PassCard)| {
        let id = format!("plaats-{}", place + 1);
        view! {
            <li class="deck__item" id=id.clone()>
                {card.screen(&id)}
            </li>
        }
    };
    cards.iter().enumerate().map(card).collect_view().into_any()
}

fn dots(cards: &[PassCard]) -> AnyView {
    let dots = cards
        .iter()
        .enumerate()
        .map(|(place, card)| {
            let href = format!("#plaats-{}", place + 1);
            view! {
                <a class="dots__dot" href=href>
                    {card.first_name.clone()}
                </a>
            }
        })
        .collect_view();
    view! {
        <nav class="dots" aria-label=text::DOTS>
            {dots}
        </nav>
    }
    .into_any()
}

fn forget(card: &PassCard, several: bool) -> AnyView {
    let label = if several {
        text::forget(&card.first_name)
    } else {
        text::FORGET.to_owned()
    };
    let number = card.number.clone();
    view! {
        <form class="forget" method="post" action="/pas/verwijderen" data-forget>
            <button class="button button--quiet" name="pas" value=number>
                {icon("trash")}
                {label}
            </button>
        </form>
    }
    .into_any()
}

/// `GET /pas/claim/{token}`: puts the pass on this phone.
pub(crate) async fn claim(visit: Visit, Path(token): Path<String>) -> Result<Response, PageError> {
    let found = if is_token(&token) {
        visit.context().store.pass_by_claim(&token).await?
    } else {
        None
    };
    let Some((pass, _)) = found else {
        return Ok(trouble(
            StatusCode::NOT_FOUND,
            text::CLAIM_UNKNOWN_TITLE,
            text::CLAIM_UNKNOWN_WHAT,
        )
        .answer(&visit)
        .await);
    };
    // Another link for the same pass replaces the first: one pass is one card.
    let mut tokens = Vec::new();
    for known in visit.cookies.claims() {
        if visit
            .context()
            .store
            .pass_by_claim(&known)
            .await?
            .is_some_and(|(other, _)| other.id != pass.id)
        {
            tokens.push(known);
        }
    }
    if tokens.len() >= MAX_CLAIMS {
        return Ok(trouble(StatusCode::CONFLICT, text::FULL_TITLE, text::FULL_WHAT)
            .answer(&visit)
            .await);
    }
    tokens.push(token);
    let mut answer = see_other("/pas", [cookies::set_claims(&tokens, visit.context().secure)]);
    // The address is the key to the pass: no page may name it as where somebody came from.
    answer
        .headers_mut()
        .insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(answer)
}

/// `POST /pas/verwijderen`: takes one pass off this phone; without a number, all of them.
pub(crate) async fn forget_pass(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    let number = typed.get("pas");
    let mut kept = Vec::new();
    for token in visit.cookies.claims() {
        let found = visit.context().store.pass_by_claim(&token).await?;
        if found.is_some_and(|(pass, _)| !number.is_empty() && pass.number.to_string() != number) {
            kept.push(token);
        }
    }
    Ok(see_other(
        "/pas?weg=1",
        [cookies::set_claims(&kept, visit.context().secure)],
    ))
}

fn trouble(status: StatusCode, title: &'static str, what: &'static str) -> Page {
    Trouble {
        status,
        icon: "pass",
        title,
        what,
        action: ("/pas", text::TO_PASS),
    }
    .page()
    .section(Section::Pass)
}
