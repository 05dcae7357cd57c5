//! What an organiser sees of an evening: counts, stories, gaps, and scans that wait.

use domain::{
    ActivityId, ChainBreak, CountingRule, DeviceEvent, DeviceRole, EventKind, Flag, KeyVerdict, OrganiserId, Reason,
    ScanId, Verdict,
};
use jiff::SignedDuration;
use storage::{DeviceKey, DeviceScan, Error, LONGEST_LIST, Pass, Role, Scope};
use tests::conformance::{World, on_both_engines};

/// A paired phone that writes down what it scans.
struct Phone {
    scope: Scope,
    id: domain::DeviceId,
    seq: i64,
    prev: Option<String>,
}

impl Phone {
    async fn pair(world: &World, organiser: OrganiserId, name: &str) -> Self {
        let store = &world.store;
        let (code, _) = store
            .create_pairing(&Scope::cli(), organiser, DeviceRole::Counter)
            .await
            .unwrap();
        let mut key = [4; 65];
        key[1..1 + name.len()].copy_from_slice(name.as_bytes());
        let device = store
            .pair_device(&Scope::public(), &code, name, DeviceKey(key))
            .await
            .unwrap();
        let scope = store.device_by_id(device.id).await.unwrap().unwrap().scope;
        Self {
            scope,
            id: device.id,
            seq: 0,
            prev: None,
        }
    }

    fn scan(&mut self, world: &World, pass: &Pass, activity: ActivityId, hours_ago: i64) -> DeviceScan {
        self.seq += 1;
        world.clock.advance(SignedDuration::from_secs(1));
        let event = DeviceEvent {
            scan_id: world.scan_id(),
            seq: self.seq,
            prev: self.prev.clone(),
            kind: EventKind::CheckIn,
            credential: Some(pass.credential.to_qr_text()),
            number: None,
            activity_id: activity,
            target_scan_id: None,
            occurred_at: world.now() - SignedDuration::from_hours(hours_ago),
            clock_offset_ms: 0,
            package_epoch: 1,
            device_verdict: Verdict::Counted,
            device_reason: Reason::Ok,
            manual: false,
        };
        self.prev = Some(event.next_prev());
        DeviceScan {
            event,
            key: Some(KeyVerdict::Valid),
        }
    }
}

#[tokio::test]
async fn an_evening_tells_who_scanned_what_counted_and_what_got_lost() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let yoga = world.activity(club.id, CountingRule::OncePerDay).await;
        let [ana, bo, cem] = [
            world.issue("Ana").await.pass,
            world.issue("Bo").await.pass,
            world.issue("Cem").await.pass,
        ];
        let mut jan = Phone::pair(&world, club.id, "Jan").await;
        let mut els = Phone::pair(&world, club.id, "Els").await;
        let store = &world.store;
        let first = jan.scan(&world, &ana, yoga.id, 0);
        let lost = [jan.scan(&world, &bo, yoga.id, 0), jan.scan(&world, &cem, yoga.id, 0)];
        let last = jan.scan(&world, &bo, yoga.id, 0);
        store.sync(&jan.scope, 2, vec![first, last]).await.unwrap();
        world.wait_minutes(1);
        let twice = els.scan(&world, &ana, yoga.id, 0);
        world.wait_minutes(5);
        store.sync(&els.scope, 0, vec![twice]).await.unwrap();
        store.check_in(&Scope::cli(), world.scan(&cem, yoga.id)).await.unwrap();

        let today = store.env().today();
        let evening = store.evening(&Scope::cli(), club.id, today).await.unwrap();
        assert_eq!((evening.visits, evening.without_device), (3, 1));
        assert_eq!(evening.activities.iter().map(|one| one.visits).collect::<Vec<_>>(), [3]);
        let of = |id| evening.devices.iter().find(|one| one.device.id == id).unwrap();
        assert_eq!((of(jan.id).visits, of(jan.id).device.waiting), (2, 2));
        assert_eq!(of(jan.id).breaks, [ChainBreak::Missing { from: 2, until: 3 }]);
        assert_eq!((of(els.id).visits, of(els.id).breaks.len()), (0, 0));
        // Counted twice without network: both phones said "counted".
        let [story] = &evening.stories.scans[..] else {
            panic!("{:?}", evening.stories)
        };
        assert_eq!((story.verdict, story.device), (Verdict::Duplicate, Some(els.id)));
        assert!(story.flags.contains(Flag::DuplicateOffline));
        assert_eq!(story.device_said, Some((Verdict::Counted, Reason::Ok)));
        assert_eq!(story.number, Some(ana.number));
        world.tell(&evening);

        // What was lost comes after all.
        world.store.sync(&jan.scope, 0, lost.to_vec()).await.unwrap();
        let evening = world.store.evening(&Scope::cli(), club.id, today).await.unwrap();
        assert!(evening.devices.iter().all(|one| one.breaks.is_empty()));
        world.tell(&evening);
        world
    })
    .await;
}

