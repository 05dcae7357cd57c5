//! Figures worked out: every code, dimensions and filters, comparison, raw counts of one's own, and what is refused.

use domain::{Baseline, Dimension, Figure, FigureCell, FigureCode, ImportId, PartnershipId, Period};
use jiff::civil::date;
use storage::{Error, FigureRequest, ImportKind, NewImport, Role, Scope};
use tests::by_hand::{self, WEMMEL};
use tests::conformance::{FixedSigner, ISSUER, World, on_both_engines};

use crate::scopes::account;

fn request(code: FigureCode, period: &str) -> FigureRequest {
    FigureRequest::new(code, period.parse::<Period>().unwrap())
}

async fn compute(world: &World, scope: &Scope, request: FigureRequest) -> Figure {
    match world.store.compute(scope, &request).await {
        Ok(figure) => figure,
        Err(error) => panic!("{request:?}: {error}"),
    }
}

async fn refused(world: &World, scope: &Scope, request: FigureRequest) -> Error {
    match world.store.compute(scope, &request).await {
        Ok(figure) => panic!("{request:?} was answered: {figure:?}"),
        Err(error) => error,
    }
}

fn total(figure: &Figure, column: &str) -> FigureCell {
    figure.total_cell(column).cloned().unwrap()
}

/// The rows that are not zero as `key=count`, of one column; `?` is hidden.
fn shown(figure: &Figure, column: &str) -> Vec<String> {
    let rows = figure.rows.iter().map(|row| (row, figure.cell(row, column).unwrap()));
    rows.filter(|(_, cell)| **cell != FigureCell::count(0))
        .map(|(row, cell)| {
            let count = cell.as_count().map_or("?".to_owned(), |count| count.to_string());
            format!("{}={count}", row.key.join("/"))
        })
        .collect()
}

#[tokio::test]
async fn every_figure_answers_by_every_dimension_it_has_and_refuses_the_others() {
    on_both_engines(async |mut world: World| {
        by_hand::tell(&world).await;
        let coordinator = account(&world, Role::Coordinator, None, None).await;
        for &code in FigureCode::ALL {
            for period in ["2026-03", "2026-Q1", "2025-2026", "2026"] {
                let figure = compute(&world, &Scope::public(), request(code, period)).await;
                assert_eq!(figure.by, code.own_rows(), "{code}");
                let columns: Vec<&str> = code.columns().iter().map(|column| column.name).collect();
                let found: Vec<&str> = figure.columns.iter().map(|column| column.name.as_str()).collect();
                assert_eq!(found, columns, "{code}");
                for row in figure.rows.iter().chain([&figure.total]) {
                    assert_eq!(row.cells.len(), columns.len(), "{code} {:?}", row.key);
                }
                world.tell((figure.total, figure.rows.len(), figure.suppression, figure.notes));
            }
            for &dimension in Dimension::ALL {
                let asked = request(code, "2026").by(&[dimension]);
                if code.splits_by(dimension) {
                    let figure = compute(&world, &coordinator, asked).await;
                    assert_eq!(figure.by, [dimension], "{code}");
                    for row in &figure.rows {
                        assert_eq!((row.key.len(), row.names.len()), (1, 1), "{code} by {dimension}");
                    }
                } else {
                    let error = refused(&world, &Scope::cli(), asked).await;
                    assert!(matches!(error, Error::Invalid(_)), "{code} by {dimension}: {error}");
                }
            }
        }
        let project = compute(&world, &Scope::public(), request(FigureCode::Retention, "project")).await;
        assert_eq!(project.rows.len(), 7, "January to July");
        world
    })
    .await;
}

#[tokio::test]
async fn a_filter_is_a_slice_of_the_bigger_table() {
    on_both_engines(async |mut world: World| {
        let story = by_hand::tell(&world).await;
        let visits = || request(FigureCode::Participations, "2026");
        let public = Scope::public();
        let wemmel = visits().by(&[Dimension::Month]).only(Dimension::Municipality, WEMMEL);
        let wemmel = compute(&world, &public, wemmel).await;
        let whole = visits().by(&[Dimension::Municipality, Dimension::Month]);
        let whole = compute(&world, &public, whole).await;
        let of_wemmel: Vec<String> = shown(&whole, "participations")
            .iter()
            .filter_map(|row| row.strip_prefix(&format!("{WEMMEL}/")).map(str::to_owned))
            .collect();
        assert_eq!(shown(&wemmel, "participations"), of_wemmel);
        assert_eq!(total(&wemmel, "participations"), FigureCell::count(25));
        assert_eq!(wemmel.rows[0].names, ["januari 2026"]);

        // A slice hides what the table hides, no more and no less.
        let club = story.organisers[1].to_string();
        let slice = visits()
            .by(&[Dimension::Municipality])
            .only(Dimension::Organiser, &club);
        let slice = compute(&world, &Scope::cli(), slice).await;
        let by_club = visits().by(&[Dimension::Municipality, Dimension::Organiser]);
        let by_club = compute(&world, &Scope::cli(), by_club).await;
        let of_club: Vec<String> = shown(&by_club, "participations")
            .iter()
            .filter(|row| row.contains(&club))
            .map(|row| row.replace(&format!("/{club}"), ""))
            .collect();
        assert_eq!(shown(&slice, "participations"), of_club);

        let nobody = visits().only(Dimension::Municipality, "23103");
        let nobody = compute(&world, &public, nobody).await;
        assert_eq!(total(&nobody, "participations"), FigureCell::count(0));
        let own_row = visits()
            .by(&[Dimension::Municipality])
            .only(Dimension::Municipality, WEMMEL);
        let own_row = compute(&world, &public, own_row).await;
        assert_eq!(shown(&own_row, "participations"), [format!("{WEMMEL}=25")]);
        world.tell((wemmel, whole, nobody, own_row));
        world
    })
    .await;
}

