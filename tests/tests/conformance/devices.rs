//! Paired devices: a code opens once, a device is the organiser's, and what it takes along names nobody.

use domain::{
    ActivityId, CountingRule, DeviceEvent, DeviceId, DeviceRole, EventKind, KeyVerdict, PairingCode, PassStatus,
    Reason, Verdict, visit_key,
};
use jiff::SignedDuration;
use storage::{
    Device, DeviceKey, DeviceScan, Engine, Error, KnownDevice, LONGEST_DEVICE_NAME, Organiser, PairingError, Pass,
    Permission, Role, Scope, SyncOutcome,
};
use tests::conformance::{World, on_both_engines};

use crate::scopes::account;

/// A key that is only compared, never used.
fn key(number: u8) -> DeviceKey {
    DeviceKey([number; 65])
}

/// Pairs a device with this organiser.
pub(crate) async fn paired(world: &World, club: &Organiser, role: DeviceRole, number: u8) -> KnownDevice {
    let (code, _) = world.store.create_pairing(&Scope::cli(), club.id, role).await.unwrap();
    let device = pair(world, &code, "Gsm van Ana", number).await.unwrap();
    known(world, device.id).await
}

async fn pair(world: &World, code: &PairingCode, name: &str, number: u8) -> Result<Device, PairingError> {
    world.store.pair_device(&Scope::public(), code, name, key(number)).await
}

async fn known(world: &World, id: DeviceId) -> KnownDevice {
    world.store.device_by_id(id).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_code_pairs_one_device_within_ten_minutes() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let (code, until) = world
            .store
            .create_pairing(&Scope::cli(), club.id, DeviceRole::Supervisor)
            .await
            .unwrap();
        assert_eq!(until, world.now() + SignedDuration::from_mins(10));
        world.tell((code.to_string(), until));
        world.wait_minutes(9);
        let device = pair(&world, &code, "  Gsm aan de ingang ", 4).await.unwrap();
        assert_eq!((device.name.as_str(), device.organiser), ("Gsm aan de ingang", club.id));
        assert_eq!((device.role, device.waiting), (DeviceRole::Supervisor, 0));
        assert!(device.revoked_at.is_none() && !device.roll_requested);
        let found = known(&world, device.id).await;
        assert_eq!((&found.device, found.key, found.old_key), (&device, key(4), None));
        assert_eq!(found.scope.device(), Some(device.id));
        assert_eq!(found.scope.organiser(), Some(club.id));
        assert!(found.scope.supervises() && found.scope.may(Permission::Scan));
        assert!(!found.scope.may(Permission::ManageDevices) && !found.scope.may(Permission::FindHolder));
        world.tell(&device);
        assert!(
            world
                .store
                .device_by_id(world.scan_id().uuid().into())
                .await
                .unwrap()
                .is_none()
        );
        world
    })
    .await;
}

#[tokio::test]
async fn a_code_that_is_unknown_over_or_used_says_which() {
    on_both_engines(async |world: World| {
        let club = world.club("Club").await;
        let new = async || {
            let made = world
                .store
                .create_pairing(&Scope::cli(), club.id, DeviceRole::Counter)
                .await;
            made.unwrap().0
        };
        let never = PairingCode::from_bytes([0; 5]);
        assert!(matches!(pair(&world, &never, "A", 4).await, Err(PairingError::Unknown)));
        let code = new().await;
        world.wait_minutes(10);
        assert!(matches!(pair(&world, &code, "A", 4).await, Err(PairingError::Expired)));
        let used = new().await;
        pair(&world, &used, "A", 4).await.unwrap();
        world.wait_minutes(20);
        assert!(matches!(pair(&world, &used, "B", 5).await, Err(PairingError::Used)));
        // A day later nobody remembers either.
        world.wait_minutes(25 * 60);
        let _cleans_up = new().await;
        assert!(matches!(pair(&world, &code, "A", 4).await, Err(PairingError::Unknown)));
        assert!(matches!(pair(&world, &used, "A", 4).await, Err(PairingError::Unknown)));
        world
    })
    .await;
}

