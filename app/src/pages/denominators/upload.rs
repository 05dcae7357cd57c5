//! `POST /noemers/bekijk`: a file comes in and is looked at. Nothing is kept.

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::response::Response;
use jiff::civil::Date;
use storage::{ImportError, ImportKind, LARGEST_IMPORT, Permission};

use super::{field, page, preview};
use crate::forms::{Filled, Typed};
use crate::locales::nl::denominators as text;
use crate::respond::{PageError, Visit};

/// Largest body: four times what is read. Between the two the answer says on which line a file became too large.
pub(crate) const BODY_LIMIT: usize = 4 * 1024 * 1024;
/// The longest other field, in bytes.
const LONGEST_FIELD: usize = 4 * 1024;

/// What is said about a file, checked.
pub(super) struct About {
    pub(super) kind: ImportKind,
    pub(super) source: String,
    pub(super) dated: Date,
}

impl About {
    /// Reads the three fields beside the file, and notes what is wrong with them.
    pub(super) fn read(form: &mut Filled, today: Date) -> Option<Self> {
        let kind = form.typed.get(field::KIND).parse();
        let kind = form.take(field::KIND, kind, text::KIND_WRONG);
        let source = form.typed.get(field::SOURCE).to_owned();
        let right = (1..=200).contains(&source.chars().count()) && !source.chars().any(char::is_control);
        let source = form.take(field::SOURCE, right.then_some(source).ok_or(()), text::SOURCE_WRONG);
        let dated = form.typed.get(field::DATED).parse::<Date>();
        let dated = dated
            .map_err(drop)
            .and_then(|day| (day <= today).then_some(day).ok_or(()));
        let dated = form.take(field::DATED, dated, text::DATED_WRONG);
        Some(Self {
            kind: kind?,
            source: source?,
            dated: dated?,
        })
    }
}

/// `POST /noemers/bekijk`
pub(crate) async fn post(visit: Visit, mut parts: Multipart) -> Result<Response, PageError> {
    visit.require(Permission::ImportFigures)?;
    let mut pairs: Vec<(&str, String)> = Vec::new();
    let (mut name, mut file) = (String::new(), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(rejected)? {
        match part.name().unwrap_or_default() {
            field::FILE => {
                name = file_name(part.file_name().unwrap_or_default());
                file = read(part, LARGEST_IMPORT).await?;
            }
            field::KIND => pairs.push((field::KIND, line(part).await?)),
            field::SOURCE => pairs.push((field::SOURCE, line(part).await?)),
            field::DATED => pairs.push((field::DATED, line(part).await?)),
            _ => {}
        }
    }
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let mut form = Filled::new(pairs.into_iter().collect::<Typed>());
    // In the order of the fields on the page.
    let about = About::read(&mut form, store.env().today());
    if file.is_empty() {
        form.wrong(field::FILE, text::FILE_MISSING);
        return page::again(&visit, form, None).await;
    }
    let Some(about) = about else {
        form.wrong(field::FILE, text::CHOOSE_AGAIN);
        return page::again(&visit, form, None).await;
    };
    match store.preview_denominators(scope, about.kind, &file).await {
        Ok(preview) => preview::answer(&visit, about, name, preview).await,
        Err(ImportError::Refused(problems)) => {
            form.wrong(field::FILE, text::refused(problems.count()));
            page::again(&visit, form, Some(problems)).await
        }
        Err(ImportError::Storage(error)) => Err(error.into()),
    }
}

/// Up to one byte more than `most`: enough to see that there is more.
async fn read(mut part: Field<'_>, most: usize) -> Result<Vec<u8>, PageError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(rejected)? {
        let room = (most + 1).saturating_sub(bytes.len());
        bytes.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
    }
    Ok(bytes)
}

async fn line(part: Field<'_>) -> Result<String, PageError> {
    let bytes = read(part, LONGEST_FIELD).await?;
    String::from_utf8(bytes)
        .ok()
        .filter(|text| !text.contains('\0'))
        .ok_or(PageError::Unreadable)
}

/// A file's name without folders, as it is shown and kept.
pub(super) fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    match name.trim() {
        "" => "bestand.csv".to_owned(),
        name => name.to_owned(),
    }
}

/// Too large, or not a form at all.
#[expect(clippy::needless_pass_by_value, reason = "the signature that map_err wants")]
fn rejected(error: MultipartError) -> PageError {
    PageError::form(error.status())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_its_last_name() {
        assert_eq!(file_name("C:\\Users\\An\\tellingen 2025.csv"), "tellingen 2025.csv");
        assert_eq!(file_name("map/\u{7}a.csv"), "a.csv");
        assert_eq!(file_name(""), "bestand.csv");
    }
}
