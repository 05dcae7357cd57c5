//! Taking a scan back: an event of its own, never a delete.

use std::collections::HashMap;

use domain::{Decision, Flags, Reason, ScanId, Verdict};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use crate::check_ins::AnnulError;
use crate::check_ins::batch::as_recorded;
use crate::check_ins::load::{self, Stored};
use crate::check_ins::save::{self, NewEvent};
use crate::check_ins::windows;
use crate::engine::Tx;
use crate::error::Error;
use crate::records::Recorded;
use crate::scope::{Actor, Role, Scope};

/// How long a client may take its own scan back (PROTOCOL §6).
const CLIENT_MAY_ANNUL_FOR: SignedDuration = SignedDuration::from_mins(15);

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
    load::lock_holders(tx, scan.holder.into_iter()).await.map_err(failed)?;
    // Again, now that nobody else can fold this holder's windows.
    let scan = find(tx, target).await?;
    allowed(scope, &scan, now)?;
    if scan.annulled {
        return Ok(as_recorded(&scan, true));
    }
    let event = NewEvent {
        scan_id: id,
        target: Some(target),
        content_hash: Sha256::digest(target.uuid().as_bytes()).into(),
        actor: scope.actor(),
        activity: scan.activity.uuid(),
        organiser: scan.organiser,
        pass: None,
        tag: None,
        holder: scan.holder,
        decision: Decision {
            verdict: Verdict::Annulled,
            reason: Reason::Annulled,
            session: None,
            day: domain::local_day(now),
        },
        window: None,
        occurred_at: now,
        clock_offset_ms: 0,
        received_at: now,
        effective_at: now,
        manual: false,
        flags: Flags::new(),
    };
    save::events(tx, &[event]).await.map_err(failed)?;
    if let (Some(window), Some(holder), Some(rule)) = (scan.window, scan.holder, scan.rule) {
        windows::settle(tx, &HashMap::from([(window, (holder, rule))]))
            .await
            .map_err(failed)?;
    }
    Ok(as_recorded(&find(tx, target).await?, false))
}

async fn find(tx: &mut Tx, target: ScanId) -> Result<Stored, AnnulError> {
    let mut found = load::stored(tx, std::iter::once(target)).await.map_err(failed)?;
    found
        .remove(&target)
        .filter(|stored| stored.is_check_in)
        .ok_or(AnnulError::Unknown)
}

/// Clients take back their own scans, and soon; people of the organiser and coordinators any of theirs, at any time.
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
    match (scope.role(), scope.actor()) {
        (Some(Role::Coordinator | Role::Organiser), _) | (None, Actor::Cli | Actor::Job) => Ok(()),
        _ if !own => Err(AnnulError::Denied),
        _ if now.duration_since(scan.effective_at) > CLIENT_MAY_ANNUL_FOR => Err(AnnulError::TooLate),
        _ => Ok(()),
    }
}