#[tokio::test]
async fn a_revoked_phones_scans_wait_until_they_are_released() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let yoga = world.activity(club.id, CountingRule::OncePerDay).await;
        let ana = world.issue("Ana").await.pass;
        let mut jan = Phone::pair(&world, club.id, "Jan").await;
        let store = &world.store;
        let scan = jan.scan(&world, &ana, yoga.id, 0);
        let id = scan.event.scan_id;
        store.revoke_device(&Scope::cli(), jan.id).await.unwrap();
        store.sync(&jan.scope, 0, vec![scan]).await.unwrap();
        let today = store.env().today();
        let evening = store.evening(&Scope::cli(), club.id, today).await.unwrap();
        assert_eq!(evening.visits, 0);
        let [held] = &evening.held.scans[..] else {
            panic!("{:?}", evening.held)
        };
        assert_eq!(
            (held.scan_id, held.verdict, held.reason),
            (id, Verdict::Refused, Reason::DeviceRevoked)
        );
        assert!(evening.stories.scans.is_empty(), "told once");
        store.release(&Scope::cli(), id, store.env().now()).await.unwrap();
        let evening = store.evening(&Scope::cli(), club.id, today).await.unwrap();
        assert_eq!((evening.visits, evening.held.scans.len()), (1, 0));
        world.tell(&evening);
        world
    })
    .await;
}

#[tokio::test]
async fn refused_late_and_doubtful_scans_are_told_on_their_day_and_on_the_day_they_arrive() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let yoga = world.activity(club.id, CountingRule::OncePerDay).await;
        let [ana, bo, cem] = [
            world.issue("Ana").await.pass,
            world.issue("Bo").await.pass,
            world.issue("Cem").await.pass,
        ];
        let mut jan = Phone::pair(&world, club.id, "Jan").await;
        let store = &world.store;
        let then = store.env().today();
        let refused = jan.scan(&world, &ana, yoga.id, 0);
        store
            .set_pass_status(&Scope::cli(), ana.id, domain::PassStatus::Revoked)
            .await
            .unwrap();
        store.sync(&jan.scope, 0, vec![refused]).await.unwrap();
        let late = jan.scan(&world, &bo, yoga.id, 0);
        let old = jan.scan(&world, &cem, yoga.id, 24 * 365 * 20);
        world.wait_minutes(60 * 48);
        store.sync(&jan.scope, 0, vec![late, old]).await.unwrap();

        let seen = async |day| {
            let evening = store.evening(&Scope::cli(), club.id, day).await.unwrap();
            let mut seen: Vec<_> = evening
                .stories
                .scans
                .into_iter()
                .map(|scan| (scan.verdict, scan.reason, scan.flags.to_text()))
                .collect();
            seen.sort();
            seen
        };
        let (on_the_day, on_arrival) = (seen(then).await, seen(store.env().today()).await);
        assert_eq!(
            on_the_day,
            [
                (Verdict::Counted, Reason::Ok, "late".to_owned()),
                (Verdict::Refused, Reason::Revoked, String::new()),
            ]
        );
        assert_eq!(
            on_arrival,
            [
                (Verdict::Counted, Reason::Ok, "late".to_owned()),
                (Verdict::Refused, Reason::OutsideWindow, "clock_suspect".to_owned()),
            ]
        );
        world.tell((on_the_day, on_arrival));
        world
    })
    .await;
}

