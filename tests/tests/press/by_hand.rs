//! The worked example of `docs/figures-by-hand.md`, in every form of file: each number that was counted there by hand stands
//! in the PDF, the spreadsheet, the CSV and the JSON.

use report::{Document, DocumentKind, ReportRequest, build};
use storage::{Engine, Scope};
use tests::by_hand;
use tests::conformance::World;

use super::{lines, pdf, sheet};

async fn document(world: &World, kind: DocumentKind, period: &str, compare: Option<&str>) -> Document {
    let request = ReportRequest {
        kind,
        partnership: None,
        municipality: None,
        period: period.parse().unwrap(),
        compare: compare.map(|period| period.parse().unwrap()),
        as_of: None,
    };
    build(&world.store, &Scope::cli(), request).await.unwrap()
}

#[tokio::test]
async fn each_form_of_file_equals_the_figures_that_were_counted_by_hand() {
    let world = World::open(Engine::Sqlite).await;
    by_hand::tell(&world).await;
    for (kind, period, compare) in [
        (DocumentKind::Answer, "2026", Some("2025")),
        (DocumentKind::Answer, "2025-2026", None),
        (DocumentKind::Final, "project", None),
    ] {
        let document = document(&world, kind, period, compare).await;
        pdf::holds(&document);
        sheet::holds(&document);
        lines::holds(&document);
    }
    // The tables above are compared with the document; these are counted by hand (docs/figures-by-hand.md).
    let answer = document(&world, DocumentKind::Answer, "2026", None).await;
    let text = String::from_utf8(press::csv(&answer).unwrap()).unwrap();
    for (column, value) in [
        ("participants", "20"),
        ("participations", "45"),
        ("discount_cents", "172,00"),
        ("cheque_cents", "25,00"),
        ("total_cents", "197,00"),
    ] {
        let found = text.lines().any(|line| {
            let cells: Vec<&str> = line.split(';').collect();
            cells.contains(&column) && cells.contains(&value)
        });
        assert!(found, "{column} is {value}");
    }
}
