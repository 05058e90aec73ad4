//! A person with an account and a session.

use super::{Device, PASSWORD, Received, Web, workspace};
use common::{
    PersonId, RoomId,
    page::{Page, Snapshot},
};
use reqwest::{RequestBuilder, header};
use serde_json::json;
use socket::{Backoff, Options};
use std::time::Duration;

#[derive(Clone)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub handle: String,
    pub token: String,
    landed_at: String,
    web: Web,
}

impl Person {
    /// The person whom the server has just signed in.
    pub async fn let_in(web: &Web, name: &str, answer: Received) -> Self {
        let landed_at = answer.location().to_owned();
        let token = answer.token().unwrap_or_else(|| panic!("{name} was not let in, but sent to {landed_at}"));
        let handle = workspace::handle(name);
        let unknown = PersonId(uuid::Uuid::nil());
        let mut person = Self { id: unknown, name: name.into(), handle, token, landed_at, web: web.clone() };
        person.id = person.snapshot().await.me.id;
        person
    }

    /// The room that sign-in redirected to.
    pub fn landed_in(&self) -> RoomId {
        self.landed_at.strip_prefix("/rooms/").and_then(|id| id.parse().ok()).expect("a room's page")
    }

    /// Signs in again, on another device.
    pub async fn signs_in(&self) -> Self {
        let form = [("handle", self.handle.as_str()), ("password", PASSWORD)];
        Self::let_in(&self.web, &self.name, self.web.submits("/session", &form).await).await
    }

    pub async fn signs_out(&self) -> Received {
        self.submits("/session/end", &[]).await
    }

    pub async fn visits(&self, path: &str) -> Received {
        Received::of(self.signed(self.web.get(path))).await
    }

    pub async fn submits(&self, path: &str, form: &[(&str, &str)]) -> Received {
        Received::of(self.signed(self.web.post(path)).form(form)).await
    }

    pub fn web(&self) -> &Web {
        &self.web
    }

    /// The request, with the session's cookie.
    pub fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        request.header(header::COOKIE, format!("hubbub={}", self.token))
    }

    pub async fn snapshot(&self) -> Snapshot {
        match self.visits("/api/page").await.json() {
            Page::Chat(snapshot) => *snapshot,
            Page::SetUp | Page::Visitor(_) => panic!("{} is not signed in", self.name),
        }
    }

    /// Opens a connection, which is in all its audiences when this returns.
    pub async fn connects(&self) -> Device {
        Device::connect(self.options()).await
    }

    /// Opens the console.
    pub async fn opens_console(&self) -> Device {
        let quickly = Backoff { base: Duration::from_millis(10), cap: Duration::from_millis(100) };
        let options = Options::new(format!("ws://{}", self.web.address), "/admin");
        Device::enters(options.auth(json!({ "token": self.token })).reconnect(quickly)).await
    }

    /// The same, for a device that takes several events in one packet.
    pub async fn connects_for_batches(&self) -> Device {
        let auth = json!({ "token": self.token, "batch": true });
        Device::connect(self.options().auth(auth)).await
    }

    /// The configuration of a connection: with the token, like a program, and with quick reconnects.
    pub fn options(&self) -> Options {
        let quickly = Backoff { base: Duration::from_millis(10), cap: Duration::from_millis(100) };
        Options::new(format!("ws://{}", self.web.address), "/chat")
            .auth(json!({ "token": self.token }))
            .reconnect(quickly)
    }
}
