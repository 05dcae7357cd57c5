//! `randpas figures CODE`: one figure as a table, CSV or JSON.

use std::fmt::Write as _;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use domain::{Dimension, Figure, FigureCell, FigureCode, FigureRow, PartnershipId, Period, Unit};
use storage::{FigureRequest, Scope, Store};

use crate::api::v1::figures::{FigureDocument, csv};

use super::failure::Failure;
use super::output::Output;
use super::place::Place;
use super::report::moment;
use super::suggest;

/// Which figure, and how to print it.
///
/// What is printed is protected: numbers about few people are hidden, as on the website. Whoever may use this command has the
/// data anyhow, so `--raw` can leave the protection out; do not pass such numbers on.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Code of the figure, such as participants, reach, change or funnel.
    code: String,
    /// 2026, 2026-03, 2026-Q1, 2026-H1, 2025-2026 (work year), project or 2026-01-05..2026-02-11; the default is this
    /// calendar year.
    #[arg(long, value_name = "P")]
    period: Option<String>,
    /// Compare with this period; `change` takes the one before of the same kind.
    #[arg(long, value_name = "P2")]
    compare: Option<String>,
    /// Split by one or two dimensions, such as municipality, month, organiser, activity_type or action.
    #[arg(long, value_name = "DIM[,DIM]", value_delimiter = ',')]
    by: Vec<String>,
    /// Only one key of a dimension, such as municipality=23102; counts as a dimension.
    #[arg(long, value_name = "DIM=KEY")]
    filter: Vec<String>,
    /// Only one partnership, by its id.
    #[arg(long, value_name = "ID")]
    partnership: Option<String>,
    /// Count from what had been received by then: 2026-03-01 (the end of that day) or 2026-03-01T14:30:00+01:00.
    #[arg(long, value_name = "WHEN")]
    as_of: Option<String>,
    /// Raw counts, without protection of small numbers; for your own eyes only.
    #[arg(long)]
    raw: bool,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// How to print a figure.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Columns for people.
    Table,
    /// Comma-separated values with a header.
    Csv,
    /// The same document as the API gives.
    Json,
}

/// Runs the command.
pub(crate) async fn run(place: &Place, arguments: &Arguments, output: &mut Output) -> Result<(), Failure> {
    let mut request = request(arguments)?;
    let store = place.open().await?;
    if arguments.period.is_none() {
        request.period = Period::calendar_year_of(store.env().today());
    }
    let figure = compute(&store, &request).await?;
    match arguments.format {
        Format::Json => {
            let document = FigureDocument::from(&figure);
            let text = serde_json::to_string_pretty(&document).map_err(|error| Failure::Other(error.to_string()))?;
            output.line(&text)?;
        }
        Format::Csv => {
            let failed = |error| Failure::Other(format!("The CSV could not be made: {error}."));
            output.bytes(&csv::write(&figure).map_err(failed)?)?;
        }
        Format::Table => output.bytes(columns(&figure).as_bytes())?,
    }
    store.close().await;
    Ok(())
}

/// A request that cannot be answered is a wrong call, and says what would be right.
async fn compute(store: &Store, request: &FigureRequest) -> Result<Figure, Failure> {
    match store.compute(&Scope::cli(), request).await {
        Err(storage::Error::Invalid(what)) => Err(Failure::usage(format!("This cannot be asked: {what}."))),
        Err(storage::Error::Unknown(what)) => Err(Failure::usage(format!("There is no such {what}."))),
        figure => Ok(figure?),
    }
}

/// What is asked; the period is a stand-in where none was typed, for only the store knows which day it is.
fn request(arguments: &Arguments) -> Result<FigureRequest, Failure> {
    let period = arguments.period.as_deref().map(period).transpose()?;
    let partnership = arguments.partnership.as_deref().map(|typed| {
        let parsed = PartnershipId::from_str(typed);
        parsed.map_err(|_| Failure::usage(format!("{typed:?} is no id of a partnership: that is a UUID.")))
    });
    Ok(FigureRequest {
        code: code(&arguments.code)?,
        period: period.unwrap_or_else(Period::project),
        compare: arguments.compare.as_deref().map(self::period).transpose()?,
        by: dimensions(&arguments.by)?,
        filter: arguments
            .filter
            .iter()
            .map(|typed| filter(typed))
            .collect::<Result<_, _>>()?,
        partnership: partnership.transpose()?,
        raw: arguments.raw,
        as_of: arguments.as_of.as_deref().map(moment).transpose()?,
    })
}

fn code(typed: &str) -> Result<FigureCode, Failure> {
    FigureCode::from_str(typed).map_err(|_| {
        let names = FigureCode::ALL.iter().map(|code| code.code());
        let guess = suggest::did_you_mean(suggest::closest(typed, names.clone()));
        let all = names.collect::<Vec<_>>().join(", ");
        Failure::usage(format!("There is no figure {typed:?}.{guess} The figures are: {all}."))
    })
}

fn dimension(name: &str) -> Result<Dimension, Failure> {
    Dimension::from_str(name).map_err(|_| {
        let names = Dimension::ALL.iter().map(|dimension| dimension.code());
        let guess = suggest::did_you_mean(suggest::closest(name, names.clone()));
        let all = names.collect::<Vec<_>>().join(", ");
        Failure::usage(format!(
            "A figure cannot be split by {name:?}.{guess} It can be split by: {all}."
        ))
    })
}

