//! What the scanner knows, in one place; every change is drawn at once.
//!
//! Not signals: the markup is the server's, so there is nothing for them to rebuild, and a dozen signal types are a
//! tenth of the bundle's budget.

use std::cell::RefCell;

use super::{Source, draw};
use crate::islands::scanner::outcome::Outcome;

/// A scan that the server has not answered yet. It keeps its id, so that sending it again counts it once.
#[derive(Clone)]
pub(super) struct Waiting {
    /// UUID v7, made at the scan.
    pub(super) scan_id: String,
    /// What was read or typed.
    pub(super) code: Code,
    /// The activity that was chosen at the scan.
    pub(super) activity: String,
}

/// What was read or typed, checked as far as the phone can.
#[derive(Clone)]
pub(super) enum Code {
    /// QR text.
    Credential(String),
    /// Typed number.
    Number(String),
}

/// The camera.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Camera {
    /// Not asked for.
    #[default]
    Off,
    /// Asked for, no picture yet.
    Starting,
    /// Running.
    On,
}

/// Nothing is scanned or typed while one of these is at work.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Work {
    /// Ready for the next pass.
    #[default]
    Idle,
    /// The server is being asked.
    Asking,
    /// A photo is being read.
    Reading,
}

/// Who judges.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Mode {
    /// The server, for whoever is logged in.
    #[default]
    Online,
    /// This phone, which is paired.
    Paired,
    /// Nobody: the page says what to do.
    Closed,
}

/// All of it.
#[derive(Default)]
pub(super) struct State {
    /// Who judges.
    pub(super) mode: Mode,
    /// Somebody chose the activity, not the program.
    pub(super) picked: bool,
    /// A scan that a paired phone could not write down: what was read, and how.
    pub(super) unsaved: Option<(String, Source)>,
    /// Id of the chosen activity; empty when none is.
    pub(super) activity: String,
    /// Its name.
    pub(super) activity_name: String,
    /// The camera.
    pub(super) camera: Camera,
    /// What is going on.
    pub(super) work: Work,
    /// On the whole screen.
    pub(super) outcome: Option<Outcome>,
    /// The last one, after it left the screen.
    pub(super) last: Option<Outcome>,
    /// Not answered yet.
    pub(super) waiting: Option<Waiting>,
    /// Counted today.
    pub(super) today: u32,
    /// Local time of the last answer, `19:42`; empty before.
    pub(super) sent: String,
    /// The number field lies over the lower half of the picture.
    pub(super) typing: bool,
    /// What went wrong outside of a scan: the camera, a photo, an undo. A sentence.
    pub(super) trouble: Option<String>,
    /// The worker died and has not answered since.
    pub(super) slow: bool,
    /// The light: on, off, or none.
    pub(super) torch: Option<bool>,
    /// Zoomed in, not, or no zoom.
    pub(super) zoom: Option<bool>,
}

impl State {
    /// Whether the camera may look for the next pass.
    pub(super) fn looking(&self) -> bool {
        self.outcome.is_none() && self.work == Work::Idle && !self.typing
    }
}

thread_local! {
    static STATE: &'static RefCell<State> = Box::leak(Box::default());
}

/// One function that is not generic, and leaked: with the cell behind a closure each of its hundred uses would be a function
/// of its own in the bundle.
fn cell() -> &'static RefCell<State> {
    STATE.with(|state| *state)
}

/// Looks at the state; `look` must not change it.
pub(super) fn read<T>(look: impl FnOnce(&State) -> T) -> T {
    look(&cell().borrow())
}

/// Changes the state and draws it; `change` must only write.
pub(super) fn change(change: impl FnOnce(&mut State)) {
    change(&mut cell().borrow_mut());
    redraw();
}

/// Changes the state where what follows draws it: a phone paints its verdict sooner for every drawing that is left out.
pub(super) fn quietly(change: impl FnOnce(&mut State)) {
    change(&mut cell().borrow_mut());
}

/// Draws it as it is.
pub(super) fn redraw() {
    draw::draw(&cell().borrow());
}
