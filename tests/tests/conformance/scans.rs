//! Check-ins and annulments.

use domain::{Baseline, CountingRule, Flag, KeyVerdict, Number, PassStatus, Reason, ScanId, Scanned, Verdict};
use jiff::{SignedDuration, Timestamp};
use storage::{AnnulError, CheckIn, CheckInError, Recorded, Role, Scope};
use tests::conformance::{World, on_both_engines};

/// What a scan counts for now: the same scan sent again.
async fn standing(world: &World, check_in: &CheckIn) -> Recorded {
    let again = world.store.check_in(&Scope::cli(), check_in.clone()).await.unwrap();
    assert!(again.replay);
    again
}

#[tokio::test]
async fn the_first_scan_of_the_day_counts_and_the_second_is_a_duplicate() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await;
        let pass = world.issue("Ana").await.pass;
        let first = world.scan(&pass, activity.id);
        let counted = world.store.check_in(&Scope::cli(), first.clone()).await.unwrap();
        assert_eq!((counted.verdict, counted.reason), (Verdict::Counted, Reason::Ok));
        assert!(counted.first_visit && !counted.replay && counted.flags.is_empty());
        assert_eq!(counted.number, Some(pass.number));
        let second = world
            .store
            .check_in(&Scope::cli(), world.scan(&pass, activity.id))
            .await
            .unwrap();
        assert_eq!(
            (second.verdict, second.reason),
            (Verdict::Duplicate, Reason::AlreadyCounted)
        );
        assert!(!second.first_visit);
        let replayed = standing(&world, &first).await;
        assert_eq!(
            Recorded {
                replay: false,
                ..replayed
            },
            counted
        );
        assert_eq!(world.store.counts_today(&Scope::cli(), club.id).await.unwrap(), 1);
        let recent = world.store.recent_scans(&Scope::cli(), club.id, 10).await.unwrap();
        assert_eq!(
            recent.iter().map(|scan| scan.verdict).collect::<Vec<_>>(),
            [Verdict::Duplicate, Verdict::Counted]
        );
        world.tell((counted, second, recent));
        world
    })
    .await;
}

#[tokio::test]
async fn a_re_used_id_is_told_from_a_replay_by_its_content() {
    on_both_engines(async |world: World| {
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await;
        let pass = world.issue("Ana").await.pass;
        let first = world.scan(&pass, activity.id);
        world.store.check_in(&Scope::cli(), first.clone()).await.unwrap();
        let other = CheckIn {
            content_hash: [2; 32],
            ..first.clone()
        };
        assert!(matches!(
            world.store.check_in(&Scope::cli(), other).await,
            Err(CheckInError::IdReuse)
        ));
        // The look-up comes before every other check: also a pass that was revoked since answers as before.
        world
            .store
            .set_pass_status(&Scope::cli(), pass.id, PassStatus::Revoked)
            .await
            .unwrap();
        assert_eq!(standing(&world, &first).await.verdict, Verdict::Counted);
        // An annulment has an id of its own, which is no check-in's.
        world
            .store
            .annul(&Scope::cli(), first.scan_id, world.now())
            .await
            .unwrap();
        assert_eq!(standing(&world, &first).await.verdict, Verdict::Annulled);
        world
    })
    .await;
}

#[tokio::test]
async fn every_refusal_is_recorded_with_its_reason() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await;
        let pass = world.issue("Ana").await.pass;
        let suspended = world.issue("Bo").await.pass;
        world
            .store
            .set_pass_status(&Scope::cli(), suspended.id, PassStatus::Suspended)
            .await
            .unwrap();
        let good = world.scan(&pass, activity.id);
        let unknown: Number = "0000-0000-000".parse().unwrap();
        let far = SignedDuration::from_hours(24 * 366 * 3);
        let cases = [
            (
                CheckIn {
                    input: Err(Reason::ForeignQr),
                    key: None,
                    ..good.clone()
                },
                Reason::ForeignQr,
            ),
            (
                CheckIn {
                    input: Err(Reason::Malformed),
                    key: None,
                    ..good.clone()
                },
                Reason::Malformed,
            ),
            (
                CheckIn {
                    key: Some(KeyVerdict::BadSignature),
                    ..good.clone()
                },
                Reason::BadSignature,
            ),
            (
                CheckIn {
                    key: Some(KeyVerdict::UnknownKey),
                    ..good.clone()
                },
                Reason::UnknownKey,
            ),
            (
                CheckIn {
                    input: Ok(Scanned::Number(unknown)),
                    key: None,
                    ..good.clone()
                },
                Reason::UnknownPass,
            ),
            (
                CheckIn {
                    input: Ok(Scanned::Number(suspended.number)),
                    key: None,
                    ..good.clone()
                },
                Reason::Suspended,
            ),
            (
                CheckIn {
                    activity: domain::ActivityId::from(world.store.env().uuid_v7()),
                    ..good
                },
                Reason::WrongActivity,
            ),
        ];
        for (number, (case, reason)) in cases.into_iter().enumerate() {
            let case = CheckIn {
                scan_id: world.scan_id(),
                ..case
            };
            let recorded = world.store.check_in(&Scope::cli(), case.clone()).await.unwrap();
            assert_eq!(
                (recorded.verdict, recorded.reason),
                (Verdict::Refused, reason),
                "{number}"
            );
            assert_eq!(standing(&world, &case).await.reason, reason);
            world.tell(recorded);
        }
        world.clock.advance(far);
        let late = world
            .store
            .check_in(&Scope::cli(), world.scan(&pass, activity.id))
            .await
            .unwrap();
        assert_eq!(late.reason, Reason::Expired);
        assert_eq!(world.store.counts_today(&Scope::cli(), club.id).await.unwrap(), 0);
        world
    })
    .await;
}

