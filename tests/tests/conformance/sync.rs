//! What a paired device hands over: recorded once, judged again, folded by when it happened and not by when it arrived.

use domain::{CountingRule, DeviceEvent, DeviceRole, Flag, PassStatus, Reason, Verdict};
use jiff::{SignedDuration, Timestamp};
use storage::{Error, Recorded, ReleaseError, Scope, SyncOutcome};
use tests::conformance::{World, on_both_engines};

use crate::phone::{ANNULLED, COUNTED, DUPLICATE, Phone, checked, verdicts, visits};

#[tokio::test]
async fn a_batch_has_one_answer_an_event_in_order_and_a_replay_changes_nothing() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await.id;
        let (ana, bo) = (world.issue("Ana").await.pass, world.issue("Bo").await.pass);
        let mut phone = Phone::pair(&world, &club, DeviceRole::Counter, 4).await;
        let expired = Reason::Expired;
        let events = [
            phone.scan(&world, &ana, activity),
            phone.scan(&world, &ana, activity),
            phone.scan(&world, &bo, activity),
            // Nobody else's code leaves the phone.
            DeviceEvent {
                device_verdict: Verdict::Refused,
                device_reason: Reason::ForeignQr,
                ..phone.event(&world, activity)
            },
            DeviceEvent {
                number: Some("0000-0000-000".to_owned()),
                manual: true,
                device_verdict: Verdict::Flagged,
                device_reason: Reason::NeedsOnline,
                ..phone.event(&world, activity)
            },
            // Whom the phone refused was sent away: that stays so.
            DeviceEvent {
                device_verdict: Verdict::Refused,
                device_reason: expired,
                ..phone.scan(&world, &bo, activity)
            },
        ];
        world.wait_minutes(90);
        let answers = phone.sync(&world, &events).await;
        let refused = |reason| (Verdict::Refused, reason);
        assert_eq!(
            verdicts(&answers),
            [
                COUNTED,
                DUPLICATE,
                COUNTED,
                refused(Reason::ForeignQr),
                refused(Reason::UnknownPass),
                refused(expired)
            ]
        );
        assert!(answers[1].flags.contains(Flag::DuplicateOffline) && answers[4].flags.contains(Flag::Manual));
        assert!(answers[0].first_visit && answers[2].first_visit);
        assert_eq!(visits(&world, &club).await, 2);
        let again = phone.sync(&world, &events).await;
        let replayed: Vec<Recorded> = answers
            .iter()
            .cloned()
            .map(|one| Recorded { replay: true, ..one })
            .collect();
        assert_eq!(again, replayed);
        assert_eq!(visits(&world, &club).await, 2);

        let other = DeviceEvent {
            manual: true,
            ..events[0].clone()
        };
        let outcomes = world
            .store
            .sync(&phone.known.scope, 7, checked(&[other]))
            .await
            .unwrap();
        assert_eq!(outcomes, [SyncOutcome::IdReuse]);
        let device = world
            .store
            .device_by_id(phone.known.device.id)
            .await
            .unwrap()
            .unwrap()
            .device;
        assert_eq!((device.waiting, device.last_seen_at), (7, Some(world.now())));
        world.tell((answers, device));
        world
    })
    .await;
}

#[tokio::test]
async fn the_earlier_scan_counts_whichever_phone_sends_first() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await.id;
        let ana = world.issue("Ana").await.pass;
        let mut early = Phone::pair(&world, &club, DeviceRole::Counter, 4).await;
        let mut late = Phone::pair(&world, &club, DeviceRole::Counter, 5).await;
        let first = early.scan(&world, &ana, activity);
        let second = late.scan(&world, &ana, activity);
        assert_eq!(
            verdicts(&late.sync(&world, std::slice::from_ref(&second)).await),
            [COUNTED]
        );
        assert_eq!(verdicts(&early.sync(&world, &[first]).await), [COUNTED]);
        assert_eq!(verdicts(&late.sync(&world, &[second]).await), [DUPLICATE]);
        assert_eq!(visits(&world, &club).await, 1);
        let recent = world.store.recent_scans(&Scope::cli(), club.id, 10).await.unwrap();
        world.tell(recent);
        world
    })
    .await;
}

#[tokio::test]
async fn an_undo_counts_whether_it_arrives_before_or_after_its_scan() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await.id;
        let (ana, bo) = (world.issue("Ana").await.pass, world.issue("Bo").await.pass);
        let mut phone = Phone::pair(&world, &club, DeviceRole::Counter, 4).await;
        let scan = phone.scan(&world, &ana, activity);
        let undo = phone.annul(&world, scan.scan_id, activity);
        assert_eq!(
            verdicts(&phone.sync(&world, std::slice::from_ref(&undo)).await),
            [ANNULLED]
        );
        assert_eq!(visits(&world, &club).await, 0);
        assert_eq!(
            verdicts(&phone.sync(&world, std::slice::from_ref(&scan)).await),
            [ANNULLED],
            "the undo was here first"
        );
        assert_eq!(visits(&world, &club).await, 0);
        // In one batch, and in the usual order: the next scan of that pass counts again.
        let (one, again) = (phone.scan(&world, &bo, activity), phone.scan(&world, &ana, activity));
        let undone = phone.annul(&world, one.scan_id, activity);
        let answers = phone.sync(&world, &[one.clone(), undone.clone(), again]).await;
        assert_eq!(verdicts(&answers), [ANNULLED, ANNULLED, COUNTED]);
        assert_eq!(
            verdicts(&phone.sync(&world, &[scan, undo, one, undone]).await),
            [ANNULLED; 4]
        );
        assert_eq!(visits(&world, &club).await, 1);
        world.tell(answers);
        world
    })
    .await;
}

