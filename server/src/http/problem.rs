//! Problems as RFC 9457 writes them, with the stable code and the sentence that a volunteer can read aloud
//! (docs/protocol.md §7). Every refusal of the API is made here, so that none can forget a language.

use std::borrow::Cow;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// The media type of a problem.
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

/// What went wrong, as a stable code. Reason codes of the scan protocol keep their spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProblemCode {
    /// The body is not what its content type says: not UTF-8, cut off, not JSON.
    Malformed,
    /// The body is readable but fields are missing or wrong; `errors` names every one.
    Validation,
    /// Nobody is known: no token, no session, or one that does not exist (any more).
    Unauthenticated,
    /// The asker is known and may not do this.
    RoleDenied,
    /// A page of another site tried to use somebody's session.
    CrossOrigin,
    /// Nothing here, or nothing that the asker may see.
    NotFound,
    /// The number is well-formed, but no pass of this partnership has it.
    UnknownPass,
    /// The path exists, the method does not.
    MethodNotAllowed,
    /// The request took too long to arrive or to answer.
    Timeout,
    /// The same `scan_id` came before with other content.
    IdReuse,
    /// A scan can be annulled for 15 minutes by who made it.
    AnnulTooLate,
    /// The body is larger than the limit named in `detail`.
    TooLarge,
    /// The content type is not the one that this path reads.
    UnsupportedMediaType,
    /// Too many tries; `Retry-After` says when again.
    RateLimited,
    /// Our fault; the log has the details.
    ServerError,
}

/// One row of the table behind [`ProblemCode`].
pub(crate) struct Row {
    /// Stable spelling in `code`.
    pub(crate) code: &'static str,
    /// HTTP status.
    pub(crate) status: StatusCode,
    /// Short English title for developers.
    pub(crate) title: &'static str,
    /// Sentences for people: Dutch, French, English.
    pub(crate) message: [&'static str; 3],
}

impl ProblemCode {
    /// Every code, in the order of the readable page.
    pub(crate) const ALL: [Self; 15] = [
        Self::Malformed,
        Self::Validation,
        Self::Unauthenticated,
        Self::RoleDenied,
        Self::CrossOrigin,
        Self::NotFound,
        Self::UnknownPass,
        Self::MethodNotAllowed,
        Self::Timeout,
        Self::IdReuse,
        Self::AnnulTooLate,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::RateLimited,
        Self::ServerError,
    ];

