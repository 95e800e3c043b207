//! One voice, packed as Opus packets, and those as a file that every browser plays (RFC 7845).

use std::borrow::Cow;

use ogg::writing::{PacketWriteEndInfo, PacketWriter};
use opus::{Application, Bitrate, Channels, Encoder};

use crate::SAMPLE_RATE;

/// Length of each packet, in milliseconds.
pub const PACKET_MS: u32 = 20;
const SAMPLES: usize = SAMPLE_RATE as usize / 1000 * PACKET_MS as usize;
/// Speech in 16 kHz: what telephone companies call wideband.
const BITS_A_SECOND: i32 = 24_000;
/// No packet of 20 ms is longer at this rate.
const LONGEST: usize = 1276;
/// Granules of a packet: Opus counts at 48 kHz (RFC 7845 §4).
const GRANULES: u64 = 48 * PACKET_MS as u64;
/// Samples at 48 kHz that the encoder is behind.
const PRE_SKIP: u16 = 312;
/// One stream in the file; its number means nothing.
const SERIAL: u32 = 1;
/// A page for each second, so that a player finds its way.
const PACKETS_A_PAGE: usize = 50;

/// Sound cannot be packed, or written.
#[derive(Debug, thiserror::Error)]
pub enum SoundError {
    #[error("sound cannot be packed")]
    Opus(#[from] opus::Error),
    #[error("sound cannot be written")]
    Io(#[from] std::io::Error),
}

/// Makes packets of sound as it comes.
pub struct Packer {
    encoder: Encoder,
    rest: Vec<f32>,
}

impl std::fmt::Debug for Packer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Packer").field("rest", &self.rest.len()).finish_non_exhaustive()
    }
}

impl Packer {
    /// # Errors
    /// When libopus cannot allocate an encoder.
    pub fn new() -> Result<Self, SoundError> {
        let mut encoder = Encoder::new(SAMPLE_RATE, Channels::Mono, Application::Voip)?;
        encoder.set_bitrate(Bitrate::Bits(BITS_A_SECOND))?;
        Ok(Self { encoder, rest: Vec::new() })
    }

    /// Whole packets; what is over waits for more.
    ///
    /// # Errors
    /// When libopus refuses.
    pub fn push(&mut self, sound: &[f32]) -> Result<Vec<Vec<u8>>, SoundError> {
        self.rest.extend_from_slice(sound);
        let whole = self.rest.len() / SAMPLES * SAMPLES;
        let mut packets = Vec::with_capacity(whole / SAMPLES);
        for frame in self.rest[..whole].chunks_exact(SAMPLES) {
            packets.push(self.encoder.encode_vec_float(frame, LONGEST)?);
        }
        self.rest.drain(..whole);
        Ok(packets)
    }
}

/// An Ogg file of these packets.
///
/// # Errors
/// None in memory; the writer's are passed on.
pub fn to_ogg(packets: &[Vec<u8>]) -> Result<Vec<u8>, SoundError> {
    let mut file = Vec::with_capacity(packets.iter().map(Vec::len).sum::<usize>() + 4096);
    let mut writer = PacketWriter::new(&mut file);
    writer.write_packet(head(), SERIAL, PacketWriteEndInfo::EndPage, 0)?;
    writer.write_packet(tags(), SERIAL, PacketWriteEndInfo::EndPage, 0)?;
    let mut granules = 0;
    for (index, packet) in packets.iter().enumerate() {
        granules += GRANULES;
        let end = if index + 1 == packets.len() {
            PacketWriteEndInfo::EndStream
        } else if (index + 1) % PACKETS_A_PAGE == 0 {
            PacketWriteEndInfo::EndPage
        } else {
            PacketWriteEndInfo::NormalPacket
        };
        writer.write_packet(Cow::Borrowed(packet.as_slice()), SERIAL, end, granules)?;
    }
    drop(writer);
    Ok(file)
}

/// The identification header, RFC 7845 §5.1.
fn head() -> Cow<'static, [u8]> {
    let mut head = b"OpusHead\x01\x01".to_vec();
    head.extend_from_slice(&PRE_SKIP.to_le_bytes());
    head.extend_from_slice(&SAMPLE_RATE.to_le_bytes());
    // No gain, and the mapping of one channel.
    head.extend_from_slice(&[0, 0, 0]);
    Cow::Owned(head)
}

/// The comment header, §5.2: who wrote it, and nothing of the visit.
fn tags() -> Cow<'static, [u8]> {
    let mut tags = b"OpusTags".to_vec();
    tags.extend_from_slice(&7_u32.to_le_bytes());
    tags.extend_from_slice(b"Bedside");
    tags.extend_from_slice(&0_u32.to_le_bytes());
    Cow::Owned(tags)
}
