//! The pages' forms: whatever is sent, the answer is a page in Dutch, and nothing is half-written.

use reqwest::{Method, RequestBuilder};
use tests::on_both_engines;
use tests::server::{Answer, send};
use tests::world::World;

use crate::sessions::{own_activity, session};

on_both_engines!(
    every_form_answers_any_body_with_a_page_and_writes_nothing,
    what_was_typed_comes_back_with_the_error,
    a_form_from_another_site_is_refused,
    a_form_that_is_sent_twice_counts_once,
);

const FORM: &str = "application/x-www-form-urlencoded";

/// Every form and who may send it.
const FORMS: [(&str, &str); 8] = [
    ("/aanmelden", ""),
    ("/balie", "balie"),
    ("/balie/pas/0000-0000-000/status", "balie"),
    ("/activiteiten", "club"),
    ("/scan/nummer", "club"),
    ("/scan/foto", "club"),
    ("/scan/ongedaan", "club"),
    ("/pas/verwijderen", ""),
];

fn post(world: &World, path: &str, cookie: &str) -> RequestBuilder {
    let request = world
        .server
        .request(Method::POST, path)
        .header("sec-fetch-site", "same-origin");
    if cookie.is_empty() {
        request
    } else {
        request.header("cookie", cookie)
    }
}

async fn post_form(world: &World, path: &str, cookie: &str, body: impl Into<reqwest::Body>) -> Answer {
    send(post(world, path, cookie).header("content-type", FORM).body(body)).await
}

#[track_caller]
fn assert_dutch_page(answer: &Answer, what: &str) {
    assert_eq!(
        answer.content_type, "text/html",
        "{what}: {} {}",
        answer.status, answer.text
    );
    assert!(answer.text.contains("lang=\"nl\""), "{what}: {}", answer.text);
    assert!(
        answer.text.contains("<h1"),
        "{what}: a page has a heading: {}",
        answer.text
    );
}

async fn every_form_answers_any_body_with_a_page_and_writes_nothing(world: World) {
    let (counter, club) = (session(&world, "balie").await, session(&world, "club").await);
    let before = (world.participations().await, world.passes_issued().await);
    let multipart = "multipart/form-data; boundary=x";
    let cut = "--x\r\ncontent-disposition: form-data; name=\"foto\"; filename=\"a.png\"\r\n\r\nPNG";
    let long = format!(
        "email={0}&voornaam={0}&number={0}&wat={0}&nummer={0}",
        "a".repeat(100_000)
    )
    .into_bytes();
    let bodies: Vec<(&str, &str, Vec<u8>)> = vec![
        ("nothing", FORM, Vec::new()),
        ("not a form", FORM, b"\x00\xFF\xFE====&&&%".to_vec()),
        (
            "not UTF-8",
            FORM,
            b"voornaam=%FF%FE&email=%C3%28&number=%80&wat=%FF".to_vec(),
        ),
        (
            "zero bytes",
            FORM,
            b"voornaam=a%00b&email=a%00&number=%00&wat=%00".to_vec(),
        ),
        ("too long", FORM, long),
        ("huge", FORM, vec![b'a'; 300 * 1024]),
        ("JSON", "application/json", b"{}".to_vec()),
        ("no type", "", b"voornaam=Amina".to_vec()),
        ("a cut photo", multipart, cut.as_bytes().to_vec()),
        ("no boundary", "multipart/form-data", cut.as_bytes().to_vec()),
        ("many fields", FORM, "a=1&".repeat(20_000).into_bytes()),
    ];
    for (path, who) in FORMS {
        let cookie = match who {
            "balie" => &counter,
            "club" => &club,
            _ => "",
        };
        for (name, content_type, body) in &bodies {
            let mut request = post(&world, path, cookie).body(body.clone());
            if !content_type.is_empty() {
                request = request.header("content-type", *content_type);
            }
            let answer = send(request).await;
            let what = format!("{path} with {name}");
            if answer.status == 303 {
                assert_eq!(path, "/pas/verwijderen", "{what} is taken");
                continue;
            }
            assert!(
                answer.status.is_client_error(),
                "{what}: {} {}",
                answer.status,
                answer.text
            );
            assert_dutch_page(&answer, &what);
        }
    }
    assert_eq!((world.participations().await, world.passes_issued().await), before);
}

async fn what_was_typed_comes_back_with_the_error(world: World) {
    let counter = session(&world, "balie").await;
    let before = world.passes_issued().await;
    let body = "voornaam=O%27Brien+%22%3Cb%3E&geboortejaar=1066&gemeente=23102&reden=other&vorig_jaar=no";
    let answer = post_form(&world, "/balie", &counter, body).await;
    assert_eq!(answer.status, 422, "{}", answer.text);
    assert_dutch_page(&answer, "a wrong year");
    assert!(answer.text.contains("value=\"1066\""), "{}", answer.text);
    assert!(
        !answer.text.contains("\"<b>"),
        "what was typed is shown, not obeyed: {}",
        answer.text
    );
    assert!(
        answer.text.contains("O'Brien") || answer.text.contains("O&#x27;Brien") || answer.text.contains("O&#39;Brien")
    );
    assert!(answer.text.contains("aria-invalid=\"true\""), "{}", answer.text);

    let club = session(&world, "club").await;
    let body = "wat=Proefles&dag=2026-02-31&van=19%3A00&tot=&waar=Sporthal&prijs=-3";
    let answer = post_form(&world, "/activiteiten", &club, body).await;
    assert_eq!(answer.status, 422, "{}", answer.text);
    for kept in ["Proefles", "2026-02-31", "19:00", "Sporthal", "-3"] {
        assert!(
            answer.text.contains(&format!("value=\"{kept}\"")),
            "{kept} is lost: {}",
            answer.text
        );
    }
    assert_eq!(world.passes_issued().await, before);
}

async fn a_form_from_another_site_is_refused(world: World) {
    let counter = session(&world, "balie").await;
    let before = world.passes_issued().await;
    let body = "voornaam=Amina&geboortejaar=1990&gemeente=23102&reden=other&vorig_jaar=no";
    let foreign = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://elsewhere.example"),
    ];
    for (header, value) in foreign {
        let request = world.server.request(Method::POST, "/balie").header("cookie", &counter);
        let answer = send(request.header("content-type", FORM).header(header, value).body(body)).await;
        assert_eq!(answer.status, 403, "{header}: {value}: {}", answer.text);
    }
    assert_eq!(world.passes_issued().await, before);
    assert_eq!(post_form(&world, "/balie", &counter, body).await.status, 303);
    assert_eq!(world.passes_issued().await, before + 1);
}

async fn a_form_that_is_sent_twice_counts_once(world: World) {
    let club = session(&world, "club").await;
    let before = world.participations().await;
    let (pass, activity) = (world.pass().await, own_activity(&world).await);
    let body = format!("number={}&activiteit={activity}&scan_id={}", pass.number, world.id());
    for _ in 0..2 {
        let answer = post_form(&world, "/scan/nummer", &club, body.clone()).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert!(answer.text.contains("data-verdict=\"counted\""), "{}", answer.text);
    }
    assert_eq!(world.participations().await, before + 1);
}
