//! Text that flows from page to page: lines, paragraphs, and where the next thing goes.

use krilla::tagging::{ArtifactType, Tag, TagKind};

use super::face::{Face, Faces, Glyphs};
use super::ink::{Belongs, Branch, Colour, Ink, Piece, Sheet};

/// A4, in points.
pub(super) const WIDTH: f32 = 595.28;
/// See [`WIDTH`].
pub(super) const HEIGHT: f32 = 841.89;
/// Left and right of the text: 20 mm.
pub(super) const EDGE: f32 = 56.7;
/// Above it.
const TOP: f32 = 54.0;
/// Where the text ends.
pub(super) const BOTTOM: f32 = HEIGHT - 68.0;
/// Width of the text.
pub(super) const MEASURE: f32 = WIDTH - 2.0 * EDGE;

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) face: Face,
    /// Height of the letters, in points.
    pub(super) size: f32,
    /// From line to line.
    pub(super) leading: f32,
    pub(super) colour: Colour,
    /// All digits equally wide.
    pub(super) tabular: bool,
}

impl Style {
    /// In another face.
    pub(super) const fn bold(self) -> Self {
        Self {
            face: Face::Bold,
            ..self
        }
    }

    /// Baseline of a line whose upper edge is at `y`.
    pub(super) fn baseline(&self, y: f32) -> f32 {
        y + self.leading / 2.0 + self.size * 0.33
    }
}

/// A part of a text between two places where a line may break.
struct Word<'a> {
    text: &'a str,
    /// A space before it, or directly after a hyphen.
    spaced: bool,
}

/// Spaces break lines; so does a hyphen inside a name.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    for part in text.split([' ', '\n']).filter(|part| !part.is_empty()) {
        let (mut rest, mut spaced) = (part, true);
        while let Some(at) = rest
            .char_indices()
            .zip(rest.chars().skip(1))
            .find_map(|((at, c), next)| {
                let inside = at > 0 && next.is_alphabetic();
                (c == '-' && inside).then_some(at + 1)
            })
        {
            let (head, tail) = rest.split_at(at);
            found.push(Word { text: head, spaced });
            (rest, spaced) = (tail, false);
        }
        found.push(Word { text: rest, spaced });
    }
    found
}

