use axum::Router;
use db::Db;
use jobs::Idle;
use web::{App, Jobs, Room};

use crate::Client;

/// An app with its doors and its work, which waits until it is told.
#[derive(Debug)]
pub struct TestApp {
    pub app: App,
    pub router: Router,
    jobs: Jobs,
}

impl TestApp {
    pub fn new(app: App, mut rooms: Vec<Room>) -> Self {
        let jobs = rooms.iter_mut().map(|room| std::mem::take(&mut room.jobs)).fold(Jobs::new(), Jobs::merge);
        let router = web::router(app.clone(), rooms);
        Self { app, router, jobs }
    }

    pub fn db(&self) -> &Db {
        self.app.db()
    }

    /// Somebody who is not signed in.
    pub fn visitor(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// A program with this session.
    pub fn program(&self, token: &str) -> Client {
        self.visitor().with_bearer(token)
    }

    /// A browser with this session.
    pub fn browser(&self, token: &str) -> Client {
        self.visitor().with_cookie(web::session_cookie_name(&self.app), token)
    }

    /// Do everything that is due.
    pub async fn work(&self) -> Idle {
        jobs::run_until_idle(self.db(), &self.jobs, self.app.clone()).await.expect("the database answers")
    }
}
