//! `GET /lerend-netwerk/{id}`: a practice sheet with the figures that back it, counted now and protected.

use axum::extract::{Path, Query};
use axum::response::Response;
use domain::{Figure, PracticeId};
use leptos::prelude::*;
use storage::{ActionFilter, FigureRequest, Practice, PracticeFigure, Scope};

use super::form;
use crate::charts::table::table;
use crate::components::field::error_summary;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, notice, page_head};
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, network as text, programme};
use crate::pages::programme::{News, parts, require_writer, with_errors, writes};
use crate::respond::{Page, PageError, Visit, see_other};

/// `GET /lerend-netwerk/{id}`
pub(crate) async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(news): Query<News>,
) -> Result<Response, PageError> {
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    page(&visit, id, None, text::done(&news.gedaan)).await
}

/// `POST /lerend-netwerk/{id}`
pub(crate) async fn change(visit: Visit, Path(id): Path<String>, typed: Typed) -> Result<Response, PageError> {
    require_writer(&visit)?;
    let id: PracticeId = id.parse().map_err(|_| PageError::NotFound)?;
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let form = match form::practice(typed.clone()) {
        Ok(change) => match store.change_practice(scope, id, &change).await {
            Ok(()) => {
                return Ok(see_other(
                    &format!("/lerend-netwerk/{id}?gedaan=praktijk_gewijzigd"),
                    [],
                ));
            }
            Err(storage::Error::Invalid(_)) => {
                let mut form = Filled::new(typed);
                form.wrong(form::TITLE, programme::NOT_KEPT);
                form
            }
            Err(error) => return Err(error.into()),
        },
        Err(form) => form,
    };
    page(&visit, id, Some(form), None).await
}

/// What everybody may see of a figure, whoever looks: a sheet is a public page.
async fn counted(visit: &Visit, practice: &Practice, figure: &PracticeFigure) -> Option<Figure> {
    let request = FigureRequest {
        partnership: Some(practice.partnership),
        ..FigureRequest::new(figure.code, figure.period).by(&figure.by)
    };
    match visit.context().store.compute(&Scope::public(), &request).await {
        Ok(figure) => Some(figure),
        Err(error) => {
            tracing::warn!(%error, practice = %practice.id, code = %figure.code, "a linked figure could not be counted");
            None
        }
    }
}

async fn page(
    visit: &Visit,
    id: PracticeId,
    form: Option<Filled>,
    news: Option<&'static str>,
) -> Result<Response, PageError> {
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let practice = store.practice(scope, id).await?.ok_or(PageError::NotFound)?;
    let mut figures = Vec::with_capacity(practice.figures.len());
    for figure in &practice.figures {
        figures.push((figure.clone(), counted(visit, &practice, figure).await));
    }
    let writes = writes(visit);
    let today = store.env().today();
    let edit = if writes {
        let members = store.network_members(scope, None).await?;
        let actions = store.actions(scope, &ActionFilter::default()).await?;
        Some((members, actions))
    } else {
        None
    };
    let form = form.unwrap_or_else(|| form::of_practice(&practice));
    let (status, title) = with_errors(&[&form], practice.title.clone());
    let description = text::practice_description(&practice.title);
    let page = Page::new(title, description, move || {
        let by = practice
            .member
            .as_ref()
            .map_or(text::BY_OURSELVES, |(_, name)| name.as_str());
        let lead = text::shared(&nl::date(practice.shared_on), by);
        let action = practice
            .action
            .as_ref()
            .map(|(_, name)| view! { <p class="note">{text::of_action(name)}</p> });
        view! {
            {page_head(Some(text::KICKER_PRACTICE.to_owned()), practice.title.clone(), Some(lead))}
            {news.map(|words| notice(Tone::Ok, words))}
            <article class="report">
                {part(text::THE_PROBLEM, &practice.problem)}
                {part(text::THE_APPROACH, &practice.approach)}
                {part(text::THE_RESULT, &practice.result)}
                {(!figures.is_empty()).then(|| figure_part(&figures))}
            </article>
            {action}
            {edit
                .map(|(members, actions)| {
                    let content = view! {
                        <form class="form" method="post" action=format!("/lerend-netwerk/{id}") novalidate>
                            {error_summary(&form)}
                            {form::practice_fields(&form, &members, &actions, today)}
                            <button class="button button--main">{programme::KEEP}</button>
                        </form>
                    };
                    parts::fold(text::CHANGE_PRACTICE, !form.errors.is_empty(), content.into_any())
                })}
            <p class="section">
                <a class="link-more" href="/lerend-netwerk">{text::TO_NETWORK}</a>
            </p>
        }
    });
    let page = page.section(Section::Figures).status(status);
    let page = if writes { page.unlisted() } else { page };
    Ok(page.answer(visit).await)
}

fn part(heading: &'static str, words: &str) -> AnyView {
    let lines = words
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <p>{line.to_owned()}</p> })
        .collect_view();
    view! {
        <section class="report__section">
            <h2 class="report__heading">{heading}</h2>
            <div class="prose">{lines}</div>
        </section>
    }
    .into_any()
}

fn figure_part(figures: &[(PracticeFigure, Option<Figure>)]) -> AnyView {
    let shown = figures
        .iter()
        .map(|(linked, figure)| {
            let caption = text::figure_caption(linked.code.title_nl(), &linked.period.label_nl());
            let inside = match figure {
                Some(figure) => view! { {table(&caption, &[figure], |_| None)} {method(figure)} }.into_any(),
                None => view! { <p>{text::NOT_COUNTED}</p> }.into_any(),
            };
            view! {
                <section class="report__figure">
                    <h3 class="figure__title">{caption}</h3>
                    {inside}
                </section>
            }
        })
        .collect_view();
    view! {
        <section class="report__section">
            <h2 class="report__heading">{text::FIGURES}</h2>
            <p class="note">{text::FIGURES_LIVE}</p>
            {shown}
        </section>
    }
    .into_any()
}

/// What every figure carries: definition, data date, suppression rule, and where to ask more of it.
fn method(figure: &Figure) -> AnyView {
    let more = format!("/cijfers/{}?periode={}", figure.code, figure.period);
    let lines = [
        figure.definition.clone(),
        text::counted_up_to(&nl::moment(figure.data_date)),
        figure.suppression.rule.clone(),
    ]
    .into_iter()
    .chain(figure.notes.iter().cloned())
    .map(|line| view! { <p class="method__line">{line}</p> })
    .collect_view();
    view! {
        <footer class="method">
            {lines}
            <p class="method__links">
                <a href=more>{text::MORE_FIGURES}</a>
            </p>
        </footer>
    }
    .into_any()
}
