//! A paired phone, in the browser: its key, its package, its outbox. `docs/protocol.md` §2–§6 is the specification, and
//! every rule of it is asked of the domain crate: here is only where things are kept and how they travel.
//!
//! - `idb`, `crypto`, `net`: IndexedDB, WebCrypto and `fetch`, with promises
//! - `wire`: the JSON of both, as the domain lays it out
//! - `memory`: what is known while the page is open
//! - `store`: what is kept on the phone, and what is written together
//! - `signed`: requests in the device's name, with either of its keys
//! - `package`: fetching what the phone has to know
//! - `outbox`: handing over what was scanned; `answer`: what becomes of it
//! - `roll`: another key, when the organiser asks for one
//! - `background`: what the service worker sends when the page is gone; it knows no rule
//! - `export`: the queue as a file
//!
//! A tab changes nothing of the chain from memory: number and link of an event are read and written in one transaction,
//! so that two tabs make one chain.

pub(crate) mod answer;
pub(crate) mod background;
pub(crate) mod crypto;
pub(crate) mod export;
pub(crate) mod idb;
pub(crate) mod memory;
pub(crate) mod net;
pub(crate) mod outbox;
pub(crate) mod package;
mod roll;
mod signed;
pub(crate) mod store;
pub(crate) mod wire;
