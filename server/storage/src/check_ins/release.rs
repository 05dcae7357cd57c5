//! Letting a scan, or an annulment, of a revoked device take effect after all.

use std::collections::HashMap;

use domain::ScanId;
use jiff::Timestamp;

use crate::check_ins::annulments;
use crate::check_ins::batch::as_recorded;
use crate::check_ins::stored;
use crate::check_ins::{locks, windows};
use crate::columns::At;
use crate::engine::within;
use crate::error::Error;
use crate::records::Recorded;
use crate::scope::{Permission, Scope};
use crate::store::Store;

/// Why a scan could not be released.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// There is no such scan in quarantine, or it is outside the scope. Answer 404.
    #[error("no such scan in quarantine")]
    Unknown,
    /// Only a supervisor, the organiser or a coordinator releases. Answer 403 `role_denied`.
    #[error("releasing scans is not allowed in this scope")]
    Denied,
    /// The database failed; trying again is safe.
    #[error("releasing a scan failed")]
    Storage(#[source] Error),
}

const RELEASE: &str = "
    UPDATE quarantine
    SET released_at = $2,
        released_by = $3
    WHERE scan_id = $1
      AND released_at IS NULL";

const HELD: &str = "SELECT CAST(count(*) AS BIGINT) FROM quarantine WHERE scan_id = $1";

fn failed(source: sqlx::Error) -> ReleaseError {
    ReleaseError::Storage(Error::Database {
        tried: "releasing a scan",
        source,
    })
}

impl Store {
    /// Lets a scan of a revoked device count, or an annulment of it take effect, as of `now`: its window is folded again, by when it was made. Durable when
    /// this returns. Releasing twice answers the same with `replay` set.
    ///
    /// # Errors
    /// [`ReleaseError`].
    pub async fn release(&self, scope: &Scope, scan: ScanId, now: Timestamp) -> Result<Recorded, ReleaseError> {
        if !(scope.supervises() && (scope.may(Permission::ManageDevices) || scope.device().is_some())) {
            return Err(ReleaseError::Denied);
        }
        let mut tx = self.begin().await.map_err(ReleaseError::Storage)?;
        let known = stored::stored(&mut tx, std::iter::once(scan)).await.map_err(failed)?;
        let known = known
            .get(&scan)
            .filter(|known| {
                known
                    .organiser
                    .is_some_and(|organiser| scope.reaches_organiser(organiser))
            })
            .ok_or(ReleaseError::Unknown)?;
        locks::organisers(&mut tx, known.organiser.into_iter(), true)
            .await
            .map_err(failed)?;
        let target = stored::stored(&mut tx, known.target.into_iter())
            .await
            .map_err(failed)?;
        let holders = target.values().filter_map(|target| target.holder).chain(known.holder);
        locks::holders(&mut tx, holders).await.map_err(failed)?;
        let held: i64 =
            within!(tx, c => sqlx::query_scalar(HELD).bind(scan.uuid()).fetch_one(c).await).map_err(failed)?;
        if held == 0 {
            return Err(ReleaseError::Unknown);
        }
        let released = within!(tx, c => sqlx::query(RELEASE)
            .bind(scan.uuid())
            .bind(At(now))
            .bind(scope.actor().uuid())
            .execute(c)
            .await
            .map(|done| done.rows_affected()))
        .map_err(failed)?;
        let mut touched = HashMap::new();
        if let (Some(window), Some(holder), Some(rule)) = (known.window, known.holder, known.rule) {
            touched.insert(window, (holder, rule));
        }
        let annulled = annulments::settle(&mut tx, known.target.into_iter())
            .await
            .map_err(failed)?;
        touched.extend(annulled.windows);
        windows::settle(&mut tx, &touched).await.map_err(failed)?;
        let mut now = stored::stored(&mut tx, std::iter::once(scan)).await.map_err(failed)?;
        let now = now.remove(&scan).ok_or(ReleaseError::Unknown)?;
        tx.commit().await.map_err(failed)?;
        Ok(as_recorded(&now, released == 0))
    }
}
