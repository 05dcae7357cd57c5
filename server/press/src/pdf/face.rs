//! The two faces of the one family, and text as glyphs with a width.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Face as Shaper, Feature, UnicodeBuffer, ttf_parser::Tag};

use crate::PressError;

/// Atkinson Hyperlegible (SIL Open Font License, `fonts/LICENSE-OFL.txt`): only the glyphs that are used go into a file.
const REGULAR: &[u8] = include_bytes!("../../fonts/atkinson-400.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/atkinson-700.ttf");

/// A face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// Running text.
    Regular,
    /// Headings, wholes.
    Bold,
}

/// Both faces, opened.
pub(super) struct Faces {
    regular: Opened,
    bold: Opened,
}

struct Opened {
    font: Font,
    shaper: Shaper<'static>,
    /// Units to the em.
    units: f32,
}

/// A line of text as glyphs. Widths are parts of the size.
#[derive(Debug, Clone)]
pub(super) struct Glyphs {
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
    pub(super) width: f32,
}

impl Faces {
    /// Opens them.
    pub(super) fn open() -> Result<Self, PressError> {
        Ok(Self {
            regular: Opened::new(REGULAR).ok_or(PressError::Font)?,
            bold: Opened::new(BOLD).ok_or(PressError::Font)?,
        })
    }

    fn opened(&self, face: Face) -> &Opened {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
        }
    }

    /// For drawing.
    pub(super) fn font(&self, face: Face) -> Font {
        self.opened(face).font.clone()
    }

    /// Shapes one line. What the face does not have becomes something that it has. `tabular`: all digits equally wide.
    pub(super) fn shape(&self, face: Face, text: &str, tabular: bool) -> Glyphs {
        let opened = self.opened(face);
        let text = opened.known(text);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        buffer.set_direction(rustybuzz::Direction::LeftToRight);
        let tabular = [Feature::new(Tag::from_bytes(b"tnum"), u32::from(tabular), ..)];
        let shaped = rustybuzz::shape(&opened.shaper, &tabular, buffer);
        let clusters: Vec<usize> = shaped
            .glyph_infos()
            .iter()
            .map(|info| usize::try_from(info.cluster).unwrap_or(0))
            .collect();
        let ems = |units: i32| units_to_ems(units, opened.units);
        let mut width = 0.0;
        let mut glyphs = Vec::with_capacity(clusters.len());
        for (at, (info, position)) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()).enumerate() {
            let start = clusters.get(at).copied().unwrap_or(0);
            let later = clusters.iter().skip(at).copied().find(|cluster| *cluster > start);
            width += ems(position.x_advance);
            glyphs.push(KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                ems(position.x_advance),
                ems(position.x_offset),
                ems(position.y_offset),
                ems(position.y_advance),
                start..later.unwrap_or(text.len()),
                None,
            ));
        }
        Glyphs { text, glyphs, width }
    }

    /// Width of a text at this size.
    pub(super) fn width(&self, face: Face, text: &str, size: f32, tabular: bool) -> f32 {
        self.shape(face, text, tabular).width * size
    }
}

#[expect(clippy::cast_precision_loss, reason = "units of a font are a few thousand at most")]
fn units_to_ems(units: i32, em: f32) -> f32 {
    units as f32 / em
}

impl Opened {
    fn new(data: &'static [u8]) -> Option<Self> {
        let font = Font::new(data.into(), 0)?;
        let units = font.units_per_em();
        Some(Self {
            font,
            shaper: Shaper::from_slice(data, 0)?,
            units,
        })
    }

    /// The text with only what this face can draw: an archive must not hold an empty box (PDF/A forbids it).
    fn known(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                // Invisible: soft hyphens, joiners, marks of direction.
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
                c if c.is_control() => out.push(' '),
                '\u{202f}' => out.push('\u{a0}'),
                '\u{2010}' | '\u{2011}' => out.push('-'),
                c if self.shaper.glyph_index(c).is_some() => out.push(c),
                '→' => out.push_str("->"),
                '←' => out.push_str("<-"),
                'İ' => out.push('I'),
                _ => out.push('?'),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_a_table_are_equally_wide() {
        let faces = Faces::open().unwrap();
        let width = |digit: &str| faces.width(Face::Regular, digit, 100.0, true);
        assert!(width("0") > 30.0);
        for digit in ["1", "4", "7", "9"] {
            assert!((width(digit) - width("0")).abs() < 0.01, "{digit}");
        }
    }

    #[test]
    fn what_the_face_cannot_draw_is_never_an_empty_box() {
        let faces = Faces::open().unwrap();
        let text = faces
            .shape(Face::Regular, "Zoë\u{ad} Yıldız → مرحبا €\u{202f}5", false)
            .text;
        assert_eq!(text, "Zoë Yıldız -> ????? €\u{a0}5");
    }
}
