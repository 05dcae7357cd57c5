//! Late registration: numbers that are checked in afterwards, and people without one.

use domain::{CountingRule, Flag, Scanned, SessionId, Verdict};
use jiff::SignedDuration;
use storage::{CheckIn, Error, MOST_PEOPLE, NewManualCount, Scope, scan_of_form};
use tests::conformance::{World, on_both_engines};

#[tokio::test]
async fn a_list_of_numbers_that_is_sent_twice_counts_once() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let yoga = world.activity(club.id, CountingRule::OncePerDay).await;
        let passes = [world.issue("Ana").await.pass, world.issue("Bo").await.pass];
        let then = world.now();
        world.wait_minutes(60 * 30);
        let form = world.scan_id();
        let mut told = Vec::new();
        for replay in [false, true] {
            for pass in &passes {
                let check_in = CheckIn {
                    scan_id: scan_of_form(form, &pass.number.to_string()),
                    input: Ok(Scanned::Number(pass.number)),
                    key: None,
                    content_hash: [9; 32],
                    activity: yoga.id,
                    occurred_at: Some(then),
                    clock_offset_ms: 0,
                    manual: true,
                    note: Some("De telefoon was leeg.".to_owned()),
                };
                let recorded = world.store.check_in(&Scope::cli(), check_in).await.unwrap();
                assert_eq!((recorded.verdict, recorded.replay), (Verdict::Counted, replay));
                assert!(recorded.flags.contains(Flag::Manual));
                told.push(recorded);
            }
        }
        let day = domain::local_day(then);
        let evening = world.store.evening(&Scope::cli(), club.id, day).await.unwrap();
        assert_eq!(evening.visits, 2);
        assert!(evening.stories.scans.is_empty(), "late by nature is no story");
        let scans = world
            .store
            .counted_scans(&Scope::cli(), club.id, day, None)
            .await
            .unwrap();
        assert!(
            scans
                .iter()
                .all(|scan| scan.note.as_deref() == Some("De telefoon was leeg."))
        );
        world.tell((told, evening, scans));
        world
    })
    .await;
}

#[tokio::test]
async fn people_without_a_number_are_shown_and_never_counted_as_holders() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let yoga = world.activity(club.id, CountingRule::OncePerDay).await;
        let store = &world.store;
        let now = store.env().now();
        let sessions = store
            .organiser_sessions(&Scope::cli(), club.id, now - SignedDuration::from_hours(24), now)
            .await
            .unwrap();
        let [session] = &sessions[..] else {
            panic!("{sessions:?}")
        };
        let entry = NewManualCount {
            id: world.scan_id(),
            activity: yoga.id,
            session: session.id,
            people: 12,
            note: " De telefoon was leeg. ".to_owned(),
        };
        for _ in 0..2 {
            store.record_manual_count(&Scope::cli(), entry.clone()).await.unwrap();
        }
        let other = NewManualCount {
            people: 13,
            ..entry.clone()
        };
        assert!(matches!(
            store.record_manual_count(&Scope::cli(), other).await,
            Err(Error::Exists(_))
        ));
        let today = store.env().today();
        let evening = store.evening(&Scope::cli(), club.id, today).await.unwrap();
        let [counted] = &evening.without_number[..] else {
            panic!("{:?}", evening.without_number)
        };
        assert_eq!((counted.people, counted.note.as_str()), (12, "De telefoon was leeg."));
        assert_eq!(evening.visits, 0);

        let new = |people, session, note: &str| NewManualCount {
            id: world.scan_id(),
            people,
            session,
            note: note.to_owned(),
            ..entry.clone()
        };
        for wrong in [
            new(0, session.id, "x"),
            new(MOST_PEOPLE + 1, session.id, "x"),
            new(1_000_000_000, session.id, "x"),
            new(1, session.id, " "),
        ] {
            assert!(matches!(
                store.record_manual_count(&Scope::cli(), wrong).await,
                Err(Error::Invalid(_))
            ));
        }
        let nowhere = new(1, SessionId::from(store.env().uuid_v7()), "x");
        assert!(matches!(
            store.record_manual_count(&Scope::cli(), nowhere).await,
            Err(Error::Unknown(_))
        ));
        assert!(matches!(
            store
                .record_manual_count(&Scope::public(), new(1, session.id, "x"))
                .await,
            Err(Error::Denied(_))
        ));
        world.tell((&evening, &sessions));
        world
    })
    .await;
}

#[tokio::test]
async fn nobody_came_to_a_session_that_has_not_started() {
    on_both_engines(async |world: World| {
        let club = world.club("Club").await;
        let mut new = world.new_activity(club.id, CountingRule::OncePerDay);
        new.starts_at = world.now() + SignedDuration::from_hours(1);
        new.ends_at = world.now() + SignedDuration::from_hours(2);
        let store = &world.store;
        let activity = store.add_activity(&Scope::cli(), new).await.unwrap();
        let session = store.activity_sessions(&Scope::cli(), activity.id).await.unwrap()[0].id;
        let entry = NewManualCount {
            id: world.scan_id(),
            activity: activity.id,
            session,
            people: 3,
            note: "x".to_owned(),
        };
        assert!(matches!(
            store.record_manual_count(&Scope::cli(), entry).await,
            Err(Error::Invalid(_))
        ));
        world
    })
    .await;
}
