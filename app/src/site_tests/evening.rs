//! The evening of an organiser, and what is put right of it.

use axum::http::StatusCode;
use domain::{ChainLink, DeviceEvent, DeviceRole, EventKind, KeyVerdict, Number, Reason, ScanId, Verdict, chain_link};
use jiff::SignedDuration;
use storage::{DeviceKey, DeviceScan, Pass, Scope};

use super::world::{Answer, Who, World};

/// A paired phone and its scope.
async fn phone(world: &World) -> Scope {
    let (code, _) = world
        .store
        .create_pairing(&Scope::cli(), world.activity.organiser, DeviceRole::Counter)
        .await
        .unwrap();
    let device = world
        .store
        .pair_device(&Scope::public(), &code, "Telefoon Jan", DeviceKey([4; 65]))
        .await
        .unwrap();
    world.store.device_by_id(device.id).await.unwrap().unwrap().scope
}

async fn pass(world: &World, name: &str) -> Pass {
    let (number, _) = world.pass(name).await;
    let number: Number = number.parse().unwrap();
    let scope = world.viewer(Who::Counter).scope;
    world.store.pass_by_number(&scope, &number).await.unwrap().unwrap().0
}

fn scan(world: &World, pass: &Pass, link: &ChainLink) -> DeviceScan {
    let event = DeviceEvent {
        scan_id: link.scan_id,
        seq: link.seq,
        prev: link.prev.clone(),
        kind: EventKind::CheckIn,
        credential: Some(pass.credential.to_qr_text()),
        number: None,
        activity_id: world.activity.id,
        target_scan_id: None,
        occurred_at: world.store.env().now(),
        clock_offset_ms: 0,
        package_epoch: 1,
        device_verdict: Verdict::Counted,
        device_reason: Reason::Ok,
        manual: false,
    };
    DeviceScan {
        event,
        key: Some(KeyVerdict::Valid),
    }
}

fn chain(world: &World, length: i64) -> Vec<ChainLink> {
    let mut prev = None;
    (1..=length)
        .map(|seq| {
            world.clock.advance(SignedDuration::from_secs(1));
            let scan_id = ScanId::from(world.store.env().uuid_v7());
            let link = ChainLink {
                seq,
                scan_id,
                prev: prev.clone(),
            };
            prev = Some(chain_link(scan_id, prev.as_deref()));
            link
        })
        .collect()
}

