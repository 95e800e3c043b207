//! Media that arrives at the port of the pages.

use std::net::TcpListener;

use super::*;
use crate::is_media;

#[test]
fn streams_that_came_to_another_port_are_taken_over() {
    let pages = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let config = RtcConfig {
        transports: Transports::WebOnly,
        announced_web: vec![pages.local_addr().expect("an address")],
        ..RtcConfig::for_tests()
    };
    let sfu = Sfu::start(config).expect("loopback has free ports");
    let (room, ids) = (new_id(), [new_id(), new_id()]);
    let mut a = join(&sfu, room, ids[0], true, Client::tcp());
    let mut b = join(&sfu, room, ids[1], true, Client::tcp());
    for _ in 0..2 {
        let (stream, source) = pages.accept().expect("a client");
        stream.set_nonblocking(true).expect("a socket");
        wait(sfu.take_stream(stream, source));
    }
    assert!(turn_until(&mut [&mut a, &mut b], PATIENCE, connected));
    assert!(converse(&mut a, &mut b), "{:?} {:?}", a.counts, b.counts);
}

#[test]
fn pages_and_media_differ_in_their_first_octet() {
    for http in ["GET / HTTP/1.1", "POST /", "PRI * HTTP/2.0", "OPTIONS *"] {
        assert!(!is_media(http.as_bytes()[0]), "{http}");
    }
    assert!(!is_media(22), "TLS");
    assert!(is_media(0), "the length of a STUN request");
}
