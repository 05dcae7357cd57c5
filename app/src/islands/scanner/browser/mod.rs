//! What touches the browser. Each file one concern:
//! [`camera`] stream and loop, [`reader`] the worker, [`page`] buttons and forms, [`wedge`] the scanner that types,
//! [`feedback`] sound and vibration, [`state`] what is known, [`draw`] what is seen; [`server`] the API that judges for
//! whoever is logged in; [`paired`] the phone that judges by itself, with its [`picker`] and its [`queue`].
//!
//! Nothing here may panic: a panic kills the module while the page still looks alive. Every call that can fail is
//! answered with a sentence or with nothing.

mod camera;
mod draw;
mod feedback;
mod page;
mod paired;
mod picker;
mod queue;
mod reader;
mod server;
mod state;
mod wedge;

use std::cell::Cell;

use domain::{Reason, Scanned, Verdict, parse_scan};
use web_sys::Element;

use super::outcome::Outcome;
use super::texts::Text;
use crate::islands::device::store::{self, Found};
use crate::islands::dom;

use draw::say;
use state::{Code, Mode, Waiting, Work, change, quietly, read};

/// How long a verdict stays (LOOK: back to scanning by itself after 1.5 s).
const VERDICT_MS: i32 = 1_500;
/// Before the one attempt that nobody has to ask for.
const SECOND_TRY_MS: i32 = 700;

thread_local! {
    /// Which verdict is on the screen, so that an older one's timer does not close a newer one.
    static SHOWN: Cell<u32> = const { Cell::new(0) };
}

/// How a code came in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// Read by the camera, from a photo, or by a scanner that types.
    Eyes,
    /// Typed by a person, who may mistype.
    Fingers,
}

/// The island runs: the buttons get their work, the page's forms are taken over, and the camera may be started.
pub(crate) fn start() {
    // After hydration, and after the markup and the picker are in the document.
    dom::spawn(async {
        let found = store::load().await;
        draw::messages(&found);
        let paired = matches!(found, Found::Paired);
        if !draw::open_page(paired) {
            change(|state| state.mode = Mode::Closed);
            return;
        }
        page::take_over();
        wedge::listen();
        if paired {
            paired::start();
            return;
        }
        dom::listen("online", |_| {
            if read(|state| state.outcome.as_ref().is_some_and(|outcome| !outcome.passes())) {
                retry();
            }
        });
    });
}

/// What the button `data-do=act` does.
fn act(act: &str, button: &Element) {
    match act {
        "start" => camera::start(),
        "stop" => camera::stop(),
        "torch" => camera::toggle_torch(),
        "zoom" => camera::toggle_zoom(),
        "photo" => page::ask_for_photo(),
        "typing" => page::ask_for_number(),
        "close" => change(|state| {
            state.typing = false;
            state.slow = false;
            state.trouble = None;
        }),
        "undo" if read(|state| state.mode == Mode::Paired) => paired::undo(),
        "undo" => undo(),
        "next" => next(),
        "retry" if read(|state| state.mode == Mode::Paired) => paired::retry(),
        "retry" => retry(),
        "drop" => {
            change(|state| {
                state.waiting = None;
                state.unsaved = None;
            });
            next();
        }
        "queue" => queue::open(),
        "queue-close" => queue::close(),
        "send" => queue::send(),
        "export" => queue::save(),
        "letter-seen" => queue::seen(button),
        "unpair" => queue::ask_unpair(true),
        "unpair-no" => queue::ask_unpair(false),
        "unpair-yes" => queue::unpair(),
        "reload" => dom::reload(),
        _ => {}
    }
}

/// Closes the verdict.
fn next() {
    camera::hold();
    change(|state| state.outcome = None);
}

/// Sends the waiting scan again.
fn retry() {
    if let Some(waiting) = read(|state| state.waiting.clone().filter(|_| state.work == Work::Idle)) {
        dom::spawn(send(waiting));
    }
}

/// Something that is not a verdict went wrong.
fn complain(text: Text) {
    let words = say(text);
    change(|state| state.trouble = Some(words));
}

/// The one word over a verdict.
fn outcome_word(verdict: Verdict, reason: Reason) -> Text {
    let outcome = Outcome::refused(reason.code(), String::new());
    Outcome {
        verdict: verdict.code(),
        ..outcome
    }
    .word()
}

