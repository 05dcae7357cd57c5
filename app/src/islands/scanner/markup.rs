//! How the scanner looks, drawn once by the server. Classes: header of `style/main.css`.

use leptos::prelude::*;

use super::queue_markup;
use super::texts::Text;
use crate::components::icon::{icon, svg};

/// The camera button, and the scanner that lies hidden over the whole screen until it is pressed.
/// `today` is how many scans of this organiser were counted today.
pub fn markup(today: u64) -> AnyView {
    let island = view! {
        <section class="scan-start" data-part="start">
            <button type="button" class="button button--main button--wide" data-do="start" disabled>
                {icon("scan")} <span data-part="start-label">{Text::Start.dutch()}</span>
            </button>
            {trouble("trouble-page", "slow-page")} {queue_markup::messages()}
            <div class="alert alert--info" data-part="last" role="status" hidden>
                {icon("info")}
                <div>
                    <p><b>{Text::Last.dutch()} ": " <span data-part="last-word"></span></b> " " <span data-part="last-sentence"></span></p>
                    <button type="button" class="button" data-do="undo" data-part="last-undo" hidden>
                        {icon("undo")} {Text::Undo.dutch()}
                    </button>
                </div>
            </div>
        </section>
        <section class="scanner" data-part="scanner" aria-label=Text::Label.dutch() hidden>
            {viewfinder(today)}
            {sheet()}
            {verdict()}
        </section>
        {queue_markup::status()}
        {queue_markup::sheet()}
        <div data-part="reasons" hidden>
            {domain::Reason::ALL.iter().map(|reason| view! { <p>{reason.sentence(domain::Lang::Nl)}</p> }).collect_view()}
        </div>
        <div data-part="texts" hidden>{Text::ALL.iter().map(|text| view! { <p>{text.dutch()}</p> }).collect_view()}</div>
    };
    view! { <div data-island="scanner">{island}</div> }.into_any()
}

/// What a phone says that was paired and has lost its storage, or cannot look into it; hidden until it is so.
pub fn lost() -> AnyView {
    view! {
        <div class="alert alert--stop" data-part="lost" role="alert" hidden>
            {icon("alert")}
            <div>
                <p>{Text::Lost.dutch()}</p>
                <a class="button" href="/koppel">{Text::PairAgain.dutch()}</a>
            </div>
        </div>
        <p class="alert alert--stop" data-part="shut" role="alert" hidden>{icon("alert")} <span>{Text::Shut.dutch()}</span></p>
    }
    .into_any()
}

/// Messages that are not verdicts.
fn trouble(message: &'static str, slow: &'static str) -> impl IntoView {
    view! {
        <p class="alert alert--stop" data-part=message role="alert" hidden>{icon("alert")} <span data-part=format!("{message}-words")></span></p>
        <div class="alert alert--wait" data-part=slow role="status" hidden>
            {icon("alert")}
            <div>
                <p>{Text::ReaderTrouble.dutch()}</p>
                <button type="button" class="button" data-do="reload">{Text::Reload.dutch()}</button>
            </div>
        </div>
    }
}

fn viewfinder(today: u64) -> impl IntoView {
    view! {
        <video class="scanner__video" data-part="video" playsinline muted autoplay></video>
        <div class="scanner__frame" aria-hidden="true"></div>
        <header class="scanner__top">
            <p class="scanner__activity" data-part="activity"></p>
            <button type="button" class="scanner__tool" data-do="stop">
                {icon("close")} <span class="visually-hidden">{Text::Stop.dutch()}</span>
            </button>
        </header>
        <p class="scanner__hint" data-part="hint">{Text::Starting.dutch()}</p>
        <div class="scanner__tools">
            {tool("torch", "torch", Text::Torch, true)} {tool("zoom", "zoom", Text::Zoom, true)}
            {tool("photo", "photo", Text::Photo, false)} {tool("keyboard", "typing", Text::Typing, false)}
            {tool("undo", "undo", Text::Undo, true)}
        </div>
        <p class="scanner__status" role="status">
            <span class="scanner__count">{Text::Today.dutch()} " " <b data-part="today">{today}</b></span>
            <span>{Text::Waiting.dutch()} " " <b data-part="waiting">"0"</b></span>
            <span data-part="sent" hidden>{Text::Sent.dutch()} " " <b data-part="sent-at"></b></span>
        </p>
    }
}

/// A round button under the picture; `hidden` when only some phones, or only some moments, have it.
fn tool(symbol: &'static str, act: &'static str, text: Text, hidden: bool) -> impl IntoView {
    view! {
        <button type="button" class="scanner__tool" data-do=act data-part=format!("tool-{act}") hidden=hidden>
            {icon(symbol)} <span class="scanner__tool-text">{text.dutch()}</span>
        </button>
    }
}

