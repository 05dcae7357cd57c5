//! `POST /noemers` keeps what was looked at; `POST /noemers/{id}/terug` takes a file back.

use axum::extract::Path;
use axum::response::Response;
use domain::ImportId;
use storage::{ImportError, NewImport, Permission};

use super::upload::{About, file_name};
use super::{field, page};
use crate::forms::{Filled, Typed};
use crate::locales::nl::denominators as text;
use crate::respond::{PageError, Visit, see_other};

/// Largest body: a whole file with every sign escaped.
pub(crate) const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// `POST /noemers`
pub(crate) async fn keep(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    visit.require(Permission::ImportFigures)?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let id: ImportId = typed.get(field::ID).parse().map_err(|_| PageError::Unreadable)?;
    let bytes = typed.raw(field::TEXT).as_bytes().to_vec();
    let name = file_name(typed.get(field::NAME));
    let mut form = Filled::new(typed);
    let Some(About { kind, source, dated }) = About::read(&mut form, store.env().today()) else {
        return page::again(&visit, form, None).await;
    };
    let new = NewImport {
        id,
        kind,
        file_name: name,
        source,
        dated,
        bytes,
    };
    match store.import_denominators(scope, new).await {
        Ok(_) => Ok(see_other("/noemers?bewaard=1", [])),
        // What was right a moment ago may not be any more: an organiser was renamed.
        Err(ImportError::Refused(problems)) => {
            form.wrong(field::FILE, text::refused(problems.count()));
            page::again(&visit, form, Some(problems)).await
        }
        Err(ImportError::Storage(error)) => Err(error.into()),
    }
}

/// `POST /noemers/{id}/terug`
pub(crate) async fn undo(visit: Visit, Path(id): Path<String>) -> Result<Response, PageError> {
    visit.require(Permission::ImportFigures)?;
    let id: ImportId = id.parse().map_err(|_| PageError::NotFound)?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    store.undo_denominator_import(scope, id).await?;
    Ok(see_other("/noemers?ongedaan=1", []))
}
