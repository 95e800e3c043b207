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
    /// The port of the pages alone: for tests, and for sites that open nothing else.
    WebOnly,
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
    /// Addresses with their ports, where a translator maps ports, too. They go before `announced`.
    pub announced_udp: Vec<SocketAddr>,
    pub announced_tcp: Vec<SocketAddr>,
    /// Where the port of the pages is reached without a proxy that ends TLS; streams of media that arrive there are handed over
    /// by [`crate::Sfu::take_stream`].
    pub announced_web: Vec<SocketAddr>,
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
            announced_udp: Vec::new(),
            announced_tcp: Vec::new(),
            announced_web: Vec::new(),
            transports: Transports::Both,
            max_peers: 2000,
            max_peers_in_room: 8,
        }
    }

    /// Reads `BEDSIDE_RTC_UDP`, `BEDSIDE_RTC_TCP` (addresses to bind, default a free port of 127.0.0.1),
    /// `BEDSIDE_RTC_ANNOUNCE` (addresses to tell browsers, by commas), `BEDSIDE_RTC_ANNOUNCE_UDP`, `_TCP` and `_WEB` (the same with
    /// ports) and `BEDSIDE_RTC_TRANSPORT` (`tcp` or `web` for that alone). `read` looks a name up in the environment. Every mistake
    /// is listed.
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
        for (name, list) in [
            ("BEDSIDE_RTC_ANNOUNCE_UDP", &mut config.announced_udp),
            ("BEDSIDE_RTC_ANNOUNCE_TCP", &mut config.announced_tcp),
            ("BEDSIDE_RTC_ANNOUNCE_WEB", &mut config.announced_web),
        ] {
            match addresses(&read(name).unwrap_or_default()) {
                Some(read) => *list = read,
                None => mistakes.push(format!("{name} must list addresses with ports, such as 203.0.113.7:40000")),
            }
        }
        match read("BEDSIDE_RTC_TRANSPORT").as_deref() {
            None | Some("" | "all") => {}
            Some("tcp") => config.transports = Transports::TcpOnly,
            Some("web") => config.transports = Transports::WebOnly,
            Some(_) => mistakes.push("BEDSIDE_RTC_TRANSPORT must be \"all\", \"tcp\" or \"web\"".to_owned()),
        }
        let unsaid = |bound: SocketAddr, told: &[SocketAddr]| bound.ip().is_unspecified() && told.is_empty();
        if config.announced.is_empty()
            && (unsaid(config.udp, &config.announced_udp) || unsaid(config.tcp, &config.announced_tcp))
        {
            mistakes.push(
                "BEDSIDE_RTC_ANNOUNCE must name the address that browsers reach when media binds to every address"
                    .to_owned(),
            );
        }
        if mistakes.is_empty() { Ok(config) } else { Err(mistakes) }
    }

    /// Tells browsers the port of the pages, too, where they reach it as it is bound (`plain`: no proxy with TLS stands before it) and
    /// nothing else was said.
    #[must_use]
    pub fn with_web_port(mut self, bound: Option<SocketAddr>, plain: bool) -> Self {
        let reachable = bound.filter(|bound| plain && !bound.ip().is_unspecified() && bound.port() != 0);
        if self.announced_web.is_empty() {
            self.announced_web.extend(reachable);
        }
        self
    }

    /// What browsers are told for UDP.
    pub(crate) fn udp_candidates(&self, bound: SocketAddr) -> Vec<SocketAddr> {
        match self.transports {
            Transports::Both => self.announce(bound, &self.announced_udp),
            Transports::TcpOnly | Transports::WebOnly => Vec::new(),
        }
    }

    /// What browsers are told for TCP: the media port, then the port of the pages.
    pub(crate) fn tcp_candidates(&self, bound: SocketAddr) -> Vec<SocketAddr> {
        let own = match self.transports {
            Transports::Both | Transports::TcpOnly => self.announce(bound, &self.announced_tcp),
            Transports::WebOnly => Vec::new(),
        };
        own.into_iter().chain(self.announced_web.iter().copied()).collect()
    }

    fn announce(&self, bound: SocketAddr, with_ports: &[SocketAddr]) -> Vec<SocketAddr> {
        if !with_ports.is_empty() {
            with_ports.to_vec()
        } else if self.announced.is_empty() {
            vec![bound]
        } else {
            self.announced.iter().map(|ip| SocketAddr::new(*ip, bound.port())).collect()
        }
    }
}

/// Addresses with ports, by commas. `None` when one of them is none that browsers could reach.
fn addresses(text: &str) -> Option<Vec<SocketAddr>> {
    let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let address: SocketAddr = word.parse().ok()?;
            (!address.ip().is_unspecified() && address.port() != 0).then_some(address)
        })
        .collect()
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
        assert_eq!(config.udp_candidates(([0, 0, 0, 0], 4000).into()), vec![([203, 0, 113, 7], 4000).into()]);
    }

    #[test]
    fn announced_ports_go_before_announced_addresses() {
        let read = |name: &str| match name {
            "BEDSIDE_RTC_UDP" => Some("0.0.0.0:3478".to_owned()),
            "BEDSIDE_RTC_ANNOUNCE" => Some("203.0.113.7".to_owned()),
            "BEDSIDE_RTC_ANNOUNCE_UDP" => Some("203.0.113.7:40000, [2001:db8::7]:40000".to_owned()),
            "BEDSIDE_RTC_ANNOUNCE_WEB" => Some("203.0.113.7:443".to_owned()),
            _ => None,
        };
        let config = RtcConfig::from_env(read).expect("no mistake");
        let bound = ([0, 0, 0, 0], 3478).into();
        assert_eq!(config.udp_candidates(bound), config.announced_udp);
        assert_eq!(config.tcp_candidates(bound), vec![([203, 0, 113, 7], 3478).into(), ([203, 0, 113, 7], 443).into()]);
        let web = RtcConfig { transports: Transports::WebOnly, ..config };
        assert_eq!(web.udp_candidates(bound), vec![]);
        assert_eq!(web.tcp_candidates(bound), vec![([203, 0, 113, 7], 443).into()]);
    }

    #[test]
    fn an_announced_address_without_a_port_or_for_everybody_is_a_mistake() {
        for wrong in ["203.0.113.7", "0.0.0.0:1", "203.0.113.7:0", "x:1"] {
            assert_eq!(addresses(wrong), None, "{wrong}");
        }
    }
}