/// One code, from wherever it came. A paired phone judges it; otherwise what the phone can refuse it refuses at once, and
/// the rest goes to the server.
async fn handle(text: String, source: Source) {
    feedback::wake();
    // A scan that waits has to be decided first: a second one would push it out.
    if read(|state| state.waiting.is_some() || state.unsaved.is_some() || state.work == Work::Asking) {
        feedback::play("refused");
        return;
    }
    let activity = read(|state| state.activity.clone());
    if activity.is_empty() {
        complain(Text::NoActivity);
        return;
    }
    quietly(|state| {
        state.trouble = None;
        state.typing = false;
    });
    if read(|state| state.mode == Mode::Paired) {
        paired::scan(text, source).await;
        return;
    }
    let code = match parse_scan(&text) {
        Ok(Scanned::Credential(_)) => Code::Credential(text.trim().to_owned()),
        Ok(Scanned::Number(number)) => Code::Number(number.compact()),
        Err(reason) => {
            let words = if reason == domain::Reason::ForeignQr {
                Text::ForeignQr
            } else {
                Text::Malformed
            };
            show(Outcome::refused(reason.code(), say(words)));
            return;
        }
    };
    send(Waiting {
        scan_id: dom::new_id().to_string(),
        code,
        activity,
    })
    .await;
}

/// Asks the server, once more by itself when it cannot be reached. The scan stays in `waiting` until it is answered.
async fn send(waiting: Waiting) {
    change(|state| {
        state.waiting = Some(waiting.clone());
        state.work = Work::Asking;
    });
    let mut answer = server::check_in(&waiting).await;
    if matches!(answer, server::Answer::Unreachable) {
        dom::sleep(SECOND_TRY_MS).await;
        answer = server::check_in(&waiting).await;
    }
    camera::hold();
    let outcome = match answer {
        server::Answer::Unreachable => Outcome::waiting(say(Text::NoNetwork)),
        server::Answer::Trouble => Outcome::waiting(say(Text::ServerTrouble)),
        server::Answer::LoggedOut => Outcome::refused("role_denied", say(Text::LoggedOut)),
        server::Answer::Problem { code, sentence } => {
            Outcome::refused(&code, sentence.unwrap_or_else(|| say(Text::ServerTrouble)))
        }
        server::Answer::Verdict(recorded) => recorded.outcome(waiting.scan_id),
    };
    let now = dom::clock();
    change(|state| {
        state.work = Work::Idle;
        if outcome.passes() {
            state.waiting = None;
            state.sent = now;
        }
        if outcome.scan_id.is_some() {
            state.today = state.today.saturating_add(1);
        }
    });
    show(outcome);
}

/// Takes the last counted scan back.
fn undo() {
    let last = read(|state| {
        state
            .last
            .as_ref()
            .filter(|_| state.work == Work::Idle)?
            .scan_id
            .clone()
    });
    let Some(id) = last else { return };
    change(|state| state.work = Work::Asking);
    dom::spawn(async move {
        let answer = server::annul(&id).await;
        camera::hold();
        change(|state| state.work = Work::Idle);
        let failed = match answer {
            server::Answer::Verdict(recorded) => {
                let now = dom::clock();
                change(|state| {
                    state.sent = now;
                    state.today = state.today.saturating_sub(1);
                });
                show(Outcome {
                    verdict: "annulled",
                    scan_id: None,
                    ..recorded.outcome(id)
                });
                return;
            }
            server::Answer::Problem { sentence, .. } => sentence,
            server::Answer::LoggedOut => Some(say(Text::LoggedOut)),
            server::Answer::Trouble | server::Answer::Unreachable => None,
        };
        let failed = failed.unwrap_or_else(|| say(Text::UndoFailed));
        change(|state| {
            state.outcome = None;
            state.trouble = Some(failed);
        });
    });
}

/// Fills the screen with a verdict, lets it be heard, and takes it away again.
fn show(outcome: Outcome) {
    let (passes, verdict) = (outcome.passes(), outcome.verdict);
    change(|state| {
        if passes {
            state.last = Some(outcome.clone());
        }
        state.outcome = Some(outcome);
    });
    // After the drawing: the eye is faster than the ear.
    feedback::play(verdict);
    let turn = SHOWN.get().wrapping_add(1);
    SHOWN.set(turn);
    if passes {
        dom::spawn(async move {
            dom::sleep(VERDICT_MS).await;
            if SHOWN.get() == turn && read(|state| state.work == Work::Idle) {
                next();
            }
        });
    }
}
