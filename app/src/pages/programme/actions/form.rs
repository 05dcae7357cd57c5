//! The fields of an action: its name, what pays for it, its code and its partners.

use domain::PartnerId;
use leptos::prelude::*;
use storage::{Action, ActionChange, Partner};

use crate::components::field::{Choice, Input};
use crate::forms::{Filled, Typed};
use crate::locales::nl::programme as text;
use crate::pages::programme::{parts, read};

pub(super) const NAME: &str = "naam";
const FUNDING: &str = "financiering";
const BBC: &str = "bbc";
pub(super) const PARTNER: &str = "partner";

/// The form as an action fills it.
pub(super) fn of(action: &Action) -> Filled {
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let fields = [
        (NAME, action.name.clone()),
        (FUNDING, text(action.funding_line.as_deref())),
        (BBC, text(action.bbc_code.as_ref().map(domain::BbcCode::as_str))),
    ];
    let partners = action.partners.iter().map(|partner| (PARTNER, partner.id.to_string()));
    Filled::new(fields.into_iter().chain(partners).collect())
}

/// What was typed, or the form with its mistakes.
pub(super) fn read(typed: Typed, partners: &[Partner]) -> Result<ActionChange, Filled> {
    let mut form = Filled::new(typed);
    let name = read::line(&mut form, NAME, 120, text::NAME_WRONG);
    let funding = form.typed.get(FUNDING).to_owned();
    let funding_line = if funding.is_empty() {
        Some(None)
    } else {
        read::line(&mut form, FUNDING, 60, text::FUNDING_WRONG).map(Some)
    };
    let bbc_code = read::maybe_bbc(&mut form, BBC);
    let chosen: Option<Vec<PartnerId>> = form
        .typed
        .all(PARTNER)
        .map(|id| {
            id.parse()
                .ok()
                .filter(|id| partners.iter().any(|known| known.id == *id))
        })
        .collect();
    let chosen = form.take(PARTNER, chosen.ok_or(()), text::PARTNER_WRONG);
    match (name, funding_line, bbc_code, chosen) {
        (Some(name), Some(funding_line), Some(bbc_code), Some(partners)) => Ok(ActionChange {
            name,
            funding_line,
            bbc_code,
            partners,
        }),
        _ => Err(form),
    }
}

/// The fields.
pub(super) fn fields(form: &Filled, partners: &[Partner]) -> AnyView {
    let partners = partners
        .iter()
        .map(|partner| Choice::new(partner.id, partner.name.clone()))
        .collect();
    view! {
        {Input::text(NAME, text::NAME).hint(text::NAME_HINT).keyboard("text", "120").view(form)}
        {Input::text(FUNDING, text::FUNDING).hint(text::FUNDING_HINT).keyboard("text", "60").optional().view(form)}
        {Input::text(BBC, text::BBC).hint(text::BBC_HINT).keyboard("text", "40").optional().view(form)}
        {parts::boxes(form, PARTNER, text::PARTNERS, None, partners)}
    }
    .into_any()
}
