//! Documents: every number in them is the one that the store computes, and nobody sees money who may not.

use domain::{Dimension, FigureCode, NO_KEY};
use report::{Block, Document, DocumentKind, ReportError, ReportRequest, build};
use storage::{FigureRequest, NewAgreement, NewPractice, PracticeFigure, Role, Scope};
use tests::by_hand;
use tests::conformance::{World, nis, on_both_engines};

use crate::scopes::account;

fn asked(kind: DocumentKind, period: &str, compare: Option<&str>) -> ReportRequest {
    ReportRequest {
        kind,
        partnership: None,
        municipality: (kind == DocumentKind::Municipality).then(|| nis(23102)),
        period: period.parse().unwrap(),
        compare: compare.map(|period| period.parse().unwrap()),
        as_of: None,
    }
}

async fn written(world: &World, scope: &Scope, request: ReportRequest) -> Document {
    let kind = request.kind;
    match build(&world.store, scope, request).await {
        Ok(document) => document,
        Err(error) => panic!("{kind}: {error}"),
    }
}

/// All sentences, notes, points and rows of words of a section, one a line.
fn said(document: &Document, section: &str) -> String {
    let section = document.sections.iter().find(|known| known.id == section).unwrap();
    let mut lines = Vec::new();
    for block in &section.blocks {
        match block {
            Block::Sentence { text } | Block::Note { text } => lines.push(text.clone()),
            Block::List { items } => lines.extend(items.clone()),
            Block::Table(table) => lines.extend(table.rows.iter().map(|row| row.join(" | "))),
            Block::Figure { .. } => {}
        }
    }
    lines.join("\n")
}

