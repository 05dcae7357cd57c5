//! One group of check-ins inside one transaction: look up, judge, record, fold.

use std::collections::HashMap;

use domain::{
    ActivityFacts, CountingRule, Decision, Facts, Flag, HolderId, ScanId, Verdict, Window, decide,
    effective_at,
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::check_ins::load::{self, ActivityKey, KnownPass, PassKey, Stored};
use crate::check_ins::save::{self, NewEvent};
use crate::check_ins::windows::{self, Settled, window_id};
use crate::check_ins::writer::Request;
use crate::engine::Tx;
use crate::environment::whole_microseconds;
use crate::holders::{number, tag_column};
use crate::records::Recorded;

/// A scan that arrives later than this after it was made is flagged `late`.
const LATE: SignedDuration = SignedDuration::from_hours(24);

/// What became of one request of a group.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    Recorded(Recorded),
    IdReuse,
}

/// Why a group was not recorded.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Another server recorded one of the ids since they were looked up.
    Raced,
    Database(sqlx::Error),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

/// Records a group; the outcomes are in the order of the requests. Nothing is durable before the caller's commit.
pub(crate) async fn record(tx: &mut Tx, requests: &[&Request]) -> Result<Vec<Outcome>, Failure> {
    let stored = load::stored(tx, requests.iter().map(|request| request.check_in.scan_id)).await?;
    // The first of each new id; the others of the same group are replays of it.
    let mut leaders: HashMap<ScanId, usize> = HashMap::new();
    let mut fresh: Vec<&Request> = Vec::with_capacity(requests.len());
    for &request in requests {
        let id = request.check_in.scan_id;
        if !stored.contains_key(&id) && !leaders.contains_key(&id) {
            leaders.insert(id, fresh.len());
            fresh.push(request);
        }
    }
    let (events, touched) = judge(tx, &fresh).await?;
    load::lock_holders(tx, touched.values().map(|(holder, _)| *holder)).await?;
    if save::events(tx, &events).await? < u64::try_from(events.len()).unwrap_or(u64::MAX) {
        return Err(Failure::Raced);
    }
    let settled = windows::settle(tx, &touched).await?;

    let mut seen = vec![false; fresh.len()];
    let outcomes = requests.iter().map(|request| {
        let id = request.check_in.scan_id;
        if let Some(stored) = stored.get(&id) {
            return Ok(replay(stored, request));
        }
        // Every id that is not stored has a leader: the loop above saw to it.
        let Some((event, seen)) = leaders.get(&id).and_then(|&at| events.get(at).zip(seen.get_mut(at))) else {
            return Ok(Outcome::IdReuse);
        };
        let replay = std::mem::replace(seen, true);
        if replay && event.content_hash != request.check_in.content_hash {
            return Ok(Outcome::IdReuse);
        }
        recorded(event, &settled, replay).map(Outcome::Recorded)
    });
    Ok(outcomes.collect::<Result<_, sqlx::Error>>()?)
}

/// The answer to an id that was recorded before. To somebody who could not see the first scan it is a re-used id.
fn replay(stored: &Stored, request: &Request) -> Outcome {
    let same = stored.is_check_in && stored.content_hash == request.check_in.content_hash;
    let visible = stored
        .organiser
        .is_none_or(|organiser| request.scope.reaches_organiser(organiser));
    if same && visible {
        Outcome::Recorded(as_recorded(stored, true))
    } else {
        Outcome::IdReuse
    }
}

/// A stored scan as the caller sees it.
pub(crate) fn as_recorded(stored: &Stored, replay: bool) -> Recorded {
    Recorded {
        scan_id: stored.scan_id,
        verdict: stored.verdict,
        reason: stored.reason,
        flags: stored.flags.clone(),
        first_visit: stored.first_visit,
        replay,
        first_name: None,
        number: stored.number,
    }
}

fn recorded(event: &NewEvent, settled: &Settled, replay: bool) -> Result<Recorded, sqlx::Error> {
    let decided = (event.decision.verdict, event.decision.reason);
    let folded = settled.verdicts.get(&event.scan_id).copied();
    // The fold knows counted or not; what decide() thought of a counted one ("flagged") stands.
    let (verdict, reason) = match folded {
        Some((Verdict::Counted, _)) | None => decided,
        Some(other) => other,
    };
    let mut flags = event.flags.clone();
    if settled.offline_duplicates.contains(&event.scan_id) {
        flags.insert(Flag::DuplicateOffline);
    }
    Ok(Recorded {
        scan_id: event.scan_id,
        verdict,
        reason,
        flags,
        first_visit: settled.first_visits.contains(&event.scan_id),
        replay,
        first_name: None,
        number: event.pass.and(event.tag).map(number).transpose()?,
    })
}

