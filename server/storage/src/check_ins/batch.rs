//! One group of check-ins inside one transaction: look up, judge, record, fold.

use std::collections::HashMap;

use domain::{
    ActivityFacts, CountingRule, Decision, Facts, Flag, HolderId, Reason, ScanId, Verdict, Window, decide,
    effective_at, honour_refusal, local_day,
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::check_ins::annulments::{self, Annulled};
use crate::check_ins::load::{self, ActivityKey, KnownPass, PassKey};
use crate::check_ins::locks;
use crate::check_ins::request::{Act, Request};
use crate::check_ins::save::{self, NewEvent};
use crate::check_ins::stored::{self, Stored};
use crate::check_ins::windows::{self, Settled, window_id};
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
    let stored = stored::stored(tx, requests.iter().map(|request| request.scan_id)).await?;
    // The first of each new id; the others of the same group are replays of it.
    let mut leaders: HashMap<ScanId, usize> = HashMap::new();
    let mut fresh: Vec<&Request> = Vec::with_capacity(requests.len());
    for &request in requests {
        let id = request.scan_id;
        if !stored.contains_key(&id) && !leaders.contains_key(&id) {
            leaders.insert(id, fresh.len());
            fresh.push(request);
        }
    }
    let (events, mut touched) = judge(tx, &fresh).await?;
    let annuls = fresh.iter().any(|request| request.target().is_some());
    locks::organisers(tx, events.iter().filter_map(|event| event.organiser), annuls).await?;
    let mut holders: Vec<HolderId> = touched.values().map(|(holder, _)| *holder).collect();
    if annuls {
        let targets = fresh.iter().filter_map(|request| request.target());
        let targets = stored::stored(tx, targets).await?;
        holders.extend(targets.values().filter_map(|target| target.holder));
    }
    locks::holders(tx, holders.into_iter()).await?;
    if save::events(tx, &events).await? < u64::try_from(events.len()).unwrap_or(u64::MAX) {
        return Err(Failure::Raced);
    }
    save::quarantine(tx, &events).await?;
    // Annulments of this group, and annulments that were here before their scan.
    let targets = fresh.iter().map(|request| request.target().unwrap_or(request.scan_id));
    let replayed = stored.values().filter_map(|stored| stored.target);
    let annulled = annulments::settle(tx, targets.chain(replayed)).await?;
    touched.extend(&annulled.windows);
    let settled = windows::settle(tx, &touched).await?;

    let now = Now {
        annulled: &annulled,
        settled: &settled,
    };
    let mut seen = vec![false; fresh.len()];
    let outcomes = requests.iter().map(|request| {
        let id = request.scan_id;
        if let Some(stored) = stored.get(&id) {
            return Ok(now.replay(stored, request));
        }
        // Every id that is not stored has a leader: the loop above saw to it.
        let Some((event, seen)) = leaders.get(&id).and_then(|&at| events.get(at).zip(seen.get_mut(at))) else {
            return Ok(Outcome::IdReuse);
        };
        let replay = std::mem::replace(seen, true);
        if replay && event.content_hash != request.content_hash {
            return Ok(Outcome::IdReuse);
        }
        now.recorded(event, replay).map(Outcome::Recorded)
    });
    Ok(outcomes.collect::<Result<_, sqlx::Error>>()?)
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

/// What the group came to.
struct Now<'a> {
    annulled: &'a Annulled,
    settled: &'a Settled,
}

