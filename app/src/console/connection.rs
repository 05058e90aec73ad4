//! The connection of the console.

use super::line::ConsoleNews;
use crate::{client::Line, platform};
use common::Refusal;
use futures::StreamExt;
use socket::{DisconnectReason, Incoming, Options};

/// Opens a line to the console's namespace, with what comes over it told to `take`.
pub fn connect(take: impl Fn(ConsoleNews) + 'static) -> Option<Line> {
    let options = Options::new(platform::origin(), "/admin").retry_refused(true);
    let (socket, mut incoming) = platform::connect(options)?;
    let line = Line::new(socket.clone());
    leptos::task::spawn_local(async move {
        while let Some(news) = incoming.next().await {
            match news {
                Incoming::Connected { .. } => take(ConsoleNews::Open),
                Incoming::Event(event) => {
                    take(ConsoleNews::Event(event.name, event.args.into_iter().next().unwrap_or_default()));
                }
                Incoming::ConnectRefused { message, .. } => match platform::read::<Refusal>(&message) {
                    Some(refusal) => take(ConsoleNews::Refused(refusal)),
                    None => take(ConsoleNews::Lost),
                },
                // Why, the door says.
                Incoming::Disconnected { reason: DisconnectReason::ServerDisconnect } => {
                    take(ConsoleNews::Lost);
                    socket.reconnect_now();
                }
                Incoming::Disconnected { .. } | Incoming::Reconnecting { .. } => take(ConsoleNews::Lost),
            }
        }
    });
    Some(line)
}
