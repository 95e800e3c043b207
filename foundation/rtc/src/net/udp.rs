//! The UDP socket: never waits. What it cannot take or give at once is lost, as UDP may lose it.

use std::{
    io,
    net::{SocketAddr, UdpSocket as Bound},
};

use tokio::net::UdpSocket;

pub(crate) struct Udp(UdpSocket);

impl Udp {
    pub(crate) fn new(bound: Bound) -> io::Result<Self> {
        UdpSocket::from_std(bound).map(Self)
    }

    pub(crate) async fn readable(&self) -> io::Result<()> {
        self.0.readable().await
    }

    /// The next datagram, if one is there.
    pub(crate) fn take(&self, buffer: &mut [u8]) -> Option<(usize, SocketAddr)> {
        // Errors here are echoes of earlier sends (port unreachable): the next read goes on.
        self.0.try_recv_from(buffer).ok()
    }

    pub(crate) fn send(&self, bytes: &[u8], to: SocketAddr) -> bool {
        self.0.try_send_to(bytes, to).is_ok()
    }
}
