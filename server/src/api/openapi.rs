//! `GET /api/v1/openapi.json`: the description of the API, made from the handlers themselves.

use std::sync::LazyLock;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::{jwks, v1};
use crate::http::problem;

/// The description.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Randpas API",
        description = "Check passes in, look a pass up, list activities, read figures. \
                       Every refusal is a problem document (RFC 9457) with `code` and `user_message` in nl, fr and en. \
                       The readable page is at /api.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2"),
    ),
    servers((url = "/", description = "this server")),
    paths(
        v1::check_ins::post::handler,
        v1::check_ins::scan_id::delete::handler,
        v1::devices::post::handler,
        v1::device::package::get::handler,
        v1::device::key::put::handler,
        v1::device::sync::post::handler,
        v1::device::queue::post::handler,
        v1::passes::number::get::handler,
        v1::activities::get::handler,
        v1::figures::code::get::handler,
        v1::open_data::get::handler,
        v1::open_data::file::get::handler,
        jwks::get,
    ),
    components(schemas(problem::ProblemDocument, problem::FieldError, problem::Sentences)),
    tags(
        (name = "check-ins", description = "Scans: counted once, taken back when wrong"),
        (name = "devices", description = "Phones that scan without an account and without network"),
        (name = "passes", description = "Whether a pass is valid"),
        (name = "activities", description = "What there is to do"),
        (name = "figures", description = "Protected figures"),
        (name = "open data", description = "The public grid of figures as files: CC BY 4.0"),
        (name = "keys", description = "Public keys of passes"),
    ),
    modifiers(&Security, &ProblemMediaType),
)]
struct Description;

struct Security;

impl Modify for Security {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        let mut bearer = Http::new(HttpAuthScheme::Bearer);
        bearer.description = Some("The token that `randpas client create` printed.".to_owned());
        components.add_security_scheme("client_token", SecurityScheme::Http(bearer));
        let device = ApiKeyValue::with_description(
            "Authorization",
            "`Device <JWT>`, signed (ES256) by the device's own key: `sub` the device, `aud` this server's origin, \
             `iat`, and `exp` at most 120 seconds later.",
        );
        components.add_security_scheme("device_token", SecurityScheme::ApiKey(ApiKey::Header(device)));
        let cookie = ApiKeyValue::with_description("randpas", "The session of the website, from its own pages only.");
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
}

/// Refusals are problem documents, which the attribute on a handler cannot say for all at once.
struct ProblemMediaType;

impl Modify for ProblemMediaType {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let operations = openapi.paths.paths.values_mut().flat_map(|item| {
            [&mut item.get, &mut item.post, &mut item.put, &mut item.delete]
                .into_iter()
                .flatten()
        });
        for operation in operations {
            for (status, response) in &mut operation.responses.responses {
                let utoipa::openapi::RefOr::T(response) = response else {
                    continue;
                };
                let refused = status.starts_with('4') || status.starts_with('5');
                if let Some(content) = refused
                    .then(|| response.content.shift_remove("application/json"))
                    .flatten()
                {
                    response.content.insert(problem::MEDIA_TYPE.to_owned(), content);
                }
            }
        }
    }
}

static DOCUMENT: LazyLock<String> = LazyLock::new(|| Description::openapi().to_json().unwrap_or_default());

/// The description as JSON.
pub(crate) async fn get() -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300")),
    ];
    (headers, DOCUMENT.as_str()).into_response()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn every_endpoint_is_described_and_every_refusal_is_a_problem() {
        let document: Value = serde_json::from_str(&DOCUMENT).unwrap();
        for (path, method) in [
            ("/api/v1/check-ins", "post"),
            ("/api/v1/check-ins/{scan_id}", "delete"),
            ("/api/v1/devices", "post"),
            ("/api/v1/device/package", "get"),
            ("/api/v1/device/key", "put"),
            ("/api/v1/device/sync", "post"),
            ("/api/v1/device/queue", "post"),
            ("/api/v1/passes/{number}", "get"),
            ("/api/v1/activities", "get"),
            ("/api/v1/figures/{code}", "get"),
            ("/api/v1/open-data", "get"),
            ("/api/v1/open-data/{file}", "get"),
            ("/.well-known/jwks.json", "get"),
        ] {
            let operation = &document["paths"][path][method];
            assert!(operation.is_object(), "{method} {path} is described");
            for (status, response) in operation["responses"].as_object().unwrap() {
                let problem = response["content"].get(problem::MEDIA_TYPE).is_some();
                assert_eq!(problem, status.starts_with('4'), "{method} {path} {status}");
            }
        }
        assert!(document["components"]["securitySchemes"]["client_token"].is_object());
    }

    #[test]
    fn no_reference_points_to_nothing() {
        let document: Value = serde_json::from_str(&DOCUMENT).unwrap();
        let known = document["components"]["schemas"].as_object().unwrap();
        for reference in DOCUMENT.split("\"#/components/schemas/").skip(1) {
            let name = reference.split('"').next().unwrap();
            assert!(known.contains_key(name), "{name} is described");
        }
    }
}
