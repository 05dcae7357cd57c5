//! What is noted where a fact changes: a load in bulk, a pass that is opened or blocked, a membership, a cheque.

use domain::{Baseline, Dimension, FigureCode, HolderId, NO_KEY, PassStatus};
use jiff::SignedDuration;
use storage::{BulkHolder, ChequeFact, ChequeKind, NewMember, Scope};
use tests::conformance::{FixedSigner, ISSUER, World, nis, on_both_engines};

use super::{figure, raw};

#[tokio::test]
async fn a_bulk_load_is_seen_by_whoever_had_asked_before() {
    on_both_engines(async |mut world: World| {
        let ask = raw(FigureCode::PassesIssued, "2026-02", &[]);
        assert_eq!(figure(&world.store, &ask, "passes_issued").await, []);
        let other = world.second_server().await;
        assert_eq!(figure(&other, &ask, "passes_issued").await, []);
        let mut bulk = other.bulk(&Scope::cli()).await.unwrap();
        let holder = BulkHolder {
            holder: world.new_holder("Iemand", 23102, Baseline::No),
            issued_at: world.now() - SignedDuration::from_hours(24 * 40),
        };
        bulk.holders(vec![holder; 30], &FixedSigner::default(), ISSUER)
            .await
            .unwrap();
        assert_eq!(
            figure(&world.store, &ask, "passes_issued").await,
            [],
            "not before the commit"
        );
        bulk.commit().await.unwrap();
        for store in [&world.store, &other] {
            assert_eq!(figure(store, &ask, "passes_issued").await, [(Vec::new(), 30)]);
        }
        other.close().await;
        world.tell("seen");
        world
    })
    .await;
}

#[tokio::test]
async fn a_pass_is_activated_once_ends_once_and_its_holder_becomes_a_member() {
    on_both_engines(async |mut world: World| {
        let (scope, club) = (Scope::cli(), world.club("Zwemclub").await);
        let mut issued = Vec::new();
        for _ in 0..6 {
            issued.push(world.issue("Ana").await);
        }
        let funnel = raw(FigureCode::Funnel, "2026-03", &[]);
        let active = raw(FigureCode::PassesActive, "2026-03", &[]);
        for issued in issued.iter().take(4) {
            world.store.pass_by_claim(issued.claim.as_str()).await.unwrap().unwrap();
        }
        assert_eq!(figure(&world.store, &funnel, "activated").await, [(Vec::new(), 4)]);
        assert_eq!(figure(&world.store, &active, "passes_active").await, [(Vec::new(), 6)]);
        let pass = &issued[0].pass;
        world
            .store
            .set_pass_status(&scope, pass.id, PassStatus::Suspended)
            .await
            .unwrap();
        assert_eq!(figure(&world.store, &active, "passes_active").await, [(Vec::new(), 5)]);
        world
            .store
            .set_pass_status(&scope, pass.id, PassStatus::Valid)
            .await
            .unwrap();
        assert_eq!(figure(&world.store, &active, "passes_active").await, [(Vec::new(), 6)]);

        let today = world.store.env().today();
        let member = NewMember::Number(pass.number);
        world
            .store
            .record_membership(&scope, member, club.id, today)
            .await
            .unwrap();
        let member = NewMember::Holder(issued[1].holder.id);
        world
            .store
            .record_membership(&scope, member, club.id, today)
            .await
            .unwrap();
        assert_eq!(figure(&world.store, &funnel, "member").await, [(Vec::new(), 2)]);
        let tomorrow = today.tomorrow().unwrap();
        assert!(
            world
                .store
                .record_membership(&scope, member, club.id, tomorrow)
                .await
                .is_err()
        );
        let nobody = NewMember::Holder(HolderId::from(world.store.env().uuid_v7()));
        assert!(
            world
                .store
                .record_membership(&scope, nobody, club.id, today)
                .await
                .is_err()
        );
        assert!(
            world
                .store
                .record_membership(&Scope::public(), member, club.id, today)
                .await
                .is_err()
        );

        let cheque = |kind, pieces, cents| ChequeFact {
            kind,
            holder: issued[2].holder.id,
            organiser: Some(club.id),
            municipality: nis(23102),
            day: today,
            pieces,
            cents,
            first_visit: true,
        };
        let facts = vec![
            cheque(ChequeKind::Issued, 3, 1500),
            cheque(ChequeKind::Redeemed, 2, 1000),
        ];
        world.store.record_cheque_facts(&scope, facts).await.unwrap();
        let cheques = raw(FigureCode::Cheques, "2026", &[Dimension::Organiser]);
        let key = vec![club.id.to_string().replace('-', "")];
        assert_eq!(
            figure(&world.store, &cheques, "redeemed").await,
            [(Vec::new(), 2), (key, 2)]
        );
        assert!(
            world
                .store
                .record_cheque_facts(&Scope::public(), Vec::new())
                .await
                .is_err()
        );
        let names = world.store.names(&scope).await.unwrap();
        assert_eq!(names.of(Dimension::Organiser, &club.id.to_string()), "Zwemclub");
        assert_eq!(names.of(Dimension::Municipality, "23102"), "Wemmel");
        assert_eq!(names.of(Dimension::Action, NO_KEY), "geen actie");
        world.tell("followed");
        world
    })
    .await;
}
