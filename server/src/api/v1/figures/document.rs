//! The document that a figure is for programs: in the API and on the command line.

use domain::{Figure, FigureCell, FigureRow};
use serde::Serialize;
use serde_json::Number;
use utoipa::ToSchema;

/// A figure with everything that is needed to quote it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FigureDocument {
    /// Code of the figure.
    code: String,
    /// Dutch title.
    title: String,
    /// What exactly is counted, in Dutch.
    definition: String,
    /// The period as it was asked for.
    period: String,
    /// First day of the period.
    #[schema(value_type = String, format = Date)]
    first_day: jiff::civil::Date,
    /// Last day of the period.
    #[schema(value_type = String, format = Date)]
    last_day: jiff::civil::Date,
    /// The period that it is compared with.
    compare: Option<String>,
    /// Name of the partnership; `null`: all of them.
    partnership: Option<String>,
    /// What the rows are split by.
    by: Vec<String>,
    /// What the cells of a row are, in order.
    columns: Vec<ColumnDocument>,
    /// When the facts were read.
    #[schema(value_type = String, format = DateTime)]
    data_date: jiff::Timestamp,
    /// How complete the facts are.
    coverage: CoverageDocument,
    /// What is hidden, and why.
    suppression: SuppressionDocument,
    /// Raw counts of one's own organiser, not for others.
    raw: bool,
    /// What a reader must know besides, in Dutch sentences.
    notes: Vec<String>,
    /// One row for each key; one row `total` when `by` is empty.
    rows: Vec<RowDocument>,
    /// All rows together. Not their sum for people: a person can be in several rows.
    total: RowDocument,
}

/// What a cell of every row is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ColumnDocument {
    /// Stable name.
    name: String,
    /// Dutch heading.
    label: String,
    /// `people`, `visits`, `pieces`, `cents`, `minutes`, `days`, `share`, `difference`, `ratio`, `text` or `day`.
    unit: String,
    /// What exactly it says, in Dutch.
    definition: Option<String>,
}

/// How complete the facts are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CoverageDocument {
    /// Organisers that had activities in the period.
    organisers_active: u64,
    /// Organisers that scanned at least once.
    organisers_scanned: u64,
    /// Visits that a person typed in afterwards.
    manual: u64,
    /// All counted scans.
    scans: u64,
    /// Devices on which scans still wait, as far as they said so.
    unsent_devices: u64,
}

/// What is hidden, and why.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuppressionDocument {
    /// Fewer people than this are never shown.
    k: u64,
    /// How many cells are hidden.
    hidden: usize,
    /// The rule, in Dutch.
    rule: String,
}

/// One row.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RowDocument {
    /// The key; two dimensions are joined with ` × `.
    key: String,
    /// The key for each dimension of `by`.
    keys: Vec<String>,
    /// What people call each key.
    names: Vec<String>,
    /// Of a figure of one number: that number. `null` when hidden; 0 is a real zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    value: Option<Option<i64>>,
    /// Whether a cell is hidden because of too few people.
    hidden: bool,
    /// One for each column.
    cells: Vec<CellDocument>,
}

/// One cell: a number, or why there is none.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct CellDocument {
    /// `count`, `number`, `estimate` (with its 95 % interval), `text`, `day`; or why there is none: `hidden`,
    /// `too_few` (a share of fewer than 20 people), `no_denominator`, `too_early`, `nothing`.
    kind: &'static str,
    /// The number, in the unit of the column.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>)]
    value: Option<Number>,
    /// The least that it may well be.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>)]
    low: Option<Number>,
    /// The most that it may well be.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>)]
    high: Option<Number>,
    /// Words, in Dutch.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// A day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    day: Option<jiff::civil::Date>,
}

/// The name of a kind of cell, as the domain spells it in JSON.
pub(crate) const fn kind(cell: &FigureCell) -> &'static str {
    match cell {
        FigureCell::Count { .. } => "count",
        FigureCell::Number { .. } => "number",
        FigureCell::Estimate { .. } => "estimate",
        FigureCell::Text { .. } => "text",
        FigureCell::Day { .. } => "day",
        FigureCell::Hidden => "hidden",
        FigureCell::TooFew => "too_few",
        FigureCell::NoDenominator => "no_denominator",
        FigureCell::TooEarly => "too_early",
        FigureCell::Nothing => "nothing",
    }
}

impl From<&FigureCell> for CellDocument {
    fn from(cell: &FigureCell) -> Self {
        let mut document = Self {
            kind: kind(cell),
            ..Self::default()
        };
        match cell {
            FigureCell::Count { value } => document.value = Some(Number::from(*value)),
            FigureCell::Number { value } => document.value = Number::from_f64(*value),
            FigureCell::Estimate { value, low, high } => {
                document.value = Number::from_f64(*value);
                document.low = Number::from_f64(*low);
                document.high = Number::from_f64(*high);
            }
            FigureCell::Text { text } => document.text = Some(text.clone()),
            FigureCell::Day { day } => document.day = Some(*day),
            FigureCell::Hidden
            | FigureCell::TooFew
            | FigureCell::NoDenominator
            | FigureCell::TooEarly
            | FigureCell::Nothing => {}
        }
        document
    }
}

impl RowDocument {
    /// `single`: the figure is one number a row.
    fn of(row: &FigureRow, key: String, single: bool) -> Self {
        Self {
            key,
            keys: row.key.clone(),
            names: row.names.clone(),
            value: single.then(|| row.cells.first().and_then(FigureCell::as_count)),
            hidden: row.cells.iter().any(FigureCell::is_hidden),
            cells: row.cells.iter().map(CellDocument::from).collect(),
        }
    }
}

impl From<&Figure> for FigureDocument {
    fn from(figure: &Figure) -> Self {
        let definitions = figure.code.columns();
        let single = definitions.len() == 1;
        let total = || RowDocument::of(&figure.total, "total".to_owned(), single);
        let rows = if figure.by.is_empty() {
            vec![total()]
        } else {
            let rows = figure.rows.iter();
            rows.map(|row| RowDocument::of(row, row.key.join(" × "), single))
                .collect()
        };
        let columns = figure.columns.iter().map(|column| {
            let definition = definitions.iter().find(|known| known.name == column.name);
            ColumnDocument {
                name: column.name.clone(),
                label: column.label.clone(),
                unit: column.unit.code().to_owned(),
                definition: definition.map(|known| known.definition.to_owned()),
            }
        });
        Self {
            code: figure.code.code().to_owned(),
            title: figure.code.title_nl().to_owned(),
            definition: figure.definition.clone(),
            period: figure.period.to_string(),
            first_day: figure.period.first(),
            last_day: figure.period.last(),
            compare: figure.compare.map(|period| period.to_string()),
            partnership: figure.partnership.clone(),
            by: figure.by.iter().map(|dimension| dimension.code().to_owned()).collect(),
            columns: columns.collect(),
            data_date: figure.data_date,
            coverage: CoverageDocument {
                organisers_active: figure.coverage.organisers_active,
                organisers_scanned: figure.coverage.organisers_scanned,
                manual: figure.coverage.manual,
                scans: figure.coverage.scans,
                unsent_devices: figure.coverage.unsent_devices,
            },
            suppression: SuppressionDocument {
                k: figure.suppression.k,
                hidden: figure.suppression.hidden,
                rule: figure.suppression.rule.clone(),
            },
            raw: figure.raw,
            notes: figure.notes.clone(),
            rows,
            total: total(),
        }
    }
}
