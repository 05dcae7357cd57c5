//! The work plan: actions, partners, money.

use axum::http::StatusCode;
use domain::Period;
use storage::{ActionFilter, CostFilter, Scope};

use super::world::{Answer, Who, World};

/// Makes an action; gives its address.
async fn action(world: &World, name: &str) -> String {
    let made = world.post(Who::Coordinator, "/acties", &[("naam", name)]).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    made.location.split('?').next().unwrap().to_owned()
}

/// The page that a form leads to.
async fn done(world: &World, path: &str, fields: &[(&str, &str)]) -> Answer {
    let sent = world.post(Who::Coordinator, path, fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{path}: {}", sent.body);
    world
        .get(Who::Coordinator, sent.location.split('#').next().unwrap())
        .await
}

/// The form that comes back, with its summary.
async fn refused(world: &World, path: &str, fields: &[(&str, &str)]) -> Answer {
    let sent = world.post(Who::Coordinator, path, fields).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", sent.body);
    assert!(sent.body.contains("id=\"fouten\"") && sent.body.contains("Wat je invulde, staat er nog."));
    sent
}

#[tokio::test]
async fn an_action_is_made_changed_and_found_in_the_list() {
    let world = World::new().await;
    let empty = world.get(Who::Coordinator, "/acties").await;
    assert!(empty.body.contains("Er zijn nog geen acties"), "{}", empty.body);
    let kanak = world.store.partners(&Scope::cli()).await.unwrap();
    let kanak = kanak
        .iter()
        .find(|partner| partner.name == "Kanak")
        .unwrap()
        .id
        .to_string();
    let path = action(&world, "Zwemmen met een buddy").await;
    let fields = [
        ("naam", "Zwemmen"),
        ("financiering", "Projectsubsidie"),
        ("bbc", "ACT-12"),
        ("partner", kanak.as_str()),
    ];
    let page = done(&world, &path, &fields).await;
    assert!(page.body.contains("De actie is bewaard."));
    for shown in ["Zwemmen", "Projectsubsidie", "ACT-12", "Kanak"] {
        assert!(page.body.contains(shown), "{shown}: {}", page.body);
    }
    // What is kept is filled in again, the ticked partner too.
    let ticked = page.body.split(&format!("value=\"{kanak}\"")).nth(1).unwrap();
    assert!(ticked.split('>').next().unwrap().contains("checked"));
    let list = world.get(Who::Coordinator, "/acties").await;
    assert!(list.body.contains("Zwemmen") && list.body.contains("Nog niet beslist"));
}

#[tokio::test]
async fn a_wrong_action_comes_back_with_what_was_typed() {
    let world = World::new().await;
    let fields = [("naam", ""), ("financiering", "Impuls"), ("bbc", "later eens")];
    let page = refused(&world, "/acties", &fields).await;
    assert!(page.body.contains("value=\"Impuls\"") && page.body.contains("value=\"later eens\""));
    assert!(page.body.contains("href=\"#naam\"") && page.body.contains("href=\"#bbc\""));
    let path = action(&world, "Zwemmen").await;
    let page = refused(&world, &path, &[("naam", &"x".repeat(121))]).await;
    assert!(page.body.contains("hoogstens 120 tekens"));
    let page = refused(&world, &path, &[("naam", "Zwemmen"), ("partner", "niemand")]).await;
    assert!(page.body.contains("Kies een partner uit de lijst."));
}

#[tokio::test]
async fn activities_are_linked_and_loosened_and_belong_to_one_action() {
    let world = World::new().await;
    let path = action(&world, "Sport").await;
    let other = action(&world, "Andere actie").await;
    let id = world.activity.id.to_string();
    let page = world.get(Who::Coordinator, &format!("{path}?zoek=volley")).await;
    assert!(
        page.body.contains("Volleybal voor iedereen (Volley Wemmel"),
        "{}",
        page.body
    );
    let none = refused(&world, &format!("{path}/activiteiten"), &[]).await;
    assert!(none.body.contains("Duid minstens één activiteit aan."));
    let page = done(&world, &format!("{path}/activiteiten"), &[("activiteit", &id)]).await;
    assert!(
        page.body.contains("1 activiteit, de eerste op 20 november 2026."),
        "{}",
        page.body
    );
    // Another action does not offer it, and an old page of that one cannot loosen it.
    let page = world.get(Who::Coordinator, &other).await;
    assert!(!page.body.contains("Volleybal voor iedereen"));
    done(&world, &format!("{other}/activiteiten/{id}/los"), &[]).await;
    let page = done(&world, &format!("{path}/activiteiten/{id}/los"), &[]).await;
    assert!(page.body.contains("Aan deze actie hangt nog geen activiteit."));
}

#[tokio::test]
async fn a_new_activity_can_belong_to_an_action_at_once() {
    let world = World::new().await;
    let path = action(&world, "Sport").await;
    let id = path.trim_start_matches("/acties/").to_owned();
    let form = world.get(Who::Coordinator, "/activiteiten").await;
    assert!(form.body.contains("Actie van het werkplan") && form.body.contains(&id));
    let club = world.get(Who::Club, "/activiteiten").await;
    assert!(!club.body.contains("Actie van het werkplan"));
    let fields = [
        ("wat", "Yoga"),
        ("dag", "2026-11-27"),
        ("van", "19:00"),
        ("tot", "20:00"),
        ("waar", "Zaal"),
        ("prijs", "3"),
        ("actie", id.as_str()),
    ];
    let added = world.post(Who::Coordinator, "/activiteiten", &fields).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let page = world.get(Who::Coordinator, &path).await;
    assert!(
        page.body.contains("1 activiteit, de eerste op 27 november 2026."),
        "{}",
        page.body
    );
    // A club cannot say so itself, and loses nothing by trying.
    let added = world.post(Who::Club, "/activiteiten", &fields).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let page = world.get(Who::Coordinator, &path).await;
    assert!(page.body.contains("1 activiteit,"), "{}", page.body);
}

#[tokio::test]
async fn costs_add_up_and_can_be_taken_back() {
    let world = World::new().await;
    let path = action(&world, "Sport").await;
    let fields = |amount: &'static str, day: &'static str| {
        [
            ("soort", "venue"),
            ("omschrijving", "Zaal in mei"),
            ("bedrag", amount),
            ("uitgegeven_op", day),
        ]
    };
    let page = refused(&world, &format!("{path}/kosten"), &fields("veel", "2026-11-21")).await;
    assert!(page.body.contains("Schrijf een bedrag") && page.body.contains("Die dag moet nog komen."));
    assert!(page.body.contains("value=\"veel\"") && page.body.contains("value=\"Zaal in mei\""));
    done(&world, &format!("{path}/kosten"), &fields("1.250,50", "2026-05-03")).await;
    let page = done(&world, &format!("{path}/kosten"), &fields("49,50", "4/5/2026")).await;
    assert!(page.body.contains("€\u{a0}1.300,00"), "{}", page.body);
    let lines = world
        .store
        .cost_lines(&Scope::cli(), &CostFilter::default())
        .await
        .unwrap();
    let page = done(&world, &format!("{path}/kosten/{}/terug", lines[0].id), &[]).await;
    assert!(!page.body.contains("1.250,50") && page.body.contains("De kost is weggehaald."));
    let list = world.get(Who::Coordinator, "/acties").await;
    assert!(list.body.contains("€\u{a0}49,50"));
}

#[tokio::test]
async fn the_last_decision_is_shown_first_and_the_history_stays() {
    let world = World::new().await;
    let path = action(&world, "Sport").await;
    let address = format!("{path}/beslissing");
    let page = refused(&world, &address, &[("beslist_op", "2026-11-21"), ("reden", "Omdat")]).await;
    assert!(page.body.contains("Kies wat er beslist is.") && page.body.contains("Omdat"));
    let decide = |decision: &'static str, day: &'static str, code: &'static str| {
        [
            ("beslissing", decision),
            ("beslist_op", day),
            ("beslissing_bbc", code),
            ("reden", "Er is een wachtlijst."),
        ]
    };
    done(&world, &address, &decide("proposed", "2026-05-03", "")).await;
    let page = done(&world, &address, &decide("anchored", "2026-06-03", "ACT-9")).await;
    let first = page.body.find("3 juni 2026").unwrap();
    assert!(first < page.body.find("3 mei 2026").unwrap());
    assert!(page.body.contains("ACT-9") && page.body.contains("Verankerd"));
    let list = world.get(Who::Coordinator, "/acties").await;
    assert!(
        list.body.contains("1 actie in het werkplan. Die is verankerd."),
        "{}",
        list.body
    );
}

