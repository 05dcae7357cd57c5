//! The spreadsheet as LibreOffice reads it: every number of every figure, and what is hidden as a text.

use std::path::PathBuf;
use std::process::Command;

use domain::{Figure, FigureCell, Unit};
use report::{Block, dutch};

use super::{Folder, spaced};

/// Every sheet as rows of cells, by LibreOffice: raw values, all sheets.
const FILTER: &str = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1";

fn soffice() -> PathBuf {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/find-soffice.sh");
    let output = Command::new(script).output().unwrap();
    assert!(output.status.success(), "no LibreOffice: run scripts/setup.sh test");
    String::from_utf8(output.stdout).unwrap().trim().into()
}

/// The sheets in the order of the workbook.
fn sheets(folder: &Folder, xlsx: &[u8], names: &[String]) -> Vec<Vec<Vec<String>>> {
    let file = folder.with("document.xlsx", xlsx);
    // A profile of its own: LibreOffice lets nobody else in while another one uses it.
    let profile = format!("-env:UserInstallation=file://{}", folder.0.join("profile").display());
    let output = Command::new(soffice())
        .args([&profile, "--headless", "--convert-to", FILTER, "--outdir"])
        .arg(&folder.0)
        .arg(&file)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |name: &String| {
        let path = folder.0.join(format!("document-{name}.csv"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        text.trim_start_matches('\u{feff}')
            .lines()
            .map(|line| {
                line.split(';')
                    .map(|cell| cell.trim_matches('"').replace("\"\"", "\""))
                    .collect()
            })
            .collect()
    };
    names.iter().map(read).collect()
}

/// A number as LibreOffice writes it: `45.5%`, `4823.5`.
fn number(cell: &str) -> Option<f64> {
    match cell.strip_suffix('%') {
        Some(share) => share.parse::<f64>().ok().map(|share| share / 100.0),
        None => cell.parse().ok(),
    }
}

/// What a cell must be: its numbers, or its words.
fn expected(cell: &FigureCell, unit: Unit) -> Result<Vec<f64>, ()> {
    #[expect(clippy::cast_precision_loss, reason = "a spreadsheet has no other numbers")]
    match cell {
        FigureCell::Count { value } => Ok(vec![*value as f64]),
        FigureCell::Number { value } if unit == Unit::Cents => Ok(vec![value.round()]),
        FigureCell::Number { value } => Ok(vec![*value]),
        FigureCell::Estimate { value, low, high } => Ok(vec![*value, *low, *high]),
        _ => Err(()),
    }
}

fn compare(figure: &Figure, sheet: &[Vec<String>]) {
    let names = figure.by.len().max(1);
    let head = &sheet[3];
    assert!(
        sheet[1]
            .first()
            .unwrap()
            .starts_with(figure.definition.split(',').next().unwrap())
    );
    for (at, row) in figure.rows.iter().chain([&figure.total]).enumerate() {
        let line = &sheet[4 + at];
        if at < figure.rows.len() {
            assert_eq!(line[..names], row.names[..], "{}", figure.code);
        } else {
            assert_eq!(line[0], "Samen");
        }
        for (column, cell) in figure.columns.iter().zip(&row.cells) {
            let place = head.iter().position(|heading| *heading == column.label).unwrap();
            let scale = match column.unit {
                Unit::Cents => 100.0,
                Unit::Minutes => 60.0,
                _ => 1.0,
            };
            match expected(cell, column.unit) {
                Ok(values) => {
                    for (part, value) in values.iter().enumerate() {
                        let found = number(&line[place + part]);
                        let found = found.unwrap_or_else(|| panic!("{} is no number", line[place + part]));
                        assert!(
                            (found - value / scale).abs() < 1e-6,
                            "{found} for {value}: {}",
                            figure.code
                        );
                    }
                }
                Err(()) => {
                    let words = dutch::cell(cell, column.unit, figure.suppression.k);
                    assert_eq!(spaced(&line[place]), spaced(&words));
                    assert_eq!(number(&line[place]), None, "hidden is no number");
                }
            }
        }
    }
}

#[test]
fn libreoffice_reads_every_number_that_the_document_has() {
    let document = report::sample();
    let folder = Folder::new();
    let captions = [
        "1 Deelnemers per maand",
        "2 Bereik per gemeente",
        "3 Meer of minder",
        "4 De weg van pas naar lid",
        "5 Bezoeken per organisator",
        "6 Weggenomen kosten",
        "7 Begroting en uitgaven per act",
        "Antwoord",
        "Uitleg",
    ]
    .map(str::to_owned);
    let sheets = sheets(&folder, &press::xlsx(&document).unwrap(), &captions);
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let tables = blocks.filter(|block| matches!(block, Block::Figure { .. } | Block::Table(_)));
    for (block, sheet) in tables.zip(&sheets) {
        match block {
            Block::Figure { figure, .. } => compare(figure, sheet),
            Block::Table(table) => {
                assert_eq!(sheet[3], table.columns);
                assert_eq!(number(&sheet[4][2]), Some(12_000.0), "an amount is a number");
                assert_eq!(sheet[4][0], table.rows[0][0]);
            }
            _ => {}
        }
    }
    let story: Vec<String> = sheets[7].iter().map(|row| spaced(&row.join(";"))).collect();
    for sentence in &document.lead {
        assert!(story.contains(&spaced(sentence)), "{sentence}");
    }
    let meaning = sheets[8].iter().flatten().cloned().collect::<Vec<_>>().join("\n");
    assert!(meaning.contains(&document.facts_hash) && meaning.contains("threshold_euro"));
}
