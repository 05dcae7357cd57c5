//! Any document of `report` as a page: sentence, picture, table; the same words as in its files.

mod figure;
mod words;

use leptos::prelude::*;
use report::{Block, Document, Section};

use crate::components::document::figure::{figure, plain_table};
use crate::locales::nl::reports as text;

/// The whole document under the page's own title. `running`: its period has not ended, so that its last column is drawn so.
pub(crate) fn document(document: &Document, running: bool) -> AnyView {
    let lead = document
        .lead
        .iter()
        .map(|sentence| view! { <p class="report__sentence">{sentence.clone()}</p> })
        .collect_view();
    let contents = (document.sections.len() > 1).then(|| contents(&document.sections));
    let sections = document
        .sections
        .iter()
        .map(|part| section(part, running))
        .collect_view();
    view! {
        <article class="report">
            <p class="paper">{text::paper(document)}</p>
            <div class="report__lead">{lead}</div>
            {contents}
            {sections}
            {words::about(document)}
        </article>
    }
    .into_any()
}

fn contents(sections: &[Section]) -> AnyView {
    let items = sections
        .iter()
        .map(|section| {
            view! {
                <li>
                    <a href=format!("#{}", section.id)>{section.heading.clone()}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="report__contents" aria-label=text::CONTENTS>
            <ul>{items}</ul>
        </nav>
    }
    .into_any()
}

fn section(section: &Section, running: bool) -> AnyView {
    let mut parts: Vec<AnyView> = Vec::new();
    let mut said: Vec<AnyView> = Vec::new();
    for (place, block) in section.blocks.iter().enumerate() {
        match block {
            Block::Sentence { text } => said.push(view! { <p>{text.clone()}</p> }.into_any()),
            Block::Note { text } => said.push(view! { <p class="note">{text.clone()}</p> }.into_any()),
            Block::List { items } => {
                let items = items
                    .iter()
                    .map(|item| view! { <li>{item.clone()}</li> })
                    .collect_view();
                said.push(view! { <ul>{items}</ul> }.into_any());
            }
            Block::Figure {
                caption,
                figure: found,
                chart,
            } => {
                close(&mut said, &mut parts);
                let id = format!("{}-{place}", section.id);
                parts.push(figure(&id, caption, found, chart.as_ref(), running));
            }
            Block::Table(table) => {
                close(&mut said, &mut parts);
                parts.push(plain_table(table));
            }
        }
    }
    close(&mut said, &mut parts);
    view! {
        <section class="report__section" id=section.id.clone()>
            <h2 class="report__heading">{section.heading.clone()}</h2>
            {parts.into_iter().collect_view()}
        </section>
    }
    .into_any()
}

/// What was said since the last picture or table, as one piece of text.
fn close(said: &mut Vec<AnyView>, parts: &mut Vec<AnyView>) {
    if !said.is_empty() {
        let said = std::mem::take(said).into_iter().collect_view();
        parts.push(view! { <div class="prose">{said}</div> }.into_any());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html() -> String {
        document(&report::sample(), true).to_html().replace("<!>", "")
    }

    #[test]
    fn every_picture_has_its_table_and_every_figure_says_how_it_was_counted() {
        let html = html();
        let figures = report::sample()
            .sections
            .iter()
            .flat_map(|section| &section.blocks)
            .filter(|block| matches!(block, Block::Figure { .. }))
            .count();
        assert_eq!(html.matches(text::HOW_COUNTED).count(), figures);
        // One table of words beside those of the figures.
        assert_eq!(html.matches("<caption").count(), figures + 1);
        for part in [
            "scope=\"col\"",
            "scope=\"row\"",
            "role=\"img\"",
            "class=\"tilemap\"",
            "&lt;5",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        for words in [
            "te weinig gegevens",
            "geen noemer",
            "te vroeg",
            "41,5\u{a0}% (38,0–45,1\u{a0}%)",
        ] {
            assert!(html.contains(words), "{words}");
        }
    }

    #[test]
    fn headings_step_down_by_one_and_ids_are_unique() {
        let html = html();
        assert!(html.contains("<h2") && html.contains("<h3") && !html.contains("<h1") && !html.contains("<h4"));
        let mut ids: Vec<&str> = html
            .split(" id=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
        assert!(!html.contains(" style=\""));
    }

    #[test]
    fn a_frozen_document_says_where_it_can_be_checked() {
        let html = html();
        assert!(html.contains("7F3K-2M9P") && html.contains("https://pas.example/controle/7F3K-2M9P"));
        let mut loose = report::sample();
        loose.check = None;
        assert!(document(&loose, false).to_html().contains(text::NOT_FROZEN));
    }
}