impl Now<'_> {
    /// The answer to an id that was recorded before. To somebody who could not see the first event it is a re-used id.
    fn replay(&self, stored: &Stored, request: &Request) -> Outcome {
        let same = stored.target == request.target() && stored.content_hash == request.content_hash;
        let visible = stored
            .organiser
            .is_none_or(|organiser| request.scope.reaches_organiser(organiser));
        if !(same && visible) {
            return Outcome::IdReuse;
        }
        let mut recorded = as_recorded(stored, true);
        if stored.target.is_some() {
            let decided = (recorded.verdict, recorded.reason);
            (recorded.verdict, recorded.reason) = self.annulment(stored.scan_id, decided);
        } else if self.annulled.targets.get(&stored.scan_id) == Some(&true) {
            // Taken back by this very group.
            (recorded.verdict, recorded.reason) = (Verdict::Annulled, Reason::Annulled);
        }
        Outcome::Recorded(recorded)
    }

    /// Whether an annulment stands. Of one whose scan is not here yet, what is known without it.
    fn annulment(&self, id: ScanId, without: (Verdict, Reason)) -> (Verdict, Reason) {
        match self.annulled.verdicts.get(&id) {
            None => without,
            Some(Ok(())) => (Verdict::Annulled, Reason::Annulled),
            Some(Err(reason)) => (Verdict::Refused, *reason),
        }
    }

    fn recorded(&self, event: &NewEvent, replay: bool) -> Result<Recorded, sqlx::Error> {
        let id = event.scan_id;
        let decided = (event.decision.verdict, event.decision.reason);
        let held = event.device.as_ref().is_some_and(|mark| mark.held);
        let revoked = (Verdict::Refused, Reason::DeviceRevoked);
        let (verdict, reason) = if event.target.is_some() {
            self.annulment(id, if held { revoked } else { decided })
        } else if self.annulled.targets.get(&id) == Some(&true) {
            (Verdict::Annulled, Reason::Annulled)
        } else if held {
            revoked
        } else {
            // The fold knows counted or not; what decide() thought of a counted one ("flagged") stands.
            match self.settled.verdicts.get(&id).copied() {
                Some((Verdict::Counted, _)) | None => decided,
                Some(other) => other,
            }
        };
        let mut flags = event.flags.clone();
        if self.settled.offline_duplicates.contains(&id) {
            flags.insert(Flag::DuplicateOffline);
        }
        Ok(Recorded {
            scan_id: id,
            verdict,
            reason,
            flags,
            first_visit: self.settled.first_visits.contains(&id),
            replay,
            first_name: None,
            number: event.pass.and(event.tag).map(number).transpose()?,
        })
    }
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
    let scanned = request.scanned()?;
    Some((tag_column(scanned.number()), request.scope.partnership_uuid()))
}

fn activity_key(request: &Request) -> ActivityKey {
    (request.activity, request.scope.partnership_uuid())
}

/// When the event counts, and whether its clock is suspect. Without a known pass nothing can count and only the moment
/// of arrival bounds the clock: an annulment still has to be compared with its scan.
fn moment(request: &Request, pass: Option<&KnownPass>) -> (Timestamp, bool) {
    let earliest = match (pass, request.target()) {
        (Some(pass), _) => pass.issued_at,
        (None, Some(_)) => Timestamp::MIN,
        (None, None) => return (request.received_at, false),
    };
    match request.occurred_at {
        Some(occurred_at) => {
            let (at, suspect) = effective_at(occurred_at, request.clock_offset_ms, earliest, request.received_at);
            (whole_microseconds(at), suspect)
        }
        None => (request.received_at, false),
    }
}

fn judge_one(
    request: &Request,
    pass: Option<&KnownPass>,
    activity: Option<&ActivityFacts>,
    at: Timestamp,
    suspect: bool,
) -> NewEvent {
    let activity = activity.map(|activity| ActivityFacts {
        may_scan: request.scope.reaches_organiser(activity.organiser),
        ..activity.clone()
    });
    let decision = match &request.act {
        Act::Annul { .. } => Decision {
            verdict: Verdict::Annulled,
            reason: Reason::Annulled,
            session: None,
            day: local_day(at),
        },
        Act::CheckIn { input: Err(reason), .. } => Decision::refused(*reason, at),
        Act::CheckIn { key, .. } => decide(&Facts {
            key: *key,
            pass: pass.map(|pass| &pass.facts).into(),
            activity: activity.as_ref(),
            at,
            already_counted: false,
        }),
    };
    let decision = match &request.device {
        Some(mark) => honour_refusal(mark.verdict, mark.reason, decision),
        None => decision,
    };
    let mut event = NewEvent::of(request, decision, at);
    // A device's annulment reaches its organiser's scans, whatever activity it names.
    event.organiser = match request.target() {
        Some(_) => request.scope.organiser(),
        None => activity.as_ref().map(|activity| activity.organiser),
    }
    // What a device says of an activity that is not here still belongs to its organiser's evening.
    .or_else(|| request.device.as_ref().and(request.scope.organiser()));
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
    if event.manual {
        event.flags.insert(Flag::Manual);
    }
    if request.received_at.duration_since(at) > LATE {
        event.flags.insert(Flag::Late);
    }
    event
}
