//! The two nights in which the clock on the wall jumps, for phones without network: what counts goes by instants and local
//! days, never by what the wall said.

use domain::{ActivityId, CountingRule, DeviceEvent, DeviceRole, Reason, Verdict};
use jiff::{SignedDuration, Timestamp};
use storage::{NewActivity, Organiser, Pass, Scope};
use tests::conformance::{World, moment, on_both_engines};

use crate::phone::{ANNULLED, COUNTED, DUPLICATE, Phone, verdicts};

/// An activity that is on from dusk to dawn; one visit a day counts.
async fn night(world: &World, club: &Organiser, starts_at: &str, ends_at: &str) -> ActivityId {
    let new = NewActivity {
        starts_at: moment(starts_at),
        ends_at: moment(ends_at),
        ..world.new_activity(club.id, CountingRule::OncePerDay)
    };
    world.store.add_activity(&Scope::cli(), new).await.unwrap().id
}

/// Scans a pass at this moment, as the phone's own clock has it.
fn scan_at(phone: &mut Phone, world: &World, pass: &Pass, activity: ActivityId, at: &str) -> DeviceEvent {
    DeviceEvent {
        occurred_at: moment(at),
        ..phone.scan(world, pass, activity)
    }
}

/// Ahead by an hour: the phone's clock jumped when it should not have, or not when it should, and it found out.
fn an_hour_off(event: DeviceEvent) -> DeviceEvent {
    DeviceEvent {
        occurred_at: event.occurred_at + SignedDuration::from_hours(1),
        clock_offset_ms: -3_600_000,
        ..event
    }
}

/// Everything arrives the next noon, in this order and in the other.
async fn hand_over(world: &World, noon: &str, phone: &Phone, events: &[DeviceEvent]) -> Vec<(Verdict, Reason)> {
    let noon: Timestamp = moment(noon);
    world.clock.set(noon);
    let mut backwards = events.to_vec();
    backwards.reverse();
    phone.sync(world, &backwards).await;
    let standing = verdicts(&phone.sync(world, events).await);
    assert_eq!(verdicts(&phone.sync(world, events).await), standing);
    standing
}

#[tokio::test]
async fn in_the_night_that_loses_an_hour_a_day_is_still_a_day() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let activity = night(&world, &club, "2026-03-28T21:00:00Z", "2026-03-29T21:00:00Z").await;
        let (ana, bo) = (world.issue("Ana").await.pass, world.issue("Bo").await.pass);
        let mut phone = Phone::pair(&world, &club, DeviceRole::Counter, 4).await;
        let mut scan = |pass: &Pass, at: &str| scan_at(&mut phone, &world, pass, activity, at);
        let events = [
            // 23:59:59 on Saturday, 00:00 on Sunday.
            scan(&ana, "2026-03-28T22:59:59Z"),
            scan(&ana, "2026-03-28T23:00:00Z"),
            // 01:59:59, and a second later it is 03:00.
            scan(&ana, "2026-03-29T00:59:59Z"),
            an_hour_off(scan(&ana, "2026-03-29T01:00:00Z")),
            // 23:59:59 after 23 hours; midnight.
            scan(&ana, "2026-03-29T21:59:59Z"),
            scan(&ana, "2026-03-29T22:00:00Z"),
            // Across the jump ten minutes are ten minutes, though the wall says an hour and ten.
            scan(&bo, "2026-03-29T00:55:00Z"),
        ];
        let undo = phone.annul(&world, events[6].scan_id, activity);
        let undo = DeviceEvent {
            occurred_at: moment("2026-03-29T01:05:00Z"),
            ..undo
        };
        let events: Vec<DeviceEvent> = events.into_iter().chain([undo]).collect();
        let standing = hand_over(&world, "2026-03-30T10:00:00Z", &phone, &events).await;
        let expected = [
            COUNTED, COUNTED, DUPLICATE, DUPLICATE, DUPLICATE, COUNTED, ANNULLED, ANNULLED,
        ];
        assert_eq!(standing, expected);
        world.tell(standing);
        world
    })
    .await;
}

#[tokio::test]
async fn in_the_night_that_has_an_hour_twice_the_earlier_instant_counts() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        world.clock.set(moment("2026-10-20T10:00:00Z"));
        let activity = night(&world, &club, "2026-10-24T22:00:00Z", "2026-10-25T22:00:00Z").await;
        let (ana, bo) = (world.issue("Ana").await.pass, world.issue("Bo").await.pass);
        let mut phone = Phone::pair(&world, &club, DeviceRole::Counter, 4).await;
        let mut other = Phone::pair(&world, &club, DeviceRole::Counter, 5).await;
        // 02:15 the second time, 02:45 the first time: the wall has them the wrong way round.
        let second = scan_at(&mut phone, &world, &ana, activity, "2026-10-25T01:15:00Z");
        let first = scan_at(&mut other, &world, &ana, activity, "2026-10-25T00:45:00Z");
        let mut scan = |pass: &Pass, at: &str| scan_at(&mut phone, &world, pass, activity, at);
        let events = [
            second,
            // 02:30 twice; the day has 25 hours; midnight.
            scan(&bo, "2026-10-25T00:30:00Z"),
            an_hour_off(scan(&bo, "2026-10-25T01:30:00Z")),
            scan(&bo, "2026-10-25T22:59:59Z"),
            scan(&bo, "2026-10-25T23:00:00Z"),
        ];
        let standing = hand_over(&world, "2026-10-26T10:00:00Z", &phone, &events).await;
        assert_eq!(standing, [COUNTED, COUNTED, DUPLICATE, DUPLICATE, COUNTED]);
        assert_eq!(verdicts(&other.sync(&world, &[first]).await), [COUNTED]);
        assert_eq!(verdicts(&phone.sync(&world, &events[..1]).await), [DUPLICATE]);
        world.tell(standing);
        world
    })
    .await;
}
