//! The lobby: two open namespaces, in which anybody may try out how a chat works. Nobody signs in, nothing is
//! kept, and nothing of `/chat` is known here.

mod commands;
mod delivery;
mod entry;
mod guest;
mod nicknames;
mod pace;

use crate::{config::Config, state::AppState};
use common::{Code, Refusal, lobby::Namespace};
use delivery::Delivery;
use nicknames::Nicknames;
use socketioxide::{SocketIo, extract::SocketRef, handler::ConnectHandler};
use std::sync::Arc;

/// What all connections in the lobby share.
#[derive(Clone)]
struct Lobby {
    config: Arc<Config>,
    nicknames: Nicknames,
    delivery: Delivery,
}

/// Opens the namespaces. Where the lobby is switched off, they say so at the door.
pub fn open(io: &SocketIo, state: &AppState) {
    let lobby =
        Lobby { config: state.config.clone(), nicknames: Nicknames::default(), delivery: Delivery::new(io.clone()) };
    for namespace in Namespace::ALL {
        let lobby = lobby.clone();
        let admit = async move |socket: SocketRef| {
            entry::admit(&socket, namespace, lobby).map_err(|refusal| refused(&socket, &refusal))
        };
        io.ns(namespace.path(), entry::opened.with(admit));
    }
}

/// The text of the CONNECT_ERROR: the refusal as JSON.
fn refused(socket: &SocketRef, refusal: &Refusal) -> String {
    tracing::info!(namespace = socket.ns(), code = refusal.code.name(), "a connection was refused");
    serde_json::to_string(refusal).unwrap_or_else(|_| refusal.message.clone())
}

fn switched_off() -> Refusal {
    Refusal::saying(Code::UnknownNamespace, "The lobby is switched off on this server.".into())
}
