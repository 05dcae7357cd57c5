//! Logging in with a form, and what a session may do.

use reqwest::Method;
use tests::on_both_engines;
use tests::server::{Answer, send};
use tests::world::{World, text};

on_both_engines!(
    a_wrong_password_is_refused_and_the_address_is_kept,
    a_club_scans_with_its_session_on_its_own_site_only,
    pages_behind_the_log_in_send_strangers_to_it,
    logging_out_ends_the_session_on_the_server,
);

const PASSWORD: &str = "randpas-demo";

/// The names of the two fields, read from the page as a browser reads them.
async fn fields(world: &World) -> (String, String) {
    let page = world.server.get("/aanmelden", "").await.text;
    let name_of = |kind: &str| {
        let input = page
            .split("<input")
            .find(|input| input.contains(&format!("type=\"{kind}\"")));
        let name = input
            .and_then(|input| input.split("name=\"").nth(1))
            .and_then(|rest| rest.split('"').next());
        name.unwrap_or_else(|| panic!("no {kind} field: {page}")).to_owned()
    };
    (name_of("email"), name_of("password"))
}

async fn log_in(world: &World, email: &str, password: &str) -> Answer {
    let (email_field, password_field) = fields(world).await;
    let body = format!(
        "{email_field}={}&{password_field}={password}",
        email.replace('@', "%40")
    );
    let request = world.server.request(Method::POST, "/aanmelden").body(body);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    send(request.header("sec-fetch-site", "same-origin")).await
}

/// The cookie of somebody who is logged in.
pub(crate) async fn session(world: &World, who: &str) -> String {
    let answer = log_in(world, &format!("{who}@demo.randpas.example"), PASSWORD).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let cookie = answer.headers.get("set-cookie").unwrap().to_str().unwrap();
    for needed in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(needed), "{cookie}");
    }
    cookie.split(';').next().unwrap().to_owned()
}

async fn a_wrong_password_is_refused_and_the_address_is_kept(world: World) {
    let answer = log_in(&world, "club@demo.randpas.example", "wrong").await;
    assert_eq!(answer.status, 422, "{}", answer.text);
    assert!(answer.headers.get("set-cookie").is_none());
    assert!(
        answer.text.contains("club@demo.randpas.example"),
        "what was typed is kept"
    );
    assert!(!answer.text.contains("value=\"wrong\""), "but never the password");
    let nobody = log_in(&world, "nobody@demo.randpas.example", "wrong").await;
    assert_eq!(nobody.status, 422, "an unknown address looks the same");
}

async fn a_club_scans_with_its_session_on_its_own_site_only(world: World) {
    let cookie = session(&world, "club").await;
    let own = own_activity(&world).await;
    let before = world.participations().await;
    let check_in = world.check_in(&world.pass().await, &own);
    let request = || {
        let request = world.server.request(Method::POST, "/api/v1/check-ins");
        request.header("cookie", &cookie).json(check_in.body())
    };
    for site in ["cross-site", "same-site"] {
        let answer = send(request().header("sec-fetch-site", site)).await;
        answer.assert_some_problem(&[403]);
    }
    let foreign = send(request().header("origin", "https://elsewhere.example")).await;
    foreign.assert_some_problem(&[403]);
    assert_eq!(world.participations().await, before);
    let answer = send(request().header("sec-fetch-site", "same-origin")).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert_eq!(answer.member("verdict"), "counted", "{}", answer.text);
    assert_eq!(world.participations().await, before + 1);
}

/// An activity of the demo club: the organiser that the account `club@` belongs to.
pub(crate) async fn own_activity(world: &World) -> String {
    let store = world.store().await;
    let account = store.account_by_email("club@demo.randpas.example").await.unwrap();
    let (account, _) = account.unwrap();
    let query = format!("open_now=true&organiser={}", account.organiser.unwrap());
    let open = world.activities(&query).await;
    assert!(!open.is_empty(), "the demo club promises an activity that is open now");
    text(&open[0], "id")
}

async fn pages_behind_the_log_in_send_strangers_to_it(world: World) {
    for path in ["/balie", "/balie/pas/0000-0000-000"] {
        let answer = world.server.get(path, "").await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.text);
        let location = answer.headers.get("location").unwrap().to_str().unwrap().to_owned();
        assert!(location.contains("/aanmelden"), "{path} → {location}");
    }
}

async fn logging_out_ends_the_session_on_the_server(world: World) {
    let cookie = session(&world, "balie").await;
    let open = || send(world.server.request(Method::GET, "/balie").header("cookie", &cookie));
    assert_eq!(open().await.status, 200);
    let request = world
        .server
        .request(Method::POST, "/afmelden")
        .header("cookie", &cookie);
    let request = request.header("sec-fetch-site", "same-origin");
    let answer = send(request.header("content-type", "application/x-www-form-urlencoded")).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    assert_eq!(
        open().await.status,
        303,
        "a copied cookie is worth nothing after logging out"
    );
}