#[tokio::test]
async fn an_evening_tells_counts_gaps_and_stories_without_a_name() {
    let world = World::new().await;
    let [amina, yusuf] = [pass(&world, "Amina").await, pass(&world, "Yusuf").await];
    let jan = phone(&world).await;
    let chain = chain(&world, 5);
    let revoked = world.viewer(Who::Counter).scope;
    world
        .store
        .set_pass_status(&revoked, yusuf.id, domain::PassStatus::Revoked)
        .await
        .unwrap();
    let scans = vec![scan(&world, &amina, &chain[0]), scan(&world, &yusuf, &chain[4])];
    world.store.sync(&jan, 3, scans).await.unwrap();
    let page = world.get(Who::Club, "/avond").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    for words in [
        "Er is 1 bezoek geteld.",
        "3 scans van ‘Telefoon Jan’ kwamen nooit aan",
        "nummer 2 tot en met 4",
        "3 scans wachten nog op de telefoon",
        "zei ‘Telefoon Jan’: geteld.",
        "Deze pas is stopgezet.",
        "telt niet mee",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(page.body.contains(&yusuf.number.to_string()));
    assert!(!page.body.contains("Yusuf") && !page.body.contains("Amina"));
    assert_eq!(page.body.matches("<h1").count(), 1);
    let yesterday = world.get(Who::Club, "/avond?dag=2026-11-19").await;
    assert!(yesterday.body.contains("Er is nog geen bezoek geteld."));
    // The gap of another day is still a gap; the stories are of their day.
    assert!(yesterday.body.contains("kwamen nooit aan") && !yesterday.body.contains("stopgezet"));
    assert_eq!(world.get(Who::Club, "/avond?dag=ooit").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_counted_visit_is_found_by_number_and_undone() {
    let world = World::new().await;
    let [amina, yusuf] = [pass(&world, "Amina").await, pass(&world, "Yusuf").await];
    let jan = phone(&world).await;
    let chain = chain(&world, 2);
    let scans = vec![scan(&world, &amina, &chain[0]), scan(&world, &yusuf, &chain[1])];
    world.store.sync(&jan, 0, scans).await.unwrap();
    world.clock.advance(SignedDuration::from_hours(3));
    let typed = amina.number.to_string().to_lowercase();
    let found = world.get(Who::Club, &format!("/avond?nummer={typed}")).await;
    assert!(found.body.contains(&amina.number.to_string()) && !found.body.contains(&yusuf.number.to_string()));
    let wrong = world.get(Who::Club, "/avond?nummer=ABC").await;
    assert!(wrong.body.contains("Dit nummer klopt niet.") && wrong.body.contains("value=\"ABC\""));
    let fields = [("scan_id", found.field("scan_id")), ("dag", found.field("dag"))];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(
        world.post(Who::Counter, "/avond/ongedaan", &fields).await.status,
        StatusCode::FORBIDDEN
    );
    let undone = world.post(Who::Club, "/avond/ongedaan", &fields).await;
    assert_eq!(undone.location, "/avond?dag=2026-11-20&gedaan=ongedaan");
    let page = world.get(Who::Club, &undone.location).await;
    assert!(page.body.contains("Het bezoek is ongedaan gemaakt") && page.body.contains("Er is 1 bezoek geteld."));
    let unknown = domain::uuid_v7(world.store.env().now(), [9; 10]).to_string();
    let lost = world.post(Who::Club, "/avond/ongedaan", &[("scan_id", &unknown)]).await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_revoked_phones_scan_counts_once_somebody_lets_it() {
    let world = World::new().await;
    let amina = pass(&world, "Amina").await;
    let jan = phone(&world).await;
    let chain = chain(&world, 1);
    let device = jan.device().unwrap();
    world.store.revoke_device(&Scope::cli(), device).await.unwrap();
    let scans = vec![scan(&world, &amina, &chain[0])];
    world.store.sync(&jan, 0, scans).await.unwrap();
    let page = world.get(Who::Club, "/avond").await;
    assert!(page.body.contains("Scans die op jou wachten") && page.body.contains("Laat toch meetellen"));
    let scan = chain[0].scan_id.to_string();
    let released = world
        .post(
            Who::Club,
            "/avond/meetellen",
            &[("scan_id", &scan), ("dag", "2026-11-20")],
        )
        .await;
    assert_eq!(released.location, "/avond?dag=2026-11-20&gedaan=counted");
    let page = world.get(Who::Club, &released.location).await;
    assert!(page.body.contains("De scan telt nu mee.") && page.body.contains("Er is 1 bezoek geteld."));
    assert!(!page.body.contains("Laat toch meetellen"));
}

async fn upload(world: &World, file: &[u8]) -> Answer {
    world
        .post_file_as(
            Who::Club,
            "/avond/wachtrij",
            &[("dag", "2026-11-20")],
            ("wachtrij", file),
        )
        .await
}

#[tokio::test]
async fn a_queue_is_uploaded_and_what_is_wrong_with_one_is_said() {
    let world = World::new().await;
    let done = upload(&world, b"goed").await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    for words in [
        "3 scans in het bestand.",
        "1 scan telt mee.",
        "1 scan was al geteld.",
        "/avond?dag=2026-11-20",
    ] {
        assert!(done.body.contains(words), "{words}: {}", done.body);
    }
    for (file, words) in [
        (&b""[..], "Kies eerst een bestand."),
        (b"{}", "Dit is geen wachtrij van Randpas."),
        (b"van een ander", "van een andere club"),
        (b"veranderd", "De handtekening in dit bestand klopt niet"),
    ] {
        let answer = upload(&world, file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.body.contains(words) && answer.body.contains("href=\"#wachtrij\""),
            "{words}"
        );
        assert!(answer.body.contains("niets geteld"), "{words}");
    }
    let nobody = world
        .post_file_as(Who::Nobody, "/avond/wachtrij", &[], ("wachtrij", b"goed"))
        .await;
    assert_eq!(nobody.status, StatusCode::FORBIDDEN);
}
