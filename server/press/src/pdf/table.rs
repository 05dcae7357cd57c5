//! Tables: column widths by what is in them, headings again on every page, and a structure that a screen reader can walk.

use std::num::NonZeroU16;

use krilla::tagging::{TableHeaderScope, Tag};

use super::face::{Face, Glyphs};
use super::flow::{EDGE, Flow, MEASURE, Style, as_length, lines, shown_width, widest_word};
use super::ink::{Branch, GREEN, INK, Ink, LINE, SOFT, SUNKEN, WASH};

/// White left and right in a cell.
const PAD_X: f32 = 5.0;
/// White above and below.
const PAD_Y: f32 = 3.6;
/// Sizes of letters to try, the largest first: a wide table becomes smaller before it becomes unreadable.
const SIZES: [f32; 5] = [9.5, 8.75, 8.0, 7.25, 6.5];

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
            });
            if narrow <= MEASURE {
                break;
            }
        }
        fitting.unwrap_or(Fit {
            widths: Vec::new(),
            style: style(8.0),
        })
    }

    /// Sets the table from here on.
    pub(super) fn set(&self, flow: &mut Flow<'_>) -> Branch {
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
            vec![self.draw(flow, &fit, &head, Kind::Head)],
        )];
        let (mut body, mut foot) = (Vec::new(), Vec::new());
        for (at, row) in rows.iter().enumerate() {
            let last = self.total && at + 1 == rows.len();
            if flow.keep(row.height) {
                self.repeat(flow, &fit, &head);
            }
            let kind = if last { Kind::Total } else { Kind::Body };
            let drawn = self.draw(flow, &fit, row, kind);
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
        let ink = self.background(flow, fit, head, Kind::Head);
        flow.decorate(ink);
        let mut ink = Vec::new();
        for column in 0..self.columns() {
            ink.extend(self.cell_ink(flow, fit, head, column));
        }
        flow.decorate(ink);
        flow.y += head.height;
    }

    fn background(&self, flow: &Flow<'_>, fit: &Fit, row: &Row, kind: Kind) -> Vec<Ink> {
        let width: f32 = fit.widths.iter().sum();
        let (top, bottom) = (flow.y, flow.y + row.height);
        let line = |y: f32, colour, thick| Ink::line((EDGE, y), (EDGE + width, y), colour, thick);
        let mut ink = Vec::new();
        match kind {
            Kind::Head => {
                ink.extend(Ink::rect(EDGE, top, width, row.height, WASH));
                ink.extend(line(bottom, GREEN, 1.1));
            }
            Kind::Body => {
                let mut x = EDGE;
                for (cell, width) in row.cells.iter().zip(&fit.widths) {
                    if cell.absent {
                        ink.extend(Ink::rounded(
                            [x + 1.5, top + 1.2, width - 3.0, row.height - 2.4],
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

    fn cell_ink(&self, flow: &Flow<'_>, fit: &Fit, row: &Row, column: usize) -> Vec<Ink> {
        let Some(cell) = row.cells.get(column) else {
            return Vec::new();
        };
        let left: f32 = EDGE + fit.widths.iter().take(column).sum::<f32>();
        let width = fit.widths.get(column).copied().unwrap_or(0.0);
        let mut y = flow.y + PAD_Y;
        let mut ink = Vec::new();
        for line in &cell.lines {
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

    fn draw(&self, flow: &mut Flow<'_>, fit: &Fit, row: &Row, kind: Kind) -> Branch {
        let ink = self.background(flow, fit, row, kind);
        flow.decorate(ink);
        let mut cells = Vec::new();
        for column in 0..self.columns() {
            let ink = self.cell_ink(flow, fit, row, column);
            let leaf = flow.leaf(ink);
            let tag = match kind {
                Kind::Head => Tag::TH(TableHeaderScope::Column).into(),
                _ if column < self.names => Tag::TH(TableHeaderScope::Row).into(),
                _ => Tag::TD.into(),
            };
            cells.push(Branch::Group(tag, vec![leaf]));
        }
        flow.y += row.height;
        Branch::Group(Tag::TR.into(), cells)
    }
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
    let wish = |at: usize| natural.get(at).copied().unwrap_or(0.0);
    let mut widths = least.to_vec();
    let mut spare = MEASURE - narrow;
    for group in [0..names, names..widths.len()] {
        let wanted: f32 = group
            .clone()
            .map(|at| wish(at) - least.get(at).copied().unwrap_or(0.0))
            .sum();
        let share = if wanted > 0.0 { (spare / wanted).min(1.0) } else { 0.0 };
        for at in group {
            if let Some(width) = widths.get_mut(at) {
                let more = (wish(at) - *width) * share;
                *width += more;
                spare -= more;
            }
        }
    }
    widths
}

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
    fn names_get_their_width_before_numbers_do() {
        let widths = spread(&[50.0, 90.0, 90.0], &[110.0, 300.0, 300.0], 1);
        assert!((widths[0] - 110.0).abs() < 0.1, "{widths:?}");
    }
}
