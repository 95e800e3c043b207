//! Where a request came from, as the limits see it.

use std::net::IpAddr;

/// The network of an address: a single IPv4 address, or the /64 that one IPv6 household gets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Network(String);

impl Network {
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => Self(v4.to_string()),
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                Self(format!("{a:x}:{b:x}:{c:x}:{d:x}::/64"))
            }
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// From where and with what a person comes in; kept with the session so that its owner recognizes it.
#[derive(Clone, Debug)]
pub struct Origin {
    pub network: Network,
    pub user_agent: String,
}

impl Origin {
    pub fn new(address: IpAddr, user_agent: Option<&str>) -> Self {
        let user_agent = user_agent.unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect();
        Self { network: Network::of(address), user_agent }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_household_is_one_network() {
        let network = |text: &str| Network::of(text.parse().expect("an address"));
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:192.0.2.7"), network("192.0.2.7"));
    }
}
