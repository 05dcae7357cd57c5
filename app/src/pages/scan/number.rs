//! `POST /scan/nummer`: a typed number, or the text of a code from a USB or Bluetooth scanner.

use axum::response::Response;
use domain::parse_scan;
use storage::Permission;

use super::form::NUMBER;
use super::submit::{again, record, slip};
use crate::forms::Typed;
use crate::locales::nl::scan as text;
use crate::respond::{PageError, Visit};

/// `POST /scan/nummer`
pub(crate) async fn post(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    visit.require(Permission::Scan)?;
    let Some(slip) = slip(&typed) else {
        return again(&visit, typed, NUMBER, text::FORM_STALE).await;
    };
    let number = typed.get(NUMBER).to_owned();
    if number.is_empty() {
        return again(&visit, typed, NUMBER, text::NUMBER_MISSING).await;
    }
    // A slip of the finger is not a scan: it is corrected here and never reaches the list of scans.
    match parse_scan(&number) {
        Ok(scanned) => {
            let manual = matches!(scanned, domain::Scanned::Number(_));
            record(&visit, slip, Ok(scanned), manual, typed, NUMBER).await
        }
        Err(_) => again(&visit, typed, NUMBER, text::NUMBER_WRONG).await,
    }
}
