//! Municipalities, partnerships, organisers, activities.

use std::slice;

use domain::{ActivityId, Cents, CountingRule, OrganiserId, OrganiserKind};
use jiff::SignedDuration;
use storage::{ActivityFilter, Error, NewOrganiser, OrganiserFilter, Scope};
use tests::conformance::{World, nis, on_both_engines};

#[tokio::test]
async fn a_new_database_knows_the_nineteen_municipalities_and_the_mergers() {
    on_both_engines(async |mut world: World| {
        let today = world.store.municipalities(&Scope::public()).await.unwrap();
        assert_eq!(today.len(), 19);
        let wemmel = today.iter().find(|place| place.name_nl == "Wemmel").unwrap();
        assert!(wemmel.facility);
        assert_eq!(
            (wemmel.nis, wemmel.postcodes.as_slice()),
            (nis(23102), [1780].as_slice())
        );
        assert_eq!(wemmel.centre.as_deref(), Some("de Zandloper"));
        let facilities = today.iter().filter(|place| place.facility).count();
        assert_eq!(facilities, 6);
        let ever = world.store.municipality_history(&Scope::public()).await.unwrap();
        let neerpelt = ever.iter().find(|place| place.name_nl == "Neerpelt").unwrap();
        assert_eq!(neerpelt.successor, Some(nis(72043)));
        assert_eq!(neerpelt.valid_to.unwrap().to_string(), "2018-12-31");
        assert_eq!(ever.len(), 25);
        let partnerships = world.store.partnerships(&Scope::public()).await.unwrap();
        assert_eq!(partnerships.len(), 1);
        assert_eq!(partnerships.first().unwrap().municipalities.len(), 19);
        let partners = world.store.partners(&Scope::public()).await.unwrap();
        world.tell((today, ever, partnerships, partners));
        world
    })
    .await;
}

#[tokio::test]
async fn organisers_are_found_by_part_of_their_name_and_by_municipality() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        let club = world.club("Zwemclub De Één% Duik").await;
        let library = NewOrganiser {
            name: "Bib Asse".to_owned(),
            kind: OrganiserKind::Library,
            municipality: nis(23002),
        };
        let library = store.add_organiser(&Scope::cli(), library).await.unwrap();
        let find = async |search: &str| {
            let filter = OrganiserFilter {
                search: Some(search.to_owned()),
                ..OrganiserFilter::default()
            };
            store.organisers(&Scope::public(), filter).await.unwrap()
        };
        assert_eq!(find("één% d").await, slice::from_ref(&club));
        assert_eq!(find("%").await, slice::from_ref(&club));
        assert_eq!(find("niets").await, []);
        let filter = OrganiserFilter {
            municipality: Some(nis(23002)),
            search: None,
        };
        assert_eq!(
            store.organisers(&Scope::public(), filter).await.unwrap(),
            slice::from_ref(&library)
        );
        assert_eq!(
            store.organiser(&Scope::public(), club.id).await.unwrap(),
            Some(club.clone())
        );
        let nobody = OrganiserId::from(store.env().uuid_v7());
        assert_eq!(store.organiser(&Scope::public(), nobody).await.unwrap(), None);
        let all = store
            .organisers(&Scope::public(), OrganiserFilter::default())
            .await
            .unwrap();
        assert_eq!(all, [library.clone(), club.clone()]);
        let outside = NewOrganiser {
            name: "X".to_owned(),
            kind: OrganiserKind::Other,
            municipality: nis(11001),
        };
        assert!(matches!(
            store.add_organiser(&Scope::cli(), outside).await,
            Err(Error::Unknown("municipality"))
        ));
        world.tell((club, library));
        world
    })
    .await;
}