#[tokio::test]
async fn a_phone_undoes_its_own_scans_for_a_quarter_of_an_hour_and_a_supervisor_all_of_the_club() {
    on_both_engines(async |world: World| {
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await.id;
        let ana = world.issue("Ana").await.pass;
        let mut phone = Phone::pair(&world, &club, DeviceRole::Counter, 4).await;
        let mut other = Phone::pair(&world, &club, DeviceRole::Counter, 5).await;
        let mut chief = Phone::pair(&world, &club, DeviceRole::Supervisor, 6).await;
        let scan = phone.scan(&world, &ana, activity);
        let strange = other.annul(&world, scan.scan_id, activity);
        world.wait_minutes(15);
        let late = phone.annul(&world, scan.scan_id, activity);
        assert_eq!(
            verdicts(&phone.sync(&world, &[scan.clone(), late]).await),
            [COUNTED, (Verdict::Refused, Reason::AnnulTooLate)]
        );
        let denied = (Verdict::Refused, Reason::RoleDenied);
        assert_eq!(
            verdicts(&other.sync(&world, std::slice::from_ref(&strange)).await),
            [denied]
        );
        assert_eq!(
            verdicts(&other.sync(&world, &[strange]).await),
            [denied],
            "again the same"
        );
        assert_eq!(visits(&world, &club).await, 1);

        let elsewhere = world.club("Andere club").await;
        let mut stranger = Phone::pair(&world, &elsewhere, DeviceRole::Supervisor, 7).await;
        let strange = stranger.annul(&world, scan.scan_id, activity);
        assert_eq!(verdicts(&stranger.sync(&world, &[strange]).await), [denied]);
        assert_eq!(visits(&world, &club).await, 1);

        let chiefs = chief.annul(&world, scan.scan_id, activity);
        assert_eq!(verdicts(&chief.sync(&world, &[chiefs]).await), [ANNULLED]);
        assert_eq!(visits(&world, &club).await, 0);
        world
    })
    .await;
}

#[tokio::test]
async fn what_a_revoked_phone_sends_waits_until_a_person_releases_it() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await.id;
        let (ana, bo) = (world.issue("Ana").await.pass, world.issue("Bo").await.pass);
        let mut phone = Phone::pair(&world, &club, DeviceRole::Counter, 4).await;
        let mut sound = Phone::pair(&world, &club, DeviceRole::Counter, 5).await;
        let events = [phone.scan(&world, &ana, activity), phone.scan(&world, &bo, activity)];
        let later = sound.scan(&world, &ana, activity);
        world
            .store
            .revoke_device(&Scope::cli(), phone.known.device.id)
            .await
            .unwrap();
        let held = (Verdict::Refused, Reason::DeviceRevoked);
        assert_eq!(verdicts(&phone.sync(&world, &events).await), [held, held]);
        assert_eq!(
            verdicts(&phone.sync(&world, &events).await),
            [held, held],
            "again the same"
        );
        assert_eq!(
            verdicts(&sound.sync(&world, std::slice::from_ref(&later)).await),
            [COUNTED]
        );
        assert_eq!(visits(&world, &club).await, 1);

        let denied = world
            .store
            .release(&sound.known.scope, events[0].scan_id, world.now())
            .await;
        assert!(matches!(denied, Err(ReleaseError::Denied)));
        let unknown = world.store.release(&Scope::cli(), later.scan_id, world.now()).await;
        assert!(matches!(unknown, Err(ReleaseError::Unknown)), "it was never held");
        let released = world
            .store
            .release(&Scope::cli(), events[0].scan_id, world.now())
            .await
            .unwrap();
        assert_eq!((released.verdict, released.replay), (Verdict::Counted, false));
        let again = world
            .store
            .release(&Scope::cli(), events[0].scan_id, world.now())
            .await
            .unwrap();
        assert!(again.replay && again.verdict == Verdict::Counted);
        // It was made before the other phone's.
        assert_eq!(verdicts(&sound.sync(&world, &[later]).await), [DUPLICATE]);
        assert_eq!(visits(&world, &club).await, 1);
        assert_eq!(verdicts(&phone.sync(&world, &events).await), [COUNTED, held]);
        world.tell(released);
        world
    })
    .await;
}

