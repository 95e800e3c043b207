//! Says what a recording says, and how long it took: `cargo run -p speech --features testing --example hear -- FOLDER FILE.wav …`.

use std::path::Path;

use speech::{EngineFiles, Recogniser, Utterances, testing::read_wav};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut given = std::env::args().skip(1);
    let folder = given.next().ok_or("the folder of the engine is needed")?;
    let recogniser = Recogniser::start(EngineFiles::find(Path::new(&folder))?, 1).await?;
    for file in given {
        let mut utterances = Utterances::default();
        let mut all = utterances.push(&read_wav(Path::new(&file))?);
        all.extend(utterances.finish());
        for utterance in all {
            let (from, until) = (utterance.from.as_secs_f32(), utterance.until.as_secs_f32());
            let heard = recogniser.hear(utterance.sound).await?;
            println!("{from:6.1}–{until:<6.1} {:3.0} %  {}", heard.confidence * 100.0, heard.text);
        }
    }
    println!("real-time factor {:.3}", recogniser.real_time_factor().unwrap_or_default());
    Ok(())
}
