//! Every address of the site, in one table.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use leptos::config::LeptosOptions;

use crate::context::Context;
use crate::pages::{
    account, activities, check, counter, denominators, devices, doors, evening, figures, holder, home, offline, pair,
    programme, reports, scan,
};
use crate::respond::{PageError, Site, as_pages};
use crate::shell::Assets;

/// The pages and their forms. Every answer is a Dutch page, also for an address that does not exist.
///
/// The server's middleware has to put a [`crate::Viewer`] in the extensions of each request (nobody otherwise), to
/// refuse forms from other sites, and to add the security headers: the policy needs the hash of Leptos' start script,
/// which is written without a nonce.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the contract with the server: it hands them over"
)]
pub fn router(context: Context, options: LeptosOptions) -> Router {
    // Leptos spawns on the running tokio; already set by an earlier router in the same program (a test) is fine.
    let _ = any_spawner::Executor::init_tokio();
    let site = Site {
        context,
        assets: Arc::new(Assets::new(&options)),
    };
    Router::new()
        .route("/", get(home::show))
        .route("/over", get(home::about))
        .route("/offline", get(offline::show))
        .route("/aanmelden", get(account::show).post(account::log_in))
        .route("/afmelden", post(account::log_out))
        .route("/balie", get(counter::desk::show).post(counter::desk::issue))
        .route("/balie/pas/{number}", get(counter::card::show))
        .route("/balie/pas/{number}/lid", post(counter::member::post))
        .route("/balie/pas/{number}/link", post(counter::card::new_link))
        .route("/balie/pas/{number}/vervang", post(counter::card::replace))
        .route("/balie/pas/{number}/status", post(counter::card::change))
        .route("/pas", get(holder::show))
        .route("/pas/claim/{token}", get(holder::claim))
        .route("/pas/verwijderen", post(holder::forget_pass))
        .route("/activiteiten", get(activities::list::show).post(activities::add::add))
        .route("/activiteiten/{id}", get(activities::detail::show))
        .route("/koppel", get(pair::page::show))
        .route("/scan", get(scan::page::show))
        .route("/scan/nummer", post(scan::number::post))
        .route(
            "/scan/foto",
            post(scan::photo::post).layer(DefaultBodyLimit::max(scan::photo::BODY_LIMIT)),
        )
        .route("/scan/ongedaan", post(scan::verdict::undo))
        .route("/toestellen", get(devices::list::show))
        .route("/toestellen/koppel", post(devices::pair::post))
        .route("/toestellen/{id}/intrekken", post(devices::change::revoke))
        .route("/toestellen/{id}/sleutel", post(devices::change::roll))
        .route("/toestellen/{id}/taak", post(devices::change::set_role))
        .route("/avond", get(evening::page::show))
        .route("/avond/ongedaan", post(evening::put_right::undo))
        .route("/avond/meetellen", post(evening::put_right::release))
        .route(
            "/avond/wachtrij",
            post(evening::upload::post).layer(DefaultBodyLimit::max(evening::upload::BODY_LIMIT)),
        )
        .route(
            "/avond/nakomers",
            get(evening::late::page::show).post(evening::late::submit::post),
        )
        .route("/activiteiten/{id}/affiche", get(doors::poster::show))
        .route("/deur/{code}", get(doors::arrive::show).post(doors::arrive::arrive))
        .route(
            "/noemers",
            get(denominators::page::show)
                .post(denominators::change::keep)
                .layer(DefaultBodyLimit::max(denominators::change::BODY_LIMIT)),
        )
        .route(
            "/noemers/bekijk",
            post(denominators::upload::post).layer(DefaultBodyLimit::max(denominators::upload::BODY_LIMIT)),
        )
        .route("/noemers/sjabloon.csv", get(denominators::template::show))
        .route("/noemers/{id}/terug", post(denominators::change::undo))
        .route(
            "/controle",
            get(check::start)
                .post(check::post)
                .layer(DefaultBodyLimit::max(check::BODY_LIMIT)),
        )
        .route("/controle/{code}", get(check::show))
        .route("/cijfers", get(figures::overview::show))
        .route("/cijfers/eigen", get(figures::own::show))
        .route("/cijfers/methode", get(figures::method::show))
        .route("/cijfers/{code}", get(figures::detail::show))
        .route("/cijfers.csv", get(figures::csv::show))
        .route("/antwoord", get(reports::answer::show))
        .route("/verslagen", get(reports::list::show))
        .route("/verslagen/{kind}", get(reports::report::show))
        .route(
            "/acties",
            get(programme::actions::list::show).post(programme::actions::list::add),
        )
        .route(
            "/acties/{id}",
            get(programme::actions::detail::show).post(programme::actions::change::change),
        )
        .route("/acties/{id}/activiteiten", post(programme::actions::change::link))
        .route(
            "/acties/{id}/activiteiten/{activity}/los",
            post(programme::actions::change::loosen),
        )
        .route("/acties/{id}/kosten", post(programme::actions::change::add_cost))
        .route(
            "/acties/{id}/kosten/{cost}/terug",
            post(programme::actions::change::withdraw_cost),
        )
        .route("/acties/{id}/beslissing", post(programme::actions::change::decide))
        .route(
            "/partners",
            get(programme::partners::show).post(programme::partners::add),
        )
        .route("/partners/afspraken", post(programme::partners::agree))
        .route("/partners/afspraken/{id}/einde", post(programme::partners::end))
        .route("/begroting", get(programme::budget::page::show))
        .route("/begroting/instelling", post(programme::budget::change::set))
        .route("/begroting/ramingen", post(programme::budget::change::add_line))
        .route(
            "/begroting/ramingen/{id}/terug",
            post(programme::budget::change::withdraw_line),
        )
        .route("/begroting/kosten", post(programme::budget::change::add_cost))
        .route(
            "/begroting/kosten/{id}/terug",
            post(programme::budget::change::withdraw_cost),
        )
        .route("/lerend-netwerk", get(programme::network::page::show))
        .route("/lerend-netwerk/leden", post(programme::network::change::add_member))
        .route(
            "/lerend-netwerk/leden/{id}",
            get(programme::network::member::show).post(programme::network::member::change),
        )
        .route(
            "/lerend-netwerk/bijeenkomsten",
            post(programme::network::change::add_meeting),
        )
        .route(
            "/lerend-netwerk/praktijken",
            post(programme::network::change::add_practice),
        )
        .route(
            "/lerend-netwerk/{id}",
            get(programme::network::practice::show).post(programme::network::practice::change),
        )
        .fallback(async || PageError::NotFound)
        .layer(from_fn_with_state(site.clone(), as_pages))
        .with_state(site)
}
