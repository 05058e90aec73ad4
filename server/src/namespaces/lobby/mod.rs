//! The lobby: two open namespaces for trying out the chat. It has no sign-in, stores nothing and knows nothing
//! of `/chat`.
//!
//! Each connection holds a nickname, and the number of nicknames limits the connections ([`nicknames`]). Rate
//! limits apply to each connection ([`pace`]) and to the whole lobby ([`delivery`]), so members do not notice a
//! busy lobby.

mod commands;
mod delivery;
mod guest;
mod nicknames;
mod pace;

use crate::{
    commands::dispatch::Bound,
    realtime::{
        admission::{self, Candidate, Gate, written},
        lifecycle::{self, opened},
    },
};
use common::{Code, Refusal, lobby::Namespace};
use delivery::Delivery;
use guest::Guest;
use nicknames::Nicknames;
use socketioxide::{SocketIo, extract::SocketRef, handler::ConnectHandler};

/// Opens the lobby's namespaces.
pub fn open(io: &SocketIo, gate: &Gate) {
    let (nicknames, delivery) = (Nicknames::default(), Delivery::new(io.clone(), gate.realtime.metrics.clone()));
    for namespace in Namespace::ALL {
        let (gate, nicknames, delivery) = (gate.clone(), nicknames.clone(), delivery.clone());
        let admit = async move |socket: SocketRef, auth| {
            let candidate = Candidate::new(socket, namespace.path(), auth, gate);
            let candidate = admission::pass(admission::VISITORS, candidate).await?;
            let handle = candidate.handle().ok_or_else(|| written(&Code::Internal.into()))?;
            let nickname = nicknames.take().ok_or_else(|| written(&full()))?;
            let ctx = Guest::new(nickname, namespace, handle, delivery);
            lifecycle::enter(candidate.socket(), Bound { ctx, commands: &commands::COMMANDS }, ());
            Ok::<_, String>(())
        };
        io.ns(namespace.path(), (async |socket| opened::<Bound<Guest>>(socket).await).with(admit));
    }
}

fn full() -> Refusal {
    Refusal::saying(Code::TooBusy, "The lobby is full. Try again in a while.".into())
}