/// Breaks a text into lines of at most `width` points. A word that is wider than that is cut.
pub(super) fn lines(faces: &Faces, text: &str, style: Style, width: f32) -> Vec<Glyphs> {
    let measure = |text: &str| faces.width(style.face, text, style.size, style.tabular);
    let space = measure(" ");
    let mut lines: Vec<String> = Vec::new();
    let (mut line, mut used) = (String::new(), 0.0);
    for word in words(text) {
        let wide = measure(word.text);
        let gap = if word.spaced && !line.is_empty() { space } else { 0.0 };
        if !line.is_empty() && used + gap + wide > width + 0.01 {
            // The space stays at the end of the line, so that the words are still two when somebody copies them.
            if word.spaced {
                line.push(' ');
            }
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        } else if gap > 0.0 {
            line.push(' ');
            used += gap;
        }
        if wide <= width + 0.01 {
            line.push_str(word.text);
            used += wide;
        } else {
            for c in word.text.chars() {
                let one = measure(c.encode_utf8(&mut [0; 4]));
                if !line.is_empty() && used + one > width {
                    lines.push(std::mem::take(&mut line));
                    used = 0.0;
                }
                line.push(c);
                used += one;
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
        .iter()
        .map(|line| faces.shape(style.face, line, style.tabular))
        .collect()
}

/// Width of the widest word.
pub(super) fn widest_word(faces: &Faces, text: &str, style: Style) -> f32 {
    let wide = |word: Word<'_>| faces.width(style.face, word.text, style.size, style.tabular);
    words(text).into_iter().map(wide).fold(0.0, f32::max)
}

/// Width of a line without the space at its end.
pub(super) fn shown_width(faces: &Faces, line: &Glyphs, style: Style) -> f32 {
    let all = line.width * style.size;
    if line.text.ends_with(' ') {
        all - faces.width(style.face, " ", style.size, style.tabular)
    } else {
        all
    }
}

/// The pages while they are set.
pub(super) struct Flow<'a> {
    pub(super) faces: &'a Faces,
    pub(super) pages: Vec<Sheet>,
    /// Upper edge of what comes next.
    pub(super) y: f32,
    leaves: usize,
}

impl<'a> Flow<'a> {
    /// A first page.
    pub(super) fn new(faces: &'a Faces) -> Self {
        Self {
            faces,
            pages: vec![Sheet::default()],
            y: TOP,
            leaves: 0,
        }
    }

    /// How many parts have marks.
    pub(super) const fn leaves(&self) -> usize {
        self.leaves
    }

    /// The next page.
    pub(super) fn turn(&mut self) {
        self.pages.push(Sheet::default());
        self.y = TOP;
    }

    /// Turns the page unless so much fits below.
    pub(super) fn keep(&mut self, height: f32) -> bool {
        let turn = self.y + height > BOTTOM && self.y > TOP;
        if turn {
            self.turn();
        }
        turn
    }

    /// Leaves so much white, but not at the top of a page.
    pub(super) fn gap(&mut self, height: f32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    /// Index of the page.
    pub(super) fn page(&self) -> usize {
        self.pages.len() - 1
    }

    /// A number for a part that gets its marks otherwise: a link.
    pub(super) fn number(&mut self) -> usize {
        self.leaves += 1;
        self.leaves - 1
    }

    fn push(&mut self, piece: Piece) {
        if let Some(page) = self.pages.last_mut() {
            page.pieces.push(piece);
        }
    }

    /// Marks that the document says.
    pub(super) fn leaf(&mut self, ink: Vec<Ink>) -> Branch {
        let number = self.number();
        self.push(Piece {
            belongs: Belongs::To(number),
            ink,
        });
        Branch::Leaf(number)
    }

    /// Marks that say nothing.
    pub(super) fn decorate(&mut self, ink: impl IntoIterator<Item = Ink>) {
        let ink: Vec<Ink> = ink.into_iter().collect();
        if !ink.is_empty() {
            self.push(Piece {
                belongs: Belongs::Nothing(ArtifactType::Layout),
                ink,
            });
        }
    }

    /// A line of text at a place.
    pub(super) fn text(&self, text: &str, style: Style, x: f32, y: f32) -> Ink {
        let line = self.faces.shape(style.face, text, style.tabular);
        Self::set(line, style, x, y)
    }

    /// A shaped line whose upper edge is at `y`.
    pub(super) fn set(line: Glyphs, style: Style, x: f32, y: f32) -> Ink {
        Ink::Text {
            x,
            y: style.baseline(y),
            size: style.size,
            face: style.face,
            colour: style.colour,
            line,
        }
    }

    /// Lines of text from here on, over as many pages as it takes; never one line alone at the end of a page.
    pub(super) fn flow(&mut self, text: &str, style: Style, x: f32, width: f32) -> Vec<Branch> {
        let lines = lines(self.faces, text, style, width);
        let together = if lines.len() > 3 { 2 } else { lines.len() };
        self.keep(style.leading * as_length(together));
        let mut leaves = Vec::new();
        let mut ink = Vec::new();
        for line in lines {
            if self.y + style.leading > BOTTOM {
                leaves.push(self.leaf(std::mem::take(&mut ink)));
                self.turn();
            }
            ink.push(Self::set(line, style, x, self.y));
            self.y += style.leading;
        }
        leaves.push(self.leaf(ink));
        leaves
    }

    /// A paragraph over the whole width.
    pub(super) fn paragraph(&mut self, text: &str, style: Style) -> Branch {
        let leaves = self.flow(text, style, EDGE, MEASURE);
        Branch::Group(Tag::P.into(), leaves)
    }

    /// The same as another kind of part.
    pub(super) fn block(&mut self, text: &str, style: Style, tag: impl Into<TagKind>) -> Branch {
        let leaves = self.flow(text, style, EDGE, MEASURE);
        Branch::Group(tag.into(), leaves)
    }
}

/// A small number as a length.
#[expect(clippy::cast_precision_loss, reason = "counts of lines and columns")]
pub(super) fn as_length(count: usize) -> f32 {
    count as f32
}

#[cfg(test)]
mod tests {
    use super::super::ink::INK;
    use super::*;

    const STYLE: Style = Style {
        face: Face::Regular,
        size: 10.0,
        leading: 14.0,
        colour: INK,
        tabular: false,
    };

    #[test]
    fn a_text_is_whole_again_when_its_lines_are_put_together() {
        let faces = Faces::open().unwrap();
        let text = "In Sint-Genesius-Rode deden 41,5\u{a0}% van de mensen mee, en in Wezembeek-Oppem ook.";
        for width in [30.0, 60.0, 120.0, 400.0] {
            let lines = lines(&faces, text, STYLE, width);
            let whole: String = lines.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(whole, text, "{width}");
            for line in &lines {
                assert!(
                    shown_width(&faces, line, STYLE) <= width + 1.0,
                    "{width}: {}",
                    line.text
                );
            }
        }
    }

    #[test]
    fn a_long_text_goes_on_on_the_next_page() {
        let faces = Faces::open().unwrap();
        let mut flow = Flow::new(&faces);
        flow.flow(&"woord ".repeat(4000), STYLE, EDGE, MEASURE);
        assert!(flow.pages.len() > 2);
        assert!(flow.y <= BOTTOM);
    }
}
