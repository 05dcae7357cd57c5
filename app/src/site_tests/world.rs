//! A site with a counter, a club and a coordinator in Wemmel, at a fixed moment.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use domain::{Cents, CountingRule, KeyVerdict, Nis, OrganiserKind, SignatureVerifier};
use jiff::{SignedDuration, Timestamp};
use leptos::config::LeptosOptions;
use storage::{
    Activity, DatabaseUrl, Environment, MovableClock, NewAccount, NewActivity, NewOrganiser, PassSigner, Role, Scope,
    SignError, Store,
};
use tower::ServiceExt as _;

use crate::{
    Context, LogInError, PasswordCheck, QueueReceipt, QueueUpload, QueueUploadError, Upload, Verification, Viewer,
    router,
};

/// Friday evening, winter time: 19.05 in Brussels.
pub(super) const NOW: &str = "2026-11-20T18:05:00Z";
pub(super) const PASSWORD: &str = "zomer";

struct AnySigner;

impl PassSigner for AnySigner {
    fn kid(&self) -> u8 {
        1
    }

    fn sign(&self, _: &[u8]) -> Result<[u8; 64], SignError> {
        Ok([7; 64])
    }
}

struct AnyVerifier;

impl SignatureVerifier for AnyVerifier {
    fn verify(&self, _: u8, _: &[u8], signature: &[u8; 64]) -> KeyVerdict {
        if *signature == [7; 64] {
            KeyVerdict::Valid
        } else {
            KeyVerdict::BadSignature
        }
    }
}

struct OnePassword(Store);

impl PasswordCheck for OnePassword {
    fn verify<'a>(&'a self, email: &'a str, password: &'a str) -> Verification<'a> {
        Box::pin(async move {
            if password == "te-vaak" {
                return Err(LogInError::TooMany {
                    retry_after: std::time::Duration::from_secs(90),
                });
            }
            match self.0.account_by_email(email).await {
                Ok(Some((account, _))) if password == PASSWORD => Ok(account),
                _ => Err(LogInError::Wrong),
            }
        })
    }
}

struct AnyQueue;

/// Every seal that says so is right.
struct AnySeal;

impl crate::context::SealCheck for AnySeal {
    fn is_right<'a>(&'a self, seal: &'a str, _: &'a str) -> crate::context::SealVerdict<'a> {
        Box::pin(async move { Ok(seal == "goed") })
    }
}

impl QueueUpload for AnyQueue {
    fn accept<'a>(&'a self, _: &'a Scope, file: &'a [u8]) -> Upload<'a> {
        Box::pin(async move {
            match file {
                b"goed" => Ok(QueueReceipt {
                    events: 3,
                    counted: 1,
                    duplicates: 1,
                    refused: 1,
                    unreadable: 0,
                }),
                b"van een ander" => Err(QueueUploadError::NotYours),
                b"veranderd" => Err(QueueUploadError::Signature),
                _ => Err(QueueUploadError::NotAQueue),
            }
        })
    }
}

/// Who sends a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Nobody,
    Counter,
    Club,
    Coordinator,
    Auditor,
}

/// The site and its database, which is removed at the end.
pub(super) struct World {
    pub(super) store: Store,
    pub(super) activity: Activity,
    pub(super) clock: MovableClock,
    site: Router,
    viewers: [Viewer; 4],
    folder: PathBuf,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) location: String,
    pub(super) cookies: Vec<String>,
    /// What `Cache-Control` says.
    pub(super) cache: String,
    pub(super) body: String,
}

