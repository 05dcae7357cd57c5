//! `POST /api/v1/check-ins`: what is refused, and with which reason (docs/protocol §5).

use domain::{Body, Credential, CredentialDay, PassKind, PassStatus, Tag};
use jiff::ToSpan;
use storage::Scope;
use tests::on_both_engines;
use tests::server::Answer;
use tests::signer::TestSigner;
use tests::world::{Pass, World, text};

on_both_engines!(
    codes_that_are_not_ours_are_foreign,
    codes_of_ours_that_are_broken_are_malformed,
    a_wrong_check_symbol_is_malformed,
    a_changed_signature_is_refused,
    a_key_nobody_knows_is_unknown_not_invalid,
    a_well_signed_pass_that_was_never_issued_is_unknown,
    an_unknown_number_is_unknown,
    a_revoked_and_a_suspended_pass_are_refused,
    last_years_pass_is_expired_and_next_years_not_yet_valid,
    an_activity_that_is_not_open_is_outside_its_window,
    a_client_of_one_organiser_cannot_count_for_another,
    a_refused_scan_counts_nothing_and_replays,
);

#[track_caller]
fn assert_refused(answer: &Answer, reason: &str) {
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert_eq!(answer.member("verdict"), "refused", "{}", answer.text);
    assert_eq!(answer.member("reason"), reason, "{}", answer.text);
    assert_eq!(answer.json()["first_visit"], false, "{}", answer.text);
}

async fn codes_that_are_not_ours_are_foreign(world: World) {
    let pass = world.pass().await;
    let activity = world.open_activity().await;
    let foreign = [
        "https://www.example.org/ticket/1",
        "HC1:6BFOXN*TS0BI$ZD",
        "BEGIN:VCARD\nN:Peeters\nEND:VCARD",
        "…",
    ];
    for text in foreign {
        let answer = world
            .send(&world.check_in(&pass, &activity).with("credential", text))
            .await;
        assert_refused(&answer, "foreign_qr");
    }
}

async fn codes_of_ours_that_are_broken_are_malformed(world: World) {
    let pass = world.pass().await;
    let activity = world.open_activity().await;
    let cut = &pass.credential[..pass.credential.len() - 3];
    let longer = format!("{}00", pass.credential);
    for text in ["RND1:", "RND1:???", cut, &longer, "RND1:€€€"] {
        let answer = world
            .send(&world.check_in(&pass, &activity).with("credential", text))
            .await;
        assert_refused(&answer, "malformed");
    }
}

async fn a_wrong_check_symbol_is_malformed(world: World) {
    let pass = world.pass().await;
    let activity = world.open_activity().await;
    let last = pass.number.chars().last().unwrap();
    let other = if last == 'A' { 'B' } else { 'A' };
    let wrong = format!("{}{other}", &pass.number[..pass.number.len() - 1]);
    assert_refused(
        &world.send(&world.check_in(&pass, &activity).typed(&wrong)).await,
        "malformed",
    );
    assert_refused(
        &world.send(&world.check_in(&pass, &activity).typed("12")).await,
        "malformed",
    );
}

fn read(pass: &Pass) -> Credential {
    match domain::parse_scan(&pass.credential) {
        Ok(domain::Scanned::Credential(credential)) => credential,
        other => panic!("not a credential: {other:?}"),
    }
}

async fn a_changed_signature_is_refused(world: World) {
    let pass = world.pass().await;
    let activity = world.open_activity().await;
    let mut forged = read(&pass);
    forged.signature[40] ^= 1;
    let answer = world
        .send(&world.check_in(&pass, &activity).with("credential", forged.to_qr_text()))
        .await;
    assert_refused(&answer, "bad_signature");
    // A longer validity with the old signature: the forgery that pays.
    let mut longer = read(&pass);
    longer.body.until = CredentialDay::from_date(longer.body.until.to_date() + 1.year()).unwrap();
    let answer = world
        .send(&world.check_in(&pass, &activity).with("credential", longer.to_qr_text()))
        .await;
    assert_refused(&answer, "bad_signature");
}

async fn a_key_nobody_knows_is_unknown_not_invalid(world: World) {
    let pass = world.pass().await;
    let activity = world.open_activity().await;
    let mut strange = read(&pass);
    strange.body.kid = strange.body.kid.wrapping_add(100);
    let answer = world
        .send(
            &world
                .check_in(&pass, &activity)
                .with("credential", strange.to_qr_text()),
        )
        .await;
    assert_refused(&answer, "unknown_key");
}

async fn a_well_signed_pass_that_was_never_issued_is_unknown(world: World) {
    let pass = world.pass().await;
    let activity = world.open_activity().await;
    let signer = TestSigner::of(world.server.home());
    let issuer = issuer(&pass);
    let known = read(&pass).body;
    let body = Body {
        index: known.index + 1_000_000,
        tag: Tag::try_from(0x1234_5678_9ABC).unwrap(),
        ..known
    };
    let credential = signer.credential(body, &issuer);
    let answer = world
        .send(
            &world
                .check_in(&pass, &activity)
                .with("credential", credential.to_qr_text()),
        )
        .await;
    assert_refused(&answer, "unknown_pass");
    assert_eq!(body.kind, PassKind::Personal);
}

