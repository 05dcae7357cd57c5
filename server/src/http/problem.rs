//! Problems as RFC 9457 writes them, with the stable code and the sentence that a volunteer can read aloud
//! (docs/protocol.md §7). Every refusal of the API is made here, so that none can forget a language.

mod codes;

use std::borrow::Cow;
use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) use codes::{ProblemCode, Row};

/// The media type of a problem.
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

/// One sentence in the languages that municipal counters may use. Dutch is the complete one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Sentences {
    /// Dutch.
    nl: &'static str,
    /// French.
    fr: &'static str,
    /// English.
    en: &'static str,
}

/// One field that is missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FieldError {
    /// Name of the field or query parameter as the client writes it.
    #[schema(value_type = String)]
    pub(crate) field: Cow<'static, str>,
    /// What is expected, in English, for the developer of the client.
    #[schema(value_type = String)]
    pub(crate) detail: Cow<'static, str>,
}

/// A refusal. Small, because every handler's result carries room for one; it becomes a document when it is answered.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    code: ProblemCode,
    detail: String,
    errors: Vec<FieldError>,
    retry_after: Option<Duration>,
}

/// A problem document (RFC 9457) with `code`, `user_message` and, for validation, `errors`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemDocument {
    /// Where this kind of problem is explained.
    #[serde(rename = "type")]
    kind: String,
    /// Short English title, the same for every problem of this kind.
    title: &'static str,
    /// HTTP status, repeated.
    status: u16,
    /// What exactly is wrong this time, in English.
    detail: String,
    /// Stable code for programs.
    code: &'static str,
    /// A sentence that can be read aloud to the person at the desk.
    user_message: Sentences,
    /// Every wrong field, when the problem is about fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
}

impl Problem {
    /// A problem of this kind; `detail` says in English what is wrong this time.
    pub(crate) fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            errors: Vec::new(),
            retry_after: None,
        }
    }

    /// 429: too many tries; the next one is possible after this time.
    pub(crate) fn too_many(retry_after: Duration) -> Self {
        let detail = format!("Try again in {} seconds.", retry_after.as_secs());
        Self {
            retry_after: Some(retry_after),
            ..Self::new(ProblemCode::RateLimited, detail)
        }
    }

    /// The document that a client gets.
    pub(crate) fn document(&self) -> ProblemDocument {
        let Row {
            code,
            status,
            title,
            message: [nl, fr, en],
        } = self.code.row();
        ProblemDocument {
            kind: format!("/api#problem-{code}"),
            title,
            status: status.as_u16(),
            detail: self.detail.clone(),
            code,
            user_message: Sentences { nl, fr, en },
            errors: self.errors.clone(),
        }
    }

    /// 422 with every bad field; `detail` repeats them so that a log line is enough to understand.
    pub(crate) fn fields(errors: Vec<FieldError>) -> Self {
        let detail = errors
            .iter()
            .map(|e| format!("{}: {}", e.field, e.detail))
            .collect::<Vec<_>>()
            .join("; ");
        Self {
            errors,
            ..Self::new(ProblemCode::Validation, detail)
        }
    }

    /// 404 for something that does not exist or belongs to another tenant: both look the same.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(
            ProblemCode::NotFound,
            format!("There is no {what} here that you may see."),
        )
    }

    /// 500; the cause goes to the log, never to the client.
    pub(crate) fn server_error(tried: &str, cause: &dyn std::error::Error) -> Self {
        tracing::error!(error = %chain(cause), "{tried} failed");
        Self::new(
            ProblemCode::ServerError,
            format!("{tried} failed on our side; it was logged."),
        )
    }

    /// What kind of problem it is.
    pub(crate) const fn code(&self) -> ProblemCode {
        self.code
    }

    /// What is wrong this time.
    pub(crate) fn detail(&self) -> &str {
        &self.detail
    }

    /// Status of this problem.
    pub(crate) fn status(&self) -> StatusCode {
        self.code.row().status
    }
}

/// A problem as the cause of another error.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct ProblemText(String);

impl From<Problem> for ProblemText {
    fn from(problem: Problem) -> Self {
        Self(problem.detail)
    }
}

/// An error and everything behind it in one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        // Some libraries repeat their source in their own text.
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let body = serde_json::to_vec(&self.document()).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::UNAUTHORIZED {
            let scheme = match self.code {
                ProblemCode::DeviceUnknown | ProblemCode::DeviceKeyUnknown | ProblemCode::DeviceTokenExpired => {
                    "Device realm=\"randpas\""
                }
                _ => "Bearer realm=\"randpas\"",
            };
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(scheme));
        }
        if let Some(wait) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs()));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_its_members_and_three_languages() {
        for code in ProblemCode::ALL {
            let problem = serde_json::to_value(Problem::new(code, "why").document()).unwrap();
            for member in ["type", "title", "status", "detail", "code"] {
                assert!(problem.get(member).is_some(), "{code:?} lacks {member}");
            }
            for language in ["nl", "fr", "en"] {
                let sentence = problem
                    .pointer(&format!("/user_message/{language}"))
                    .and_then(|s| s.as_str())
                    .unwrap();
                assert!(sentence.ends_with('.'), "{code:?} {language}: a whole sentence");
            }
        }
    }

    #[test]
    fn validation_names_every_bad_field() {
        let problem = Problem::fields(vec![
            FieldError {
                field: "scan_id".into(),
                detail: "must be a UUID".into(),
            },
            FieldError {
                field: "activity_id".into(),
                detail: "is missing".into(),
            },
        ]);
        let json = serde_json::to_value(problem.document()).unwrap();
        assert_eq!(json["status"], 422);
        assert_eq!(json["errors"].as_array().unwrap().len(), 2);
        assert!(json["detail"].as_str().unwrap().contains("activity_id"));
    }
}
