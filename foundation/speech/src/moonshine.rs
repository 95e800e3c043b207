//! The model: sound in, pieces of words out.
//!
//! An encoder turns the sound into features; a decoder, given these and the pieces so far, says how likely each next piece is. What
//! the decoder worked out for earlier pieces is handed back to it (the cache), so that each step looks at one piece alone.

use std::{borrow::Cow, collections::HashMap};

use ort::{
    session::{Session, SessionInputValue, builder::GraphOptimizationLevel},
    value::{DynValue, Tensor},
};

use crate::{
    EngineFiles, SAMPLE_RATE, SpeechError,
    words::{Vocabulary, Word},
};

const BEGIN: i64 = 1;
const END: usize = 2;
/// Shape of an empty cache: one voice, eight heads, 36 numbers each.
const EMPTY: [usize; 4] = [1, 8, 1, 36];
/// Nobody speaks faster; the model stops going round in circles here.
const PIECES_A_SECOND: usize = 7;

type Inputs = Vec<(Cow<'static, str>, DynValue)>;

/// The loaded model.
pub(crate) struct Moonshine {
    encoder: Session,
    decoder: Session,
    vocabulary: Vocabulary,
    /// Names of the decoder's inputs that hold the cache.
    caches: Vec<String>,
    masked: bool,
}

impl Moonshine {
    /// Loads runtime and model; `threads` work on one utterance.
    pub(crate) fn load(files: &EngineFiles, threads: usize) -> Result<Self, SpeechError> {
        let environment = ort::init_from(files.runtime()).map_err(start)?.build().map_err(start)?;
        let session = |path| {
            Session::builder(&environment)
                .map_err(start)?
                .with_intra_threads(threads)
                .map_err(start)?
                .with_optimization_level(GraphOptimizationLevel::Level2)
                .map_err(start)?
                .commit_from_file(path)
                .map_err(start)
        };
        let (encoder, decoder) = (session(files.encoder())?, session(files.decoder())?);
        let names = decoder.inputs().iter().map(|input| input.name().to_owned());
        let caches: Vec<_> = names.filter(|name| name.starts_with("past_key_values.")).collect();
        let masked = decoder.inputs().iter().any(|input| input.name() == "encoder_attention_mask");
        let vocabulary = Vocabulary::read(&files.tokenizer()).map_err(start)?;
        Ok(Self { encoder, decoder, vocabulary, caches, masked })
    }

    /// What was said in `sound` (mono at [`SAMPLE_RATE`]).
    pub(crate) fn hear(&mut self, sound: &[f32]) -> Result<Vec<Word>, ort::Error> {
        let features = self.encode(sound)?;
        let most = (sound.len() * PIECES_A_SECOND).div_ceil(SAMPLE_RATE as usize);
        let mut cache: HashMap<String, DynValue> = HashMap::new();
        for name in &self.caches {
            let nothing = Tensor::from_array((EMPTY, vec![0_f32; EMPTY.iter().product()]))?;
            cache.insert(name.clone(), nothing.into_dyn());
        }
        let mask = if self.masked { Some(ones(sound.len())?) } else { None };
        let (mut last, mut heard) = (BEGIN, Vec::new());
        for step in 0..most {
            let mut own: Inputs = vec![
                ("input_ids".into(), Tensor::from_array(([1, 1], vec![last]))?.into_dyn()),
                ("use_cache_branch".into(), Tensor::from_array(([1], vec![step > 0]))?.into_dyn()),
            ];
            let mut inputs: Vec<(Cow<'_, str>, SessionInputValue<'_>)> =
                own.drain(..).map(|(name, value)| (name, SessionInputValue::from(value))).collect();
            inputs.push(("encoder_hidden_states".into(), (&features).into()));
            if let Some(mask) = &mask {
                inputs.push(("encoder_attention_mask".into(), mask.into()));
            }
            inputs.extend(cache.iter().map(|(name, value)| (Cow::Borrowed(name.as_str()), value.into())));
            let mut outputs = self.decoder.run(inputs)?;
            let (piece, probability) = {
                let (shape, scores) = outputs["logits"].try_extract_tensor::<f32>()?;
                let size = shape.last().copied().and_then(|size| usize::try_from(size).ok()).unwrap_or(0);
                likeliest(&scores[scores.len() - size..])
            };
            if piece == END {
                break;
            }
            heard.push((piece, probability));
            last = i64::try_from(piece).unwrap_or(BEGIN);
            let mut fresh = Vec::new();
            for name in &self.caches {
                // What was worked out from the features is right after the first step and is not given again.
                if step > 0 && name.contains("encoder") {
                    continue;
                }
                if let Some(value) = outputs.remove(name.replacen("past_key_values.", "present.", 1)) {
                    fresh.push((name.clone(), value));
                }
            }
            drop(outputs);
            cache.extend(fresh);
        }
        Ok(self.vocabulary.words(&heard))
    }

    fn encode(&mut self, sound: &[f32]) -> Result<DynValue, ort::Error> {
        let names: Vec<_> = self.encoder.inputs().iter().map(|input| input.name().to_owned()).collect();
        let mut inputs: Inputs = Vec::new();
        for (place, name) in names.into_iter().enumerate() {
            let value = if place == 0 {
                Tensor::from_array(([1, sound.len()], sound.to_vec()))?.into_dyn()
            } else {
                ones(sound.len())?
            };
            inputs.push((name.into(), value));
        }
        let first = self.encoder.outputs()[0].name().to_owned();
        let mut outputs = self.encoder.run(inputs)?;
        outputs.remove(first).ok_or_else(|| ort::Error::new("the encoder has no output"))
    }
}

fn start(error: impl std::fmt::Display) -> SpeechError {
    SpeechError::Start(error.to_string())
}

fn ones(length: usize) -> Result<DynValue, ort::Error> {
    Ok(Tensor::from_array(([1, length], vec![1_i64; length]))?.into_dyn())
}

/// The likeliest piece, and its probability (softmax).
fn likeliest(scores: &[f32]) -> (usize, f32) {
    let (place, best) = scores.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((END, 0.0));
    let sum: f32 = scores.iter().map(|score| (score - best).exp()).sum();
    (place, 1.0 / sum.max(1.0))
}
