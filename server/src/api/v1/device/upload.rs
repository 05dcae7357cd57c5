//! The queue of a phone as a file on a page: the same as `POST /api/v1/device/queue`, summed up for a person.

use std::collections::HashSet;

use app::{QueueReceipt, QueueUpload, QueueUploadError, Upload};
use domain::{EventResult, QueueFile, Verdict};
use storage::{Permission, Scope};

use crate::api::v1::device::accept::accept;
use crate::http::problem::{Problem, ProblemCode};
use crate::http::state::AppState;

/// Takes the files that come in with a page's form.
pub(crate) struct Uploads(AppState);

impl Uploads {
    /// Records what it takes through this state.
    pub(crate) const fn new(state: AppState) -> Self {
        Self(state)
    }

    async fn take(&self, scope: &Scope, file: &[u8]) -> Result<QueueReceipt, QueueUploadError> {
        let Self(state) = self;
        if !scope.may(Permission::ManageDevices) {
            return Err(QueueUploadError::NotYours);
        }
        let file: QueueFile = serde_json::from_slice(file).map_err(|_| QueueUploadError::NotAQueue)?;
        if file.format != QueueFile::FORMAT || file.batches.is_empty() {
            return Err(QueueUploadError::NotAQueue);
        }
        let devices = state.store.all_devices(scope).await;
        let devices = devices.map_err(|error| QueueUploadError::Unavailable(Box::new(error)))?;
        let own: HashSet<_> = devices.into_iter().map(|device| device.id).collect();
        let mut receipt = QueueReceipt::default();
        let mut first_refusal = None;
        for batch in &file.batches {
            match accept(state, batch, Some(&own)).await {
                Ok(accepted) => accepted.results.iter().for_each(|result| add(&mut receipt, result)),
                Err(problem) => {
                    let refusal = refusal(&problem);
                    // What failed on our side is worth another try, and a part that is in already does no harm then.
                    if matches!(refusal, QueueUploadError::Unavailable(_)) {
                        return Err(refusal);
                    }
                    receipt.unreadable += 1;
                    first_refusal.get_or_insert(refusal);
                }
            }
        }
        match first_refusal {
            Some(refusal) if receipt.events == 0 => Err(refusal),
            _ => Ok(receipt),
        }
    }
}

impl QueueUpload for Uploads {
    fn accept<'a>(&'a self, scope: &'a Scope, file: &'a [u8]) -> Upload<'a> {
        Box::pin(self.take(scope, file))
    }
}

fn add(receipt: &mut QueueReceipt, result: &EventResult) {
    receipt.events += 1;
    match result.verdict {
        Verdict::Counted | Verdict::Flagged => receipt.counted += 1,
        Verdict::Duplicate => receipt.duplicates += 1,
        Verdict::Refused => receipt.refused += 1,
        // Taken back, as the phone asked: nothing for a person to do.
        Verdict::Annulled => {}
    }
}

/// Why a part of the file was not taken, as a person can understand it.
fn refusal(problem: &Problem) -> QueueUploadError {
    match problem.code() {
        ProblemCode::DeviceUnknown => QueueUploadError::NotYours,
        ProblemCode::DeviceKeyUnknown => QueueUploadError::Signature,
        ProblemCode::ServerError => QueueUploadError::Unavailable(problem.detail().to_owned().into()),
        _ => QueueUploadError::NotAQueue,
    }
}

#[cfg(test)]
mod tests {
    use domain::{Flags, Reason};

    use super::*;

    #[test]
    fn every_scan_of_a_file_is_summed_up_once() {
        let mut receipt = QueueReceipt::default();
        for (verdict, reason) in [
            (Verdict::Counted, Reason::Ok),
            (Verdict::Flagged, Reason::NeedsOnline),
            (Verdict::Duplicate, Reason::AlreadyCounted),
            (Verdict::Refused, Reason::Expired),
            (Verdict::Annulled, Reason::Annulled),
        ] {
            let result = EventResult {
                scan_id: String::new(),
                verdict,
                reason,
                flags: Flags::new(),
            };
            add(&mut receipt, &result);
        }
        let QueueReceipt {
            events,
            counted,
            duplicates,
            refused,
            unreadable,
        } = receipt;
        assert_eq!([events, counted, duplicates, refused, unreadable], [5, 2, 1, 1, 0]);
    }

    #[test]
    fn a_person_is_told_why_in_words_that_fit() {
        let of = |code| refusal(&Problem::new(code, "why"));
        assert!(matches!(of(ProblemCode::DeviceUnknown), QueueUploadError::NotYours));
        assert!(matches!(of(ProblemCode::DeviceKeyUnknown), QueueUploadError::Signature));
        assert!(matches!(of(ProblemCode::Malformed), QueueUploadError::NotAQueue));
        assert!(matches!(of(ProblemCode::ServerError), QueueUploadError::Unavailable(_)));
    }
}
