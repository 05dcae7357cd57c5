//! The organiser's devices.

use axum::http::StatusCode;
use domain::device::pairing::PAIRING_CODE_MINUTES;
use storage::{DeviceKey, Scope};

use super::world::{Answer, Who, World};

/// The code on the page that shows it.
fn code(page: &Answer) -> String {
    let after = page.body.split("pairing-code\">").nth(1).unwrap();
    let text = after.split("</p>").next().unwrap();
    text.rsplit('>').next().unwrap().trim().to_owned()
}

async fn paired(world: &World, name: &str) -> String {
    let page = world
        .post(Who::Club, "/toestellen/koppel", &[("taak", "counter")])
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let device = world
        .store
        .pair_device(
            &Scope::public(),
            &code(&page).parse().unwrap(),
            name,
            DeviceKey([4; 65]),
        )
        .await
        .unwrap();
    device.id.to_string()
}

#[tokio::test]
async fn a_code_is_shown_once_as_picture_and_as_symbols_and_pairs_one_device() {
    let world = World::new().await;
    let empty = world.get(Who::Club, "/toestellen").await;
    assert!(
        empty.body.contains("Er is nog geen toestel gekoppeld"),
        "{}",
        empty.body
    );
    let page = world
        .post(Who::Club, "/toestellen/koppel", &[("taak", "counter")])
        .await;
    assert!(
        page.body.contains("class=\"qr\"") && page.body.contains("aria-label=\"QR-code om een toestel te koppelen\"")
    );
    assert!(
        page.body
            .contains(&format!("tot 19.{:02} uur", 5 + PAIRING_CODE_MINUTES)),
        "{}",
        page.body
    );
    assert_eq!(code(&page).len(), 9);
    paired(&world, "Telefoon <Jan>").await;
    let list = world.get(Who::Club, "/toestellen").await;
    assert!(
        list.body.contains("Telefoon &lt;Jan>") || list.body.contains("Telefoon &lt;Jan&gt;"),
        "{}",
        list.body
    );
    assert!(!list.body.contains(&code(&page)), "shown once");
    assert_eq!(
        world
            .post(Who::Club, "/toestellen/koppel", &[("taak", "baas")])
            .await
            .status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn a_device_gets_another_role_a_new_key_or_is_revoked_for_good() {
    let world = World::new().await;
    let id = paired(&world, "Telefoon Jan").await;
    for (what, fields, news) in [
        ("taak", &[("taak", "supervisor")][..], "De taak is veranderd."),
        ("sleutel", &[][..], "maakt een nieuwe sleutel"),
        ("intrekken", &[][..], "Het toestel is ingetrokken."),
    ] {
        let done = world.post(Who::Club, &format!("/toestellen/{id}/{what}"), fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{what}: {}", done.body);
        let page = world.get(Who::Club, &done.location).await;
        assert!(page.body.contains(news), "{what}: {}", page.body);
    }
    let list = world.get(Who::Club, "/toestellen").await;
    assert!(list.body.contains("Ingetrokken op") && list.body.contains("Verantwoordelijke"));
    assert!(!list.body.contains("Trek dit toestel in"), "revoked is for good");
}

#[tokio::test]
async fn a_coordinator_chooses_an_organiser_and_stays_with_it() {
    let world = World::new().await;
    let id = paired(&world, "Telefoon Jan").await;
    world.other_club().await;
    let choose = world.get(Who::Coordinator, "/toestellen").await;
    assert!(
        choose.body.contains("name=\"organisatie\"") && !choose.body.contains("Telefoon Jan"),
        "{}",
        choose.body
    );
    let organiser = world.activity.organiser.to_string();
    let list = world
        .get(Who::Coordinator, &format!("/toestellen?organisatie={organiser}"))
        .await;
    assert!(list.body.contains("Telefoon Jan"));
    assert!(list.body.contains(&format!("/avond?organisatie={organiser}")));
    let done = world
        .post(
            Who::Coordinator,
            &format!("/toestellen/{id}/sleutel"),
            &[("organisatie", &organiser)],
        )
        .await;
    assert_eq!(
        done.location,
        format!("/toestellen?gedaan=sleutel&organisatie={organiser}")
    );
    // Without a choice nothing can be paired.
    assert_eq!(
        world
            .post(Who::Coordinator, "/toestellen/koppel", &[("taak", "counter")])
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn devices_are_not_for_others() {
    let world = World::new().await;
    let id = paired(&world, "Telefoon Jan").await;
    assert_eq!(
        world.get(Who::Nobody, "/toestellen").await.location,
        "/aanmelden?verder=/toestellen"
    );
    assert_eq!(
        world.get(Who::Counter, "/toestellen").await.status,
        StatusCode::FORBIDDEN
    );
    for path in ["/toestellen/koppel".to_owned(), format!("/toestellen/{id}/intrekken")] {
        assert_eq!(
            world.post(Who::Counter, &path, &[("taak", "counter")]).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    assert_eq!(
        world.post(Who::Club, "/toestellen/x/intrekken", &[]).await.status,
        StatusCode::NOT_FOUND
    );
}
