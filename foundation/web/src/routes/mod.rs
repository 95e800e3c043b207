//! Routes say whom they are for. `axum::Router::route` is called here and nowhere else.

mod first;
mod openapi;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    middleware,
    routing::{MethodFilter, MethodRouter, on},
};
use schemars::{JsonSchema, Schema};

pub use first::FirstIs;
pub(crate) use openapi::document;

use crate::{App, Audience, guard, idempotency};

/// What a route takes, and so how it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Forms and calls hold words. Nobody need be known to send them, so they are small.
    Words,
    /// A form with files that are small enough to be held.
    Files,
    /// A form whose files are read as they come in (`Incoming`).
    Stream,
}

impl Takes {
    /// Bytes of a whole request. More than the largest file that a form may hold.
    pub(crate) const fn most(self) -> usize {
        match self {
            Self::Words => 256 * 1024,
            Self::Files => 12 * 1024 * 1024,
            Self::Stream => 32 * 1024 * 1024,
        }
    }
}

/// For whom a route is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anyone; the reason why.
    Public(&'static str),
    /// As `Audience::NAME`.
    Audience(&'static str),
}

/// What was declared of one route.
#[derive(Clone, Debug)]
pub struct Declared {
    pub method: &'static str,
    pub path: &'static str,
    pub who: Who,
    /// For calls of the API: what it does, what it takes and gives.
    pub(crate) call: Option<Call>,
}

#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) summary: &'static str,
    pub(crate) body: Option<Schema>,
    /// Whether the body is a form with files.
    pub(crate) is_form: bool,
    pub(crate) answer: Option<Schema>,
}

/// The routes of a room.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    /// Routes that take what comes in slowly, and are given more time.
    streams: Router<App>,
    declared: Vec<Declared>,
}

impl std::fmt::Debug for Routes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Routes").field("declared", &self.declared.len()).finish_non_exhaustive()
    }
}

/// A page for an audience: compiles only if the handler's first argument is that audience.
macro_rules! page {
    ($name:ident, $method:ident) => {
        page!($name, $method, Takes::Words);
    };
    ($name:ident, $method:ident, $takes:expr) => {
        #[must_use]
        pub fn $name<A: Audience, H, T>(self, path: &'static str, handler: H) -> Self
        where
            H: Handler<T, App>,
            T: FirstIs<A> + 'static,
        {
            self.mount(
                stringify!($method),
                MethodFilter::$method,
                $takes,
                (path, Who::Audience(A::NAME), None),
                handler,
            )
        }
    };
}

/// A call of the API: `B` is the JSON it takes, `R` what it answers; `()` for none.
macro_rules! call {
    ($name:ident, $method:ident) => {
        call!($name, $method, Takes::Words);
    };
    ($name:ident, $method:ident, $takes:expr) => {
        #[must_use]
        pub fn $name<A: Audience, B: JsonSchema, R: JsonSchema, H, T>(
            self,
            path: &'static str,
            summary: &'static str,
            handler: H,
        ) -> Self
        where
            H: Handler<T, App>,
            T: FirstIs<A> + 'static,
        {
            let call = Some(Call::of::<B, R>(summary, $takes));
            self.mount(
                stringify!($method),
                MethodFilter::$method,
                $takes,
                (path, Who::Audience(A::NAME), call),
                handler,
            )
        }
    };
}

/// For everyone. `reason` says why nobody need be known here.
macro_rules! public {
    ($name:ident, $method:ident) => {
        public!($name, $method, Takes::Words);
    };
    ($name:ident, $method:ident, $takes:expr) => {
        #[must_use]
        pub fn $name<H, T: 'static>(self, path: &'static str, reason: &'static str, handler: H) -> Self
        where
            H: Handler<T, App>,
        {
            self.mount(stringify!($method), MethodFilter::$method, $takes, (path, Who::Public(reason), None), handler)
        }
    };
}

macro_rules! public_call {
    ($name:ident, $method:ident) => {
        #[must_use]
        pub fn $name<B: JsonSchema, R: JsonSchema, H, T: 'static>(
            self,
            path: &'static str,
            summary: &'static str,
            reason: &'static str,
            handler: H,
        ) -> Self
        where
            H: Handler<T, App>,
        {
            let call = Some(Call::of::<B, R>(summary, Takes::Words));
            self.mount(
                stringify!($method),
                MethodFilter::$method,
                Takes::Words,
                (path, Who::Public(reason), call),
                handler,
            )
        }
    };
}

impl Routes {
    pub fn new() -> Self {
        Self::default()
    }

    page!(get, GET);
    page!(post, POST);
    // A form with files.
    page!(post_files, POST, Takes::Files);
    // A form with large files; the handler takes `Incoming`, and the form token is the first field or a header.
    page!(post_stream, POST, Takes::Stream);
    // A socket (`WebSocketUpgrade`) and a stream of server-sent events are asked for by GET.
    page!(ws, GET);
    page!(sse, GET);
    call!(api_get, GET);
    call!(api_post, POST);
    // As `post_stream`: `multipart/form-data`, of which `B` describes the fields. The handler minds the idempotency key itself.
    call!(api_post_stream, POST, Takes::Stream);
    call!(api_put, PUT);
    call!(api_delete, DELETE);
    public!(public_get, GET);
    public!(public_post, POST);
    // As `post_stream`, for whoever has no account.
    public!(public_post_stream, POST, Takes::Stream);
    public_call!(api_public_get, GET);
    public_call!(api_public_post, POST);

    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.streams = self.streams.merge(other.streams);
        self.declared.extend(other.declared);
        self
    }

    /// Every route, in the order of declaration.
    pub fn declared(&self) -> &[Declared] {
        &self.declared
    }

    /// The routes, those that stream, and what was declared of them all.
    pub(crate) fn into_parts(self) -> (Router<App>, Router<App>, Vec<Declared>) {
        (self.router, self.streams, self.declared)
    }

    fn mount<H, T>(
        mut self,
        method: &'static str,
        filter: MethodFilter,
        takes: Takes,
        (path, who, call): (&'static str, Who, Option<Call>),
        handler: H,
    ) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let mut at: MethodRouter<App> = on(filter, handler);
        if filter != MethodFilter::GET {
            if call.is_some() && takes != Takes::Stream {
                at = at.layer(middleware::from_fn(idempotency::once));
            }
            at = at.layer(middleware::from_fn(move |request, next| guard::same_site(takes, request, next)));
        }
        let at = at.layer(DefaultBodyLimit::max(takes.most()));
        let place = if takes == Takes::Stream { &mut self.streams } else { &mut self.router };
        #[expect(clippy::disallowed_methods, reason = "the one place where routes are mounted")]
        {
            *place = std::mem::take(place).route(path, at);
        }
        self.declared.push(Declared { method, path, who, call });
        self
    }
}

impl Call {
    fn of<B: JsonSchema, R: JsonSchema>(summary: &'static str, takes: Takes) -> Self {
        Self { summary, body: schema::<B>(), is_form: takes == Takes::Stream, answer: schema::<R>() }
    }
}

/// What a call answers that gives a file, for the API's description.
#[derive(Debug)]
pub struct AFile;

impl JsonSchema for AFile {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "File".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "string", "format": "binary" })
    }
}

/// `()` is no body.
fn schema<T: JsonSchema>() -> Option<Schema> {
    (T::schema_name() != <()>::schema_name()).then(|| {
        let settings = schemars::generate::SchemaSettings::draft2020_12().with(|s| s.inline_subschemas = true);
        settings.into_generator().into_root_schema_for::<T>()
    })
}
