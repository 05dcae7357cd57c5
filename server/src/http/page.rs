//! Small Dutch pages that the server makes itself, for when there is no application to do it: a request that
//! was refused before it reached a page, a crash, and the frame of the readable API page.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::problem::ProblemCode;

/// Text made safe for HTML content and quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The menu of every page that the server makes itself: address, icon, text.
const MENU: [(&str, &str, &str); 4] = [
    ("/pas", "pass", "Mijn pas"),
    ("/activiteiten", "calendar", "Activiteiten"),
    ("/scan", "scan", "Scannen"),
    ("/cijfers", "chart", "Cijfers"),
];

/// A whole page in the look of the application (docs: header of style/main.css), in Dutch unless `lang` says otherwise.
/// `title` is text; `body` is HTML that the caller made. `width` is a modifier of `main`.
pub(crate) fn frame(stylesheet: &str, lang: &str, width: &str, title: &str, body: &str) -> String {
    let (title, stylesheet) = (escape(title), escape(stylesheet));
    let menu: String = MENU
        .iter()
        .map(|(href, icon, text)| {
            format!(
                "<li class=\"nav__item\"><a class=\"nav__link\" href=\"{href}\">\
                 <svg class=\"icon\" aria-hidden=\"true\"><use href=\"/icons.svg#{icon}\"/></svg>\
                 <span class=\"nav__text\">{text}</span></a></li>"
            )
        })
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\" dir=\"ltr\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\">\
         <title>{title} · Randpas</title><meta name=\"color-scheme\" content=\"light dark\">\
         <meta name=\"description\" content=\"{title} van Randpas, de vrijetijdspas voor nieuwkomers.\">\
         <link rel=\"stylesheet\" href=\"{stylesheet}\">\
         <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\
         </head><body class=\"page\"><a class=\"skip\" href=\"#inhoud\">Naar de inhoud</a>\
         <header class=\"masthead\" lang=\"nl\"><a class=\"brand\" href=\"/\">\
         <svg class=\"brand__mark\" aria-hidden=\"true\">\
         <use href=\"/icons.svg#mark\"/></svg><span class=\"brand__name\">Randpas</span></a>\
         <nav class=\"nav\" aria-label=\"Hoofdmenu\"><ul class=\"nav__list\">{menu}</ul></nav>\
         <div class=\"masthead__account\"><a class=\"masthead__link\" href=\"/aanmelden\">Aanmelden</a></div></header>\
         <main class=\"main {width}\" id=\"inhoud\" tabindex=\"-1\">{body}</main></body></html>"
    )
}

/// A refusal as a page: what happened, and the way back.
pub(crate) fn refusal(stylesheet: &str, code: ProblemCode) -> Response {
    refusal_with(stylesheet, code, code.row().status)
}

/// The same with the status that the library chose.
pub(crate) fn refusal_with(stylesheet: &str, code: ProblemCode, status: StatusCode) -> Response {
    let row = code.row();
    let heading = match code {
        ProblemCode::NotFound => "Deze pagina bestaat niet",
        ProblemCode::TooLarge => "Dit is te groot",
        ProblemCode::CrossOrigin | ProblemCode::RoleDenied | ProblemCode::Unauthenticated => "Dit mag niet",
        ProblemCode::RateLimited | ProblemCode::Timeout => "Even wachten",
        _ => "Dit lukte niet",
    };
    let sentence = escape(row.message[0]);
    let body = format!(
        "<header class=\"page-head\"><h1 class=\"page-head__title\">{heading}</h1>\
         <p class=\"page-head__lead\">{sentence}</p></header>\
         <p class=\"button-row\"><a class=\"button button--main\" href=\"/\">Naar de startpagina</a></p>"
    );
    let mut response = (status, frame(stylesheet, "nl", "main--narrow", heading, &body)).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_place() {
        assert_eq!(escape("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
        assert!(frame("/pkg/randpas.css", "nl", "", "<b>", "").contains("<title>&lt;b&gt; · Randpas</title>"));
    }
}