#[tokio::test]
async fn a_partner_is_added_once_and_an_agreement_ends() {
    let world = World::new().await;
    let page = done(&world, "/partners", &[("partner_naam", "Avansa")]).await;
    assert!(page.body.contains("De partner is bewaard.") && page.body.contains("Avansa"));
    let again = refused(&world, "/partners", &[("partner_naam", "avansa")]).await;
    assert!(again.body.contains("Deze partner staat al in de lijst."));
    let partner = world.store.partners(&Scope::cli()).await.unwrap()[0].id.to_string();
    let agree = |until: &'static str, text: &'static str| {
        [
            ("partner", partner.clone()),
            ("afgesproken_op", "2026-03-01".to_owned()),
            ("tot", until.to_owned()),
            ("tekst", text.to_owned()),
        ]
    };
    let fields = agree("2026-02-01", "Wij\nsamen");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = refused(&world, "/partners/afspraken", &fields).await;
    assert!(page.body.contains("De afspraak eindigt voor ze begint.") && page.body.contains("Wij\nsamen"));
    let fields = agree("", "Wij\nsamen");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = done(&world, "/partners/afspraken", &fields).await;
    assert!(page.body.contains("Sinds 1 maart 2026"), "{}", page.body);
    let id = world.store.agreements(&Scope::cli(), None).await.unwrap()[0].id;
    let early = done(
        &world,
        &format!("/partners/afspraken/{id}/einde"),
        &[("einde", "2026-02-01")],
    )
    .await;
    assert!(early.body.contains("De laatste dag is niet bewaard."));
    let page = done(
        &world,
        &format!("/partners/afspraken/{id}/einde"),
        &[("einde", "2026-11-19")],
    )
    .await;
    assert!(page.body.contains("Van 1 maart 2026 tot en met 19 november 2026") && page.body.contains("voorbij"));
}