fn dimensions(typed: &[String]) -> Result<Vec<Dimension>, Failure> {
    let mut by: Vec<Dimension> = Vec::new();
    for name in typed.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let dimension = dimension(name)?;
        if by.contains(&dimension) {
            return Err(Failure::usage(format!("--by names {dimension} twice.")));
        }
        by.push(dimension);
    }
    if by.len() > 2 {
        return Err(Failure::usage("A figure can be split by two dimensions at most."));
    }
    Ok(by)
}

fn filter(typed: &str) -> Result<(Dimension, String), Failure> {
    let Some((name, key)) = typed.split_once('=') else {
        return Err(Failure::usage(format!(
            "--filter {typed:?} names no key: write it as municipality=23102."
        )));
    };
    Ok((dimension(name.trim())?, key.trim().to_owned()))
}

fn period(typed: &str) -> Result<Period, Failure> {
    Period::from_str(typed).map_err(|error| Failure::usage(format!("{error}.")))
}

/// Aligned columns with what the figure means and how it is protected.
fn columns(figure: &Figure) -> String {
    let mut lines: Vec<Vec<String>> = Vec::new();
    let several = figure.columns.len() > 1;
    if several {
        let names = figure.columns.iter().map(|column| column.name.clone());
        lines.push(std::iter::once(String::new()).chain(names).collect());
    }
    for row in &figure.rows {
        lines.push(line(figure, row, row.names.join(" × ")));
    }
    lines.push(line(figure, &figure.total, "total".to_owned()));
    let mut widths: Vec<usize> = Vec::new();
    for cells in &lines {
        for (at, cell) in cells.iter().enumerate() {
            let width = cell.chars().count();
            match widths.get_mut(at) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    let compare = figure.compare.map(|period| format!(" · {period}")).unwrap_or_default();
    let mut text = format!(
        "{} · {}{compare}\n{}\n\n",
        figure.code, figure.period, figure.definition
    );
    for cells in &lines {
        let mut padded = String::new();
        for (at, (cell, width)) in cells.iter().zip(&widths).enumerate() {
            let gap = " ".repeat(width - cell.chars().count());
            let (before, after) = if at == 0 {
                ("", gap.as_str())
            } else {
                (gap.as_str(), "")
            };
            padded.push_str(if at == 0 { "" } else { "  " });
            padded.push_str(before);
            padded.push_str(cell);
            padded.push_str(after);
        }
        text.push_str(padded.trim_end());
        text.push('\n');
    }
    for sentence in std::iter::once(&figure.suppression.rule).chain(&figure.notes) {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n{sentence}\n");
    }
    text
}

fn line(figure: &Figure, row: &FigureRow, name: String) -> Vec<String> {
    let cells = figure.columns.iter().zip(&row.cells);
    let cells = cells.map(|(column, cell)| shown(cell, column.unit, figure.suppression.k));
    std::iter::once(name).chain(cells).collect()
}

/// A cell for people; why there is no number is a word.
fn shown(cell: &FigureCell, unit: Unit, k: u64) -> String {
    let number = |value: f64| match unit {
        Unit::Share | Unit::Difference => format!("{:.1}%", value * 100.0),
        Unit::Cents => format!("{value:.0}"),
        _ => format!("{value:.2}"),
    };
    match cell {
        FigureCell::Count { value } => value.to_string(),
        FigureCell::Number { value } => number(*value),
        FigureCell::Estimate { value, low, high } => {
            format!("{} ({} to {})", number(*value), number(*low), number(*high))
        }
        FigureCell::Text { text } => text.clone(),
        FigureCell::Day { day } => day.to_string(),
        FigureCell::Hidden => format!("<{k}"),
        FigureCell::TooFew => "too few".to_owned(),
        FigureCell::NoDenominator => "unknown".to_owned(),
        FigureCell::TooEarly => "too early".to_owned(),
        FigureCell::Nothing => "-".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message<T>(result: Result<T, Failure>) -> String {
        match result {
            Err(Failure::Usage(sentence)) => sentence,
            _ => String::new(),
        }
    }

    #[test]
    fn a_slip_in_a_code_or_dimension_gets_a_suggestion() {
        assert!(message(code("particpants")).contains("Did you mean participants?"));
        assert!(message(dimensions(&["municipalty".to_owned()])).contains("Did you mean municipality?"));
        assert!(message(dimensions(&["month".into(), "organiser".into(), "municipality".into()])).contains("two"));
        assert!(message(dimensions(&["month".into(), "month".into()])).contains("twice"));
        assert_eq!(dimensions(&["month".into(), String::new()]).unwrap().len(), 1);
        assert!(message(filter("municipality")).contains("names no key"));
        assert!(message(filter("municipalty=1")).contains("Did you mean municipality?"));
    }

    #[test]
    fn a_missing_number_says_why() {
        assert_eq!(shown(&FigureCell::Hidden, Unit::People, 5), "<5");
        assert_eq!(shown(&FigureCell::TooFew, Unit::Share, 5), "too few");
        let share = FigureCell::Estimate {
            value: 0.5,
            low: 0.4,
            high: 0.6,
        };
        assert_eq!(shown(&share, Unit::Share, 5), "50.0% (40.0% to 60.0%)");
    }
}