impl Answer {
    /// The value of a hidden field on the page, the first with that name.
    pub(super) fn field(&self, name: &str) -> String {
        let at = self.body.find(&format!("name=\"{name}\"")).unwrap();
        let tag = &self.body[self.body[..at].rfind('<').unwrap()..];
        tag.split("value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    }

    /// The first cookie, as a browser would send it back.
    pub(super) fn cookie(&self) -> String {
        self.cookies[0].split(';').next().unwrap().to_owned()
    }
}

static WORLDS: AtomicU32 = AtomicU32::new(0);

impl World {
    pub(super) async fn new() -> Self {
        let name = format!(
            "randpas-app-{}-{}",
            std::process::id(),
            WORLDS.fetch_add(1, Ordering::Relaxed)
        );
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let now: Timestamp = NOW.parse().unwrap();
        let (environment, clock) = Environment::movable(now, 7);
        let store = Store::open(&DatabaseUrl::from_data_dir(&folder), environment)
            .await
            .unwrap();
        let wemmel: Nis = "23102".parse().unwrap();
        let cli = Scope::cli();
        let club = NewOrganiser {
            name: "Volley Wemmel".to_owned(),
            kind: OrganiserKind::SportsClub,
            municipality: wemmel,
        };
        let club = store.add_organiser(&cli, club).await.unwrap();
        let activity = NewActivity {
            organiser: club.id,
            name: "Volleybal voor iedereen".to_owned(),
            starts_at: now - SignedDuration::from_hours(1),
            ends_at: now + SignedDuration::from_hours(1),
            place: "Sporthal".to_owned(),
            price_cents: Cents(350),
            rule: CountingRule::OncePerDay,
            activity_type: "sport".to_owned(),
            taalicoon: Some(2),
            minutes: None,
        };
        let activity = store.add_activity(&cli, activity).await.unwrap();
        let mut viewers = Vec::new();
        for (email, role) in [
            ("balie", Role::Counter),
            ("club", Role::Organiser),
            ("coordinator", Role::Coordinator),
            ("audit", Role::Auditor),
        ] {
            let account = NewAccount {
                email: format!("{email}@demo.randpas.example"),
                name: format!("Account {email}"),
                role,
                municipality: (role == Role::Counter).then_some(wemmel),
                organiser: (role == Role::Organiser).then_some(club.id),
                password_hash: "x".to_owned(),
            };
            let account = store.add_account(&cli, account).await.unwrap();
            let token = store
                .create_session(account.id, SignedDuration::from_hours(1))
                .await
                .unwrap();
            let (account, scope) = store.session_scope(token.as_str()).await.unwrap().unwrap();
            viewers.push(Viewer {
                account: Some(account),
                scope,
            });
        }
        let context = Context {
            store: store.clone(),
            signer: Arc::new(AnySigner),
            verifier: Arc::new(AnyVerifier),
            passwords: Arc::new(OnePassword(store.clone())),
            queue: Arc::new(AnyQueue),
            seals: Arc::new(AnySeal),
            issuer: "https://pas.example".into(),
            public_url: None,
            secure: false,
        };
        let site = router(context, LeptosOptions::builder().output_name("randpas").build());
        Self {
            store,
            activity,
            clock,
            site,
            viewers: viewers.try_into().ok().unwrap(),
            folder,
        }
    }

    pub(super) fn viewer(&self, who: Who) -> Viewer {
        match who {
            Who::Nobody => Viewer::public(),
            Who::Counter => self.viewers[0].clone(),
            Who::Club => self.viewers[1].clone(),
            Who::Coordinator => self.viewers[2].clone(),
            Who::Auditor => self.viewers[3].clone(),
        }
    }

    async fn send(&self, who: Who, request: Request<Body>) -> Answer {
        let mut request = request;
        request.extensions_mut().insert(self.viewer(who));
        let response = self.site.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = |value: &axum::http::HeaderValue| value.to_str().unwrap_or_default().to_owned();
        Answer {
            status: parts.status,
            location: parts.headers.get(header::LOCATION).map(text).unwrap_or_default(),
            cookies: parts.headers.get_all(header::SET_COOKIE).iter().map(text).collect(),
            cache: parts.headers.get(header::CACHE_CONTROL).map(text).unwrap_or_default(),
            body: String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap(),
        }
    }

    pub(super) async fn get(&self, who: Who, path: &str) -> Answer {
        self.get_with(who, path, "").await
    }

    pub(super) async fn get_with(&self, who: Who, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path)
            .header(header::HOST, "localhost:3000")
            .header(header::COOKIE, cookie);
        self.send(who, request.body(Body::empty()).unwrap()).await
    }

    pub(super) async fn post(&self, who: Who, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(who, path, fields, "").await
    }

    /// A form whose body is exactly this.
    pub(super) async fn post_raw(&self, who: Who, path: &str, body: &'static str) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(who, request.body(Body::from(body)).unwrap()).await
    }

    pub(super) async fn post_with(&self, who: Who, path: &str, fields: &[(&str, &str)], cookie: &str) -> Answer {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", crate::pages::query_escape(value)))
            .collect();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookie);
        self.send(who, request.body(Body::from(pairs.join("&"))).unwrap()).await
    }

    pub(super) async fn post_file(&self, who: Who, path: &str, fields: &[(&str, &str)], file: &[u8]) -> Answer {
        self.post_file_as(who, path, fields, ("foto", file)).await
    }

    /// A form with a file in a field of this name.
    pub(super) async fn post_file_as(
        &self,
        who: Who,
        path: &str,
        fields: &[(&str, &str)],
        (name, file): (&str, &[u8]),
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        let head = format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"p.png\"\r\n\r\n");
        body.extend(head.bytes());
        body.extend(file);
        body.extend(b"\r\n--x--\r\n");
        let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        self.send(who, request.body(Body::from(body)).unwrap()).await
    }

    /// Another club, with an activity that is on now.
    pub(super) async fn other_club(&self) -> Activity {
        let (store, cli, now) = (&self.store, Scope::cli(), self.store.env().now());
        let club = NewOrganiser {
            name: "Schaakclub".to_owned(),
            kind: OrganiserKind::SportsClub,
            municipality: "23102".parse().unwrap(),
        };
        let club = store.add_organiser(&cli, club).await.unwrap();
        let activity = NewActivity {
            organiser: club.id,
            name: "Schaken".to_owned(),
            starts_at: now - SignedDuration::from_hours(1),
            ends_at: now + SignedDuration::from_hours(1),
            place: "Zaal".to_owned(),
            price_cents: Cents(0),
            rule: CountingRule::OncePerDay,
            activity_type: "spel".to_owned(),
            taalicoon: None,
            minutes: None,
        };
        store.add_activity(&cli, activity).await.unwrap()
    }

    /// Issues a pass at the counter; gives its number and the cookie with its claim link.
    pub(super) async fn pass(&self, first_name: &str) -> (String, String) {
        let fields = [
            ("voornaam", first_name),
            ("geboortejaar", "1991"),
            ("gemeente", "23102"),
            ("reden", "inburgeraar"),
            ("vorig_jaar", "no"),
            ("doorverwezen_door", ""),
        ];
        let answer = self.post(Who::Counter, "/balie", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let number = answer
            .location
            .trim_start_matches("/balie/pas/")
            .split('?')
            .next()
            .unwrap()
            .to_owned();
        (number, answer.cookie())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
