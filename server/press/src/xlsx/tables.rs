//! A sheet a table: caption, definition, headings that stay in sight, rows, the whole, and what a reader must know.

use domain::{Figure, FigureCell, FigureRow, Unit};
use report::{Block, Table, dutch};
use rust_xlsxwriter::Worksheet;

use super::look::Look;
use super::{Sheet, Written};

/// Where the headings are: below the caption and the definition.
const HEAD: u32 = 3;
/// Widest column.
const WIDEST: usize = 48;
/// Smallest column.
const SMALLEST: usize = 11;

pub(super) fn write(out: &mut Worksheet, sheet: &Sheet<'_>, look: &Look) -> Written {
    out.set_name(&sheet.name)?;
    out.set_screen_gridlines(false);
    out.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    out.set_repeat_rows(HEAD, HEAD)?;
    let bare = look.heading.clone().set_align(rust_xlsxwriter::FormatAlign::Bottom);
    out.write_string_with_format(0, 0, sheet.caption, &unwrapped(bare))?;
    match sheet.block {
        Block::Figure { figure, .. } => of_figure(out, figure, look),
        Block::Table(table) => of_words(out, table, look),
        Block::Sentence { .. } | Block::Note { .. } | Block::List { .. } => Ok(()),
    }
}

/// A line that runs over the columns beside it.
fn unwrapped(format: rust_xlsxwriter::Format) -> rust_xlsxwriter::Format {
    format.unset_text_wrap()
}

/// What a column of the sheet shows of a column of the figure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Value,
    Low,
    High,
}

fn of_figure(out: &mut Worksheet, figure: &Figure, look: &Look) -> Written {
    out.write_string_with_format(1, 0, &figure.definition, &unwrapped(look.note.clone()))?;
    // A figure without dimensions still has a first column, which says "Samen".
    let names = figure.by.len().max(1);
    let mut widths = Vec::new();
    for at in 0..names {
        let heading = figure.by.get(at).map_or("", |dimension| dimension.label_nl());
        out.write_string_with_format(HEAD, column(at), heading, &look.head)?;
        let longest = figure.rows.iter().filter_map(|row| row.names.get(at));
        widths.push(
            longest
                .map(|name| name.chars().count())
                .max()
                .unwrap_or(0)
                .max(heading.len()),
        );
    }
    let parts = parts(figure);
    for (at, (index, part)) in parts.iter().enumerate() {
        let label = figure.columns.get(*index).map_or("", |column| column.label.as_str());
        let heading = match part {
            Part::Value => label.to_owned(),
            Part::Low => format!("{label}: van"),
            Part::High => format!("{label}: tot"),
        };
        widths.push(heading.chars().count().min(20));
        out.write_string_with_format(HEAD, column(names + at), &heading, &look.head_number)?;
    }
    for (at, width) in widths.iter().enumerate() {
        let width = (width + 2).clamp(SMALLEST, WIDEST);
        out.set_column_width(column(at), f64::from(u32::try_from(width).unwrap_or(20)))?;
    }
    out.set_freeze_panes(HEAD + 1, column(names))?;
    let mut line = HEAD + 1;
    for row in figure.rows.iter().chain([&figure.total]) {
        let total = std::ptr::eq(row, &raw const figure.total);
        for at in 0..names {
            let name = row.names.get(at).map_or("", String::as_str);
            let name = if total && at == 0 { "Samen" } else { name };
            out.write_string_with_format(line, column(at), name, &Look::of_row(look.name.clone(), total))?;
        }
        of_row(out, line, names, figure, row, &parts, total, look)?;
        line += 1;
    }
    line += 1;
    for note in notes(figure) {
        out.write_string_with_format(line, 0, note, &unwrapped(look.note.clone()))?;
        line += 1;
    }
    Ok(())
}

/// The columns of the sheet: three for a column with intervals, one for any other.
fn parts(figure: &Figure) -> Vec<(usize, Part)> {
    let mut parts = Vec::new();
    for at in 0..figure.columns.len() {
        parts.push((at, Part::Value));
        let rows = figure.rows.iter().chain([&figure.total]);
        let mut cells = rows.filter_map(|row| row.cells.get(at));
        if cells.any(|cell| matches!(cell, FigureCell::Estimate { .. })) {
            parts.extend([(at, Part::Low), (at, Part::High)]);
        }
    }
    parts
}

#[expect(clippy::too_many_arguments, reason = "a row of one sheet: where, what and how")]
fn of_row(
    out: &mut Worksheet,
    line: u32,
    names: usize,
    figure: &Figure,
    row: &FigureRow,
    parts: &[(usize, Part)],
    total: bool,
    look: &Look,
) -> Written {
    for (at, (index, part)) in parts.iter().enumerate() {
        let (Some(cell), Some(of)) = (row.cells.get(*index), figure.columns.get(*index)) else {
            continue;
        };
        let place = column(names + at);
        match cell {
            FigureCell::Day { day } if *part == Part::Value => {
                let format = Look::number(Unit::Day, false, total);
                out.write_datetime_with_format(line, place, *day, &format)?;
            }
            FigureCell::Text { text } if *part == Part::Value => {
                out.write_string_with_format(line, place, text, &Look::of_row(look.name.clone(), total))?;
            }
            cell => match value(cell, of.unit, *part) {
                Some((number, broken)) => {
                    let format = Look::number(of.unit, broken, total);
                    out.write_number_with_format(line, place, number, &format)?;
                }
                None => {
                    let words = if *part == Part::Value || cell.is_hidden() {
                        dutch::cell(cell, of.unit, figure.suppression.k)
                    } else {
                        String::new()
                    };
                    out.write_string_with_format(line, place, words, &Look::of_row(look.absent.clone(), total))?;
                }
            },
        }
    }
    Ok(())
}

