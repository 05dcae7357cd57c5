//! Scanning without JavaScript.

use axum::http::StatusCode;
use domain::Number;
use image::{GrayImage, ImageFormat, Luma};
use qrcode::{Color, QrCode};

use super::world::{Answer, Who, World};

async fn send(world: &World, page: &Answer, number: &str) -> Answer {
    let fields = [
        ("activiteit", &*page.field("activiteit")),
        ("scan_id", &*page.field("scan_id")),
        ("number", number),
    ]
    .map(|(name, value)| (name, value.to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    world.post(Who::Club, "/scan/nummer", &fields).await
}

/// The page after the picker: its hidden fields carry the activity's id.
async fn open(world: &World) -> Answer {
    let mut page = world.get(Who::Club, "/scan").await;
    let forms = page.body.find("/scan/nummer").unwrap();
    page.body = page.body.split_off(forms);
    page
}

#[tokio::test]
async fn only_the_scanner_loads_the_browser_bundle() {
    let world = World::new().await;
    let page = world.get(Who::Club, "/scan").await;
    assert!(
        page.body.contains("data-island=\"scanner\"") && page.body.contains("randpas.js"),
        "{}",
        page.body
    );
    for mark in [
        "data-scan=\"activity\"",
        "data-scan=\"pick\"",
        "data-scan=\"activity-id\"",
        "data-scan=\"number\"",
        "data-scan=\"photo\"",
    ] {
        assert!(page.body.contains(mark), "{mark}");
    }
    assert!(!page.body.contains("nonce"), "the policy knows the script by its hash");
}

#[tokio::test]
async fn a_typed_number_counts_once_and_can_be_undone() {
    let world = World::new().await;
    let (number, _) = world.pass("Amina").await;
    let page = open(&world).await;
    let verdict = send(&world, &page, &number.to_lowercase().replace('-', " ")).await;
    assert_eq!(verdict.status, StatusCode::OK);
    assert!(
        verdict.body.contains("data-verdict=\"counted\"") && verdict.body.contains("eerste keer"),
        "{}",
        verdict.body
    );
    assert!(
        send(&world, &page, &number)
            .await
            .body
            .contains("data-verdict=\"counted\""),
        "the same form is a replay"
    );
    world.clock.advance(jiff::SignedDuration::from_mins(1));
    let second = open(&world).await;
    let again = send(&world, &second, &number).await;
    assert!(again.body.contains("data-verdict=\"duplicate\""), "{}", again.body);

    let list = world.get(Who::Club, "/scan").await;
    assert!(
        list.body.contains("Vandaag 1 keer geteld.") && !list.body.contains("Amina"),
        "{}",
        list.body
    );
    let fields = [
        ("scan_id", page.field("scan_id")),
        ("activiteit", world.activity.id.to_string()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let undone = world.post(Who::Club, "/scan/ongedaan", &fields).await;
    assert!(undone.body.contains("data-verdict=\"annulled\""), "{}", undone.body);
}

#[tokio::test]
async fn a_mistyped_number_is_kept_to_be_mended() {
    let world = World::new().await;
    let page = open(&world).await;
    for (typed, message) in [
        ("ABCD", "Dit nummer klopt niet."),
        ("", "Typ het nummer"),
        ("https://example.org", "klopt niet"),
    ] {
        let answer = send(&world, &page, typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(
            answer.body.contains(message) && answer.body.contains(&format!("value=\"{typed}\"")),
            "{typed}"
        );
    }
    let stale = world
        .post(Who::Club, "/scan/nummer", &[("number", "ABCD"), ("scan_id", "x")])
        .await;
    assert!(stale.body.contains("Dit formulier was te oud."));
}

#[tokio::test]
async fn one_form_is_one_pass() {
    let world = World::new().await;
    let [(first, _), (second, _)] = [world.pass("Amina").await, world.pass("Yusuf").await];
    let page = open(&world).await;
    send(&world, &page, &first).await;
    let answer = send(&world, &page, &second).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("al gebruikt voor een andere pas"));
}

fn photo(text: &str) -> Vec<u8> {
    let code = QrCode::new(text).unwrap();
    let (width, colors) = (u32::try_from(code.width()).unwrap(), code.to_colors());
    let image = GrayImage::from_fn((width + 8) * 6, (width + 8) * 6, |x, y| {
        let (x, y) = ((x / 6).wrapping_sub(4), (y / 6).wrapping_sub(4));
        Luma([
            if x < width && y < width && colors[(y * width + x) as usize] == Color::Dark {
                0
            } else {
                255
            },
        ])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn a_photo_counts_like_the_camera_and_other_photos_say_why_not() {
    let world = World::new().await;
    let (number, _) = world.pass("Amina").await;
    let number: Number = number.parse().unwrap();
    let (pass, _) = world
        .store
        .pass_by_number(&world.viewer(Who::Counter).scope, &number)
        .await
        .unwrap()
        .unwrap();
    for (file, expected) in [
        (photo("https://example.org"), "data-verdict=\"refused\""),
        (photo(&pass.credential.to_qr_text()), "data-verdict=\"counted\""),
        (b"geen foto".to_vec(), "Deze foto kunnen we niet openen."),
        (Vec::new(), "Kies eerst een foto."),
    ] {
        let page = open(&world).await;
        let (activity, scan) = (page.field("activiteit"), page.field("scan_id"));
        let fields = [("activiteit", activity.as_str()), ("scan_id", scan.as_str())];
        let answer = world.post_file(Who::Club, "/scan/foto", &fields, &file).await;
        assert!(answer.body.contains(expected), "{expected}: {}", answer.body);
    }
    let logged_out = world.post_file(Who::Nobody, "/scan/foto", &[], b"x").await;
    assert_eq!(logged_out.status, StatusCode::FORBIDDEN);
    assert!(
        logged_out.body.contains("Je bent niet meer aangemeld"),
        "{}",
        logged_out.body
    );
}

#[tokio::test]
async fn somebody_without_an_account_is_told_what_to_do() {
    let world = World::new().await;
    let page = world.get(Who::Nobody, "/scan").await;
    assert!(page.body.contains("Scannen is voor clubs") && page.body.contains("/aanmelden?verder=/scan"));
    assert!(page.body.contains("href=\"/koppel\""));
}

#[tokio::test]
async fn a_paired_phone_without_an_account_finds_its_scanner_in_a_page_that_names_nobody() {
    let world = World::new().await;
    let page = world.get(Who::Nobody, "/scan").await;
    let (said, device) = page.body.split_once("<div data-scan=\"device\" hidden").unwrap();
    assert!(said.contains("data-scan=\"closed\"") && said.contains("data-part=\"lost\""));
    assert!(
        !said.contains("data-island"),
        "the scanner is in what the browser shows"
    );
    for mark in [
        "data-island=\"scanner\"",
        "data-scan=\"activity\"",
        "data-scan=\"number\"",
        "data-scan=\"photo\"",
        "data-part=\"queue\"",
    ] {
        assert!(device.contains(mark), "{mark}");
    }
    assert!(!device.contains("<option") && !device.contains(&world.activity.name));
    assert!(
        !device.contains("name=\"scan_id\""),
        "nothing that would have to be fresh"
    );
}

#[tokio::test]
async fn pairing_is_a_page_for_everybody_that_waits_for_the_browser() {
    let world = World::new().await;
    let page = world.get(Who::Nobody, "/koppel").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.body.matches("<h1").count(), 1);
    assert!(page.body.contains("data-island=\"pairing\"") && page.body.contains("data-pair=\"form\""));
    assert!(
        page.body.contains("<noscript>"),
        "says what is missing without JavaScript"
    );
}
