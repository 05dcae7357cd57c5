//! Freezing: the document as it is now, its files, and a seal over their hashes.

use domain::PairingCode;
use press::{Form, Seal};
use report::{Check, Document, ReportError, ReportRequest};
use serde_json::Value;
use storage::{FrozenReport, NewFrozenFile, NewFrozenReport, Permission, Scope, SignError, Store};

use super::{FileError, files};
use crate::keys::ReportKeys;

/// Tries of a code that nobody has: of 40 random bits the first is free.
const TRIES: usize = 4;

/// Why a report could not be frozen.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FreezeError {
    /// No document, or no file of it.
    #[error(transparent)]
    File(#[from] FileError),
    /// It could not be kept.
    #[error(transparent)]
    Storage(#[from] storage::Error),
    /// It could not be signed.
    #[error("sealing the report failed")]
    Sign(#[from] SignError),
    /// It could not be written down.
    #[error("writing the report down failed")]
    Json(#[from] serde_json::Error),
}

impl From<ReportError> for FreezeError {
    fn from(error: ReportError) -> Self {
        Self::File(FileError::Report(error))
    }
}

/// Freezes a report. `origin` is the address of the site without a slash at the end: the QR code leads there.
///
/// What is frozen is what was known at one moment, which becomes its data date: the same request as of that moment gives
/// the same document again. `public`: as everybody sees it, so that everybody may read it at its code; without, as the
/// scope sees it, amounts included.
pub(crate) async fn freeze(
    store: &Store,
    keys: &ReportKeys,
    scope: &Scope,
    request: ReportRequest,
    origin: &str,
    issuer: &str,
    public: bool,
) -> Result<FrozenReport, FreezeError> {
    if !scope.may(Permission::FreezeReports) {
        return Err(ReportError::Denied("freezing a report").into());
    }
    let now = store.env().now();
    let partnership = request.partnership;
    let (open, mut document) = if public {
        // The public may not ask for another moment than now (two moments are a free range), so this is now.
        (true, report::build(store, &Scope::public(), request).await?)
    } else {
        let open = is_open(store, scope, &request).await?;
        let as_of = Some(request.as_of.unwrap_or(now));
        (
            open,
            report::build(store, scope, ReportRequest { as_of, ..request }).await?,
        )
    };
    for _ in 1..TRIES {
        let code = PairingCode::from_bytes(store.env().bytes());
        match keep(
            store,
            keys,
            scope,
            &mut document,
            (code, now),
            (origin, issuer),
            partnership,
            open,
        )
        .await
        {
            Err(FreezeError::Storage(storage::Error::Exists(_))) => {}
            done => return done,
        }
    }
    Err(storage::Error::Exists("report with this code").into())
}

#[expect(clippy::too_many_arguments, reason = "one step of `freeze`, which has them all")]
async fn keep(
    store: &Store,
    keys: &ReportKeys,
    scope: &Scope,
    document: &mut Document,
    (code, frozen_at): (PairingCode, jiff::Timestamp),
    (origin, issuer): (&str, &str),
    partnership: Option<domain::PartnershipId>,
    open: bool,
) -> Result<FrozenReport, FreezeError> {
    document.check = Some(Check {
        url: format!("{origin}/controle/{code}"),
        code: code.to_string(),
        frozen_at,
    });
    let made = files(document.clone(), &Form::ALL).await?;
    let seal = match Seal::of(document, issuer, &made) {
        Some(seal) => keys.seal(&seal)?,
        // It has a check: it was set above.
        None => return Err(SignError("the document has no check code".to_owned()).into()),
    };
    let new = NewFrozenReport {
        code,
        partnership,
        kind: document.kind.code().to_owned(),
        title: document.title.clone(),
        subject: document.subject.clone(),
        period: document.period.to_string(),
        compare: document.compare.map(|period| period.to_string()),
        open,
        data_date: document.data_date,
        facts_hash: document.facts_hash.clone(),
        document: serde_json::to_string(document)?,
        seal,
        frozen_at,
        files: made
            .into_iter()
            .map(|(form, bytes)| NewFrozenFile {
                form: form.to_string(),
                sha256: press::fingerprint(&bytes),
                bytes,
            })
            .collect(),
    };
    Ok(store.freeze_report(scope, new).await?)
}

/// Whether everybody would get this very document, so that everybody may read the frozen one. Asking the builder twice is
/// the one answer that cannot fall behind what documents come to hold.
async fn is_open(store: &Store, scope: &Scope, request: &ReportRequest) -> Result<bool, FreezeError> {
    let now = ReportRequest {
        as_of: None,
        ..request.clone()
    };
    let public = match report::build(store, &Scope::public(), now.clone()).await {
        Ok(document) => document,
        Err(ReportError::Denied(_) | ReportError::Unknown(_)) => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    let own = report::build(store, scope, now).await?;
    Ok(timeless(&public)? == timeless(&own)?)
}

/// The document without the moments at which it was asked.
fn timeless(document: &Document) -> Result<Value, serde_json::Error> {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.remove("data_date");
                members.remove("facts_hash");
                members.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(document)?;
    strip(&mut value);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_compared_without_its_moments() {
        let one = report::sample();
        let mut other = one.clone();
        other.data_date = jiff::Timestamp::UNIX_EPOCH;
        assert_eq!(timeless(&one).unwrap(), timeless(&other).unwrap());
        other.lead.push("€ 5".to_owned());
        assert_ne!(timeless(&one).unwrap(), timeless(&other).unwrap());
    }
}