/// The lower half: the number, or what went wrong.
fn sheet() -> impl IntoView {
    view! {
        <div class="scanner__sheet" data-part="sheet" hidden>
            {trouble("trouble-sheet", "slow-sheet")}
            <form class="form" data-part="sheet-form" data-scan="number" novalidate hidden>
                <div class="field">
                    <label class="field__label" for="scanner-number">{Text::Number.dutch()}</label>
                    <input class="field__input field__input--number" id="scanner-number" data-part="sheet-number"
                        autocomplete="off" autocapitalize="characters" spellcheck="false" enterkeyhint="send" />
                </div>
                <button class="button button--main button--wide">{Text::NumberSend.dutch()}</button>
            </form>
            <button type="button" class="button button--quiet button--wide" data-do="close">{Text::Close.dutch()}</button>
        </div>
    }
}

/// Colour, shape, one word, one sentence.
fn verdict() -> impl IntoView {
    let button = |act: &'static str, text: Text| {
        view! {
            <button type="button" class="button button--on-colour" data-do=act data-part=format!("verdict-{act}") hidden>
                {(act == "undo").then(|| icon("undo"))} {text.dutch()}
            </button>
        }
    };
    view! {
        <section class="verdict" data-part="verdict" role="alert" hidden>
            <div data-part="verdict-shape">{svg("verdict__shape", "tick")}</div>
            <p class="verdict__word" data-part="verdict-word"></p>
            <p class="verdict__sentence" data-part="verdict-sentence"></p>
            <p class="verdict__detail" data-part="verdict-detail"></p>
            <div class="verdict__actions">
                {button("undo", Text::Undo)} {button("next", Text::Next)} {button("retry", Text::Retry)}
                {button("drop", Text::Drop)}
            </div>
            <span class="verdict__timer" data-part="verdict-timer" aria-hidden="true" hidden></span>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::{Text, markup};

    fn html() -> String {
        Owner::new_root(None).with(|| markup(12).to_html())
    }

    /// The browser's code and this markup meet only in these names.
    #[test]
    fn whatever_the_browser_shows_and_fills_is_in_the_markup() {
        let html = html();
        let drawing = [include_str!("browser/draw.rs"), include_str!("browser/queue.rs")].concat();
        let html = html + &Owner::new_root(None).with(|| super::lost().to_html());
        let named = ["show(\"", "fill(\"", "set(\"", "part(\""]
            .into_iter()
            .flat_map(|call| drawing.split(call).skip(1))
            .filter_map(|rest| rest.split('"').next());
        let computed = [
            "trouble-page",
            "trouble-page-words",
            "slow-page",
            "trouble-sheet",
            "trouble-sheet-words",
        ];
        let computed = computed
            .into_iter()
            .chain(["slow-sheet", "tool-torch", "tool-zoom", "video", "sheet-number"])
            .chain(["status-today", "status-waiting", "status-letters", "status-sent-at"]);
        let mut parts = 0;
        for part in named.chain(computed) {
            assert!(
                html.contains(&format!("data-part=\"{part}\"")),
                "{part} is not in the markup"
            );
            parts += 1;
        }
        assert!(
            parts > 30,
            "only {parts} parts were looked for: is draw.rs written another way?"
        );
    }

    #[test]
    fn every_button_does_something_that_the_browser_knows() {
        let html = html();
        let known = include_str!("browser/mod.rs");
        let acts: Vec<&str> = html
            .split("data-do=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert!(acts.len() > 10, "{acts:?}");
        for act in acts {
            assert!(known.contains(&format!("\"{act}\" =>")), "nothing happens at {act}");
        }
    }

    #[test]
    fn every_reason_has_its_sentence_at_its_place() {
        let html = html();
        let (_, reasons) = html.split_once("data-part=\"reasons\"").unwrap();
        let said: Vec<&str> = reasons
            .split("<p>")
            .skip(1)
            .filter_map(|rest| rest.split("</p>").next())
            .collect();
        for reason in domain::Reason::ALL {
            let sentence = reason.sentence(domain::Lang::Nl).replace('\'', "&#x27;");
            assert_eq!(said[*reason as usize].replace('\'', "&#x27;"), sentence);
        }
    }

    #[test]
    fn every_sentence_is_there_in_its_place_and_none_is_empty() {
        let html = html();
        let (_, texts) = html.split_once("data-part=\"texts\"").unwrap();
        let said: Vec<&str> = texts
            .split("<p>")
            .skip(1)
            .filter_map(|rest| rest.split("</p>").next())
            .collect();
        assert_eq!(said.len(), Text::ALL.len());
        assert!(said.iter().all(|words| !words.trim().is_empty()));
        assert_eq!(said[Text::Reload as usize], "Herladen");
    }
}
