//! Whose request it is, for limits and the audit log (S-111): the socket's peer, unless the peer
//! is a proxy the school configured; then the right-most hop of `X-Forwarded-For` that is not
//! such a proxy. actix's own `realip_remote_addr` believes anybody and is not used.

use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::http::header::HeaderMap;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};

use crate::web::problem::Problem;

/// The client's address, put into the request by the envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientIp(pub IpAddr);

impl std::fmt::Display for ClientIp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl FromRequest for ClientIp {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = req.extensions().get::<Self>().copied();
        ready(found.ok_or_else(Problem::broken))
    }
}

/// An address or a block of addresses, such as `10.0.0.0/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: u128,
    mask: u128,
}

impl Network {
    pub fn contains(self, address: IpAddr) -> bool {
        wide(address) & self.mask == self.first
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("{text:?} is not an address or a block such as 10.0.0.0/8");
        let (address, bits) = match text.trim().split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text.trim(), None),
        };
        let address: IpAddr = address.parse().map_err(|_unread| bad())?;
        let width: u32 = if address.is_ipv4() { 32 } else { 128 };
        let bits: u32 = bits
            .map_or(Ok(width), str::parse)
            .map_err(|_unread| bad())?;
        if bits > width {
            return Err(bad());
        }
        // IPv4 sits in the last 32 bits of its mapped form.
        let mask = u128::MAX.checked_shl(width - bits).unwrap_or(0);
        let first = wide(address) & mask;
        Ok(Self { first, mask })
    }
}

/// The client of a request that came from `peer` with these headers.
pub fn resolve(peer: Option<SocketAddr>, headers: &HeaderMap, trusted: &[Network]) -> ClientIp {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let Some(peer) = peer.map(|peer| peer.ip().to_canonical()) else {
        return ClientIp(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    };
    let mut nearest = peer;
    let lines: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .map(|line| line.to_str().unwrap_or(""))
        .collect();
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !is_trusted(nearest) {
            break;
        }
        // A hop nobody can read was not written by our proxy: the one before it is the client.
        let Some(address) = read_hop(hop.trim()) else {
            break;
        };
        nearest = address;
    }
    ClientIp(nearest)
}

/// An address with or without port or brackets.
fn read_hop(hop: &str) -> Option<IpAddr> {
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<IpAddr>()
        .ok()
        .or_else(|| hop.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
        .map(|address| address.to_canonical())
}

fn wide(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    fn check(peer: &str, forwarded: &[&str], trusted: &[&str], expected: &str) {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            let name = HeaderName::from_static("x-forwarded-for");
            headers.append(name, HeaderValue::from_str(line).unwrap());
        }
        let peer = format!("{peer}:1234").parse().ok();
        let trusted: Vec<Network> = trusted.iter().map(|t| t.parse().unwrap()).collect();
        let expected: IpAddr = expected.parse().unwrap();
        assert_eq!(
            resolve(peer, &headers, &trusted),
            ClientIp(expected),
            "{forwarded:?}"
        );
    }

    #[test]
    fn without_configured_proxies_headers_are_not_believed() {
        check("10.0.0.7", &[], &[], "10.0.0.7");
        check("10.0.0.7", &["1.2.3.4"], &[], "10.0.0.7");
        check("10.0.0.7", &["1.2.3.4"], &["10.0.0.8"], "10.0.0.7");
        check("[::ffff:10.0.0.7]", &[], &[], "10.0.0.7");
    }

    #[test]
    fn behind_a_proxy_the_right_most_foreign_hop_counts() {
        let proxy = &["127.0.0.1", "10.1.0.0/16"][..];
        check("127.0.0.1", &["203.0.113.5"], proxy, "203.0.113.5");
        check("127.0.0.1", &["6.6.6.6, 203.0.113.5"], proxy, "203.0.113.5");
        check(
            "127.0.0.1",
            &["6.6.6.6", "203.0.113.5"],
            proxy,
            "203.0.113.5",
        );
        check(
            "127.0.0.1",
            &["6.6.6.6, 203.0.113.5, 10.1.2.3"],
            proxy,
            "203.0.113.5",
        );
        check("127.0.0.1", &["203.0.113.5:4711"], proxy, "203.0.113.5");
        check("127.0.0.1", &["[2001:db8::1]:4711"], proxy, "2001:db8::1");
        check("127.0.0.1", &["10.1.9.9"], proxy, "10.1.9.9");
        check("127.0.0.1", &[], proxy, "127.0.0.1");
    }

    #[test]
    fn an_unreadable_hop_ends_the_search() {
        let proxy = &["127.0.0.1"][..];
        check("127.0.0.1", &["6.6.6.6, nonsense"], proxy, "127.0.0.1");
        check("127.0.0.1", &["", "203.0.113.5"], proxy, "203.0.113.5");
    }

    #[test]
    fn networks_read_and_refuse() {
        let net: Network = "192.168.0.0/24".parse().unwrap();
        assert!(net.contains("192.168.0.255".parse().unwrap()));
        assert!(!net.contains("192.168.1.0".parse().unwrap()));
        let all: Network = "0.0.0.0/0".parse().unwrap();
        assert!(all.contains("8.8.8.8".parse().unwrap()));
        assert!(!all.contains("2001:db8::1".parse().unwrap()));
        let six: Network = "2001:db8::/32".parse().unwrap();
        assert!(six.contains("2001:db8:1::2".parse().unwrap()));
        assert!(
            "::/0"
                .parse::<Network>()
                .unwrap()
                .contains("::1".parse().unwrap())
        );
        for bad in [
            "",
            "10.0.0.0/33",
            "10.0.0/8",
            "proxy",
            "10.0.0.0/x",
            "::/129",
        ] {
            assert!(bad.parse::<Network>().is_err(), "{bad}");
        }
    }
}
