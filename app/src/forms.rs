//! Forms: what was typed is kept, whatever is wrong with it.

use std::fmt;

use axum::extract::{Form, FromRequest, Request};
use domain::Nis;

use crate::respond::{PageError, Site};

/// What came in with a form, in order, exactly as typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed(Vec<(String, String)>);

impl Typed {
    /// The value of a field without the white space around it; empty when it is missing.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The value of a field, white space and all (a password may end in a space).
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .unwrap_or_default()
    }

    /// Every value of a field that may come several times: boxes that were ticked.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let values = self.0.iter().filter(move |(known, _)| known == name);
        values.map(|(_, value)| value.trim())
    }

    /// The same form with another value for a field: a default, or a value that must not be shown again.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.into()));
        self
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Typed {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

/// No browser sends a zero or something that is not UTF-8 (which arrives as U+FFFD); PostgreSQL refuses the one, and
/// nobody can read the other.
impl FromRequest<Site> for Typed {
    type Rejection = PageError;

    async fn from_request(request: Request, site: &Site) -> Result<Self, PageError> {
        let form = Form::<Vec<(String, String)>>::from_request(request, site).await;
        let Form(pairs) = form.map_err(|rejection| PageError::form(rejection.status()))?;
        let broken = |text: &str| text.contains(['\0', char::REPLACEMENT_CHARACTER]);
        if pairs.iter().any(|(name, value)| broken(name) || broken(value)) {
            return Err(PageError::Unreadable);
        }
        Ok(Self(pairs))
    }
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldError {
    /// The field's name, which is also its id on the page.
    pub(crate) field: &'static str,
    /// What to do about it.
    pub(crate) message: String,
}

/// A form as the page shows it: what was typed, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filled {
    /// The values to show.
    pub(crate) typed: Typed,
    /// In the order of the fields on the page.
    pub(crate) errors: Vec<FieldError>,
}

impl Filled {
    /// An unsent form with these values in it.
    pub(crate) fn new(typed: Typed) -> Self {
        Self {
            typed,
            errors: Vec::new(),
        }
    }

    /// Notes an error.
    pub(crate) fn wrong(&mut self, field: &'static str, message: impl Into<String>) {
        self.errors.push(FieldError {
            field,
            message: message.into(),
        });
    }

    /// The value, or a note of what is wrong.
    pub(crate) fn take<T, E: fmt::Debug>(
        &mut self,
        field: &'static str,
        value: Result<T, E>,
        message: &str,
    ) -> Option<T> {
        match value {
            Ok(value) => Some(value),
            Err(_) => {
                self.wrong(field, message);
                None
            }
        }
    }

    /// What is wrong with this field.
    pub(crate) fn error(&self, field: &str) -> Option<&str> {
        self.errors
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }

    /// The municipality in a field; `None` for an empty one, a note when it is no code.
    pub(crate) fn municipality(&mut self, field: &'static str, message: &str) -> Option<Nis> {
        let parsed = self.typed.get(field).parse::<Nis>();
        self.take(field, parsed, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_trimmed_for_use_and_kept_for_show() {
        let typed: Typed = [("naam", "  Amina "), ("naam", "later")].into_iter().collect();
        assert_eq!(typed.get("naam"), "Amina");
        assert_eq!(typed.raw("naam"), "  Amina ");
        assert_eq!(typed.get("niets"), "");
        assert_eq!(typed.all("naam").collect::<Vec<_>>(), ["Amina", "later"]);
        assert_eq!(typed.with("naam", "x").get("naam"), "x");
    }

    #[test]
    fn errors_keep_the_order_of_the_fields() {
        let mut filled = Filled::new(Typed::default());
        filled.wrong("a", "eerst");
        assert_eq!(filled.municipality("b", "kies"), None);
        assert_eq!(filled.errors.iter().map(|e| e.field).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(filled.error("b"), Some("kies"));
        assert_eq!(filled.error("c"), None);
    }
}
