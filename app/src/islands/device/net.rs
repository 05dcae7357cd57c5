//! Requests to our server. The device's go without cookies: who is logged in on this phone is none of its business.

use js_sys::Date;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response};

use crate::islands::dom;

/// After this there is no network, for a while.
const PATIENCE_MS: i32 = 8_000;

/// What came back.
pub(crate) struct Reply {
    /// This phone's clock half-way between question and answer, in milliseconds since 1970.
    pub(crate) middle: i64,
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

/// In whose name something is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sender {
    /// The device: without cookies.
    Device,
    /// Whoever is logged in.
    Person,
}

/// Asks the server; `None` without network or answer.
pub(crate) async fn send(
    sender: Sender,
    verb: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
) -> Option<Reply> {
    let init = RequestInit::new();
    init.set_method(verb);
    if sender == Sender::Device {
        dom::set(&init, "credentials", &"omit".into());
    }
    dom::set(&init, "cache", &"no-store".into());
    let wanted = Headers::new().ok()?;
    for (name, value) in headers {
        wanted.set(name, value).ok()?;
    }
    init.set_headers(&wanted);
    if let Some(body) = body {
        init.set_body(&body.into());
    }
    let abort = AbortController::new().ok()?;
    init.set_signal(Some(&abort.signal()));
    let sent = dom::milliseconds();
    let request = dom::window()?.fetch_with_str_and_init(path, &init);
    let response = dom::first(&request, &dom::timer(PATIENCE_MS)).await.unwrap_or_default();
    let middle = sent.midpoint(dom::milliseconds());
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
        middle,
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
