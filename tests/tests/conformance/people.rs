//! Holders, passes, claim links, accounts, clients, keys.

use domain::{Baseline, Number, PassStatus};
use jiff::SignedDuration;
use storage::{Error, NewAccount, Permission, Role, Scope, SigningKeyRecord};
use tests::conformance::{FixedSigner, ISSUER, World, nis, on_both_engines};

#[tokio::test]
async fn an_issued_pass_is_found_by_number_by_name_and_by_its_claim_link() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        let mut new = world.new_holder("Élodie", 23102, Baseline::No);
        new.partner = Some("Kanak".to_owned());
        let issued = store
            .issue_pass(&Scope::cli(), new, &FixedSigner::default(), ISSUER)
            .await
            .unwrap();
        let (pass, holder) = (&issued.pass, &issued.holder);
        assert_eq!(
            (pass.from.to_string(), pass.until.to_string()),
            ("2026-01-01".into(), "2028-12-31".into())
        );
        assert_eq!((pass.index, pass.kid, pass.status), (0, 1, PassStatus::Valid));

        let (found, whose) = store
            .pass_by_number(&Scope::cli(), &pass.number)
            .await
            .unwrap()
            .unwrap();
        assert_eq!((found.id, &whose), (pass.id, holder));
        assert_eq!(found.credential, pass.credential);
        assert_eq!(found.credential.to_qr_text(), pass.credential.to_qr_text());
        for typed in ["él", " Élodie ", &pass.number.to_string().to_lowercase()] {
            let hits = store.find_holders(&Scope::cli(), typed, 20).await.unwrap();
            assert_eq!(hits.first().map(|(found, _)| found), Some(holder), "{typed}");
        }
        for typed in [
            "",
            "lodie",
            "%",
            "élodiex",
            "\0",
            "\0él\u{10FFFF}",
            "'; DROP TABLE holder; --",
        ] {
            assert!(
                store.find_holders(&Scope::cli(), typed, 20).await.unwrap().is_empty(),
                "{typed}"
            );
        }
        let (opened, _) = store.pass_by_claim(issued.claim.as_str()).await.unwrap().unwrap();
        assert_eq!(opened.id, pass.id);
        let again = store.new_claim(&Scope::cli(), pass.id).await.unwrap();
        assert_ne!(again, issued.claim);
        for token in [issued.claim.as_str(), again.as_str()] {
            assert!(store.pass_by_claim(token).await.unwrap().is_some());
        }
        for token in ["", "x", &"x".repeat(43), &"é".repeat(100)] {
            assert!(store.pass_by_claim(token).await.unwrap().is_none());
        }
        let nobody: Number = "0000-0000-000".parse().unwrap();
        assert!(store.pass_by_number(&Scope::cli(), &nobody).await.unwrap().is_none());
        assert_eq!(
            store.pass(&Scope::cli(), &pass.number).await.unwrap().unwrap().id,
            pass.id
        );
        world.tell((
            &issued.holder,
            issued.pass.credential.jwt(ISSUER),
            issued.claim.as_str(),
        ));
        world
    })
    .await;
}

#[tokio::test]
async fn passes_issued_together_are_all_there_or_none() {
    on_both_engines(async |mut world: World| {
        let names = ["Ana", "Bram", "Chi", "Dana"];
        let new = names
            .map(|name| world.new_holder(name, 23102, Baseline::NotAsked))
            .to_vec();
        let mut wrong = new.clone();
        wrong.last_mut().unwrap().partner = Some("Niemand".to_owned());
        let refused = world
            .store
            .issue_passes(&Scope::cli(), wrong, &FixedSigner::default(), ISSUER)
            .await;
        assert!(matches!(refused, Err(Error::Unknown("partner"))));
        let mut wrong = new.clone();
        wrong.last_mut().unwrap().municipality = nis(72043);
        let coordinator = coordinator(&world).await;
        let refused = world
            .store
            .issue_passes(&coordinator, wrong, &FixedSigner::default(), ISSUER)
            .await;
        assert!(matches!(refused, Err(Error::Unknown("municipality"))));
        assert!(
            world
                .store
                .find_holders(&Scope::cli(), "Ana", 9)
                .await
                .unwrap()
                .is_empty()
        );

        let issued = world
            .store
            .issue_passes(&Scope::cli(), new, &FixedSigner::default(), ISSUER)
            .await
            .unwrap();
        let indexes: Vec<u32> = issued.iter().map(|issued| issued.pass.index).collect();
        assert_eq!(indexes, [0, 1, 2, 3], "a refused issue leaves no gap");
        let issued_names: Vec<String> = issued
            .iter()
            .map(|issued| issued.holder.first_name.to_string())
            .collect();
        assert_eq!(issued_names, names);
        world.tell(issued.iter().map(|issued| issued.pass.number).collect::<Vec<_>>());
        world
    })
    .await;
}

