//! Opus, with holes in it.

use opus::{Application, Channels, Encoder};

use crate::{Ear, SAMPLE_RATE};

/// A second of a tone that moves, as packets of 20 ms with their RTP times.
pub(super) fn packets() -> Vec<(u32, Vec<u8>)> {
    let mut encoder = Encoder::new(SAMPLE_RATE, Channels::Mono, Application::Voip).expect("an encoder");
    encoder.set_inband_fec(true).expect("FEC");
    encoder.set_packet_loss_perc(20).expect("expected loss");
    (0_u16..50)
        .map(|number| {
            let sound: Vec<f32> = (0..320).map(|n| 0.4 * (f32::from(number * 320 + n) * 0.15).sin()).collect();
            let mut packet = vec![0; 1500];
            let length = encoder.encode_float(&sound, &mut packet).expect("a packet");
            packet.truncate(length);
            // The clock passes its end in the middle.
            ((u32::MAX - 20_000).wrapping_add(u32::from(number) * 960), packet)
        })
        .collect()
}

fn heard<'a>(packets: impl Iterator<Item = &'a (u32, Vec<u8>)>) -> usize {
    let (mut ear, mut out) = (Ear::new().expect("an ear"), Vec::new());
    packets.for_each(|(time, packet)| ear.hear(*time, packet, &mut out));
    out.len()
}

#[test]
fn a_whole_track_is_as_long_as_it_was_and_passes_the_end_of_the_clock() {
    assert_eq!(heard(packets().iter()), 16_000);
}

#[test]
fn lost_packets_leave_no_hole_and_late_ones_are_not_said_twice() {
    let track = packets();
    let lossy: Vec<_> =
        track.iter().enumerate().filter(|(place, _)| place % 7 != 3).map(|(_, packet)| packet.clone()).collect();
    assert_eq!(heard(lossy.iter()), 16_000);
    let doubled: Vec<_> = track.iter().flat_map(|packet| [packet.clone(), packet.clone()]).collect();
    assert_eq!(heard(doubled.iter()), 16_000);
    let mut swapped = track.clone();
    swapped.swap(10, 11);
    assert_eq!(heard(swapped.iter()), 16_000);
}

#[test]
fn a_long_hole_is_silence_of_its_length() {
    let track = packets();
    let cut: Vec<_> = track[..10].iter().chain(&track[30..]).cloned().collect();
    assert_eq!(heard(cut.iter()), 16_000);
}

#[test]
fn what_is_no_opus_is_not_heard_and_breaks_nothing() {
    let (mut ear, mut out) = (Ear::new().expect("an ear"), Vec::new());
    for junk in [&[][..], &[0xff; 3], &[0x7f; 1500], &[0; 1]] {
        ear.hear(0, junk, &mut out);
    }
    let whole = packets();
    out.clear();
    for (time, packet) in &whole {
        ear.hear(*time, packet, &mut out);
    }
    // What the junk did to the clock costs some packets at most.
    assert!(out.len() >= 16_000 - 10 * 320, "{}", out.len());
}
