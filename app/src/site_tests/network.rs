//! The learning network: a public page, and the coordinator's forms.

use axum::http::StatusCode;
use domain::Cents;
use jiff::civil::date;
use storage::{ActionChange, NewAction, NewCostLine, Scope};

use super::world::{Who, World};

async fn add(world: &World, path: &str, fields: &[(&str, &str)]) -> String {
    let sent = world.post(Who::Coordinator, path, fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{path}: {}", sent.body);
    sent.location
}

const REGION: [(&str, &str); 4] = [
    ("lid_naam", "Welzijnsregio Noord"),
    ("lid_soort", "welfare_region"),
    ("lid_besturen", "OCMW Neerpelt\r\n\r\n OCMW Peer "),
    ("lid_van", "2017-05-16"),
];

#[tokio::test]
async fn everybody_sees_who_learns_together_and_after_a_merger_who_went_on() {
    let world = World::new().await;
    let empty = world.get(Who::Nobody, "/lerend-netwerk").await;
    assert_eq!(empty.status, StatusCode::OK);
    assert!(empty.body.contains("Het lerend netwerk heeft nog geen leden."));
    let main = empty.body.split("<main").nth(1).unwrap();
    assert!(!main.contains("method=\"post\""), "{main}");

    add(&world, "/lerend-netwerk/leden", &REGION).await;
    let later = [
        ("lid_naam", "Welzijnsregio Pelt"),
        ("lid_soort", "ocmws"),
        ("lid_van", "2019-01-01"),
    ];
    add(&world, "/lerend-netwerk/leden", &later).await;
    let members = world.store.network_members(&Scope::public(), None).await.unwrap();
    let change = format!("/lerend-netwerk/leden/{}", members[0].id);
    let form = world.get(Who::Coordinator, &change).await;
    assert!(form.body.contains("OCMW Neerpelt\nOCMW Peer"), "{}", form.body);
    let next = members[1].id.to_string();
    let mut fields: Vec<(&str, &str)> = REGION.to_vec();
    fields.push(("lid_opvolger", next.as_str()));
    let refused = world.post(Who::Coordinator, &change, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Vul ook de laatste dag in"));
    fields.push(("lid_tot", "2018-12-31"));
    add(&world, &change, &fields).await;

    let page = world.get(Who::Nobody, "/lerend-netwerk").await;
    for shown in [
        "Eén samenwerkingsverband leert met ons mee.",
        "Ging verder als Welzijnsregio Pelt.",
        "nu Pelt (fusie, tot en met 31 december 2018)",
        "Lid van 16 mei 2017 tot en met 31 december 2018.",
        "2 besturen",
    ] {
        assert!(page.body.contains(shown), "{shown}: {}", page.body);
    }
}

#[tokio::test]
async fn a_meeting_is_public_and_its_notes_are_not() {
    let world = World::new().await;
    add(&world, "/lerend-netwerk/leden", &REGION).await;
    let member = world.store.network_members(&Scope::public(), None).await.unwrap()[0]
        .id
        .to_string();
    let fields = [
        ("bijeenkomst", ""),
        ("bijeenkomst_dag", "2026-10-12"),
        ("aanwezig", member.as_str()),
        ("verslag", "Geheim verslag"),
    ];
    let refused = world
        .post(Who::Coordinator, "/lerend-netwerk/bijeenkomsten", &fields)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Geheim verslag") && refused.body.contains("href=\"#bijeenkomst\""));
    let mut fields = fields;
    fields[0].1 = "Verankering";
    add(&world, "/lerend-netwerk/bijeenkomsten", &fields).await;
    let public = world.get(Who::Nobody, "/lerend-netwerk").await;
    assert!(public.body.contains("Verankering") && public.body.contains("Met: Welzijnsregio Noord."));
    assert!(!public.body.contains("Geheim verslag"));
    let own = world.get(Who::Coordinator, "/lerend-netwerk").await;
    assert!(own.body.contains("Geheim verslag"));
}

