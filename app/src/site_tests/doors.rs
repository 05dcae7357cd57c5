//! The poster, and the holder's own phone.

use axum::http::StatusCode;

use super::world::{Who, World};

/// The address on the poster.
async fn door(world: &World) -> String {
    let poster = world
        .get(Who::Club, &format!("/activiteiten/{}/affiche", world.activity.id))
        .await;
    assert_eq!(poster.status, StatusCode::OK, "{}", poster.body);
    assert!(poster.body.contains("class=\"qr\"") && poster.body.contains("data-print"));
    let at = poster.body.find("http://localhost:3000/deur/").unwrap();
    poster.body[at + "http://localhost:3000".len()..]
        .split('<')
        .next()
        .unwrap()
        .to_owned()
}

/// The cookie of a phone with these passes on it.
async fn phone(world: &World, names: &[&str]) -> String {
    let mut phone = String::new();
    for name in names {
        let (number, link) = world.pass(name).await;
        let card = world
            .get_with(Who::Counter, &format!("/balie/pas/{number}"), &link)
            .await;
        let claim = card.body.split("href=\"http://localhost:3000").nth(1).unwrap();
        let claim = claim.split('"').next().unwrap().to_owned();
        phone = world.get_with(Who::Nobody, &claim, &phone).await.cookie();
    }
    phone
}

#[tokio::test]
async fn a_poster_keeps_its_code_and_is_its_organisers() {
    let world = World::new().await;
    assert_eq!(door(&world).await, door(&world).await);
    let detail = format!("/activiteiten/{}", world.activity.id);
    assert!(
        world
            .get(Who::Club, &detail)
            .await
            .body
            .contains(&format!("{detail}/affiche"))
    );
    assert!(!world.get(Who::Nobody, &detail).await.body.contains("/affiche"));
    assert_eq!(
        world.get(Who::Counter, &format!("{detail}/affiche")).await.status,
        StatusCode::FORBIDDEN
    );
    let other = world.other_club().await;
    assert_eq!(
        world
            .get(Who::Club, &format!("/activiteiten/{}/affiche", other.id))
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn one_pass_is_one_tap_and_a_repeat_is_harmless() {
    let world = World::new().await;
    let (door, phone) = (door(&world).await, phone(&world, &["Amina"]).await);
    let page = world.get_with(Who::Nobody, &door, &phone).await;
    assert!(
        page.body.contains("Amina") && page.body.contains("checked"),
        "{}",
        page.body
    );
    let (pass, slip) = (page.field("pas-0"), page.field("formulier"));
    let fields = [("pas-0", pass.as_str()), ("formulier", slip.as_str())];
    for _ in 0..2 {
        let done = world.post_with(Who::Nobody, &door, &fields, &phone).await;
        assert!(
            done.body.contains("Welkom!") && done.body.contains("Je bezoek is geteld."),
            "{}",
            done.body
        );
    }
    world.clock.advance(jiff::SignedDuration::from_mins(1));
    let again = world.get_with(Who::Nobody, &door, &phone).await.field("formulier");
    let fields = [("pas-0", pass.as_str()), ("formulier", again.as_str())];
    let done = world.post_with(Who::Nobody, &door, &fields, &phone).await;
    assert!(done.body.contains("Je was al geteld."), "{}", done.body);
    assert!(
        world
            .get(Who::Club, "/avond")
            .await
            .body
            .contains("Er is 1 bezoek geteld.")
    );
}

#[tokio::test]
async fn a_family_chooses_who_is_here() {
    let world = World::new().await;
    let (door, phone) = (door(&world).await, phone(&world, &["Amina", "Yusuf"]).await);
    let page = world.get_with(Who::Nobody, &door, &phone).await;
    assert_eq!(page.body.matches("type=\"checkbox\"").count(), 2);
    assert!(!page.body.contains(" checked"), "nobody is chosen for them");
    let slip = page.field("formulier");
    let none = world
        .post_with(Who::Nobody, &door, &[("formulier", &slip)], &phone)
        .await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.body.contains("Kies wie er is.") && none.body.contains("href=\"#pas-0\""));
    let (first, second) = (page.field("pas-0"), page.field("pas-1"));
    let fields = [
        ("formulier", slip.as_str()),
        ("pas-0", first.as_str()),
        ("pas-1", second.as_str()),
    ];
    let done = world.post_with(Who::Nobody, &door, &fields, &phone).await;
    assert_eq!(done.body.matches("Je bezoek is geteld.").count(), 2, "{}", done.body);
    // Somebody else's phone cannot say so for them.
    let stranger = self::phone(&world, &["Vreemd"]).await;
    let denied = world.post_with(Who::Nobody, &door, &fields, &stranger).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    assert!(denied.body.contains("Er is niets geteld."));
}

#[tokio::test]
async fn without_a_pass_or_an_open_activity_the_page_says_what_to_do() {
    let world = World::new().await;
    let door = door(&world).await;
    let nobody = world.get(Who::Nobody, &door).await;
    assert!(nobody.body.contains("Er staat nog geen pas op deze telefoon") && nobody.body.contains("href=\"/pas\""));
    let phone = phone(&world, &["Amina"]).await;
    let page = world.get_with(Who::Nobody, &door, &phone).await;
    world.clock.advance(jiff::SignedDuration::from_hours(9));
    let closed = world.get_with(Who::Nobody, &door, &phone).await;
    assert!(closed.body.contains("is nu niet open") && !closed.body.contains("checkbox"));
    let (pass, slip) = (page.field("pas-0"), page.field("formulier"));
    let fields = [("pas-0", pass.as_str()), ("formulier", slip.as_str())];
    let late = world.post_with(Who::Nobody, &door, &fields, &phone).await;
    assert!(late.body.contains("Niet geteld") && late.body.contains("De activiteit is nu niet open."));
    for path in ["/deur/x", "/deur/00000000"] {
        let page = world.get_with(Who::Nobody, path, &phone).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.body.contains("Deze code kennen we niet"));
    }
}
