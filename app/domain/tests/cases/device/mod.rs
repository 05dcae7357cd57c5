//! `device.json`: a paired phone, from the pairing code to what becomes of an event; one file a theme.

mod chain;
mod event;
mod judge;
mod messages;
mod package;
mod pairing;
mod status;
mod time;
mod token;
mod undo;

use serde::Deserialize;

use super::File;

#[derive(Deserialize)]
struct Vectors {
    links: Vec<chain::Link>,
    chains: Vec<chain::Chain>,
    pairing_written: Vec<pairing::Written>,
    pairing_typed: Vec<pairing::Typed>,
    status_built: Vec<status::Built>,
    status_read: Vec<status::Read>,
    packages: Vec<package::Named>,
    judged: Vec<judge::Case>,
    likely: Vec<package::Likely>,
    events: Vec<event::Case>,
    not_events: Vec<event::Wrong>,
    messages: Vec<messages::Message>,
    tokens: Vec<token::Token>,
    settled: Vec<messages::Settled>,
    honoured: Vec<messages::Honoured>,
    may_annul: Vec<undo::Annul>,
    effective_at: Vec<time::Effective>,
    freshness: Vec<time::Fresh>,
}

pub(in super::super) fn build() -> String {
    File::new(
        "A paired phone (docs/protocol.md §2-§6): the chain of its events, pairing codes, status lists (base64url of \
         zlib; `bytes` is hexadecimal), packages and what the phone decides by them alone, events as sent and what is \
         hashed of them, what it signs, what becomes of an event once it is answered, who may take a scan back, when a \
         scan counts, and how old a package is. `remembered` and `key` are visit keys: base64url of the first eight \
         bytes of SHA-256 over `window`. A status list of another zlib may have other bytes; it must unpack to the same.",
    )
    .list("links", &chain::links())
    .list("chains", &chain::chains())
    .list("pairing_written", &pairing::written())
    .list("pairing_typed", &pairing::typed())
    .list("status_built", &status::built())
    .list("status_read", &status::read())
    .list("packages", &package::packages())
    .list("judged", &judge::cases())
    .list("likely", &package::likely())
    .list("events", &event::cases())
    .list("not_events", &event::wrong())
    .list("messages", &messages::messages())
    .list("tokens", &token::tokens())
    .list("settled", &messages::settled())
    .list("honoured", &messages::honoured())
    .list("may_annul", &undo::annuls())
    .list("effective_at", &time::effective())
    .list("freshness", &time::fresh())
    .text()
}

pub(in super::super) fn check(json: &str) {
    let vectors: Vectors = serde_json::from_str(json).unwrap();
    chain::check(&vectors.links, &vectors.chains);
    pairing::check(&vectors.pairing_written, &vectors.pairing_typed);
    status::check(&vectors.status_built, &vectors.status_read);
    judge::check(&vectors.packages, &vectors.judged);
    package::check(&vectors.packages, &vectors.likely);
    event::check(&vectors.events, &vectors.not_events);
    messages::check(&vectors.messages, &vectors.settled, &vectors.honoured);
    token::check(&vectors.tokens);
    undo::check(&vectors.may_annul);
    time::check(&vectors.packages, &vectors.effective_at, &vectors.freshness);
}
