//! Who comes in: anybody whom the door lets in, as long as there is room.

use super::{Lobby, commands::Intake, guest::Guest};
use crate::middleware::connect::Visitor;
use common::{Code, Refusal, lobby::Namespace};
use socketioxide::{extract::SocketRef, socket::DisconnectReason};
use std::sync::Arc;

/// Makes a connection that the door has let in ready for whatever its client sends: the connect handler runs in
/// a task of its own, and events may be here before it.
pub(super) fn admit(visitor: Visitor, namespace: Namespace, lobby: &Lobby) -> Result<(), Refusal> {
    let entered = visitor.entered().ok_or(Code::Internal)?;
    let nickname = lobby.nicknames.take().ok_or_else(full)?;
    let socket = visitor.into_socket();
    let guest = Arc::new(Guest::new(nickname, namespace, entered));
    socket.on_fallback(Intake { guest: guest.clone(), delivery: lobby.delivery.clone() });
    let leaving = guest.clone();
    // What a connection is in is forgotten when this has ended.
    socket.on_disconnect(async move |reason: DisconnectReason| leaving.goes(&reason.to_string()));
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
