//! Tables: column widths by what is in them, headings again on every page, and a structure that a screen reader can walk.

use std::num::NonZeroU16;
use std::ops::Range;

use krilla::tagging::{TableHeaderScope, Tag};

use super::face::{Face, Glyphs};
use super::flow::{BOTTOM, EDGE, Flow, MEASURE, Style, as_length, lines, shown_width, widest_word};
use super::ink::{Branch, GREEN, INK, Ink, LINE, SOFT, SUNKEN, WASH};

/// White left and right in a cell.
const PAD_X: f32 = 5.0;
/// White above and below.
const PAD_Y: f32 = 3.6;
/// Sizes of letters to try, the largest first: a wide table becomes smaller before it is taken apart.
const SIZES: [f32; 4] = [9.5, 8.75, 8.0, 7.25];

/// A cell.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) text: String,
    /// Drawn as what is not there: hidden, too few.
    pub(super) absent: bool,
}

impl Cell {
    /// A cell with these words.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            absent: false,
        }
    }
}

/// A table before it has a place.
#[derive(Debug)]
pub(super) struct Grid {
    /// For who hears it: what is in it.
    pub(super) summary: String,
    pub(super) head: Vec<String>,
    /// Which columns stand at the right.
    pub(super) right: Vec<bool>,
    /// How many columns name the row.
    pub(super) names: usize,
    pub(super) rows: Vec<Vec<Cell>>,
    /// The last row is the whole.
    pub(super) total: bool,
}

/// Widths and letters that fit on the page.
struct Fit {
    widths: Vec<f32>,
    style: Style,
    /// No word is cut.
    whole: bool,
}

const fn style(size: f32) -> Style {
    Style {
        face: Face::Regular,
        size,
        leading: size * 1.28,
        colour: INK,
        tabular: true,
    }
}

impl Grid {
    fn columns(&self) -> usize {
        self.head.len()
    }

    fn is_right(&self, column: usize) -> bool {
        self.right.get(column).copied().unwrap_or(false)
    }

    /// As many tables as it takes for each to fit with letters that can be read: the same rows, each with a part of the
    /// columns.
    pub(super) fn fitting(self, flow: &Flow<'_>) -> Vec<Self> {
        let data = self.columns().saturating_sub(self.names);
        if data < 2 || self.fit(flow).whole {
            return vec![self];
        }
        let half = self.names + data.div_ceil(2);
        let of = |from: usize, to: usize| {
            let chosen = |at: usize| at < self.names || (from..to).contains(&at);
            let columns = || (0..self.columns()).filter(|at| chosen(*at));
            Self {
                summary: self.summary.clone(),
                head: columns().filter_map(|at| self.head.get(at).cloned()).collect(),
                right: columns().map(|at| self.is_right(at)).collect(),
                names: self.names,
                rows: self
                    .rows
                    .iter()
                    .map(|row| columns().filter_map(|at| row.get(at).cloned()).collect())
                    .collect(),
                total: self.total,
            }
        };
        let parts = [of(self.names, half), of(half, self.columns())];
        parts.into_iter().flat_map(|part| part.fitting(flow)).collect()
    }

    /// The largest letters with which no word is cut.
    fn fit(&self, flow: &Flow<'_>) -> Fit {
        let mut fitting = None;
        for size in SIZES {
            let style = style(size);
            let (mut least, mut natural) = (Vec::new(), Vec::new());
            for column in 0..self.columns() {
                let head = self.head.get(column).map_or("", String::as_str);
                let cells = self.rows.iter().filter_map(|row| row.get(column));
                let texts = cells.map(|cell| cell.text.as_str());
                let (mut narrow, mut wide) = (widest_word(flow.faces, head, style.bold()), 0.0_f32);
                for text in texts {
                    narrow = narrow.max(widest_word(flow.faces, text, style.bold()));
                    wide = wide.max(flow.faces.width(Face::Bold, text, size, true));
                }
                // A heading may take two lines, a number never.
                let head = flow.faces.width(Face::Bold, head, size, true);
                least.push(narrow + 2.0 * PAD_X);
                natural.push(wide.max(narrow).max((head * 0.55).min(90.0)) + 2.0 * PAD_X);
            }
            let narrow: f32 = least.iter().sum();
            fitting = Some(Fit {
                widths: spread(&least, &natural, self.names),
                style,
                whole: narrow <= MEASURE,
            });
            if narrow <= MEASURE {
                break;
            }
        }
        fitting.unwrap_or(Fit {
            widths: Vec::new(),
            style: style(8.0),
            whole: true,
        })
    }

