//! One scan, sent with a form: the same check-in as the API's, answered with a page.

use axum::http::StatusCode;
use axum::response::Response;
use domain::{ActivityId, KeyVerdict, Reason, ScanId, Scanned};
use sha2::{Digest, Sha256};
use storage::{CheckIn, CheckInError};

use super::{page, verdict};
use crate::forms::{Filled, Typed};
use crate::locales::nl::scan as text;
use crate::respond::{PageError, Visit};

use super::form::{ACTIVITY, SCAN_ID};

/// The hidden fields of a scan's form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slip {
    activity: ActivityId,
    scan_id: ScanId,
}

/// Reads the hidden fields, or says that the form is too old.
pub(crate) fn slip(typed: &Typed) -> Option<Slip> {
    Some(Slip {
        activity: typed.get(ACTIVITY).parse().ok()?,
        scan_id: typed.get(SCAN_ID).parse().ok()?,
    })
}

/// The form once more, with what is wrong. Nothing was counted.
pub(crate) async fn again(
    visit: &Visit,
    typed: Typed,
    field: &'static str,
    message: &str,
) -> Result<Response, PageError> {
    let activity = typed.get(ACTIVITY).parse().ok();
    let mut form = Filled::new(typed);
    form.wrong(field, message);
    page::page(visit, activity, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// Records it and shows the verdict. `manual`: typed by hand.
pub(crate) async fn record(
    visit: &Visit,
    slip: Slip,
    input: Result<Scanned, Reason>,
    manual: bool,
    typed: Typed,
    field: &'static str,
) -> Result<Response, PageError> {
    let context = visit.context();
    let check_in = CheckIn {
        scan_id: slip.scan_id,
        content_hash: content_hash(&input, slip.activity),
        key: key(visit, &input),
        input,
        activity: slip.activity,
        occurred_at: None,
        clock_offset_ms: 0,
        manual,
        note: None,
    };
    match context.store.check_in(&visit.viewer.scope, check_in).await {
        Ok(recorded) => verdict::show(visit, &recorded, slip.activity).await,
        Err(CheckInError::IdReuse) => again(visit, typed, field, text::ID_REUSE).await,
        Err(CheckInError::Denied) => Err(PageError::Denied),
        Err(error) => Err(PageError::broken(error)),
    }
}

/// What the key says of a credential; nothing for a typed number.
fn key(visit: &Visit, input: &Result<Scanned, Reason>) -> Option<KeyVerdict> {
    match input {
        Ok(Scanned::Credential(credential)) => {
            Some(credential.verify(&visit.context().issuer, &*visit.context().verifier))
        }
        Ok(Scanned::Number(_)) | Err(_) => None,
    }
}

/// What the form says, so that the same form sent twice is a replay and another pass on it is not.
fn content_hash(input: &Result<Scanned, Reason>, activity: ActivityId) -> [u8; 32] {
    let what = match input {
        Ok(Scanned::Credential(credential)) => credential.to_qr_text(),
        Ok(Scanned::Number(number)) => number.compact(),
        Err(reason) => reason.code().to_owned(),
    };
    Sha256::digest(format!("form\n{activity}\n{what}")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(byte: u8) -> String {
        domain::uuid_v7("2026-11-20T18:00:00Z".parse().unwrap(), [byte; 10]).to_string()
    }

    #[test]
    fn a_form_without_its_hidden_fields_is_too_old() {
        let typed: Typed = [(ACTIVITY, id(1)), (SCAN_ID, id(2))].into_iter().collect();
        assert!(slip(&typed).is_some());
        assert!(slip(&typed.clone().with(SCAN_ID, "x")).is_none());
        assert!(slip(&typed.with(ACTIVITY, "")).is_none());
    }

    #[test]
    fn another_pass_on_the_same_form_is_another_scan() {
        let activity: ActivityId = id(1).parse().unwrap();
        let hash = |reason| content_hash(&Err(reason), activity);
        assert_eq!(hash(Reason::ForeignQr), hash(Reason::ForeignQr));
        assert_ne!(hash(Reason::ForeignQr), hash(Reason::Malformed));
    }
}
