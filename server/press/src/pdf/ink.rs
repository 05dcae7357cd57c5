//! What is on a page before it is written: marks with their place, and which part of the document each belongs to.
//!
//! Pages are set completely first and written afterwards: a table may begin on one page and end on another, and every
//! page says how many there are.

use krilla::geom::{Path, PathBuilder, Rect};
use krilla::tagging::{ArtifactType, TagKind};

use super::face::{Face, Glyphs};

/// A colour of the style sheet's tokens (`style/tokens.css`, light).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

/// `--ink`
pub(super) const INK: Colour = Colour(0x12, 0x30, 0x2a);
/// `--ink-soft`
pub(super) const SOFT: Colour = Colour(0x48, 0x60, 0x5a);
/// `--green`
pub(super) const GREEN: Colour = Colour(0x0f, 0x5b, 0x43);
/// `--green-wash`
pub(super) const WASH: Colour = Colour(0xe3, 0xef, 0xe6);
/// `--sun`
pub(super) const SUN: Colour = Colour(0xf5, 0xb2, 0x3c);
/// `--line`
pub(super) const LINE: Colour = Colour(0xe0, 0xd8, 0xc6);
/// `--line-strong`
pub(super) const LINE_STRONG: Colour = Colour(0x71, 0x80, 0x7a);
/// `--sunken`
pub(super) const SUNKEN: Colour = Colour(0xf2, 0xec, 0xdf);
/// `--hatch`
pub(super) const HATCH: Colour = Colour(0x95, 0x88, 0x6a);
/// `--bar`
pub(super) const BAR: Colour = Colour(0x2c, 0x7f, 0x61);
/// White.
pub(super) const WHITE: Colour = Colour(0xff, 0xff, 0xff);
/// `--map-0` to `--map-5`
pub(super) const MAP: [Colour; 6] = [
    SUNKEN,
    Colour(0xdc, 0xeb, 0xdc),
    Colour(0xb2, 0xd6, 0xbf),
    Colour(0x7f, 0xbc, 0x9e),
    Colour(0x1f, 0x74, 0x57),
    Colour(0x0a, 0x3d, 0x2e),
];

/// One mark on the page. Lengths are points, from the top left corner.
pub(super) enum Ink {
    /// A line of text; `y` is its baseline.
    Text {
        x: f32,
        y: f32,
        size: f32,
        face: Face,
        colour: Colour,
        line: Glyphs,
    },
    /// A surface.
    Fill { path: Path, colour: Colour },
    /// A line.
    Stroke {
        path: Path,
        colour: Colour,
        width: f32,
        round: bool,
    },
}

impl Ink {
    /// A rectangle; nothing when it has no surface.
    pub(super) fn rect(x: f32, y: f32, width: f32, height: f32, colour: Colour) -> Option<Self> {
        let mut path = PathBuilder::new();
        path.push_rect(Rect::from_xywh(x, y, width, height)?);
        Some(Self::Fill {
            path: path.finish()?,
            colour,
        })
    }

    /// A rectangle with round corners.
    pub(super) fn rounded(area: [f32; 4], radius: f32, colour: Colour) -> Option<Self> {
        Some(Self::Fill {
            path: rounded(area, radius)?,
            colour,
        })
    }

    /// The edge of one.
    pub(super) fn frame(area: [f32; 4], radius: f32, colour: Colour, width: f32) -> Option<Self> {
        Some(Self::Stroke {
            path: rounded(area, radius)?,
            colour,
            width,
            round: false,
        })
    }

    /// A straight line.
    pub(super) fn line(from: (f32, f32), to: (f32, f32), colour: Colour, width: f32) -> Option<Self> {
        let mut path = PathBuilder::new();
        path.move_to(from.0, from.1);
        path.line_to(to.0, to.1);
        Some(Self::Stroke {
            path: path.finish()?,
            colour,
            width,
            round: false,
        })
    }
}

/// How far the handles of a quarter circle reach, as a part of its radius.
const QUARTER: f32 = 0.552_284_8;