#[tokio::test]
async fn a_figure_of_one_number_can_be_compared_month_by_month() {
    on_both_engines(async |mut world: World| {
        by_hand::tell(&world).await;
        let mut asked = request(FigureCode::Participants, "2026-Q2").by(&[Dimension::Month]);
        asked.compare = Some("2026-Q1".parse().unwrap());
        asked.raw = true;
        let figure = compute(&world, &Scope::cli(), asked).await;
        let names: Vec<&str> = figure.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["participants", "before", "difference"]);
        let count = |value| FigureCell::Count { value };
        assert_eq!(figure.total.cells, [count(9), count(18), count(-9)]);
        let april = &figure.rows[0];
        assert_eq!(
            (april.key[0].as_str(), &april.cells[..]),
            ("2026-04", &[count(1), count(8), count(-7)][..])
        );
        assert_eq!(figure.suppression.k, 1);
        assert!(figure.raw && figure.suppression.rule.contains("eigen cijfers"));
        world.tell(figure);
        world
    })
    .await;
}

#[tokio::test]
async fn newcomers_of_a_merged_municipality_are_those_of_all_that_merged() {
    on_both_engines(async |mut world: World| {
        by_hand::tell(&world).await;
        // Neerpelt and Overpelt became Pelt in 2019; of Opglabbeek, which went on in Oudsbergen, nothing is known.
        import(&world, "72025;2018;30\n72029;2018;50\n72040;2018;20\n").await;
        let newcomers = async |period: &str, place: &str| {
            let reach = request(FigureCode::Reach, period).only(Dimension::Municipality, place);
            total(&compute(&world, &Scope::public(), reach).await, "newcomers")
        };
        assert_eq!(newcomers("2026", WEMMEL).await, FigureCell::count(400));
        assert_eq!(newcomers("2026", "23002").await, FigureCell::NoDenominator);
        assert_eq!(newcomers("2018", "72043").await, FigureCell::count(80));
        assert_eq!(
            newcomers("2018", "72025").await,
            FigureCell::count(30),
            "the old code stays"
        );
        assert_eq!(
            newcomers("2018", "72042").await,
            FigureCell::NoDenominator,
            "half of it is not it"
        );
        assert_eq!(newcomers("2026", "72043").await, FigureCell::NoDenominator);
        let whole = compute(&world, &Scope::public(), request(FigureCode::Reach, "2026")).await;
        assert_eq!(total(&whole, "share_of_newcomers"), FigureCell::NoDenominator);
        assert!(
            whole.notes.iter().any(|note| note.contains("Asse")),
            "{:?}",
            whole.notes
        );
        assert!(
            whole.notes.iter().any(|note| note.contains("verzonnen, 1 juli 2026")),
            "{:?}",
            whole.notes
        );
        let by_age = request(FigureCode::Reach, "2026").by(&[Dimension::AgeBand]);
        let by_age = compute(&world, &Scope::public(), by_age).await;
        let adults = by_age.rows.iter().find(|row| row.key == ["35-49"]).unwrap();
        assert_eq!(by_age.cell(adults, "newcomers"), Some(&FigureCell::Nothing));
        world.tell((whole, by_age));
        world
    })
    .await;
}

