use std::{io::Write, net::TcpStream, net::UdpSocket};

use super::*;
use crate::JoinError;

#[test]
fn an_offer_that_is_none_is_refused() {
    let sfu = sfu();
    for offer in ["", "v=0", "not sdp at all", "v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"] {
        let join = Join { room: new_id(), peer: new_id(), admitted: true, offer: offer.to_owned() };
        assert_eq!(wait(sfu.join(join)), Err(JoinError::BadOffer), "{offer:?}");
    }
    assert_eq!(wait(sfu.stats()).peers, 0);
}

#[test]
fn a_full_room_refuses_the_next_but_lets_its_own_return() {
    let sfu = Sfu::start(RtcConfig { max_peers_in_room: 2, ..RtcConfig::for_tests() }).expect("starts");
    let (room, peers) = (new_id(), [new_id(), new_id()]);
    let ask = |peer| wait(sfu.join(Join { room, peer, admitted: true, offer: Client::udp().1 }));
    assert!(ask(peers[0]).is_ok());
    assert!(ask(peers[1]).is_ok());
    assert_eq!(ask(new_id()), Err(JoinError::RoomFull));
    assert!(ask(peers[0]).is_ok());
}

#[test]
fn a_full_unit_refuses() {
    let sfu = Sfu::start(RtcConfig { max_peers: 1, ..RtcConfig::for_tests() }).expect("starts");
    let ask = || wait(sfu.join(Join { room: new_id(), peer: new_id(), admitted: true, offer: Client::udp().1 }));
    assert!(ask().is_ok());
    assert_eq!(ask(), Err(JoinError::Busy));
}

#[test]
fn noise_on_either_port_disturbs_nobody() {
    let sfu = sfu();
    let noise = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let mut tcp = TcpStream::connect(sfu.tcp_address()).expect("listens");
    for length in [0_usize, 1, 19, 20, 28, 500, 1400] {
        for first in [0_u8, 1, 22, 63, 128, 200, 255] {
            let mut bytes = vec![first; length];
            if length >= 8 {
                bytes[4..8].copy_from_slice(&[0x21, 0x12, 0xa4, 0x42]);
            }
            noise.send_to(&bytes, sfu.udp_address()).expect("sends");
            let _ = tcp.write_all(&bytes);
        }
    }
    let (room, ids) = (new_id(), [new_id(), new_id()]);
    let mut a = join(&sfu, room, ids[0], true, Client::udp());
    let mut b = join(&sfu, room, ids[1], true, Client::tcp());
    assert!(turn_until(&mut [&mut a, &mut b], PATIENCE, connected));
    assert!(converse(&mut a, &mut b));
    assert!(wait(sfu.stats()).datagrams_in > 0);
}

#[test]
fn a_port_in_use_is_said_at_the_start() {
    let first = sfu();
    let taken = RtcConfig { udp: first.udp_address(), ..RtcConfig::for_tests() };
    let error = Sfu::start(taken).expect_err("the port is taken");
    assert!(error.to_string().contains("UDP"), "{error}");
}