    /// Code, status, title and sentences of this problem.
    pub(crate) const fn row(self) -> Row {
        let (code, status, title, message) = match self {
            Self::Malformed => (
                "malformed",
                StatusCode::BAD_REQUEST,
                "The request cannot be read",
                [
                    "Het bericht is niet goed aangekomen. Probeer het opnieuw.",
                    "Le message n’est pas bien arrivé. Réessayez.",
                    "The message did not arrive well. Please try again.",
                ],
            ),
            Self::Validation => (
                "validation",
                StatusCode::UNPROCESSABLE_ENTITY,
                "Some fields are missing or wrong",
                [
                    "Niet alles is goed ingevuld. Kijk de velden na.",
                    "Tout n’est pas bien rempli. Vérifiez les champs.",
                    "Not everything is filled in well. Please check the fields.",
                ],
            ),
            Self::Unauthenticated => (
                "unauthenticated",
                StatusCode::UNAUTHORIZED,
                "Log in or send a valid token",
                [
                    "Je bent niet aangemeld. Meld je aan en probeer opnieuw.",
                    "Vous n’êtes pas connecté. Connectez-vous et réessayez.",
                    "You are not logged in. Log in and try again.",
                ],
            ),
            Self::RoleDenied => (
                "role_denied",
                StatusCode::FORBIDDEN,
                "Your role does not allow this",
                [
                    "Dit mag je niet doen met jouw rol. Vraag hulp aan de coördinator.",
                    "Votre rôle ne permet pas cela. Demandez de l’aide au coordinateur.",
                    "Your role does not allow this. Ask the coordinator for help.",
                ],
            ),
            Self::CrossOrigin => (
                "cross_origin",
                StatusCode::FORBIDDEN,
                "The request came from another site",
                [
                    "Dit verzoek kwam van een andere website. Open Randpas zelf en probeer opnieuw.",
                    "Cette demande vient d’un autre site. Ouvrez Randpas et réessayez.",
                    "This request came from another website. Open Randpas itself and try again.",
                ],
            ),
            Self::NotFound => (
                "not_found",
                StatusCode::NOT_FOUND,
                "Not found",
                [
                    "Dit bestaat niet (meer), of je mag het niet zien.",
                    "Ceci n’existe pas (ou plus), ou vous ne pouvez pas le voir.",
                    "This does not exist (any more), or you may not see it.",
                ],
            ),
            Self::UnknownPass => (
                "unknown_pass",
                StatusCode::NOT_FOUND,
                "No pass has this number",
                [
                    "We kennen geen pas met dit nummer. Kijk het nummer na.",
                    "Aucun pass ne porte ce numéro. Vérifiez le numéro.",
                    "We know no pass with this number. Please check the number.",
                ],
            ),
            Self::MethodNotAllowed => (
                "method_not_allowed",
                StatusCode::METHOD_NOT_ALLOWED,
                "This path does not know this method",
                [
                    "Dit kan hier niet.",
                    "Ce n’est pas possible ici.",
                    "This is not possible here.",
                ],
            ),
            Self::Timeout => (
                "timeout",
                StatusCode::REQUEST_TIMEOUT,
                "The request took too long",
                [
                    "Het duurde te lang. Probeer het opnieuw.",
                    "Cela a duré trop longtemps. Réessayez.",
                    "It took too long. Please try again.",
                ],
            ),
            Self::IdReuse => (
                "id_reuse",
                StatusCode::CONFLICT,
                "This scan_id came before with other content",
                [
                    "Deze scan was er al, maar met andere gegevens. Scan de pas opnieuw.",
                    "Ce scan existe déjà avec d’autres données. Scannez le pass à nouveau.",
                    "This scan was here before with other data. Scan the pass again.",
                ],
            ),
            Self::AnnulTooLate => (
                "annul_too_late",
                StatusCode::CONFLICT,
                "A scan can be annulled for 15 minutes",
                [
                    "Deze scan is te oud om te schrappen. Vraag het aan de organisator.",
                    "Ce scan est trop ancien pour être annulé. Demandez à l’organisateur.",
                    "This scan is too old to undo. Ask the organiser.",
                ],
            ),
            Self::TooLarge => (
                "too_large",
                StatusCode::PAYLOAD_TOO_LARGE,
                "The body is too large",
                [
                    "Dit is te groot. Stuur minder tegelijk of een kleinere foto.",
                    "C’est trop grand. Envoyez moins à la fois ou une photo plus petite.",
                    "This is too large. Send less at once, or a smaller photo.",
                ],
            ),
            Self::UnsupportedMediaType => (
                "unsupported_media_type",
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "This content type is not read here",
                [
                    "Dit soort bericht kunnen we niet lezen.",
                    "Nous ne pouvons pas lire ce type de message.",
                    "We cannot read this kind of message.",
                ],
            ),
            Self::RateLimited => (
                "rate_limited",
                StatusCode::TOO_MANY_REQUESTS,
                "Too many tries",
                [
                    "Je probeerde te vaak. Wacht even en probeer het dan opnieuw.",
                    "Trop d’essais. Attendez un peu et réessayez.",
                    "Too many tries. Wait a moment and try again.",
                ],
            ),
            Self::ServerError => (
                "server_error",
                StatusCode::INTERNAL_SERVER_ERROR,
                "Something failed on our side",
                [
                    "Er ging iets mis bij ons. Probeer het straks opnieuw.",
                    "Une erreur s’est produite chez nous. Réessayez plus tard.",
                    "Something went wrong on our side. Please try again later.",
                ],
            ),
        };
        Row {
            code,
            status,
            title,
            message,
        }
    }

    /// The problem that fits a bare HTTP status which a library answered with.
    pub(crate) fn from_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::Unauthenticated,
            StatusCode::FORBIDDEN => Self::RoleDenied,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => Self::Timeout,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::UnsupportedMediaType,
            StatusCode::UNPROCESSABLE_ENTITY => Self::Validation,
            StatusCode::TOO_MANY_REQUESTS => Self::RateLimited,
            status if status.is_client_error() => Self::Malformed,
            _ => Self::ServerError,
        }
    }
}

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

    /// Status of this problem.
    pub(crate) fn status(&self) -> StatusCode {
        self.code.row().status
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
            headers.insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer realm=\"randpas\""),
            );
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
