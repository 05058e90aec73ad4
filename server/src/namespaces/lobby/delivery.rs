//! Delivers texts to an audience of the lobby, without storing them.

use super::{guest::Guest, pace::too_fast};
use crate::operations::metrics::Metrics;
use common::{
    Refusal,
    lobby::{Attribution, Audience, CHAT_MESSAGE, Namespace},
};
use futures::FutureExt;
use governor::{
    DefaultDirectRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use socketioxide::{SocketIo, extract::SocketRef, operators::BroadcastOperators};
use socketioxide_core::Sid;
use std::{num::NonZeroU32, sync::Arc};

/// The Socket.IO room of all welcomed connections.
pub(super) const EVERYONE: &str = "everyone";

/// Deliveries of the whole lobby per second, and its burst (token bucket). They cost some hundredths of a core,
/// so members do not notice a busy lobby.
const HEARD_PER_SECOND: NonZeroU32 = NonZeroU32::new(20_000).expect("this is not zero");

const HEARD_AT_ONCE: NonZeroU32 = NonZeroU32::new(40_000).expect("this is not zero");

/// The Socket.IO room of a lobby room. Its prefix keeps it apart from other audiences.
pub(super) fn in_room(room: &str) -> String {
    format!("room:{room}")
}

#[derive(Clone)]
pub(super) struct Delivery {
    io: SocketIo,
    rate: Arc<DefaultDirectRateLimiter>,
    metrics: Arc<Metrics>,
}

impl Delivery {
    pub(super) fn new(io: SocketIo, metrics: Arc<Metrics>) -> Self {
        let quota = Quota::per_second(HEARD_PER_SECOND).allow_burst(HEARD_AT_ONCE);
        Self { io, rate: Arc::new(RateLimiter::direct(quota)), metrics }
    }

    /// The socket of a connection in a namespace.
    pub(super) fn socket(&self, namespace: Namespace, sid: Sid) -> Option<SocketRef> {
        self.io.of(namespace.path())?.get_socket(sid)
    }

    /// Sends a guest's text to an audience; returns the number of receiving connections.
    pub(super) fn publish(&self, guest: &Guest, text: &str, to: Audience) -> Result<u32, Refusal> {
        let said = Attribution { from: guest.nickname().clone(), to };
        let count = self.audience(guest, &said.to).map_or(0, |audience| audience.sockets().len());
        let receivers = u32::try_from(count).unwrap_or(u32::MAX);
        let Some(hears) = NonZeroU32::new(receivers) else { return Ok(0) };
        if let Ok(Err(not_yet)) = self.rate.check_n(hears) {
            return Err(too_fast(not_yet.wait_time_from(DefaultClock::default().now())));
        }
        self.metrics.published(CHAT_MESSAGE);
        if let Some(audience) = self.audience(guest, &said.to)
            // The server is one process, so the emit does not wait.
            && let Some(Err(error)) = audience.emit(CHAT_MESSAGE, &(text, &said)).now_or_never()
        {
            // Slow connections miss the text: the lobby stores nothing.
            tracing::debug!(%error, "some connections of the lobby missed a text");
        }
        Ok(receivers)
    }

    /// The number of connections in a room of the namespace.
    pub(super) fn members(&self, guest: &Guest, room: &str) -> u32 {
        let members = self.io.of(guest.namespace().path()).map(|all| all.to(in_room(room)).sockets().len());
        members.unwrap_or_default().try_into().unwrap_or(u32::MAX)
    }

    fn audience(&self, guest: &Guest, to: &Audience) -> Option<BroadcastOperators> {
        let own = guest.namespace().path();
        Some(match to {
            Audience::Everyone => self.io.of(own)?.to(EVERYONE),
            Audience::Others => guest.socket()?.to(EVERYONE),
            Audience::Room(room) => self.io.of(own)?.to(in_room(room)),
            Audience::Namespace(namespace) => self.io.of(namespace.path())?.to(EVERYONE),
        })
    }
}
