//! The two forms, and what is known of a frozen report.

use domain::Period;
use leptos::prelude::*;
use report::{Document, dutch};
use storage::{FrozenHash, FrozenReport};

use crate::components::field::{described_by, error_line};
use crate::components::icon::icon;
use crate::locales::nl::check as text;
use crate::respond::{PageError, Visit};

/// Name of the field with the code.
pub(super) const CODE: &str = "code";
/// Name of the field with the file.
pub(super) const FILE: &str = "bestand";

/// A frozen report as the page shows it.
pub(super) struct Known {
    pub(super) report: FrozenReport,
    pub(super) hashes: Vec<FrozenHash>,
    /// Whether the seal over it is right.
    pub(super) sealed: bool,
    /// What it said; nothing where the viewer may not read it.
    pub(super) lead: Vec<String>,
}

impl Known {
    /// Reads what belongs to it.
    pub(super) async fn load(visit: &Visit, report: FrozenReport) -> Result<Self, PageError> {
        let (store, scope) = (&visit.context().store, &visit.viewer.scope);
        let hashes = store.frozen_hashes(scope, &report).await?;
        let sealed = visit
            .context()
            .seals
            .is_right(&report.seal, &report.code.to_string())
            .await?;
        let document = report.document.as_deref().map(serde_json::from_str::<Document>);
        let lead = match document {
            Some(Ok(document)) => document.lead,
            // A document of another version of the program: its files still say what it said.
            Some(Err(_)) | None => Vec::new(),
        };
        Ok(Self {
            report,
            hashes,
            sealed,
            lead,
        })
    }
}

/// Eight characters at a time, so that a phone can break the line and a person can compare.
fn grouped(hash: &str) -> String {
    let letters: Vec<char> = hash.chars().collect();
    let groups: Vec<String> = letters.chunks(8).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

/// The field for the code.
pub(super) fn code_form(typed: &str, error: Option<&'static str>) -> AnyView {
    let class = if error.is_some() { "field field--error" } else { "field" };
    let line = error.map(str::to_owned);
    view! {
        <section class="section" aria-labelledby="met-code">
            <h2 class="heading" id="met-code">{text::CODE_HEADING}</h2>
            <form class="form" method="get" action="/controle" novalidate>
                <div class=class>
                    <label class="field__label" for=CODE>
                        {text::CODE}
                    </label>
                    <p class="field__hint" id="code-hint">
                        {text::CODE_HINT}
                    </p>
                    {error_line(CODE, line.clone())}
                    <input
                        class="field__input"
                        id=CODE
                        name=CODE
                        value=typed.to_owned()
                        maxlength="20"
                        autocomplete="off"
                        autocapitalize="characters"
                        spellcheck="false"
                        aria-describedby=described_by(CODE, true, line.is_some())
                        aria-invalid=line.is_some().then_some("true")
                    />
                </div>
                <button class="button button--main">{icon("search")} {text::CODE_SUBMIT}</button>
            </form>
        </section>
    }
    .into_any()
}

/// The field for the file. `code` is that of the page on which it stands.
pub(super) fn file_form(code: Option<String>, error: Option<&'static str>) -> AnyView {
    let class = if error.is_some() { "field field--error" } else { "field" };
    let line = error.map(str::to_owned);
    view! {
        <section class="section" aria-labelledby="met-bestand">
            <h2 class="heading" id="met-bestand">{text::FILE_HEADING}</h2>
            <form class="form" method="post" action="/controle" enctype="multipart/form-data" novalidate>
                {code.map(|code| view! { <input type="hidden" name=CODE value=code /> })}
                <div class=class>
                    <label class="field__label" for=FILE>
                        {text::FILE}
                    </label>
                    <p class="field__hint" id="bestand-hint">
                        {text::FILE_HINT}
                    </p>
                    {error_line(FILE, line.clone())}
                    <input
                        class="field__file"
                        type="file"
                        id=FILE
                        name=FILE
                        accept=".pdf,.xlsx,.csv,.json"
                        aria-describedby=described_by(FILE, true, line.is_some())
                        aria-invalid=line.is_some().then_some("true")
                    />
                </div>
                <button class="button">{icon("tick")} {text::FILE_SUBMIT}</button>
            </form>
        </section>
    }
    .into_any()
}

/// Of whom, of when, what it said, and its files.
pub(super) fn details(known: Known) -> AnyView {
    let Known {
        report, hashes, lead, ..
    } = known;
    let period = |written: &str| {
        written
            .parse::<Period>()
            .map_or_else(|_| written.to_owned(), |p| p.label_nl())
    };
    let mut facts = vec![
        (text::WHOSE, report.subject.clone()),
        (text::PERIOD, period(&report.period)),
    ];
    facts.extend(
        report
            .compare
            .as_deref()
            .map(|compare| (text::COMPARED, period(compare))),
    );
    facts.push((text::DATA_DATE, dutch::moment(report.data_date)));
    facts.push((text::FROZEN_AT, dutch::moment(report.frozen_at)));
    facts.push((text::CODE, report.code.to_string()));
    facts.push((text::FACTS, grouped(&report.facts_hash)));
    let facts = facts
        .into_iter()
        .map(|(name, value)| {
            view! {
                <div class="facts__row">
                    <dt class="facts__term">{name}</dt>
                    <dd class="facts__value">{value}</dd>
                </div>
            }
        })
        .collect_view();
    let readable = report.document.is_some();
    let said = lead
        .into_iter()
        .map(|sentence| view! { <p>{sentence}</p> })
        .collect_view();
    let said = if readable {
        said.into_any()
    } else {
        view! { <p>{text::NOT_FOR_ALL}</p> }.into_any()
    };
    let code = report.code.to_string();
    let rows = hashes
        .into_iter()
        .map(|file| {
            let hash: String = file.sha256.iter().map(|byte| format!("{byte:02x}")).collect();
            let name = file.form.to_uppercase();
            let link = format!("/controle/{code}/randpas.{}", file.form);
            let name = if readable {
                view! { <a href=link>{name}</a> }.into_any()
            } else {
                name.into_any()
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{grouped(&hash)}</td>
                </tr>
            }
        })
        .collect_view();
    let seal = format!("/controle/{code}/randpas.jws");
    view! {
        <dl class="facts section">{facts}</dl>
        <section class="section prose" aria-labelledby="wat">
            <h2 class="heading" id="wat">{text::SAYS}</h2>
            {said}
        </section>
        <section class="section" aria-labelledby="bestanden">
            <h2 class="heading" id="bestanden">{text::FILES}</h2>
            <p>{text::FILES_LEAD}</p>
            <div class="table-wrap" tabindex="0" role="region" aria-label=text::FILES_CAPTION>
                <table class="table">
                    <caption class="visually-hidden">{text::FILES_CAPTION}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{text::FORM}</th>
                            <th scope="col">{text::HASH}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p>
                <a href=seal>{text::SEAL}</a>
            </p>
        </section>
    }
    .into_any()
}
