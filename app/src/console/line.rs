//! The console's state: the ticks of each second, connections that opened and closed, and
//! refusals.

use super::connection;
use crate::{
    client::{Chat, Line, ask, use_chat},
    failure::{Failure, Unreachable},
    ui::effect,
};
use common::{
    Code, Command, Millis, Refusal, ServerEvent,
    console::{ConnectionChange, GetOverview, Overview, TICK, Tick},
    json,
    refusal_log::LoggedRefusal,
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value;
use std::collections::VecDeque;

/// Seconds that are drawn.
pub const SECONDS: usize = 60;

/// How many of the latest connections and refusals are shown.
const LATEST: usize = 10;

/// What happens on the line.
pub enum ConsoleNews {
    /// Commands can be sent.
    Open,
    /// The connection is gone, or was not made.
    Lost,
    /// The door is closed.
    Refused(Refusal),
    Event(String, Value),
}

#[derive(Clone, Debug, PartialEq)]
enum LinkState {
    Connecting,
    Live,
    Lost,
    /// Why the console refuses the user.
    Refused(String),
}

/// The console of the page, handed to its components through context. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Console {
    chat: Chat,
    line: StoredValue<Option<Line>>,
    link: RwSignal<LinkState>,
    /// The server's version, and when it was started.
    pub about: RwSignal<Option<(String, Millis)>>,
    /// The last seconds, oldest first.
    pub ticks: RwSignal<VecDeque<Tick>>,
    /// The latest first.
    pub comings: RwSignal<VecDeque<ConnectionChange>>,
    pub refusals: RwSignal<VecDeque<LoggedRefusal>>,
}

impl Console {
    /// Connects, for as long as the component that calls this is there.
    pub fn provide() -> Self {
        let chat = use_chat();
        let console = Self {
            chat,
            line: StoredValue::new(None),
            link: RwSignal::new(LinkState::Connecting),
            about: RwSignal::new(None),
            ticks: RwSignal::new(VecDeque::new()),
            comings: RwSignal::new(VecDeque::new()),
            refusals: RwSignal::new(VecDeque::new()),
        };
        provide_context(console);
        let chat_is_live = chat.is_live();
        effect(move || {
            let connected = connection::connect(move |news| console.take(news));
            console.line.set_value(connected);
        });
        // When the chat's connection is back, the console need not wait.
        effect(move || {
            if chat_is_live.get() {
                console.with_line(Line::hurry);
            }
        });
        on_cleanup(move || console.with_line(Line::leave));
        console
    }

    /// The console of the page that this component is on.
    pub fn of_page() -> Self {
        expect_context()
    }

    fn with_line(self, act: impl FnOnce(&Line)) {
        self.line.try_with_value(|line| line.as_ref().map(act));
    }

    fn take(self, news: ConsoleNews) {
        match news {
            ConsoleNews::Open => {
                self.link.try_set(LinkState::Live);
                self.look();
            }
            ConsoleNews::Lost => self.lost(),
            ConsoleNews::Refused(refusal) => self.refused(&refusal),
            ConsoleNews::Event(name, payload) if name == TICK => match json::read(payload) {
                Ok(tick) => self.hear(tick),
                Err(_) => leptos::logging::warn!("a second of the console could not be read"),
            },
            ConsoleNews::Event(name, payload) => {
                // What everyone is told comes over the chat's connection, too: the same words, shown once.
                let heard = ServerEvent::read_all(&name, payload).into_iter().next();
                if let Some(Ok(Some(event @ ServerEvent::Announced(_)))) = heard {
                    self.chat.hear(event);
                }
            }
        }
    }

    fn lost(self) {
        self.link.try_update(|link| {
            if !matches!(link, LinkState::Refused(_)) {
                *link = LinkState::Lost;
            }
        });
    }

    fn refused(self, refusal: &Refusal) {
        let is_final = matches!(
            refusal.code,
            Code::NotAnAdmin
                | Code::NotSignedIn
                | Code::SessionExpired
                | Code::Deactivated
                | Code::Banned
                | Code::WrongOrigin
        );
        if is_final {
            self.with_line(Line::leave);
        }
        self.link.try_set(LinkState::Refused(refusal.message.clone()));
    }

    /// Asks how things stand.
    fn look(self) {
        let overview = self.send(GetOverview {});
        spawn_local(async move {
            if let Ok(overview) = overview.await {
                self.learn(overview);
            }
        });
    }

    fn learn(self, overview: Overview) {
        self.about.try_set(Some((overview.version, overview.started_at)));
        let known = self.ticks.try_with_untracked(|ticks| ticks.back().map(|tick| tick.at)).flatten();
        for tick in overview.ticks.into_iter().filter(|tick| known.is_none_or(|known| tick.at > known)) {
            self.hear(tick);
        }
    }

    fn hear(self, mut tick: Tick) {
        let (comings, door) = (std::mem::take(&mut tick.comings), std::mem::take(&mut tick.door));
        if !comings.is_empty() {
            self.comings.try_update(|latest| comings.into_iter().for_each(|coming| put(latest, coming)));
        }
        if !door.is_empty() {
            self.refusals.try_update(|latest| {
                // The newest of them is the first.
                for refused in door.into_iter().rev() {
                    latest.retain(|known| !known.is_same(&refused));
                    put(latest, refused);
                }
            });
        }
        self.ticks.try_update(|ticks| {
            if ticks.len() == SECONDS {
                ticks.pop_front();
            }
            ticks.push_back(tick);
        });
    }

    pub fn is_live(self) -> Memo<bool> {
        Memo::new(move |_| self.link.get() == LinkState::Live)
    }

    /// The open reports.
    pub fn reports(self) -> Memo<u32> {
        Memo::new(move |_| self.ticks.with(|ticks| ticks.back().map_or(0, |tick| tick.reports)))
    }

    /// How things stand, for the mark beside the words.
    pub fn mark(self) -> &'static str {
        self.link.with(|link| match link {
            LinkState::Live => "live",
            LinkState::Connecting | LinkState::Lost => "busy",
            LinkState::Refused(_) => "down",
        })
    }

    pub fn in_words(self) -> &'static str {
        self.link.with(|link| match link {
            LinkState::Live => "Live",
            LinkState::Connecting => "Connecting…",
            LinkState::Lost => "Reconnecting…",
            LinkState::Refused(_) => "Refused",
        })
    }

    /// Why the console refuses the user.
    pub fn refusal(self) -> Option<String> {
        self.link.with(|link| match link {
            LinkState::Refused(sentence) => Some(sentence.clone()),
            LinkState::Live | LinkState::Connecting | LinkState::Lost => None,
        })
    }

    /// Sends a command. It is on its way when this returns.
    pub fn send<C: Command>(self, command: C) -> impl Future<Output = Result<C::Reply, Failure>> + use<C> {
        let reply = ask(self.line, C::NAME, serde_json::to_value(command).ok());
        async move { json::read(reply.await?).map_err(|_| Unreachable::Silent.into()) }
    }
}

fn put<T>(latest: &mut VecDeque<T>, one: T) {
    latest.push_front(one);
    latest.truncate(LATEST);
}
