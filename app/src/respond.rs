//! From a loaded page to an answer, and from an error to a page that says what to do.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::{Stream, StreamExt};
use leptos::prelude::*;
use storage::{Permission, Role};

use crate::components::masthead::{Section, Work};
use crate::context::{Context, Viewer};
use crate::cookies::Cookies;
use crate::pages::trouble;
use crate::shell::{Assets, Frame, shell};

/// What Leptos' own builders give back: a page in pieces. Ours is one piece.
type PageStream = Pin<Box<dyn Stream<Item = String> + Send>>;

/// No page of ours comes near this; it only bounds what is buffered.
const MAX_PAGE_BYTES: usize = 16 * 1024 * 1024;

/// State of the router: what the server handed over, and the addresses of the assets.
#[derive(Clone)]
pub(crate) struct Site {
    pub(crate) context: Context,
    pub(crate) assets: Arc<Assets>,
}

/// One request: the site, who looks, and with which cookies.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) site: Site,
    pub(crate) viewer: Viewer,
    pub(crate) cookies: Cookies,
    /// Path and query, to come back to after logging in; `None` for a form, which cannot be come back to.
    path: Option<String>,
    host: Option<String>,
}

impl FromRequestParts<Site> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Infallible> {
        let host = parts
            .headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .map(str::to_owned);
        Ok(Self {
            site: site.clone(),
            viewer: parts.extensions.get::<Viewer>().cloned().unwrap_or_else(Viewer::public),
            cookies: Cookies::of(&parts.headers),
            path: parts
                .uri
                .path_and_query()
                .filter(|_| parts.method.is_safe())
                .map(ToString::to_string),
            host,
        })
    }
}

impl Visit {
    /// What the server handed over.
    pub(crate) fn context(&self) -> &Context {
        &self.site.context
    }

    /// Refuses who may not do this: the log-in page for nobody, 403 for somebody else.
    pub(crate) fn require(&self, permission: Permission) -> Result<(), PageError> {
        match (&self.viewer.account, self.viewer.may(permission)) {
            (_, true) => Ok(()),
            (Some(_), false) => Err(PageError::Denied),
            (None, false) => Err(match &self.path {
                Some(path) => PageError::LogInFirst { back: path.clone() },
                None => PageError::LoggedOut,
            }),
        }
    }

    /// What of figures, documents and programme is for this viewer.
    fn work(&self) -> Work {
        let may = |permission| self.viewer.account.is_some() && self.viewer.may(permission);
        let path = self.path.as_deref().unwrap_or_default();
        Work {
            path: path.split('?').next().unwrap_or_default().to_owned(),
            own: self.viewer.scope.role() == Some(Role::Organiser) && self.viewer.scope.organiser().is_some(),
            programme: may(Permission::ManageProgramme),
            finances: may(Permission::ReadFinances),
            imports: may(Permission::ImportFigures),
        }
    }

    /// The address of this site as a phone beside this screen can reach it, without a slash at the end.
    ///
    /// The public address when the server was told one. Otherwise the name under which this very browser reached us:
    /// only its own user sees the link, so a forged `Host` fools nobody else.
    pub(crate) fn origin(&self) -> String {
        match (&self.context().public_url, &self.host) {
            (Some(url), _) => url.to_string(),
            (None, Some(host)) => format!("http://{host}"),
            (None, None) => String::new(),
        }
    }
}

/// A page with everything loaded, ready to render.
pub(crate) struct Page {
    status: StatusCode,
    title: String,
    description: String,
    main_class: &'static str,
    section: Section,
    islands: bool,
    indexed: bool,
    /// Whether any cache, the browser's own included, must forget it: pages with a holder's data at a desk.
    secret: bool,
    content: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Page {
    /// A page of text. The title must be unique in the site; the description is one sentence.
    pub(crate) fn new<V: IntoView + 'static>(
        title: impl Into<String>,
        description: impl Into<String>,
        content: impl FnOnce() -> V + Send + 'static,
    ) -> Self {
        Self {
            status: StatusCode::OK,
            title: title.into(),
            description: description.into(),
            main_class: "",
            section: Section::Other,
            islands: false,
            indexed: true,
            secret: false,
            content: Box::new(move || content().into_any()),
        }
    }

    /// The part of the site that it belongs to.
    pub(crate) fn section(self, section: Section) -> Self {
        Self { section, ..self }
    }

    /// Modifier of `<main>`: `main--narrow`, `main--wide`, `main--pass`.
    pub(crate) fn class(self, main_class: &'static str) -> Self {
        Self { main_class, ..self }
    }

    /// Another status than 200.
    pub(crate) fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// Loads the browser bundle: the page has islands.
    pub(crate) fn islands(self) -> Self {
        Self { islands: true, ..self }
    }

    /// Not for search engines: pages behind a log-in, and errors.
    pub(crate) fn unlisted(self) -> Self {
        Self { indexed: false, ..self }
    }

    /// Holds personal data of others: never stored by any cache.
    pub(crate) fn secret(self) -> Self {
        Self {
            secret: true,
            indexed: false,
            ..self
        }
    }

