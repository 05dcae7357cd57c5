//! The first sheet: the sentences, and where their tables are.

use report::{Block, Document, dutch};
use rust_xlsxwriter::{Url, Worksheet};

use super::look::Look;
use super::{Sheet, Written};

/// Characters on a line of the one column.
const WIDTH: f64 = 100.0;

pub(super) fn write(
    out: &mut Worksheet,
    document: &Document,
    sheets: &[Sheet<'_>],
    name: &str,
    look: &Look,
) -> Written {
    out.set_name(name)?;
    out.set_column_width(0, WIDTH)?;
    out.set_screen_gridlines(false);
    out.set_paper_size(9).set_print_fit_to_pages(1, 0);
    let mut page = Page { out, row: 0 };
    page.text(&document.title, &look.title)?;
    page.text(&document.subject, &look.heading)?;
    let mut about = format!("Periode: {}.", document.period.label_nl());
    if let Some(compare) = document.compare {
        about.push_str(&format!(" Vergeleken met: {}.", compare.label_nl()));
    }
    about.push_str(&format!(" Gegevens tot en met {}.", dutch::moment(document.data_date)));
    page.text(&about, &look.note)?;
    if let Some(check) = &document.check {
        let text = format!(
            "Vastgelegd op {}. Controlecode: {}. Controleer dit document op {}",
            dutch::moment(check.frozen_at),
            check.code,
            check.url
        );
        page.text(&text, &look.note)?;
    }
    page.row += 1;
    for sentence in &document.lead {
        page.text(sentence, &look.lead)?;
    }
    let mut tables = sheets.iter();
    for section in &document.sections {
        page.row += 1;
        page.text(&section.heading, &look.heading)?;
        for block in &section.blocks {
            match block {
                Block::Sentence { text } => page.text(text, &look.text)?,
                Block::Note { text } => page.text(text, &look.note)?,
                Block::List { items } => {
                    for item in items {
                        page.text(&format!("• {item}"), &look.text)?;
                    }
                }
                Block::Figure { .. } | Block::Table(_) => {
                    if let Some(sheet) = tables.next() {
                        let url = Url::new(format!("internal:'{}'!A1", sheet.name))
                            .set_text(format!("Tabel: {}", sheet.caption));
                        page.out.write_url_with_format(page.row, 0, url, &look.link)?;
                        page.row += 1;
                    }
                }
            }
        }
    }
    Ok(())
}

/// A column of lines.
struct Page<'a> {
    out: &'a mut Worksheet,
    row: u32,
}

impl Page<'_> {
    fn text(&mut self, text: &str, format: &rust_xlsxwriter::Format) -> Written {
        self.out.write_string_with_format(self.row, 0, text, format)?;
        self.row += 1;
        Ok(())
    }
}
