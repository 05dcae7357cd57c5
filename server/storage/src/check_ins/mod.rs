//! Check-ins: recorded once, judged, folded, and acknowledged only after they are durable.
//!
//! - [`mod@self`]: what callers see
//! - `writer`: the queue that commits many requests together
//! - `batch`: one group of check-ins inside one transaction
//! - `request`: what may be recorded, and from whom
//! - `annul`, `release`: one annulment, one scan let out of quarantine, inside a transaction
//! - `annulments`, `windows`: what follows from the events: what is annulled, what counts
//! - `sync`: the events of a paired device
//! - `load`, `stored`, `save`, `locks`: the statements, each over a whole set
//! - `reads`: lists and counts for an organiser

mod annul;
mod annulments;
mod batch;
mod load;
mod locks;
mod reads;
mod release;
mod request;
mod save;
mod stored;
mod sync;
mod windows;
mod writer;

use domain::ScanId;
use jiff::Timestamp;

pub use release::ReleaseError;
pub use sync::SyncOutcome;

pub(crate) use annulments::standing as standing_annulments;
pub(crate) use request::Request;
pub(crate) use stored::Standing;
pub(crate) use windows::window_id;
pub(crate) use writer::Writer;

use crate::error::Error;
use crate::records::{CheckIn, Recorded};
use crate::scope::{Permission, Scope};
use crate::store::Store;

/// Why a check-in could not be recorded. A refused scan is no error: it is recorded, with its reason.
#[derive(Debug, thiserror::Error)]
pub enum CheckInError {
    /// The id was recorded before with other content. Answer 409 `id_reuse`.
    #[error("the scan id was used before for another scan")]
    IdReuse,
    /// The scope may not scan at all. Answer 403 `role_denied`.
    #[error("scanning is not allowed in this scope")]
    Denied,
    /// The database failed; whether the scan was recorded is unknown. Sending it again with the same id is safe.
    #[error("recording a check-in failed")]
    Storage(#[source] Error),
}

/// Why an annulment could not be recorded.
#[derive(Debug, thiserror::Error)]
pub enum AnnulError {
    /// There is no such scan, or it is outside the scope. Answer 404.
    #[error("no such scan")]
    Unknown,
    /// A client annuls within 15 minutes; later only the organiser or coordinator. Answer 409 `annul_too_late`.
    #[error("the scan is too long ago to be annulled by this client")]
    TooLate,
    /// Somebody else's scan. Answer 403 `role_denied`.
    #[error("annulling this scan is not allowed in this scope")]
    Denied,
    /// The database failed; sending it again is safe.
    #[error("annulling a scan failed")]
    Storage(#[source] Error),
}

impl Store {
    /// Records and judges a scan; returns after it is durable.
    ///
    /// The same `scan_id` with the same content answers what the scan counts for now, with `replay` set. A scan that
    /// `decide()` refuses is recorded too and answered with its reason.
    ///
    /// # Errors
    /// [`CheckInError`].
    pub async fn check_in(&self, scope: &Scope, check_in: CheckIn) -> Result<Recorded, CheckInError> {
        if !scope.may(Permission::Scan) {
            return Err(CheckInError::Denied);
        }
        let received_at = self.env().now();
        self.writer()
            .check_in(Request::check_in(scope.clone(), check_in, received_at))
            .await
    }

    /// Annuls a scan as of `now`: an event of its own, after which the window is folded again. Returns after it is
    /// durable. Annulling twice answers the same with `replay` set.
    ///
    /// # Errors
    /// [`AnnulError`]. A client may annul its own scans within 15 minutes of the scan; an organiser's account all of its
    /// organiser and a coordinator all of the partnership, at any time.
    pub async fn annul(&self, scope: &Scope, target: ScanId, now: Timestamp) -> Result<Recorded, AnnulError> {
        if !scope.may(Permission::Scan) {
            return Err(AnnulError::Denied);
        }
        let id = ScanId::from(self.env().uuid_v7());
        let mut tx = self.begin().await.map_err(AnnulError::Storage)?;
        let recorded = annul::annul(&mut tx, scope, id, target, now).await?;
        let tried = |source| {
            AnnulError::Storage(Error::Database {
                tried: "annulling a scan",
                source,
            })
        };
        tx.commit().await.map_err(tried)?;
        Ok(recorded)
    }
}