fn figures(document: &Document) -> Vec<&domain::Figure> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    blocks
        .filter_map(|block| match block {
            Block::Figure { figure, .. } => Some(&**figure),
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn every_number_of_a_document_is_the_one_that_the_store_computes() {
    on_both_engines(async |mut world: World| {
        by_hand::tell(&world).await;
        let partnership = world.store.partnerships(&Scope::cli()).await.unwrap()[0].id;
        for (kind, period, compare) in [
            (DocumentKind::Answer, "2025-2026", Some("2024-2025")),
            (DocumentKind::Answer, "2026-03", Some("2026-02")),
            (DocumentKind::Answer, "project", None),
            (DocumentKind::Interim, "2026-H1", None),
            (DocumentKind::Final, "2025-2026", Some("2024-2025")),
            (DocumentKind::PlanSamenleven, "2026-H1", None),
        ] {
            let document = written(&world, &Scope::cli(), asked(kind, period, compare)).await;
            let found = figures(&document);
            assert!(!found.is_empty());
            for figure in found {
                let request = FigureRequest {
                    compare: figure.compare,
                    partnership: Some(partnership),
                    ..FigureRequest::new(figure.code, figure.period).by(&figure.by)
                };
                let again = world.store.compute(&Scope::cli(), &request).await.unwrap();
                assert_eq!(*figure, again, "{kind} {period}: {}", figure.code);
            }
            assert_eq!(document.facts_hash.len(), 64);
            assert_eq!(
                document,
                written(&world, &Scope::cli(), asked(kind, period, compare)).await,
                "the same facts give the same document"
            );
            let lines: Vec<String> = document
                .sections
                .iter()
                .map(|section| said(&document, &section.id))
                .collect();
            world.tell((document.lead, lines));
        }
        world
    })
    .await;
}

#[tokio::test]
async fn the_answer_says_what_was_counted_by_hand() {
    on_both_engines(async |world: World| {
        by_hand::tell(&world).await;
        let document = written(&world, &Scope::public(), asked(DocumentKind::Answer, "2026-H1", None)).await;
        assert_eq!(document.sections.len(), 7);
        assert_eq!(
            document.lead[0],
            "In de eerste helft van 2026 deden 20 nieuwkomers mee aan vrijetijdsactiviteiten met de pas."
        );
        let first = said(&document, "drawn-in");
        assert!(
            first.contains("Aanwezigheid alleen bewijst niet dat de pas de oorzaak is.")
                && first.contains("er is geen vergelijkingsperiode gekozen"),
            "{first}"
        );
        let new = said(&document, "new-actions");
        assert!(new.contains("begon er 1 nieuwe actie: Sport voor iedereen."), "{new}");
        let anchoring = said(&document, "anchoring");
        assert!(
            anchoring.contains("Voor verankering komt in aanmerking: Sport voor iedereen.")
                && anchoring.contains("voorgesteld voor verankering op 30 juni 2026 (BBC-actie AC000123)."),
            "{anchoring}"
        );
        let partners = said(&document, "partners");
        assert!(partners.contains("PIN: 1 activiteit samen"), "{partners}");
        world
    })
    .await;
}

#[tokio::test]
async fn what_was_agreed_and_shared_stands_in_the_answer_of_its_period_only() {
    on_both_engines(async |world: World| {
        by_hand::tell(&world).await;
        let (store, cli) = (&world.store, Scope::cli());
        let partner = store.partners(&cli).await.unwrap().remove(0);
        let agreement = NewAgreement {
            partnership: None,
            partner: partner.id,
            agreed_on: "2026-02-12".parse().unwrap(),
            ends_on: None,
            text: "Samen een proefles houden.".to_owned(),
        };
        store.add_agreement(&cli, &agreement).await.unwrap();
        let practice = NewPractice {
            partnership: None,
            member: None,
            action: None,
            title: "Proefles".to_owned(),
            problem: "Niemand durft alleen.".to_owned(),
            approach: "Kom met een buddy.".to_owned(),
            result: "Zij bleven.".to_owned(),
            shared_on: "2026-03-12".parse().unwrap(),
            figures: vec![PracticeFigure {
                code: FigureCode::Participants,
                period: "2026-Q1".parse().unwrap(),
                by: Vec::new(),
            }],
        };
        store.add_practice(&cli, &practice).await.unwrap();
        let document = written(&world, &Scope::public(), asked(DocumentKind::Answer, "2026-Q1", None)).await;
        assert!(said(&document, "partners").contains("12 februari 2026 | – | Samen een proefles houden."));
        let shared = said(&document, "practices");
        assert!(
            shared.contains("werd 1 praktijkfiche gedeeld") && shared.contains("Aanpak: Kom met een buddy."),
            "{shared}"
        );
        let backing = document.sections.iter().find(|known| known.id == "practices").unwrap();
        assert!(backing.blocks.iter().any(|block| matches!(block, Block::Figure { .. })));
        let document = written(&world, &Scope::public(), asked(DocumentKind::Answer, "2026-Q2", None)).await;
        assert!(!said(&document, "partners").contains("proefles"));
        assert!(said(&document, "practices").contains("geen praktijkfiche gedeeld"));
        world
    })
    .await;
}

#[tokio::test]
async fn one_participation_is_never_in_two_kpis() {
    on_both_engines(async |world: World| {
        by_hand::tell(&world).await;
        let request = FigureRequest {
            raw: true,
            ..FigureRequest::new(FigureCode::Participations, "2026-H1".parse().unwrap()).by(&[Dimension::Action])
        };
        let visits = world.store.compute(&Scope::cli(), &request).await.unwrap();
        let counts = visits.rows.iter().map(|row| row.cells[0].as_count().unwrap());
        assert_eq!(
            counts.sum::<i64>(),
            visits.total.cells[0].as_count().unwrap(),
            "the KPIs and the visits without action are all visits, each once"
        );
        assert!(
            visits.rows.iter().any(|row| row.key == [NO_KEY]),
            "some activities have no action"
        );
        let sheet = written(
            &world,
            &Scope::cli(),
            asked(DocumentKind::PlanSamenleven, "2026-H1", None),
        )
        .await;
        let kpis = said(&sheet, "kpi");
        assert!(
            kpis.contains("Deze fiche gaat over 1 actie die Plan Samenleven mee betaalt."),
            "{kpis}"
        );
        assert!(
            kpis.contains("Sport voor iedereen: 19 bezoeken, 8 deelnemers, 8 nieuw in de vrije tijd."),
            "{kpis}"
        );
        world
    })
    .await;
}

#[tokio::test]
async fn money_is_only_for_who_may_read_it() {
    on_both_engines(async |world: World| {
        by_hand::tell(&world).await;
        let club = world.club("Zwemclub").await;
        let organiser = account(&world, Role::Organiser, None, Some(club.id)).await;
        let counter = account(&world, Role::Counter, Some(nis(23102)), None).await;
        let year = || asked(DocumentKind::Final, "2025-2026", None);
        for scope in [Scope::public(), organiser, counter] {
            assert!(matches!(
                build(&world.store, &scope, year()).await,
                Err(ReportError::Denied(_))
            ));
            // The other documents are theirs, without costs.
            let answer = written(&world, &scope, asked(DocumentKind::Answer, "2025-2026", None)).await;
            assert!(!format!("{answer:?}").contains("38000"), "no cost of an action");
        }
        let auditor = account(&world, Role::Auditor, None, None).await;
        let coordinator = account(&world, Role::Coordinator, None, None).await;
        for scope in [auditor, coordinator, Scope::cli()] {
            let document = written(&world, &scope, year()).await;
            let spending = said(&document, "spending");
            assert!(
                spending.contains("Sport voor iedereen | €\u{a0}0,00 | €\u{a0}380,00 | −€\u{a0}380,00"),
                "{spending}"
            );
            let shares = said(&document, "own-share");
            assert!(
                shares.contains("De gemeenten betalen zelf 20\u{a0}%: €\u{a0}76,00."),
                "{shares}"
            );
        }
        world
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    on_both_engines(async |world: World| {
        let cli = Scope::cli();
        for request in [
            asked(DocumentKind::PlanSamenleven, "2026", None),
            asked(DocumentKind::Final, "2026-03", None),
            ReportRequest {
                municipality: None,
                ..asked(DocumentKind::Municipality, "2026", None)
            },
        ] {
            assert!(matches!(
                build(&world.store, &cli, request).await,
                Err(ReportError::Invalid(_))
            ));
        }
        for request in [
            ReportRequest {
                municipality: Some(nis(93_998)),
                ..asked(DocumentKind::Municipality, "2026", None)
            },
            ReportRequest {
                partnership: Some(world.store.env().uuid_v7().into()),
                ..asked(DocumentKind::Answer, "2026", None)
            },
        ] {
            assert!(matches!(
                build(&world.store, &cli, request).await,
                Err(ReportError::Unknown(_))
            ));
        }
        let days = "2026-01-05..2026-02-11";
        let free = build(&world.store, &Scope::public(), asked(DocumentKind::Answer, days, None)).await;
        assert!(matches!(free, Err(ReportError::Denied(_))));
        world
    })
    .await;
}

#[tokio::test]
async fn a_municipality_has_its_inhabitants_and_its_organisers() {
    on_both_engines(async |mut world: World| {
        by_hand::tell(&world).await;
        let request = asked(DocumentKind::Municipality, "2026-H1", None);
        let document = written(&world, &Scope::public(), request).await;
        assert_eq!(document.subject, "Wemmel");
        assert_eq!(
            document.lead[0],
            "In de eerste helft van 2026 deden 12 nieuwkomers mee aan vrijetijdsactiviteiten met de pas."
        );
        let organisers = said(&document, "organisers");
        assert!(
            organisers.contains("met de pas bij organisatoren in Wemmel"),
            "{organisers}"
        );
        world.tell(organisers);
        world
    })
    .await;
}
