//! The address a request came from, for rate limits only. It is never stored and never logged.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;

tokio::task_local! {
    static ADDRESS: IpAddr;
}

/// The address of the request that this task answers; unspecified outside one.
pub(crate) fn current() -> IpAddr {
    ADDRESS
        .try_with(|address| *address)
        .unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

/// Remembers the address for the time of the request, so that the password check can ask for it without every page
/// having to hand it on.
pub(crate) async fn remember(request: Request, next: Next) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(peer)| peer.ip());
    let address = of(peer, request.headers());
    ADDRESS.scope(address, next.run(request)).await
}

/// A proxy on this machine is believed about whom it speaks for; nobody else is.
fn of(peer: Option<IpAddr>, headers: &HeaderMap) -> IpAddr {
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let forwarded = || {
        let value = headers.get_all("x-forwarded-for").iter().next_back()?;
        value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
    };
    if peer.is_loopback() {
        forwarded().unwrap_or(peer)
    } else {
        peer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_on_this_machine_is_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "10.0.0.1, 192.0.2.7".parse().unwrap());
        let local = Some("127.0.0.1".parse().unwrap());
        let foreign = Some("198.51.100.4".parse().unwrap());
        assert_eq!(of(local, &headers), "192.0.2.7".parse::<IpAddr>().unwrap());
        assert_eq!(of(foreign, &headers), "198.51.100.4".parse::<IpAddr>().unwrap());
        assert_eq!(of(local, &HeaderMap::new()), "127.0.0.1".parse::<IpAddr>().unwrap());
    }
}
