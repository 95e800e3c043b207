use std::{
    collections::{BTreeMap, BTreeSet},
    future::Future,
    sync::Arc,
};

use futures::future::{BoxFuture, FutureExt};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Event, Failed, Job};

pub(crate) type Handler<S> = Arc<dyn Fn(S, Value) -> BoxFuture<'static, Result<(), Failed>> + Send + Sync>;

/// What the program can do after a commit: handlers by job name, subscribers by event, schedules. `S` is what handlers work with.
pub struct Registry<S> {
    pub(crate) handlers: BTreeMap<String, Handler<S>>,
    /// Event name → names of the subscribers' jobs.
    pub(crate) subscribers: BTreeMap<&'static str, BTreeSet<&'static str>>,
    pub(crate) schedules: Vec<Schedule>,
    duplicates: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Schedule {
    pub(crate) name: &'static str,
    pub(crate) minutes: u32,
}

/// Two handlers claim one name.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("more than one handler is registered for: {}", .0.join(", "))]
pub struct DuplicateName(pub Vec<String>);

impl<S> Default for Registry<S> {
    fn default() -> Self {
        Self { handlers: BTreeMap::new(), subscribers: BTreeMap::new(), schedules: Vec::new(), duplicates: Vec::new() }
    }
}

impl<S> std::fmt::Debug for Registry<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registry")
            .field("handlers", &self.handlers.keys())
            .field("subscribers", &self.subscribers)
            .field("schedules", &self.schedules)
            .finish_non_exhaustive()
    }
}

impl<S: Clone + Send + Sync + 'static> Registry<S> {
    pub fn new() -> Self {
        Self::default()
    }

    /// Do jobs of this kind by `run`.
    #[must_use]
    pub fn on<J, F, Fut>(self, run: F) -> Self
    where
        J: Job,
        F: Fn(S, J) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), Failed>> + Send + 'static,
    {
        self.insert(J::NAME, parsing(run))
    }

    /// Hear of an event. `subscriber` is the name of the jobs that this makes (`domain.verb`), unique in the program.
    #[must_use]
    pub fn on_event<E, F, Fut>(mut self, subscriber: &'static str, run: F) -> Self
    where
        E: Event,
        F: Fn(S, E) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), Failed>> + Send + 'static,
    {
        self.subscribers.entry(E::NAME).or_default().insert(subscriber);
        self.insert(subscriber, parsing(run))
    }

    /// Do this every so many minutes (counted from the epoch, so all workers agree), once for all workers together.
    #[must_use]
    pub fn every<F, Fut>(mut self, name: &'static str, minutes: u32, run: F) -> Self
    where
        F: Fn(S) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), Failed>> + Send + 'static,
    {
        self.schedules.push(Schedule { name, minutes: minutes.max(1) });
        self.insert(name, Arc::new(move |state, _| run(state).boxed()))
    }

    /// Both registries' work.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        for (event, subscribers) in other.subscribers {
            self.subscribers.entry(event).or_default().extend(subscribers);
        }
        self.schedules.extend(other.schedules);
        self.duplicates.extend(other.duplicates);
        for (name, handler) in other.handlers {
            self = self.insert(&name, handler);
        }
        self
    }

    /// Every name has one handler.
    pub fn check(&self) -> Result<(), DuplicateName> {
        if self.duplicates.is_empty() { Ok(()) } else { Err(DuplicateName(self.duplicates.clone())) }
    }

    /// The names of all jobs, subscribers and schedules.
    pub fn names(&self) -> Vec<String> {
        self.handlers.keys().cloned().collect()
    }

    fn insert(mut self, name: &str, handler: Handler<S>) -> Self {
        if self.handlers.insert(name.to_owned(), handler).is_some() {
            self.duplicates.push(name.to_owned());
        }
        self
    }
}

/// A payload that no longer parses can never succeed.
fn parsing<S, T, F, Fut>(run: F) -> Handler<S>
where
    S: Send + 'static,
    T: DeserializeOwned + Send + 'static,
    F: Fn(S, T) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<(), Failed>> + Send + 'static,
{
    Arc::new(move |state, payload| match serde_json::from_value::<T>(payload) {
        Ok(value) => run(state, value).boxed(),
        Err(error) => {
            let failed = Failed::for_good(format!("the payload is not understood: {error}"));
            async move { Err(failed) }.boxed()
        }
    })
}
