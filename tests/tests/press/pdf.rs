//! The PDF as others see it: its structure, its standard, and every cell of every figure.

use domain::{Figure, FigureRow};
use report::{Block, Document, dutch};
use serde_json::Value;

use super::{Folder, asked, blocks, spaced};

/// A row of cells, as a screen reader walks them; `true` for a header cell.
type Row = Vec<(bool, String)>;

/// The tables of the structure tree, in order.
fn tables(structure: &str) -> Vec<Vec<Row>> {
    let mut tables: Vec<Vec<Row>> = Vec::new();
    let mut open = false;
    for line in structure.lines() {
        let kind = line.trim_start();
        let word = kind.split([' ', ':', '"']).next().unwrap_or_default();
        match word {
            "Table" => {
                tables.push(Vec::new());
                open = true;
            }
            "TR" if open => tables.last_mut().unwrap().push(Vec::new()),
            "TH" | "TD" if open => tables
                .last_mut()
                .unwrap()
                .last_mut()
                .unwrap()
                .push((word == "TH", String::new())),
            "THead" | "TBody" | "TFoot" => {}
            "" if open && kind.starts_with('"') => {
                let text = kind.trim_start_matches('"').trim_end_matches('"');
                if let Some((_, cell)) = tables.last_mut().unwrap().last_mut().and_then(|row| row.last_mut()) {
                    cell.push_str(text);
                }
            }
            _ if kind.starts_with('/') || kind.is_empty() => {}
            _ => open = false,
        }
    }
    for (_, cell) in tables.iter_mut().flatten().flatten() {
        *cell = spaced(cell);
    }
    tables
}

/// What the table of a figure must say.
fn expected(figure: &Figure) -> Vec<Vec<String>> {
    let k = figure.suppression.k;
    if figure.by.is_empty() && figure.rows.is_empty() {
        let mut rows = vec![vec!["Wat".to_owned(), "Waarde".to_owned()]];
        for (column, cell) in figure.columns.iter().zip(&figure.total.cells) {
            rows.push(vec![column.label.clone(), dutch::cell(cell, column.unit, k)]);
        }
        return rows;
    }
    let mut head: Vec<String> = figure
        .by
        .iter()
        .map(|dimension| dimension.label_nl().to_owned())
        .collect();
    head.extend(figure.columns.iter().map(|column| column.label.clone()));
    let line = |row: &FigureRow, names: Vec<String>| {
        let cells = figure.columns.iter().zip(&row.cells);
        let cells = cells.map(|(column, cell)| dutch::cell(cell, column.unit, k));
        names.into_iter().chain(cells).collect::<Vec<_>>()
    };
    // A figure with rows of its own (cohorts, actions) has a column of names without a dimension.
    let names = figure.by.len().max(1);
    if figure.by.is_empty() {
        head.insert(0, String::new());
    }
    let mut total = vec![String::new(); names];
    total[0] = "Samen".to_owned();
    let mut rows = vec![head];
    let named = |row: &FigureRow| {
        (0..names)
            .map(|at| row.names.get(at).cloned().unwrap_or_default())
            .collect()
    };
    rows.extend(figure.rows.iter().map(|row| line(row, named(row))));
    rows.push(line(&figure.total, total));
    rows
}

/// The tables of a document, with how many columns name the row.
fn wanted(document: &Document) -> Vec<(usize, Vec<Vec<String>>)> {
    let table = |block: &Block| match block {
        Block::Figure { figure, .. } => Some((figure.by.len().max(1), expected(figure))),
        Block::Table(table) => Some((1, [vec![table.columns.clone()], table.rows.clone()].concat())),
        _ => None,
    };
    let spaced = |(names, rows): (usize, Vec<Vec<String>>)| {
        let rows = rows
            .iter()
            .map(|row| row.iter().map(|cell| spaced(cell)).collect())
            .collect();
        (names, rows)
    };
    blocks(document).filter_map(table).map(spaced).collect()
}

/// Holds the PDF of a document to it, cell by cell. A table that is too wide for the page is several: the same rows, each
/// with a part of the columns.
pub(crate) fn holds(document: &Document) {
    let folder = Folder::new();
    let file = folder.with("document.pdf", &press::pdf(document).unwrap());
    let mut found = tables(&asked("pdfinfo", &["-struct-text"], &file)).into_iter();
    for (names, wanted) in wanted(document) {
        let mut whole = found.next().unwrap();
        while whole[0].len() < wanted[0].len() {
            for (row, more) in whole.iter_mut().zip(found.next().unwrap()) {
                assert_eq!(row[..names], more[..names], "the same row");
                row.extend(more.into_iter().skip(names));
            }
        }
        let texts: Vec<Vec<String>> = whole
            .iter()
            .map(|row| row.iter().map(|(_, text)| text.clone()).collect())
            .collect();
        assert_eq!(texts, wanted);
        let (head, body) = whole.split_first().unwrap();
        assert!(head.iter().all(|(header, _)| *header), "{head:?}");
        assert!(
            body.iter().all(|row| row[0].0 && !row.last().unwrap().0),
            "names head their rows"
        );
    }
    assert_eq!(found.next(), None, "no table that the document does not have");
    let text = spaced(&asked("pdfinfo", &["-struct-text"], &file));
    for sentence in &document.lead {
        assert!(text.contains(&spaced(sentence)), "{sentence}");
    }
}

