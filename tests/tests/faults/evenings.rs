//! Twenty phones, each with its own way to the server: batches split anywhere, in any order, some of them twice, all at the
//! same time. What counts in the end is what the domain's fold says of the same set of events.

use std::collections::{BTreeMap, HashMap};

use domain::{
    AnnulFacts, CountingRule, DeviceEvent, EventKind, FoldEvent, HolderId, Reason, ScanId, SessionId, Verdict, Window,
    fold, local_day, may_annul,
};
use jiff::{SignedDuration, Timestamp};
use tests::on_both_engines;
use tests::phone::Phone;
use tests::world::{Pass, World};

use crate::club::Club;
use crate::dice::Dice;
use crate::long;
use crate::outbox::Outbox;

on_both_engines!(any_way_of_twenty_phones_to_the_server_ends_in_what_the_fold_says);

const PHONES: usize = 20;
const SUPERVISORS: usize = 3;
const EVENTS: usize = 40;
const PASSES: usize = 25;

async fn any_way_of_twenty_phones_to_the_server_ends_in_what_the_fold_says(world: World) {
    for seed in 0..if long() { 50 } else { 1 } {
        evening(&world, seed).await;
    }
}

/// What one phone did.
struct Desk {
    phone: Phone,
    supervises: bool,
    events: Vec<DeviceEvent>,
}

async fn evening(world: &World, seed: u64) {
    let mut dice = Dice::new(seed);
    let club = Club::open(world).await;
    let before = world.participations().await;
    let passes = world.passes(PASSES).await;
    let mut desks = Vec::new();
    for number in 0..PHONES {
        let supervises = number < SUPERVISORS;
        let phone = if supervises {
            club.supervisor(world).await
        } else {
            club.counter(world).await
        };
        desks.push(Desk {
            phone,
            supervises,
            events: Vec::new(),
        });
    }
    // From here to four minutes ahead: a clock may be that wrong and is still believed.
    let from = world.environment().now();
    for _ in 0..PHONES * EVENTS {
        let desk = dice.roll(PHONES);
        let event = happen(&mut dice, &desks, desk, &club, &passes, from);
        desks[desk].events.push(event);
    }

    let outbox = Outbox::new(|path| world.server.url(path), &world.ticketing);
    let mut running = tokio::task::JoinSet::new();
    for desk in &desks {
        let way: Vec<String> = way(&mut dice, &desk.events)
            .iter()
            .map(|batch| desk.phone.jws(batch))
            .collect();
        let outbox = outbox.clone();
        running.spawn(async move {
            for jws in way {
                outbox.batch(&jws).await;
            }
        });
    }
    running.join_all().await;

    let (expected, participations) = folded(&desks, &club, &passes);
    for desk in &desks {
        for batch in desk.events.chunks(200) {
            let results = outbox.batch(&desk.phone.jws(batch)).await;
            for (event, result) in batch.iter().zip(results) {
                let standing = (result.verdict, result.reason);
                assert_eq!(standing, expected[&event.scan_id], "seed {seed}: {event:?}");
            }
        }
    }
    assert_eq!(world.participations().await, before + participations, "seed {seed}");
}

/// One thing that somebody at this desk does.
fn happen(dice: &mut Dice, desks: &[Desk], desk: usize, club: &Club, passes: &[Pass], from: Timestamp) -> DeviceEvent {
    let phone = &desks[desk].phone;
    // Few enough moments that some are the same.
    let at = from + SignedDuration::from_secs(dice.roll(240) as i64);
    // Mostly one's own scans are taken back, sometimes somebody else's.
    let theirs = if dice.once_in(4) { dice.roll(PHONES) } else { desk };
    let scans = desks[theirs]
        .events
        .iter()
        .filter(|event| event.kind == EventKind::CheckIn);
    let scans: Vec<&DeviceEvent> = scans.collect();
    let event = if dice.once_in(6) && !scans.is_empty() {
        phone.annul(scans[dice.roll(scans.len())])
    } else {
        let (pass, activity) = (dice.pick(passes), dice.pick(&club.activities).id);
        if dice.once_in(8) {
            phone.typed(&pass.number, activity)
        } else {
            phone.check_in(&pass.credential, activity)
        }
    };
    let event = DeviceEvent {
        occurred_at: at,
        ..event
    };
    if event.kind == EventKind::CheckIn && dice.once_in(15) {
        // Whom the phone sent away does not count.
        return DeviceEvent {
            device_verdict: Verdict::Refused,
            device_reason: Reason::Revoked,
            ..event
        };
    }
    event
}

