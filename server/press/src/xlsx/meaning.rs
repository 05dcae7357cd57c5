//! The last sheet: what each table counts, of when, how complete, and what is hidden.

use report::{Block, Document, dutch};
use rust_xlsxwriter::Worksheet;

use super::look::Look;
use super::{Sheet, Written};

/// Headings and their widths.
const COLUMNS: [(&str, f64); 9] = [
    ("Blad", 30.0),
    ("Cijfer", 20.0),
    ("Wat we tellen", 60.0),
    ("Periode", 22.0),
    ("Vergeleken met", 22.0),
    ("Gegevens tot en met", 22.0),
    ("Hoe volledig", 50.0),
    ("Bescherming", 50.0),
    ("Meer uitleg", 50.0),
];

pub(super) fn write(
    out: &mut Worksheet,
    document: &Document,
    sheets: &[Sheet<'_>],
    name: &str,
    look: &Look,
) -> Written {
    out.set_name(name)?;
    out.set_screen_gridlines(false);
    for (at, (heading, width)) in (0_u16..).zip(COLUMNS) {
        out.write_string_with_format(0, at, heading, &look.head)?;
        out.set_column_width(at, width)?;
    }
    out.set_freeze_panes(1, 1)?;
    let mut line = 1;
    for sheet in sheets {
        let Block::Figure { figure, .. } = sheet.block else {
            continue;
        };
        let cells = [
            sheet.name.clone(),
            figure.code.code().to_owned(),
            figure.definition.clone(),
            figure.period.label_nl(),
            figure.compare.map(|period| period.label_nl()).unwrap_or_default(),
            dutch::moment(figure.data_date),
            dutch::coverage(&figure.coverage),
            figure.suppression.rule.clone(),
            figure.notes.join(" "),
        ];
        for (at, cell) in (0_u16..).zip(cells) {
            out.write_string_with_format(line, at, cell, &look.text)?;
        }
        line += 1;
    }
    line += 1;
    let facts = format!("Kenmerk van de feiten (SHA-256): {}", document.facts_hash);
    out.write_string_with_format(line, 0, facts, &look.note.clone().unset_text_wrap())?;
    Ok(())
}
