//! Plain HTTP, as a browser or a program sends it. Redirects are inspected, not followed.

use common::Refusal;
use reqwest::{
    Client, RequestBuilder, StatusCode,
    header::{self, HeaderMap},
    redirect::Policy,
};
use serde::de::DeserializeOwned;
use std::net::SocketAddr;

#[derive(Clone)]
pub struct Web {
    client: Client,
    pub address: SocketAddr,
}

impl Web {
    pub fn new(address: SocketAddr) -> Self {
        let client = Client::builder().redirect(Policy::none()).user_agent("Difference Engine No. 2").build().unwrap();
        Self { client, address }
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("http://{}{path}", self.address))
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("http://{}{path}", self.address))
    }

    /// A visitor without a session opens a page.
    pub async fn visits(&self, path: &str) -> Received {
        Received::of(self.get(path)).await
    }

    /// A browser submits a form.
    pub async fn submits(&self, path: &str, form: &[(&str, &str)]) -> Received {
        Received::of(self.post(path).header("sec-fetch-site", "same-origin").form(form)).await
    }

    /// A program submits a form and wants JSON back.
    pub async fn submits_for_json(&self, path: &str, form: &[(&str, &str)]) -> Received {
        Received::of(self.post(path).header(header::ACCEPT, "application/json").form(form)).await
    }
}

/// The response.
#[derive(Debug)]
pub struct Received {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Received {
    pub async fn of(request: RequestBuilder) -> Self {
        let response = super::within("a response", request.send()).await.expect("the server answers");
        let (status, headers) = (response.status(), response.headers().clone());
        let body = super::within("a whole response", response.text()).await.expect("the answer is whole");
        Self { status, headers, body }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The address that this redirects the browser to.
    pub fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.header("location")
    }

    /// The session's token, from the cookie.
    pub fn token(&self) -> Option<String> {
        let cookie = self.header("set-cookie").split(';').next()?;
        cookie.split_once('=').map(|(_, token)| token.to_owned()).filter(|token| !token.is_empty())
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.body))
    }

    pub fn refusal(&self) -> Refusal {
        self.json()
    }
}
