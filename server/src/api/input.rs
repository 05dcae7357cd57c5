//! Reading what a client sent: every bad field is found in one go, and each refusal says what would be right.

use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::http::guard::BODY_LIMIT;
use crate::http::problem::{FieldError, Problem, ProblemCode};

/// The bad fields found so far.
#[derive(Debug, Default)]
pub(crate) struct Errors(Vec<FieldError>);

impl Errors {
    /// Notes a bad field.
    pub(crate) fn add(&mut self, field: &'static str, detail: impl Into<Cow<'static, str>>) {
        self.0.push(FieldError {
            field: field.into(),
            detail: detail.into(),
        });
    }

    /// Notes the error of a field and goes on without it.
    pub(crate) fn keep<T>(&mut self, field: &'static str, value: Result<T, impl Display>) -> Option<T> {
        value.map_err(|error| self.add(field, error.to_string())).ok()
    }

    /// Whether nothing is bad so far.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of these fields is noted already.
    pub(crate) fn mentions(&self, fields: &[&str]) -> bool {
        self.0.iter().any(|error| fields.contains(&error.field.as_ref()))
    }

    /// The problem that names them all, if there are any.
    pub(crate) fn into_result(self) -> Result<(), Problem> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Problem::fields(self.0))
        }
    }

    /// The problem that names them all.
    pub(crate) fn into_problem(self) -> Problem {
        Problem::fields(self.0)
    }
}

/// The body as it came: 415 for another content type, 413 when too large, 400 when it broke off.
pub(crate) fn whole_body(
    media_type: &str,
    limit: usize,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Bytes, Problem> {
    let sent = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let sent = sent.split(';').next().unwrap_or_default().trim();
    if !sent.eq_ignore_ascii_case(media_type) {
        let detail = format!("Send the body as `Content-Type: {media_type}`.");
        return Err(Problem::new(ProblemCode::UnsupportedMediaType, detail));
    }
    body.map_err(|rejection| {
        if rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
            Problem::new(
                ProblemCode::TooLarge,
                format!("The body may have {} KiB at most.", limit / 1024),
            )
        } else {
            Problem::new(ProblemCode::Malformed, "The body broke off before its end.")
        }
    })
}

/// The members of a JSON object in a request's body.
#[derive(Debug)]
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    /// Reads the body: 415 for another content type, 413 when too large, 400 when it is not a JSON object.
    pub(crate) fn read(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Self, Problem> {
        Self::read_up_to(BODY_LIMIT, headers, body)
    }

    /// As [`Fields::read`], on a path that takes larger bodies.
    pub(crate) fn read_up_to(
        limit: usize,
        headers: &HeaderMap,
        body: Result<Bytes, BytesRejection>,
    ) -> Result<Self, Problem> {
        let body = whole_body("application/json", limit, headers, body)?;
        let text = std::str::from_utf8(&body).map_err(|error| {
            let detail = format!("The body is not UTF-8: byte {} is wrong.", error.valid_up_to());
            Problem::new(ProblemCode::Malformed, detail)
        })?;
        match serde_json::from_str::<Value>(text) {
            Ok(Value::Object(members)) => Ok(Self(members)),
            Ok(_) => Err(Problem::new(ProblemCode::Malformed, "The body must be a JSON object.")),
            Err(error) => {
                let what = if error.is_eof() {
                    "The JSON breaks off"
                } else {
                    "The JSON cannot be read"
                };
                let detail = format!("{what} at line {}, column {}.", error.line(), error.column());
                Err(Problem::new(ProblemCode::Malformed, detail))
            }
        }
    }

    /// A text of 1 to `longest` bytes; `None` when it is absent or `null`.
    pub(crate) fn text(&self, field: &'static str, longest: usize, errors: &mut Errors) -> Option<&str> {
        match self.0.get(field) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) if text.trim().is_empty() => {
                errors.add(field, "must not be empty");
                None
            }
            Some(Value::String(text)) if text.len() > longest => {
                errors.add(field, format!("must have {longest} bytes at most"));
                None
            }
            Some(Value::String(text)) => Some(text),
            Some(_) => {
                errors.add(field, "must be a string");
                None
            }
        }
    }

    /// A text of 1 to `longest` bytes that must be there.
    pub(crate) fn required(&self, field: &'static str, longest: usize, errors: &mut Errors) -> Option<&str> {
        if matches!(self.0.get(field), None | Some(Value::Null)) {
            errors.add(field, "is missing");
            return None;
        }
        self.text(field, longest, errors)
    }

    /// A JSON value of any kind that must be there.
    pub(crate) fn value(&self, field: &'static str, errors: &mut Errors) -> Option<&Value> {
        match self.0.get(field) {
            None | Some(Value::Null) => {
                errors.add(field, "is missing");
                None
            }
            present => present,
        }
    }

    /// A text that must be there and be readable as `T`; `expected` says what it should look like.
    pub(crate) fn parsed<T: FromStr>(
        &self,
        field: &'static str,
        expected: &'static str,
        errors: &mut Errors,
    ) -> Option<T> {
        if matches!(self.0.get(field), None | Some(Value::Null)) {
            errors.add(field, format!("is missing; it must be {expected}"));
            return None;
        }
        let text = self.text(field, 64, errors)?;
        let value = text.trim().parse().ok();
        if value.is_none() {
            errors.add(field, format!("must be {expected}"));
        }
        value
    }

    /// A moment in RFC 3339 with its offset; `None` when it is absent or `null`.
    pub(crate) fn moment(&self, field: &'static str, errors: &mut Errors) -> Option<Timestamp> {
        let text = self.text(field, 64, errors)?;
        let moment = text.trim().parse().ok();
        if moment.is_none() {
            errors.add(
                field,
                "must be a moment with its offset, such as 2026-03-01T14:30:00+01:00",
            );
        }
        moment
    }

    /// `true` or `false`; `false` when it is absent or `null`.
    pub(crate) fn flag(&self, field: &'static str, errors: &mut Errors) -> bool {
        match self.0.get(field) {
            None | Some(Value::Null) => false,
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                errors.add(field, "must be true or false");
                false
            }
        }
    }

    /// A whole number within these bounds; 0 when it is absent or `null`.
    pub(crate) fn whole(&self, field: &'static str, largest: i64, errors: &mut Errors) -> i64 {
        match self.0.get(field) {
            None | Some(Value::Null) => 0,
            Some(value) => match value.as_i64().filter(|number| (-largest..=largest).contains(number)) {
                Some(number) => number,
                None => {
                    errors.add(field, format!("must be a whole number from -{largest} to {largest}"));
                    0
                }
            },
        }
    }
}

