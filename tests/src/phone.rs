//! A paired phone without a screen: it makes its own key, writes its events down as a chain and hands them over signed,
//! exactly as docs/protocol.md §2–§4 says. Nothing here asks the server's own code how.

use std::sync::{Mutex, PoisonError};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::device::token::{DeviceClaims, compact, sync_input};
use domain::{
    ActivityId, DeviceEvent, DeviceId, EventKind, Package, QueueFile, Reason, ScanId, SyncAnswer, SyncRequest, Verdict,
};
use jiff::Timestamp;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use storage::Environment;

use crate::server::{Answer, Server, send};

/// A phone that is paired.
#[derive(Debug)]
pub struct Phone {
    /// The id that the server gave it.
    pub id: DeviceId,
    /// `http://host:port`; another one after the server moved.
    pub base: String,
    key: EcdsaKeyPair,
    http: Client,
    env: Environment,
    chain: Mutex<Chain>,
}

/// Where the chain of events is.
#[derive(Debug, Default)]
struct Chain {
    seq: i64,
    prev: Option<String>,
}

impl Phone {
    /// Pairs a new phone with this organiser, by a code of the command line.
    ///
    /// # Panics
    /// When the server will not have it.
    pub async fn pair(server: &Server, organiser: &str, role: &str) -> Self {
        let code = pairing_code(server, organiser, role).await;
        let key = new_key();
        let answer = pair(server, &code, "Gsm van de toets", &jwk(&key)).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        let Ok(id) = answer.member("device_id").parse() else {
            panic!("no device: {}", answer.text)
        };
        Self::with_key(&server.url(""), id, key)
    }

    /// A phone that has this key and was given this id.
    #[must_use]
    pub fn with_key(base: &str, id: DeviceId, key: EcdsaKeyPair) -> Self {
        Self {
            id,
            base: base.trim_end_matches('/').to_owned(),
            key,
            http: Client::new(),
            env: Environment::system(),
            chain: Mutex::default(),
        }
    }

    /// Scans a pass: the phone counts it.
    pub fn check_in(&self, credential: &str, activity: ActivityId) -> DeviceEvent {
        self.write_down(|event| {
            event.credential = Some(credential.to_owned());
            event.activity_id = activity;
        })
    }

    /// Types a number: the phone notes it and cannot judge it.
    pub fn typed(&self, number: &str, activity: ActivityId) -> DeviceEvent {
        self.write_down(|event| {
            event.number = Some(number.to_owned());
            event.activity_id = activity;
            event.device_verdict = Verdict::Flagged;
            event.device_reason = Reason::NeedsOnline;
            event.manual = true;
        })
    }

    /// Takes a scan back.
    pub fn annul(&self, scan: &DeviceEvent) -> DeviceEvent {
        self.write_down(|event| {
            event.kind = EventKind::Annul;
            event.target_scan_id = Some(scan.scan_id);
            event.activity_id = scan.activity_id;
            event.device_verdict = Verdict::Annulled;
            event.device_reason = Reason::Annulled;
        })
    }

    /// The next event of the chain, changed by `change` before it is written down.
    pub fn write_down(&self, change: impl FnOnce(&mut DeviceEvent)) -> DeviceEvent {
        let mut chain = self.chain.lock().unwrap_or_else(PoisonError::into_inner);
        let mut event = DeviceEvent {
            scan_id: ScanId::from(self.env.uuid_v7()),
            seq: chain.seq + 1,
            prev: chain.prev.clone(),
            kind: EventKind::CheckIn,
            credential: None,
            number: None,
            activity_id: ActivityId::from(self.env.uuid_v7()),
            target_scan_id: None,
            occurred_at: self.env.now(),
            clock_offset_ms: 0,
            package_epoch: 1,
            device_verdict: Verdict::Counted,
            device_reason: Reason::Ok,
            manual: false,
        };
        change(&mut event);
        chain.seq = event.seq;
        chain.prev = Some(event.next_prev());
        event
    }

    /// A request that hands these over, when nothing more waits.
    #[must_use]
    pub fn request(&self, events: &[DeviceEvent]) -> SyncRequest {
        SyncRequest {
            device_id: self.id,
            sent_at: self.env.now(),
            waiting: 0,
            recent_since: None,
            events: events.to_vec(),
        }
    }

    /// The JWS that hands these events over.
    #[must_use]
    pub fn jws(&self, events: &[DeviceEvent]) -> String {
        self.jws_of(&self.request(events))
    }

    /// A JWS over any payload, also one that is wrong on purpose.
    ///
    /// # Panics
    /// When the payload cannot be written.
    #[must_use]
    pub fn jws_of(&self, payload: &impl serde::Serialize) -> String {
        match serde_json::to_vec(payload) {
            Ok(payload) => self.sign(&sync_input(self.id, &payload)),
            Err(error) => panic!("the payload cannot be written: {error}"),
        }
    }

