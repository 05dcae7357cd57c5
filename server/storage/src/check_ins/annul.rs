//! Taking a scan back, by a client or a person: an event of its own, never a delete. A device's annulments come with its
//! other events.

use domain::{AnnulFacts, Reason, ScanId, may_annul};
use jiff::Timestamp;

use crate::check_ins::AnnulError;
use crate::check_ins::batch::{self, Failure, as_recorded};
use crate::check_ins::request::Request;
use crate::check_ins::stored::{self, Stored};
use crate::engine::Tx;
use crate::error::Error;
use crate::records::Recorded;
use crate::scope::Scope;

fn failed(source: sqlx::Error) -> AnnulError {
    AnnulError::Storage(Error::Database {
        tried: "annulling a scan",
        source,
    })
}

/// Records the annulment `id` of `target` and folds the window again. Durable after the caller's commit.
pub(crate) async fn annul(
    tx: &mut Tx,
    scope: &Scope,
    id: ScanId,
    target: ScanId,
    now: Timestamp,
) -> Result<Recorded, AnnulError> {
    let scan = find(tx, target).await?;
    allowed(scope, &scan, now)?;
    if scan.annulled {
        return Ok(as_recorded(&scan, true));
    }
    let request = Request::annul(scope.clone(), id, target, scan.activity, now);
    batch::record(tx, &[&request]).await.map_err(|failure| match failure {
        Failure::Database(source) => failed(source),
        // The id was made for this call.
        Failure::Raced => failed(sqlx::Error::RowNotFound),
    })?;
    Ok(as_recorded(&find(tx, target).await?, false))
}

async fn find(tx: &mut Tx, target: ScanId) -> Result<Stored, AnnulError> {
    let mut found = stored::stored(tx, std::iter::once(target)).await.map_err(failed)?;
    found
        .remove(&target)
        .filter(|stored| stored.target.is_none())
        .ok_or(AnnulError::Unknown)
}

/// Says no before anything is recorded; the rule is `domain::may_annul`. What is out of reach does not exist.
fn allowed(scope: &Scope, scan: &Stored, now: Timestamp) -> Result<(), AnnulError> {
    let own = scan.actor.is_some() && scan.actor == scope.actor().uuid();
    let reached = match (scope.organiser(), scan.organiser) {
        (None, _) => true,
        (Some(bound), Some(organiser)) => bound == organiser,
        (Some(_), None) => own,
    };
    if !reached {
        return Err(AnnulError::Unknown);
    }
    may_annul(&AnnulFacts {
        own,
        supervises: scope.supervises(),
        scanned_at: scan.effective_at,
        annulled_at: now,
    })
    .map_err(|reason| match reason {
        Reason::AnnulTooLate => AnnulError::TooLate,
        _ => AnnulError::Denied,
    })
}