    /// Sets the table from here on. `tail`: the height of what belongs below it, which must not stand alone on a page.
    pub(super) fn set(&self, flow: &mut Flow<'_>, tail: f32) -> Branch {
        let fit = self.fit(flow);
        let head = self.shape_head(flow, &fit);
        let rows: Vec<Row> = self
            .rows
            .iter()
            .enumerate()
            .map(|(at, row)| self.shape(flow, &fit, at, row))
            .collect();
        // The headings, and two rows with them.
        flow.keep(head.height + rows.iter().take(2).map(|row| row.height).sum::<f32>());
        let mut parts = vec![Branch::Group(
            Tag::THead.into(),
            vec![self.draw(flow, &fit, &head, Kind::Head, None)],
        )];
        let (mut body, mut foot) = (Vec::new(), Vec::new());
        for (at, row) in rows.iter().enumerate() {
            let last = self.total && at + 1 == rows.len();
            // Nor does the whole stand alone: the last two rows stay together, and with what is below.
            let together = if at + 2 >= rows.len() {
                rows.iter().skip(at).map(|row| row.height).sum::<f32>() + tail
            } else {
                row.height
            };
            if flow.keep(together) {
                self.repeat(flow, &fit, &head);
            }
            let kind = if last { Kind::Total } else { Kind::Body };
            let drawn = self.draw(flow, &fit, row, kind, Some(&head));
            if last { &mut foot } else { &mut body }.push(drawn);
        }
        if !body.is_empty() {
            parts.push(Branch::Group(Tag::TBody.into(), body));
        }
        if !foot.is_empty() {
            parts.push(Branch::Group(Tag::TFoot.into(), foot));
        }
        flow.y += 3.0;
        Branch::Group(Tag::Table.with_summary(Some(self.summary.clone())).into(), parts)
    }

    fn shape_head(&self, flow: &Flow<'_>, fit: &Fit) -> Row {
        let cells: Vec<Cell> = self.head.iter().map(Cell::new).collect();
        let bold = fit.style.bold();
        Row::new(flow, fit, &cells, |_| bold)
    }

    fn shape(&self, flow: &Flow<'_>, fit: &Fit, at: usize, cells: &[Cell]) -> Row {
        let total = self.total && at + 1 == self.rows.len();
        Row::new(flow, fit, cells, |cell| {
            let style = if total { fit.style.bold() } else { fit.style };
            Style {
                colour: if cell.absent { SOFT } else { INK },
                ..style
            }
        })
    }

    /// The headings on a page where the table goes on: seen, but not read out again.
    fn repeat(&self, flow: &mut Flow<'_>, fit: &Fit, head: &Row) {
        let ink = self.background(flow, fit, head, Kind::Head, head.height);
        flow.decorate(ink);
        let mut ink = Vec::new();
        for column in 0..self.columns() {
            ink.extend(self.cell_ink(flow, fit, head, column, 0..head.lines()));
        }
        flow.decorate(ink);
        flow.y += head.height;
    }

    fn background(&self, flow: &Flow<'_>, fit: &Fit, row: &Row, kind: Kind, height: f32) -> Vec<Ink> {
        let width: f32 = fit.widths.iter().sum();
        let (top, bottom) = (flow.y, flow.y + height);
        let line = |y: f32, colour, thick| Ink::line((EDGE, y), (EDGE + width, y), colour, thick);
        let mut ink = Vec::new();
        match kind {
            Kind::Head => {
                ink.extend(Ink::rect(EDGE, top, width, height, WASH));
                ink.extend(line(bottom, GREEN, 1.1));
            }
            Kind::Body => {
                let mut x = EDGE;
                for (cell, width) in row.cells.iter().zip(&fit.widths) {
                    if cell.absent {
                        ink.extend(Ink::rounded(
                            [x + 1.5, top + 1.2, width - 3.0, height - 2.4],
                            2.0,
                            SUNKEN,
                        ));
                    }
                    x += width;
                }
                ink.extend(line(bottom, LINE, 0.6));
            }
            Kind::Total => ink.extend(line(top, GREEN, 1.1)),
        }
        ink
    }

