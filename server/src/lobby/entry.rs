//! Who comes in: anybody, from a page of a welcome origin, as long as there is room.

use super::{Lobby, commands::Intake, guest::Guest, switched_off};
use crate::{config, origin};
use common::{Code, Refusal, lobby::Namespace};
use socketioxide::extract::SocketRef;
use std::sync::Arc;

/// Lets a connection in, ready for whatever its client sends: the connect handler runs in a task of its own,
/// and events may be here before it.
pub(super) fn admit(socket: &SocketRef, namespace: Namespace, lobby: Lobby) -> Result<(), Refusal> {
    if lobby.config.lobby == config::Lobby::Off {
        return Err(switched_off());
    }
    if !origin::is_welcome(&socket.req_parts().headers, &lobby.config) {
        return Err(Code::WrongOrigin.into());
    }
    let nickname = lobby.nicknames.take().ok_or_else(full)?;
    let guest = Arc::new(Guest::new(nickname, namespace));
    socket.on_fallback(Intake { guest: guest.clone(), delivery: lobby.delivery });
    let leaving = guest.clone();
    // What a connection is in is forgotten when this has ended.
    socket.on_disconnect(async move || leaving.goes());
    socket.extensions.insert(guest);
    Ok(())
}

pub(super) async fn opened(socket: SocketRef) {
    match socket.extensions.remove::<Arc<Guest>>() {
        Some(guest) => guest.arrives(&socket),
        None => tracing::error!("a connection came into the lobby unprepared"),
    }
}

fn full() -> Refusal {
    Refusal::saying(Code::TooBusy, "The lobby is full. Try again in a while.".into())
}