#[tokio::test]
async fn an_organiser_sees_its_own_raw_counts_and_nobody_elses() {
    on_both_engines(async |mut world: World| {
        let story = by_hand::tell(&world).await;
        let theatre = story.organisers[2];
        let scope = account(&world, Role::Organiser, None, Some(theatre)).await;
        let raw = |organiser: &str| FigureRequest {
            raw: true,
            ..request(FigureCode::Participants, "2026-04").only(Dimension::Organiser, organiser)
        };
        let own = compute(&world, &scope, raw(&theatre.to_string())).await;
        assert_eq!((total(&own, "participants"), own.raw), (FigureCell::count(1), true));
        let protected = request(FigureCode::Participants, "2026-04").only(Dimension::Organiser, theatre.to_string());
        let protected = compute(&world, &scope, protected).await;
        assert_eq!(total(&protected, "participants"), FigureCell::Hidden);
        let other = raw(&story.organisers[0].to_string());
        assert!(matches!(refused(&world, &scope, other).await, Error::Denied(_)));
        let all = FigureRequest {
            raw: true,
            ..request(FigureCode::Participants, "2026-04")
        };
        assert!(matches!(refused(&world, &scope, all.clone()).await, Error::Denied(_)));
        assert!(matches!(
            refused(&world, &Scope::public(), all.clone()).await,
            Error::Denied(_)
        ));
        let auditor = account(&world, Role::Auditor, None, None).await;
        assert!(matches!(refused(&world, &auditor, all).await, Error::Denied(_)));
        world.tell((own, protected));
        world
    })
    .await;
}

#[tokio::test]
async fn a_figure_that_would_give_people_away_is_refused() {
    on_both_engines(async |mut world: World| {
        by_hand::tell(&world).await;
        let public = Scope::public();
        let free = request(FigureCode::Participants, "2026-03-01..2026-03-20");
        assert!(matches!(refused(&world, &public, free.clone()).await, Error::Denied(_)));
        let free = compute(&world, &Scope::cli(), free).await;
        assert_eq!(total(&free, "participants"), FigureCell::count(5));
        let past = FigureRequest {
            as_of: Some("2026-02-01T00:00:00Z".parse().unwrap()),
            ..request(FigureCode::Participations, "2026")
        };
        assert!(matches!(refused(&world, &public, past).await, Error::Denied(_)));
        let three = [Dimension::Municipality, Dimension::Month];
        let three = request(FigureCode::Participants, "2026")
            .by(&three)
            .only(Dimension::OrganiserKind, "library");
        assert!(matches!(refused(&world, &public, three).await, Error::Invalid(_)));
        let unknown = FigureRequest {
            partnership: Some(PartnershipId::from(world.store.env().uuid_v7())),
            ..request(FigureCode::Participants, "2026")
        };
        assert!(matches!(refused(&world, &public, unknown).await, Error::Unknown(_)));
        let reasons = request(FigureCode::Participants, "2026").by(&[Dimension::NewcomerReason]);
        let reasons = compute(&world, &public, reasons).await;
        assert_eq!(reasons.suppression.k, 10);
        assert!(reasons.suppression.hidden > 0, "eight people: {reasons:?}");
        // One person came in April: neither a figure nor its coverage tells how often.
        let april = compute(&world, &public, request(FigureCode::Coverage, "2026-04")).await;
        assert_eq!(total(&april, "scans"), FigureCell::Hidden);
        assert_eq!((april.coverage.scans, april.coverage.manual), (0, 0));
        world.tell((free, reasons, april));
        world
    })
    .await;
}

#[tokio::test]
async fn without_cheques_and_costs_a_figure_says_so() {
    on_both_engines(async |mut world: World| {
        let new = vec![world.new_holder("Iemand", 23102, Baseline::No); 6];
        let signer = FixedSigner::default();
        world
            .store
            .issue_passes(&Scope::cli(), new, &signer, ISSUER)
            .await
            .unwrap();
        let cheques = compute(&world, &Scope::public(), request(FigureCode::Cheques, "2026")).await;
        assert_eq!(total(&cheques, "issued"), FigureCell::count(0));
        assert_eq!(cheques.notes, ["Er zijn nog geen Randuitcheques geregistreerd."]);
        let anchoring = compute(&world, &Scope::public(), request(FigureCode::Anchoring, "2026")).await;
        assert_eq!(total(&anchoring, "cost_cents"), FigureCell::Nothing);
        assert!(anchoring.notes[0].contains("Kosten"));
        let active = compute(&world, &Scope::public(), request(FigureCode::PassesActive, "2026")).await;
        assert_eq!(total(&active, "passes_active"), FigureCell::count(6));
        world.tell((cheques, anchoring, active));
        world
    })
    .await;
}

async fn import(world: &World, lines: &str) {
    let new = NewImport {
        id: ImportId::from(world.store.env().uuid_v7()),
        kind: ImportKind::Newcomers,
        file_name: "nieuwkomers.csv".to_owned(),
        source: "verzonnen".to_owned(),
        dated: date(2026, 7, 1),
        bytes: format!("nis;jaar;aantal\n{lines}").into_bytes(),
    };
    if let Err(error) = world.store.import_denominators(&Scope::cli(), new).await {
        panic!("{error}");
    }
}
