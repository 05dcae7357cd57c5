//! The document around every page: head, masthead, main, footer.
//!
//! Nothing here is inline except Leptos' own start script, and that only on pages with islands; the server allows
//! it by its hash (`Content-Security-Policy`), so it is rendered without a nonce and the same for every answer.

use std::sync::Arc;

use leptos::config::LeptosOptions;
use leptos::hydration::HydrationScripts;
use leptos::prelude::*;
use leptos::tachys::html::{InertElement, doctype};

use crate::components::masthead::{Section, Work, footer, masthead, submenu};
use crate::locales::nl;

/// Addresses of what the pages load, worked out once at start: reading `hash.txt` for each page would cost a disk
/// read per request.
#[derive(Debug, Clone)]
pub(crate) struct Assets {
    /// The style sheet's address, with the hash of its content when cargo-leptos made one.
    pub(crate) stylesheet: Arc<str>,
    /// Preloads and start script of the browser bundle, ready to put in the head.
    pub(crate) start_script: Arc<str>,
}

impl Assets {
    /// Reads the hashes beside the program (`hash_file`) when `options.hash_files` says that there are any.
    pub(crate) fn new(options: &LeptosOptions) -> Self {
        let mut options = options.clone();
        let hashes = options.hash_files.then(|| hashes(&options)).flatten();
        if options.hash_files && hashes.is_none() {
            tracing::warn!(file = %options.hash_file, "no file with hashes beside the program: using plain file names");
            options.hash_files = false;
        }
        let hash = hashes
            .as_deref()
            .and_then(stylesheet_hash)
            .map(|hash| format!(".{hash}"))
            .unwrap_or_default();
        let stylesheet = format!("/{}/{}{hash}.css", options.site_pkg_dir, options.output_name);
        let start_script = Owner::new_root(None)
            .with(|| view! { <HydrationScripts options=options.clone() islands=true /> }.to_html());
        Self {
            stylesheet: stylesheet.into(),
            start_script: start_script.into(),
        }
    }
}

fn hashes(options: &LeptosOptions) -> Option<String> {
    let program = std::env::current_exe().ok()?;
    std::fs::read_to_string(program.parent()?.join(options.hash_file.as_ref())).ok()
}

/// The line `css: HASH` of cargo-leptos' hash file.
fn stylesheet_hash(hashes: &str) -> Option<&str> {
    hashes
        .lines()
        .filter_map(|line| line.trim().split_once(':'))
        .find(|(file, _)| *file == "css")
        .map(|(_, h)| h.trim())
}

/// What the shell has to know about a page.
pub(crate) struct Frame {
    /// Text of `<title>`, without the name of the site.
    pub(crate) title: String,
    /// One sentence for search engines.
    pub(crate) description: String,
    /// Modifier of `<main class="main …">`; empty for none.
    pub(crate) main_class: &'static str,
    /// Which part of the site this is, for `aria-current`.
    pub(crate) section: Section,
    /// Whether the page has islands.
    pub(crate) islands: bool,
    /// Whether search engines may keep it.
    pub(crate) indexed: bool,
    /// Who is named at the top right; `None` shows the link to log in.
    pub(crate) account_name: Option<String>,
    /// Whether the link to the counter is in the menu.
    pub(crate) counter: bool,
    /// What the second row of the menu offers on pages of figures.
    pub(crate) work: Work,
}

/// The whole document.
pub(crate) fn shell(assets: &Assets, frame: Frame, content: AnyView) -> impl IntoView + use<> {
    // Islands need no hydration markers in the rest of the page; pages without islands even less.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    let stylesheet = assets.stylesheet.to_string();
    let start = frame
        .islands
        .then(|| InertElement::new(assets.start_script.to_string()));
    let title = if frame.title == nl::SITE {
        nl::SITE_TITLE.to_owned()
    } else {
        format!("{} · {}", frame.title, nl::SITE)
    };
    let main_class = format!("main {}", frame.main_class);
    // A volunteer's icon opens the scanner, not the home page.
    let manifest = match frame.section {
        Section::Scan => "/scan.webmanifest",
        _ => "/manifest.webmanifest",
    };
    (
        doctype("html"),
        view! {
            <html lang="nl" dir="ltr">
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                    <title>{title}</title>
                    <meta name="description" content=frame.description />
                    {(!frame.indexed).then(|| view! { <meta name="robots" content="noindex" /> })}
                    <meta name="color-scheme" content="light dark" />
                    <meta name="theme-color" content="#fbf8f1" media="(prefers-color-scheme: light)" />
                    <meta name="theme-color" content="#0f1d18" media="(prefers-color-scheme: dark)" />
                    <link
                        rel="preload"
                        href="/fonts/atkinson-400.woff2"
                        r#as="font"
                        r#type="font/woff2"
                        crossorigin="anonymous"
                    />
                    <link
                        rel="preload"
                        href="/fonts/atkinson-700.woff2"
                        r#as="font"
                        r#type="font/woff2"
                        crossorigin="anonymous"
                    />
                    <link rel="stylesheet" href=stylesheet />
                    <link rel="manifest" href=manifest />
                    <link rel="icon" href="/favicon.svg" r#type="image/svg+xml" />
                    <link rel="apple-touch-icon" href="/icons/apple-touch.png" />
                    <script src="/pwa.js" defer></script>
                    {start}
                </head>
                <body class="page">
                    <a class="skip" href="#inhoud">{nl::SKIP}</a>
                    {masthead(frame.section, frame.account_name, frame.counter)}
                    {(frame.section == Section::Figures).then(|| submenu(&frame.work))}
                    <p class="update" data-update hidden>
                        {nl::UPDATE}
                        " "
                        <a class="update__link" href="">{nl::UPDATE_LINK}</a>
                    </p>
                    <main class=main_class id="inhoud" tabindex="-1">
                        {content}
                    </main>
                    {footer()}
                </body>
            </html>
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_the_style_sheet_is_found_among_the_others() {
        assert_eq!(stylesheet_hash("js: abc\nwasm: d-e_f\ncss: x1Y-z\n"), Some("x1Y-z"));
        assert_eq!(stylesheet_hash("js: abc\n"), None);
    }

    #[test]
    fn without_a_hash_file_the_plain_names_are_used() {
        let options = LeptosOptions::builder().output_name("randpas").build();
        let assets = Assets::new(&options);
        assert_eq!(&*assets.stylesheet, "/pkg/randpas.css");
        assert!(
            assets.start_script.contains("<script type=\"module\">"),
            "{}",
            assets.start_script
        );
        assert!(!assets.start_script.contains("nonce"));
    }
}
