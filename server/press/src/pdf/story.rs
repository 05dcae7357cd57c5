//! From the document to pages: title, answer, sections, tables, and a foot on every page.

use domain::{Figure, FigureCell, FigureRow, Unit};
use krilla::tagging::{ArtifactType, ListNumbering, Tag};
use report::{Block, Chart, Check, Document, Table, dutch};

use super::charts;
use super::face::{Face, Faces};
use super::flow::{BOTTOM, EDGE, Flow, HEIGHT, MEASURE, Style, WIDTH, as_length, lines};
use super::ink::{Belongs, Branch, GREEN, INK, Ink, LINE, LinkSpot, Piece, SOFT, SUN, Sheet, WASH, mark};
use super::qr::qr;
use super::table::{Cell, Grid, level};

const fn regular(size: f32, leading: f32) -> Style {
    Style {
        face: Face::Regular,
        size,
        leading,
        colour: INK,
        tabular: false,
    }
}

const TITLE: Style = Style {
    face: Face::Bold,
    colour: GREEN,
    ..regular(30.0, 34.0)
};
const SUBJECT: Style = regular(14.0, 18.0);
const META: Style = Style {
    colour: SOFT,
    ..regular(9.5, 13.5)
};
const LEAD: Style = regular(13.0, 18.5);
const HEADING: Style = Style {
    face: Face::Bold,
    colour: GREEN,
    ..regular(15.0, 19.0)
};
const CAPTION: Style = Style {
    face: Face::Bold,
    ..regular(11.0, 15.0)
};
const TEXT: Style = regular(10.75, 15.5);
const NOTE: Style = Style {
    colour: SOFT,
    ..regular(9.25, 13.0)
};
const FOOT: Style = Style {
    colour: SOFT,
    ..regular(8.25, 11.0)
};

/// Side of the QR code.
const QR: f32 = 84.0;

/// A heading in the list of contents.
pub(super) struct Place {
    pub(super) text: String,
    pub(super) page: usize,
    pub(super) y: f32,
}

/// The pages and what they say.
pub(super) struct Set {
    pub(super) pages: Vec<Sheet>,
    pub(super) tree: Vec<Branch>,
    pub(super) contents: Vec<Place>,
    pub(super) leaves: usize,
}

/// Sets the whole document.
pub(super) fn set(faces: &Faces, document: &Document) -> Set {
    let mut flow = Flow::new(faces);
    let mut tree = Vec::new();
    let mut contents = Vec::new();
    front(&mut flow, document, &mut tree, &mut contents);
    for section in &document.sections {
        flow.gap(20.0);
        // A heading never stands alone at the end of a page.
        flow.keep(HEADING.leading * 2.0 + 60.0);
        contents.push(Place {
            text: section.heading.clone(),
            page: flow.page(),
            y: flow.y,
        });
        let title = Some(section.heading.clone());
        let mut parts = vec![flow.block(&section.heading, HEADING, Tag::Hn(level(2), title))];
        flow.gap(5.0);
        for block in &section.blocks {
            parts.extend(of_block(&mut flow, document, block));
        }
        tree.push(Branch::Group(Tag::Section.into(), parts));
    }
    let leaves = flow.leaves();
    let mut pages = flow.pages;
    feet(faces, document, &mut pages);
    Set {
        pages,
        tree,
        contents,
        leaves,
    }
}

