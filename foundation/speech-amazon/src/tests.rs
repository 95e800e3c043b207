//! Against a double of the service, over a real socket.

use std::time::Duration;

use kernel::Timestamp;
use speech::{Heard, SpeechError};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::{
    Client, Config, Voice,
    testing::{Amazon, Fate},
};

const PATIENCE: Duration = Duration::from_secs(30);

/// Some instant: the double looks at the signature, not at the clock.
fn now() -> Timestamp {
    Timestamp::from_unix_seconds(1_790_000_000)
}

fn tone(milliseconds: usize) -> Vec<f32> {
    (0..u16::MAX).cycle().take(milliseconds * 16).map(|n| 0.4 * (f32::from(n) * 0.2).sin()).collect()
}

fn voice(amazon: &Amazon) -> (Voice, CancellationToken) {
    with(amazon.config(&["ar-AE"]))
}

fn with(config: Config) -> (Voice, CancellationToken) {
    let stop = CancellationToken::new();
    (Client::new(config).expect("TLS").voice("ar-AE", now(), stop.clone()), stop)
}

/// An utterance at the pace of speech, with its answer.
async fn said(voice: &mut Voice, milliseconds: usize) -> Result<Heard, SpeechError> {
    for part in tone(milliseconds).chunks(3200) {
        voice.say(part);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    timeout(PATIENCE, voice.end()).await.expect("an answer in time").expect("an answer")
}

#[tokio::test]
async fn what_is_said_comes_back_with_how_sure_each_word_is_over_one_stream() {
    let amazon = Amazon::open(&["صداع منذ يومين", "نعم"], &[]).await;
    let (mut voice, _stop) = voice(&amazon);
    let heard = said(&mut voice, 1500).await.expect("heard");
    assert_eq!(heard.text, "صداع منذ يومين");
    let sure: Vec<_> = heard.words.iter().map(|word| word.confidence).collect();
    assert_eq!(sure, [0.97, 0.31, 0.97]);
    assert_eq!(said(&mut voice, 800).await.expect("heard").text, "نعم");
    drop(voice);
    tokio::time::sleep(Duration::from_millis(500)).await;
    let streams = amazon.streams();
    assert_eq!(streams.len(), 1, "one stream a person: {streams:?}");
    assert_eq!((streams[0].language.as_str(), streams[0].ended), ("ar-AE", true));
    assert!((36_000..36_900).contains(&streams[0].loud), "all of it, once, and nothing else: {streams:?}");
}

#[tokio::test]
async fn a_broken_connection_is_made_again_once_and_nothing_is_lost_or_said_twice() {
    for fate in [Fate::Cut, Fate::Garbled, Fate::Failure] {
        let amazon = Amazon::open(&["one two"], &[fate]).await;
        let (mut voice, _stop) = voice(&amazon);
        assert_eq!(said(&mut voice, 2000).await.expect("heard").text, "one two", "{fate:?}");
        let streams = amazon.streams();
        assert_eq!(streams.len(), 2, "{fate:?}");
        assert!(streams[1].loud > 31_000, "from its beginning: {streams:?}");
    }
}

#[tokio::test]
async fn who_is_lost_twice_is_given_up_and_says_so_ever_after() {
    let amazon = Amazon::open(&[], &[Fate::Cut, Fate::Cut]).await;
    let (mut voice, _stop) = voice(&amazon);
    assert!(matches!(said(&mut voice, 2500).await, Err(SpeechError::Lost(_))));
    assert!(matches!(said(&mut voice, 300).await, Err(SpeechError::Lost(_))));
    assert_eq!(amazon.streams().len(), 2, "there is no third try");
}

#[tokio::test]
async fn a_limit_is_not_tried_against() {
    for (fate, streams) in [(Fate::Limit, 1), (Fate::Full, 0)] {
        let amazon = Amazon::open(&[], &[fate]).await;
        let (mut voice, _stop) = voice(&amazon);
        assert_eq!(said(&mut voice, 1500).await, Err(SpeechError::Throttled), "{fate:?}");
        assert!(voice.is_dead());
        assert_eq!(said(&mut voice, 300).await, Err(SpeechError::Throttled));
        assert_eq!(amazon.streams().len(), streams);
    }
}

#[tokio::test]
async fn who_does_not_come_to_an_end_leaves_a_hole() {
    let amazon = Amazon::open(&[], &[Fate::Stuck]).await;
    let (mut voice, _stop) = voice(&amazon);
    assert!(matches!(said(&mut voice, 800).await, Err(SpeechError::Failed(_))));
}

#[tokio::test]
async fn after_a_stop_nothing_leaves_any_more() {
    let amazon = Amazon::open(&["half"], &[]).await;
    let (mut voice, stop) = voice(&amazon);
    // Far more than can be sent in a second.
    for part in tone(9000).chunks(3200) {
        voice.say(part);
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    stop.cancel();
    tokio::time::sleep(Duration::from_millis(150)).await;
    let before = amazon.streams()[0].loud;
    voice.say(&tone(1000));
    let heard = timeout(PATIENCE, voice.end()).await.expect("in time").expect("an answer").expect("heard");
    assert_eq!(heard.text, "half", "what was sent before is answered");
    let after = amazon.streams()[0].loud;
    assert!(before > 8000 && after == before, "{before} {after}");
}

#[tokio::test]
async fn a_wrong_secret_is_refused_by_the_double() {
    let amazon = Amazon::open(&[], &[]).await;
    let mut config = amazon.config(&["ar-AE"]);
    config.secret = kernel::Secret::new("another".into());
    let (mut voice, _stop) = with(config);
    assert!(matches!(said(&mut voice, 500).await, Err(SpeechError::Lost(why)) if why.contains("403")));
    assert_eq!(amazon.wrong(), ["the signature is wrong", "the signature is wrong"]);
}

#[tokio::test]
async fn what_does_not_fit_is_told_as_a_hole_and_the_next_utterance_is_whole() {
    let nobody = "ws://127.0.0.1:9".parse().ok();
    let amazon = Amazon::open(&[], &[]).await;
    let (mut voice, _stop) = with(Config { url: nobody, ..amazon.config(&["ar-AE"]) });
    for _ in 0..2000 {
        voice.say(&[0.1; 16]);
    }
    let answer = timeout(PATIENCE, voice.end()).await.expect("in time").expect("an answer");
    assert!(matches!(answer, Err(SpeechError::Behind)), "{answer:?}");
}