#[tokio::test]
async fn a_scan_outside_the_window_is_refused() {
    on_both_engines(async |world: World| {
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await;
        let pass = world.issue("Ana").await.pass;
        world.wait_minutes(60 + 301);
        let late = world
            .store
            .check_in(&Scope::cli(), world.scan(&pass, activity.id))
            .await
            .unwrap();
        assert_eq!(late.reason, Reason::OutsideWindow);
        // Made in time, sent too late: the moment of the scan is what counts.
        let occurred_at = Some(world.now() - SignedDuration::from_mins(2));
        let sent = CheckIn {
            occurred_at,
            ..world.scan(&pass, activity.id)
        };
        let sent = world.store.check_in(&Scope::cli(), sent).await.unwrap();
        assert_eq!((sent.verdict, sent.flags.is_empty()), (Verdict::Counted, true));
        world
    })
    .await;
}

#[tokio::test]
async fn an_impossible_clock_is_replaced_and_flagged() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::Unlimited).await;
        let pass = world.issue("Ana").await.pass;
        for (hours, offset_ms) in [(-24 * 365 * 20, 0), (1, 0), (0, i64::MAX), (0, i64::MIN)] {
            let occurred_at = Some(world.now() + SignedDuration::from_hours(hours));
            let scan = CheckIn {
                occurred_at,
                clock_offset_ms: offset_ms,
                manual: true,
                ..world.scan(&pass, activity.id)
            };
            let recorded = world.store.check_in(&Scope::cli(), scan).await.unwrap();
            assert_eq!(recorded.verdict, Verdict::Counted);
            assert!(recorded.flags.contains(Flag::ClockSuspect) && recorded.flags.contains(Flag::Manual));
            world.tell(recorded);
        }
        for occurred_at in [Timestamp::MIN, Timestamp::MAX] {
            let scan = CheckIn {
                occurred_at: Some(occurred_at),
                ..world.scan(&pass, activity.id)
            };
            let recorded = world.store.check_in(&Scope::cli(), scan).await.unwrap();
            assert!(recorded.flags.contains(Flag::ClockSuspect));
        }
        world
    })
    .await;
}

#[tokio::test]
async fn an_earlier_scan_that_arrives_late_takes_the_place_of_a_later_one() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await;
        let pass = world.issue("Ana").await.pass;
        world.wait_minutes(30);
        let online = world.scan(&pass, activity.id);
        assert!(
            world
                .store
                .check_in(&Scope::cli(), online.clone())
                .await
                .unwrap()
                .first_visit
        );
        let occurred_at = Some(world.now() - SignedDuration::from_mins(20));
        let offline = CheckIn {
            occurred_at,
            ..world.scan(&pass, activity.id)
        };
        let arrived = world.store.check_in(&Scope::cli(), offline.clone()).await.unwrap();
        assert_eq!((arrived.verdict, arrived.first_visit), (Verdict::Counted, true));
        let displaced = standing(&world, &online).await;
        assert_eq!((displaced.verdict, displaced.first_visit), (Verdict::Duplicate, false));
        assert_eq!(world.store.counts_today(&Scope::cli(), club.id).await.unwrap(), 1);
        world.tell((arrived, displaced));
        world
    })
    .await;
}

#[tokio::test]
async fn the_counting_rule_says_what_is_one_visit() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let pass = world.issue("Ana").await.pass;
        for (rule, second) in [
            (CountingRule::OncePerDay, Verdict::Duplicate),
            (CountingRule::OncePerSession, Verdict::Duplicate),
            (CountingRule::Unlimited, Verdict::Counted),
        ] {
            let activity = world.activity(club.id, rule).await;
            let verdicts = [
                world
                    .store
                    .check_in(&Scope::cli(), world.scan(&pass, activity.id))
                    .await
                    .unwrap(),
                world
                    .store
                    .check_in(&Scope::cli(), world.scan(&pass, activity.id))
                    .await
                    .unwrap(),
            ];
            assert_eq!(
                verdicts.clone().map(|recorded| recorded.verdict),
                [Verdict::Counted, second],
                "{rule}"
            );
            world.tell(verdicts);
        }
        // A participation is one holder, session and day, whatever the rule (FIGURES §1).
        assert_eq!(world.store.counts_today(&Scope::cli(), club.id).await.unwrap(), 3);
        world
    })
    .await;
}

