//! `GET /api`: the API for people. A short Dutch introduction, then examples and tables for developers in English.

use std::fmt::Write;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::{FigureCode, Lang, Reason};

use crate::http::page::{escape, frame};
use crate::http::problem::ProblemCode;
use crate::http::state::AppState;

const INTRODUCTION: &str = "\
<header class=\"page-head\"><p class=\"page-head__kicker\">Voor programma’s</p><h1 class=\"page-head__title\">API</h1>\
<p class=\"page-head__lead\">Hiermee werkt een kassa, een ticketsysteem of een rapport samen met Randpas.</p></header>\
<div class=\"prose\"><p>Een programma telt een bezoek, kijkt of een pas geldig is, toont activiteiten of leest cijfers. \
Vraag de coördinator om een sleutel (een <em>token</em>). Cijfers en activiteiten zijn openbaar.</p>\
<p>De volledige beschrijving voor programma’s: <a href=\"/api/v1/openapi.json\">openapi.json</a>. \
De publieke sleutels: <a href=\"/.well-known/jwks.json\">jwks.json</a>.</p>\
<div lang=\"en\"><h2>For developers</h2>\
<p>Send and receive JSON in UTF-8. Scanning and looking passes up need a token: \
<code>Authorization: Bearer &lt;token&gt;</code>, made by <code>randpas client create --name Till --role ticketing</code>. \
The body may have 256 KiB. Activities and figures are public. Times are RFC 3339, days are Belgian days.</p>";

/// Title, method and path, explanation, example.
const ENDPOINTS: [[&str; 4]; 5] = [
    [
        "Count a visit",
        "POST /api/v1/check-ins",
        "Make a UUIDv7 for every scan and send the same one when you retry: you get the stored verdict again (200 instead of 201). \
         The answer comes after the scan is safely on disk. A pass that is refused is no error: look at <code>verdict</code>.",
        "curl -X POST -H 'Authorization: Bearer TOKEN' -H 'Content-Type: application/json' \\\n  \
         -d '{\"scan_id\":\"0198c0de-0000-7000-8000-000000000001\",\"number\":\"XXXX-XXXX-XXX\",\"activity_id\":\"…\"}' \\\n  \
         https://…/api/v1/check-ins\n\n\
         {\"scan_id\":\"0198c0de-0000-7000-8000-000000000001\",\"verdict\":\"counted\",\"reason\":\"ok\",\"flags\":[],\n \
         \"first_visit\":false,\"message\":{\"nl\":\"…\",\"fr\":\"…\",\"en\":\"…\"}}",
    ],
    [
        "Take a scan back",
        "DELETE /api/v1/check-ins/{scan_id}",
        "Within 15 minutes by who made it, later by the organiser. The visit no longer counts; nothing is erased.",
        "{\"scan_id\":\"…\",\"verdict\":\"annulled\",\"reason\":\"annulled\",\"flags\":[],\"first_visit\":false,\"message\":{…}}",
    ],
    [
        "Look a pass up",
        "GET /api/v1/passes/{number}",
        "Whether a scan today would be accepted. Nothing about the person.",
        "{\"number\":\"XXXX-XXXX-XXX\",\"valid\":true,\"status\":\"valid\",\"reason\":\"ok\",\"from\":\"2026-01-01\",\"until\":\"2026-12-31\"}",
    ],
    [
        "List activities",
        "GET /api/v1/activities?open_now=true&amp;municipality=23102",
        "Also <code>organiser</code>, <code>upcoming</code>, <code>search</code>, <code>limit</code> (1–200) and <code>after</code> \
         (the <code>next</code> of the page before).",
        "{\"items\":[{\"id\":\"…\",\"name\":\"…\",\"organiser\":\"…\",\"municipality\":\"23102\",\"open_now\":true, …}],\"next\":null}",
    ],
    [
        "Read a figure",
        "GET /api/v1/figures/{code}?period=2026&amp;by=municipality",
        "With <code>by</code> you split it by one or two of municipality, month, organiser, organiser_kind, activity_type. \
         With two, <code>key</code> joins both with “ × ” and <code>keys</code> has them apart. A value of <code>null</code> with \
         <code>hidden: true</code> stands for fewer than five people; it is never 0.",
        "{\"code\":\"participants\",\"definition\":\"…\",\"period\":\"2026\",\"data_date\":\"…\",\"coverage\":{…},\"suppression\":{…},\n \
         \"rows\":[{\"key\":\"23102\",\"keys\":[\"23102\"],\"value\":214,\"hidden\":false}, …],\"total\":{…}}",
    ],
];

/// The page.
pub(crate) async fn get(State(state): State<AppState>) -> Response {
    let html = frame(&state.assets.stylesheet(), "nl", "main--wide", "API", &body());
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, html).into_response()
}

fn body() -> String {
    let mut html = INTRODUCTION.to_owned();
    for [title, request, explanation, example] in ENDPOINTS {
        let _infallible = write!(
            html,
            "<h3>{title}</h3><p><code>{request}</code></p><p>{explanation}</p><pre tabindex=\"0\"><code>{}</code></pre>",
            escape(example)
        );
    }
    html.push_str("<h3>Figures</h3><table><thead><tr><th scope=\"col\">code</th><th scope=\"col\">definition</th></tr></thead><tbody>");
    for code in FigureCode::available() {
        let definition = escape(code.definition_nl());
        row(
            &mut html,
            &format!("figure-{}", code.code()),
            code.code(),
            &[&format!("<span lang=\"nl\">{definition}</span>")],
        );
    }
    html.push_str(
        "</tbody></table><h3>Reasons of a verdict</h3><table><thead><tr><th scope=\"col\">reason</th>\
         <th scope=\"col\">sentence</th></tr></thead><tbody>",
    );
    for reason in Reason::ALL {
        row(
            &mut html,
            &format!("reason-{}", reason.code()),
            reason.code(),
            &[&escape(reason.sentence(Lang::En))],
        );
    }
    html.push_str(
        "</tbody></table><h3>Problems</h3><p>Every refusal is <code>application/problem+json</code> with <code>type</code>, \
         <code>title</code>, <code>status</code>, <code>detail</code>, <code>code</code> and <code>user_message</code> (nl, fr, en). \
         <code>errors</code> names every wrong field.</p><table><thead><tr><th scope=\"col\">code</th><th scope=\"col\">status</th>\
         <th scope=\"col\">meaning</th></tr></thead><tbody>",
    );
    for code in ProblemCode::ALL {
        let problem = code.row();
        let status = problem.status.as_u16().to_string();
        row(
            &mut html,
            &format!("problem-{}", problem.code),
            problem.code,
            &[&status, &escape(problem.title)],
        );
    }
    html.push_str("</tbody></table></div></div>");
    html
}

/// A table row with a heading cell; the cells are HTML.
fn row(html: &mut String, id: &str, heading: &str, cells: &[&str]) {
    let cells: String = cells.iter().map(|cell| format!("<td>{cell}</td>")).collect();
    let _infallible = write!(
        html,
        "<tr id=\"{id}\"><th scope=\"row\"><code>{heading}</code></th>{cells}</tr>"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_type_leads_to_its_place_on_the_page() {
        let html = body();
        for code in ProblemCode::ALL {
            assert!(html.contains(&format!("id=\"problem-{}\"", code.row().code)));
        }
        assert_eq!(html.matches("<table").count(), html.matches("</table>").count());
    }
}
