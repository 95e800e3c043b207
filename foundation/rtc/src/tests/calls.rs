use super::*;
use crate::Departure;

fn room_of_two(sfu: &Sfu, offer: fn() -> (Client, String)) -> (Uuid, [Uuid; 2], Client, Client) {
    let (room, ids) = (new_id(), [new_id(), new_id()]);
    let mut a = join(sfu, room, ids[0], true, offer());
    let mut b = join(sfu, room, ids[1], true, offer());
    assert!(turn_until(&mut [&mut a, &mut b], PATIENCE, connected), "both connect");
    (room, ids, a, b)
}

#[test]
fn two_peers_hear_and_see_each_other_over_udp() {
    let sfu = sfu();
    let (room, _, mut a, mut b) = room_of_two(&sfu, Client::udp);

    assert!(converse(&mut a, &mut b), "{:?} {:?}", a.counts, b.counts);

    assert_eq!(b.last_payload(MediaKind::Audio), b"sound");
    assert_eq!(a.last_payload(MediaKind::Video), b"\x10picture");
    let stats = wait(sfu.room_stats(room)).expect("the room is open");
    assert_eq!((stats.peers, stats.admitted), (2, 2));
    assert!(stats.packets_forwarded >= 80, "{stats:?}");
}

#[test]
fn two_peers_hear_and_see_each_other_over_tcp_alone() {
    let sfu = tcp_sfu();
    let (_, _, mut a, mut b) = room_of_two(&sfu, Client::tcp);
    assert!(converse(&mut a, &mut b), "{:?} {:?}", a.counts, b.counts);
}

#[test]
fn candidates_that_fit_nothing_of_ours_do_not_end_a_session_over_tcp() {
    let sfu = tcp_sfu();
    let (room, ids) = (new_id(), [new_id(), new_id()]);
    let with_useless = |(client, offer): (Client, String)| {
        let useless = "a=candidate:1 1 udp 2122265343 192.0.2.1 40000 typ host\r\n\
                       a=candidate:2 1 tcp 1518285567 192.0.2.1 9 typ host tcptype active\r\n";
        let lines = offer.split_inclusive("\r\n").filter(|line| !line.starts_with("a=candidate"));
        let marked = lines
            .map(|line| if line.starts_with("a=ice-ufrag") { format!("{useless}{line}") } else { line.to_owned() });
        (client, marked.collect())
    };
    let mut a = join(&sfu, room, ids[0], true, with_useless(Client::tcp()));
    let mut b = join(&sfu, room, ids[1], true, with_useless(Client::tcp()));
    assert!(turn_until(&mut [&mut a, &mut b], PATIENCE, connected));
    assert!(converse(&mut a, &mut b), "{:?} {:?}", a.counts, b.counts);
}

#[test]
fn one_by_udp_meets_one_by_tcp() {
    let sfu = sfu();
    let (room, here, there) = (new_id(), new_id(), new_id());
    let mut a = join(&sfu, room, here, true, Client::udp());
    let mut b = join(&sfu, room, there, true, Client::tcp());
    assert!(turn_until(&mut [&mut a, &mut b], PATIENCE, connected));
    assert!(converse(&mut a, &mut b), "{:?} {:?}", a.counts, b.counts);
}

#[test]
fn who_is_not_admitted_sends_nothing_and_hears_nothing_until_admitted() {
    let sfu = sfu();
    let (room, host, guest) = (new_id(), new_id(), new_id());
    let mut a = join(&sfu, room, host, true, Client::udp());
    let mut b = join(&sfu, room, guest, false, Client::udp());
    assert!(turn_until(&mut [&mut a, &mut b], PATIENCE, connected));

    let mut sent = 0;
    turn_until(&mut [&mut a, &mut b], PATIENCE, |clients| {
        for client in clients.iter_mut() {
            client.send(MediaKind::Audio, b"sound");
        }
        sent += 1;
        sent > 200
    });
    assert_eq!((a.counts.audio, b.counts.audio), (0, 0));

    wait(sfu.admit(room, guest));
    assert!(converse(&mut a, &mut b), "{:?} {:?}", a.counts, b.counts);
}

