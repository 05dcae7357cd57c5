//! Who calls the API: a program with a token, a person with a session of the website, or anybody.

use app::Viewer;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use storage::{Permission, Scope};

use super::session;
use crate::http::problem::{Problem, ProblemCode};
use crate::http::state::AppState;

/// The caller of an API endpoint.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    scope: Scope,
    known: bool,
}

impl Caller {
    /// The scope, if it may do this. 401 for a stranger, who may become somebody; 403 for a known caller.
    pub(crate) fn require(&self, permission: Permission) -> Result<&Scope, Problem> {
        if self.scope.may(permission) {
            return Ok(&self.scope);
        }
        Err(if self.known {
            Problem::new(
                ProblemCode::RoleDenied,
                "The role of this token or session does not allow this.",
            )
        } else {
            Problem::new(
                ProblemCode::Unauthenticated,
                "Send `Authorization: Bearer <client token>`, or log in.",
            )
        })
    }

    /// The scope for what is public.
    pub(crate) const fn scope(&self) -> &Scope {
        &self.scope
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let failed = |error: storage::Error| Problem::server_error("looking up the caller", &error);
        if let Some(value) = parts.headers.get(header::AUTHORIZATION) {
            let token = value.to_str().ok().and_then(bearer).ok_or_else(|| {
                Problem::new(
                    ProblemCode::Unauthenticated,
                    "`Authorization` must read `Bearer <client token>`.",
                )
            })?;
            let scope = state.tokens.scope(token).await.map_err(failed)?.ok_or_else(|| {
                Problem::new(
                    ProblemCode::Unauthenticated,
                    "No client has this token; make one with `randpas client create`.",
                )
            })?;
            return Ok(Self { scope, known: true });
        }
        let Viewer { account, scope } = session::viewer(state, &parts.headers).await.map_err(failed)?;
        Ok(Self {
            scope,
            known: account.is_some(),
        })
    }
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.trim().split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && token.len() <= 256).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bearer_token_is_read() {
        assert_eq!(bearer("Bearer abc"), Some("abc"));
        assert_eq!(bearer("bearer  abc "), Some("abc"));
        assert_eq!(bearer("Basic abc"), None);
        assert_eq!(bearer("Bearer "), None);
        assert_eq!(bearer("Bearer"), None);
    }
}
