//! `GET /api`: the API for people. A short Dutch introduction, then examples and tables for developers in English.
//! The text is `readable.html`; the tables come from the code, so that they cannot fall behind it.

use std::sync::LazyLock;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::{FigureCode, Lang, Reason};

use crate::http::page::{escape, frame};
use crate::http::problem::ProblemCode;
use crate::http::state::AppState;

const TEXT: &str = include_str!("readable.html");

static BODY: LazyLock<String> = LazyLock::new(|| {
    let figures = FigureCode::available().iter().map(|figure| {
        let code = figure.code();
        row("figure", code, &[figure.definition_nl()])
    });
    let reasons = Reason::ALL
        .iter()
        .map(|reason| row("reason", reason.code(), &[reason.sentence(Lang::En)]));
    let problems = ProblemCode::ALL.into_iter().map(|code| {
        let problem = code.row();
        row("problem", problem.code, &[problem.status.as_str(), problem.title])
    });
    TEXT.replace("<!-- figures -->", &figures.collect::<String>())
        .replace("<!-- reasons -->", &reasons.collect::<String>())
        .replace("<!-- problems -->", &problems.collect::<String>())
});

/// The page.
pub(crate) async fn get(State(state): State<AppState>) -> Response {
    let html = frame(&state.assets.stylesheet(), "nl", "main--wide", "API", &BODY);
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, html).into_response()
}

/// A table row that a link can lead to.
fn row(what: &str, code: &str, cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect();
    format!("<tr id=\"{what}-{code}\"><th scope=\"row\"><code>{code}</code></th>{cells}</tr>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_type_leads_to_its_place_on_the_page() {
        for code in ProblemCode::ALL {
            assert!(BODY.contains(&format!("id=\"problem-{}\"", code.row().code)));
        }
    }

    #[test]
    fn the_tables_are_filled() {
        assert!(!BODY.contains("<!--"), "a mark was left in the text");
        for figure in FigureCode::available() {
            assert!(BODY.contains(figure.code()));
        }
    }
}
