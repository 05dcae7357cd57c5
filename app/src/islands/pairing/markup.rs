//! How pairing looks, drawn once by the server. Classes: header of `style/main.css`.

use leptos::prelude::*;

use super::texts::Text;
use crate::components::icon::icon;

/// The form, and what takes its place on a phone that is paired.
pub fn markup() -> AnyView {
    view! {
        <div data-island="pairing">
            {form()} {paired()}
            <div data-part="pair-texts" hidden>
                {Text::ALL.iter().map(|text| view! { <p>{text.dutch()}</p> }).collect_view()}
            </div>
        </div>
    }
    .into_any()
}

fn form() -> AnyView {
    view! {
        <form class="form" data-pair="form" method="post" novalidate>
            <p class="alert alert--stop" data-part="pair-trouble" role="alert" hidden>
                {icon("alert")} <span data-part="pair-trouble-words"></span>
            </p>
            <div class="field">
                <label class="field__label" for="code">{Text::Code.dutch()}</label>
                <p class="field__hint" id="code-hint">{Text::CodeHint.dutch()}</p>
                <input class="field__input field__input--number" id="code" name="code" maxlength="20" autocomplete="off"
                    autocapitalize="characters" spellcheck="false" aria-describedby="code-hint" />
            </div>
            <div class="field">
                <label class="field__label" for="naam">{Text::Name.dutch()}</label>
                <p class="field__hint" id="naam-hint">{Text::NameHint.dutch()}</p>
                <input class="field__input" id="naam" name="naam" maxlength="60" autocomplete="off" value=Text::Phone.dutch()
                    aria-describedby="naam-hint" />
            </div>
            <button class="button button--main button--wide" data-pair="submit" disabled>
                <span data-part="pair-submit">{Text::Submit.dutch()}</span>
            </button>
        </form>
    }
    .into_any()
}

fn paired() -> AnyView {
    view! {
        <section class="card" data-part="pair-paired" hidden>
            <h2 class="card__title">{Text::Done.dutch()}</h2>
            <p>{Text::DoneWith.dutch()} " " <b data-part="pair-organiser"></b> "."</p>
            <p><a class="button button--main" href="/scan">{icon("scan")} {Text::ToScan.dutch()}</a></p>
            <p class="note">{Text::DoneHow.dutch()}</p>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::{Text, markup};

    #[test]
    fn whatever_the_browser_shows_and_fills_is_in_the_markup() {
        let html = Owner::new_root(None).with(|| markup().to_html());
        let code = include_str!("browser.rs");
        let named = code
            .split("[data-part=")
            .skip(1)
            .filter_map(|rest| rest.split(']').next());
        let mut parts = 0;
        for part in named {
            assert!(html.contains(&format!("data-part=\"{part}\"")), "{part}");
            parts += 1;
        }
        assert!(parts >= 5, "{parts}");
        let (_, texts) = html.split_once("pair-texts").unwrap();
        assert_eq!(texts.matches("<p>").count(), Text::ALL.len());
    }
}