#[test]
fn rooms_do_not_hear_each_other() {
    let sfu = sfu();
    let (_, _, mut a, mut b) = room_of_two(&sfu, Client::udp);
    let (_, _, mut c, mut d) = room_of_two(&sfu, Client::udp);
    assert!(converse(&mut a, &mut b));
    turn_until(&mut [&mut c, &mut d], Duration::from_millis(50), |_| false);
    assert_eq!((c.counts.audio, d.counts.video), (0, 0));
}

#[test]
fn a_peer_that_joins_again_takes_its_own_place_and_the_stream_goes_on_without_a_jump() {
    let sfu = sfu();
    let (room, ids, mut a, mut b) = room_of_two(&sfu, Client::udp);
    assert!(converse(&mut a, &mut b));
    let mut events = sfu.subscribe();
    let gaps = b.counts.gaps;

    let mut again = join(&sfu, room, ids[0], true, Client::udp());
    assert!(turn_until(&mut [&mut again], PATIENCE, connected));
    b.counts.audio = 0;
    b.counts.video = 0;
    assert!(converse(&mut again, &mut b), "{:?} {:?}", again.counts, b.counts);

    assert_eq!(b.counts.gaps, gaps, "the new source continues the numbers of the old one");
    assert_eq!(wait(sfu.room_stats(room)).expect("open").peers, 2);
    assert!(what_happened(&mut events, ids[0]).starts_with(&[What::Gone(Departure::Replaced), What::Joined]));
    assert!(turn_until(&mut [&mut a], PATIENCE, |clients| clients[0].closed), "the former self is told");
}

#[test]
fn a_wish_for_a_whole_picture_reaches_the_sender() {
    let sfu = sfu();
    let (_, _, mut a, mut b) = room_of_two(&sfu, Client::udp);
    assert!(converse(&mut a, &mut b));
    let before = a.counts.keyframes_wanted;
    assert!(turn_until(&mut [&mut a, &mut b], PATIENCE, |clients| {
        clients[0].send(MediaKind::Video, b"\x10picture");
        clients[1].want_keyframe();
        clients[0].counts.keyframes_wanted > before
    }));
}

#[test]
fn a_newcomer_makes_the_sender_start_with_a_whole_picture() {
    let sfu = sfu();
    let (room, first, second) = (new_id(), new_id(), new_id());
    let mut a = join(&sfu, room, first, true, Client::udp());
    assert!(turn_until(&mut [&mut a], PATIENCE, connected));
    turn_until(&mut [&mut a], Duration::from_millis(30), |clients| {
        clients[0].send(MediaKind::Video, b"\x10picture");
        false
    });
    let before = a.counts.keyframes_wanted;

    let mut b = join(&sfu, room, second, true, Client::udp());
    assert!(turn_until(&mut [&mut a, &mut b], PATIENCE, |clients| clients[0].counts.keyframes_wanted > before));
}

#[test]
fn leaving_and_closing_are_told() {
    let sfu = sfu();
    let mut events = sfu.subscribe();
    let (room, ids, mut a, mut b) = room_of_two(&sfu, Client::udp);
    assert!(converse(&mut a, &mut b));

    wait(sfu.leave(room, ids[0]));
    wait(sfu.close_room(room));

    assert_eq!(wait(sfu.room_stats(room)), None);
    assert_eq!(what_happened(&mut events, ids[1]).last(), Some(&What::Gone(Departure::RoomClosed)));
    assert!(turn_until(&mut [&mut a, &mut b], PATIENCE, |clients| clients.iter().all(|client| client.closed)));
}

#[test]
fn what_happened_is_told_in_order() {
    let sfu = sfu();
    let mut events = sfu.subscribe();
    let (_, ids, mut a, mut b) = room_of_two(&sfu, Client::udp);
    assert!(converse(&mut a, &mut b));
    let mut told = what_happened(&mut events, ids[0]);
    assert_eq!(told[..2], [What::Joined, What::Connected]);
    told[2..].sort_by_key(|what| format!("{what:?}"));
    assert_eq!(told[2..], [What::MediaStarted(MediaKind::Audio), What::MediaStarted(MediaKind::Video)]);
}
