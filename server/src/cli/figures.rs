//! `randpas figures CODE`: one figure as a table, CSV or JSON.

use std::str::FromStr;

use clap::{Args, ValueEnum};
use domain::{Dimension, FigureCode, Period, PublishedTable};
use storage::{FigureQuery, Scope, Store};

use crate::api::v1::figures::FigureDocument;

use super::failure::Failure;
use super::output::Output;
use super::place::Place;
use super::suggest;

/// Which figure, and how to print it.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Code of the figure, such as participants or participations.
    code: String,
    /// 2026, 2026-03, 2026-Q1, 2026-H1, 2025-2026 (work year) or project; the default is this calendar year.
    #[arg(long, value_name = "P")]
    period: Option<String>,
    /// Split by one or two of: municipality, month, organiser, organiser_kind, activity_type.
    #[arg(long, value_name = "DIM[,DIM]", value_delimiter = ',')]
    by: Vec<String>,
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
    let code = code(&arguments.code)?;
    let by = dimensions(&arguments.by)?;
    let store = place.open().await?;
    let period = period(arguments.period.as_deref(), &store)?;
    let query = FigureQuery {
        code,
        period,
        by,
        municipality: None,
        organiser: None,
    };
    let table = store.figure(&Scope::cli(), query).await?;
    match arguments.format {
        Format::Json => {
            let document = FigureDocument::from(&table);
            let text = serde_json::to_string_pretty(&document).map_err(|error| Failure::Other(error.to_string()))?;
            output.line(&text)?;
        }
        Format::Csv => output.bytes(&csv(&table)?)?,
        Format::Table => output.bytes(columns(&table).as_bytes())?,
    }
    store.close().await;
    Ok(())
}

fn code(typed: &str) -> Result<FigureCode, Failure> {
    let available = FigureCode::available();
    let found = FigureCode::from_str(typed).ok().filter(|code| available.contains(code));
    found.ok_or_else(|| {
        let names = available.iter().map(|code| code.code());
        let guess = suggest::did_you_mean(suggest::closest(typed, names.clone()));
        let all = names.collect::<Vec<_>>().join(", ");
        Failure::usage(format!("There is no figure {typed:?}.{guess} The figures are: {all}."))
    })
}

fn dimensions(typed: &[String]) -> Result<Vec<Dimension>, Failure> {
    let mut by: Vec<Dimension> = Vec::new();
    for name in typed.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let dimension = Dimension::from_str(name).map_err(|_| {
            let names = Dimension::ALL.iter().map(|dimension| dimension.code());
            let guess = suggest::did_you_mean(suggest::closest(name, names.clone()));
            let all = names.collect::<Vec<_>>().join(", ");
            Failure::usage(format!(
                "A figure cannot be split by {name:?}.{guess} It can be split by: {all}."
            ))
        })?;
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

fn period(typed: Option<&str>, store: &Store) -> Result<Period, Failure> {
    let this_year = store.env().today().year().to_string();
    let typed = typed.unwrap_or(&this_year);
    Period::from_str(typed).map_err(|error| Failure::usage(format!("{error}.")))
}

/// Key columns, `value` (empty when hidden) and `hidden`. The total is a row whose keys are `total`.
fn csv(table: &PublishedTable) -> Result<Vec<u8>, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| Failure::Other(format!("The CSV could not be made: {error}."));
    let mut header: Vec<&str> = table.by.iter().map(|dimension| dimension.code()).collect();
    header.extend([table.code.code(), "hidden"]);
    writer.write_record(&header).map_err(failed)?;
    let total_key = vec!["total".to_owned(); table.by.len()];
    let rows = table
        .rows
        .iter()
        .filter(|_| !table.by.is_empty())
        .map(|row| (&row.key, row));
    for (key, row) in rows.chain(std::iter::once((&total_key, &table.total))) {
        let mut record = key.clone();
        record.push(row.value.map(|value| value.to_string()).unwrap_or_default());
        record.push(row.hidden.to_string());
        writer.write_record(&record).map_err(failed)?;
    }
    writer
        .into_inner()
        .map_err(|error| Failure::Other(format!("The CSV could not be made: {error}.")))
}

/// Aligned columns with what the figure means and how it is protected.
fn columns(table: &PublishedTable) -> String {
    let shown =
        |value: Option<u64>| value.map_or_else(|| format!("<{}", table.suppression.k), |value| value.to_string());
    let mut rows: Vec<(String, String)> = Vec::new();
    if !table.by.is_empty() {
        rows.extend(table.rows.iter().map(|row| (row.key.join(" × "), shown(row.value))));
    }
    rows.push(("total".to_owned(), shown(table.total.value)));
    let left = rows.iter().map(|(key, _)| key.chars().count()).max().unwrap_or(0);
    let right = rows.iter().map(|(_, value)| value.chars().count()).max().unwrap_or(0);
    let mut text = format!(
        "{} · {}\n{}\n\n",
        table.code.code(),
        table.period,
        table.code.definition_nl()
    );
    for (key, value) in rows {
        let gap = " ".repeat(left - key.chars().count());
        text.push_str(&format!("{key}{gap}  {value:>right$}\n"));
    }
    text.push_str(&format!("\n{}\n", table.suppression.rule));
    text
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
    }
}
