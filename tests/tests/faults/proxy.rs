//! A bad line between phones and server: it keeps one address while servers come and go, and does to a request what a
//! test asks of it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// The server answers, and the answer is lost.
    LoseAnswer,
    /// Only the head and half of the body reach the server.
    CutInHalf,
    /// Somebody in between says 503 and tells the server nothing.
    Unavailable,
    /// The server answers and somebody in between says 502 all the same.
    BadGateway,
}

/// The proxy; it ends when this is dropped.
pub(crate) struct Proxy {
    address: String,
    line: Arc<Mutex<Line>>,
    task: JoinHandle<()>,
}

struct Line {
    upstream: String,
    /// For the next requests, in order; then `otherwise`.
    next: VecDeque<Fault>,
    otherwise: Fault,
    requests: usize,
}

impl Proxy {
    /// A good line to this server.
    pub(crate) async fn to(upstream: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let line = Arc::new(Mutex::new(Line {
            upstream: upstream.to_owned(),
            next: VecDeque::new(),
            otherwise: Fault::None,
            requests: 0,
        }));
        let task = tokio::spawn({
            let line = Arc::clone(&line);
            async move {
                while let Ok((client, _)) = listener.accept().await {
                    tokio::spawn(carry(client, Arc::clone(&line)));
                }
            }
        });
        Self { address, line, task }
    }

    /// `http://host:port` followed by the path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// From now on to this server.
    pub(crate) fn now_to(&self, upstream: &str) {
        self.line.lock().unwrap().upstream = upstream.to_owned();
    }

    /// What happens to the next requests, one each.
    pub(crate) fn next(&self, faults: impl IntoIterator<Item = Fault>) {
        self.line.lock().unwrap().next.extend(faults);
    }

    /// What happens to every request from now on.
    pub(crate) fn always(&self, fault: Fault) {
        self.line.lock().unwrap().otherwise = fault;
    }

    /// How many requests came by.
    pub(crate) fn requests(&self) -> usize {
        self.line.lock().unwrap().requests
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One request on one connection; whatever goes wrong, the client sees a connection that breaks off.
async fn carry(mut client: TcpStream, line: Arc<Mutex<Line>>) -> Option<()> {
    let (head, body) = request(&mut client).await?;
    let (fault, upstream) = {
        let mut line = line.lock().unwrap();
        line.requests += 1;
        (line.next.pop_front().unwrap_or(line.otherwise), line.upstream.clone())
    };
    if fault == Fault::Unavailable {
        return say(&mut client, "503 Service Unavailable").await;
    }
    let mut server = TcpStream::connect(upstream).await.ok()?;
    server.write_all(&head).await.ok()?;
    if fault == Fault::CutInHalf {
        server.write_all(&body[..body.len() / 2]).await.ok()?;
        return None;
    }
    server.write_all(&body).await.ok()?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).await.ok()?;
    match fault {
        Fault::LoseAnswer => None,
        Fault::BadGateway => say(&mut client, "502 Bad Gateway").await,
        _ => client.write_all(&answer).await.ok(),
    }
}

async fn say(client: &mut TcpStream, status: &str) -> Option<()> {
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    client.write_all(answer.as_bytes()).await.ok()
}

/// Head and body; the head asks the server to hang up after its answer, which tells where that ends.
async fn request(client: &mut TcpStream) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 2;
        }
        (client.read_buf(&mut bytes).await.ok()? > 0).then_some(())?;
    };
    let text = std::str::from_utf8(&bytes[..end]).ok()?.to_ascii_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
    let length: usize = length.map_or(Some(0), |length| length.trim().parse().ok())?;
    let mut body = bytes.split_off(end + 2);
    while body.len() < length {
        (client.read_buf(&mut body).await.ok()? > 0).then_some(())?;
    }
    bytes.truncate(end);
    bytes.extend_from_slice(b"connection: close\r\n\r\n");
    Some((bytes, body))
}