    fn cell_ink(&self, flow: &Flow<'_>, fit: &Fit, row: &Row, column: usize, part: Range<usize>) -> Vec<Ink> {
        let Some(cell) = row.cells.get(column) else {
            return Vec::new();
        };
        let left: f32 = EDGE + fit.widths.iter().take(column).sum::<f32>();
        let width = fit.widths.get(column).copied().unwrap_or(0.0);
        let mut y = flow.y + PAD_Y;
        let mut ink = Vec::new();
        for line in cell.lines.iter().skip(part.start).take(part.len()) {
            let x = if self.is_right(column) {
                left + width - PAD_X - shown_width(flow.faces, line, cell.style)
            } else {
                left + PAD_X
            };
            ink.push(Flow::set(line.clone(), cell.style, x, y));
            y += cell.style.leading;
        }
        ink
    }

    /// Draws a row. One that is taller than what is left of the page goes on below the headings of the next.
    fn draw(&self, flow: &mut Flow<'_>, fit: &Fit, row: &Row, kind: Kind, head: Option<&Row>) -> Branch {
        let mut leaves: Vec<Vec<Branch>> = Vec::new();
        leaves.resize_with(self.columns(), Vec::new);
        let (all, leading) = (row.lines(), fit.style.leading);
        let mut from = 0;
        loop {
            let room = whole_lines((BOTTOM - flow.y - 2.0 * PAD_Y) / leading).max(1);
            let part = from..all.min(from + room);
            let height = as_length(part.len()) * leading + 2.0 * PAD_Y;
            let ink = self.background(flow, fit, row, kind, height);
            flow.decorate(ink);
            for (column, leaves) in leaves.iter_mut().enumerate() {
                let ink = self.cell_ink(flow, fit, row, column, part.clone());
                if from == 0 || !ink.is_empty() {
                    leaves.push(flow.leaf(ink));
                }
            }
            flow.y += height;
            from = part.end;
            if from >= all {
                break;
            }
            flow.turn();
            if let Some(head) = head {
                self.repeat(flow, fit, head);
            }
        }
        let cell = |(column, leaves): (usize, Vec<Branch>)| {
            let tag = match kind {
                Kind::Head => Tag::TH(TableHeaderScope::Column).into(),
                _ if column < self.names => Tag::TH(TableHeaderScope::Row).into(),
                _ => Tag::TD.into(),
            };
            Branch::Group(tag, leaves)
        };
        Branch::Group(Tag::TR.into(), leaves.into_iter().enumerate().map(cell).collect())
    }
}

/// How many lines fit.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lines on a page: few and not negative"
)]
fn whole_lines(lines: f32) -> usize {
    lines.max(0.0) as usize
}

/// The least part of the page that a table takes: a number far from its name is hard to follow.
const NARROWEST: f32 = MEASURE * 0.62;

/// Columns from the least that they need to what they would like. Names come first: a name on one line is found faster
/// than one on two.
fn spread(least: &[f32], natural: &[f32], names: usize) -> Vec<f32> {
    let (narrow, wide): (f32, f32) = (least.iter().sum(), natural.iter().sum());
    let names = names.clamp(1, least.len().max(1));
    if narrow >= MEASURE {
        // Even the smallest letters are too wide: words are cut, but nothing leaves the page.
        return least.iter().map(|width| width * MEASURE / narrow).collect();
    }
    if wide <= MEASURE {
        let target = if wide < NARROWEST { NARROWEST } else { MEASURE };
        let more = (target - wide) / as_length(names);
        let of = |(at, width): (usize, &f32)| if at < names { width + more } else { *width };
        return natural.iter().enumerate().map(of).collect();
    }
    let mut widths = least.to_vec();
    let mut spare = MEASURE - narrow;
    let need = |at: usize| {
        let most = if at < names { NAME_MOST } else { f32::MAX };
        let wish = natural.get(at).copied().unwrap_or(0.0).min(most);
        (wish - least.get(at).copied().unwrap_or(0.0)).max(0.0)
    };
    // Names first, then whoever needs least: a date gets its one line before a long text takes the rest.
    let mut order: Vec<usize> = (names..least.len()).collect();
    order.sort_by(|a, b| need(*a).total_cmp(&need(*b)));
    for (done, at) in (0..names).chain(order).enumerate() {
        let fair = if at < names {
            spare
        } else {
            spare / as_length(least.len() - done)
        };
        let last = done + 1 == least.len();
        let more = if last { spare } else { need(at).min(fair) };
        if let Some(width) = widths.get_mut(at) {
            *width += more;
            spare -= more;
        }
    }
    widths
}