/// The parameters after the question mark.
#[derive(Debug)]
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Takes the pairs; notes every name that this endpoint does not know, because a misspelt filter would silently
    /// return everything.
    pub(crate) fn new(pairs: Vec<(String, String)>, known: &[&'static str], errors: &mut Errors) -> Self {
        for (name, _) in &pairs {
            if !known.contains(&name.as_str()) {
                let name: String = name.chars().take(40).collect();
                errors.0.push(FieldError {
                    field: name.into(),
                    detail: format!("is not a parameter here; known are {}", known.join(", ")).into(),
                });
            }
        }
        Self(pairs)
    }

    /// The last value of a parameter; `None` when absent or empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().rev().find(|(key, _)| key == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// All values of a parameter that may be repeated or comma-separated.
    pub(crate) fn list(&self, name: &str) -> Vec<&str> {
        let values = self
            .0
            .iter()
            .filter(|(key, _)| key == name)
            .flat_map(|(_, value)| value.split(','));
        values.map(str::trim).filter(|value| !value.is_empty()).collect()
    }

    /// A parameter read as `T`; `expected` says what it should look like.
    pub(crate) fn parsed<T: FromStr>(
        &self,
        name: &'static str,
        expected: &'static str,
        errors: &mut Errors,
    ) -> Option<T> {
        let text = self.text(name)?;
        let value = text.parse().ok();
        if value.is_none() {
            errors.add(name, format!("must be {expected}"));
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(media_type: &str, body: &[u8]) -> Result<Fields, Problem> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, media_type.parse().unwrap());
        Fields::read(&headers, Ok(Bytes::copy_from_slice(body)))
    }

    #[test]
    fn a_body_that_is_no_json_object_is_refused_with_the_reason() {
        assert_eq!(read("text/plain", b"{}").unwrap_err().status(), 415);
        for body in [&b"{\"a\":"[..], b"\xff\xfe", b"[1]", b""] {
            assert_eq!(read("application/json", body).unwrap_err().status(), 400);
        }
        assert!(read("application/json; charset=utf-8", b"{}").is_ok());
    }

    #[test]
    fn every_bad_field_is_found() {
        let fields = read(
            "application/json",
            br#"{"scan_id":"x","manual":"yes","occurred_at":"1999","clock_offset_ms":1.5,"number":7}"#,
        )
        .unwrap();
        let mut errors = Errors::default();
        assert!(fields.parsed::<uuid::Uuid>("scan_id", "a UUID", &mut errors).is_none());
        assert!(
            fields
                .parsed::<uuid::Uuid>("activity_id", "a UUID", &mut errors)
                .is_none()
        );
        assert!(!fields.flag("manual", &mut errors));
        assert!(fields.moment("occurred_at", &mut errors).is_none());
        assert_eq!(fields.whole("clock_offset_ms", 10, &mut errors), 0);
        assert!(fields.text("number", 10, &mut errors).is_none());
        assert_eq!(errors.0.len(), 6);
    }

    #[test]
    fn a_misspelt_filter_is_an_error_and_not_everything() {
        let mut errors = Errors::default();
        let parameters = Parameters::new(vec![("opennow".into(), "true".into())], &["open_now"], &mut errors);
        assert!(parameters.text("open_now").is_none());
        assert!(errors.into_result().is_err());
    }
}
