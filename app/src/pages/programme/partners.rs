//! `/partners`: who the partnership works with, and what was agreed with them.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::response::Response;
use domain::{AgreementId, PartnerId};
use jiff::civil::Date;
use leptos::prelude::*;
use storage::{ActionFilter, Agreement, NewAgreement, Partner};

use super::{News, parts, read, require_reader, require_writer, with_errors, writes};
use crate::components::field::{Choice, Input, error_summary, select};
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, notice, page_head};
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, programme as text};
use crate::respond::{Page, PageError, Visit, see_other};

const NAME: &str = "partner_naam";
const PARTNER: &str = "partner";
const AGREED_ON: &str = "afgesproken_op";
const UNTIL: &str = "tot";
const TEXT: &str = "tekst";
const END: &str = "einde";

/// The forms of the page.
#[derive(Default)]
struct Forms {
    add: Filled,
    agree: Filled,
}

/// A partner as the page shows it.
struct Shown {
    partner: Partner,
    actions: Vec<String>,
    agreements: Vec<Agreement>,
}

/// `GET /partners`
pub(crate) async fn show(visit: Visit, Query(news): Query<News>) -> Result<Response, PageError> {
    require_reader(&visit)?;
    page(&visit, Forms::default(), text::partner_done(&news.gedaan)).await
}

/// `POST /partners`
pub(crate) async fn add(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    require_writer(&visit)?;
    let mut form = Filled::new(typed);
    if let Some(name) = read::line(&mut form, NAME, 120, text::PARTNER_NAME_WRONG) {
        match visit.context().store.add_partner(&visit.viewer.scope, &name).await {
            Ok(_) => return Ok(see_other("/partners?gedaan=partner", [])),
            Err(storage::Error::Exists(_)) => form.wrong(NAME, text::PARTNER_KNOWN),
            Err(storage::Error::Invalid(_)) => form.wrong(NAME, text::PARTNER_NAME_WRONG),
            Err(error) => return Err(error.into()),
        }
    }
    let forms = Forms {
        add: form,
        ..Forms::default()
    };
    page(&visit, forms, None).await
}

/// `POST /partners/afspraken`
pub(crate) async fn agree(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    require_writer(&visit)?;
    let form = match agreement(typed.clone()) {
        Ok(new) => match visit.context().store.add_agreement(&visit.viewer.scope, &new).await {
            Ok(_) => return Ok(see_other("/partners?gedaan=afspraak", [])),
            Err(storage::Error::Invalid(_) | storage::Error::Unknown(_)) => {
                let mut form = Filled::new(typed);
                form.wrong(PARTNER, text::NOT_KEPT);
                form
            }
            Err(error) => return Err(error.into()),
        },
        Err(form) => form,
    };
    let forms = Forms {
        agree: form,
        ..Forms::default()
    };
    page(&visit, forms, None).await
}

fn agreement(typed: Typed) -> Result<NewAgreement, Filled> {
    let mut form = Filled::new(typed);
    let partner = read::choice::<PartnerId>(&mut form, PARTNER, text::PARTNER_WRONG);
    let agreed_on = read::day(&mut form, AGREED_ON);
    let ends_on = read::maybe_day(&mut form, UNTIL);
    if let (Some(agreed_on), Some(Some(end))) = (agreed_on, ends_on)
        && end < agreed_on
    {
        form.wrong(UNTIL, text::END_BEFORE_START);
    }
    let words = read::lines(&mut form, TEXT, 2000, text::AGREEMENT_WRONG);
    match (partner, agreed_on, ends_on, words) {
        (Some(partner), Some(agreed_on), Some(ends_on), Some(text)) if form.errors.is_empty() => Ok(NewAgreement {
            partnership: None,
            partner,
            agreed_on,
            ends_on,
            text,
        }),
        _ => Err(form),
    }
}

/// `POST /partners/afspraken/{id}/einde`
pub(crate) async fn end(visit: Visit, Path(id): Path<String>, typed: Typed) -> Result<Response, PageError> {
    require_writer(&visit)?;
    let id: AgreementId = id.parse().map_err(|_| PageError::NotFound)?;
    let mut form = Filled::new(typed);
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    // A date box is small enough to go without a summary of its own: what is wrong is said above the list.
    let done = match read::day(&mut form, END) {
        Some(day) => match store.end_agreement(scope, id, day).await {
            Ok(()) => "beeindigd",
            Err(storage::Error::Unknown(_)) => "einde_fout",
            Err(error) => return Err(error.into()),
        },
        None => "einde_fout",
    };
    Ok(see_other(&format!("/partners?gedaan={done}"), []))
}

