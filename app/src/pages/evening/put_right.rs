//! What is put right of an evening: a counted visit taken back, a scan that waits let through.

use axum::http::StatusCode;
use axum::response::Response;
use domain::ScanId;
use jiff::civil::Date;
use storage::{AnnulError, Permission, ReleaseError};

use super::page::{DAY, SCAN};
use crate::components::masthead::Section;
use crate::forms::Typed;
use crate::locales::nl::{evening as text, scan};
use crate::pages::devices::whose::Whose;
use crate::pages::trouble::Trouble;
use crate::respond::{PageError, Visit, see_other};

/// The scan in a form.
fn scan_id(visit: &Visit, typed: &Typed) -> Result<ScanId, PageError> {
    visit.require(Permission::ManageDevices)?;
    typed.get(SCAN).parse().map_err(|_| PageError::Unreadable)
}

/// Back to the day that the form came from.
async fn back(visit: &Visit, typed: &Typed, done: &str) -> Result<Response, PageError> {
    let (whose, _) = Whose::of_form(visit, typed).await?;
    let today = visit.context().store.env().today();
    let day: Date = typed.get(DAY).parse().unwrap_or(today);
    Ok(see_other(&whose.link(&format!("/avond?dag={day}&gedaan={done}")), []))
}

/// `POST /avond/ongedaan`
pub(crate) async fn undo(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    let id = scan_id(&visit, &typed)?;
    let store = &visit.context().store;
    match store.annul(&visit.viewer.scope, id, store.env().now()).await {
        Ok(_) => back(&visit, &typed, "ongedaan").await,
        Err(AnnulError::Unknown) => Ok(not_done(&visit, scan::UNDO_UNKNOWN, StatusCode::NOT_FOUND).await),
        Err(AnnulError::TooLate) => Ok(not_done(&visit, scan::UNDO_TOO_LATE, StatusCode::CONFLICT).await),
        Err(AnnulError::Denied) => Ok(not_done(&visit, scan::UNDO_DENIED, StatusCode::FORBIDDEN).await),
        Err(error) => Err(PageError::broken(error)),
    }
}

/// `POST /avond/meetellen`: a scan of a revoked device.
pub(crate) async fn release(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    let id = scan_id(&visit, &typed)?;
    let store = &visit.context().store;
    match store.release(&visit.viewer.scope, id, store.env().now()).await {
        Ok(recorded) => back(&visit, &typed, recorded.verdict.code()).await,
        Err(ReleaseError::Unknown) => Ok(not_done(&visit, text::RELEASE_UNKNOWN, StatusCode::NOT_FOUND).await),
        Err(ReleaseError::Denied) => Err(PageError::Denied),
        Err(error) => Err(PageError::broken(error)),
    }
}

async fn not_done(visit: &Visit, what: &'static str, status: StatusCode) -> Response {
    let trouble = Trouble {
        status,
        icon: "undo",
        title: scan::UNDO,
        what,
        action: ("/avond", text::TO_EVENING),
    };
    trouble.page().section(Section::Scan).answer(visit).await
}
