//! `randpas serve`: the website and the API on one address.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::http::Uri;
use axum::serve::ListenerExt;
use clap::Args;
use leptos::config::LeptosOptions;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::api::v1::device::packages::Packages;
use crate::auth::limiter::Limiter;
use crate::auth::password::Passwords;
use crate::auth::tokens::Tokens;
use crate::demo::Size;
use crate::http::assets::Assets;
use crate::http::headers::SecurityHeaders;
use crate::http::problem::chain;
use crate::http::state::{AppState, Shared};

use super::demo;
use super::failure::Failure;
use super::output::Output;
use super::place::Place;

/// How long open requests may take to finish when the server is told to stop.
const GRACE: Duration = Duration::from_secs(10);
/// How often keys of other servers and revocations are looked up.
const KEY_REFRESH: Duration = Duration::from_secs(60);
/// Wrong pairing codes at once from one address.
const PAIRING_TRIES: u32 = 20;
/// Time for one more try.
const PAIRING_REFILL: Duration = Duration::from_secs(15);

/// How to serve.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Address and port to listen on.
    #[arg(
        long,
        value_name = "HOST:PORT",
        default_value = "127.0.0.1:3000",
        env = "RANDPAS_ADDR"
    )]
    addr: String,
    /// The address that people type, when a proxy stands before the server: `https://pas.example.be`.
    #[arg(long, value_name = "URL", env = "RANDPAS_PUBLIC_URL")]
    public_url: Option<String>,
    /// Folder with the built site; the default is `site` next to the folder of this program.
    #[arg(long, value_name = "DIR", env = "RANDPAS_SITE")]
    site: Option<PathBuf>,
    /// Fill an empty database with demo data first, and print the demo log-ins.
    #[arg(long)]
    demo: bool,
    /// Log lines as JSON.
    #[arg(long, env = "RANDPAS_LOG_JSON")]
    log_json: bool,
}

/// Serves until it is told to stop.
pub(crate) async fn run(place: &Place, arguments: Arguments, output: &mut Output) -> Result<(), Failure> {
    log(arguments.log_json);
    let public = arguments.public_url.as_deref().map(public_url).transpose()?;
    let secure = public.as_ref().is_some_and(|url| url.scheme_str() == Some("https"));
    let issuer = place.issuer()?;
    // The port first: nobody should wait for demo data to hear that it is taken.
    let listener = listen(&arguments.addr).await?;
    let address = listener
        .local_addr()
        .map_err(|error| Failure::environment(format!("The port is lost: {error}.")))?;
    let store = place.open().await?;
    if arguments.demo {
        demo::fill(place, &store, Size::default()).await?;
    }
    let keys = place.keys(&store).await?;
    let report_keys = Arc::new(place.report_keys(&store).await?);
    let site = site(arguments.site);
    let assets = Assets::load(&site).map_err(|error| Failure::environment(format!("{}.", chain(&error))))?;
    if assets.len() == 0 {
        eprintln!(
            "randpas: there is no built site in {}; pages have no style (build it with `make build`).",
            site.display()
        );
    }
    let options = leptos_options(&site, address);
    let passwords = Passwords::new(store.clone()).map_err(|error| Failure::Other(format!("{}.", chain(&error))))?;
    let state = AppState::new(Shared {
        tokens: Tokens::new(store.clone()),
        pairing_tries: Limiter::new(PAIRING_TRIES, PAIRING_REFILL),
        packages: Packages::new(store.clone(), issuer.clone()),
        ring: keys.ring.clone(),
        report_keys: report_keys.clone(),
        issuer: issuer.clone(),
        secure,
        public_authority: public.as_ref().and_then(|url| url.authority().map(ToString::to_string)),
        headers: SecurityHeaders::new(&options, secure),
        assets,
        store: store.clone(),
    });
    let pages = app::router(
        app::Context {
            store: store.clone(),
            signer: keys.signer.clone(),
            verifier: keys.ring.clone(),
            passwords: Arc::new(passwords),
            queue: Arc::new(state.clone()),
            seals: report_keys,
            issuer,
            public_url: public.as_ref().map(|url| url.to_string().trim_end_matches('/').into()),
            secure,
        },
        options,
    );
    let ring = keys.ring;
    let refresh = tokio::spawn(async move { ring.keep_current(KEY_REFRESH).await });
    if arguments.demo && demo::is_demo(&store).await? {
        demo::print_log_ins(output)?;
    }
    output.line(&format!("Listening on http://{address}"))?;
    output.flush()?;
    serve(listener, crate::http::router(&state, pages)).await?;
    refresh.abort();
    store.close().await;
    Ok(())
}

