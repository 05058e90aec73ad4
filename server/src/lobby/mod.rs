//! The lobby: two open namespaces, in which anybody may try out how a chat works. Nobody signs in, nothing is
//! kept, and nothing of `/chat` is known here.

mod commands;
mod delivery;
mod entry;
mod guest;
mod nicknames;
mod pace;

use crate::{
    middleware::connect::{self, Visitor},
    state::AppState,
};
use common::lobby::Namespace;
use delivery::Delivery;
use nicknames::Nicknames;
use socketioxide::{SocketIo, extract::SocketRef, handler::ConnectHandler};

/// What all connections in the lobby share.
#[derive(Clone)]
struct Lobby {
    nicknames: Nicknames,
    delivery: Delivery,
}

/// Opens the namespaces.
pub fn open(io: &SocketIo, state: &AppState) {
    let lobby = Lobby {
        nicknames: Nicknames::default(),
        delivery: Delivery::new(io.clone(), state.operations.metrics.clone()),
    };
    for namespace in Namespace::ALL {
        let (lobby, state) = (lobby.clone(), state.clone());
        let admit = async move |socket: SocketRef, auth| {
            let visitor = Visitor::new(socket, namespace.path(), auth, state);
            let visitor = connect::pass(connect::VISITORS, visitor).await?;
            entry::admit(visitor, namespace, &lobby).map_err(|refusal| connect::written(&refusal))
        };
        io.ns(namespace.path(), entry::opened.with(admit));
    }
}