#[tokio::test]
async fn an_activity_is_listed_with_its_next_session_and_open_while_it_can_be_scanned() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let now_on = world.activity(club.id, CountingRule::OncePerDay).await;
        assert!(now_on.open_now);
        assert_eq!((now_on.minutes, now_on.pass_price_cents), (Some(90), Cents(350)));
        let mut later = world.new_activity(club.id, CountingRule::OncePerSession);
        later.name = "Later".to_owned();
        later.starts_at = world.now() + SignedDuration::from_hours(48);
        later.ends_at = later.starts_at + SignedDuration::from_hours(1);
        let later = world.store.add_activity(&Scope::cli(), later).await.unwrap();
        assert!(!later.open_now);

        let open = ActivityFilter {
            open_now: true,
            ..ActivityFilter::default()
        };
        let page = world.store.activities(&Scope::public(), open.clone()).await.unwrap();
        assert_eq!(page.items, slice::from_ref(&now_on));
        // The session ends after an hour; its scan window five hours later.
        world.wait_minutes(60 + 299);
        let page = world.store.activities(&Scope::public(), open.clone()).await.unwrap();
        assert_eq!(page.items.len(), 1);
        assert_eq!(page.items.first().unwrap().next_start, None);
        world.wait_minutes(2);
        assert!(
            world
                .store
                .activities(&Scope::public(), open)
                .await
                .unwrap()
                .items
                .is_empty()
        );
        let upcoming = ActivityFilter {
            upcoming: true,
            ..ActivityFilter::default()
        };
        let page = world.store.activities(&Scope::public(), upcoming).await.unwrap();
        assert_eq!(page.items.iter().map(|item| item.id).collect::<Vec<_>>(), [later.id]);
        let sessions = world.store.activity_sessions(&Scope::public(), later.id).await.unwrap();
        assert_eq!(sessions.len(), 1);
        let nothing = ActivityId::from(world.store.env().uuid_v7());
        assert_eq!(world.store.activity(&Scope::public(), nothing).await.unwrap(), None);
        world.tell((now_on, later, sessions));
        world
    })
    .await;
}

#[tokio::test]
async fn pages_of_activities_follow_each_other_without_gap_or_repeat() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        for number in 0..7_i64 {
            let mut new = world.new_activity(club.id, CountingRule::OncePerDay);
            new.name = format!("Activiteit {number}");
            // Two at a time begin together, and two are over.
            new.starts_at = world.now() + SignedDuration::from_hours(24 * (number / 2 - 1));
            new.ends_at = new.starts_at + SignedDuration::from_hours(1);
            world.store.add_activity(&Scope::cli(), new).await.unwrap();
        }
        let whole = world
            .store
            .activities(&Scope::public(), ActivityFilter::default())
            .await
            .unwrap();
        assert_eq!((whole.items.len(), whole.next), (7, None));
        let mut pieces = Vec::new();
        let mut after = None;
        loop {
            let filter = ActivityFilter {
                after,
                limit: 3,
                ..ActivityFilter::default()
            };
            let page = world.store.activities(&Scope::public(), filter).await.unwrap();
            pieces.extend(page.items);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(pieces, whole.items);
        let search = ActivityFilter {
            search: Some("teit 3".to_owned()),
            ..ActivityFilter::default()
        };
        let found = world.store.activities(&Scope::public(), search).await.unwrap();
        assert_eq!(found.items.len(), 1);
        world.tell(whole);
        world
    })
    .await;
}

#[tokio::test]
async fn an_impossible_activity_is_refused_and_nothing_is_written() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let good = world.new_activity(club.id, CountingRule::OncePerDay);
        let wrong = [
            storage::NewActivity {
                name: " ".to_owned(),
                ..good.clone()
            },
            storage::NewActivity {
                name: "x".repeat(121),
                ..good.clone()
            },
            storage::NewActivity {
                ends_at: good.starts_at,
                ..good.clone()
            },
            storage::NewActivity {
                ends_at: good.starts_at + SignedDuration::from_hours(25),
                ..good.clone()
            },
            storage::NewActivity {
                price_cents: Cents(-1),
                ..good.clone()
            },
            storage::NewActivity {
                taalicoon: Some(5),
                ..good.clone()
            },
            storage::NewActivity {
                place: "x".repeat(201),
                ..good.clone()
            },
        ];
        for new in wrong {
            let refused = world.store.add_activity(&Scope::cli(), new).await;
            assert!(matches!(refused, Err(Error::Invalid(_))));
            world.tell(refused.unwrap_err().to_string());
        }
        let nobody = OrganiserId::from(world.store.env().uuid_v7());
        let unknown = storage::NewActivity {
            organiser: nobody,
            ..good
        };
        assert!(matches!(
            world.store.add_activity(&Scope::cli(), unknown).await,
            Err(Error::Unknown("organiser"))
        ));
        let page = world
            .store
            .activities(&Scope::public(), ActivityFilter::default())
            .await
            .unwrap();
        assert!(page.items.is_empty());
        world
    })
    .await;
}