    /// Renders it for this visit.
    pub(crate) async fn answer(self, visit: &Visit) -> Response {
        let Self {
            status,
            title,
            description,
            main_class,
            section,
            islands,
            indexed,
            secret,
            content,
        } = self;
        let frame = Frame {
            title,
            description,
            main_class,
            section,
            islands,
            indexed,
            account_name: visit.viewer.account.as_ref().map(|account| account.name.clone()),
            counter: visit.viewer.account.is_some() && visit.viewer.may(Permission::IssuePass),
            work: visit.work(),
        };
        let (assets, context, viewer) = (
            Arc::clone(&visit.site.assets),
            visit.context().clone(),
            visit.viewer.clone(),
        );
        let response = leptos_axum::handle_response_inner(
            move || {
                provide_context(context.clone());
                provide_context(viewer.clone());
            },
            move || shell(&assets, frame, content()),
            Request::new(Body::empty()),
            // As `SsrMode::Async`, without Leptos' data scripts: islands get all they need as props.
            |view, _chunks, _out_of_order| {
                Box::pin(async move {
                    let html = view.to_html_stream_in_order().collect::<String>().await;
                    Box::pin(futures::stream::once(async move { html })) as PageStream
                })
            },
        )
        .await;
        // Buffered whole: the reactive owner is gone before the first byte leaves, so a client that hangs up cannot
        // leak it (a known leak of streamed responses in Leptos 0.8).
        match to_bytes(response.into_body(), MAX_PAGE_BYTES).await {
            Ok(html) => {
                let html = String::from_utf8_lossy(&html);
                // The marks between texts are for hydration, and without islands there is none.
                let html = if islands {
                    html.into_owned()
                } else {
                    html.replace("<!>", "")
                };
                let cache = if secret || status != StatusCode::OK {
                    "no-store"
                } else {
                    "private, no-cache"
                };
                let html_type = (header::CONTENT_TYPE, "text/html; charset=utf-8");
                (
                    status,
                    [html_type, (header::CACHE_CONTROL, cache), (header::VARY, "Cookie")],
                    html,
                )
                    .into_response()
            }
            Err(error) => {
                tracing::error!(%error, "could not render a page");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

/// To another page of this site, after a form. The cookies are set on the way.
pub(crate) fn see_other(location: &str, cookies: impl IntoIterator<Item = Option<HeaderValue>>) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::LOCATION,
        HeaderValue::from_str(location).unwrap_or(HeaderValue::from_static("/")),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for cookie in cookies.into_iter().flatten() {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

/// Why there is no page.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum PageError {
    /// No such page, or not for this viewer to know of.
    #[error("no such page")]
    NotFound,
    /// The page exists, but not for this method.
    #[error("the method does not fit the page")]
    Method,
    /// Nobody is logged in, and this page needs somebody.
    #[error("log in first")]
    LogInFirst {
        /// Where to go on afterwards.
        back: String,
    },
    /// A form came in when the session had ended.
    #[error("the session has ended")]
    LoggedOut,
    /// Somebody is logged in who may not do this.
    #[error("the viewer may not do this")]
    Denied,
    /// The body could not be read as a form.
    #[error("the form could not be read")]
    Unreadable,
    /// The body is larger than allowed.
    #[error("the form is too large")]
    TooLarge,
    /// What is asked cannot be: a figure by a dimension that it does not have.
    #[error("what is asked cannot be")]
    Invalid,
    /// The server's own fault.
    #[error("{0}")]
    Broken(Arc<dyn std::error::Error + Send + Sync>),
}

impl PageError {
    /// What a rejected form means to the person who sent it.
    pub(crate) fn form(status: StatusCode) -> Self {
        if status == StatusCode::PAYLOAD_TOO_LARGE {
            Self::TooLarge
        } else {
            Self::Unreadable
        }
    }

    /// The server's own fault.
    pub(crate) fn broken(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Broken(Arc::new(error))
    }
}

impl From<storage::Error> for PageError {
    fn from(error: storage::Error) -> Self {
        match error {
            storage::Error::Denied(_) => Self::Denied,
            storage::Error::Unknown(_) => Self::NotFound,
            storage::Error::Invalid(_) => Self::Invalid,
            error => Self::broken(error),
        }
    }
}

impl IntoResponse for PageError {
    /// Only a note: [`as_pages`] makes the page of it, because only there the viewer is known.
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Turns every [`PageError`] into a Dutch page, and axum's own 404 and 405 as well.
pub(crate) async fn as_pages(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(visit) = Visit::from_request_parts(&mut parts, &site).await;
    let response = next.run(Request::from_parts(parts, body)).await;
    let error = match response.extensions().get::<PageError>() {
        Some(error) => error.clone(),
        None if response.status().is_client_error() && !response.headers().contains_key(header::CACHE_CONTROL) => {
            bare(response.status())
        }
        None => return response,
    };
    match error {
        PageError::LogInFirst { back } => {
            see_other(&format!("/aanmelden?verder={}", crate::pages::query_escape(&back)), [])
        }
        error => {
            if let PageError::Broken(cause) = &error {
                tracing::error!(error = &**cause as &dyn std::error::Error, "a page broke");
            }
            trouble::page(&error).answer(&visit).await
        }
    }
}

/// What axum refused with a line of English; our own answers say how they may be cached, so they are told apart.
fn bare(status: StatusCode) -> PageError {
    match status {
        StatusCode::NOT_FOUND => PageError::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => PageError::Method,
        StatusCode::PAYLOAD_TOO_LARGE => PageError::TooLarge,
        _ => PageError::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_never_leaves_the_header_empty() {
        let response = see_other("/pas\n", []);
        assert_eq!(response.headers()[header::LOCATION], "/");
    }
}
