//! A data set as CSV: one line for each observation, each complete in itself.

use domain::FigureCell;

use super::observation::DataSet;
use crate::api::v1::figures::document::kind;

/// Code, period, a key and a name for each dimension (`total` where all of it is meant), the column with its unit, the value
/// with its interval, why there is none, and what must go with every figure.
pub(super) fn write(set: &DataSet) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut header: Vec<String> = ["figure", "period", "first_day", "last_day"]
        .map(str::to_owned)
        .to_vec();
    for dimension in &set.dimensions {
        header.extend([dimension.code().to_owned(), format!("{dimension}_name")]);
    }
    let rest = [
        "column",
        "unit",
        "value",
        "low",
        "high",
        "why_empty",
        "k",
        "organisers_scanned",
        "organisers_active",
        "data_date",
    ];
    header.extend(rest.map(str::to_owned));
    writer.write_record(&header)?;
    for observation in &set.observations {
        let period = observation.period;
        let mut record = vec![
            set.code.code().to_owned(),
            period.to_string(),
            period.first().to_string(),
            period.last().to_string(),
        ];
        for key in &observation.keys {
            let (key, name) = key.clone().unwrap_or_else(|| ("total".to_owned(), "totaal".to_owned()));
            record.extend([key, name]);
        }
        let [value, low, high, why_empty] = cell(&observation.cell);
        record.extend([
            observation.column.name.clone(),
            observation.column.unit.code().to_owned(),
            value,
            low,
            high,
            why_empty,
            observation.k.to_string(),
            observation.coverage.organisers_scanned.to_string(),
            observation.coverage.organisers_active.to_string(),
            set.data_date.to_string(),
        ]);
        writer.write_record(record.iter().map(|field| harmless(field)))?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

fn cell(cell: &FigureCell) -> [String; 4] {
    let none = String::new;
    match cell {
        FigureCell::Count { value } => [value.to_string(), none(), none(), none()],
        FigureCell::Number { value } => [value.to_string(), none(), none(), none()],
        FigureCell::Estimate { value, low, high } => [value.to_string(), low.to_string(), high.to_string(), none()],
        FigureCell::Text { text } => [text.clone(), none(), none(), none()],
        FigureCell::Day { day } => [day.to_string(), none(), none(), none()],
        FigureCell::Hidden
        | FigureCell::TooFew
        | FigureCell::NoDenominator
        | FigureCell::TooEarly
        | FigureCell::Nothing => [none(), none(), none(), kind(cell).to_owned()],
    }
}

/// Names that somebody typed must not become a formula in a spreadsheet; negative numbers stay numbers.
fn harmless(field: &str) -> String {
    if field.starts_with(['=', '+', '@', '\t', '\r']) || (field.starts_with('-') && field.parse::<f64>().is_err()) {
        format!("'{field}")
    } else {
        field.to_owned()
    }
}
