//! What the partnership does besides passes: actions (`/acties`), partners (`/partners`), money (`/begroting`) and the
//! learning network (`/lerend-netwerk`). The first three are for the coordinator and the auditor; the network is public.

pub(crate) mod actions;
pub(crate) mod budget;
pub(crate) mod network;
pub(crate) mod partners;

mod parts;
mod read;

use axum::http::StatusCode;
use serde::Deserialize;
use storage::Permission;

use crate::forms::Filled;
use crate::locales::nl;
use crate::respond::{PageError, Visit};

/// What just happened, in the address that a form leads to.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct News {
    #[serde(default)]
    gedaan: String,
}

/// For pages with money: the coordinator and the auditor.
fn require_reader(visit: &Visit) -> Result<(), PageError> {
    visit.require(Permission::ReadFinances)
}

/// For forms.
fn require_writer(visit: &Visit) -> Result<(), PageError> {
    visit.require(Permission::ManageProgramme)
}

/// Whether the forms are on the page.
fn writes(visit: &Visit) -> bool {
    visit.viewer.may(Permission::ManageProgramme)
}

/// The status of a page with these forms, and its title.
fn with_errors(forms: &[&Filled], title: String) -> (StatusCode, String) {
    if forms.iter().all(|form| form.errors.is_empty()) {
        (StatusCode::OK, title)
    } else {
        (
            StatusCode::UNPROCESSABLE_ENTITY,
            format!("{}: {title}", nl::ERROR_TITLE),
        )
    }
}
