//! What is out of scope cannot be asked for.

use domain::{Baseline, CountingRule, FigureCode, Nis, OrganiserId, Period, Reason, Verdict};
use jiff::SignedDuration;
use storage::{CheckInError, Error, FigureQuery, IssuedPass, NewAccount, NewOrganiser, Permission, Role, Scope};
use tests::conformance::{FixedSigner, ISSUER, World, nis, on_both_engines};

/// Logs in a new account.
pub(crate) async fn account(
    world: &World,
    role: Role,
    municipality: Option<Nis>,
    organiser: Option<OrganiserId>,
) -> Scope {
    let new = NewAccount {
        email: format!("{}@example.be", world.store.env().uuid_v7()),
        name: "Iemand".to_owned(),
        role,
        municipality,
        organiser,
        password_hash: "hash".to_owned(),
    };
    let account = world.store.add_account(&Scope::cli(), new).await.unwrap();
    let token = world
        .store
        .create_session(account.id, SignedDuration::from_hours(1))
        .await
        .unwrap();
    world.store.session_scope(token.as_str()).await.unwrap().unwrap().1
}

async fn issue_in(world: &World, name: &str, municipality: u32) -> IssuedPass {
    let new = world.new_holder(name, municipality, Baseline::No);
    world
        .store
        .issue_pass(&Scope::cli(), new, &FixedSigner::default(), ISSUER)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_counter_sees_only_holders_of_its_own_municipality() {
    on_both_engines(async |world: World| {
        let store = &world.store;
        let counter = account(&world, Role::Counter, Some(nis(23102)), None).await;
        let own = issue_in(&world, "Ana", 23102).await;
        let other = issue_in(&world, "Anke", 23002).await;
        let found = store.find_holders(&counter, "an", 10).await.unwrap();
        assert_eq!(
            found.iter().map(|(holder, _)| holder.id).collect::<Vec<_>>(),
            [own.holder.id]
        );
        assert!(
            store
                .pass_by_number(&counter, &other.pass.number)
                .await
                .unwrap()
                .is_none()
        );
        assert!(
            store
                .pass_by_number(&counter, &own.pass.number)
                .await
                .unwrap()
                .is_some()
        );
        assert!(
            store
                .find_holders(&counter, &other.pass.number.to_string(), 10)
                .await
                .unwrap()
                .is_empty()
        );
        assert!(matches!(
            store.new_claim(&counter, other.pass.id).await,
            Err(Error::Unknown("pass"))
        ));
        let status = domain::PassStatus::Revoked;
        let blocked = store.set_pass_status(&counter, other.pass.id, status).await;
        assert!(matches!(blocked, Err(Error::Unknown("pass"))));
        let elsewhere = world.new_holder("Bo", 23002, Baseline::No);
        let refused = store
            .issue_pass(&counter, elsewhere, &FixedSigner::default(), ISSUER)
            .await;
        assert!(matches!(refused, Err(Error::Unknown("municipality"))));
        let here = world.new_holder("Bo", 23102, Baseline::No);
        assert!(
            store
                .issue_pass(&counter, here, &FixedSigner::default(), ISSUER)
                .await
                .is_ok()
        );
        world
    })
    .await;
}

#[tokio::test]
async fn an_organiser_scans_adds_and_counts_only_for_itself() {
    on_both_engines(async |world: World| {
        let store = &world.store;
        let (club, other) = (world.club("Club").await, world.club("Andere club").await);
        let own = account(&world, Role::Organiser, None, Some(club.id)).await;
        let theirs = world.activity(other.id, CountingRule::OncePerDay).await;
        let ours = store
            .add_activity(&own, world.new_activity(club.id, CountingRule::OncePerDay))
            .await
            .unwrap();
        let refused = store
            .add_activity(&own, world.new_activity(other.id, CountingRule::OncePerDay))
            .await;
        assert!(matches!(refused, Err(Error::Denied(_))));
        let pass = world.issue("Ana").await.pass;
        let scan = world.scan(&pass, theirs.id);
        let denied = store.check_in(&own, scan.clone()).await.unwrap();
        assert_eq!((denied.verdict, denied.reason), (Verdict::Refused, Reason::RoleDenied));
        assert_eq!(
            store.check_in(&own, world.scan(&pass, ours.id)).await.unwrap().verdict,
            Verdict::Counted
        );
        assert!(matches!(
            store.counts_today(&own, other.id).await,
            Err(Error::Unknown("organiser"))
        ));
        assert!(matches!(
            store.recent_scans(&own, other.id, 5).await,
            Err(Error::Unknown("organiser"))
        ));
        assert_eq!(store.counts_today(&own, club.id).await.unwrap(), 1);
        assert!(matches!(
            store.find_holders(&own, "Ana", 5).await,
            Err(Error::Denied(_))
        ));
        assert!(matches!(
            store.pass_by_number(&own, &pass.number).await,
            Err(Error::Denied(_))
        ));
        // Somebody else's scan is no replay for this organiser, even with the same content.
        let foreign = world.scan(&pass, theirs.id);
        store.check_in(&Scope::cli(), foreign.clone()).await.unwrap();
        assert!(matches!(
            store.check_in(&own, foreign).await,
            Err(CheckInError::IdReuse)
        ));
        world
    })
    .await;
}

#[tokio::test]
async fn the_public_and_an_auditor_read_figures_and_nothing_of_a_person() {
    on_both_engines(async |world: World| {
        let store = &world.store;
        let club = world.club("Club").await;
        let activity = world.activity(club.id, CountingRule::OncePerDay).await;
        let issued = world.issue("Ana").await;
        let auditor = account(&world, Role::Auditor, None, None).await;
        for scope in [Scope::public(), auditor] {
            assert!(matches!(
                store.find_holders(&scope, "Ana", 5).await,
                Err(Error::Denied(_))
            ));
            assert!(matches!(
                store.pass(&scope, &issued.pass.number).await,
                Err(Error::Denied(_))
            ));
            assert!(matches!(
                store.counts_today(&scope, club.id).await,
                Err(Error::Denied(_))
            ));
            let scan = world.scan(&issued.pass, activity.id);
            assert!(matches!(store.check_in(&scope, scan).await, Err(CheckInError::Denied)));
            let new = world.new_holder("Bo", 23102, Baseline::No);
            let refused = store.issue_pass(&scope, new, &FixedSigner::default(), ISSUER).await;
            assert!(matches!(refused, Err(Error::Denied(_))));
            let new = world.new_activity(club.id, CountingRule::OncePerDay);
            assert!(matches!(store.add_activity(&scope, new).await, Err(Error::Denied(_))));
            assert!(matches!(
                store.create_client(&scope, "X", Role::Kiosk, None).await,
                Err(Error::Denied(_))
            ));
            assert!(matches!(store.clients(&scope).await, Err(Error::Denied(_))));
            let query = FigureQuery {
                code: FigureCode::Participants,
                period: "2026-03".parse::<Period>().unwrap(),
                by: Vec::new(),
                municipality: None,
                organiser: None,
            };
            assert!(store.figure(&scope, query).await.is_ok());
        }
        world
    })
    .await;
}

#[tokio::test]
async fn an_account_reaches_only_its_partnership() {
    on_both_engines(async |world: World| {
        // Pelt is known but no member of the partnership.
        let pelt = NewOrganiser {
            name: "Club Pelt".to_owned(),
            kind: domain::OrganiserKind::SportsClub,
            municipality: nis(72043),
        };
        let pelt = world.store.add_organiser(&Scope::cli(), pelt).await.unwrap();
        let activity = world.activity(pelt.id, CountingRule::OncePerDay).await;
        let issued = issue_in(&world, "Ana", 72043).await;
        let coordinator = account(&world, Role::Coordinator, None, None).await;
        assert!(coordinator.may(Permission::Scan));
        assert!(world.store.organiser(&coordinator, pelt.id).await.unwrap().is_none());
        assert!(world.store.activity(&coordinator, activity.id).await.unwrap().is_none());
        assert!(
            world
                .store
                .pass_by_number(&coordinator, &issued.pass.number)
                .await
                .unwrap()
                .is_none()
        );
        let scan = world.scan(&issued.pass, activity.id);
        let refused = world.store.check_in(&coordinator, scan).await.unwrap();
        assert_eq!(refused.reason, Reason::UnknownPass);
        let own = world.issue("Bo").await;
        let refused = world
            .store
            .check_in(&coordinator, world.scan(&own.pass, activity.id))
            .await
            .unwrap();
        assert_eq!(refused.reason, Reason::WrongActivity);
        world
    })
    .await;
}
