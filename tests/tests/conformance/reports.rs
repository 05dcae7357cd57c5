//! Reports that were frozen, and the keys that seal them.

use domain::PairingCode;
use jiff::SignedDuration;
use storage::{Error, NewFrozenFile, NewFrozenReport, Scope, SigningKeyRecord};
use tests::conformance::{World, on_both_engines};

fn report(world: &World, code: [u8; 5], open: bool) -> NewFrozenReport {
    let now = world.store.env().now();
    NewFrozenReport {
        code: PairingCode::from_bytes(code),
        partnership: None,
        kind: if open { "answer" } else { "final" }.to_owned(),
        title: "Antwoord".to_owned(),
        subject: "Vlaamse Rand".to_owned(),
        period: "2026".to_owned(),
        compare: Some("2025".to_owned()),
        open,
        data_date: now,
        facts_hash: "ab".repeat(32),
        document: "{\"kind\":\"answer\"}".to_owned(),
        seal: "a.b.c".to_owned(),
        frozen_at: now,
        files: ["pdf", "json"]
            .map(|form| NewFrozenFile {
                form: form.to_owned(),
                sha256: [code[0] + u8::from(form == "pdf"); 32],
                bytes: form.as_bytes().repeat(70_000),
            })
            .to_vec(),
    }
}

#[tokio::test]
async fn a_frozen_report_is_read_back_byte_for_byte() {
    on_both_engines(async |mut world: World| {
        let (store, new) = (&world.store, report(&world, [1, 2, 3, 4, 5], true));
        let frozen = store.freeze_report(&Scope::cli(), new.clone()).await.unwrap();
        world.clock.advance(SignedDuration::from_hours(24 * 400));
        let read = store.frozen_report(&Scope::public(), new.code).await.unwrap().unwrap();
        assert_eq!(read, frozen);
        assert_eq!(read.document.as_deref(), Some(new.document.as_str()));
        for file in &new.files {
            let bytes = store.frozen_file(&Scope::public(), &read, &file.form).await.unwrap();
            assert_eq!(bytes.as_ref(), Some(&file.bytes));
            let of = store
                .frozen_report_of_file(&Scope::public(), file.sha256)
                .await
                .unwrap();
            assert_eq!(of.as_ref(), Some(&read));
        }
        assert_eq!(store.frozen_file(&Scope::public(), &read, "xlsx").await.unwrap(), None);
        assert_eq!(
            store.frozen_report_of_file(&Scope::public(), [9; 32]).await.unwrap(),
            None
        );
        let unknown = PairingCode::from_bytes([9; 5]);
        assert_eq!(store.frozen_report(&Scope::public(), unknown).await.unwrap(), None);
        let again = store.freeze_report(&Scope::cli(), new).await;
        assert!(matches!(again, Err(Error::Exists(_))), "{again:?}");
        let hashes = store.frozen_hashes(&Scope::public(), &read).await.unwrap();
        assert_eq!(hashes.len(), 2);
        let told = (read.title, read.period, read.compare, hashes);
        world.tell(told);
        world
    })
    .await;
}

#[tokio::test]
async fn only_who_may_freeze_freezes_and_money_is_not_for_everybody() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        let refused = store
            .freeze_report(&Scope::public(), report(&world, [1; 5], true))
            .await;
        assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
        store
            .freeze_report(&Scope::cli(), report(&world, [1; 5], true))
            .await
            .unwrap();
        let closed = report(&world, [2; 5], false);
        store.freeze_report(&Scope::cli(), closed.clone()).await.unwrap();
        let seen = store
            .frozen_report(&Scope::public(), closed.code)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(seen.document, None, "that it exists, and not what it says");
        assert_eq!(store.frozen_file(&Scope::public(), &seen, "pdf").await.unwrap(), None);
        assert!(store.frozen_file(&Scope::cli(), &seen, "pdf").await.unwrap().is_some());
        let listed = store.frozen_reports(&Scope::public()).await.unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(store.frozen_reports(&Scope::cli()).await.unwrap().len(), 2);
        let told: Vec<String> = listed.into_iter().map(|one| one.code.to_string()).collect();
        world.tell(told);
        world
    })
    .await;
}

#[tokio::test]
async fn keys_of_reports_are_public_and_kept_apart_from_those_of_passes() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        let now = store.env().now();
        let key = SigningKeyRecord {
            kid: 1,
            public: [3; 32],
            not_before: now,
            not_after: now.checked_add(SignedDuration::from_hours(24)).unwrap(),
            revoked_at: None,
        };
        store.add_report_key(&Scope::cli(), key.clone()).await.unwrap();
        let again = store.add_report_key(&Scope::cli(), key.clone()).await;
        assert!(matches!(again, Err(Error::Exists(_))));
        assert!(matches!(
            store.add_report_key(&Scope::public(), key.clone()).await,
            Err(Error::Denied(_))
        ));
        assert_eq!(
            store.report_keys(&Scope::public()).await.unwrap(),
            std::slice::from_ref(&key)
        );
        assert_eq!(store.signing_keys(&Scope::public()).await.unwrap(), []);
        store.revoke_report_key(&Scope::cli(), 1, now).await.unwrap();
        let keys = store.report_keys(&Scope::public()).await.unwrap();
        assert_eq!(keys.first().unwrap().revoked_at, Some(now));
        world.tell(keys);
        world
    })
    .await;
}
