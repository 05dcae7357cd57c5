//! Requests of the device. Without cookies: who is logged in on this phone is none of the device's business.

use js_sys::Date;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response};

use crate::islands::dom;

/// After this there is no network, for a while.
const PATIENCE_MS: i32 = 15_000;

/// One request.
pub(crate) struct Call<'a> {
    /// Verb.
    pub(crate) verb: &'a str,
    /// Path on this site.
    pub(crate) path: &'a str,
    /// Name and value.
    pub(crate) headers: &'a [(&'a str, &'a str)],
    /// Text to send.
    pub(crate) body: Option<&'a str>,
}

/// What came back.
pub(crate) struct Reply {
    /// HTTP status.
    pub(crate) status: u16,
    /// The body; empty when it could not be read.
    pub(crate) text: String,
    /// For the next conditional request.
    pub(crate) etag: String,
    /// The server's clock in milliseconds since 1970, from the header `Date`: right to a second.
    pub(crate) date: Option<i64>,
    /// How long to stay away, in milliseconds.
    pub(crate) retry_after: Option<u32>,
}

impl Reply {
    /// The `code` of a problem; empty when it is none of ours.
    pub(crate) fn code(&self) -> String {
        let problem = js_sys::JSON::parse(&self.text).unwrap_or_default();
        dom::text(&problem, "code").unwrap_or_default()
    }
}

/// Asks the server; `None` without network or answer.
pub(crate) async fn send(call: Call<'_>) -> Option<Reply> {
    let init = RequestInit::new();
    init.set_method(call.verb);
    dom::set(&init, "credentials", &"omit".into());
    dom::set(&init, "cache", &"no-store".into());
    let headers = Headers::new().ok()?;
    for (name, value) in call.headers {
        headers.set(name, value).ok()?;
    }
    init.set_headers(&headers);
    if let Some(body) = call.body {
        init.set_body(&body.into());
    }
    let abort = AbortController::new().ok()?;
    init.set_signal(Some(&abort.signal()));
    let request = dom::window()?.fetch_with_str_and_init(call.path, &init);
    let response = dom::first(&request, &dom::timer(PATIENCE_MS)).await.unwrap_or_default();
    let Ok(response) = response.dyn_into::<Response>() else {
        abort.abort();
        return None;
    };
    let header = |name: &str| response.headers().get(name).ok().flatten();
    let text = match response.text() {
        // A body that stops half-way is no answer, or hangs: the same patience again.
        Ok(text) => dom::first(&text, &dom::timer(PATIENCE_MS)).await.ok()?.as_string()?,
        Err(_) => String::new(),
    };
    Some(Reply {
        status: response.status(),
        text,
        etag: header("etag").unwrap_or_default(),
        date: header("date").and_then(|date| milliseconds(&date)),
        retry_after: header("retry-after")
            .and_then(|seconds| seconds.parse::<u32>().ok())
            .map(|seconds| seconds.min(3_600) * 1_000),
    })
}

/// An instant as a header spells it.
#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds below 2^53")]
fn milliseconds(text: &str) -> Option<i64> {
    let at = Date::parse(text);
    at.is_finite().then_some(at as i64)
}

/// The origin that the browser sees: what the device's tokens are for.
pub(crate) fn origin() -> String {
    dom::window()
        .and_then(|window| window.location().origin().ok())
        .unwrap_or_default()
}

/// Keeps a promise or forgets it, where the outcome changes nothing.
pub(crate) async fn settle(promise: js_sys::Promise) {
    let _ = JsFuture::from(promise).await;
}