#[tokio::test]
async fn a_lost_answer_to_pairing_is_asked_again_with_the_same_key() {
    on_both_engines(async |world: World| {
        let club = world.club("Club").await;
        let made = world
            .store
            .create_pairing(&Scope::cli(), club.id, DeviceRole::Counter)
            .await;
        let code = made.unwrap().0;
        let device = pair(&world, &code, "A", 4).await.unwrap();
        world.wait_minutes(1);
        assert_eq!(pair(&world, &code, "A", 4).await.unwrap(), device);
        assert_eq!(
            world.store.devices(&Scope::cli(), club.id).await.unwrap(),
            std::slice::from_ref(&device)
        );
        world.store.revoke_device(&Scope::cli(), device.id).await.unwrap();
        assert!(matches!(pair(&world, &code, "A", 4).await, Err(PairingError::Used)));
        world
    })
    .await;
}

#[tokio::test]
async fn a_bad_name_costs_no_code() {
    on_both_engines(async |world: World| {
        let club = world.club("Club").await;
        let made = world
            .store
            .create_pairing(&Scope::cli(), club.id, DeviceRole::Counter)
            .await;
        let code = made.unwrap().0;
        for name in ["", "  ", "a\nb", "a\0", &"é".repeat(LONGEST_DEVICE_NAME + 1)] {
            assert!(
                matches!(pair(&world, &code, name, 4).await, Err(PairingError::Name)),
                "{name:?}"
            );
        }
        let longest = "é".repeat(LONGEST_DEVICE_NAME);
        assert_eq!(pair(&world, &code, &longest, 4).await.unwrap().name, longest);
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_several_phones_with_one_code_exactly_one_wins() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let world = World::open(engine).await;
        let club = world.club("Club").await;
        let servers = [world.store.clone(), world.second_server().await];
        for round in 0..10_u8 {
            let made = world
                .store
                .create_pairing(&Scope::cli(), club.id, DeviceRole::Counter)
                .await;
            let code = made.unwrap().0;
            let tasks: Vec<_> = (0..6_u8)
                .map(|phone| {
                    let store = servers.get(usize::from(phone % 2)).unwrap().clone();
                    let name = format!("Gsm {phone}");
                    let key = key(10 * round + phone);
                    tokio::spawn(async move { store.pair_device(&Scope::public(), &code, &name, key).await })
                })
                .collect();
            let mut won = 0;
            for task in tasks {
                match task.await.unwrap() {
                    Ok(_) => won += 1,
                    Err(error) => assert!(matches!(error, PairingError::Used), "{error:?}"),
                }
            }
            assert_eq!(won, 1, "{engine}");
        }
        assert_eq!(world.store.devices(&Scope::cli(), club.id).await.unwrap().len(), 10);
        for server in servers {
            server.close().await;
        }
    }
}

#[tokio::test]
async fn an_organiser_pairs_lists_and_revokes_only_its_own() {
    on_both_engines(async |world: World| {
        let store = &world.store;
        let (club, other) = (world.club("Club").await, world.club("Andere club").await);
        let own = account(&world, Role::Organiser, None, Some(club.id)).await;
        let (ours, theirs) = (
            paired(&world, &club, DeviceRole::Counter, 4).await.device,
            paired(&world, &other, DeviceRole::Counter, 5).await.device,
        );
        let role = DeviceRole::Counter;
        assert!(store.create_pairing(&own, club.id, role).await.is_ok());
        assert!(matches!(
            store.create_pairing(&own, other.id, role).await,
            Err(Error::Unknown("organiser"))
        ));
        assert_eq!(store.devices(&own, club.id).await.unwrap(), std::slice::from_ref(&ours));
        assert_eq!(store.all_devices(&own).await.unwrap(), std::slice::from_ref(&ours));
        assert!(matches!(
            store.devices(&own, other.id).await,
            Err(Error::Unknown("organiser"))
        ));
        let unknown = Err::<(), _>(Error::Unknown("device"));
        let same = |one: Result<(), Error>, two: &Result<(), Error>| assert_eq!(format!("{one:?}"), format!("{two:?}"));
        same(store.revoke_device(&own, theirs.id).await, &unknown);
        same(store.request_key_roll(&own, theirs.id).await, &unknown);
        same(
            store.set_device_role(&own, theirs.id, DeviceRole::Supervisor).await,
            &unknown,
        );
        same(store.revoke_device(&own, world.scan_id().uuid().into()).await, &unknown);
        assert_eq!(known(&world, theirs.id).await.device, theirs, "nothing changed");
        store.revoke_device(&own, ours.id).await.unwrap();
        assert!(known(&world, ours.id).await.device.revoked_at.is_some());
        let coordinator = account(&world, Role::Coordinator, None, None).await;
        assert_eq!(store.all_devices(&coordinator).await.unwrap().len(), 2);
        store.revoke_device(&coordinator, theirs.id).await.unwrap();
        world
    })
    .await;
}

#[tokio::test]
async fn whoever_manages_no_devices_cannot_even_ask() {
    on_both_engines(async |world: World| {
        let store = &world.store;
        let club = world.club("Club").await;
        let device = paired(&world, &club, DeviceRole::Supervisor, 4).await;
        let counter = account(&world, Role::Counter, Some(tests::conformance::nis(23102)), None).await;
        let auditor = account(&world, Role::Auditor, None, None).await;
        for scope in [Scope::public(), counter, auditor, device.scope.clone()] {
            let made = store.create_pairing(&scope, club.id, DeviceRole::Counter).await;
            assert!(matches!(made, Err(Error::Denied(_))));
            assert!(matches!(store.devices(&scope, club.id).await, Err(Error::Denied(_))));
            assert!(matches!(store.all_devices(&scope).await, Err(Error::Denied(_))));
            let id = device.device.id;
            assert!(matches!(store.revoke_device(&scope, id).await, Err(Error::Denied(_))));
            assert!(matches!(
                store.request_key_roll(&scope, id).await,
                Err(Error::Denied(_))
            ));
            let changed = store.set_device_role(&scope, id, DeviceRole::Counter).await;
            assert!(matches!(changed, Err(Error::Denied(_))));
        }
        // And what is for devices is for nobody else.
        for scope in [Scope::cli(), Scope::public()] {
            assert!(matches!(store.device_package(&scope).await, Err(Error::Denied(_))));
            assert!(matches!(
                store.recent_visits(&scope, world.now()).await,
                Err(Error::Denied(_))
            ));
            assert!(matches!(
                store.roll_device_key(&scope, key(9)).await,
                Err(Error::Denied(_))
            ));
        }
        world
    })
    .await;
}

#[tokio::test]
async fn a_revoked_device_keeps_its_moment_and_gets_no_key_and_no_role() {
    on_both_engines(async |world: World| {
        let store = &world.store;
        let club = world.club("Club").await;
        let first = paired(&world, &club, DeviceRole::Counter, 4).await;
        let second = paired(&world, &club, DeviceRole::Redeemer, 5).await;
        let id = first.device.id;
        store.revoke_device(&Scope::cli(), id).await.unwrap();
        let at = world.now();
        world.wait_minutes(5);
        store.revoke_device(&Scope::cli(), id).await.unwrap();
        let revoked = known(&world, id).await;
        assert_eq!(revoked.device.revoked_at, Some(at));
        let unknown = |result| matches!(result, Err(Error::Unknown("device")));
        assert!(unknown(store.request_key_roll(&Scope::cli(), id).await));
        assert!(unknown(
            store.set_device_role(&Scope::cli(), id, DeviceRole::Supervisor).await
        ));
        assert!(unknown(store.roll_device_key(&revoked.scope, key(6)).await));
        assert_eq!(known(&world, id).await.key, key(4));
        let listed = store.devices(&Scope::cli(), club.id).await.unwrap();
        let ids: Vec<DeviceId> = listed.iter().map(|device| device.id).collect();
        assert_eq!(ids, [second.device.id, id], "those that scan first");
        world
    })
    .await;
}

#[tokio::test]
async fn a_key_rolls_twice_and_the_one_before_still_opens() {
    on_both_engines(async |world: World| {
        let store = &world.store;
        let club = world.club("Club").await;
        let device = paired(&world, &club, DeviceRole::Counter, 4).await;
        let id = device.device.id;
        store.request_key_roll(&Scope::cli(), id).await.unwrap();
        store.request_key_roll(&Scope::cli(), id).await.unwrap();
        assert!(known(&world, id).await.device.roll_requested);
        let keys = async || {
            let now = known(&world, id).await;
            (now.key, now.old_key, now.device.roll_requested)
        };
        store.roll_device_key(&device.scope, key(5)).await.unwrap();
        assert_eq!(keys().await, (key(5), Some(key(4)), false));
        // The answer got lost: the same key again forgets nothing.
        store.roll_device_key(&device.scope, key(5)).await.unwrap();
        assert_eq!(keys().await, (key(5), Some(key(4)), false));
        store.roll_device_key(&device.scope, key(6)).await.unwrap();
        assert_eq!(keys().await, (key(6), Some(key(5)), false));
        world
    })
    .await;
}

#[tokio::test]
async fn a_role_changes_what_the_device_may_do_at_its_next_request() {
    on_both_engines(async |world: World| {
        let club = world.club("Club").await;
        let device = paired(&world, &club, DeviceRole::Counter, 4).await;
        assert!(!device.scope.supervises());
        let role = DeviceRole::Supervisor;
        world
            .store
            .set_device_role(&Scope::cli(), device.device.id, role)
            .await
            .unwrap();
        let now = known(&world, device.device.id).await;
        assert!(now.scope.supervises());
        assert_eq!(world.store.device_package(&now.scope).await.unwrap().role, role);
        world
    })
    .await;
}

#[tokio::test]
async fn a_package_holds_the_organisers_next_weeks_and_the_passes_that_are_not_valid() {
    on_both_engines(async |mut world: World| {
        let (club, other) = (world.club("Club").await, world.club("Andere club").await);
        let device = paired(&world, &club, DeviceRole::Counter, 4).await;
        let open = world.activity(club.id, CountingRule::OncePerDay).await;
        world.activity(other.id, CountingRule::OncePerDay).await;
        for (days, hours) in [(29, 0), (-8, 0), (27, 23), (-6, -23)] {
            let mut new = world.new_activity(club.id, CountingRule::OncePerSession);
            let by = SignedDuration::from_hours(24 * days + hours);
            new.name = format!("{days} dagen");
            (new.starts_at, new.ends_at) = (new.starts_at + by, new.ends_at + by);
            world.store.add_activity(&Scope::cli(), new).await.unwrap();
        }
        let mut indexes = Vec::new();
        for status in [PassStatus::Valid, PassStatus::Revoked, PassStatus::Suspended] {
            let pass = world.issue("Ana").await.pass;
            world
                .store
                .set_pass_status(&Scope::cli(), pass.id, status)
                .await
                .unwrap();
            indexes.push(pass.index);
        }
        let facts = world.store.device_package(&device.scope).await.unwrap();
        let mut names: Vec<&str> = facts.activities.iter().map(|activity| activity.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["-6 dagen", "27 dagen", open.name.as_str()]);
        let first = facts.activities.iter().find(|one| one.id == open.id).unwrap();
        assert_eq!((first.id, first.opens_before_min), (open.id, 300));
        assert_eq!(first.sessions.first().map(|session| session.starts_at), open.next_start);
        assert_eq!(facts.passes, 3);
        assert_eq!(
            facts.exceptions,
            [
                (*indexes.get(1).unwrap(), PassStatus::Revoked),
                (*indexes.get(2).unwrap(), PassStatus::Suspended)
            ]
        );
        assert_eq!((facts.organiser.id, facts.organiser.name.as_str()), (club.id, "Club"));
        assert!(facts.recent.is_empty());
        assert_eq!(facts.keys, world.store.signing_keys(&Scope::public()).await.unwrap());
        world.tell((facts.activities, facts.exceptions));
        world
    })
    .await;
}

#[tokio::test]
async fn a_device_hears_of_visits_that_others_counted_and_of_no_number() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        let (club, other) = (world.club("Club").await, world.club("Andere club").await);
        let daily = world.activity(club.id, CountingRule::OncePerDay).await;
        let always = world.activity(club.id, CountingRule::Unlimited).await;
        let foreign = world.activity(other.id, CountingRule::OncePerDay).await;
        let one = paired(&world, &club, DeviceRole::Counter, 4).await.scope;
        let two = paired(&world, &club, DeviceRole::Counter, 5).await.scope;
        let [ana, bo, cem, dia] = [
            world.issue("Ana").await.pass,
            world.issue("Bo").await.pass,
            world.issue("Cem").await.pass,
            world.issue("Dia").await.pass,
        ];
        let begin = world.now();
        let expected = |pass: &Pass, session| {
            let day = domain::local_day(begin);
            visit_key(pass.number, CountingRule::OncePerDay, daily.id, session, day).unwrap()
        };
        let sessions = store.activity_sessions(&Scope::cli(), daily.id).await.unwrap();
        let session = sessions.first().unwrap().id;
        for scan in [
            world.scan(&ana, daily.id),
            world.scan(&ana, daily.id),
            world.scan(&bo, always.id),
            world.scan(&cem, foreign.id),
        ] {
            store.check_in(&Scope::cli(), scan).await.unwrap();
        }
        let scan = device_scan(&world, &dia, daily.id, 1, None);
        let sent = store.sync(&one, 0, vec![scan]).await.unwrap();
        assert!(matches!(sent.as_slice(), [SyncOutcome::Recorded(now)] if now.verdict == Verdict::Counted));
        let (of_ana, of_dia) = (expected(&ana, session), expected(&dia, session));
        assert_eq!(
            store.recent_visits(&one, begin).await.unwrap(),
            std::slice::from_ref(&of_ana)
        );
        assert_eq!(
            store.recent_visits(&two, begin).await.unwrap(),
            [of_dia.clone(), of_ana]
        );
        assert_eq!(store.device_package(&one).await.unwrap().recent.len(), 1);
        let later = store.recent_visits(&two, world.now()).await.unwrap();
        assert_eq!(later, [of_dia], "only what came since");
        world.wait_minutes(24 * 60 + 1);
        assert!(store.device_package(&two).await.unwrap().recent.is_empty());
        world.tell(store.recent_visits(&two, begin).await.unwrap());
        world
    })
    .await;
}

/// A scan that a device counted now, its signature found valid.
pub(crate) fn device_scan(
    world: &World,
    pass: &Pass,
    activity: ActivityId,
    seq: i64,
    before: Option<&DeviceScan>,
) -> DeviceScan {
    world.clock.advance(SignedDuration::from_secs(1));
    DeviceScan {
        event: DeviceEvent {
            scan_id: world.scan_id(),
            seq,
            prev: before.map(|before| before.event.next_prev()),
            kind: EventKind::CheckIn,
            credential: Some(pass.credential.to_qr_text()),
            number: None,
            activity_id: activity,
            target_scan_id: None,
            occurred_at: world.now(),
            clock_offset_ms: 0,
            package_epoch: 1,
            device_verdict: Verdict::Counted,
            device_reason: Reason::Ok,
            manual: false,
        },
        key: Some(KeyVerdict::Valid),
    }
}
