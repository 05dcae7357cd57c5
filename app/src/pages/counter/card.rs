//! `/balie/pas/{number}`: the card of a pass, the link for the phone, printing, blocking.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Number, PassStatus};
use leptos::prelude::*;
use serde::Deserialize;
use storage::{Holder, Pass, Permission};

use super::member::Members;
use crate::components::field::error_summary;
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, notice, page_head};
use crate::components::pass_card::PassCard;
use crate::components::qr::{QrUse, qr};
use crate::cookies;
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, counter as text};
use crate::pages::Names;
use crate::respond::{Page, PageError, Visit, see_other};

/// Cards on one sheet of paper: a single pass is printed once, at the top left.
const CARDS_ON_SHEET: usize = 1;

/// What just happened, for one line at the top.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct News {
    #[serde(default)]
    nieuw: Option<String>,
    #[serde(default)]
    aangepast: Option<String>,
    #[serde(default)]
    lid: Option<String>,
}

/// The pass in the address, as far as this counter may see it.
pub(super) async fn find(visit: &Visit, number: &str) -> Result<(Pass, Holder), PageError> {
    visit.require(Permission::FindHolder)?;
    let number: Number = number.parse().map_err(|_| PageError::NotFound)?;
    visit
        .context()
        .store
        .pass_by_number(&visit.viewer.scope, &number)
        .await?
        .ok_or(PageError::NotFound)
}

/// `GET /balie/pas/{number}`
pub(crate) async fn show(
    visit: Visit,
    Path(number): Path<String>,
    Query(news): Query<News>,
) -> Result<Response, PageError> {
    let (pass, holder) = find(&visit, &number).await?;
    let news = match (news.nieuw, news.aangepast, news.lid) {
        (Some(_), ..) => Some(text::ISSUED),
        (None, Some(_), _) => Some(text::STATUS_CHANGED),
        (None, None, Some(_)) => Some(text::MEMBER_SAVED),
        (None, None, None) => None,
    };
    page(&visit, pass, holder, news, None).await
}