async fn serve(listener: TcpListener, router: Router) -> Result<(), Failure> {
    let service: IntoMakeServiceWithConnectInfo<Router, SocketAddr> = router.into_make_service_with_connect_info();
    // Small answers must not wait for more to send with them.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps small answers back");
        }
    });
    let (stopping, mut stopped) = tokio::sync::watch::channel(false);
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        told_to_stop().await;
        tracing::info!("stopping: open requests may finish");
        let _nobody_waits = stopping.send(true);
    });
    let too_late = async move {
        // The sender goes away with the server: then there is nothing to hurry.
        if stopped.wait_for(|stopping| *stopping).await.is_ok() {
            tokio::time::sleep(GRACE).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        done = server => done.map_err(|error| Failure::environment(format!("The server stopped: {error}."))),
        () = too_late => {
            tracing::warn!("some requests did not finish in {} seconds", GRACE.as_secs());
            Ok(())
        }
    }
}

/// Ctrl-C, or SIGTERM from whoever runs services.
async fn told_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

async fn listen(address: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => Failure::environment(format!(
            "{address} is already in use by another program: \
             stop that one, or choose another port with --addr HOST:PORT."
        )),
        io::ErrorKind::PermissionDenied => Failure::environment(format!(
            "This user may not listen on {address}: choose a port above 1023 with --addr HOST:PORT."
        )),
        io::ErrorKind::InvalidInput => Failure::usage(format!(
            "--addr {address:?} is not an address with a port, such as 127.0.0.1:3000."
        )),
        _ => Failure::environment(format!("Cannot listen on {address}: {error}.")),
    })
}

pub(super) fn public_url(text: &str) -> Result<Uri, Failure> {
    text.trim_end_matches('/')
        .parse::<Uri>()
        .ok()
        .filter(|url| matches!(url.scheme_str(), Some("http" | "https")) && matches!(url.path(), "" | "/"))
        .ok_or_else(|| {
            Failure::usage(format!(
                "--public-url {text:?} is not an address such as https://pas.example.be."
            ))
        })
}

/// The option, else `../site` as seen from the program (`target/release/randpas` → `target/site`), else the folder
/// `target/site` below where we are.
fn site(given: Option<PathBuf>) -> PathBuf {
    given.unwrap_or_else(|| {
        std::env::current_exe()
            .ok()
            .and_then(|program| Some(program.parent()?.parent()?.join("site")))
            .filter(|folder| folder.is_dir())
            .unwrap_or_else(|| PathBuf::from("target/site"))
    })
}

/// What Leptos must know to write the right names of scripts and styles.
fn leptos_options(site: &Path, address: SocketAddr) -> LeptosOptions {
    // Leptos looks for the names with a hash next to the program, and stops when they are promised and not there.
    let hashes = std::env::current_exe()
        .ok()
        .and_then(|program| Some(program.parent()?.join("hash.txt")));
    LeptosOptions::builder()
        .output_name("randpas")
        .site_root(site.display().to_string())
        .site_pkg_dir("pkg")
        .site_addr(address)
        .hash_files(hashes.is_some_and(|file| file.is_file()))
        .build()
}

/// Log lines on standard error. `RUST_LOG` chooses what; the default is quiet about scans.
fn log(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_target(false)
        .with_ansi(io::IsTerminal::is_terminal(&io::stderr()));
    let set = if json {
        builder.json().try_init()
    } else {
        builder.try_init()
    };
    if let Err(error) = set {
        eprintln!("randpas: no log lines: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_an_origin() {
        assert_eq!(
            public_url("https://pas.example.be/").unwrap().scheme_str(),
            Some("https")
        );
        for wrong in [
            "pas.example.be",
            "ftp://pas.example.be",
            "https://pas.example.be/app",
            "",
            "https://",
        ] {
            assert!(matches!(public_url(wrong), Err(Failure::Usage(_))), "{wrong}");
        }
    }

    #[tokio::test]
    async fn a_taken_port_says_what_to_do() {
        let first = listen("127.0.0.1:0").await.unwrap();
        let address = first.local_addr().unwrap().to_string();
        let Err(Failure::Environment(sentence)) = listen(&address).await else {
            unreachable!("the port is taken")
        };
        assert!(sentence.contains("--addr"));
    }
}