/// The mark, the title, of whom and of when, the check code, and the answer in a few sentences.
fn front(flow: &mut Flow<'_>, document: &Document, tree: &mut Vec<Branch>, contents: &mut Vec<Place>) {
    let top = flow.y;
    flow.decorate(mark(EDGE, top, 22.0));
    let brand = Style {
        colour: GREEN,
        ..regular(13.0, 22.0).bold()
    };
    let brand = flow.text("Randpas", brand, EDGE + 28.0, top);
    flow.decorate([brand]);
    flow.y = top + 44.0;
    let beside = document.check.as_ref().map_or(MEASURE, |_| MEASURE - QR - 24.0);
    contents.push(Place {
        text: document.title.clone(),
        page: 0,
        y: flow.y,
    });
    let title = if document.title.is_empty() {
        "Randpas"
    } else {
        &document.title
    };
    let leaves = flow.flow(title, TITLE, EDGE, beside);
    tree.push(Branch::Group(Tag::Hn(level(1), Some(title.to_owned())).into(), leaves));
    flow.gap(2.0);
    let leaves = flow.flow(&document.subject, SUBJECT, EDGE, beside);
    tree.push(Branch::Group(Tag::P.into(), leaves));
    flow.gap(6.0);
    let mut about = vec![format!("Periode: {}", document.period.label_nl())];
    if let Some(compare) = document.compare {
        about.push(format!("Vergeleken met: {}", compare.label_nl()));
    }
    about.push(format!("Gegevens tot en met {}", dutch::moment(document.data_date)));
    for line in &about {
        let leaves = flow.flow(line, META, EDGE, beside);
        tree.push(Branch::Group(Tag::P.into(), leaves));
    }
    if let Some(check) = &document.check {
        tree.extend(checking(flow, check, top));
        flow.y = flow.y.max(top + QR + 62.0);
    }
    if !document.lead.is_empty() {
        flow.gap(16.0);
        tree.push(lead(flow, &document.lead));
    }
}

/// The answer on a green ground.
fn lead(flow: &mut Flow<'_>, sentences: &[String]) -> Branch {
    const PAD: f32 = 15.0;
    let width = MEASURE - 2.0 * PAD - 6.0;
    let count: usize = sentences
        .iter()
        .map(|one| lines(flow.faces, one, LEAD, width).len())
        .sum();
    let height = as_length(count) * LEAD.leading + as_length(sentences.len().saturating_sub(1)) * 6.0 + 2.0 * PAD;
    // A longer answer than a page has no ground: it would end in the middle of nowhere.
    if flow.y + height <= BOTTOM {
        let ground = Ink::rounded([EDGE, flow.y, MEASURE, height], 6.0, WASH);
        let edge = Ink::rounded([EDGE, flow.y, 5.0, height], 2.5, SUN);
        flow.decorate(ground.into_iter().chain(edge));
    }
    flow.y += PAD;
    let mut parts = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        if at > 0 {
            flow.gap(6.0);
        }
        let leaves = flow.flow(sentence, LEAD, EDGE + PAD + 6.0, width);
        parts.push(Branch::Group(Tag::P.into(), leaves));
    }
    flow.y += PAD;
    Branch::Group(Tag::Div.into(), parts)
}

/// At the right of the title: the QR code, the code that people read out, and where to check it.
fn checking(flow: &mut Flow<'_>, check: &Check, top: f32) -> Vec<Branch> {
    let left = WIDTH - EDGE - QR;
    let code = flow.leaf(qr(&check.url, left, top, QR));
    let alt = format!("QR-code naar de controlepagina: {}", check.url);
    let picture = Branch::Group(Tag::Figure(Some(alt)).into(), vec![code]);
    let centred = |flow: &Flow<'_>, text: &str, style: Style, y: f32| {
        let line = flow.faces.shape(style.face, text, style.tabular);
        let x = left + (QR - line.width * style.size) / 2.0;
        Flow::set(line, style, x, y)
    };
    let small = Style { leading: 12.0, ..FOOT };
    let ink = vec![
        centred(flow, "Controlecode ", small, top + QR + 2.0),
        centred(flow, &check.code, regular(12.0, 16.0).bold(), top + QR + 13.0),
    ];
    let words = flow.leaf(ink);
    let link = Style { colour: GREEN, ..small };
    let text = centred(flow, "Controleer dit document", link, top + QR + 31.0);
    let words_of_link = flow.leaf(vec![text]);
    let leaf = flow.number();
    let area = [left, top + QR + 31.0, QR, 13.0];
    if let Some(page) = flow.pages.last_mut() {
        page.links.push(LinkSpot {
            leaf,
            area,
            url: check.url.clone(),
            says: format!("Controleer dit document op {}", check.url),
        });
    }
    let link = Branch::Group(Tag::Link.into(), vec![words_of_link, Branch::Leaf(leaf)]);
    vec![
        picture,
        Branch::Group(Tag::P.into(), vec![words]),
        Branch::Group(Tag::P.into(), vec![link]),
    ]
}

