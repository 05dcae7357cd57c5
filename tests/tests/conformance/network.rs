//! The learning network: members over time, meetings, practice sheets.

use domain::{FigureCode, NetworkKind};
use jiff::civil::date;
use storage::{
    ActionChange, Error, NewAction, NewMeeting, NewNetworkMember, NewPractice, PracticeFigure, PracticeFilter, Role,
    Scope,
};
use tests::conformance::{World, nis, on_both_engines};

use crate::scopes::account;

fn region(bodies: &[&str]) -> NewNetworkMember {
    NewNetworkMember {
        partnership: None,
        name: "Welzijnsregio Noord-Limburg".to_owned(),
        kind: NetworkKind::WelfareRegion,
        bodies: bodies.iter().map(|body| (*body).to_owned()).collect(),
        joined_on: date(2017, 5, 16),
        left_on: None,
        successor: None,
    }
}

fn practice() -> NewPractice {
    NewPractice {
        partnership: None,
        member: None,
        action: None,
        title: "Een buddy voor het eerste bezoek".to_owned(),
        problem: "Mensen durven niet alleen te komen.".to_owned(),
        approach: "Een vrijwilliger gaat mee.".to_owned(),
        result: "Ze komen terug.".to_owned(),
        shared_on: date(2026, 3, 1),
        figures: vec![PracticeFigure {
            code: FigureCode::Participants,
            period: "2026-Q1".parse().unwrap(),
            by: vec![domain::Dimension::Municipality],
        }],
    }
}

#[tokio::test]
async fn a_member_keeps_its_bodies_and_says_into_what_they_merged() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        let all = Scope::cli();
        let bodies = [
            "OCMW Bocholt",
            "OCMW Neerpelt",
            " OCMW van Overpelt ",
            "Meeuwen-Gruitrode",
        ];
        let old = store.add_network_member(&all, &region(&bodies)).await.unwrap();
        let new = NewNetworkMember {
            name: "Noord-Limburg Samen".to_owned(),
            joined_on: date(2019, 1, 1),
            ..region(&["OCMW Pelt"])
        };
        let new = store.add_network_member(&all, &new).await.unwrap();
        let ended = NewNetworkMember {
            left_on: Some(date(2018, 12, 31)),
            successor: Some(new),
            ..region(&bodies)
        };
        store.change_network_member(&all, old, &ended).await.unwrap();
        let members = store.network_members(&Scope::public(), None).await.unwrap();
        let [first, second] = &members[..] else {
            panic!("{members:?}")
        };
        assert_eq!((first.id, second.id), (old, new));
        assert_eq!(
            (first.successor, first.successor_name.as_deref(), first.left_on),
            (Some(new), Some("Noord-Limburg Samen"), Some(date(2018, 12, 31)))
        );
        let merged: Vec<_> = first
            .bodies
            .iter()
            .map(|body| (body.name.as_str(), body.now.as_deref()))
            .collect();
        assert_eq!(
            merged,
            [
                ("OCMW Bocholt", None),
                ("OCMW Neerpelt", Some("Pelt")),
                ("OCMW van Overpelt", Some("Pelt")),
                ("Meeuwen-Gruitrode", Some("Oudsbergen")),
            ]
        );
        assert_eq!(first.bodies[1].until, Some(date(2018, 12, 31)));
        assert_eq!(
            (second.bodies[0].municipality, second.bodies[0].until),
            (Some(nis(72043)), None)
        );

        let circle = NewNetworkMember {
            left_on: Some(date(2020, 1, 1)),
            successor: Some(old),
            ..region(&[])
        };
        assert!(matches!(
            store.change_network_member(&all, new, &circle).await,
            Err(Error::Invalid(_))
        ));
        for refused in [
            NewNetworkMember {
                name: " ".to_owned(),
                ..region(&[])
            },
            NewNetworkMember {
                left_on: Some(date(2017, 5, 15)),
                ..region(&[])
            },
            NewNetworkMember {
                successor: Some(new),
                ..region(&[])
            },
            region(&["x"; 61]),
            region(&[""]),
        ] {
            assert!(matches!(
                store.add_network_member(&all, &refused).await,
                Err(Error::Invalid(_))
            ));
        }
        let nowhere = store.env().uuid_v7();
        assert!(matches!(
            store.change_network_member(&all, nowhere.into(), &region(&[])).await,
            Err(Error::Unknown("member"))
        ));
        world.tell(members);
        world
    })
    .await;
}

#[tokio::test]
async fn who_met_and_when_is_public_and_what_was_said_is_not() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        let all = Scope::cli();
        let member = store.add_network_member(&all, &region(&[])).await.unwrap();
        let new = NewMeeting {
            partnership: None,
            title: "Verankering in BBC".to_owned(),
            held_on: date(2017, 10, 12),
            attendees: vec![member, member],
            notes: "Iedereen vertelt\nhoe.".to_owned(),
        };
        store.add_meeting(&all, &new).await.unwrap();
        let seen = store.meetings(&Scope::public(), None).await.unwrap();
        assert_eq!(seen[0].attendees, [(member, "Welzijnsregio Noord-Limburg".to_owned())]);
        assert_eq!(seen[0].notes, None);
        let kept = store.meetings(&all, None).await.unwrap();
        assert_eq!(kept[0].notes.as_deref(), Some("Iedereen vertelt\nhoe."));
        let stranger = NewMeeting {
            attendees: vec![store.env().uuid_v7().into()],
            ..new.clone()
        };
        assert!(matches!(
            store.add_meeting(&all, &stranger).await,
            Err(Error::Unknown("member"))
        ));
        let nameless = NewMeeting {
            title: String::new(),
            ..new
        };
        assert!(matches!(
            store.add_meeting(&all, &nameless).await,
            Err(Error::Invalid(_))
        ));
        world.tell((seen, kept));
        world
    })
    .await;
}

