//! Who hears whom: each receiving slot gets a source of its kind, and keeps it as long as the source stays.

use std::collections::HashMap;

use super::{
    peer::{Peer, PeerKey},
    slot::Source,
};
use crate::MediaKind;

/// Connects the slots of every peer in `room` anew. Returns the sources that got a new viewer, whose next picture must
/// be a whole one.
pub(crate) fn rewire(peers: &mut HashMap<PeerKey, Peer>, room: &[PeerKey]) -> Vec<Source> {
    let sources: Vec<(Source, MediaKind)> = room
        .iter()
        .filter_map(|key| peers.get(key).filter(|peer| peer.admitted).map(|peer| (*key, peer)))
        .flat_map(|(key, peer)| peer.lines.iter().map(move |(mid, kind)| ((key, *mid), *kind)))
        .collect();
    let mut new_viewers = Vec::new();
    for key in room {
        if let Some(peer) = peers.get_mut(key) {
            connect(*key, peer, &sources, &mut new_viewers);
        }
    }
    new_viewers
}

fn connect(key: PeerKey, peer: &mut Peer, sources: &[(Source, MediaKind)], new_viewers: &mut Vec<Source>) {
    let may_hear = |source: &Source| peer.admitted && source.0 != key;
    let wanted: Vec<_> = sources.iter().filter(|(source, _)| may_hear(source)).copied().collect();
    for slot in &mut peer.slots {
        if slot.source().is_some_and(|source| !wanted.iter().any(|(other, _)| *other == source)) {
            slot.connect(None);
        }
    }
    for (source, kind) in wanted {
        if peer.slots.iter().any(|slot| slot.source() == Some(source)) {
            continue;
        }
        if let Some(free) = peer.slots.iter_mut().find(|slot| slot.kind == kind && slot.source().is_none()) {
            free.connect(Some(source));
            if kind == MediaKind::Video {
                new_viewers.push(source);
            }
        }
    }
}
