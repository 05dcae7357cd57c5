//! How cells look: the colours of the style sheet's tokens, the formats of numbers.

use domain::Unit;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const GREEN: Color = Color::RGB(0x0f_5b43);
const WASH: Color = Color::RGB(0xe3_efe6);
const LINE: Color = Color::RGB(0xe0_d8c6);
const SOFT: Color = Color::RGB(0x48_605a);
const SUNKEN: Color = Color::RGB(0xf2_ecdf);

/// The formats of a workbook.
pub(super) struct Look {
    /// Title of the document.
    pub(super) title: Format,
    /// Heading of a section, caption of a table.
    pub(super) heading: Format,
    /// A sentence.
    pub(super) text: Format,
    /// A sentence of the answer.
    pub(super) lead: Format,
    /// Sources, limits, definitions.
    pub(super) note: Format,
    /// Heading of a column.
    pub(super) head: Format,
    /// Heading of a column of numbers.
    pub(super) head_number: Format,
    /// Name of a row.
    pub(super) name: Format,
    /// A text in place of a number: hidden, too few.
    pub(super) absent: Format,
    /// A link to a sheet.
    pub(super) link: Format,
}

impl Look {
    /// All of them.
    pub(super) fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        let wrapped = || top().set_text_wrap();
        let head = || {
            wrapped()
                .set_bold()
                .set_background_color(WASH)
                .set_border_bottom(FormatBorder::Medium)
                .set_border_bottom_color(GREEN)
        };
        Self {
            title: Format::new().set_bold().set_font_size(20).set_font_color(GREEN),
            heading: wrapped().set_bold().set_font_size(13).set_font_color(GREEN),
            text: wrapped(),
            lead: wrapped().set_font_size(13),
            note: wrapped().set_font_color(SOFT).set_font_size(10),
            head: head(),
            head_number: head().set_align(FormatAlign::Right),
            name: lined(top()),
            absent: lined(top())
                .set_align(FormatAlign::Right)
                .set_font_color(SOFT)
                .set_background_color(SUNKEN),
            link: Format::new()
                .set_font_color(GREEN)
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
        }
    }

    /// A number of this unit; `total` is the last row.
    pub(super) fn number(unit: Unit, parts: bool, total: bool) -> Format {
        let format = match unit {
            Unit::Cents => "\"€\"\u{a0}#,##0.00",
            Unit::Minutes => "#,##0.0\u{a0}\"uur\"",
            Unit::Share => "0.0%",
            Unit::Difference if parts => "+0.0%;\u{2212}0.0%;0.0%",
            Unit::Difference => "+#,##0;\u{2212}#,##0;0",
            Unit::Ratio => "0.00",
            Unit::Day => "d/mm/yyyy",
            _ if parts => "#,##0.0",
            _ => "#,##0",
        };
        Self::of_row(
            lined(Format::new().set_num_format(format)).set_align(FormatAlign::Right),
            total,
        )
    }

    /// The same for the last row: bold, with a line above.
    pub(super) fn of_row(format: Format, total: bool) -> Format {
        if total {
            format
                .set_bold()
                .set_border_top(FormatBorder::Thin)
                .set_border_top_color(GREEN)
        } else {
            format
        }
    }
}

fn lined(format: Format) -> Format {
    format
        .set_border_bottom(FormatBorder::Hair)
        .set_border_bottom_color(LINE)
}
