//! Where media arrives and which addresses browsers are told.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Which transports browsers are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transports {
    /// UDP, and TCP where UDP is blocked.
    #[default]
    Both,
    /// TCP alone: for tests, and for sites that never pass UDP.
    TcpOnly,
}

/// Settings of the media unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RtcConfig {
    /// Where the UDP socket binds. Port 0 takes a free one.
    pub udp: SocketAddr,
    /// Where the TCP listener binds. Port 0 takes a free one.
    pub tcp: SocketAddr,
    /// The addresses browsers are told, when they differ from the bound one (behind NAT, or bound to all).
    pub announced: Vec<IpAddr>,
    pub transports: Transports,
    /// Peers at once; a further one is refused.
    pub max_peers: usize,
    /// Peers in one room at once.
    pub max_peers_in_room: usize,
}

impl RtcConfig {
    /// Loopback, free ports.
    pub fn for_tests() -> Self {
        Self {
            udp: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            tcp: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            announced: Vec::new(),
            transports: Transports::Both,
            max_peers: 2000,
            max_peers_in_room: 8,
        }
    }

    /// Reads `BEDSIDE_RTC_UDP`, `BEDSIDE_RTC_TCP` (addresses to bind, default a free port of 127.0.0.1),
    /// `BEDSIDE_RTC_ANNOUNCE` (addresses to tell browsers, by commas) and `BEDSIDE_RTC_TRANSPORT` (`tcp` for TCP alone).
    /// `read` looks a name up in the environment. Every mistake is listed.
    pub fn from_env(read: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<String>> {
        let mut config = Self::for_tests();
        let mut mistakes = Vec::new();
        for (name, address) in [("BEDSIDE_RTC_UDP", &mut config.udp), ("BEDSIDE_RTC_TCP", &mut config.tcp)] {
            if let Some(text) = read(name) {
                match text.parse() {
                    Ok(parsed) => *address = parsed,
                    Err(_) => mistakes.push(format!("{name} must be an address and port such as 0.0.0.0:3478")),
                }
            }
        }
        for text in read("BEDSIDE_RTC_ANNOUNCE").unwrap_or_default().split(',').map(str::trim).filter(|t| !t.is_empty())
        {
            match text.parse::<IpAddr>() {
                Ok(ip) if !ip.is_unspecified() => config.announced.push(ip),
                _ => mistakes.push(format!(
                    "BEDSIDE_RTC_ANNOUNCE must list IP addresses that browsers can reach; {text:?} is none"
                )),
            }
        }
        match read("BEDSIDE_RTC_TRANSPORT").as_deref() {
            None | Some("" | "all") => {}
            Some("tcp") => config.transports = Transports::TcpOnly,
            Some(_) => mistakes.push("BEDSIDE_RTC_TRANSPORT must be \"all\" or \"tcp\"".to_owned()),
        }
        if config.announced.is_empty() && (config.udp.ip().is_unspecified() || config.tcp.ip().is_unspecified()) {
            mistakes.push(
                "BEDSIDE_RTC_ANNOUNCE must name the address that browsers reach when media binds to every address"
                    .to_owned(),
            );
        }
        if mistakes.is_empty() { Ok(config) } else { Err(mistakes) }
    }

    /// What browsers are told for a socket that is bound to `bound`.
    pub(crate) fn announce(&self, bound: SocketAddr) -> Vec<SocketAddr> {
        if self.announced.is_empty() {
            vec![bound]
        } else {
            self.announced.iter().map(|ip| SocketAddr::new(*ip, bound.port())).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_set_means_loopback_and_both_transports() {
        assert_eq!(RtcConfig::from_env(|_| None), Ok(RtcConfig::for_tests()));
    }

    #[test]
    fn every_mistake_is_listed_at_once() {
        let read = |name: &str| match name {
            "BEDSIDE_RTC_UDP" => Some("everywhere".to_owned()),
            "BEDSIDE_RTC_TCP" => Some("0.0.0.0:3478".to_owned()),
            "BEDSIDE_RTC_TRANSPORT" => Some("pigeon".to_owned()),
            _ => None,
        };
        let mistakes = RtcConfig::from_env(read).expect_err("three mistakes");
        assert_eq!(mistakes.len(), 3, "{mistakes:?}");
    }

    #[test]
    fn announced_addresses_keep_the_bound_port() {
        let config = RtcConfig { announced: vec![[203, 0, 113, 7].into()], ..RtcConfig::for_tests() };
        assert_eq!(config.announce(([0, 0, 0, 0], 4000).into()), vec![([203, 0, 113, 7], 4000).into()]);
    }
}
