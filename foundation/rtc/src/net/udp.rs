//! The UDP socket: never waits. What it cannot take or give at once is lost, as UDP may lose it.
//!
//! Several datagrams go through the kernel in one call, both ways (segmentation offload, where the system has it): a call costs more
//! than encrypting a packet.

use std::{
    io::{self, IoSliceMut},
    net::{SocketAddr, UdpSocket as Bound},
};

use quinn_udp::{RecvMeta, Transmit, UdpSockRef, UdpSocketState};
use tokio::{io::Interest, net::UdpSocket};

/// So much is handed to the kernel in one call.
pub(crate) const LONGEST_RUN: usize = 60_000;
/// Receive buffers, each for a run of datagrams of one sender.
const BUFFERS: usize = 8;
const BUFFER: usize = 64 * 1024;
/// A burst of key frames of a hundred rooms.
const KERNEL_BUFFER: usize = 4 * 1024 * 1024;

pub(crate) struct Udp {
    socket: UdpSocket,
    state: UdpSocketState,
    buffers: Box<[u8]>,
}

impl Udp {
    pub(crate) fn new(bound: Bound) -> io::Result<Self> {
        let socket = UdpSocket::from_std(bound)?;
        let state = UdpSocketState::new(UdpSockRef::from(&socket))?;
        // The system may give less; then less it is.
        let _ = state.set_recv_buffer_size(UdpSockRef::from(&socket), KERNEL_BUFFER);
        let _ = state.set_send_buffer_size(UdpSockRef::from(&socket), KERNEL_BUFFER);
        Ok(Self { socket, state, buffers: vec![0; BUFFERS * BUFFER].into_boxed_slice() })
    }

    pub(crate) async fn readable(&self) -> io::Result<()> {
        self.socket.readable().await
    }

    /// Hands over the datagrams that are there, as many as one call gives. How many.
    pub(crate) fn take(&mut self, mut each: impl FnMut(SocketAddr, &[u8])) -> usize {
        let Self { socket, state, buffers } = self;
        let mut metas = [RecvMeta::default(); BUFFERS];
        let mut slices: Vec<_> = buffers.chunks_mut(BUFFER).map(IoSliceMut::new).collect();
        let read =
            socket.try_io(Interest::READABLE, || state.recv(UdpSockRef::from(&*socket), &mut slices, &mut metas));
        // Errors here are echoes of earlier sends (port unreachable): the next read goes on.
        let Ok(runs) = read else {
            return 0;
        };
        let mut taken = 0;
        for (meta, slice) in metas.iter().zip(&slices).take(runs) {
            for datagram in slice[..meta.len].chunks(meta.stride.max(1)) {
                each(meta.addr, datagram);
                taken += 1;
            }
        }
        taken
    }

    /// Datagrams that may go in one call.
    pub(crate) fn most_at_once(&self) -> usize {
        self.state.max_gso_segments()
    }

    /// Sends one datagram, or several of `size` octets end to end, the last of which may be shorter.
    pub(crate) fn send(&self, bytes: &[u8], size: usize, to: SocketAddr) -> bool {
        let transmit = Transmit {
            destination: to,
            ecn: None,
            contents: bytes,
            segment_size: (bytes.len() > size).then_some(size),
            src_ip: None,
        };
        self.socket
            .try_io(Interest::WRITABLE, || self.state.try_send(UdpSockRef::from(&self.socket), &transmit))
            .is_ok()
    }
}
