//! `/lerend-netwerk/leden/{id}`: changing a member, after a merger for one.

use axum::extract::Path;
use axum::response::Response;
use domain::NetworkMemberId;
use leptos::prelude::*;

use super::form;
use crate::components::field::error_summary;
use crate::components::masthead::Section;
use crate::components::notice::page_head;
use crate::forms::{Filled, Typed};
use crate::locales::nl::{network as text, programme};
use crate::pages::programme::{require_writer, with_errors};
use crate::respond::{Page, PageError, Visit, see_other};

/// `GET /lerend-netwerk/leden/{id}`
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, PageError> {
    require_writer(&visit)?;
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    page(&visit, id, None).await
}

/// `POST /lerend-netwerk/leden/{id}`
pub(crate) async fn change(visit: Visit, Path(id): Path<String>, typed: Typed) -> Result<Response, PageError> {
    require_writer(&visit)?;
    let id: NetworkMemberId = id.parse().map_err(|_| PageError::NotFound)?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let form = match form::member(typed.clone()) {
        Ok(change) => match store.change_network_member(scope, id, &change).await {
            Ok(()) => return Ok(see_other("/lerend-netwerk?gedaan=lid_gewijzigd", [])),
            Err(storage::Error::Invalid(_)) => {
                let mut form = Filled::new(typed);
                form.wrong(form::MEMBER_NAME, programme::NOT_KEPT);
                form
            }
            Err(error) => return Err(error.into()),
        },
        Err(form) => form,
    };
    page(&visit, id, Some(form)).await
}

async fn page(visit: &Visit, id: NetworkMemberId, form: Option<Filled>) -> Result<Response, PageError> {
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let members = store.network_members(scope, None).await?;
    let member = members
        .iter()
        .find(|member| member.id == id)
        .ok_or(PageError::NotFound)?;
    let form = form.unwrap_or_else(|| form::of_member(member));
    let name = member.name.clone();
    let (status, title) = with_errors(&[&form], text::change_title(&name));
    let page = Page::new(title, text::DESCRIPTION, move || {
        view! {
            {page_head(Some(text::KICKER.to_owned()), name, None)}
            <form class="form" method="post" action=format!("/lerend-netwerk/leden/{id}") novalidate>
                {error_summary(&form)}
                {form::member_fields(&form, &members, Some(id))}
                <div class="button-row">
                    <button class="button button--main">{programme::KEEP}</button>
                    <a class="button button--quiet" href="/lerend-netwerk">
                        {text::TO_NETWORK}
                    </a>
                </div>
            </form>
        }
    });
    Ok(page
        .section(Section::Figures)
        .class("main--narrow")
        .status(status)
        .unlisted()
        .answer(visit)
        .await)
}
