//! A document with every kind of block, chart and cell, for looking at pages and files without any data.

use domain::{Coverage, Dimension, Figure, FigureCell, FigureCode, FigureColumn, FigureRow, Period, Suppression, Unit};
use jiff::Timestamp;
use jiff::civil::date;

use crate::{Block, Chart, Check, Document, DocumentKind, Section, Table};

/// The data date of the sample: a fixed moment.
const DATA_DATE: i64 = 1_795_716_300;

/// A document that shows everything that a document can hold. Its numbers are invented and say so.
#[must_use]
pub fn sample() -> Document {
    Document {
        kind: DocumentKind::Answer,
        title: "Antwoord".to_owned(),
        subject: "Voorbeeldverband (verzonnen cijfers)".to_owned(),
        period: Period::work_year_of(date(2026, 3, 1)),
        compare: Some(Period::work_year_of(date(2025, 3, 1))),
        data_date: Timestamp::from_second(DATA_DATE).unwrap_or_default(),
        facts_hash: "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945".to_owned(),
        lead: vec![
            "In het werkjaar 2025-2026 deden 312 nieuwkomers mee aan vrijetijdsactiviteiten met de pas.".to_owned(),
            "124 van hen deden in het jaar voor hun pas aan geen georganiseerde vrije tijd mee.".to_owned(),
        ],
        sections: vec![drawn_in(), partners(), thresholds(), budget()],
        check: Some(Check {
            url: "https://pas.example/controle/7F3K-2M9P".to_owned(),
            code: "7F3K-2M9P".to_owned(),
            frozen_at: Timestamp::from_second(DATA_DATE).unwrap_or_default(),
        }),
    }
}

fn drawn_in() -> Section {
    Section {
        id: "drawn-in".to_owned(),
        heading: "1. Werden er door de pas meer nieuwkomers verleid om deel te nemen aan vrijetijdsactiviteiten?"
            .to_owned(),
        blocks: vec![
            sentence("Er deden duidelijk meer nieuwkomers mee dan in het werkjaar 2024-2025: 312 tegenover 260."),
            Block::Note {
                text: "Aanwezigheid alleen bewijst niet dat de pas de oorzaak is.".to_owned(),
            },
            figure("Deelnemers per maand", months(), Some(columns("participants"))),
            figure(
                "Bereik per gemeente",
                reach(),
                Some(Chart::TileMap {
                    column: "participants".to_owned(),
                }),
            ),
            figure("Meer of minder", change(), None),
        ],
    }
}

fn partners() -> Section {
    Section {
        id: "partners".to_owned(),
        heading: "2. Op welke manier werd er samengewerkt met partners, en met welke concrete resultaten?".to_owned(),
        blocks: vec![
            Block::List {
                items: vec![
                    "vzw 'de Rand': 14 activiteiten samen.".to_owned(),
                    "PIN vzw: 1 activiteit samen, 48 mensen doorverwezen.".to_owned(),
                ],
            },
            figure("De weg van pas naar lid", funnel(), Some(Chart::Funnel)),
            figure(
                "Bezoeken per organisator",
                organisers(),
                Some(Chart::Bars {
                    column: "participations".to_owned(),
                }),
            ),
        ],
    }
}

fn thresholds() -> Section {
    let unit = [
        ("total_cents", "Samen", Unit::Cents),
        ("mean_cents", "Per deelnemer", Unit::Cents),
    ];
    let total = row(
        &[],
        &[],
        vec![FigureCell::count(482_350), FigureCell::Number { value: 1546.0 }],
    );
    Section {
        id: "thresholds".to_owned(),
        heading: "5. Welke financiële drempels tot participatie werden er weggewerkt?".to_owned(),
        blocks: vec![
            sentence("De pas nam samen € 4.823,50 aan kosten weg."),
            figure(
                "Weggenomen kosten",
                base(FigureCode::ThresholdEuro, &[], &unit, Vec::new(), total),
                None,
            ),
        ],
    }
}