/// The windows that a group touches, with whose they are and how they count.
type Touched = HashMap<Uuid, (HolderId, CountingRule)>;

/// Loads the facts of a group set-wise, then decides each scan by itself, before the counting rule.
async fn judge(tx: &mut Tx, fresh: &[&Request]) -> Result<(Vec<NewEvent>, Touched), sqlx::Error> {
    if fresh.is_empty() {
        return Ok((Vec::new(), Touched::new()));
    }
    let mut pass_keys: Vec<PassKey> = fresh.iter().filter_map(|request| pass_key(request)).collect();
    pass_keys.sort_unstable();
    pass_keys.dedup();
    let passes = load::passes(tx, pass_keys.into_iter()).await?;

    let mut moments = Vec::with_capacity(fresh.len());
    let mut asked: HashMap<ActivityKey, (Timestamp, Timestamp)> = HashMap::new();
    for request in fresh {
        let pass = pass_key(request).and_then(|key| passes.get(&key));
        let (at, suspect) = moment(request, pass);
        moments.push((pass, at, suspect));
        let span = asked.entry(activity_key(request)).or_insert((at, at));
        *span = (span.0.min(at), span.1.max(at));
    }
    let activities = load::activities(tx, &asked).await?;

    let mut events = Vec::with_capacity(fresh.len());
    let mut touched = Touched::new();
    for (request, (pass, at, suspect)) in fresh.iter().zip(moments) {
        let activity = activities.get(&activity_key(request));
        let event = judge_one(request, pass, activity, at, suspect);
        if let (Some(window), Some(pass), Some(activity)) = (event.window, pass, activity) {
            touched.insert(window, (pass.holder, activity.rule));
        }
        events.push(event);
    }
    Ok((events, touched))
}

fn pass_key(request: &Request) -> Option<PassKey> {
    let scanned = request.check_in.input.as_ref().ok()?;
    Some((tag_column(scanned.number()), request.scope.partnership_uuid()))
}

fn activity_key(request: &Request) -> ActivityKey {
    (request.check_in.activity, request.scope.partnership_uuid())
}

/// When the scan counts, and whether its clock is suspect. Without a known pass nothing bounds the client's clock, and
/// nothing can count: the moment of arrival will do.
fn moment(request: &Request, pass: Option<&KnownPass>) -> (Timestamp, bool) {
    let check_in = &request.check_in;
    match (pass, check_in.occurred_at) {
        (Some(pass), Some(occurred_at)) => {
            let (at, suspect) = effective_at(
                occurred_at,
                check_in.clock_offset_ms,
                pass.issued_at,
                request.received_at,
            );
            (whole_microseconds(at), suspect)
        }
        _ => (request.received_at, false),
    }
}

fn judge_one(
    request: &Request,
    pass: Option<&KnownPass>,
    activity: Option<&ActivityFacts>,
    at: Timestamp,
    suspect: bool,
) -> NewEvent {
    let check_in = &request.check_in;
    let activity = activity.map(|activity| ActivityFacts {
        may_scan: request.scope.reaches_organiser(activity.organiser),
        ..activity.clone()
    });
    let decision = match check_in.input {
        Err(reason) => Decision::refused(reason, at),
        Ok(_) => decide(&Facts {
            key: check_in.key,
            pass: pass.map(|pass| &pass.facts).into(),
            activity: activity.as_ref(),
            at,
            already_counted: false,
        }),
    };
    let mut event = NewEvent::of(request, decision, at);
    event.organiser = activity.as_ref().map(|activity| activity.organiser);
    event.pass = pass.map(|pass| pass.pass);
    event.holder = pass.map(|pass| pass.holder);
    if let (true, Some(session), Some(pass), Some(activity)) =
        (decision.verdict.is_counted(), decision.session, pass, &activity)
    {
        let window = Window {
            holder: pass.holder,
            activity: activity.id,
            session,
            day: decision.day,
        };
        event.window = Some(window_id(&window, activity.rule));
    }
    if suspect {
        event.flags.insert(Flag::ClockSuspect);
    }
    if check_in.manual {
        event.flags.insert(Flag::Manual);
    }
    if request.received_at.duration_since(at) > LATE {
        event.flags.insert(Flag::Late);
    }
    event
}
