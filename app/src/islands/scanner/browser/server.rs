//! The two calls to the API. Same origin, session cookie; the answers are those of PROTOCOL §4 and §7.

use js_sys::{JSON, Object};
use wasm_bindgen::JsValue;

use super::draw::say;
use super::state::{Code, Waiting, read};
use crate::islands::device::net::{self, Sender};
use crate::islands::dom;
use crate::islands::scanner::outcome::Outcome;
use crate::islands::scanner::texts::Text;

const CHECK_INS: &str = "/api/v1/check-ins";

/// What became of a call.
pub(super) enum Answer {
    /// The server decided.
    Verdict(Recorded),
    /// The server would not decide: a problem with a sentence for people.
    Problem {
        /// Reason code.
        code: String,
        /// In Dutch; `None` when the problem was not one of ours.
        sentence: Option<String>,
    },
    /// The session has ended.
    LoggedOut,
    /// A server error, or too many requests: the same again later may work.
    Trouble,
    /// No network, no answer in time, or an answer that is not from us.
    Unreachable,
}

/// A recorded scan.
pub(super) struct Recorded {
    verdict: &'static str,
    reason: String,
    sentence: String,
    first_visit: bool,
}

impl Recorded {
    /// For the screen; it can be taken back when it was counted.
    pub(super) fn outcome(self, scan_id: String) -> Outcome {
        let mut sentence = self.sentence;
        if self.first_visit {
            sentence.push(' ');
            sentence.push_str(&say(Text::FirstVisit));
        }
        let counts = matches!(self.verdict, "counted" | "flagged");
        let detail = [read(|state| state.activity_name.clone()), dom::clock()].join(" · ");
        Outcome {
            verdict: self.verdict,
            reason: self.reason,
            sentence,
            detail,
            scan_id: counts.then_some(scan_id),
        }
    }
}

/// Counts a scan. The same `scan_id` may be sent any number of times.
pub(super) async fn check_in(waiting: &Waiting) -> Answer {
    let body = Object::new();
    let put = |name: &str, value: &str| dom::set(&body, name, &JsValue::from_str(value));
    put("scan_id", &waiting.scan_id);
    put("activity_id", &waiting.activity);
    match &waiting.code {
        Code::Credential(text) => put("credential", text),
        Code::Number(number) => {
            put("number", number);
            dom::set(&body, "manual", &JsValue::TRUE);
        }
    }
    // No `occurred_at`: a retry would have to repeat it, and the server's clock is the better one while we wait for it.
    let Ok(json) = JSON::stringify(&body) else {
        return Answer::Trouble;
    };
    call(CHECK_INS, "POST", Some(&String::from(json))).await
}

/// Takes a scan back.
pub(super) async fn annul(scan_id: &str) -> Answer {
    call(&[CHECK_INS, "/", scan_id].concat(), "DELETE", None).await
}

async fn call(path: &str, verb: &str, body: Option<&str>) -> Answer {
    let headers = [("accept", "application/json"), ("content-type", "application/json")];
    let headers = if body.is_some() { &headers } else { &headers[..1] };
    match net::send(Sender::Person, verb, path, headers, body).await {
        // `undefined` when it is not JSON.
        Some(reply) => answer(reply.status, &JSON::parse(&reply.text).unwrap_or_default()),
        None => Answer::Unreachable,
    }
}

fn answer(status: u16, body: &JsValue) -> Answer {
    let verdict = dom::text(body, "verdict").as_deref().and_then(known);
    if let Some(verdict) = verdict {
        let sentence = dom::text(&dom::get(body, "message"), "nl").unwrap_or_default();
        let first_visit = dom::get(body, "first_visit").is_truthy();
        let reason = dom::text(body, "reason").unwrap_or_default();
        return Answer::Verdict(Recorded {
            verdict,
            reason,
            sentence,
            first_visit,
        });
    }
    match status {
        401 => Answer::LoggedOut,
        400..=499 if status != 429 => {
            let sentence = dom::text(&dom::get(body, "user_message"), "nl");
            let code = dom::text(body, "code").unwrap_or_else(|| "server_error".to_owned());
            Answer::Problem { code, sentence }
        }
        429 | 500..=599 => Answer::Trouble,
        // A hotel's log-in page answers 200 with HTML: that is no network of ours.
        _ => Answer::Unreachable,
    }
}

/// The verdict's own spelling, when it is one that we know.
fn known(code: &str) -> Option<&'static str> {
    ["counted", "duplicate", "refused", "flagged", "annulled"]
        .into_iter()
        .find(|known| *known == code)
}
