//! How well it hears.

/// Word error rate: substitutions, insertions and deletions against what was really said, by words. Case and punctuation do
/// not count; 0 is perfect, and more than 1 is possible.
#[expect(clippy::cast_precision_loss, reason = "some hundred words")]
pub fn word_error_rate(said: &str, heard: &str) -> f64 {
    let (said, heard) = (plain(said), plain(heard));
    let mut row: Vec<usize> = (0..=heard.len()).collect();
    for (line, word) in said.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], line + 1);
        for (place, other) in heard.iter().enumerate() {
            let exchanged = corner + usize::from(word != other);
            corner = row[place + 1];
            row[place + 1] = exchanged.min(corner + 1).min(row[place] + 1);
        }
    }
    row[heard.len()] as f64 / said.len().max(1) as f64
}

fn plain(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty())
        .collect()
}

/// A recording (PCM of 16 bits) as mono sound at [`crate::SAMPLE_RATE`]: what is sampled at a whole multiple of it is averaged down.
pub fn read_wav(path: &std::path::Path) -> Result<Vec<f32>, hound::Error> {
    let mut reader = hound::WavReader::open(path)?;
    let format = reader.spec();
    let samples = reader.samples::<i16>().collect::<Result<Vec<_>, _>>()?;
    let step = usize::from(format.channels) * (format.sample_rate / crate::SAMPLE_RATE).max(1) as usize;
    #[expect(clippy::cast_precision_loss, reason = "a handful of samples")]
    let mean = |chunk: &[i16]| chunk.iter().map(|one| f32::from(*one) / 32768.0).sum::<f32>() / chunk.len() as f32;
    Ok(samples.chunks(step).map(mean).collect())
}
