//! What a paired device hands over: its events, in one job of the writer.

use crate::check_ins::CheckInError;
use crate::check_ins::request::Request;
use crate::check_ins::save::Seen;
use crate::columns::At;
use crate::engine::read;
use crate::error::{Error, Result, Tried as _};
use crate::records::{DeviceScan, Recorded};
use crate::scope::{Permission, Scope};
use crate::store::Store;

const REVOKED: &str = "SELECT revoked_at FROM device WHERE id = $1";

/// What became of one event of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyncOutcome {
    /// Recorded, now or before.
    Recorded(Recorded),
    /// The id was recorded before with other content.
    IdReuse,
}

impl Store {
    /// Records the events of a device, one outcome an event in their order; returns after all are durable. An event that
    /// was recorded before gets what it counts for now, before anything else is looked at.
    ///
    /// `waiting` is how many more wait on the device. Scans of a revoked device are recorded, and held until
    /// [`Store::release`].
    ///
    /// # Errors
    /// [`Error::Denied`] when the scope is no device's; [`Error::Database`]: then nothing may have been recorded, and
    /// sending the same again is safe.
    pub async fn sync(&self, scope: &Scope, waiting: u32, scans: Vec<DeviceScan>) -> Result<Vec<SyncOutcome>> {
        scope.require(Permission::Scan)?;
        let Some(id) = scope.device() else {
            return Err(Error::Denied("handing over a device's scans"));
        };
        let revoked: Option<Option<At>> =
            read!(self.db(), pool => sqlx::query_scalar(REVOKED).bind(id.uuid()).fetch_optional(pool).await)
                .tried("looking up a device")?;
        // A device that is not there any more is trusted no more than a revoked one.
        let held = !matches!(revoked, Some(None));
        let at = self.env().now();
        let requests = scans
            .into_iter()
            .map(|scan| Request::event(scope.clone(), scan, at, held))
            .collect();
        let seen = Seen {
            device: id,
            at,
            waiting,
        };
        let results = self.writer().sync(requests, seen).await;
        results
            .into_iter()
            .map(|result| match result {
                Ok(recorded) => Ok(SyncOutcome::Recorded(recorded)),
                Err(CheckInError::IdReuse) => Ok(SyncOutcome::IdReuse),
                Err(CheckInError::Denied) => Err(Error::Denied("scanning")),
                Err(CheckInError::Storage(error)) => Err(error),
            })
            .collect()
    }
}