#[tokio::test]
async fn a_pass_can_be_suspended_and_restored() {
    on_both_engines(async |world: World| {
        let issued = world.issue("Ana").await;
        for status in [PassStatus::Suspended, PassStatus::Valid, PassStatus::Revoked] {
            world
                .store
                .set_pass_status(&Scope::cli(), issued.pass.id, status)
                .await
                .unwrap();
            let pass = world
                .store
                .pass(&Scope::cli(), &issued.pass.number)
                .await
                .unwrap()
                .unwrap();
            assert_eq!(pass.status, status);
        }
        let nobody = domain::PassId::from(world.store.env().uuid_v7());
        let refused = world
            .store
            .set_pass_status(&Scope::cli(), nobody, PassStatus::Valid)
            .await;
        assert!(matches!(refused, Err(Error::Unknown("pass"))));
        assert!(matches!(
            world.store.new_claim(&Scope::cli(), nobody).await,
            Err(Error::Unknown("pass"))
        ));
        world
    })
    .await;
}

/// An account of the default partnership that may do everything in it.
pub(crate) async fn coordinator(world: &World) -> Scope {
    let account = NewAccount {
        email: "Coordinator@Example.be ".to_owned(),
        name: "Coördinator".to_owned(),
        role: Role::Coordinator,
        municipality: None,
        organiser: None,
        password_hash: "hash".to_owned(),
    };
    let account = world.store.add_account(&Scope::cli(), account).await.unwrap();
    let token = world
        .store
        .create_session(account.id, SignedDuration::from_hours(8))
        .await
        .unwrap();
    world.store.session_scope(token.as_str()).await.unwrap().unwrap().1
}

#[tokio::test]
async fn a_login_session_lasts_until_it_expires_or_is_ended() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        coordinator(&world).await;
        let (account, hash) = store
            .account_by_email(" COORDINATOR@example.be")
            .await
            .unwrap()
            .unwrap();
        assert_eq!((hash.as_str(), account.role), ("hash", Role::Coordinator));
        assert!(store.account_by_email("nobody@example.be").await.unwrap().is_none());

        let token = store
            .create_session(account.id, SignedDuration::from_mins(10))
            .await
            .unwrap();
        let other = store
            .create_session(account.id, SignedDuration::from_mins(30))
            .await
            .unwrap();
        let (who, scope) = store.session_scope(token.as_str()).await.unwrap().unwrap();
        assert_eq!((&who, scope.account()), (&account, Some(account.id)));
        assert!(scope.may(Permission::ManageClients));
        world.wait_minutes(10);
        assert!(store.session_scope(token.as_str()).await.unwrap().is_none());
        assert!(store.session_scope(other.as_str()).await.unwrap().is_some());
        store.end_session(other.as_str()).await.unwrap();
        assert!(store.session_scope(other.as_str()).await.unwrap().is_none());
        store.end_session("never was one").await.unwrap();
        let nobody = domain::AccountId::from(store.env().uuid_v7());
        let refused = store.create_session(nobody, SignedDuration::from_mins(1)).await;
        assert!(matches!(refused, Err(Error::Unknown("account"))));
        world.tell(account);
        world
    })
    .await;
}