fn of_block(flow: &mut Flow<'_>, document: &Document, block: &Block) -> Vec<Branch> {
    match block {
        Block::Sentence { text } => {
            let part = flow.paragraph(text, TEXT);
            flow.gap(6.0);
            vec![part]
        }
        Block::Note { text } => {
            let part = flow.paragraph(text, NOTE);
            flow.gap(6.0);
            vec![part]
        }
        Block::List { items } => {
            let part = list(flow, items);
            flow.gap(6.0);
            vec![part]
        }
        Block::Figure { caption, figure, chart } => of_figure(flow, document, caption, figure, chart.as_ref()),
        Block::Table(table) => of_words(flow, table),
    }
}

fn list(flow: &mut Flow<'_>, items: &[String]) -> Branch {
    const INDENT: f32 = 14.0;
    let mut parts = Vec::new();
    for item in items {
        flow.keep(TEXT.leading);
        let dot = flow.text("•", TEXT, EDGE + 3.0, flow.y);
        let dot = flow.leaf(vec![dot]);
        let body = flow.flow(item, TEXT, EDGE + INDENT, MEASURE - INDENT);
        flow.gap(2.0);
        parts.push(Branch::Group(
            Tag::LI.into(),
            vec![
                Branch::Group(Tag::Lbl.into(), vec![dot]),
                Branch::Group(Tag::LBody.into(), body),
            ],
        ));
    }
    Branch::Group(Tag::L(ListNumbering::Disc).into(), parts)
}

fn of_figure(
    flow: &mut Flow<'_>,
    document: &Document,
    caption: &str,
    figure: &Figure,
    chart: Option<&Chart>,
) -> Vec<Branch> {
    let drawing = chart.and_then(|chart| charts::drawing(figure, chart));
    let tall = drawing.as_ref().map_or(0.0, |drawing| drawing.height + 8.0);
    flow.gap(8.0);
    flow.keep(CAPTION.leading + tall + 70.0);
    let title = Some(caption.to_owned());
    let mut parts = vec![flow.block(caption, CAPTION, Tag::Hn(level(3), title))];
    flow.gap(4.0);
    if let Some(drawing) = drawing {
        let top = flow.y;
        let ink = (drawing.draw)(flow, top);
        let leaf = flow.leaf(ink);
        parts.push(Branch::Group(Tag::Figure(Some(drawing.says)).into(), vec![leaf]));
        flow.y += drawing.height;
        flow.gap(8.0);
    }
    let about = about(document, figure);
    let tail = as_length(lines(flow.faces, &about, FOOT, MEASURE).len()) * FOOT.leading + 6.0;
    tables(flow, grid(caption, figure), tail, &mut parts);
    parts.push(flow.paragraph(&about, FOOT));
    flow.gap(10.0);
    parts
}

/// What a figure must carry, in small letters below it.
fn about(document: &Document, figure: &Figure) -> String {
    let mut text = format!("{} Periode: {}", figure.definition, figure.period.label_nl());
    if let Some(compare) = figure.compare {
        text.push_str(&format!(", vergeleken met {}", compare.label_nl()));
    }
    text.push_str(&format!(". Cijfer: {}.", figure.code.code()));
    let of = dutch::moment(figure.data_date);
    // The foot of the page says it already, to the minute.
    if of != dutch::moment(document.data_date) {
        text.push_str(&format!(" Gegevens tot en met {of}."));
    }
    for note in &figure.notes {
        text.push(' ');
        text.push_str(note);
    }
    text.push(' ');
    text.push_str(&dutch::coverage(&figure.coverage));
    text.push(' ');
    text.push_str(&figure.suppression.rule);
    if figure.raw {
        text.push_str(" Dit zijn eigen getallen, zonder bescherming: geef ze niet door.");
    }
    text
}

