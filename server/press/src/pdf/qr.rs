//! A QR code as marks: dark on white, with the quiet zone of four modules inside.

use qrcode::{Color, EcLevel, QrCode};

use super::flow::as_length;
use super::ink::{Colour, Ink, WHITE};

/// Modules of white around the code.
const QUIET: usize = 4;
const BLACK: Colour = Colour(0, 0, 0);

/// The code of a link in a square at this place; nothing when the link is longer than a code can hold.
pub(super) fn qr(link: &str, x: f32, y: f32, side: f32) -> Vec<Ink> {
    let Ok(code) = QrCode::with_error_correction_level(link, EcLevel::M) else {
        return Vec::new();
    };
    let modules = code.width();
    let module = side / as_length(modules + 2 * QUIET);
    let mut ink: Vec<Ink> = Ink::rect(x, y, side, side, WHITE).into_iter().collect();
    for (row, colours) in code.to_colors().chunks(modules).enumerate() {
        let top = y + as_length(row + QUIET) * module;
        let mut at = 0;
        // One rectangle for each run: no hairlines between modules.
        while let Some(start) = colours.iter().skip(at).position(|c| *c == Color::Dark) {
            let start = at + start;
            let run = colours.iter().skip(start).take_while(|c| **c == Color::Dark).count();
            let left = x + as_length(start + QUIET) * module;
            // A little taller than the row, so that rows touch.
            ink.extend(Ink::rect(left, top, as_length(run) * module, module * 1.02, BLACK));
            at = start + run;
        }
    }
    ink
}