#[tokio::test]
async fn an_account_must_fit_its_role_and_its_name_is_unique() {
    on_both_engines(async |world: World| {
        let good = NewAccount {
            email: "balie@example.be".to_owned(),
            name: "Balie".to_owned(),
            role: Role::Counter,
            municipality: Some(nis(23102)),
            organiser: None,
            password_hash: "hash".to_owned(),
        };
        let mut wrong = vec![
            NewAccount {
                municipality: None,
                ..good.clone()
            },
            NewAccount {
                role: Role::Organiser,
                ..good.clone()
            },
            NewAccount {
                role: Role::Kiosk,
                ..good.clone()
            },
            NewAccount {
                email: String::new(),
                ..good.clone()
            },
        ];
        for new in wrong.drain(..) {
            assert!(matches!(
                world.store.add_account(&Scope::cli(), new).await,
                Err(Error::Invalid(_))
            ));
        }
        let elsewhere = NewAccount {
            municipality: Some(nis(72043)),
            ..good.clone()
        };
        let refused = world.store.add_account(&Scope::cli(), elsewhere).await;
        assert!(matches!(refused, Err(Error::Unknown("municipality"))));
        world.store.add_account(&Scope::cli(), good.clone()).await.unwrap();
        let twice = NewAccount {
            email: "BALIE@example.be".to_owned(),
            ..good
        };
        assert!(matches!(
            world.store.add_account(&Scope::cli(), twice).await,
            Err(Error::Exists("account"))
        ));
        world
    })
    .await;
}

#[tokio::test]
async fn a_client_is_known_by_its_token_until_it_is_revoked() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        let club = world.club("Club").await;
        let cli = Scope::cli();
        let (client, token) = store
            .create_client(&cli, "Kassa", Role::Ticketing, Some(club.id))
            .await
            .unwrap();
        let scope = store.client_scope(token.as_str()).await.unwrap().unwrap();
        assert_eq!(scope.organiser(), Some(club.id));
        assert!(scope.may(Permission::Scan) && !scope.may(Permission::FindHolder));
        assert_eq!(store.clients(&cli).await.unwrap(), std::slice::from_ref(&client));
        for token in ["", "wrong", &token.as_str()[1..]] {
            assert!(store.client_scope(token).await.unwrap().is_none());
        }
        for role in [Role::Coordinator, Role::Organiser] {
            assert!(matches!(
                store.create_client(&cli, "X", role, None).await,
                Err(Error::Invalid(_))
            ));
        }
        assert!(matches!(
            store.create_client(&cli, " ", Role::Kiosk, None).await,
            Err(Error::Invalid(_))
        ));
        store.revoke_client(&cli, client.id).await.unwrap();
        assert!(store.client_scope(token.as_str()).await.unwrap().is_none());
        assert!(matches!(
            store.revoke_client(&cli, client.id).await,
            Err(Error::Unknown("client"))
        ));
        assert!(store.clients(&cli).await.unwrap().is_empty());
        world.tell((client, token.as_str()));
        world
    })
    .await;
}

#[tokio::test]
async fn a_signing_key_is_listed_and_revoked_once() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        let key = SigningKeyRecord {
            kid: 200,
            public: [255; 32],
            not_before: world.now(),
            not_after: world.now() + SignedDuration::from_hours(24 * 400),
            revoked_at: None,
        };
        store.add_signing_key(&Scope::cli(), key.clone()).await.unwrap();
        let twice = store.add_signing_key(&Scope::cli(), key.clone()).await;
        assert!(matches!(twice, Err(Error::Exists("signing key"))));
        assert_eq!(store.signing_keys(&Scope::public()).await.unwrap(), [key]);
        let at = world.now();
        store.revoke_signing_key(&Scope::cli(), 200, at).await.unwrap();
        world.wait_minutes(5);
        store.revoke_signing_key(&Scope::cli(), 200, world.now()).await.unwrap();
        let keys = store.signing_keys(&Scope::public()).await.unwrap();
        assert_eq!(keys.first().unwrap().revoked_at, Some(at));
        world.tell(keys);
        world
    })
    .await;
}