#[tokio::test]
async fn a_practice_carries_its_figures_counted_now_and_nothing_of_money() {
    let world = World::new().await;
    let cli = Scope::cli();
    let action = NewAction {
        partnership: None,
        action: ActionChange {
            name: "Zwemmen".to_owned(),
            ..ActionChange::default()
        },
    };
    let action = world.store.add_action(&cli, &action).await.unwrap();
    let cost = NewCostLine {
        partnership: None,
        action: Some(action.id),
        kind: domain::CostKind::Venue,
        description: "Zaal".to_owned(),
        cents: Cents(123_456),
        spent_on: date(2026, 5, 3),
    };
    world.store.add_cost_line(&cli, &cost).await.unwrap();
    let id = action.id.to_string();
    let fields = [
        ("titel", "Een buddy"),
        ("probleem", "Niemand durft.\r\nAlleen."),
        ("aanpak", "Samen gaan."),
        ("resultaat", "Ze komen terug."),
        ("gedeeld_op", "2026-11-01"),
        ("actie", id.as_str()),
        ("cijfer_1", "passes_issued"),
        ("periode_1", "2026"),
        ("per_1", "dutch_level"),
    ];
    let refused = world
        .post(Who::Coordinator, "/lerend-netwerk/praktijken", &fields)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("Dit cijfer kan niet zo verdeeld worden."),
        "{}",
        refused.body
    );
    let mut fields = fields;
    fields[8].1 = "municipality";
    let location = add(&world, "/lerend-netwerk/praktijken", &fields).await;
    let path = location.split('?').next().unwrap();
    let page = world.get(Who::Nobody, path).await;
    assert_eq!(page.status, StatusCode::OK);
    for shown in [
        "Een buddy",
        "Niemand durft.",
        "Alleen.",
        "Uit de actie ‘Zwemmen’.",
        "Passen uitgereikt, 2026",
    ] {
        assert!(page.body.contains(shown), "{shown}: {}", page.body);
    }
    assert!(!page.body.contains("kan nu niet getoond worden"), "{}", page.body);
    let list = world.get(Who::Nobody, "/lerend-netwerk").await;
    for public in [&page, &list] {
        assert!(!public.body.contains("1.234,56") && !public.body.contains('€'));
    }
    // One pass is too few to show: the sheet goes through the same protection as everything else.
    world.pass("Amina").await;
    let page = world.get(Who::Nobody, path).await;
    assert!(page.body.contains("&lt;5"), "{}", page.body);

    fields[4].1 = "2026-12-01";
    add(&world, path, &fields).await;
    assert_eq!(world.get(Who::Nobody, path).await.status, StatusCode::NOT_FOUND);
    let own = world.get(Who::Coordinator, "/lerend-netwerk").await;
    assert!(own.body.contains("nog niet gedeeld"));
    let form = world.get(Who::Coordinator, path).await;
    assert!(form.body.contains("Bewaar") && form.body.contains("value=\"2026-12-01\""));
}

#[tokio::test]
async fn only_the_coordinator_keeps_the_network() {
    let world = World::new().await;
    add(&world, "/lerend-netwerk/leden", &REGION).await;
    let member = world.store.network_members(&Scope::public(), None).await.unwrap()[0].id;
    let change = format!("/lerend-netwerk/leden/{member}");
    for who in [Who::Counter, Who::Club, Who::Auditor] {
        for path in [
            "/lerend-netwerk/leden",
            "/lerend-netwerk/bijeenkomsten",
            "/lerend-netwerk/praktijken",
            change.as_str(),
        ] {
            assert_eq!(
                world.post(who, path, &REGION).await.status,
                StatusCode::FORBIDDEN,
                "{path}"
            );
        }
        assert_eq!(world.get(who, &change).await.status, StatusCode::FORBIDDEN);
        assert_eq!(world.get(who, "/lerend-netwerk").await.status, StatusCode::OK);
    }
    assert_eq!(
        world.get(Who::Nobody, &change).await.location,
        format!("/aanmelden?verder={change}")
    );
    assert_eq!(
        world.get(Who::Nobody, "/lerend-netwerk/geen").await.status,
        StatusCode::NOT_FOUND
    );
}
