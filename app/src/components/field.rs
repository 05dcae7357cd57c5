//! Form fields: label, hint, error and value, tied together for those who hear the page.

use leptos::prelude::*;

use crate::components::icon::icon;
use crate::forms::{FieldError, Filled};
use crate::locales::nl;

/// One text field. `name` is also its id.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Input {
    name: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
    kind: &'static str,
    class: &'static str,
    autocomplete: Option<&'static str>,
    inputmode: Option<&'static str>,
    maxlength: Option<&'static str>,
    required: bool,
}

impl Input {
    /// A line of text that must be filled in.
    pub(crate) const fn text(name: &'static str, label: &'static str) -> Self {
        Self {
            name,
            label,
            hint: None,
            kind: "text",
            class: "field__input",
            autocomplete: Some("off"),
            inputmode: None,
            maxlength: None,
            required: true,
        }
    }

    /// May stay empty.
    pub(crate) const fn optional(self) -> Self {
        Self {
            required: false,
            ..self
        }
    }

    /// `type` of the input: `email`, `password`, `date`, `time`, `search`.
    pub(crate) const fn kind(self, kind: &'static str) -> Self {
        Self { kind, ..self }
    }

    /// A sentence under the label.
    pub(crate) const fn hint(self, hint: &'static str) -> Self {
        Self {
            hint: Some(hint),
            ..self
        }
    }

    /// Other classes than `field__input` alone.
    pub(crate) const fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    /// What the browser may fill in (a token of the HTML standard).
    pub(crate) const fn autocomplete(self, token: &'static str) -> Self {
        Self {
            autocomplete: Some(token),
            ..self
        }
    }

    /// Which keyboard a phone shows, and the most characters that make sense.
    pub(crate) const fn keyboard(self, inputmode: &'static str, maxlength: &'static str) -> Self {
        Self {
            inputmode: Some(inputmode),
            maxlength: Some(maxlength),
            ..self
        }
    }

    /// The field with what was typed and what is wrong with it. A password is never shown again.
    pub(crate) fn view(self, filled: &Filled) -> AnyView {
        let error = filled.error(self.name).map(str::to_owned);
        let value = if self.kind == "password" {
            String::new()
        } else {
            filled.typed.raw(self.name).to_owned()
        };
        view! {
            <div class=field_class(error.is_some())>
                <label class="field__label" for=self.name>
                    {self.label}
                </label>
                {hint(self.name, self.hint)}
                {error_line(self.name, error.clone())}
                <input
                    class=self.class
                    type=self.kind
                    id=self.name
                    name=self.name
                    value=value
                    required=self.required
                    autocomplete=self.autocomplete
                    inputmode=self.inputmode
                    maxlength=self.maxlength
                    aria-describedby=described_by(self.name, self.hint.is_some(), error.is_some())
                    aria-invalid=error.is_some().then_some("true")
                />
            </div>
        }
        .into_any()
    }
}

/// One choice of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// What is sent.
    pub(crate) value: String,
    /// What is read.
    pub(crate) label: String,
}

impl Choice {
    /// A choice.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "codes and ids are as small as a reference to them"
    )]
    pub(crate) fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self {
            value: value.to_string(),
            label: label.into(),
        }
    }
}

