//! Short ways to write blocks.

use domain::{Figure, FigureCell};

use crate::{Block, Chart, Section, Table};

/// Why a table is not there: tables by two things at once are published over long periods only.
pub(crate) const NOT_SO_SHORT: &str = "Een tabel per twee kenmerken is er alleen over een werkjaar of over de hele \
                                       looptijd. Over een kortere periode gaat ze over te weinig mensen.";

pub(crate) fn section(id: &str, heading: impl Into<String>, blocks: Vec<Block>) -> Section {
    Section {
        id: id.to_owned(),
        heading: heading.into(),
        blocks,
    }
}

/// A paragraph.
pub(crate) fn sentence(text: impl Into<String>) -> Block {
    Block::Sentence { text: text.into() }
}

/// Sentences that belong together, as one paragraph; nothing where there is none.
pub(crate) fn paragraph(sentences: impl IntoIterator<Item = Option<String>>) -> Option<Block> {
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    (!sentences.is_empty()).then(|| sentence(sentences.join(" ")))
}

pub(crate) fn note(text: impl Into<String>) -> Block {
    Block::Note { text: text.into() }
}

/// A list; nothing where there is no point.
pub(crate) fn list(items: Vec<String>) -> Option<Block> {
    (!items.is_empty()).then_some(Block::List { items })
}

pub(crate) fn figure(caption: impl Into<String>, figure: Figure, chart: Option<Chart>) -> Block {
    Block::Figure {
        caption: caption.into(),
        figure: Box::new(figure),
        chart,
    }
}

/// A chart that has something to draw: two rows at least, and not all of them zero.
pub(crate) fn drawable(figure: &Figure, column: &str, chart: fn(String) -> Chart) -> Option<Chart> {
    let says_something = |cell: &FigureCell| cell.is_hidden() || cell.as_count().is_some_and(|count| count != 0);
    let cells = figure.rows.iter().filter_map(|row| figure.cell(row, column));
    let worth = figure.rows.len() > 1 && cells.into_iter().any(says_something);
    worth.then(|| chart(column.to_owned()))
}

pub(crate) fn bars(column: String) -> Chart {
    Chart::Bars { column }
}

pub(crate) fn columns(column: String) -> Chart {
    Chart::Columns { column }
}

pub(crate) fn tile_map(column: String) -> Chart {
    Chart::TileMap { column }
}

/// A table of words and amounts. The headings say by `true` which columns are numbers.
pub(crate) fn table(
    caption: impl Into<String>,
    columns: &[(&str, bool)],
    rows: Vec<Vec<String>>,
    has_total: bool,
) -> Option<Block> {
    (!rows.is_empty()).then(|| {
        Block::Table(Table {
            caption: caption.into(),
            columns: columns.iter().map(|(heading, _)| (*heading).to_owned()).collect(),
            numeric: columns.iter().map(|(_, numeric)| *numeric).collect(),
            rows,
            has_total,
        })
    })
}