#[tokio::test]
async fn a_practice_is_public_from_the_day_it_is_shared() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        let all = Scope::cli();
        let swim = NewAction {
            partnership: None,
            action: ActionChange {
                name: "Zwemmen".to_owned(),
                ..ActionChange::default()
            },
        };
        let swim = store.add_action(&all, &swim).await.unwrap();
        let member = store.add_network_member(&all, &region(&[])).await.unwrap();
        let mut new = practice();
        let shared = store.add_practice(&all, &new).await.unwrap();
        new.shared_on = date(2026, 3, 21);
        new.action = Some(swim.id);
        new.member = Some(member);
        let later = store.add_practice(&all, &new).await.unwrap();
        let public = Scope::public();
        let seen = store.practices(&public, &PracticeFilter::default()).await.unwrap();
        assert_eq!(seen.iter().map(|practice| practice.id).collect::<Vec<_>>(), [shared]);
        assert!(store.practice(&public, later).await.unwrap().is_none());
        let kept = store.practice(&all, later).await.unwrap().unwrap();
        assert_eq!(
            (kept.action.clone(), kept.member.clone()),
            (
                Some((swim.id, "Zwemmen".to_owned())),
                Some((member, "Welzijnsregio Noord-Limburg".to_owned()))
            )
        );
        assert_eq!(kept.figures, new.figures);
        let filter = PracticeFilter {
            from: Some(date(2026, 3, 2)),
            ..PracticeFilter::default()
        };
        assert_eq!(store.practices(&all, &filter).await.unwrap().len(), 1);
        new.title = "Een buddy".to_owned();
        new.figures.clear();
        store.change_practice(&all, later, &new).await.unwrap();
        world.wait_minutes(24 * 60);
        let seen = store
            .practices(&Scope::public(), &PracticeFilter::default())
            .await
            .unwrap();
        assert_eq!((seen.len(), seen[0].title.as_str()), (2, "Een buddy"));
        assert!(seen[0].figures.is_empty());
        world.tell((kept, seen));
        world
    })
    .await;
}

#[tokio::test]
async fn a_practice_keeps_to_the_fixed_grid_and_to_what_is_there() {
    on_both_engines(async |world: World| {
        let store = &world.store;
        let all = Scope::cli();
        let figure = practice().figures[0].clone();
        let with = |figures: Vec<PracticeFigure>| NewPractice { figures, ..practice() };
        for refused in [
            with(vec![PracticeFigure {
                period: "2026-01-05..2026-02-11".parse().unwrap(),
                ..figure.clone()
            }]),
            with(vec![PracticeFigure {
                by: domain::Dimension::ALL[..3].to_vec(),
                ..figure.clone()
            }]),
            with(vec![figure.clone(); 9]),
            NewPractice {
                result: " \n".to_owned(),
                ..practice()
            },
        ] {
            assert!(matches!(
                store.add_practice(&all, &refused).await,
                Err(Error::Invalid(_))
            ));
        }
        let nowhere = store.env().uuid_v7();
        for stranger in [
            NewPractice {
                member: Some(nowhere.into()),
                ..practice()
            },
            NewPractice {
                action: Some(nowhere.into()),
                ..practice()
            },
        ] {
            assert!(matches!(
                store.add_practice(&all, &stranger).await,
                Err(Error::Unknown(_))
            ));
        }
        assert!(matches!(
            store.change_practice(&all, nowhere.into(), &practice()).await,
            Err(Error::Unknown("practice"))
        ));
        world
    })
    .await;
}

#[tokio::test]
async fn only_who_manages_the_programme_writes_about_the_network() {
    on_both_engines(async |world: World| {
        let store = &world.store;
        let club = world.club("Club").await;
        let coordinator = account(&world, Role::Coordinator, None, None).await;
        let member = store.add_network_member(&coordinator, &region(&[])).await.unwrap();
        let sheet = store.add_practice(&coordinator, &practice()).await.unwrap();
        let meeting = NewMeeting {
            partnership: None,
            title: "X".to_owned(),
            held_on: date(2026, 4, 1),
            attendees: Vec::new(),
            notes: String::new(),
        };
        for scope in [
            account(&world, Role::Auditor, None, None).await,
            account(&world, Role::Counter, Some(nis(23102)), None).await,
            account(&world, Role::Organiser, None, Some(club.id)).await,
            Scope::public(),
        ] {
            let denied = |outcome: Result<(), Error>| assert!(matches!(outcome, Err(Error::Denied(_))), "{outcome:?}");
            denied(store.add_network_member(&scope, &region(&[])).await.map(drop));
            denied(store.change_network_member(&scope, member, &region(&[])).await);
            denied(store.add_meeting(&scope, &meeting).await.map(drop));
            denied(store.add_practice(&scope, &practice()).await.map(drop));
            denied(store.change_practice(&scope, sheet, &practice()).await);
            assert!(store.practice(&scope, sheet).await.unwrap().is_some());
        }
        let elsewhere = NewNetworkMember {
            partnership: Some(store.env().uuid_v7().into()),
            ..region(&[])
        };
        assert!(matches!(
            store.add_network_member(&coordinator, &elsewhere).await,
            Err(Error::Unknown("partnership"))
        ));
        let other = Some(store.env().uuid_v7().into());
        assert!(store.network_members(&coordinator, other).await.unwrap().is_empty());
        assert!(store.meetings(&coordinator, other).await.unwrap().is_empty());
        world
    })
    .await;
}