/// How the events of one phone go: in batches of any size, some twice, shuffled within and among each other.
fn way(dice: &mut Dice, events: &[DeviceEvent]) -> Vec<Vec<DeviceEvent>> {
    let mut events = events.to_vec();
    if dice.once_in(2) {
        dice.shuffle(&mut events);
    }
    let mut batches = Vec::new();
    let mut rest = events.as_slice();
    while !rest.is_empty() {
        let (batch, behind) = rest.split_at(1 + dice.roll(rest.len().min(17)));
        batches.push(batch.to_vec());
        if dice.once_in(3) {
            batches.push(batch.to_vec());
        }
        // A request that was not answered, tried again with more behind it.
        if dice.once_in(4) {
            batches.push(rest[..rest.len().min(batch.len() + 5)].to_vec());
        }
        rest = behind;
    }
    dice.shuffle(&mut batches);
    batches
}

/// What every event must stand for, and how many visits count, by the domain alone.
fn folded(desks: &[Desk], club: &Club, passes: &[Pass]) -> (HashMap<ScanId, (Verdict, Reason)>, u64) {
    let scans: HashMap<ScanId, (usize, &DeviceEvent)> = desks
        .iter()
        .enumerate()
        .flat_map(|(desk, one)| one.events.iter().map(move |event| (event.scan_id, (desk, event))))
        .filter(|(_, (_, event))| event.kind == EventKind::CheckIn)
        .collect();
    let mut standing = HashMap::new();
    let mut annulled = HashMap::new();
    for (desk, one) in desks.iter().enumerate() {
        for event in &one.events {
            let Some((whose, scan)) = event.target_scan_id.map(|target| scans[&target]) else {
                continue;
            };
            let allowed = may_annul(&AnnulFacts {
                own: whose == desk,
                supervises: one.supervises,
                scanned_at: scan.occurred_at,
                annulled_at: event.occurred_at,
            });
            let verdict = match allowed {
                Ok(()) => (Verdict::Annulled, Reason::Annulled),
                Err(reason) => (Verdict::Refused, reason),
            };
            standing.insert(event.scan_id, verdict);
            annulled
                .entry(scan.scan_id)
                .and_modify(|done| *done |= allowed.is_ok())
                .or_insert(allowed.is_ok());
        }
    }

    let holders: HashMap<&str, HolderId> = passes
        .iter()
        .enumerate()
        .flat_map(|(number, pass)| {
            let holder = HolderId::from(uuid::Uuid::from_u128(number as u128));
            [(pass.credential.as_str(), holder), (pass.number.as_str(), holder)]
        })
        .collect();
    let mut windows: BTreeMap<String, (CountingRule, Vec<FoldEvent>)> = BTreeMap::new();
    for (desk, scan) in scans.values() {
        let activity = club
            .activities
            .iter()
            .find(|activity| activity.id == scan.activity_id)
            .unwrap();
        let read = scan.credential.as_ref().or(scan.number.as_ref()).unwrap();
        let window = Window {
            holder: holders[read.as_str()],
            activity: activity.id,
            // Each activity has one session.
            session: SessionId::from(activity.id.uuid()),
            day: local_day(scan.occurred_at),
        };
        let event = FoldEvent {
            scan_id: scan.scan_id,
            effective_at: scan.occurred_at,
            device: Some(desks[*desk].phone.id.uuid()),
            seq: scan.seq,
            offline: false,
            accepted: scan.device_verdict != Verdict::Refused,
            annulled: annulled.get(&scan.scan_id) == Some(&true),
        };
        // Refused by the phone: it stays so, unless it was taken back.
        standing.insert(scan.scan_id, (scan.device_verdict, scan.device_reason));
        let window = windows
            .entry(window.counting_key(activity.rule))
            .or_insert((activity.rule, Vec::new()));
        window.1.push(event);
    }
    let mut participations = 0;
    for (rule, events) in windows.values_mut() {
        let verdicts = fold(*rule, events);
        participations += u64::from(verdicts.iter().any(|(_, verdict, _)| verdict.is_counted()));
        standing.extend(
            verdicts
                .into_iter()
                .map(|(scan, verdict, reason)| (scan, (verdict, reason))),
        );
    }
    (standing, participations)
}
