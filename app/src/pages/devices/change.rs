//! What is done with a paired device: revoking it, asking for a new key, giving it another role.

use axum::extract::Path;
use axum::response::Response;
use domain::DeviceId;
use storage::Permission;

use super::list::role;
use super::whose::Whose;
use crate::forms::Typed;
use crate::respond::{PageError, Visit, see_other};

/// The device in the address, for who may manage any.
fn device(visit: &Visit, id: &str) -> Result<DeviceId, PageError> {
    visit.require(Permission::ManageDevices)?;
    id.parse().map_err(|_| PageError::NotFound)
}

async fn back(visit: &Visit, typed: &Typed, done: &str) -> Result<Response, PageError> {
    let (whose, _) = Whose::of_form(visit, typed).await?;
    Ok(see_other(&whose.link(&format!("/toestellen?gedaan={done}")), []))
}

/// `POST /toestellen/{id}/intrekken`
pub(crate) async fn revoke(visit: Visit, Path(id): Path<String>, typed: Typed) -> Result<Response, PageError> {
    let id = device(&visit, &id)?;
    visit.context().store.revoke_device(&visit.viewer.scope, id).await?;
    back(&visit, &typed, "ingetrokken").await
}

/// `POST /toestellen/{id}/sleutel`
pub(crate) async fn roll(visit: Visit, Path(id): Path<String>, typed: Typed) -> Result<Response, PageError> {
    let id = device(&visit, &id)?;
    visit.context().store.request_key_roll(&visit.viewer.scope, id).await?;
    back(&visit, &typed, "sleutel").await
}

/// `POST /toestellen/{id}/taak`
pub(crate) async fn set_role(visit: Visit, Path(id): Path<String>, typed: Typed) -> Result<Response, PageError> {
    let id = device(&visit, &id)?;
    let role = role(&typed)?;
    visit
        .context()
        .store
        .set_device_role(&visit.viewer.scope, id, role)
        .await?;
    back(&visit, &typed, "taak").await
}