#[tokio::test]
async fn a_revoked_phone_undoes_nothing_until_a_person_releases_it() {
    on_both_engines(async |world: World| {
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await.id;
        let (ana, bo) = (world.issue("Ana").await.pass, world.issue("Bo").await.pass);
        let mut phone = Phone::pair(&world, &club, DeviceRole::Counter, 4).await;
        let (scan, unsent) = (phone.scan(&world, &ana, activity), phone.scan(&world, &bo, activity));
        assert_eq!(
            verdicts(&phone.sync(&world, std::slice::from_ref(&scan)).await),
            [COUNTED]
        );
        let undo = phone.annul(&world, scan.scan_id, activity);
        let early = phone.annul(&world, unsent.scan_id, activity);
        world
            .store
            .revoke_device(&Scope::cli(), phone.known.device.id)
            .await
            .unwrap();
        let held = (Verdict::Refused, Reason::DeviceRevoked);
        let events = [early, undo.clone()];
        assert_eq!(verdicts(&phone.sync(&world, &events).await), [held, held]);
        assert_eq!(
            verdicts(&phone.sync(&world, &events).await),
            [held, held],
            "again the same"
        );
        assert_eq!(
            visits(&world, &club).await,
            1,
            "whoever has the phone takes nothing back"
        );
        world
            .store
            .release(&Scope::cli(), undo.scan_id, world.now())
            .await
            .unwrap();
        assert_eq!(visits(&world, &club).await, 0);
        assert_eq!(verdicts(&phone.sync(&world, &events).await), [held, ANNULLED]);
        world
    })
    .await;
}

#[tokio::test]
async fn only_a_device_hands_over_a_devices_events() {
    on_both_engines(async |world: World| {
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await.id;
        let ana = world.issue("Ana").await.pass;
        let mut phone = Phone::pair(&world, &club, DeviceRole::Counter, 4).await;
        let scan = phone.scan(&world, &ana, activity);
        for scope in [Scope::cli(), Scope::public()] {
            let refused = world.store.sync(&scope, 0, checked(std::slice::from_ref(&scan))).await;
            assert!(matches!(refused, Err(Error::Denied(_))));
        }
        // Another organiser's activity is no business of this phone.
        let elsewhere = world.club("Andere club").await;
        let theirs = world.activity(elsewhere.id, CountingRule::OncePerDay).await.id;
        let strange = phone.scan(&world, &ana, theirs);
        assert_eq!(
            verdicts(&phone.sync(&world, &[strange]).await),
            [(Verdict::Refused, Reason::RoleDenied)]
        );
        world
            .store
            .set_pass_status(&Scope::cli(), ana.id, PassStatus::Revoked)
            .await
            .unwrap();
        assert_eq!(
            verdicts(&phone.sync(&world, &[scan]).await),
            [(Verdict::Refused, Reason::Revoked)],
            "the phone could not know"
        );
        world
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_is_a_day_off_gives_the_time_of_arrival_and_a_remark() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await.id;
        let passes = [
            world.issue("Ana").await.pass,
            world.issue("Bo").await.pass,
            world.issue("Cis").await.pass,
        ];
        world.wait_minutes(1);
        let mut phone = Phone::pair(&world, &club, DeviceRole::Counter, 4).await;
        let day = SignedDuration::from_hours(24);
        let ahead = DeviceEvent {
            occurred_at: world.now() + day,
            ..phone.scan(&world, &passes[0], activity)
        };
        let year_1999: Timestamp = "1999-12-31T23:00:00Z".parse().unwrap();
        let ancient = DeviceEvent {
            occurred_at: year_1999,
            ..phone.scan(&world, &passes[1], activity)
        };
        // The phone knew by how much: then the time is its own.
        let corrected = phone.scan(&world, &passes[2], activity);
        let corrected = DeviceEvent {
            occurred_at: corrected.occurred_at - day,
            clock_offset_ms: 24 * 3_600_000,
            ..corrected
        };
        let answers = phone.sync(&world, &[ahead, ancient, corrected]).await;
        assert_eq!(verdicts(&answers), [COUNTED; 3]);
        let suspect: Vec<bool> = answers
            .iter()
            .map(|one| one.flags.contains(Flag::ClockSuspect))
            .collect();
        assert_eq!(suspect, [true, true, false]);
        world.tell(answers);
        world
    })
    .await;
}

#[tokio::test]
async fn only_what_was_issued_bit_for_bit_needs_no_calculation() {
    on_both_engines(async |world: World| {
        let club = world.club("Club").await;
        let phone = Phone::pair(&world, &club, DeviceRole::Counter, 4).await;
        let (ana, bo) = (
            world.issue("Ana").await.pass.credential,
            world.issue("Bo").await.pass.credential,
        );
        let mut forged = ana;
        forged.signature[63] ^= 1;
        let mut longer = ana;
        longer.body.until = domain::CredentialDay::from(longer.body.until.get() + 1);
        let known = world
            .store
            .are_issued(&phone.known.scope, &[ana, forged, longer, bo, ana])
            .await;
        assert_eq!(known.unwrap(), [true, false, false, true, true]);
        assert_eq!(
            world.store.are_issued(&phone.known.scope, &[]).await.unwrap(),
            Vec::<bool>::new()
        );
        let refused = world.store.are_issued(&Scope::public(), &[ana]).await;
        assert!(matches!(refused, Err(Error::Denied(_))));
        world
    })
    .await;
}