/// The table of a figure. One without rows becomes a list of its values: many columns with one number each are hard to
/// read.
fn grid(caption: &str, figure: &Figure) -> Grid {
    let k = figure.suppression.k;
    let cell = |cell: &FigureCell, unit: Unit| Cell {
        text: dutch::cell(cell, unit, k),
        absent: absent(cell),
    };
    if figure.rows.is_empty() && figure.by.is_empty() {
        let rows = figure.columns.iter().zip(&figure.total.cells);
        return Grid {
            summary: caption.to_owned(),
            head: vec!["Wat".to_owned(), "Waarde".to_owned()],
            right: vec![false, true],
            names: 1,
            rows: rows
                .map(|(column, value)| vec![Cell::new(&column.label), cell(value, column.unit)])
                .collect(),
            total: false,
        };
    }
    let names = figure.by.len().max(1);
    let mut head: Vec<String> = (0..names)
        .map(|at| {
            figure
                .by
                .get(at)
                .map_or("", |dimension| dimension.label_nl())
                .to_owned()
        })
        .collect();
    head.extend(figure.columns.iter().map(|column| column.label.clone()));
    let mut right = vec![false; names];
    right.extend(
        figure
            .columns
            .iter()
            .map(|column| !matches!(column.unit, Unit::Text | Unit::Day)),
    );
    let line = |row: &FigureRow, total: bool| {
        let mut line: Vec<Cell> = (0..names)
            .map(|at| match (total, at) {
                (true, 0) => Cell::new("Samen"),
                (true, _) => Cell::new(""),
                (false, at) => Cell::new(row.names.get(at).map_or("", String::as_str)),
            })
            .collect();
        let cells = figure.columns.iter().zip(&row.cells);
        line.extend(cells.map(|(column, value)| cell(value, column.unit)));
        line
    };
    let mut rows: Vec<Vec<Cell>> = figure.rows.iter().map(|row| line(row, false)).collect();
    rows.push(line(&figure.total, true));
    Grid {
        summary: caption.to_owned(),
        head,
        right,
        names,
        rows,
        total: true,
    }
}

const fn absent(cell: &FigureCell) -> bool {
    matches!(
        cell,
        FigureCell::Hidden | FigureCell::TooFew | FigureCell::NoDenominator | FigureCell::TooEarly
    )
}

fn of_words(flow: &mut Flow<'_>, table: &Table) -> Vec<Branch> {
    flow.gap(8.0);
    flow.keep(CAPTION.leading + 60.0);
    let title = Some(table.caption.clone());
    let heading = flow.block(&table.caption, CAPTION, Tag::Hn(level(3), title));
    flow.gap(4.0);
    let grid = Grid {
        summary: table.caption.clone(),
        head: table.columns.clone(),
        right: table.numeric.clone(),
        names: 1,
        rows: table
            .rows
            .iter()
            .map(|row| row.iter().map(Cell::new).collect())
            .collect(),
        total: table.has_total,
    };
    let mut parts = vec![heading];
    tables(flow, grid, 0.0, &mut parts);
    flow.gap(7.0);
    parts
}

/// The table, or the tables that it takes.
fn tables(flow: &mut Flow<'_>, grid: Grid, tail: f32, parts: &mut Vec<Branch>) {
    for (at, part) in grid.fitting(flow).into_iter().enumerate() {
        if at > 0 {
            flow.gap(6.0);
        }
        parts.push(part.set(flow, tail));
    }
    flow.gap(3.0);
}

/// Every page: what it is, of when, which page, and the check code.
fn feet(faces: &Faces, document: &Document, pages: &mut [Sheet]) {
    let all = pages.len();
    for (at, page) in pages.iter_mut().enumerate() {
        let y = HEIGHT - 50.0;
        let mut ink: Vec<Ink> = Ink::line((EDGE, y), (WIDTH - EDGE, y), LINE, 0.7).into_iter().collect();
        let what = format!(
            "{} · {} · {}",
            document.title,
            document.subject,
            document.period.label_nl()
        );
        let mut when = format!("Gegevens tot en met {}", dutch::moment(document.data_date));
        if let Some(check) = &document.check {
            when.push_str(&format!(" · Controlecode {}", check.code));
        }
        let number = format!("Bladzijde {} van {all}", at + 1);
        for (row, text) in [what, when].iter().enumerate() {
            let first = lines(faces, text, FOOT, MEASURE - 90.0).into_iter().next();
            ink.extend(first.map(|line| Flow::set(line, FOOT, EDGE, y + 5.0 + as_length(row) * FOOT.leading)));
        }
        let line = faces.shape(FOOT.face, &number, true);
        let x = WIDTH - EDGE - line.width * FOOT.size;
        ink.push(Flow::set(line, FOOT, x, y + 5.0));
        page.pieces.push(Piece {
            belongs: Belongs::Nothing(ArtifactType::Footer),
            ink,
        });
    }
}
