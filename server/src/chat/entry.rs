//! Connect middleware: a connection enters the namespace with a session, from a welcome origin.

use super::connection::{self, Rooms};
use crate::{accounts::sessions, broadcasts::Packing, error::Error, origin, state::AppState};
use common::{Code, Refusal, RoomId};
use serde::Deserialize;
use socketioxide::extract::{SocketRef, TryData};

/// What a client says in its CONNECT packet.
#[derive(Default, Deserialize)]
pub(super) struct Auth {
    /// From programs, which have no cookies.
    token: Option<String>,
    /// Whether it takes several events in one packet.
    #[serde(default)]
    batch: bool,
}

/// Lets the connection in, ready for its commands, or says why not. The text of the
/// CONNECT_ERROR is the refusal as JSON.
pub(super) async fn admit(socket: SocketRef, TryData(auth): TryData<Auth>, state: AppState) -> Result<(), String> {
    let Auth { token, batch } = auth.unwrap_or_default();
    let packing = if batch { Packing::Batch } else { Packing::Single };
    let seen = state.broadcasts.audience_changes();
    let refusal = match session(&socket, token, &state).await {
        Ok((session, rooms)) => {
            connection::prepare(&socket, session, packing, Rooms { known: rooms, seen }, state);
            return Ok(());
        }
        Err(error) => error.into_refusal(),
    };
    tracing::info!(namespace = socket.ns(), code = refusal.code.name(), "a connection was refused");
    Err(written(&refusal))
}

async fn session(
    socket: &SocketRef,
    token: Option<String>,
    state: &AppState,
) -> Result<(sessions::Session, Vec<RoomId>), Error> {
    let headers = &socket.req_parts().headers;
    if !origin::is_welcome(headers, &state.config) {
        return Err(Code::WrongOrigin.into());
    }
    let token = token.or_else(|| sessions::token_in_cookie(headers, &state.config)).ok_or(Code::NotSignedIn)?;
    let found = state.lookups.find(&token).await?;
    Ok(found.ok_or(Code::SessionExpired)?)
}

fn written(refusal: &Refusal) -> String {
    serde_json::to_string(refusal).unwrap_or_else(|_| refusal.message.clone())
}