/// The number as the sheet keeps it, and whether it has parts; `None` when there is no number.
#[expect(
    clippy::cast_precision_loss,
    reason = "a sheet has no other numbers; counts stay far below 2^53"
)]
fn value(cell: &FigureCell, unit: Unit, part: Part) -> Option<(f64, bool)> {
    let scale = match unit {
        Unit::Cents => 100.0,
        Unit::Minutes => 60.0,
        _ => 1.0,
    };
    match (cell, part) {
        (FigureCell::Count { value }, Part::Value) => Some((*value as f64 / scale, false)),
        (FigureCell::Number { value }, Part::Value) => {
            let value = if unit == Unit::Cents { value.round() } else { *value };
            Some((value / scale, value.fract() != 0.0))
        }
        (FigureCell::Estimate { value, .. }, Part::Value) => Some((*value / scale, true)),
        (FigureCell::Estimate { low, .. }, Part::Low) => Some((*low / scale, true)),
        (FigureCell::Estimate { high, .. }, Part::High) => Some((*high / scale, true)),
        _ => None,
    }
}

/// What stands below a figure.
pub(super) fn notes(figure: &Figure) -> Vec<String> {
    let mut notes = vec![
        format!("Gegevens tot en met {}.", dutch::moment(figure.data_date)),
        dutch::coverage(&figure.coverage),
        figure.suppression.rule.clone(),
    ];
    if figure.suppression.hidden > 0 {
        notes.push(format!(
            "Een vak met <{} is verborgen: er staat geen nul, en het telt niet mee in een som of gemiddelde.",
            figure.suppression.k
        ));
    }
    notes.extend(figure.notes.iter().cloned());
    notes
}

fn of_words(out: &mut Worksheet, table: &Table, look: &Look) -> Written {
    for (at, heading) in table.columns.iter().enumerate() {
        let numeric = table.numeric.get(at).copied().unwrap_or(false);
        let format = if numeric { &look.head_number } else { &look.head };
        out.write_string_with_format(HEAD, column(at), heading, format)?;
        let cells = table.rows.iter().filter_map(|row| row.get(at));
        let longest = cells
            .chain([heading])
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0);
        let width = (longest + 2).clamp(SMALLEST, WIDEST);
        out.set_column_width(column(at), f64::from(u32::try_from(width).unwrap_or(20)))?;
    }
    out.set_freeze_panes(HEAD + 1, 0)?;
    for (row, line) in table.rows.iter().zip(HEAD + 1..) {
        let total = table.has_total && table.rows.last().is_some_and(|last| std::ptr::eq(row, last));
        for (at, cell) in row.iter().enumerate() {
            let numeric = table.numeric.get(at).copied().unwrap_or(false);
            match read(cell).filter(|_| numeric) {
                Some((number, unit)) => {
                    let format = Look::number(unit, number.fract() != 0.0 && unit != Unit::Cents, total);
                    out.write_number_with_format(line, column(at), number, &format)?;
                }
                None => {
                    let format = Look::of_row(look.name.clone().set_text_wrap(), total);
                    out.write_string_with_format(line, column(at), cell, &format)?;
                }
            }
        }
    }
    Ok(())
}

/// A number as it is written in Flanders (`€ 1.204,50`, `20,0 %`), as a number again: the table has only its words.
fn read(shown: &str) -> Option<(f64, Unit)> {
    let bare: String = shown.chars().filter(|c| !c.is_whitespace()).collect();
    let (bare, unit) = match (bare.strip_suffix('%'), bare.replacen('€', "", 1)) {
        (Some(share), _) => (share.to_owned(), Unit::Share),
        (None, amount) if amount != bare => (amount, Unit::Cents),
        (None, _) => (bare, Unit::Pieces),
    };
    let plain = bare.replace('.', "").replace(',', ".").replace('\u{2212}', "-");
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    let number: f64 = plain.parse().ok()?;
    Some((if unit == Unit::Share { number / 100.0 } else { number }, unit))
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_in_words_become_numbers_and_words_stay_words() {
        assert_eq!(read("€\u{a0}12.000,50"), Some((12_000.5, Unit::Cents)));
        assert_eq!(read("−€ 3,50"), Some((-3.5, Unit::Cents)));
        assert_eq!(read("20,0 %"), Some((0.2, Unit::Share)));
        assert_eq!(read("1.204"), Some((1204.0, Unit::Pieces)));
        assert_eq!(read("<5"), None);
        assert_eq!(read("–"), None);
        assert_eq!(read(""), None);
        assert_eq!(read("2026-03-01"), None);
    }

    #[test]
    fn cents_are_euro_and_minutes_are_hours() {
        assert_eq!(
            value(&FigureCell::count(120_450), Unit::Cents, Part::Value),
            Some((1204.5, false))
        );
        assert_eq!(
            value(&FigureCell::count(90), Unit::Minutes, Part::Value),
            Some((1.5, false))
        );
        assert_eq!(value(&FigureCell::Hidden, Unit::People, Part::Value), None);
        assert_eq!(value(&FigureCell::count(3), Unit::People, Part::Low), None);
    }
}
