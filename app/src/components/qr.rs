//! QR codes as SVG: always dark on white, also in dark mode, with the quiet zone of four modules inside.

use std::fmt::Write as _;

use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};

/// What the code is for; decides how much of it may be damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QrUse {
    /// A pass on a screen: version 6, level M (41 × 41 modules).
    Screen,
    /// A pass on paper, which creases and gets dirty: version 7, level Q (45 × 45 modules).
    Paper,
    /// A link: level M, the smallest version that fits.
    Link,
}

/// Modules of white around the code.
const QUIET: usize = 4;

/// The code as an image with a text for those who do not see it. Nothing when the text does not fit in a QR code,
/// which ours always do.
pub(crate) fn qr(text: &str, purpose: QrUse, label: &str) -> Option<AnyView> {
    match svg(text, purpose, label) {
        Ok(svg) => Some(InertElement::new(svg).into_any()),
        Err(error) => {
            tracing::error!(%error, "a text does not fit in a QR code");
            None
        }
    }
}

fn svg(text: &str, purpose: QrUse, label: &str) -> Result<String, qrcode::types::QrError> {
    let code = match purpose {
        QrUse::Screen => alphanumeric(text, Version::Normal(6), EcLevel::M)?,
        QrUse::Paper => alphanumeric(text, Version::Normal(7), EcLevel::Q)?,
        QrUse::Link => QrCode::with_error_correction_level(text, EcLevel::M)?,
    };
    let side = code.width() + 2 * QUIET;
    let label = escape(label);
    Ok(format!(
        "<svg class=\"qr\" role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><rect class=\"qr__ground\" width=\"{side}\" height=\"{side}\" fill=\"#fff\">\
         </rect><path class=\"qr__dark\" fill=\"#000\" d=\"{}\"></path></svg>",
        path(&code)
    ))
}

/// A code of one alphanumeric part. The library's own choice of parts can be longer than that, and then no longer
/// fits in the version that the protocol names.
fn alphanumeric(text: &str, version: Version, level: EcLevel) -> Result<QrCode, qrcode::types::QrError> {
    let mut bits = Bits::new(version);
    bits.push_alphanumeric_data(text.as_bytes())?;
    bits.push_terminator(level)?;
    QrCode::with_bits(bits, level)
}

/// The dark modules, one rectangle for each run in a row: about a third of one for each module.
fn path(code: &QrCode) -> String {
    let width = code.width();
    let mut path = String::with_capacity(width * width * 4);
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        while let Some(start) = modules
            .get(column..)
            .and_then(|rest| rest.iter().position(|c| *c == Color::Dark))
        {
            let start = column + start;
            let run = modules
                .get(start..)
                .map_or(0, |rest| rest.iter().take_while(|c| **c == Color::Dark).count());
            let _ = write!(path, "M{} {}h{run}v1h-{run}z", start + QUIET, row + QUIET);
            column = start + run;
        }
    }
    path
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As long as a real one: `RND1:` and the base-45 of 80 bytes.
    fn pass_text() -> String {
        format!("RND1:{}", "A9 $%*+-./:Z".repeat(10))
    }

    #[test]
    fn a_pass_is_41_modules_on_screen_and_larger_on_paper() {
        assert_eq!(pass_text().len(), 125);
        assert!(
            svg(&pass_text(), QrUse::Screen, "Pas")
                .unwrap()
                .contains("viewBox=\"0 0 49 49\"")
        );
        for text in [pass_text(), format!("RND1:{}", "1234567A8B".repeat(12))] {
            assert!(
                svg(&text, QrUse::Paper, "Pas")
                    .unwrap()
                    .contains("viewBox=\"0 0 53 53\""),
                "{text}"
            );
        }
    }

    #[test]
    fn the_picture_reads_as_the_text() {
        let code = alphanumeric(&pass_text(), Version::Normal(6), EcLevel::M).unwrap();
        let side = code.width() + 2 * QUIET;
        let mut grey = vec![255_u8; side * side * 64];
        for (i, color) in code.to_colors().iter().enumerate() {
            let (x, y) = (i % code.width() + QUIET, i / code.width() + QUIET);
            if *color == Color::Dark {
                for dy in 0..8 {
                    for dx in 0..8 {
                        grey[(y * 8 + dy) * side * 8 + x * 8 + dx] = 0;
                    }
                }
            }
        }
        let size = u32::try_from(side * 8).unwrap();
        assert_eq!(decoder::decode_luma(&grey, size, size), Some(pass_text()));
    }

    #[test]
    fn a_label_cannot_leave_its_attribute() {
        let html = svg("X", QrUse::Link, "\"><script>").unwrap();
        assert!(html.contains("aria-label=\"&quot;&gt;&lt;script&gt;\""));
    }

    #[test]
    fn runs_cover_exactly_the_dark_modules() {
        let code = QrCode::new("RANDPAS").unwrap();
        let dark = code.to_colors().iter().filter(|c| **c == Color::Dark).count();
        let runs: usize = path(&code)
            .split('h')
            .skip(1)
            .step_by(2)
            .map(|r| r.split('v').next().unwrap_or_default().parse::<usize>().unwrap())
            .sum();
        assert_eq!(runs, dark);
    }
}