fn budget() -> Section {
    let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
    Section {
        id: "budget".to_owned(),
        heading: "Begroting en uitgaven per actie".to_owned(),
        blocks: vec![Block::Table(Table {
            caption: "Begroting en uitgaven per actie".to_owned(),
            columns: row(["Actie", "Financiering", "Begroot", "Uitgegeven"]),
            numeric: vec![false, false, true, true],
            rows: vec![
                row(["Proef een sport", "Plan Samenleven", "€ 12.000,00", "€ 11.240,35"]),
                row(["Praattafels", "Projectsubsidie", "€ 8.000,00", "€ 8.412,00"]),
                row(["Samen", "", "€ 20.000,00", "€ 19.652,35"]),
            ],
            has_total: true,
        })],
    }
}

fn months() -> Figure {
    let period = Period::work_year_of(date(2026, 3, 1));
    let counts: [Option<u64>; 12] = [
        Some(41),
        Some(58),
        Some(63),
        Some(77),
        Some(80),
        Some(91),
        Some(66),
        None,
        Some(0),
        Some(88),
        Some(104),
        Some(119),
    ];
    let rows = period
        .months()
        .zip(counts)
        .map(|(month, count)| {
            let cell = count.map_or(FigureCell::Hidden, FigureCell::count);
            row(&[&month.to_string()], &[&month.label_nl()], vec![cell])
        })
        .collect();
    base(
        FigureCode::Participants,
        &[Dimension::Month],
        &[("participants", "Deelnemers", Unit::People)],
        rows,
        row(&[], &[], vec![FigureCell::count(312)]),
    )
}

fn reach() -> Figure {
    let columns = [
        ("participants", "Deelnemers", Unit::People),
        ("passes_active", "Geldige passen", Unit::Pieces),
        ("newcomers", "Nieuwkomers", Unit::People),
        ("share_of_passes", "Deel van de passen", Unit::Share),
        ("share_of_newcomers", "Deel van de nieuwkomers", Unit::Share),
    ];
    let estimate = |value, low, high| FigureCell::Estimate { value, low, high };
    let rows = vec![
        row(
            &["23102"],
            &["Wemmel"],
            vec![
                FigureCell::count(141),
                FigureCell::count(310),
                FigureCell::count(1204),
                estimate(0.455, 0.4, 0.51),
                estimate(0.117, 0.1, 0.136),
            ],
        ),
        row(
            &["23100"],
            &["Linkebeek"],
            vec![
                FigureCell::count(14),
                FigureCell::count(19),
                FigureCell::Nothing,
                FigureCell::TooFew,
                FigureCell::NoDenominator,
            ],
        ),
        row(
            &["23098"],
            &["Drogenbos"],
            vec![
                FigureCell::Hidden,
                FigureCell::count(60),
                FigureCell::count(402),
                FigureCell::Hidden,
                FigureCell::Hidden,
            ],
        ),
        row(
            &["23101"],
            &["Sint-Genesius-Rode"],
            vec![
                FigureCell::count(0),
                FigureCell::count(22),
                FigureCell::count(310),
                estimate(0.0, 0.0, 0.149),
                estimate(0.0, 0.0, 0.012),
            ],
        ),
    ];
    let total = row(
        &[],
        &[],
        vec![
            FigureCell::count(312),
            FigureCell::count(752),
            FigureCell::Nothing,
            estimate(0.415, 0.38, 0.451),
            FigureCell::NoDenominator,
        ],
    );
    let mut figure = base(FigureCode::Reach, &[Dimension::Municipality], &columns, rows, total);
    figure.suppression.hidden = 3;
    figure.notes = vec!["Nieuwkomers: voorbeeldbron, 1 januari 2026.".to_owned()];
    figure
}

fn change() -> Figure {
    let columns = [
        ("before", "Ervoor", Unit::People),
        ("now", "Nu", Unit::People),
        ("difference", "Verschil", Unit::Difference),
        ("ratio", "Verhouding", Unit::Ratio),
        ("share_difference", "Verschil in bereik", Unit::Difference),
    ];
    let cells = vec![
        FigureCell::count(260),
        FigureCell::count(312),
        FigureCell::Count { value: 52 },
        FigureCell::Estimate {
            value: 1.2,
            low: 1.02,
            high: 1.42,
        },
        FigureCell::Estimate {
            value: -0.012,
            low: -0.06,
            high: 0.036,
        },
    ];
    let mut figure = base(FigureCode::Change, &[], &columns, Vec::new(), row(&[], &[], cells));
    figure.compare = Some(Period::work_year_of(date(2025, 3, 1)));
    figure
}

