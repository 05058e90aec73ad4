//! Being complete: what was missed is fetched, on every new connection and at every hole, and how far
//! this client has come is reported.

use super::{Chat, Failure, Unreachable};
use crate::{
    platform,
    state::{Change, ChatState, Conversation, Link},
};
use common::{
    MessageId, RoomId,
    catch_up::{CatchUp, MissedEvents},
    delivery::ReportDelivery,
    page::GetSnapshot,
    rooms::OpenRoom,
    threads::OpenThread,
};
use leptos::{prelude::*, task::spawn_local};
use std::{mem, time::Duration};

/// The batch of missed events that is applied together.
const DRAWN_AT_ONCE: usize = 2_500;

/// What has arrived is reported together, once in this time.
const REPORTED_EVERY: Duration = Duration::from_secs(1);

impl Chat {
    /// Fetches a snapshot, with the shown room if it is not loaded. Then pending messages are sent, in order,
    /// and what was missed of the loaded rooms is fetched.
    pub fn resume(self) {
        self.apply(Change::Connected);
        let open = self.open.get_untracked();
        let is_loaded = |id| self.peek(|state| state.rooms.get(&id).is_some_and(|room| room.timeline.is_some()));
        let reply = self.send(GetSnapshot { room: open.filter(|id| !is_loaded(*id)) });
        spawn_local(async move {
            match reply.await {
                Ok(snapshot) => {
                    // This is another connection, on which nothing was reported yet.
                    self.session.try_update_value(|session| {
                        session.reported.clear();
                        session.server_ahead = snapshot.at - platform::now();
                    });
                    self.apply(Change::Snapshot(Box::new(snapshot)));
                    self.apply(Change::Linked(Link::Live));
                    for message in self.peek(ChatState::unsent) {
                        self.deliver(message);
                    }
                    self.adopt().await;
                    for room in self.peek(ChatState::behind) {
                        self.catch_up(room);
                    }
                }
                Err(Failure::Unreachable(Unreachable::Silent)) => self.resume(),
                // The next connection resumes.
                Err(Failure::Unreachable(Unreachable::Away)) => {}
                Err(Failure::Refused(refusal)) => self.apply(Change::Linked(Link::Refused(refusal))),
            }
        });
    }

    /// Fetches a snapshot because the unread counts have changed.
    pub(super) fn recount(self) {
        let reply = self.send(GetSnapshot { room: None });
        spawn_local(async move {
            // Without an answer, the next connection asks.
            if let Ok(snapshot) = reply.await {
                self.apply(Change::Snapshot(Box::new(snapshot)));
            }
        });
    }

    /// The connection is lost; it is being made again.
    pub fn lost(self) {
        if self.peek(|state| state.link == Link::Live) {
            self.apply(Change::Linked(Link::Reconnecting));
        }
    }

    /// Fetches a room that is not loaded.
    pub fn reopen(self, room: RoomId) {
        let reply = self.send(OpenRoom { room });
        spawn_local(async move {
            if let Ok(view) = reply.await {
                self.apply(Change::Opened(view));
            }
        });
    }

    /// Fetches a thread. A message that is a reply has none of its own: the one that it stands in is returned.
    ///
    /// # Errors
    /// When it did not come.
    pub async fn open_thread(self, room: RoomId, parent: MessageId) -> Result<MessageId, Failure> {
        let conversation = Conversation::beside(room, parent);
        self.apply(Change::ThreadAsked(conversation));
        let view = self.send(OpenThread { room, parent }).await;
        let found = view.as_ref().map(|view| view.parent.id).map_err(Clone::clone);
        self.apply(match view {
            Ok(view) if view.parent.id == parent => Change::ThreadOpened(Box::new(view)),
            Ok(_) | Err(_) => Change::ThreadFailed(conversation),
        });
        found
    }

    /// Asks what a room is that this client does not know.
    pub fn look_up(self, room: RoomId) {
        let reply = self.send(GetSnapshot { room: Some(room) });
        spawn_local(async move {
            if let Ok(snapshot) = reply.await {
                self.apply(Change::Snapshot(Box::new(snapshot)));
            }
        });
    }

    /// Asks for what was missed of a room, page by page, until nothing is missing.
    pub(super) fn catch_up(self, room: RoomId) {
        let is_running = self.session.try_update_value(|session| {
            let is_running = session.catching_up.contains(&room);
            if !is_running {
                session.catching_up.push(room);
            }
            is_running
        });
        if is_running != Some(false) {
            return;
        }
        spawn_local(async move {
            let complete = self.peek(|state| state.rooms.get(&room).map(|room| room.complete));
            let (mut after, mut missed) = (complete.unwrap_or_default(), Vec::new());
            loop {
                match self.send(CatchUp { room, after }).await {
                    Ok(MissedEvents::Events { events, last }) => {
                        after = events.last().map_or(last, |event| event.seq);
                        missed.extend(events);
                        // Drawing is what takes time.
                        if after >= last || missed.len() >= DRAWN_AT_ONCE {
                            self.apply(Change::CaughtUp { room, events: mem::take(&mut missed) });
                        }
                        if after >= last {
                            break;
                        }
                    }
                    Err(Failure::Unreachable(Unreachable::Silent)) => {}
                    // The next connection catches up.
                    Err(Failure::Unreachable(Unreachable::Away)) => break,
                    Ok(MissedEvents::TooMany { .. }) | Err(Failure::Refused(_)) => {
                        self.apply(Change::Reset(room));
                        self.reopen(room);
                        break;
                    }
                }
            }
            self.session.try_update_value(|session| session.catching_up.retain(|other| *other != room));
        });
    }

    /// Tells the server once in a while how much of each room has arrived here, so that authors see
    /// whom they reached.
    pub(super) fn report_soon(self) {
        let is_due = self.session.try_update_value(|session| mem::replace(&mut session.report_is_due, true));
        if is_due != Some(false) {
            return;
        }
        let report = move || {
            self.session.try_update_value(|session| session.report_is_due = false);
            self.report();
        };
        set_timeout(report, REPORTED_EVERY);
    }

    fn report(self) {
        let is_live = |state: &ChatState| state.link == Link::Live;
        let here = self.state.try_with_untracked(|state| is_live(state).then(|| state.complete())).flatten();
        let news = self.session.try_update_value(|session| {
            let before = mem::replace(&mut session.reported, here.clone().unwrap_or_default());
            here.unwrap_or_default().into_iter().filter(|place| !before.contains(place)).collect::<Vec<_>>()
        });
        if let Some(rooms) = news.filter(|rooms| !rooms.is_empty()) {
            let answer = self.send(ReportDelivery { rooms });
            // Nothing hangs on it: the next report says it again.
            spawn_local(async move { drop(answer.await) });
        }
    }
}
