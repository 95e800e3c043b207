use kernel::Secret;

use super::*;
use crate::{
    RtcConfig,
    testing::{Client, new_id},
};

fn secret() -> Secret<String> {
    Secret::new("what only servers and nodes know".to_owned())
}

/// A node behind its door on loopback, and where it is asked.
async fn node() -> (Sfu, String, tokio::task::AbortHandle, tokio::task::JoinSet<()>) {
    let sfu = Sfu::start(RtcConfig::for_tests()).expect("loopback has free ports");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let router = serve(sfu.clone(), secret());
    let mut tasks = tokio::task::JoinSet::new();
    let abort = tasks.spawn(async move {
        let _ = axum::serve(listener, router).await;
    });
    (sfu, url, abort, tasks)
}

fn config(urls: &[&str], secret: Secret<String>) -> NodesConfig {
    NodesConfig { own: false, urls: urls.iter().map(|url| (*url).to_owned()).collect(), secret }
}

fn offer(room: Uuid) -> Join {
    Join { room, peer: new_id(), admitted: true, offer: Client::udp().1 }
}

#[tokio::test]
async fn a_room_on_another_node_is_joined_and_closed() {
    let (sfu, url, _abort, _tasks) = node().await;
    let nodes = Nodes::new(None, &config(&[&url], secret()));
    assert!(nodes.alive().is_empty(), "nobody has answered yet");
    nodes.look().await;
    assert_eq!(nodes.alive(), std::slice::from_ref(&url));

    let (node, room) = (nodes.find(&url).expect("known"), new_id());
    assert!(node.join(offer(room)).await.expect("an answer").contains("a=ice-lite"));
    let bad = Join { offer: "none".to_owned(), ..offer(room) };
    assert_eq!(node.join(bad).await, Err(JoinError::BadOffer));
    nodes.look().await;
    assert_eq!(nodes.standings(), [Standing { name: url, alive: true, peers: 1, rooms: 1 }]);

    node.close_room(room).await;
    assert_eq!(sfu.stats().await.peers, 0);
}

#[tokio::test]
async fn the_least_laden_comes_first() {
    let (_full, full, ..) = &node().await;
    let (_empty, empty, ..) = &node().await;
    let nodes = Nodes::new(None, &config(&[full, empty], secret()));
    nodes.find(full).expect("known").join(offer(new_id())).await.expect("an answer");
    nodes.look().await;
    assert_eq!(nodes.alive(), [empty.clone(), full.clone()]);
}

#[tokio::test]
async fn a_silent_node_is_dead_and_is_told_once() {
    let (_sfu, url, abort, mut tasks) = node().await;
    let nodes = Nodes::new(None, &config(&[&url], secret()));
    nodes.look().await;
    let mut deaths = nodes.deaths();
    abort.abort();
    let _ = tasks.join_next().await;
    // One that refuses connections may only be starting again: its silence counts.
    while !nodes.alive().is_empty() {
        nodes.look().await;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    nodes.suspect(&url);
    assert_eq!(deaths.try_recv(), Ok(url));
    assert!(deaths.try_recv().is_err(), "once");
}

#[tokio::test]
async fn whoever_does_not_know_the_secret_is_turned_away() {
    let (_sfu, url, _abort, _tasks) = node().await;
    let nodes = Nodes::new(None, &config(&[&url], Secret::new("something else".to_owned())));
    nodes.look().await;
    assert!(nodes.alive().is_empty());
    assert_eq!(nodes.find(&url).expect("known").join(offer(new_id())).await, Err(JoinError::Stopped));
}