#[tokio::test]
async fn the_first_visit_moves_with_an_annulment() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let first_activity = world.activity(club.id, CountingRule::OncePerDay).await;
        let second_activity = world.activity(club.id, CountingRule::OncePerDay).await;
        let pass = world.issue("Ana").await.pass;
        let first = world.scan(&pass, first_activity.id);
        let repeat = world.scan(&pass, first_activity.id);
        let second = world.scan(&pass, second_activity.id);
        for scan in [&first, &repeat, &second] {
            world.store.check_in(&Scope::cli(), scan.clone()).await.unwrap();
            world.wait_minutes(1);
        }
        let annulled = world
            .store
            .annul(&Scope::cli(), first.scan_id, world.now())
            .await
            .unwrap();
        assert_eq!(
            (annulled.verdict, annulled.reason, annulled.replay),
            (Verdict::Annulled, Reason::Annulled, false)
        );
        let heir = standing(&world, &repeat).await;
        assert_eq!((heir.verdict, heir.first_visit), (Verdict::Counted, true));
        world
            .store
            .annul(&Scope::cli(), repeat.scan_id, world.now())
            .await
            .unwrap();
        let heir = standing(&world, &second).await;
        assert_eq!((heir.verdict, heir.first_visit), (Verdict::Counted, true));
        assert_eq!(world.store.counts_today(&Scope::cli(), club.id).await.unwrap(), 1);
        let twice = world
            .store
            .annul(&Scope::cli(), first.scan_id, world.now())
            .await
            .unwrap();
        assert!(twice.replay);
        world
            .store
            .annul(&Scope::cli(), second.scan_id, world.now())
            .await
            .unwrap();
        assert_eq!(world.store.counts_today(&Scope::cli(), club.id).await.unwrap(), 0);
        world.tell((annulled, heir, twice));
        world
    })
    .await;
}

#[tokio::test]
async fn a_client_annuls_its_own_scans_for_fifteen_minutes() {
    on_both_engines(async |world: World| {
        let store = &world.store;
        let club = world.club("Club").await;
        let other_club = world.club("Andere club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await;
        let pass = world.issue("Ana").await.pass;
        let client = async |organiser| {
            let (_, token) = store
                .create_client(&Scope::cli(), "Kassa", Role::Kiosk, organiser)
                .await
                .unwrap();
            store.client_scope(token.as_str()).await.unwrap().unwrap()
        };
        let (own, other, elsewhere) = (
            client(None).await,
            client(None).await,
            client(Some(other_club.id)).await,
        );
        let scan = world.scan(&pass, activity.id);
        store.check_in(&own, scan.clone()).await.unwrap();
        assert!(matches!(
            store.annul(&other, scan.scan_id, world.now()).await,
            Err(AnnulError::Denied)
        ));
        assert!(matches!(
            store.annul(&elsewhere, scan.scan_id, world.now()).await,
            Err(AnnulError::Unknown)
        ));
        assert!(matches!(
            store.annul(&Scope::public(), scan.scan_id, world.now()).await,
            Err(AnnulError::Denied)
        ));
        world.wait_minutes(16);
        assert!(matches!(
            store.annul(&own, scan.scan_id, world.now()).await,
            Err(AnnulError::TooLate)
        ));
        let nothing = ScanId::from(store.env().uuid_v7());
        assert!(matches!(
            store.annul(&own, nothing, world.now()).await,
            Err(AnnulError::Unknown)
        ));
        let fresh = world.scan(&pass, activity.id);
        store.check_in(&own, fresh.clone()).await.unwrap();
        world.wait_minutes(14);
        assert!(store.annul(&own, fresh.scan_id, world.now()).await.is_ok());
        // A person of the organiser or a coordinator is in time whenever.
        assert!(store.annul(&Scope::cli(), scan.scan_id, world.now()).await.is_ok());
        world
    })
    .await;
}

#[tokio::test]
async fn a_holder_counts_again_the_next_day() {
    on_both_engines(async |world: World| {
        let club = world.club("Club").await;
        let today = world.activity(club.id, CountingRule::OncePerDay).await;
        let holder = world.new_holder("Ana", 23102, Baseline::Yes);
        assert_eq!(holder.baseline, Baseline::Yes);
        let pass = world.issue("Ana").await.pass;
        let first = world
            .store
            .check_in(&Scope::cli(), world.scan(&pass, today.id))
            .await
            .unwrap();
        world.wait_minutes(24 * 60);
        let tomorrow = world.activity(club.id, CountingRule::OncePerDay).await;
        let second = world
            .store
            .check_in(&Scope::cli(), world.scan(&pass, tomorrow.id))
            .await
            .unwrap();
        assert_eq!([first.first_visit, second.first_visit], [true, false]);
        assert_eq!(second.verdict, Verdict::Counted);
        assert_eq!(world.store.counts_today(&Scope::cli(), club.id).await.unwrap(), 1);
        world
    })
    .await;
}