#[tokio::test]
async fn any_counted_scan_of_a_day_is_found_by_its_number_and_a_long_list_says_that_it_is_cut() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let yoga = world.activity(club.id, CountingRule::OncePerDay).await;
        let [ana, bo] = [world.issue("Ana").await.pass, world.issue("Bo").await.pass];
        let store = &world.store;
        for pass in [&ana, &bo] {
            store.check_in(&Scope::cli(), world.scan(pass, yoga.id)).await.unwrap();
        }
        let today = store.env().today();
        let all = store.counted_scans(&Scope::cli(), club.id, today, None).await.unwrap();
        assert_eq!(
            all.iter().map(|scan| scan.number).collect::<Vec<_>>(),
            [Some(bo.number), Some(ana.number)]
        );
        let one = store
            .counted_scans(&Scope::cli(), club.id, today, Some(ana.number))
            .await
            .unwrap();
        assert_eq!(one.len(), 1);
        store
            .annul(&Scope::cli(), one[0].scan_id, store.env().now())
            .await
            .unwrap();
        let left = store.counted_scans(&Scope::cli(), club.id, today, None).await.unwrap();
        assert_eq!(left.len(), 1);
        for _ in 0..=LONGEST_LIST {
            let mut foreign = world.scan(&ana, yoga.id);
            foreign.input = Err(Reason::ForeignQr);
            foreign.key = None;
            store.check_in(&Scope::cli(), foreign).await.unwrap();
        }
        let stories = store.evening(&Scope::cli(), club.id, today).await.unwrap().stories;
        assert_eq!((stories.scans.len(), stories.cut), (LONGEST_LIST, true));
        world.tell((all, left));
        world
    })
    .await;
}

#[tokio::test]
async fn only_who_manages_the_organisers_devices_sees_its_evening() {
    on_both_engines(async |world: World| {
        let [club, other] = [world.club("Club").await, world.club("Andere club").await];
        let store = &world.store;
        let today = store.env().today();
        let (_, token) = store
            .create_client(&Scope::cli(), "Kassa", Role::Kiosk, Some(club.id))
            .await
            .unwrap();
        let kiosk = store.client_scope(token.as_str()).await.unwrap().unwrap();
        let account = storage::NewAccount {
            email: "a@club.example".to_owned(),
            name: "A".to_owned(),
            role: Role::Organiser,
            municipality: None,
            organiser: Some(other.id),
            password_hash: "x".to_owned(),
        };
        let account = store.add_account(&Scope::cli(), account).await.unwrap();
        let session = store
            .create_session(account.id, SignedDuration::from_hours(1))
            .await
            .unwrap();
        let (_, elsewhere) = store.session_scope(session.as_str()).await.unwrap().unwrap();
        for denied in [&kiosk, &Scope::public()] {
            assert!(matches!(
                store.evening(denied, club.id, today).await,
                Err(Error::Denied(_))
            ));
        }
        assert!(matches!(
            store.evening(&elsewhere, club.id, today).await,
            Err(Error::Unknown(_))
        ));
        assert!(matches!(
            store.counted_scans(&elsewhere, club.id, today, None).await,
            Err(Error::Unknown(_))
        ));
        let (from, until) = (jiff::Timestamp::UNIX_EPOCH, store.env().now());
        assert!(matches!(
            store.organiser_sessions(&elsewhere, club.id, from, until).await,
            Err(Error::Unknown(_))
        ));
        assert!(store.evening(&elsewhere, other.id, today).await.is_ok());
        let nobody = ScanId::from(store.env().uuid_v7());
        assert!(store.release(&elsewhere, nobody, store.env().now()).await.is_err());
        world
    })
    .await;
}
