//! Just enough HTTP/1.1 to measure: the tool shares the two cores with the server, so it must cost next to nothing.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Failure;

/// A keep-alive connection.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What an answer says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answered {
    /// A status of 200 to 299.
    pub(crate) ok: bool,
    /// How often the body says that a visit counts.
    pub(crate) counted: usize,
}

impl Connection {
    pub(crate) async fn open(address: &str) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(4_096),
        })
    }

    /// Sends one request and reads one answer.
    pub(crate) async fn exchange(&mut self, request: &str) -> Result<Answered, Failure> {
        self.stream.write_all(request.as_bytes()).await?;
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("the server hung up".into());
            }
            if let Some((ok, body)) = whole(&self.buffer) {
                // Where a word may begin is quickly found; most of an answer is ids.
                let counted = body.split(|&byte| byte == b'"').filter(|word| *word == b"counted");
                let counted = counted.count();
                return Ok(Answered { ok, counted });
            }
        }
    }
}

/// Status and body when the answer is complete; `None` while bytes are missing.
fn whole(bytes: &[u8]) -> Option<(bool, &[u8])> {
    let head_end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&bytes[..head_end]).ok()?.to_ascii_lowercase();
    let ok = head.starts_with("http/1.1 2");
    let body = &bytes[head_end..];
    let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    match field("content-length:").and_then(|length| length.parse::<usize>().ok()) {
        Some(length) => (body.len() >= length).then_some((ok, body)),
        None if field("transfer-encoding:").is_some() => body.ends_with(b"0\r\n\r\n").then_some((ok, body)),
        None => Some((ok, body)),
    }
}
