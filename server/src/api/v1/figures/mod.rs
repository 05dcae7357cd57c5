//! `/api/v1/figures`, and the document that a figure is everywhere: API, command line, downloads.

pub(crate) mod code;

use domain::{PublishedRow, PublishedTable};
use serde::Serialize;
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
    /// What the rows are split by.
    by: Vec<String>,
    /// When the facts were read.
    #[schema(value_type = String, format = DateTime)]
    data_date: jiff::Timestamp,
    /// How complete the facts are.
    coverage: CoverageDocument,
    /// What is hidden, and why.
    suppression: SuppressionDocument,
    /// One row for each key; one row `total` when `by` is empty.
    rows: Vec<RowDocument>,
    /// All rows together. Not their sum for people: a person can be in several rows.
    total: RowDocument,
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
}

/// What is hidden, and why.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuppressionDocument {
    /// Fewer people than this are never shown.
    k: u64,
    /// How many rows are hidden.
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
    /// `null` when hidden; 0 is a real zero.
    value: Option<u64>,
    /// Whether the value is hidden because of too few people.
    hidden: bool,
}

impl RowDocument {
    fn of(row: &PublishedRow) -> Self {
        Self {
            key: row.key.join(" × "),
            keys: row.key.clone(),
            value: row.value,
            hidden: row.hidden,
        }
    }

    fn total(row: &PublishedRow) -> Self {
        Self {
            key: "total".to_owned(),
            keys: Vec::new(),
            value: row.value,
            hidden: row.hidden,
        }
    }
}

impl From<&PublishedTable> for FigureDocument {
    fn from(table: &PublishedTable) -> Self {
        let rows = if table.by.is_empty() {
            vec![RowDocument::total(&table.total)]
        } else {
            table.rows.iter().map(RowDocument::of).collect()
        };
        Self {
            code: table.code.code().to_owned(),
            title: table.code.title_nl().to_owned(),
            definition: table.code.definition_nl().to_owned(),
            period: table.period.to_string(),
            first_day: table.period.first(),
            last_day: table.period.last(),
            by: table.by.iter().map(|dimension| dimension.code().to_owned()).collect(),
            data_date: table.data_date,
            coverage: CoverageDocument {
                organisers_active: table.coverage.organisers_active,
                organisers_scanned: table.coverage.organisers_scanned,
                manual: table.coverage.manual,
                scans: table.coverage.scans,
            },
            suppression: SuppressionDocument {
                k: table.suppression.k,
                hidden: table.suppression.hidden,
                rule: table.suppression.rule.clone(),
            },
            rows,
            total: RowDocument::total(&table.total),
        }
    }
}