fn rounded([x, y, width, height]: [f32; 4], radius: f32) -> Option<Path> {
    let radius = radius.min(width / 2.0).min(height / 2.0);
    let handle = radius * (1.0 - QUARTER);
    let (right, bottom) = (x + width, y + height);
    let mut path = PathBuilder::new();
    path.move_to(x + radius, y);
    path.line_to(right - radius, y);
    path.cubic_to(right - handle, y, right, y + handle, right, y + radius);
    path.line_to(right, bottom - radius);
    path.cubic_to(right, bottom - handle, right - handle, bottom, right - radius, bottom);
    path.line_to(x + radius, bottom);
    path.cubic_to(x + handle, bottom, x, bottom - handle, x, bottom - radius);
    path.line_to(x, y + radius);
    path.cubic_to(x, y + handle, x + handle, y, x + radius, y);
    path.close();
    path.finish()
}

/// Lines from corner to corner over a rectangle: what is hidden looks hidden.
pub(super) fn hatched([x, y, width, height]: [f32; 4]) -> Vec<Ink> {
    const STEP: f32 = 4.5;
    let mut ink: Vec<Ink> = Ink::rect(x, y, width, height, SUNKEN).into_iter().collect();
    let mut at = STEP;
    while at < width + height {
        // Up from the left or the bottom edge to the top or the right edge.
        let from = if at <= height {
            (x, y + at)
        } else {
            (x + at - height, y + height)
        };
        let to = if at <= width {
            (x + at, y)
        } else {
            (x + width, y + at - width)
        };
        ink.extend(Ink::line(from, to, HATCH, 0.8));
        at += STEP;
    }
    ink
}

/// The mark: an open ring with one dot that has just come in. `x`, `y` is the corner of a square of this size.
pub(super) fn mark(x: f32, y: f32, size: f32) -> Vec<Ink> {
    let unit = size / 48.0;
    let (cx, cy, radius) = (x + 24.0 * unit, y + 24.0 * unit, 19.0 * unit);
    let handle = radius * QUARTER;
    // From the top against the clock to the right: three quarters, open where the dot comes in.
    let mut ring = PathBuilder::new();
    ring.move_to(cx, cy - radius);
    ring.cubic_to(cx - handle, cy - radius, cx - radius, cy - handle, cx - radius, cy);
    ring.cubic_to(cx - radius, cy + handle, cx - handle, cy + radius, cx, cy + radius);
    ring.cubic_to(cx + handle, cy + radius, cx + radius, cy + handle, cx + radius, cy);
    let ring = ring.finish().map(|path| Ink::Stroke {
        path,
        colour: GREEN,
        width: 6.5 * unit,
        round: true,
    });
    let dot = 6.0 * unit;
    let (dx, dy) = (x + 29.5 * unit, y + 18.5 * unit);
    let dot = Ink::rounded([dx - dot, dy - dot, 2.0 * dot, 2.0 * dot], dot, SUN);
    ring.into_iter().chain(dot).collect()
}

/// What marks belong to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Belongs {
    /// The part of the document with this number.
    To(usize),
    /// No part of what the document says: a footer, a line, a background.
    Nothing(ArtifactType),
}

/// Marks that belong together.
pub(super) struct Piece {
    pub(super) belongs: Belongs,
    pub(super) ink: Vec<Ink>,
}

/// An address that can be followed.
#[derive(Debug, Clone)]
pub(super) struct LinkSpot {
    pub(super) leaf: usize,
    pub(super) area: [f32; 4],
    pub(super) url: String,
    /// What it is, for who does not see it.
    pub(super) says: String,
}

/// A page.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) pieces: Vec<Piece>,
    pub(super) links: Vec<LinkSpot>,
}

/// The structure of the document: what a screen reader reads, in its order.
#[derive(Debug)]
pub(super) enum Branch {
    /// A heading, a paragraph, a table, a row, a cell.
    Group(TagKind, Vec<Branch>),
    /// Marks on a page, by their number.
    Leaf(usize),
}
