//! `/api/v1/check-ins`, and the answer that its methods share.

pub(crate) mod post;
pub(crate) mod scan_id;

use domain::{Flag, Lang, Reason};
use serde::Serialize;
use storage::Recorded;
use utoipa::ToSchema;
use uuid::Uuid;

/// What became of a scan.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CheckInResult {
    /// As the client gave it.
    scan_id: Uuid,
    /// `counted`, `duplicate`, `refused`, `flagged` or `annulled`.
    verdict: &'static str,
    /// Stable reason code (docs/protocol.md §5).
    reason: &'static str,
    /// What a person may want to look at: `clock_suspect`, `duplicate_offline`, `offline_loss`, `late`, `manual`.
    flags: Vec<&'static str>,
    /// Whether this is the holder's first visit ever.
    first_visit: bool,
    /// The reason as a sentence for the person at the door.
    message: Message,
}

/// The reason as a sentence.
#[derive(Debug, Serialize, ToSchema)]
struct Message {
    /// Dutch.
    nl: &'static str,
    /// French.
    fr: &'static str,
    /// English.
    en: &'static str,
}

impl From<Reason> for Message {
    fn from(reason: Reason) -> Self {
        Self {
            nl: reason.sentence(Lang::Nl),
            fr: reason.sentence(Lang::Fr),
            en: reason.sentence(Lang::En),
        }
    }
}

impl From<&Recorded> for CheckInResult {
    fn from(recorded: &Recorded) -> Self {
        Self {
            scan_id: recorded.scan_id.uuid(),
            verdict: recorded.verdict.code(),
            reason: recorded.reason.code(),
            flags: recorded.flags.iter().map(Flag::code).collect(),
            first_visit: recorded.first_visit,
            message: recorded.reason.into(),
        }
    }
}
