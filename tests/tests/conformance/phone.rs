//! A paired phone for the stories of this suite: it writes a chain of events and hands them to the store.

use domain::{ActivityId, DeviceEvent, DeviceRole, EventKind, KeyVerdict, Reason, ScanId, Verdict};
use jiff::SignedDuration;
use storage::{DeviceScan, KnownDevice, Organiser, Pass, Recorded, Scope, SyncOutcome};
use tests::conformance::World;

use crate::devices::paired;

/// A paired phone that writes a chain of events.
pub(crate) struct Phone {
    pub(crate) known: KnownDevice,
    seq: i64,
    prev: Option<String>,
}

impl Phone {
    pub(crate) async fn pair(world: &World, club: &Organiser, role: DeviceRole, number: u8) -> Self {
        Self {
            known: paired(world, club, role, number).await,
            seq: 0,
            prev: None,
        }
    }

    pub(crate) fn event(&mut self, world: &World, activity: ActivityId) -> DeviceEvent {
        world.clock.advance(SignedDuration::from_secs(1));
        self.seq += 1;
        let event = DeviceEvent {
            scan_id: world.scan_id(),
            seq: self.seq,
            prev: self.prev.take(),
            kind: EventKind::CheckIn,
            credential: None,
            number: None,
            activity_id: activity,
            target_scan_id: None,
            occurred_at: world.now(),
            clock_offset_ms: 0,
            package_epoch: 1,
            device_verdict: Verdict::Counted,
            device_reason: Reason::Ok,
            manual: false,
        };
        self.prev = Some(event.next_prev());
        event
    }

    pub(crate) fn scan(&mut self, world: &World, pass: &Pass, activity: ActivityId) -> DeviceEvent {
        DeviceEvent {
            credential: Some(pass.credential.to_qr_text()),
            ..self.event(world, activity)
        }
    }

    pub(crate) fn annul(&mut self, world: &World, target: ScanId, activity: ActivityId) -> DeviceEvent {
        DeviceEvent {
            kind: EventKind::Annul,
            target_scan_id: Some(target),
            device_verdict: Verdict::Annulled,
            device_reason: Reason::Annulled,
            ..self.event(world, activity)
        }
    }

    pub(crate) async fn sync(&self, world: &World, events: &[DeviceEvent]) -> Vec<Recorded> {
        let outcomes = world.store.sync(&self.known.scope, 0, checked(events)).await.unwrap();
        assert_eq!(outcomes.len(), events.len());
        outcomes.into_iter().map(recorded).collect()
    }
}

/// As the server hands them to the store, their signatures found valid.
pub(crate) fn checked(events: &[DeviceEvent]) -> Vec<DeviceScan> {
    let checked = |event: &DeviceEvent| DeviceScan {
        event: event.clone(),
        key: event.credential.as_ref().map(|_| KeyVerdict::Valid),
    };
    events.iter().map(checked).collect()
}

fn recorded(outcome: SyncOutcome) -> Recorded {
    match outcome {
        SyncOutcome::Recorded(recorded) => recorded,
        SyncOutcome::IdReuse => unreachable!("no id was used twice"),
    }
}

pub(crate) fn verdicts(recorded: &[Recorded]) -> Vec<(Verdict, Reason)> {
    recorded.iter().map(|one| (one.verdict, one.reason)).collect()
}

pub(crate) async fn visits(world: &World, club: &Organiser) -> u64 {
    world.store.counts_today(&Scope::cli(), club.id).await.unwrap()
}

pub(crate) const COUNTED: (Verdict, Reason) = (Verdict::Counted, Reason::Ok);
pub(crate) const DUPLICATE: (Verdict, Reason) = (Verdict::Duplicate, Reason::AlreadyCounted);
pub(crate) const ANNULLED: (Verdict, Reason) = (Verdict::Annulled, Reason::Annulled);