/// The card, with what just happened, and with the form about membership when something is wrong with it.
pub(super) async fn page(
    visit: &Visit,
    pass: Pass,
    holder: Holder,
    news: Option<&'static str>,
    member: Option<Filled>,
) -> Result<Response, PageError> {
    let names = Names::load(visit).await?;
    let members = Members::load(visit, &pass, member).await?;
    let status = match members.form().errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let number = pass.number.to_string();
    let claim = visit.cookies.fresh_claim(&pass.number.to_string());
    let claim = claim.map(|token| format!("{}/pas/claim/{token}", visit.origin()));
    let kicker = format!("{} · {}", text::KICKER, names.of(holder.municipality));
    let title = text::card_title(holder.first_name.as_str());
    let page = Page::new(format!("{title} ({number})"), text::CARD_DESCRIPTION, move || {
        let card = PassCard::new(&pass, &holder);
        let usable = pass.status != PassStatus::Revoked;
        view! {
            {page_head(Some(kicker), title, None)} {news.map(|text| notice(Tone::Ok, text))}
            {error_summary(members.form())} <div class="desk">
                <div class="desk__main">
                    <div id="pas">{card.screen("pas")}</div>
                    {facts(&pass, &holder, &names)}
                    <div class="button-row">
                        <button class="button" type="button" data-print hidden>
                            {icon("print")}
                            {text::PRINT}
                        </button>
                        <a class="button button--quiet" href="/balie">
                            {text::ANOTHER}
                        </a>
                    </div>
                </div>
                <aside class="desk__side" aria-label=text::CLAIM_TITLE>
                    {usable.then(|| claim_section(&pass, claim))} {members.view()} {manage(&pass)}
                </aside>
            </div>
            <div class="sheet">{(0..CARDS_ON_SHEET).map(|_| card.paper()).collect_view()}</div>
            {card.a4()}
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

/// `POST /balie/pas/{number}/link`: another claim link, for another phone.
pub(crate) async fn new_link(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let (pass, _) = find(&visit, &number).await?;
    let context = visit.context();
    let claim = context.store.new_claim(&visit.viewer.scope, pass.id).await?;
    let number = pass.number.to_string();
    let link = cookies::set_fresh_claim(&number, claim.as_str(), context.secure);
    Ok(see_other(&format!("/balie/pas/{number}"), [link]))
}

/// `POST /balie/pas/{number}/vervang`: a new pass for the same person; the old one stops.
pub(crate) async fn replace(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let (pass, holder) = find(&visit, &number).await?;
    let context = visit.context();
    let (scope, signer) = (&visit.viewer.scope, &*context.signer);
    let issued = context
        .store
        .replace_pass(scope, pass.id, &holder, signer, &context.issuer)
        .await?;
    let number = issued.pass.number.to_string();
    let link = cookies::set_fresh_claim(&number, issued.claim.as_str(), context.secure);
    Ok(see_other(&format!("/balie/pas/{number}?nieuw=1"), [link]))
}

/// `POST /balie/pas/{number}/status`: blocks, unblocks or revokes.
pub(crate) async fn change(visit: Visit, Path(number): Path<String>, typed: Typed) -> Result<Response, PageError> {
    let (pass, _) = find(&visit, &number).await?;
    let status: PassStatus = typed.get("status").parse().map_err(|_| PageError::Unreadable)?;
    // Revoked is for good: a stolen card that works again a week later would be worse than a new pass.
    if pass.status != PassStatus::Revoked {
        visit
            .context()
            .store
            .set_pass_status(&visit.viewer.scope, pass.id, status)
            .await?;
    }
    Ok(see_other(&format!("/balie/pas/{}?aangepast=1", pass.number), []))
}

fn facts(pass: &Pass, holder: &Holder, names: &Names) -> AnyView {
    let issued = nl::date(domain::local_day(pass.issued_at));
    let rows = [
        (text::MUNICIPALITY, names.of(holder.municipality).to_owned()),
        (text::BORN, holder.birth_year.to_string()),
        (text::ISSUED_ON, issued),
    ];
    let rows = rows
        .into_iter()
        .chain(holder.partner.clone().map(|partner| (text::PARTNER, partner)))
        .map(|(term, value)| {
            view! {
                <div class="facts__row">
                    <dt class="facts__term">{term}</dt>
                    <dd class="facts__value">{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="facts">{rows}</dl> }.into_any()
}

fn claim_section(pass: &Pass, claim: Option<String>) -> AnyView {
    let action = format!("/balie/pas/{}/link", pass.number);
    match claim {
        Some(link) => {
            let href = link.clone();
            let steps = text::CLAIM_STEPS
                .map(|step| view! { <li>{step}</li> })
                .into_iter()
                .collect_view();
            view! {
                <section class="claim">
                    <h2 class="claim__title">{text::CLAIM_TITLE}</h2>
                    <div class="claim__qr">{qr(&link, QrUse::Link, text::CLAIM_QR)}</div>
                    <ol class="claim__steps">{steps}</ol>
                    <p class="claim__link">{text::CLAIM_LINK} " " <a href=href>{link}</a></p>
                </section>
            }
            .into_any()
        }
        None => view! {
            <section class="card">
                <h2 class="card__title">{text::CLAIM_TITLE}</h2>
                <p>{text::CLAIM_NEW_TEXT}</p>
                <form method="post" action=action>
                    <button class="button">{icon("phone")} {text::CLAIM_NEW}</button>
                </form>
            </section>
        }
        .into_any(),
    }
}

fn manage(pass: &Pass) -> AnyView {
    let action = format!("/balie/pas/{}/status", pass.number);
    let button = |status: PassStatus, class: &'static str, label: &'static str| {
        let action = action.clone();
        view! {
            <form method="post" action=action>
                <button class=class name="status" value=status.code()>
                    {label}
                </button>
            </form>
        }
    };
    let body = match pass.status {
        PassStatus::Revoked => view! { <p>{text::REVOKED_NOTE}</p> }.into_any(),
        PassStatus::Valid => view! {
            <p>{text::BLOCK_TEXT}</p>
            {button(PassStatus::Suspended, "button", text::BLOCK)}
            <p>{text::REVOKE_TEXT}</p>
            {button(PassStatus::Revoked, "button button--danger", text::REVOKE)}
        }
        .into_any(),
        PassStatus::Suspended => view! {
            {button(PassStatus::Valid, "button", text::UNBLOCK)}
            <p>{text::REVOKE_TEXT}</p>
            {button(PassStatus::Revoked, "button button--danger", text::REVOKE)}
        }
        .into_any(),
    };
    let replace = format!("/balie/pas/{}/vervang", pass.number);
    view! {
        <details class="fold">
            <summary class="fold__summary">{text::MANAGE}</summary>
            <div class="fold__body">
                <p>{text::REPLACE_TEXT}</p>
                <form method="post" action=replace>
                    <button class="button button--main">{text::REPLACE}</button>
                </form>
                {body}
            </div>
        </details>
    }
    .into_any()
}
