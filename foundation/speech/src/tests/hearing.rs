//! The engine itself, on human speech that comes with it. `tools/install.sh test` fetches both.

use std::path::{Path, PathBuf};

use crate::{EngineFiles, FilesError, Recogniser, Utterances, testing};

/// Samuel Beckett, Worstward Ho (1983), as read in `beckett.wav`.
const BECKETT: &str = "Ever tried. Ever failed. No matter. Try again. Fail again. Fail better.";
/// Charles Dickens, A Tale of Two Cities (1859), as read in `two_cities.wav`.
const DICKENS: &str = "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of \
    foolishness, it was the epoch of belief, it was the epoch of incredulity, it was the season of Light, it was the season of \
    Darkness, it was the spring of hope, it was the winter of despair, we had everything before us, we had nothing before us, we were \
    all going direct to Heaven, we were all going direct the other way. In short, the period was so far like the present period, \
    that some of its noisiest authorities insisted on its being received, for good or for evil, in the superlative degree of \
    comparison only.";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.cache/speech")
}

async fn heard(recogniser: &Recogniser, sound: &[f32]) -> (String, f32, usize) {
    let mut utterances = Utterances::default();
    let mut all = utterances.push(sound);
    all.extend(utterances.finish());
    let (mut text, mut least, count) = (String::new(), 1.0_f32, all.len());
    for utterance in all {
        let heard = recogniser.hear(utterance.sound).await.expect("heard");
        least = least.min(heard.confidence);
        text = format!("{text} {}", heard.text);
    }
    (text, least, count)
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_understood() {
    let files = EngineFiles::find(&folder()).expect("the engine: run `make speech`");
    let recogniser = Recogniser::start(files, 2).await.expect("it starts");
    let beckett = testing::read_wav(&folder().join("beckett.wav")).expect("a recording");
    let (text, least, count) = heard(&recogniser, &beckett).await;
    let rate = testing::word_error_rate(BECKETT, &text);
    assert!(rate <= 0.1, "{rate:.2}: {text}");
    assert!(count >= 2 && least > 0.3, "{count} utterances, confidence {least}");
    let dickens = testing::read_wav(&folder().join("two_cities.wav")).expect("a recording");
    let (text, ..) = heard(&recogniser, &dickens).await;
    let rate = testing::word_error_rate(DICKENS, &text);
    println!("word error rate {rate:.3}; real-time factor {:?}: {text}", recogniser.real_time_factor());
    assert!(rate <= 0.15, "{rate:.2}: {text}");
}

#[tokio::test]
async fn a_damaged_engine_is_not_loaded() {
    let folder = folder();
    let copy = std::env::temp_dir().join(format!("bedside-speech-{}", std::process::id()));
    std::fs::create_dir_all(&copy).expect("a folder");
    assert!(matches!(EngineFiles::find(&copy), Err(FilesError::Missing(_))));
    for name in ["encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin", "libonnxruntime.so.1"] {
        std::fs::copy(folder.join(name), copy.join(name)).expect("a copy");
    }
    assert!(EngineFiles::find(&copy).is_ok());
    let mut bytes = std::fs::read(copy.join("tokenizer.bin")).expect("bytes");
    bytes[1000] ^= 1;
    std::fs::write(copy.join("tokenizer.bin"), bytes).expect("written");
    let found = EngineFiles::find(&copy);
    std::fs::remove_dir_all(&copy).expect("removed");
    assert!(matches!(found, Err(FilesError::Foreign(path)) if path.ends_with("tokenizer.bin")));
}
