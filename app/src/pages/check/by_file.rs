//! `POST /controle`: a file, compared with what was frozen by its SHA-256.

use axum::extract::multipart::{Multipart, MultipartError};
use axum::response::Response;
use domain::PairingCode;
use sha2::{Digest as _, Sha256};

use super::by_code::{empty, page};
use super::parts::{CODE, FILE, Known};
use crate::components::notice::Tone;
use crate::locales::nl::check as text;
use crate::respond::{PageError, Visit};

/// Largest body: no file of ours comes near it.
pub(crate) const BODY_LIMIT: usize = 10 * 1024 * 1024;

/// `POST /controle`
pub(crate) async fn post(visit: Visit, mut form: Multipart) -> Result<Response, PageError> {
    let (mut code, mut file) = (String::new(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(rejected)? {
        match field.name().unwrap_or_default() {
            FILE => file = field.bytes().await.map_err(rejected)?.to_vec(),
            CODE => code = field.text().await.map_err(rejected)?,
            _ => {}
        }
    }
    if file.is_empty() {
        return empty(&visit, "", None, Some(text::FILE_MISSING)).await;
    }
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let fingerprint: [u8; 32] = Sha256::digest(&file).into();
    if let Some(report) = store.frozen_report_of_file(scope, fingerprint).await? {
        let known = Known::load(&visit, report).await?;
        return page(&visit, known, Some((Tone::Ok, text::GENUINE))).await;
    }
    // The form on the page of a code: then at least it is known what the file should have been.
    let expected = match code.parse::<PairingCode>() {
        Ok(code) => store.frozen_report(scope, code).await?,
        Err(_) => None,
    };
    match expected {
        Some(report) => {
            let known = Known::load(&visit, report).await?;
            page(&visit, known, Some((Tone::Wait, text::CHANGED))).await
        }
        None => empty(&visit, "", None, Some(text::STRANGER)).await,
    }
}

/// Too large, or not a form at all.
#[expect(clippy::needless_pass_by_value, reason = "the signature that map_err wants")]
fn rejected(error: MultipartError) -> PageError {
    PageError::form(error.status())
}
