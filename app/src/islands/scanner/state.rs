//! What the scanner knows, as signals; no browser in here.

use leptos::prelude::*;

use super::texts::{Text, Texts};

/// What became of one scan, as the screen shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    /// `counted`, `duplicate`, `refused`, `flagged`, `annulled`; `waiting` when it was not sent.
    pub(super) verdict: &'static str,
    /// The reason code of the protocol, or `network`.
    pub(super) reason: String,
    /// One sentence that a volunteer can read aloud.
    pub(super) sentence: String,
    /// Number and time, small; may be empty.
    pub(super) detail: String,
    /// Whether it can be taken back: the server has counted it.
    pub(super) scan_id: Option<String>,
}

impl Outcome {
    /// A scan that the phone itself refuses.
    pub(super) fn refused(reason: &str, sentence: String) -> Self {
        let (reason, detail) = (reason.to_owned(), String::new());
        Self {
            verdict: "refused",
            reason,
            sentence,
            detail,
            scan_id: None,
        }
    }

    /// The one word over the sentence.
    pub(super) fn word(&self) -> Text {
        match self.verdict {
            "counted" => Text::Counted,
            "duplicate" => Text::Duplicate,
            "flagged" => Text::Flagged,
            "annulled" => Text::Annulled,
            "waiting" => Text::NotSent,
            _ => Text::Refused,
        }
    }

    /// Symbol in `/icons.svg`: shape says the same as colour, for who sees no colour.
    pub(super) fn symbol(&self) -> &'static str {
        match self.verdict {
            "counted" => "tick",
            "duplicate" | "flagged" => "eye",
            "annulled" => "undo",
            "waiting" => "alert",
            _ => "hand",
        }
    }

    /// Whether it goes away by itself: all do but the one that needs an answer.
    pub(super) fn passes(&self) -> bool {
        self.verdict != "waiting"
    }
}

/// A scan that the server has not answered yet. It keeps its id, so that sending it again counts it once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Waiting {
    /// UUID v7, made at the scan.
    pub(super) scan_id: String,
    /// QR text or number.
    pub(super) code: Code,
    /// The activity that was chosen at the scan.
    pub(super) activity: String,
}

/// What was read or typed, checked as far as the phone can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Code {
    /// QR text.
    Credential(String),
    /// Typed number.
    Number(String),
}

/// The camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Camera {
    /// Not asked for.
    Off,
    /// Asked for, no picture yet.
    Starting,
    /// Running.
    On,
}

/// What covers the lower half of the camera's picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sheet {
    /// Nothing.
    None,
    /// The number field.
    Number,
    /// The photo field.
    Photo,
}

/// Nothing is scanned or typed while one of these is at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Work {
    /// Ready for the next pass.
    Idle,
    /// The server is being asked.
    Asking,
    /// A photo is being read.
    Reading,
}

/// The scanner's signals. `Copy`, like the signals themselves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan {
    /// The words.
    pub(super) texts: StoredValue<Texts>,
    /// The code that made it runs in the browser: buttons work.
    pub(super) awake: RwSignal<bool>,
    /// Id and name of the chosen activity.
    pub(super) activity: RwSignal<(String, String)>,
    /// The camera.
    pub(super) camera: RwSignal<Camera>,
    /// What is going on.
    pub(super) work: RwSignal<Work>,
    /// On the whole screen.
    pub(super) outcome: RwSignal<Option<Outcome>>,
    /// The last one, after it left the screen.
    pub(super) last: RwSignal<Option<Outcome>>,
    /// Not answered yet.
    pub(super) waiting: RwSignal<Option<Waiting>>,
    /// Counted today.
    pub(super) today: RwSignal<u64>,
    /// Local time of the last answer, `19:42`; empty before.
    pub(super) sent: RwSignal<String>,
    /// Over the camera's picture.
    pub(super) sheet: RwSignal<Sheet>,
    /// What went wrong outside of a scan: the camera, a photo, an undo. A sentence.
    pub(super) trouble: RwSignal<Option<String>>,
    /// The worker died and has not answered since.
    pub(super) hoarse: RwSignal<bool>,
    /// The light: on, off, or none.
    pub(super) torch: RwSignal<Option<bool>>,
    /// Zoomed in, not, or no zoom.
    pub(super) zoom: RwSignal<Option<bool>>,
}

impl Scan {
    /// At rest.
    pub(super) fn new(today: u64, texts: Texts) -> Self {
        Self {
            texts: StoredValue::new(texts),
            awake: RwSignal::new(false),
            activity: RwSignal::default(),
            camera: RwSignal::new(Camera::Off),
            work: RwSignal::new(Work::Idle),
            outcome: RwSignal::new(None),
            last: RwSignal::new(None),
            waiting: RwSignal::new(None),
            today: RwSignal::new(today),
            sent: RwSignal::default(),
            sheet: RwSignal::new(Sheet::None),
            trouble: RwSignal::new(None),
            hoarse: RwSignal::new(false),
            torch: RwSignal::new(None),
            zoom: RwSignal::new(None),
        }
    }

    /// The words of `text`.
    pub(super) fn say(&self, text: Text) -> String {
        self.texts.with_value(|texts| texts.get(text))
    }

    /// Whether the whole screen is the scanner's.
    pub(super) fn covers(&self) -> bool {
        self.camera.get() != Camera::Off || self.outcome.with(Option::is_some)
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Text};

    #[test]
    fn every_verdict_of_the_protocol_has_a_word_and_a_shape() {
        for verdict in ["counted", "duplicate", "refused", "flagged", "annulled"] {
            let outcome = Outcome {
                verdict,
                ..Outcome::refused("x", String::new())
            };
            assert!(domain::Verdict::ALL.iter().any(|known| known.code() == verdict));
            assert!(!outcome.symbol().is_empty());
            assert!(outcome.passes());
        }
        let waiting = Outcome {
            verdict: "waiting",
            ..Outcome::refused("network", String::new())
        };
        assert_eq!(waiting.word(), Text::NotSent);
        assert!(
            !waiting.passes(),
            "a scan that was not sent stays until somebody decides"
        );
    }
}
