//! A document as data: the one source of the page, the PDF, the spreadsheet, the CSV and the JSON.
//!
//! Nothing in it can be more than what disclosure control let through: figures come in as [`Figure`], and sentences are
//! made from their cells.

use std::fmt;

use domain::{Figure, Period};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Which document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// The seven questions of FIGURES §4.
    Answer,
    /// The interim report: content.
    Interim,
    /// The final report: content and finance.
    Final,
    /// The half-year sheet of Plan Samenleven: a KPI per action.
    PlanSamenleven,
    /// One municipality.
    Municipality,
}

impl DocumentKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 5] = [
        Self::Answer,
        Self::Interim,
        Self::Final,
        Self::PlanSamenleven,
        Self::Municipality,
    ];

    /// The spelling in addresses and on the command line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Interim => "interim",
            Self::Final => "final",
            Self::PlanSamenleven => "plan-samenleven",
            Self::Municipality => "municipality",
        }
    }

    /// The title.
    #[must_use]
    pub const fn title_nl(self) -> &'static str {
        match self {
            Self::Answer => "Antwoord",
            Self::Interim => "Tussentijds verslag",
            Self::Final => "Eindverslag",
            Self::PlanSamenleven => "Plan Samenleven: halfjaarfiche",
            Self::Municipality => "Gemeentefiche",
        }
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.code())
    }
}

/// A document, complete. The same facts give the same document, byte for byte once it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Which one.
    pub kind: DocumentKind,
    /// `Antwoord`
    pub title: String,
    /// Of whom: the partnership or the municipality.
    pub subject: String,
    /// Over which period.
    pub period: Period,
    /// Compared with which other.
    pub compare: Option<Period>,
    /// Up to when events were taken in.
    pub data_date: Timestamp,
    /// SHA-256 of the facts behind it, in hexadecimal.
    pub facts_hash: String,
    /// The answer in a few sentences, before everything else.
    pub lead: Vec<String>,
    /// The parts, in order.
    pub sections: Vec<Section>,
    /// Where a frozen document can be checked.
    pub check: Option<Check>,
}

/// Where a frozen document can be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The page, also as QR code.
    pub url: String,
    /// What people read out: `7F3K-2M9P`.
    pub code: String,
    /// When it was frozen.
    pub frozen_at: Timestamp,
}

/// A part with a heading. Of the answer: one question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// A stable name for links: `drawn-in`.
    pub id: String,
    /// The heading.
    pub heading: String,
    /// What is in it, in order.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Sentence {
        /// In Dutch.
        text: String,
    },
    /// A remark in smaller type: a source, a limit.
    Note {
        /// In Dutch.
        text: String,
    },
    /// Points.
    List {
        /// In Dutch, each.
        items: Vec<String>,
    },
    /// A figure: its table always, its chart where one is named.
    Figure {
        /// The caption.
        caption: String,
        /// Everything about it.
        figure: Box<Figure>,
        /// How it is drawn.
        chart: Option<Chart>,
    },
    /// A table of words and amounts that is no figure about people: budget, members, agreements.
    Table(Table),
}

/// How a figure is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum Chart {
    /// A bar a row, of this column.
    Bars {
        /// Name of the column.
        column: String,
    },
    /// A column a month.
    Columns {
        /// Name of the column.
        column: String,
    },
    /// The tile map of municipalities.
    TileMap {
        /// Name of the column.
        column: String,
    },
    /// One column after the other, each smaller: the funnel. All count columns of the total row.
    Funnel,
}

/// A table that is no figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The caption.
    pub caption: String,
    /// The headings; a column is a number when every cell of it is one.
    pub columns: Vec<String>,
    /// Which columns stand at the right, as numbers do.
    pub numeric: Vec<bool>,
    /// The rows, as shown.
    pub rows: Vec<Vec<String>>,
    /// The last row is a sum.
    pub has_total: bool,
}