fn issuer(pass: &Pass) -> String {
    text(&tests::signer::jwt_payload(&pass.jwt), "iss")
}

async fn an_unknown_number_is_unknown(world: World) {
    let pass = world.pass().await;
    let activity = world.open_activity().await;
    let number = domain::Number::from_tag(Tag::try_from(0x0FED_CBA9_8765).unwrap()).to_string();
    assert_refused(
        &world.send(&world.check_in(&pass, &activity).typed(&number)).await,
        "unknown_pass",
    );
}

async fn a_revoked_and_a_suspended_pass_are_refused(world: World) {
    let activity = world.open_activity().await;
    let store = world.store().await;
    for (status, reason) in [(PassStatus::Revoked, "revoked"), (PassStatus::Suspended, "suspended")] {
        let pass = world.pass().await;
        let id = world.pass_id(&store, &pass).await;
        store.set_pass_status(&Scope::cli(), id, status).await.unwrap();
        assert_refused(&world.send(&world.check_in(&pass, &activity)).await, reason);
        assert_refused(
            &world.send(&world.check_in(&pass, &activity).typed(&pass.number)).await,
            reason,
        );
        store
            .set_pass_status(&Scope::cli(), id, PassStatus::Valid)
            .await
            .unwrap();
        assert_eq!(
            world.send(&world.check_in(&pass, &activity)).await.member("verdict"),
            "counted"
        );
    }
}

async fn last_years_pass_is_expired_and_next_years_not_yet_valid(world: World) {
    let activity = world.open_activity().await;
    let known = world.pass().await;
    for (years, reason) in [(-3_i32, "expired"), (3, "not_yet_valid")] {
        let pass = world.pass_of_another_year(years, &issuer(&known)).await;
        assert_refused(&world.send(&world.check_in(&pass, &activity)).await, reason);
        assert_refused(
            &world.send(&world.check_in(&pass, &activity).typed(&pass.number)).await,
            reason,
        );
    }
}

async fn an_activity_that_is_not_open_is_outside_its_window(world: World) {
    let now = world.environment().now();
    let activities = world.activities("").await;
    let far = activities.iter().find(|activity| {
        let start: Option<jiff::Timestamp> = activity["next_start"].as_str().and_then(|text| text.parse().ok());
        activity["open_now"] == false && start.is_some_and(|start| start > now + 24.hours())
    });
    let far = text(far.unwrap(), "id");
    let pass = world.pass().await;
    assert_refused(&world.send(&world.check_in(&pass, &far)).await, "outside_window");
}

async fn a_client_of_one_organiser_cannot_count_for_another(world: World) {
    let open = world.activities("open_now=true").await;
    let own = &open[0];
    let own_organiser = text(own, "organiser_id");
    let foreign = open
        .iter()
        .find(|activity| activity["organiser_id"] != own["organiser_id"]);
    let foreign = text(foreign.unwrap(), "id");
    let store = world.store().await;
    let scope = Scope::cli();
    let (_, token) = store
        .create_client(
            &scope,
            "Eén club",
            storage::Role::Kiosk,
            Some(own_organiser.parse().unwrap()),
        )
        .await
        .unwrap();
    let pass = world.pass().await;
    let before = world.participations().await;
    let there = world.check_in(&pass, &foreign);
    let answer = world
        .server
        .post("/api/v1/check-ins", &token.to_string(), there.body())
        .await;
    assert_refused(&answer, "role_denied");
    assert_eq!(world.participations().await, before);
    let here = world.check_in(&pass, &text(own, "id"));
    let answer = world
        .server
        .post("/api/v1/check-ins", &token.to_string(), here.body())
        .await;
    assert_eq!(answer.member("verdict"), "counted", "{}", answer.text);
    // Nor may it take back what another client counted.
    let others = world.check_in(&world.pass().await, &foreign);
    assert_eq!(world.send(&others).await.member("verdict"), "counted");
    let path = format!("/api/v1/check-ins/{}", others.scan_id());
    world
        .server
        .delete(&path, &token.to_string())
        .await
        .assert_some_problem(&[404]);
    assert_eq!(world.send(&others).await.member("verdict"), "counted");
}

async fn a_refused_scan_counts_nothing_and_replays(world: World) {
    let activity = world.open_activity().await;
    let before = world.participations().await;
    let check_in = world
        .check_in(&world.pass().await, &activity)
        .with("credential", "https://example.org/");
    let first = world.send(&check_in).await;
    assert_refused(&first, "foreign_qr");
    let replay = world.send(&check_in).await;
    assert_eq!(replay.status, 200, "{}", replay.text);
    assert_eq!(replay.json(), first.json());
    assert_eq!(world.participations().await, before);
}
