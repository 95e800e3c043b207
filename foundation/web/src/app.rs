use std::{
    any::{Any, TypeId, type_name},
    collections::HashMap,
    fmt,
    sync::Arc,
};

use access::Actor;
use async_trait::async_trait;
use db::Db;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use url::Url;
use vault::Vault;

use crate::{live::Live, whose::SpokenFor};

/// What the deployment says of itself.
#[derive(Clone, Debug)]
pub struct AppConfig {
    /// The name on pages and in mail.
    pub brand: String,
    /// How browsers reach us. Links in mail begin with it, never with a request's Host header.
    pub base_url: Url,
    pub demo_mode: bool,
}

/// Who holds a session, and how much they have not read yet.
#[derive(Clone, Debug)]
pub struct Known {
    pub actor: Actor,
    pub unread: i64,
    /// All patients this account speaks for, its own first; empty where there is no choice.
    pub people: Vec<SpokenFor>,
}

/// From a session's token to the person who holds it now.
#[async_trait]
pub trait SessionDoor: Send + Sync + 'static {
    /// `extends`: this request keeps the session alive; polling does not.
    async fn find(&self, db: &Db, token: &str, extends: bool) -> Result<Option<Known>, db::Error>;
}

/// What handlers and jobs work with. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inside>);

struct Inside {
    db: Db,
    vault: Vault,
    config: AppConfig,
    door: Option<Arc<dyn SessionDoor>>,
    parts: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
    live: Live,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("config", &self.0.config).finish_non_exhaustive()
    }
}

impl App {
    pub fn builder(db: Db, vault: Vault, config: AppConfig) -> AppBuilder {
        AppBuilder { db, vault, config, door: None, parts: HashMap::new(), stop: CancellationToken::new() }
    }

    pub fn db(&self) -> &Db {
        &self.0.db
    }

    pub fn vault(&self) -> &Vault {
        &self.0.vault
    }

    pub fn brand(&self) -> &str {
        &self.0.config.brand
    }

    pub fn base_url(&self) -> &Url {
        &self.0.config.base_url
    }

    pub fn demo_mode(&self) -> bool {
        self.0.config.demo_mode
    }

    pub fn live(&self) -> &Live {
        &self.0.live
    }

    /// A tool that the server gave to the app, by its type.
    ///
    /// # Panics
    /// When the server did not: a mistake of its wiring, which the first test of the room shows.
    pub fn part<T: Send + Sync + 'static>(&self) -> Arc<T> {
        self.try_part().unwrap_or_else(|| panic!("the app was built without a {}", type_name::<T>()))
    }

    /// A tool that not every process has: a worker has no media room.
    pub fn try_part<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.0.parts.get(&TypeId::of::<T>()).cloned()?.downcast().ok()
    }

    /// Cancelled when the process is to end.
    pub fn stop(&self) -> &CancellationToken {
        &self.0.stop
    }

    pub(crate) fn door(&self) -> Option<&dyn SessionDoor> {
        self.0.door.as_deref()
    }

    pub(crate) fn is_https(&self) -> bool {
        self.0.config.base_url.scheme() == "https"
    }
}

/// Builds an `App`; `build` needs a runtime, for it begins to listen for news.
pub struct AppBuilder {
    db: Db,
    vault: Vault,
    config: AppConfig,
    door: Option<Arc<dyn SessionDoor>>,
    parts: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
    stop: CancellationToken,
}

impl fmt::Debug for AppBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppBuilder").field("config", &self.config).finish_non_exhaustive()
    }
}

impl AppBuilder {
    #[must_use]
    pub fn door(mut self, door: impl SessionDoor) -> Self {
        self.door = Some(Arc::new(door));
        self
    }

    #[must_use]
    pub fn part<T: Send + Sync + 'static>(mut self, part: T) -> Self {
        self.parts.insert(TypeId::of::<T>(), Arc::new(part));
        self
    }

    #[must_use]
    pub fn stop(mut self, stop: CancellationToken) -> Self {
        self.stop = stop;
        self
    }

    pub fn build(self) -> App {
        let live = Live::default();
        let tasks = TaskTracker::new();
        let stop = self.stop.child_token();
        tasks.spawn(live.clone().listen(self.db.clone(), stop.clone()));
        App(Arc::new(Inside {
            db: self.db,
            vault: self.vault,
            config: self.config,
            door: self.door,
            parts: self.parts,
            live,
            stop,
            tasks,
        }))
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        // Nobody can hear any more: the listener goes too.
        self.tasks.close();
        self.stop.cancel();
    }
}