/// Choices of a list under a heading; without one they stand loose.
pub(crate) type Group = (Option<&'static str>, Vec<Choice>);

/// A list to choose one from. `empty` is the text of the choice with no value, if there is one.
pub(crate) fn select(
    filled: &Filled,
    name: &'static str,
    label: &'static str,
    hint_text: Option<&'static str>,
    empty: Option<&'static str>,
    groups: Vec<Group>,
) -> AnyView {
    let error = filled.error(name).map(str::to_owned);
    let chosen = filled.typed.get(name).to_owned();
    let options = groups
        .into_iter()
        .map(|(heading, choices)| {
            let options = choices
                .into_iter()
                .map(|choice| {
                    let selected = choice.value == chosen;
                    view! {
                        <option value=choice.value selected=selected>
                            {choice.label}
                        </option>
                    }
                })
                .collect_view();
            match heading {
                Some(heading) => view! { <optgroup label=heading>{options}</optgroup> }.into_any(),
                None => options.into_any(),
            }
        })
        .collect_view();
    view! {
        <div class=field_class(error.is_some())>
            <label class="field__label" for=name>
                {label}
            </label>
            {hint(name, hint_text)}
            {error_line(name, error.clone())}
            <select
                class="field__input"
                id=name
                name=name
                aria-describedby=described_by(name, hint_text.is_some(), error.is_some())
                aria-invalid=error.is_some().then_some("true")
            >
                {empty.map(|text| view! { <option value="">{text}</option> })}
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// A question with a few answers, all visible. The first answer carries the field's id: errors link to it.
pub(crate) fn choices(
    filled: &Filled,
    name: &'static str,
    legend: &'static str,
    hint_text: Option<&'static str>,
    class: &'static str,
    answers: Vec<Choice>,
) -> AnyView {
    let error = filled.error(name).map(str::to_owned);
    let chosen = filled.typed.get(name).to_owned();
    let answers = answers
        .into_iter()
        .enumerate()
        .map(|(place, answer)| {
            let id = if place == 0 {
                name.to_owned()
            } else {
                format!("{name}-{place}")
            };
            let checked = answer.value == chosen;
            view! {
                <label class="choice">
                    <input
                        class="choice__input"
                        type="radio"
                        id=id
                        name=name
                        value=answer.value
                        checked=checked
                        required
                    />
                    <span class="choice__text">{answer.label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class=class aria-describedby=described_by(name, hint_text.is_some(), error.is_some())>
            <legend class="choices__legend">{legend}</legend>
            {hint(name, hint_text)}
            {error_line(name, error.clone())}
            {answers}
        </fieldset>
    }
    .into_any()
}

/// What is wrong with the form, at its top, each with a link to its field. Nothing when nothing is.
/// It takes the focus when the page comes back: who hears the page would otherwise start at the menu again.
pub(crate) fn error_summary(filled: &Filled) -> Option<AnyView> {
    if filled.errors.is_empty() {
        return None;
    }
    let title = nl::errors_title(filled.errors.len());
    let errors = filled
        .errors
        .iter()
        .cloned()
        .map(|FieldError { field, message }| {
            view! {
                <li>
                    <a href=format!("#{field}")>{message}</a>
                </li>
            }
        })
        .collect_view();
    let summary = view! {
        <div class="error-summary" role="alert" tabindex="-1" id="fouten" autofocus>
            <h2 class="error-summary__title">{title}</h2>
            <p>{nl::KEPT}</p>
            <ul class="error-summary__list">{errors}</ul>
        </div>
    };
    Some(summary.into_any())
}

fn field_class(wrong: bool) -> &'static str {
    if wrong { "field field--error" } else { "field" }
}

fn hint(name: &str, text: Option<&'static str>) -> Option<AnyView> {
    let id = format!("{name}-hint");
    text.map(|text| {
        view! {
            <p class="field__hint" id=id>
                {text}
            </p>
        }
        .into_any()
    })
}

/// The error under a label, with the id that `aria-describedby` points to.
pub(crate) fn error_line(name: &str, error: Option<String>) -> Option<AnyView> {
    let id = format!("{name}-fout");
    error.map(|message| {
        view! {
            <p class="field__error" id=id>
                {icon("alert")}
                {message}
            </p>
        }
        .into_any()
    })
}

/// Ids of what describes a field; `None` leaves the attribute out.
pub(crate) fn described_by(name: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (true, true) => Some(format!("{name}-hint {name}-fout")),
        (true, false) => Some(format!("{name}-hint")),
        (false, true) => Some(format!("{name}-fout")),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Typed;

    fn filled() -> Filled {
        let typed: Typed = [("voornaam", "<b>\"Amina"), ("wachtwoord", "geheim"), ("reden", "other")]
            .into_iter()
            .collect();
        let mut filled = Filled::new(typed);
        filled.wrong("voornaam", "Vul een voornaam in.");
        filled
    }

    #[test]
    fn a_field_keeps_what_was_typed_and_points_to_its_error() {
        let html = Input::text("voornaam", "Voornaam")
            .hint("Kort")
            .view(&filled())
            .to_html();
        assert!(html.contains("value=\"&lt;b&gt;&quot;Amina\""), "{html}");
        assert!(
            html.contains("aria-describedby=\"voornaam-hint voornaam-fout\""),
            "{html}"
        );
        assert!(html.contains("id=\"voornaam-fout\""), "{html}");
        assert!(html.contains("aria-invalid=\"true\""), "{html}");
    }

    #[test]
    fn a_password_is_not_sent_back() {
        let html = Input::text("wachtwoord", "Wachtwoord")
            .kind("password")
            .view(&filled())
            .to_html();
        assert!(!html.contains("geheim"), "{html}");
        assert!(!html.contains("aria-invalid"), "{html}");
    }

    #[test]
    fn an_error_links_to_a_field_that_exists() {
        let mut filled = filled();
        filled.wrong("reden", "Kies.");
        let html = error_summary(&filled).map(RenderHtml::to_html).unwrap();
        assert!(
            html.contains("href=\"#reden\"") && html.contains("Nog twee dingen"),
            "{html}"
        );
        let answers = vec![
            Choice::new("inburgeraar", "Inburgeraar"),
            Choice::new("other", "Andere"),
        ];
        let html = choices(&filled, "reden", "Waarom?", None, "choices", answers).to_html();
        assert!(html.contains("id=\"reden\"") && html.contains("checked"), "{html}");
        assert!(error_summary(&Filled::default()).is_none());
    }
}
