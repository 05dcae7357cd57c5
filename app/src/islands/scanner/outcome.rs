//! What became of one scan, as the screen shows it.

use super::texts::Text;

/// What became of one scan, as the screen shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    /// `counted`, `duplicate`, `refused`, `flagged`, `annulled`; `waiting` when it was not sent, `unsaved` when the phone
    /// could not write it down.
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

    /// A scan that was not sent.
    pub(super) fn waiting(sentence: String) -> Self {
        Self {
            verdict: "waiting",
            ..Self::refused("network", sentence)
        }
    }

    /// A scan that the phone could not write down.
    pub(super) fn unsaved(sentence: String) -> Self {
        Self {
            verdict: "unsaved",
            ..Self::refused("storage", sentence)
        }
    }

    /// The one word over the sentence.
    pub(super) fn word(&self) -> Text {
        match self.verdict {
            "counted" => Text::Counted,
            "duplicate" => Text::Duplicate,
            // A number that nobody could look up yet: written down, and no reason to look at anybody.
            "flagged" if self.reason == domain::Reason::NeedsOnline.code() => Text::Noted,
            "flagged" => Text::Flagged,
            "annulled" => Text::Annulled,
            "waiting" => Text::NotSent,
            "unsaved" => Text::NotKept,
            _ => Text::Refused,
        }
    }

    /// Symbol in `/icons.svg`: shape says the same as colour, for who sees no colour.
    pub(super) fn symbol(&self) -> &'static str {
        match self.verdict {
            "counted" => "tick",
            "duplicate" | "flagged" => "eye",
            "annulled" => "undo",
            "waiting" | "unsaved" => "alert",
            _ => "hand",
        }
    }

    /// Whether it goes away by itself: all do but the one that needs an answer.
    pub(super) fn passes(&self) -> bool {
        !matches!(self.verdict, "waiting" | "unsaved")
    }

    /// The modifier of its panel: colour and shape.
    pub(super) fn look(&self) -> &'static str {
        match self.verdict {
            "waiting" => "flagged",
            "unsaved" => "refused",
            other => other,
        }
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
        let noted = Outcome {
            verdict: "flagged",
            ..Outcome::refused("needs_online", String::new())
        };
        assert_eq!(noted.word(), Text::Noted);
        let unsaved = Outcome::unsaved(String::new());
        assert_eq!(
            (unsaved.word(), unsaved.look()),
            (Text::NotKept, "refused"),
            "never green"
        );
        assert!(
            !unsaved.passes(),
            "a scan that was not kept stays until somebody decides"
        );
        let waiting = Outcome::waiting(String::new());
        assert_eq!(waiting.word(), Text::NotSent);
        assert!(
            !waiting.passes(),
            "a scan that was not sent stays until somebody decides"
        );
    }
}
