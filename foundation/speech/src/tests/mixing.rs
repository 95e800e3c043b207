//! Voices on one clock, and the file they become.

use std::time::Duration;

use opus::{Channels, Decoder};

use super::packets::packets;
use crate::{Ear, Mixer, PACKET_MS, Packer, SAMPLE_RATE, to_ogg};

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// Sends a second of the tone from `from` on, each packet when its time comes.
fn play(mixer: &mut Mixer, who: u128, from: u64, keep: impl Fn(usize) -> bool) {
    for (place, (time, packet)) in packets().iter().enumerate().filter(|(place, _)| keep(*place)) {
        let now = ms(from + 20 * u64::try_from(place).unwrap());
        mixer.hear((who, 1), *time, packet, now).expect("heard");
    }
}

/// The tone alone, as it comes out of a decoder.
fn alone() -> Vec<f32> {
    let (mut ear, mut out) = (Ear::new().expect("an ear"), Vec::new());
    for (time, packet) in &packets() {
        ear.hear(*time, packet, &mut out);
    }
    out
}

#[expect(clippy::cast_precision_loss, reason = "some thousand samples")]
fn loudness(sound: &[f32]) -> f32 {
    (sound.iter().map(|sample| sample * sample).sum::<f32>() / sound.len() as f32).sqrt()
}

#[test]
fn two_voices_are_laid_over_one_another_and_silence_stays_silence() {
    let mut mixer = Mixer::default();
    play(&mut mixer, 1, 1000, |_| true);
    play(&mut mixer, 2, 1500, |_| true);
    let sound = mixer.finish(ms(4000));
    assert_eq!(sound.len(), 64_000);
    assert!(sound[..15_000].iter().all(|sample| *sample == 0.0), "nobody has spoken yet");
    let (one, two) = (loudness(&sound[18_000..22_000]), loudness(&sound[25_000..31_000]));
    assert!(two > 1.1 * one && one > 0.1, "{one} and {two}");
    assert!(sound[42_000..].iter().all(|sample| *sample == 0.0), "both are silent again");
    assert!(sound.iter().all(|sample| sample.abs() <= 1.0));
}

#[test]
fn what_is_taken_is_never_taken_twice_and_late_sound_is_cut() {
    let mut mixer = Mixer::default();
    let mut taken = Vec::new();
    for (place, (time, packet)) in packets().iter().enumerate() {
        let now = ms(20 * u64::try_from(place).unwrap());
        mixer.hear((1, 1), *time, packet, now).expect("heard");
        taken.extend(mixer.take(now));
    }
    taken.extend(mixer.finish(ms(1000)));
    assert_eq!(taken.len(), 16_000);
    let tone = alone();
    let same = taken.iter().zip(&tone).filter(|(a, b)| (*a - *b).abs() < 1e-3).count();
    assert!(same > 15_000, "{same}");
}

#[test]
fn a_hole_in_the_track_moves_nothing_behind_it() {
    let mut mixer = Mixer::default();
    // A quarter of a second is missing: too long to be made up.
    play(&mut mixer, 1, 0, |place| !(20..33).contains(&place));
    let sound = mixer.finish(ms(1100));
    let tone = alone();
    let tail = sound[12_000..15_500].iter().zip(&tone[12_000..]).filter(|(a, b)| (*a - *b).abs() < 0.05).count();
    assert!(tail > 3_000, "{tail}");
}

#[test]
fn a_burst_after_a_hole_in_the_network_is_kept() {
    let mut mixer = Mixer::default();
    for (place, (time, packet)) in packets().iter().enumerate() {
        // The last forty packets all come at two seconds.
        let now = if place < 10 { 20 * u64::try_from(place).unwrap() } else { 2000 };
        mixer.hear((1, 1), *time, packet, ms(now)).expect("heard");
    }
    let sound = mixer.finish(ms(4000));
    let loud = sound.chunks(320).filter(|frame| loudness(frame) > 0.05).count();
    assert!(loud >= 48, "{loud} of 50 packets");
}

#[test]
fn a_recording_is_an_ogg_file_that_plays_as_long_as_it_was() {
    let mut packer = Packer::new().expect("a packer");
    let tone = alone();
    let mut packets = packer.push(&tone[..10_001]).expect("packed");
    packets.extend(packer.push(&tone[10_001..]).expect("packed"));
    assert_eq!(packets.len() * PACKET_MS as usize, 1000);
    let file = to_ogg(&packets).expect("a file");
    let mut reader = ogg::PacketReader::new(std::io::Cursor::new(file));
    let head = reader.read_packet().expect("read").expect("a head");
    assert!(head.data.starts_with(b"OpusHead"));
    assert!(reader.read_packet().expect("read").expect("tags").data.starts_with(b"OpusTags"));
    let mut decoder = Decoder::new(SAMPLE_RATE, Channels::Mono).expect("a decoder");
    let (mut out, mut samples, mut last) = (vec![0.0; 1920], 0, 0);
    while let Some(packet) = reader.read_packet().expect("read") {
        samples += decoder.decode_float(&packet.data, &mut out, false).expect("Opus");
        last = packet.absgp_page();
    }
    assert_eq!((samples, last), (16_000, 48_000));
}