    /// Signs `header.payload` and gives the compact form.
    ///
    /// # Panics
    /// When the library cannot sign.
    #[must_use]
    pub fn sign(&self, input: &str) -> String {
        match self.key.sign(&SystemRandom::new(), input.as_bytes()) {
            Ok(signature) => compact(input, signature.as_ref()),
            Err(error) => panic!("not signed: {error}"),
        }
    }

    /// A token as of now.
    #[must_use]
    pub fn token(&self) -> String {
        self.token_at(self.env.now())
    }

    /// A token of a phone whose clock says this.
    #[must_use]
    pub fn token_at(&self, now: Timestamp) -> String {
        self.sign(&DeviceClaims::new(self.id, &self.base, now).signing_input())
    }

    /// A request with the phone's token.
    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        request.header("authorization", format!("Device {}", self.token()))
    }

    /// Hands events over and reads the answer, whatever it is.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn sync(&self, events: &[DeviceEvent]) -> Answer {
        self.post(self.jws(events)).await
    }

    /// Posts a JWS, also one that is wrong on purpose.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn post(&self, jws: String) -> Answer {
        send(self.posting(jws)).await
    }

    /// Hands events over; `None` when there was no whole, good answer: then the phone keeps them and sends them again.
    pub async fn try_sync(&self, events: &[DeviceEvent]) -> Option<SyncAnswer> {
        let response = self.posting(self.jws(events)).send().await.ok()?;
        response.error_for_status().ok()?.json().await.ok()
    }

    fn posting(&self, jws: String) -> RequestBuilder {
        let request = self.http.post(format!("{}/api/v1/device/sync", self.base));
        request.header("content-type", "application/jose").body(jws)
    }

    /// Hands events over and reads the results.
    ///
    /// # Panics
    /// When the server does not take them.
    pub async fn hand_over(&self, events: &[DeviceEvent]) -> SyncAnswer {
        let answer = self.sync(events).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        match serde_json::from_str(&answer.text) {
            Ok(read) => read,
            Err(error) => panic!("not the answer of §4 ({error}): {}", answer.text),
        }
    }

    /// The package as it is now.
    ///
    /// # Panics
    /// When the server gives none.
    pub async fn package(&self) -> Package {
        let answer = send(self.ask(Method::GET, "/api/v1/device/package")).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        match serde_json::from_str(&answer.text) {
            Ok(package) => package,
            Err(error) => panic!("not the package of §3 ({error}): {}", answer.text),
        }
    }

    /// Tells the server of a new key; [`Phone::adopt`] takes it into use.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn put_key(&self, key: &EcdsaKeyPair) -> Answer {
        let request = self.ask(Method::PUT, "/api/v1/device/key");
        send(request.json(&json!({ "public_key": jwk(key) }))).await
    }

    /// Signs with this key from now on; gives the one before.
    pub fn adopt(&mut self, key: EcdsaKeyPair) -> EcdsaKeyPair {
        std::mem::replace(&mut self.key, key)
    }

    /// The file that the phone saves when it finds no network.
    #[must_use]
    pub fn queue_file(&self, batches: &[&[DeviceEvent]]) -> Value {
        json!(QueueFile::new(batches.iter().map(|events| self.jws(events)).collect()))
    }
}

/// A code for one phone, made on the command line.
///
/// # Panics
/// When the command prints none.
pub async fn pairing_code(server: &Server, organiser: &str, role: &str) -> String {
    let arguments = ["pairing", "create", "--organiser", organiser, "--role", role];
    let ran = server.home().run(&arguments).await.succeeded();
    match ran.stdout.trim_end().lines().last() {
        Some(code) if !code.trim().is_empty() => code.trim().to_owned(),
        _ => panic!("no code on the last line: {}", ran.stdout),
    }
}

/// Asks to pair.
///
/// # Panics
/// When there is no answer.
pub async fn pair(server: &Server, code: &str, name: &str, public_key: &Value) -> Answer {
    let body = json!({ "pairing_code": code, "name": name, "public_key": public_key });
    server.post("/api/v1/devices", "", &body).await
}

/// A new key.
///
/// # Panics
/// When the library makes none.
#[must_use]
pub fn new_key() -> EcdsaKeyPair {
    match EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING) {
        Ok(key) => key,
        Err(error) => panic!("no key: {error}"),
    }
}

/// The public half as WebCrypto exports it.
#[must_use]
pub fn jwk(key: &EcdsaKeyPair) -> Value {
    let point = key.public_key().as_ref();
    let (x, y) = point.get(1..).unwrap_or_default().split_at(32);
    json!({
        "kty": "EC", "crv": "P-256", "ext": true, "key_ops": ["verify"],
        "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
    })
}
