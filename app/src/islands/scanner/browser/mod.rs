//! What touches the browser. Each file one concern:
//! [`camera`] stream and loop, [`reader`] the worker, [`server`] the API, [`page`] the forms around the island,
//! [`wedge`] the scanner that types, [`feedback`] sound and vibration, [`dom`] what all of them need.
//!
//! Nothing here may panic: a panic kills the module while the page still looks alive. Every call that can fail is
//! answered with a sentence or with nothing.

mod camera;
mod dom;
mod feedback;
mod page;
mod reader;
mod server;
mod wedge;

use std::cell::Cell;

use domain::{Scanned, parse_scan};
use leptos::ev::{Event, SubmitEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::state::{Code, Outcome, Scan, Sheet, Waiting, Work};
use super::texts::Text;

pub(super) use camera::{start_camera, stop_camera, toggle_torch, toggle_zoom};

/// How long a verdict stays (LOOK: back to scanning by itself after 1.5 s).
const VERDICT_MS: i32 = 1_500;
/// Before the one attempt that nobody has to ask for.
const SECOND_TRY_MS: i32 = 700;

thread_local! {
    /// Which verdict is on the screen, so that an older one's timer does not close a newer one.
    static SHOWN: Cell<u32> = const { Cell::new(0) };
}

pub(super) fn mounted(scan: Scan) {
    // After hydration: the picker and the forms are in the document, and the button may be pressed.
    Effect::new(move |_| {
        page::take_over(scan);
        wedge::listen(scan);
        dom::listen("online", move |_| {
            if scan
                .outcome
                .with_untracked(|shown| shown.as_ref().is_some_and(|outcome| !outcome.passes()))
            {
                retry(scan);
            }
        });
        scan.awake.set(true);
    });
}

pub(super) fn reload(_scan: Scan) {
    dom::reload();
}

pub(super) fn next(scan: Scan) {
    scan.outcome.set(None);
    camera::hold();
}

pub(super) fn drop_waiting(scan: Scan) {
    scan.waiting.set(None);
    next(scan);
}

pub(super) fn retry(scan: Scan) {
    if let Some(waiting) = scan
        .waiting
        .get_untracked()
        .filter(|_| scan.work.get_untracked() == Work::Idle)
    {
        spawn_local(send(scan, waiting));
    }
}

pub(super) fn number_sent(scan: Scan, event: &SubmitEvent) {
    event.prevent_default();
    if let Some(form) = event.target() {
        page::number(scan, form.unchecked_ref());
    }
}

pub(super) fn photo_chosen(scan: Scan, event: &Event) {
    if let Some(input) = event.target() {
        page::photo(scan, input.unchecked_ref());
    }
}

/// One code, from wherever it came: what the phone can refuse it refuses at once, the rest goes to the server.
async fn handle(scan: Scan, text: String) {
    feedback::wake();
    // A scan that waits has to be decided first: a second one would push it out.
    if scan.waiting.with_untracked(Option::is_some) || scan.work.get_untracked() == Work::Asking {
        feedback::play("refused");
        return;
    }
    let (activity, _) = scan.activity.get_untracked();
    if activity.is_empty() {
        scan.trouble.set(Some(scan.say(Text::NoActivity)));
        return;
    }
    scan.trouble.set(None);
    scan.sheet.set(Sheet::None);
    let code = match parse_scan(&text) {
        Ok(Scanned::Credential(_)) => Code::Credential(text.trim().to_owned()),
        Ok(Scanned::Number(number)) => Code::Number(number.to_string()),
        Err(reason) => {
            let words = if reason == domain::Reason::ForeignQr {
                Text::ForeignQr
            } else {
                Text::Malformed
            };
            show(scan, Outcome::refused(reason.code(), scan.say(words)));
            return;
        }
    };
    let waiting = Waiting {
        scan_id: dom::new_id(),
        code,
        activity,
    };
    send(scan, waiting).await;
}

/// Asks the server, once more by itself when it cannot be reached. The scan stays in `waiting` until it is answered.
async fn send(scan: Scan, waiting: Waiting) {
    scan.waiting.set(Some(waiting.clone()));
    scan.work.set(Work::Asking);
    let mut answer = server::check_in(&waiting).await;
    if matches!(answer, server::Answer::Unreachable) {
        dom::sleep(SECOND_TRY_MS).await;
        answer = server::check_in(&waiting).await;
    }
    scan.work.set(Work::Idle);
    camera::hold();
    let unsent = |text: Text| {
        let scan_id = None;
        let (reason, detail) = ("network".to_owned(), String::new());
        Outcome {
            verdict: "waiting",
            reason,
            sentence: scan.say(text),
            detail,
            scan_id,
        }
    };
    let outcome = match answer {
        server::Answer::Unreachable => unsent(Text::NoNetwork),
        server::Answer::Trouble => unsent(Text::ServerTrouble),
        server::Answer::LoggedOut => {
            scan.waiting.set(None);
            Outcome::refused("role_denied", scan.say(Text::LoggedOut))
        }
        server::Answer::Problem { code, sentence } => {
            scan.waiting.set(None);
            answered(scan);
            Outcome::refused(&code, sentence.unwrap_or_else(|| scan.say(Text::ServerTrouble)))
        }
        server::Answer::Verdict(recorded) => {
            scan.waiting.set(None);
            answered(scan);
            if recorded.counts() {
                scan.today.update(|today| *today = today.saturating_add(1));
            }
            recorded.outcome(scan, waiting.scan_id)
        }
    };
    show(scan, outcome);
}

/// Remembers when the server was last heard.
fn answered(scan: Scan) {
    scan.sent.set(dom::clock());
}

/// Takes the last counted scan back.
pub(super) fn undo(scan: Scan) {
    let Some(id) = scan.last.get_untracked().and_then(|last| last.scan_id) else {
        return;
    };
    if scan.work.get_untracked() != Work::Idle {
        return;
    }
    scan.work.set(Work::Asking);
    spawn_local(async move {
        let answer = server::annul(&id).await;
        scan.work.set(Work::Idle);
        camera::hold();
        let failed = match answer {
            server::Answer::Verdict(recorded) => {
                answered(scan);
                scan.today.update(|today| *today = today.saturating_sub(1));
                let undone = Outcome {
                    verdict: "annulled",
                    ..recorded.outcome(scan, id)
                };
                show(
                    scan,
                    Outcome {
                        scan_id: None,
                        ..undone
                    },
                );
                return;
            }
            server::Answer::Problem { sentence, .. } => sentence,
            server::Answer::LoggedOut => Some(scan.say(Text::LoggedOut)),
            server::Answer::Trouble | server::Answer::Unreachable => None,
        };
        scan.outcome.set(None);
        scan.trouble
            .set(Some(failed.unwrap_or_else(|| scan.say(Text::UndoFailed))));
    });
}

/// Fills the screen with a verdict, lets it be heard, and takes it away again.
fn show(scan: Scan, outcome: Outcome) {
    feedback::play(outcome.verdict);
    let passes = outcome.passes();
    if passes {
        scan.last.set(Some(outcome.clone()));
    }
    scan.outcome.set(Some(outcome));
    let turn = SHOWN.get().wrapping_add(1);
    SHOWN.set(turn);
    if passes {
        spawn_local(async move {
            dom::sleep(VERDICT_MS).await;
            if SHOWN.get() == turn && scan.work.get_untracked() == Work::Idle {
                next(scan);
            }
        });
    }
}
