//! Lines and columns of a CSV file, before anybody asks what they mean.
//!
//! A field with a line break in it is never meant here, so a line of the file is a line of the table: that keeps every
//! line number right, also after empty lines and after a quote that was not closed.

use super::MOST_LINES;
use super::problem::{Fault, ImportProblems, shown};

/// A column that a file may have.
pub(super) struct Column {
    /// Its name in the template and in sentences.
    pub(super) name: &'static str,
    /// Other names that people give it.
    pub(super) also: &'static [&'static str],
    /// Whether it must be there.
    pub(super) needed: bool,
}

/// A file as lines of fields, each field in the place of its column.
pub(super) struct Table {
    /// Number of the line, and the fields in the order of the columns; a column that the file has not is empty.
    pub(super) rows: Vec<(u64, Vec<String>)>,
}

/// What may stand between fields.
const SEPARATORS: [(char, &str); 3] = [(';', "een puntkomma"), (',', "een komma"), ('\t', "een tab")];
/// What some programs write and this one does not take.
const OTHERS: [(char, &str); 3] = [
    ('|', "een streepje (|)"),
    (':', "een dubbele punt"),
    (' ', "een spatie"),
];

/// Takes the text apart. Everything that is wrong with its form goes to `problems`; the lines that are right are given
/// nevertheless, so that what they say can be looked at too.
pub(super) fn read(text: &str, columns: &[Column], wanted: &'static str, problems: &mut ImportProblems) -> Table {
    let mut table = Table { rows: Vec::new() };
    let mut lines = lines(text).filter(|(_, line)| !is_blank(line)).peekable();
    // Excel's own way to name the separator.
    let told = lines
        .next_if(|(_, line)| line.len() == 5 && line.to_ascii_lowercase().starts_with("sep="))
        .and_then(|(_, line)| line.chars().last());
    let Some((head_line, head)) = lines.next() else {
        problems.add(1, Fault::Empty);
        return table;
    };
    let Some((separator, places)) = read_head(head_line, head, told, columns, wanted, problems) else {
        return table;
    };
    let mut count = 0;
    for (number, line) in lines {
        count += 1;
        if count > MOST_LINES {
            problems.add(number, Fault::TooManyLines);
            break;
        }
        let Some(mut fields) = fields(line, separator) else {
            problems.add(number, Fault::Quote);
            continue;
        };
        // Spreadsheets write separators for empty cells to the right.
        while fields.len() > places.len() && fields.last().is_some_and(|field| field.trim().is_empty()) {
            fields.pop();
        }
        let (found, wanted) = (fields.len(), places.len());
        if found == 1
            && wanted > 1
            && let Some(other) = separator_of(line, separator)
        {
            problems.add(number, Fault::Separator { found: other });
        } else if found < wanted {
            problems.add(number, Fault::TooFewFields { found, wanted });
        } else if found > wanted {
            let comma = separator == ',';
            problems.add(number, Fault::TooManyFields { found, wanted, comma });
        } else {
            let mut row = vec![String::new(); columns.len()];
            for (place, field) in places.iter().zip(fields) {
                if let Some(cell) = place.and_then(|column| row.get_mut(column)) {
                    *cell = field.trim().to_owned();
                }
            }
            table.rows.push((number, row));
        }
    }
    if count == 0 {
        problems.add(head_line, Fault::NoRows);
    }
    table
}

/// The separator, and for each field of the head the column that it names. `None`: nothing can be read under it.
fn read_head(
    line: u64,
    head: &str,
    told: Option<char>,
    columns: &[Column],
    wanted: &'static str,
    problems: &mut ImportProblems,
) -> Option<(char, Vec<Option<usize>>)> {
    let named = |separator: char| -> Vec<Option<usize>> {
        fields(head, separator)
            .unwrap_or_default()
            .iter()
            .map(|name| column_of(name, columns))
            .collect()
    };
    let known = |separator: char| named(separator).iter().flatten().count();
    let best = told
        .filter(|told| SEPARATORS.iter().any(|(separator, _)| separator == told))
        .or_else(|| {
            SEPARATORS
                .iter()
                .map(|(separator, _)| *separator)
                // Of equals the first: `max_by_key` would give the last.
                .rev()
                .max_by_key(|separator| known(*separator))
        })?;
    if known(best) == 0 {
        let other = OTHERS.iter().find(|(separator, _)| known(*separator) > 0);
        problems.add(
            line,
            match other {
                Some((_, found)) => Fault::Separator { found },
                None => Fault::NoHead { wanted },
            },
        );
        return None;
    }
    let before = problems.count();
    let places = named(best);
    let names = fields(head, best).unwrap_or_default();
    for (name, place) in names.iter().zip(&places) {
        if place.is_none() {
            problems.add(line, Fault::UnknownColumn(shown(name)));
        }
    }
    for (index, column) in columns.iter().enumerate() {
        match places.iter().filter(|place| **place == Some(index)).count() {
            0 if column.needed => problems.add(line, Fault::MissingColumn(column.name)),
            0 | 1 => {}
            _ => problems.add(line, Fault::DoubleColumn(column.name)),
        }
    }
    (problems.count() == before).then_some((best, places))
}

fn column_of(name: &str, columns: &[Column]) -> Option<usize> {
    let name = name.trim().to_lowercase();
    columns
        .iter()
        .position(|column| column.name == name || column.also.contains(&name.as_str()))
}

/// Every line with its number. Old Macintosh files end their lines with a carriage return only.
fn lines(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let end = if text.contains('\n') { '\n' } else { '\r' };
    (1..).zip(text.split(end).map(|line| line.trim_end_matches('\r')))
}

fn is_blank(line: &str) -> bool {
    line.chars().all(|c| c.is_whitespace() || matches!(c, ';' | ','))
}

/// The fields of one line; `None` when a quote is left open or stands in the middle of a field.
fn fields(line: &str, separator: char) -> Option<Vec<String>> {
    let delimiter = u8::try_from(separator).ok()?;
    if !line.contains('"') {
        return Some(line.split(separator).map(str::to_owned).collect());
    }
    if line.matches('"').count() % 2 == 1 {
        return None;
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(256)
        .from_reader(line.as_bytes());
    let record = reader.records().next()?.ok()?;
    Some(record.iter().map(str::to_owned).collect())
}

/// What keeps the fields of this line apart, when it is not `used`.
fn separator_of(line: &str, used: char) -> Option<&'static str> {
    SEPARATORS
        .iter()
        .chain(&OTHERS)
        .find(|(separator, _)| *separator != used && line.contains(*separator))
        .map(|(_, name)| *name)
}