/// A name that is longer takes more lines.
const NAME_MOST: f32 = MEASURE * 0.34;

#[derive(Debug, Clone, Copy)]
enum Kind {
    Head,
    Body,
    Total,
}

struct Row {
    cells: Vec<Shaped>,
    height: f32,
}

struct Shaped {
    lines: Vec<Glyphs>,
    style: Style,
    absent: bool,
}

impl Row {
    /// Lines of its tallest cell.
    fn lines(&self) -> usize {
        self.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(1)
    }

    fn new(flow: &Flow<'_>, fit: &Fit, cells: &[Cell], style: impl Fn(&Cell) -> Style) -> Self {
        let shape = |(cell, width): (&Cell, &f32)| {
            let style = style(cell);
            // A cell without marks would be no cell for who hears the table.
            let text = if cell.text.is_empty() { "\u{a0}" } else { &cell.text };
            Shaped {
                lines: lines(flow.faces, text, style, width - 2.0 * PAD_X),
                style,
                absent: cell.absent,
            }
        };
        let cells: Vec<Shaped> = cells.iter().zip(&fit.widths).map(shape).collect();
        let most = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(1);
        Self {
            height: as_length(most) * fit.style.leading + 2.0 * PAD_Y,
            cells,
        }
    }
}

/// Level of a heading.
pub(super) fn level(level: u16) -> NonZeroU16 {
    NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_page_and_never_leave_it() {
        for (least, natural, all) in [
            (vec![40.0, 30.0], vec![80.0, 60.0], NARROWEST),
            (vec![200.0, 100.0], vec![250.0, 100.0], MEASURE),
            (vec![100.0, 90.0], vec![600.0, 90.0], MEASURE),
            (vec![50.0, 90.0, 90.0], vec![90.0, 300.0, 300.0], MEASURE),
            (vec![400.0, 300.0], vec![400.0, 300.0], MEASURE),
        ] {
            let widths = spread(&least, &natural, 1);
            let sum: f32 = widths.iter().sum();
            assert!((sum - all).abs() < 0.1, "{sum}");
        }
    }

    #[test]
    fn a_table_that_is_too_wide_is_taken_apart_by_columns() {
        let faces = super::super::face::Faces::open().unwrap();
        let flow = Flow::new(&faces);
        let columns = 14;
        let grid = Grid {
            summary: "breed".to_owned(),
            head: (0..columns).map(|at| format!("Verankeringsbeslissing{at}")).collect(),
            right: vec![false; columns],
            names: 1,
            rows: vec![(0..columns).map(|at| Cell::new(format!("woord{at}"))).collect()],
            total: false,
        };
        let parts = grid.fitting(&flow);
        assert!(parts.len() > 1);
        let seen: Vec<&String> = parts.iter().flat_map(|part| part.head.iter().skip(1)).collect();
        assert_eq!(seen.len(), columns - 1, "every column once");
        assert!(
            parts
                .iter()
                .all(|part| part.rows[0][0].text == "woord0" && part.fit(&flow).whole)
        );
    }

    #[test]
    fn names_get_their_width_before_numbers_do() {
        let widths = spread(&[50.0, 90.0, 90.0], &[110.0, 300.0, 300.0], 1);
        assert!((widths[0] - 110.0).abs() < 0.1, "{widths:?}");
    }

    #[test]
    fn a_date_gets_its_line_before_a_long_text_takes_the_rest() {
        let widths = spread(&[60.0, 70.0, 40.0], &[300.0, 4000.0, 90.0], 1);
        assert!((widths[2] - 90.0).abs() < 0.1 && widths[1] > 150.0, "{widths:?}");
    }

    #[test]
    fn a_row_that_is_taller_than_a_page_goes_on_on_the_next() {
        let faces = super::super::face::Faces::open().unwrap();
        let mut flow = Flow::new(&faces);
        let grid = Grid {
            summary: "lang".to_owned(),
            head: vec!["Naam".to_owned(), "Tekst".to_owned()],
            right: vec![false, false],
            names: 1,
            rows: vec![vec![Cell::new("een"), Cell::new("woord ".repeat(3000))]],
            total: false,
        };
        grid.set(&mut flow, 0.0);
        assert!(flow.pages.len() > 2, "{}", flow.pages.len());
        assert!(flow.y <= BOTTOM + 4.0, "{}", flow.y);
    }
}
