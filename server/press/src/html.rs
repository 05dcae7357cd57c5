//! The document as one page that needs nothing else: for the command line. The website draws its own.

use domain::{FigureRow, Unit};
use report::{Block, Document, Table, dutch};

/// The look of the site in a few lines.
const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#12302a;--soft:#48605a;--paper:#fbf8f1;--green:#0f5b43;--wash:#e3efe6;--line:#e0d8c6;\
--sunken:#f2ecdf}\
@media(prefers-color-scheme:dark){:root{--ink:#f4f0e6;--soft:#b4c5bc;--paper:#0f1d18;--green:#86dab4;--wash:#1c3a2f;\
--line:#2b4239;--sunken:#0a1511}}\
body{margin:0 auto;max-width:60rem;padding:1.5rem;background:var(--paper);color:var(--ink);\
font:1.0625rem/1.5 'Atkinson Hyperlegible','Segoe UI',sans-serif}\
h1,h2{color:var(--green);line-height:1.15}p,li{max-width:70ch}.soft{color:var(--soft);font-size:.9375rem}\
.lead{background:var(--wash);border-radius:8px;padding:.5rem 1.25rem;font-size:1.25rem}\
.wrap{overflow-x:auto}table{border-collapse:collapse;margin:.5rem 0}caption{text-align:start;font-weight:700}\
th,td{border-bottom:1px solid var(--line);padding:.3rem .6rem;text-align:start;vertical-align:top;font-weight:inherit}\
thead th{background:var(--wash)}tfoot{font-weight:700}.number{text-align:end;font-variant-numeric:tabular-nums}\
.absent{background:var(--sunken);color:var(--soft)}";

/// The document as HTML.
#[must_use]
pub fn html(document: &Document) -> String {
    let mut out = String::with_capacity(16 * 1024);
    let title = escape(&format!("{}: {}", document.title, document.subject));
    out.push_str(&format!(
        "<!DOCTYPE html>\n<html lang=\"nl\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
         <style>{STYLE}</style></head><body><main>\n"
    ));
    out.push_str(&format!("<h1>{}</h1>\n", escape(&document.title)));
    out.push_str(&format!("<p>{}</p>\n", escape(&document.subject)));
    let mut about = format!("Periode: {}.", document.period.label_nl());
    if let Some(compare) = document.compare {
        about.push_str(&format!(" Vergeleken met: {}.", compare.label_nl()));
    }
    about.push_str(&format!(" Gegevens tot en met {}.", dutch::moment(document.data_date)));
    paragraph(&mut out, "soft", &about);
    if let Some(check) = &document.check {
        let (url, code) = (escape(&check.url), escape(&check.code));
        out.push_str(&format!(
            "<p class=\"soft\">Controlecode {code}: <a href=\"{url}\">controleer dit document</a>.</p>\n"
        ));
    }
    out.push_str("<div class=\"lead\">\n");
    for sentence in &document.lead {
        paragraph(&mut out, "", sentence);
    }
    out.push_str("</div>\n");
    for section in &document.sections {
        out.push_str(&format!(
            "<section id=\"{}\"><h2>{}</h2>\n",
            escape(&section.id),
            escape(&section.heading)
        ));
        for block in &section.blocks {
            of_block(&mut out, block);
        }
        out.push_str("</section>\n");
    }
    out.push_str("</main></body></html>\n");
    out
}

fn of_block(out: &mut String, block: &Block) {
    match block {
        Block::Sentence { text } => paragraph(out, "", text),
        Block::Note { text } => paragraph(out, "soft", text),
        Block::List { items } => {
            out.push_str("<ul>");
            for item in items {
                out.push_str(&format!("<li>{}</li>", escape(item)));
            }
            out.push_str("</ul>\n");
        }
        Block::Table(table) => of_words(out, table),
        Block::Figure { caption, figure, .. } => {
            let names = figure.by.len().max(1);
            let mut head: Vec<(String, bool)> = (0..names)
                .map(|at| {
                    let name = figure.by.get(at).map_or("", |dimension| dimension.label_nl());
                    (name.to_owned(), false)
                })
                .collect();
            let is_number = |unit: Unit| !matches!(unit, Unit::Text | Unit::Day);
            head.extend(
                figure
                    .columns
                    .iter()
                    .map(|column| (column.label.clone(), is_number(column.unit))),
            );
            open(out, caption, &head);
            out.push_str("<tbody>");
            let line = |row: &FigureRow, total: bool| {
                let mut line = String::from("<tr>");
                for at in 0..names {
                    let name = if total && at == 0 {
                        "Samen"
                    } else {
                        row.names.get(at).map_or("", String::as_str)
                    };
                    line.push_str(&format!("<th scope=\"row\">{}</th>", escape(name)));
                }
                for (column, cell) in figure.columns.iter().zip(&row.cells) {
                    let absent = if cell.is_hidden() { " absent" } else { "" };
                    let number = if is_number(column.unit) { "number" } else { "" };
                    let text = escape(&dutch::cell(cell, column.unit, figure.suppression.k));
                    line.push_str(&format!("<td class=\"{number}{absent}\">{text}</td>"));
                }
                line + "</tr>\n"
            };
            for row in &figure.rows {
                out.push_str(&line(row, false));
            }
            out.push_str("</tbody><tfoot>");
            out.push_str(&line(&figure.total, true));
            out.push_str("</tfoot></table></div>\n");
            let mut about = format!("{} Periode: {}.", figure.definition, figure.period.label_nl());
            for text in figure
                .notes
                .iter()
                .chain([&dutch::coverage(&figure.coverage), &figure.suppression.rule])
            {
                about.push(' ');
                about.push_str(text);
            }
            paragraph(out, "soft", &about);
        }
    }
}

fn of_words(out: &mut String, table: &Table) {
    let numeric = |at: usize| table.numeric.get(at).copied().unwrap_or(false);
    let head: Vec<(String, bool)> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, heading)| (heading.clone(), numeric(at)))
        .collect();
    open(out, &table.caption, &head);
    out.push_str("<tbody>");
    for row in &table.rows {
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let class = if numeric(at) { "number" } else { "" };
            out.push_str(&format!("<td class=\"{class}\">{}</td>", escape(cell)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
}

fn open(out: &mut String, caption: &str, head: &[(String, bool)]) {
    out.push_str(&format!(
        "<div class=\"wrap\"><table><caption>{}</caption><thead><tr>",
        escape(caption)
    ));
    for (heading, number) in head {
        let class = if *number { "number" } else { "" };
        out.push_str(&format!("<th scope=\"col\" class=\"{class}\">{}</th>", escape(heading)));
    }
    out.push_str("</tr></thead>");
}

fn paragraph(out: &mut String, class: &str, text: &str) {
    if class.is_empty() {
        out.push_str(&format!("<p>{}</p>\n", escape(text)));
    } else {
        out.push_str(&format!("<p class=\"{class}\">{}</p>\n", escape(text)));
    }
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

    #[test]
    fn hidden_is_shown_as_hidden_and_no_text_becomes_a_tag() {
        let mut document = report::sample();
        document.subject = "<script>".to_owned();
        let page = html(&document);
        assert!(page.contains("number absent\">&lt;5</td>"), "{page}");
        assert!(!page.contains("<script>"));
    }
}