async fn page(visit: &Visit, forms: Forms, news: Option<(Tone, &'static str)>) -> Result<Response, PageError> {
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let mut agreements: BTreeMap<PartnerId, Vec<Agreement>> = BTreeMap::new();
    for agreement in store.agreements(scope, None).await? {
        agreements.entry(agreement.partner).or_default().push(agreement);
    }
    let actions = store.actions(scope, &ActionFilter::default()).await?;
    let partners = store.partners(scope).await?;
    let mut shown: Vec<Shown> = partners
        .iter()
        .map(|partner| Shown {
            partner: partner.clone(),
            actions: actions
                .iter()
                .filter(|action| action.partners.contains(partner))
                .map(|action| action.name.clone())
                .collect(),
            agreements: agreements.remove(&partner.id).unwrap_or_default(),
        })
        .collect();
    shown.sort_by_cached_key(|shown| shown.partner.name.to_lowercase());
    let (writes, today) = (writes(visit), store.env().today());
    let (status, title) = with_errors(&[&forms.add, &forms.agree], text::PARTNERS.to_owned());
    let page = Page::new(title, text::PARTNERS_DESCRIPTION, move || {
        let cards = shown.iter().map(|shown| card(shown, today, writes)).collect_view();
        view! {
            {page_head(Some(text::KICKER.to_owned()), text::PARTNERS.to_owned(), Some(text::PARTNERS_LEAD.to_owned()))}
            {news.map(|(tone, words)| notice(tone, words))}
            {writes.then(|| forms_part(&forms, &partners))}
            <ul class="devices section">{cards}</ul>
        }
    });
    Ok(page
        .section(Section::Figures)
        .class("main--wide")
        .status(status)
        .unlisted()
        .answer(visit)
        .await)
}

fn forms_part(forms: &Forms, partners: &[Partner]) -> AnyView {
    let choices = partners
        .iter()
        .map(|one| Choice::new(one.id, one.name.clone()))
        .collect();
    let agree = view! {
        <form class="form" method="post" action="/partners/afspraken" novalidate>
            {error_summary(&forms.agree)}
            {select(&forms.agree, PARTNER, text::PARTNER, None, Some(nl::CHOOSE), vec![(None, choices)])}
            <div class="field-row">
                {Input::text(AGREED_ON, text::AGREED_ON).kind("date").view(&forms.agree)}
                {Input::text(UNTIL, text::UNTIL).hint(text::UNTIL_HINT).kind("date").optional().view(&forms.agree)}
            </div>
            {parts::textarea(&forms.agree, TEXT, text::AGREEMENT, Some(text::AGREEMENT_HINT), "4", "2000")}
            <button class="button button--main">{icon("plus")} {text::ADD_AGREEMENT}</button>
        </form>
    };
    let add = view! {
        <form class="form" method="post" action="/partners" novalidate>
            {error_summary(&forms.add)}
            {Input::text(NAME, text::PARTNER_NAME).keyboard("text", "120").view(&forms.add)}
            <button class="button button--main">{icon("plus")} {text::ADD_PARTNER}</button>
        </form>
    };
    view! {
        <div class="programme__forms">
            {parts::fold(text::NEW_AGREEMENT, !forms.agree.errors.is_empty(), agree.into_any())}
            {parts::fold(text::NEW_PARTNER, !forms.add.errors.is_empty(), add.into_any())}
        </div>
    }
    .into_any()
}

fn card(shown: &Shown, today: Date, writes: bool) -> AnyView {
    let actions = if shown.actions.is_empty() {
        text::NO_SHARED_ACTIONS.to_owned()
    } else {
        text::shared_actions(&shown.actions)
    };
    let agreements = shown
        .agreements
        .iter()
        .rev()
        .map(|one| agreement_item(one, today, writes))
        .collect_view();
    let list = if shown.agreements.is_empty() {
        view! { <p class="note">{text::NO_AGREEMENTS}</p> }.into_any()
    } else {
        view! { <ul class="stories">{agreements}</ul> }.into_any()
    };
    view! {
        <li class="card programme__partner">
            <h2 class="card__title">{shown.partner.name.clone()}</h2>
            <p>{actions}</p>
            {list}
        </li>
    }
    .into_any()
}

fn agreement_item(agreement: &Agreement, today: Date, writes: bool) -> AnyView {
    let over = agreement.ends_on.is_some_and(|end| end < today);
    let span = text::span(
        &nl::date(agreement.agreed_on),
        agreement.ends_on.map(nl::date).as_deref(),
    );
    let paragraphs = agreement
        .text
        .lines()
        .map(|line| view! { <p class="story__text">{line.to_owned()}</p> })
        .collect_view();
    let id = format!("einde-{}", agreement.id);
    let end = (writes && agreement.ends_on.is_none()).then(|| {
        view! {
            <details class="fold">
                <summary class="fold__summary">
                    {text::END_TITLE} <span class="visually-hidden">": " {agreement.partner_name.clone()}</span>
                </summary>
                <form
                    class="form fold__body"
                    method="post"
                    action=format!("/partners/afspraken/{}/einde", agreement.id)
                >
                    <div class="field">
                        <label class="field__label" for=id.clone()>
                            {text::LAST_DAY}
                        </label>
                        <input class="field__input" type="date" id=id name=END value=today.to_string() required />
                    </div>
                    <button class="button">{text::END_AGREEMENT}</button>
                </form>
            </details>
        }
    });
    view! {
        <li class="story">
            <h3 class="story__title">
                {span} {over.then(|| view! { <span class="tag">{text::OVER}</span> })}
            </h3>
            {paragraphs}
            {end}
        </li>
    }
    .into_any()
}