fn funnel() -> Figure {
    let columns = [
        ("issued", "Uitgereikt", Unit::People),
        ("activated", "Geactiveerd", Unit::People),
        ("first_visit", "Eerste bezoek", Unit::People),
        ("third_visit", "Derde bezoek", Unit::People),
        ("member", "Lid", Unit::People),
        ("days_to_first", "Dagen tot het eerste bezoek", Unit::Days),
    ];
    let cells = |counts: [u64; 5], days: FigureCell| counts.map(FigureCell::count).into_iter().chain([days]).collect();
    let rows = vec![
        row(
            &["1"],
            &["PIN vzw"],
            cells([48, 40, 31, 18, 6], FigureCell::Number { value: 12.5 }),
        ),
        row(&["2"], &["Kanak"], cells([9, 8, 7, 0, 0], FigureCell::TooFew)),
        row(&["3"], &["De Horizon"], vec![FigureCell::TooEarly; 6]),
    ];
    let total = row(
        &[],
        &[],
        cells([410, 366, 301, 190, 61], FigureCell::Number { value: 9.0 }),
    );
    base(FigureCode::Funnel, &[Dimension::Partner], &columns, rows, total)
}

/// Longer than a page of paper.
fn organisers() -> Figure {
    let rows = (1..=64_u64)
        .map(|n| {
            let cell = if n.is_multiple_of(9) {
                FigureCell::Hidden
            } else {
                FigureCell::count(640 - n * 10)
            };
            row(
                &[&n.to_string()],
                &[&format!("Organisator met een vrij lange naam nummer {n}")],
                vec![cell],
            )
        })
        .collect();
    let mut figure = base(
        FigureCode::Participations,
        &[Dimension::Organiser],
        &[("participations", "Bezoeken", Unit::Visits)],
        rows,
        row(&[], &[], vec![FigureCell::count(20_160)]),
    );
    figure.suppression.hidden = 7;
    figure
}

fn base(
    code: FigureCode,
    by: &[Dimension],
    columns: &[(&str, &str, Unit)],
    rows: Vec<FigureRow>,
    total: FigureRow,
) -> Figure {
    let columns = columns.iter().map(|(name, label, unit)| FigureColumn {
        name: (*name).to_owned(),
        label: (*label).to_owned(),
        unit: *unit,
    });
    let period = Period::work_year_of(date(2026, 3, 1));
    Figure {
        code,
        period,
        compare: None,
        partnership: Some("Voorbeeldverband (verzonnen cijfers)".to_owned()),
        by: by.to_vec(),
        columns: columns.collect(),
        rows,
        total,
        definition: code.definition_nl().to_owned(),
        data_date: Timestamp::from_second(DATA_DATE).unwrap_or_default(),
        coverage: Coverage {
            organisers_active: 40,
            organisers_scanned: 31,
            manual: 120,
            scans: 1000,
            unsent_devices: 1,
        },
        suppression: Suppression {
            k: 5,
            hidden: 0,
            rule: "Getallen van minder dan 5 mensen tonen we niet, en ook geen getal waaruit je zo'n klein getal kunt \
                   berekenen."
                .to_owned(),
        },
        raw: false,
        notes: Vec::new(),
    }
}

fn row(key: &[&str], names: &[&str], cells: Vec<FigureCell>) -> FigureRow {
    FigureRow {
        key: key.iter().map(|one| (*one).to_owned()).collect(),
        names: names.iter().map(|one| (*one).to_owned()).collect(),
        cells,
    }
}

fn sentence(text: &str) -> Block {
    Block::Sentence { text: text.to_owned() }
}

fn columns(column: &str) -> Chart {
    Chart::Columns {
        column: column.to_owned(),
    }
}

fn figure(caption: &str, figure: Figure, chart: Option<Chart>) -> Block {
    Block::Figure {
        caption: caption.to_owned(),
        figure: Box::new(figure),
        chart,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_cell_for_every_column() {
        for section in sample().sections {
            for block in section.blocks {
                match block {
                    Block::Figure { figure, caption, .. } => {
                        for row in figure.rows.iter().chain([&figure.total]) {
                            assert_eq!(row.cells.len(), figure.columns.len(), "{caption}");
                        }
                    }
                    Block::Table(table) => {
                        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
                    }
                    _ => {}
                }
            }
        }
    }
}
