//! The spreadsheet as LibreOffice reads it: every number of every figure, and what is hidden as a text.

use std::path::{Path, PathBuf};
use std::process::Command;

use domain::{Figure, FigureCell, Unit};
use report::{Block, Document, dutch};

use super::{Folder, blocks, spaced};

/// Every sheet as rows of cells, by LibreOffice: raw values, all sheets.
const FILTER: &str = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1";

fn soffice() -> PathBuf {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/find-soffice.sh");
    let output = Command::new(script).output().unwrap();
    assert!(output.status.success(), "no LibreOffice: run scripts/setup.sh test");
    String::from_utf8(output.stdout).unwrap().trim().into()
}

type Sheet = Vec<Vec<String>>;

/// The sheets with tables in their order, then the first sheet and the last.
fn sheets(folder: &Folder, xlsx: &[u8]) -> (Vec<Sheet>, Sheet, Sheet) {
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
    let mut tables: Vec<(u32, Sheet)> = Vec::new();
    let (mut story, mut meaning) = (Sheet::new(), Sheet::new());
    for entry in std::fs::read_dir(&folder.0).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let Some(name) = name.strip_prefix("document-") else {
            continue;
        };
        let sheet = read(&path);
        match name.split(' ').next().unwrap_or_default().parse() {
            Ok(number) => tables.push((number, sheet)),
            Err(_) if name == "Uitleg" => meaning = sheet,
            Err(_) => story = sheet,
        }
    }
    tables.sort();
    (tables.into_iter().map(|(_, sheet)| sheet).collect(), story, meaning)
}

fn read(path: &Path) -> Sheet {
    let text = std::fs::read_to_string(path).unwrap();
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.delimiter(b';').has_headers(false).flexible(true);
    let mut reader = reader.from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let lines = reader
        .records()
        .map(|line| line.unwrap().iter().map(str::to_owned).collect());
    lines.collect()
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
    assert_eq!(spaced(&sheet[1][0]), spaced(&figure.definition));
    for (at, row) in figure.rows.iter().chain([&figure.total]).enumerate() {
        let line = &sheet[4 + at];
        if at < figure.rows.len() {
            for (found, name) in line.iter().zip(&row.names).take(names) {
                assert_eq!(spaced(found), spaced(name), "{}", figure.code);
            }
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
            if let FigureCell::Day { day } = cell {
                // A real date, which LibreOffice writes in the order of its own country.
                let mut parts: Vec<i32> = line[place]
                    .split(['/', '-', '.'])
                    .filter_map(|part| part.parse().ok())
                    .collect();
                let mut wanted = vec![i32::from(day.year()), i32::from(day.month()), i32::from(day.day())];
                parts.sort_unstable();
                wanted.sort_unstable();
                assert_eq!(parts, wanted, "{}", line[place]);
                continue;
            }
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

/// An amount or a share as it is written in Flanders: `€ 12.000,00`.
fn written(cell: &str) -> Option<f64> {
    let bare: String = cell
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '€' && *c != '.')
        .collect();
    let bare = bare.replace(',', ".").replace('\u{2212}', "-");
    match bare.strip_suffix('%') {
        Some(share) => share.parse::<f64>().ok().map(|share| share / 100.0),
        None => bare.parse().ok(),
    }
}

/// Holds the spreadsheet of a document to it, cell by cell.
pub(crate) fn holds(document: &Document) {
    let folder = Folder::new();
    let (tables, story, meaning) = sheets(&folder, &press::xlsx(document).unwrap());
    let wanted: Vec<&Block> = blocks(document)
        .filter(|block| matches!(block, Block::Figure { .. } | Block::Table(_)))
        .collect();
    assert_eq!(tables.len(), wanted.len());
    for (block, sheet) in wanted.into_iter().zip(&tables) {
        match block {
            Block::Figure { figure, .. } => compare(figure, sheet),
            Block::Table(table) => {
                assert_eq!(sheet[3], table.columns);
                for (row, line) in table.rows.iter().zip(&sheet[4..]) {
                    for ((cell, found), numeric) in row.iter().zip(line).zip(&table.numeric) {
                        match written(cell).filter(|_| *numeric) {
                            Some(value) => assert!((number(found).unwrap() - value).abs() < 1e-6, "{found} for {cell}"),
                            None => assert_eq!(spaced(found), spaced(cell)),
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let story: Vec<String> = story.iter().map(|row| spaced(&row.join(";"))).collect();
    for sentence in &document.lead {
        assert!(story.contains(&spaced(sentence)), "{sentence}");
    }
    let meaning: Vec<&String> = meaning.iter().flatten().collect();
    assert!(meaning.iter().any(|cell| cell.contains(&document.facts_hash)));
    for block in blocks(document) {
        if let Block::Figure { figure, .. } = block {
            assert!(
                meaning.iter().any(|cell| *cell == figure.code.code()),
                "{}",
                figure.code
            );
        }
    }
}

#[test]
fn libreoffice_reads_every_number_that_the_document_has() {
    holds(&report::sample());
}
