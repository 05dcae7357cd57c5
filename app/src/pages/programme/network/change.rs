//! What the coordinator adds to the network: members, meetings, practice sheets.

use axum::response::Response;

use super::form;
use super::page::{Forms, page};
use crate::forms::{Filled, Typed};
use crate::locales::nl::programme as text;
use crate::pages::programme::require_writer;
use crate::respond::{PageError, Visit, see_other};

/// The form again after a refusal by the store that no field explains; anything else is an error of its own.
fn refused(error: storage::Error, typed: Typed, field: &'static str) -> Result<Filled, PageError> {
    match error {
        storage::Error::Invalid(_) | storage::Error::Unknown(_) => {
            let mut form = Filled::new(typed);
            form.wrong(field, text::NOT_KEPT);
            Ok(form)
        }
        error => Err(error.into()),
    }
}

/// `POST /lerend-netwerk/leden`
pub(crate) async fn add_member(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    require_writer(&visit)?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let member = match form::member(typed.clone()) {
        Ok(new) => match store.add_network_member(scope, &new).await {
            Ok(_) => return Ok(see_other("/lerend-netwerk?gedaan=lid", [])),
            Err(error) => refused(error, typed, form::MEMBER_NAME)?,
        },
        Err(form) => form,
    };
    let forms = Forms {
        member,
        ..Forms::default()
    };
    page(&visit, forms, None).await
}

/// `POST /lerend-netwerk/bijeenkomsten`
pub(crate) async fn add_meeting(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    require_writer(&visit)?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let meeting = match form::meeting(typed.clone()) {
        Ok(new) => match store.add_meeting(scope, &new).await {
            Ok(_) => return Ok(see_other("/lerend-netwerk?gedaan=bijeenkomst", [])),
            Err(error) => refused(error, typed, form::MEETING_TITLE)?,
        },
        Err(form) => form,
    };
    let forms = Forms {
        meeting,
        ..Forms::default()
    };
    page(&visit, forms, None).await
}

/// `POST /lerend-netwerk/praktijken`
pub(crate) async fn add_practice(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    require_writer(&visit)?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let practice = match form::practice(typed.clone()) {
        Ok(new) => match store.add_practice(scope, &new).await {
            Ok(id) => return Ok(see_other(&format!("/lerend-netwerk/{id}?gedaan=praktijk"), [])),
            Err(error) => refused(error, typed, form::TITLE)?,
        },
        Err(form) => form,
    };
    let forms = Forms {
        practice: Some(practice),
        ..Forms::default()
    };
    page(&visit, forms, None).await
}
