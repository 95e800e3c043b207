//! Where packets are lost on the way.

use super::*;

/// Sends `packets` in small bursts and waits until the receiver has nearly all of them.
fn arrives(a: &mut Client, b: &mut Client, packets: u64) -> bool {
    let mut sent = 0;
    turn_until(&mut [a, b], PATIENCE, |clients| {
        if sent < packets && sent < clients[1].counts.video + 60 {
            clients[0].send(MediaKind::Video, b"\x10picture");
            sent += 1;
        }
        // What is lost at the very end is not missed by anybody yet.
        sent == packets && clients[1].counts.video + 5 >= packets
    })
}

fn pair(sfu: &Sfu) -> (Client, Client) {
    let room = new_id();
    let mut a = join(sfu, room, new_id(), true, Client::udp());
    let mut b = join(sfu, room, new_id(), true, Client::udp());
    assert!(turn_until(&mut [&mut a, &mut b], PATIENCE, connected));
    assert!(converse(&mut a, &mut b));
    b.counts = crate::testing::Counts::default();
    (a, b)
}

#[test]
fn what_a_receiver_lost_is_sent_again_from_the_units_own_store() {
    let sfu = sfu();
    let (mut a, mut b) = pair(&sfu);
    b.loses_every = Some(20);
    assert!(arrives(&mut a, &mut b, 400), "{:?}", b.counts);
    assert!(b.counts.gaps > 5, "packets were lost and came later: {:?}", b.counts);
}

#[test]
fn what_was_lost_on_the_way_to_the_unit_is_asked_for() {
    let sfu = sfu();
    let (mut a, mut b) = pair(&sfu);
    a.loses_every = Some(20);
    assert!(arrives(&mut a, &mut b, 400), "{:?}", b.counts);
    assert!(b.counts.gaps > 5, "packets were lost and came later: {:?}", b.counts);
}