#[test]
fn every_cell_of_every_figure_is_in_the_tagged_text() {
    holds(&report::sample());
}

#[test]
fn every_sentence_is_in_the_text_and_every_heading_in_the_structure() {
    let document = report::sample();
    let folder = Folder::new();
    let file = folder.with("antwoord.pdf", &press::pdf(&document).unwrap());
    let structure = spaced(&asked("pdfinfo", &["-struct-text"], &file));
    let mut wanted: Vec<&String> = document.lead.iter().collect();
    for block in blocks(&document) {
        match block {
            Block::Sentence { text } | Block::Note { text } => wanted.push(text),
            Block::List { items } => wanted.extend(items),
            Block::Figure { caption, .. } => wanted.push(caption),
            Block::Table(table) => wanted.push(&table.caption),
        }
    }
    wanted.extend(document.sections.iter().map(|section| &section.heading));
    for text in wanted {
        assert!(structure.contains(&spaced(text)), "{text}");
    }
    // Their names are compared in the text: poppler writes the title of an element in an encoding of its own.
    let level = |level: &str| structure.matches(&format!("{level} \"")).count();
    let captions = blocks(&document).filter(|block| matches!(block, Block::Figure { .. } | Block::Table(_)));
    assert_eq!(
        (level("H1"), level("H2"), level("H3")),
        (1, document.sections.len(), captions.count())
    );
}

#[test]
fn the_file_is_what_an_archive_and_a_screen_reader_ask() {
    let document = report::sample();
    let folder = Folder::new();
    let file = folder.with("antwoord.pdf", &press::pdf(&document).unwrap());
    asked("qpdf", &["--check"], &file);
    let info = spaced(&asked("pdfinfo", &[], &file));
    for fact in [
        "Tagged: yes",
        "Page size: 595.28 x 841.89 pts (A4)",
        "PDF version: 1.7",
        "JavaScript: no",
        "Encrypted: no",
    ] {
        assert!(info.contains(fact), "{fact}: {info}");
    }
    assert!(info.contains("Title: Antwoord: Voorbeeldverband"), "{info}");
    let meta = spaced(&asked("pdfinfo", &["-meta"], &file));
    for fact in ["pdfaid:part>3<", "pdfaid:conformance>A<", "pdfuaid:part>1<", ">nl<"] {
        assert!(meta.contains(fact), "{fact}: {meta}");
    }
    let fonts = asked("pdffonts", &[], &file);
    let fonts: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(fonts.len(), 2, "{fonts:?}");
    for font in fonts {
        assert!(
            font.contains("AtkinsonHyperlegible") && font.contains(" yes yes yes "),
            "embedded, a part, readable: {font}"
        );
    }
    let json: Value = serde_json::from_str(&asked("qpdf", &["--json=2"], &file)).unwrap();
    let objects = json["qpdf"][1].as_object().unwrap();
    let root = objects["trailer"]["value"]["/Root"].as_str().unwrap();
    let catalogue = &objects[&format!("obj:{root}")]["value"];
    assert_eq!(catalogue["/Lang"], "u:nl");
    assert_eq!(catalogue["/MarkInfo"]["/Marked"], true);
    assert_eq!(catalogue["/ViewerPreferences"]["/DisplayDocTitle"], true);
    for part in ["/StructTreeRoot", "/OutputIntents", "/Outlines", "/Metadata", "/AF"] {
        assert!(!catalogue[part].is_null(), "{part}");
    }
    let values = objects.values().map(|object| &object["value"]);
    let figures: Vec<&Value> = values.filter(|value| value["/S"] == "/Figure").collect();
    let charts = blocks(&document).filter(|block| matches!(block, Block::Figure { chart: Some(_), .. }));
    assert_eq!(figures.len(), charts.count() + 1, "the charts and the QR code");
    for figure in figures {
        let says = figure["/Alt"].as_str().unwrap_or_default();
        assert!(says.chars().count() > 20, "a picture says what it shows: {figure}");
    }
}

#[test]
fn the_document_goes_along_as_data() {
    let document = report::sample();
    let folder = Folder::new();
    let file = folder.with("antwoord.pdf", &press::pdf(&document).unwrap());
    let attached = asked("qpdf", &["--show-attachment=randpas.json"], &file);
    assert_eq!(serde_json::from_str::<Document>(&attached).unwrap(), document);
}