#[tokio::test]
async fn a_budget_is_split_over_the_municipalities_to_the_cent() {
    let world = World::new().await;
    let empty = world.get(Who::Coordinator, "/begroting").await;
    assert!(empty.body.contains("Begroting 2025-2026") && empty.body.contains("nog niets begroot"));
    let setting = [
        ("jaar", "2025-2026"),
        ("subsidie", "40.000"),
        ("aandeel", "20"),
        ("verdeling", "typed"),
        ("deel_23102", "66,67"),
        ("deel_23098", "33"),
    ];
    let page = refused(&world, "/begroting/instelling", &setting[..5]).await;
    assert!(page.body.contains("De percentages zijn samen 66,67"), "{}", page.body);
    let page = refused(&world, "/begroting/instelling", &setting).await;
    assert!(
        page.body.contains("99,67") && page.body.contains("value=\"66,67\""),
        "{}",
        page.body
    );
    let mut setting = setting;
    setting[1].1 = "1.000,00";
    setting[5].1 = "33,33";
    let page = done(&world, "/begroting/instelling", &setting).await;
    assert!(page.body.contains("De subsidie en de verdeling zijn bewaard."));
    let line = [
        ("jaar", "2025-2026"),
        ("raming_actie", ""),
        ("raming_soort", "staff"),
        ("raming_omschrijving", "Coördinator"),
        ("raming_bedrag", "500,05"),
    ];
    let page = refused(&world, "/begroting/ramingen", &line[..4]).await;
    assert!(page.body.contains("value=\"Coördinator\""));
    let page = done(&world, "/begroting/ramingen", &line).await;
    // 20 % of € 500,05 is € 100,01: 66,67 and 33,33 hundredths of it.
    for amount in ["500,05", "100,01", "66,68", "33,33"] {
        assert!(
            page.body.contains(&format!("€\u{a0}{amount}")),
            "{amount}: {}",
            page.body
        );
    }
    let cost = [
        ("jaar", "2025-2026"),
        ("kost_actie", ""),
        ("kost_soort", "staff"),
        ("kost_omschrijving", "Loon"),
        ("kost_bedrag", "600"),
        ("kost_dag", "2026-11-01"),
    ];
    let page = done(&world, "/begroting/kosten", &cost).await;
    assert!(page.body.contains("meer dan begroot"), "{}", page.body);
    let year: Period = "2025-2026".parse().unwrap();
    let planned = world.store.budget_lines(&Scope::cli(), None, year).await.unwrap()[0].id;
    let page = done(
        &world,
        &format!("/begroting/ramingen/{planned}/terug?jaar=2025-2026"),
        &[],
    )
    .await;
    assert!(page.body.contains("De lijn is weggehaald.") && page.body.contains("nog niets begroot"));
    let whole = world.get(Who::Coordinator, "/begroting?jaar=project").await;
    assert!(whole.body.contains("Begroting van alle werkjaren") && !whole.body.contains("Bewaar de lijn"));
}

#[tokio::test]
async fn the_work_plan_is_for_the_coordinator_and_the_auditor_only_reads() {
    let world = World::new().await;
    let path = action(&world, "Sport").await;
    for page in ["/acties", path.as_str(), "/partners", "/begroting"] {
        assert_eq!(
            world.get(Who::Nobody, page).await.location,
            format!("/aanmelden?verder={page}")
        );
        for who in [Who::Counter, Who::Club] {
            assert_eq!(world.get(who, page).await.status, StatusCode::FORBIDDEN, "{page}");
        }
        let read = world.get(Who::Auditor, page).await;
        assert_eq!(read.status, StatusCode::OK, "{page}");
        let main = read.body.split("<main").nth(1).unwrap();
        assert!(!main.contains("method=\"post\""), "{page}: {main}");
    }
    for page in [
        "/acties".to_owned(),
        path.clone(),
        format!("{path}/kosten"),
        format!("{path}/beslissing"),
        format!("{path}/activiteiten"),
        "/partners".to_owned(),
        "/partners/afspraken".to_owned(),
        "/begroting/instelling".to_owned(),
        "/begroting/ramingen".to_owned(),
        "/begroting/kosten".to_owned(),
    ] {
        for who in [Who::Counter, Who::Club, Who::Auditor] {
            let sent = world.post(who, &page, &[("naam", "X")]).await;
            assert_eq!(sent.status, StatusCode::FORBIDDEN, "{page}");
        }
    }
    assert_eq!(
        world.get(Who::Coordinator, "/acties/geen").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        world.get(Who::Coordinator, "/begroting?jaar=gisteren").await.status,
        StatusCode::NOT_FOUND
    );
    let actions = world
        .store
        .actions(&Scope::cli(), &ActionFilter::default())
        .await
        .unwrap();
    assert_eq!(actions.len(), 1);
}
