//! Plain form posts: set up, sign up, sign in, sign out, profile. Each answers with a redirect. A refusal
//! redirects to the form and shows the reason. A program that asks for JSON gets the refusal itself.

use crate::{
    config::{Config, SignUp},
    http::{
        accounts::{attempts::Attempts, passwords::Passwords},
        state::HttpState,
        status::status,
    },
    operations::refusals::Source,
    realtime::{bans::Bans, origin, session_token, shared::Realtime},
};
use axum::{
    Form, Json,
    extract::{FromRef, FromRequest, Request, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use common::{
    Code, PersonId,
    accounts::{ProfileForm, SetUpForm, SignInForm, SignUpForm, checked_handle, checked_password},
    connections::SessionEnded,
};
use serde::de::DeserializeOwned;
use std::sync::Arc;
use store::{
    accounts,
    db::Db,
    error::Error,
    invites, people, rooms,
    sessions::{self, verbs::Session},
};

/// Dependencies of the forms.
#[derive(Clone)]
pub struct Desk {
    db: Db,
    config: Arc<Config>,
    passwords: Passwords,
    attempts: Arc<Attempts>,
    bans: Bans,
    realtime: Realtime,
}

impl FromRef<HttpState> for Desk {
    fn from_ref(state: &HttpState) -> Self {
        Self {
            db: state.db.clone(),
            config: state.config.clone(),
            passwords: state.passwords.clone(),
            attempts: state.attempts.clone(),
            bans: state.bans.clone(),
            realtime: state.realtime.clone(),
        }
    }
}

/// `POST /workspace`: create the owner and name the workspace.
pub async fn set_up(State(desk): State<Desk>, request: Request) -> Response {
    let (parts, form) = read::<SetUpForm>(request).await;
    let result = async {
        let form = form?;
        desk.is_welcome(&parts)?;
        if accounts::workspace_name(&desk.db).await?.is_some() {
            return Err(Code::AlreadySetUp.into());
        }
        let hash = desk.passwords.hash(checked_password(&form.password)?.to_owned()).await?;
        let (owner, room) = accounts::set_up(&desk.db, &form, hash).await?;
        tracing::info!(workspace = form.workspace, owner = owner.handle, "the workspace is set up");
        desk.signed_in(&parts, owner.id, format!("/rooms/{room}")).await
    };
    let refused_at = |code| if code == Code::AlreadySetUp { "/sign-in" } else { "/setup" };
    result.await.unwrap_or_else(|error: Error| desk.refused(&parts, error, refused_at, &[]))
}

/// `POST /accounts`: sign up.
pub async fn sign_up(State(desk): State<Desk>, request: Request) -> Response {
    let (parts, form) = read::<SignUpForm>(request).await;
    let kept = form
        .as_ref()
        .map(|form| [("name", form.name.clone()), ("handle", form.handle.clone()), ("invite", form.invite.clone())]);
    let kept = kept.map(Vec::from).unwrap_or_default();
    let result = async {
        let form = form?;
        desk.is_welcome(&parts)?;
        if !form.invite.is_empty() {
            invites::require(&desk.db, &form.invite).await?;
        } else if desk.config.sign_up == SignUp::Closed {
            return Err(Code::SignUpClosed.into());
        }
        let hash = desk.passwords.hash(checked_password(&form.password)?.to_owned()).await?;
        let (person, room) = accounts::sign_up(&desk.db, &form, hash).await?;
        tracing::info!(person = person.handle, "signed up");
        let place = room.map_or("/".to_owned(), |room| format!("/rooms/{room}"));
        desk.signed_in(&parts, person.id, place).await
    };
    result.await.unwrap_or_else(|error: Error| desk.refused(&parts, error, |_| "/sign-up", &kept))
}

/// `POST /session`: sign in.
pub async fn sign_in(State(desk): State<Desk>, request: Request) -> Response {
    let (parts, form) = read::<SignInForm>(request).await;
    let kept = form.as_ref().map(|form| [("handle", form.handle.clone()), ("next", form.next.clone())]);
    let kept = kept.map(Vec::from).unwrap_or_default();
    let result = async {
        let form = form?;
        desk.is_welcome(&parts)?;
        // An invalid handle passes the same lookup, so that answer and timing reveal nothing.
        let handle = checked_handle(&form.handle).unwrap_or_default();
        desk.attempts.at_account(&handle)?;
        let (person, hash) = accounts::credentials(&desk.db, &handle).await?.unzip();
        let matches = desk.passwords.matches(form.password, hash).await?;
        let person = person.filter(|_| matches).ok_or(Code::WrongCredentials)?;
        let place = match local_path(&form.next) {
            Some(path) => path.to_owned(),
            None => rooms::verbs::landing(&desk.db, person).await?,
        };
        desk.signed_in(&parts, person, place).await
    };
    result.await.unwrap_or_else(|error: Error| desk.refused(&parts, error, |_| "/sign-in", &kept))
}

/// `POST /session/end`: sign out, and close the session's connections.
pub async fn sign_out(State(desk): State<Desk>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let result = async {
        if let Some(session) = desk.session(&parts.headers).await? {
            sessions::verbs::end(&desk.db, &session).await?;
            let ended = SessionEnded { refusal: Code::SessionExpired.into() };
            desk.realtime.broadcasts.session_ended(&session.key(), ended).await;
        }
        let jar = CookieJar::new().add(session_token::no_cookie(&desk.config));
        Ok((jar, Redirect::to("/sign-in")).into_response())
    };
    result.await.unwrap_or_else(|error: Error| desk.refused(&parts, error, |_| "/sign-in", &[]))
}

/// `POST /me`: change the person's own name and colour.
pub async fn profile(State(desk): State<Desk>, request: Request) -> Response {
    let (parts, form) = read::<ProfileForm>(request).await;
    let result = async {
        let session = desk.session(&parts.headers).await?.ok_or(Code::NotSignedIn)?;
        let form = form?;
        people::verbs::update(&desk.db, session.person, &form.name, form.hue).await?;
        Ok(Redirect::to("/profile?saved=1").into_response())
    };
    let refused_at = |code| if code == Code::NotSignedIn { "/sign-in" } else { "/profile" };
    result.await.unwrap_or_else(|error: Error| desk.refused(&parts, error, refused_at, &[]))
}

impl Desk {
    /// Takes a token of an address, unless the address is banned.
    fn is_welcome(&self, parts: &Parts) -> Result<(), Code> {
        let address = origin::client_address(parts, &self.config);
        if self.bans.has_address(address) {
            return Err(Code::Banned);
        }
        self.attempts.from_address(address)
    }

    async fn session(&self, headers: &HeaderMap) -> Result<Option<Session>, Error> {
        session_token::of_request(&self.db, headers, &self.config).await
    }

    async fn signed_in(&self, parts: &Parts, person: PersonId, place: String) -> Result<Response, Error> {
        let user_agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        let token = sessions::verbs::start(&self.db, person, user_agent.unwrap_or_default()).await?;
        let jar = CookieJar::new().add(session_token::cookie(token, &self.config));
        Ok((jar, Redirect::to(&place)).into_response())
    }

    /// Redirects to the form with the reason and the typed values, except passwords; or returns the refusal as
    /// JSON.
    fn refused(
        &self,
        parts: &Parts,
        error: Error,
        at: impl Fn(Code) -> &'static str,
        kept: &[(&str, String)],
    ) -> Response {
        let refusal = error.into_refusal();
        if is_kept_out(refusal.code) {
            let address = origin::client_address(parts, &self.config);
            self.realtime.refusals.write(Source::request(parts.uri.path(), address), "form", None, &refusal);
        }
        if wants_json(&parts.headers) {
            return (status(refusal.code), Json(refusal)).into_response();
        }
        let place = at(refusal.code);
        let mut query = vec![("refused", refusal.code.name())];
        query.extend(kept.iter().filter(|(_, value)| !value.is_empty() && value.len() < 500).cloned());
        match serde_urlencoded::to_string(&query) {
            Ok(query) => Redirect::to(&format!("{place}?{query}")).into_response(),
            Err(_) => Redirect::to(place).into_response(),
        }
    }
}

/// The form in the request's body, and the request's head.
async fn read<F: DeserializeOwned>(request: Request) -> (Parts, Result<F, Error>) {
    let (parts, body) = request.into_parts();
    let form = Form::<F>::from_request(Request::from_parts(parts.clone(), body), &()).await;
    let form = form.map(|Form(form)| form).map_err(|rejection| match rejection.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => Code::TooLarge.into(),
        _ => Code::Malformed.into(),
    });
    (parts, form)
}

/// Whether a refusal concerns access. Other refusals concern the form's fields.
fn is_kept_out(code: Code) -> bool {
    matches!(
        code,
        Code::WrongCredentials
            | Code::TooManyAttempts
            | Code::SignUpClosed
            | Code::BadInvite
            | Code::Deactivated
            | Code::Banned
    )
}

fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.starts_with("application/json"))
}

/// A local path for the redirect after signing in; never an address of another site.
fn local_path(next: &str) -> Option<&str> {
    let is_local = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    (is_local && !next.chars().any(char::is_control) && next != "/").then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_never_redirects_to_another_site() {
        assert_eq!(local_path("/rooms/1"), Some("/rooms/1"));
        for elsewhere in ["https://evil.test", "//evil.test", "/\\evil.test", "", "/\r\nx"] {
            assert_eq!(local_path(elsewhere), None, "{elsewhere}");
        }
    }
}
