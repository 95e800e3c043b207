//! A language model of the operator's choice: text in, text out.
//!
//! Spoken to by the chat completions API that OpenAI defined and that vLLM, llama.cpp, Ollama and Amazon Bedrock
//! (`https://bedrock-runtime.REGION.amazonaws.com/openai/v1`, with a Bedrock API key) answer. It gets no tools, and one question at a
//! time. Whether an answer is true is the caller's to check.

mod config;
mod writer;

#[cfg(test)]
mod tests;

pub use config::{Config, ConfigError};
pub use writer::{Writer, WriterError};
