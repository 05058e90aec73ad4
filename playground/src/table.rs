//! The table at which the browsers sit: what each can do, and the story of it.

use crate::{
    browser::{Browser, Line, Wish},
    connection::{Call, Failure, call},
    lessons::{self, Deed, Step},
    story,
    travel::{Direction, Paper, flash, pause, travel, way},
};
use common::lobby::{Attribution, Audience, EnterRoom, LeaveRoom, LobbyRoom, Namespace, Nickname, Say};
use futures::{
    FutureExt,
    future::{join, join_all},
};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Sentences that the story keeps.
const STORY: usize = 60;
/// Messages that go out together are seen one after the other, this many milliseconds apart.
const APART: u32 = 220;
/// Messages of one browser of which is known when they seem to reach the server.
const SENT: usize = 30;
/// How often and for how long a lesson looks whether a line stands, in milliseconds.
const LOOK: u32 = 50;
const LOOKS: u32 = 100;
/// Between the deeds of a lesson, to read what has happened.
const BETWEEN: u32 = 350;
/// Empty messages in a rush.
const RUSH: usize = 25;

#[derive(Clone, Copy)]
pub struct Table {
    pub seats: [Seat; 3],
    pub story: RwSignal<Vec<Sentence>>,
    /// The lesson that is being shown.
    pub shown: RwSignal<Option<String>>,
}

/// One thing that has happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    pub number: usize,
    pub kind: Kind,
    pub hue: Option<u8>,
    pub words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Talk,
    Line,
    No,
}

/// A browser's place at the table.
#[derive(Clone, Copy)]
pub struct Seat {
    index: usize,
    pub browser: RwSignal<Browser>,
    call: StoredValue<Option<Call>>,
    /// Counts its lines, so that an old one has no say any more.
    turn: StoredValue<u32>,
    /// What it has said, and when that seems to reach the server.
    sent: StoredValue<Vec<(Wish, f64)>>,
}

impl Seat {
    fn new(index: usize) -> Self {
        Self {
            index,
            browser: RwSignal::new(Browser::default()),
            call: StoredValue::new(None),
            turn: StoredValue::new(0),
            sent: StoredValue::new(Vec::new()),
        }
    }

    pub fn index(self) -> usize {
        self.index
    }

    /// As people count.
    pub fn number(self) -> usize {
        self.index + 1
    }

    pub fn turn(self) -> u32 {
        self.turn.get_value()
    }

    pub fn update(self, change: impl FnOnce(&mut Browser)) {
        self.browser.update(change);
    }

    fn peek<T>(self, part: impl FnOnce(&Browser) -> T) -> T {
        self.browser.with_untracked(part)
    }

    /// What it is called; its number when the server has not given it a name yet.
    fn name(self) -> String {
        let who = self.peek(|browser| browser.who.as_ref().map(|who| who.name.clone()));
        who.unwrap_or_else(|| format!("Browser {}", self.number()))
    }

    fn hue(self) -> Option<u8> {
        self.peek(|browser| browser.who.as_ref().map(|who| who.hue))
    }

    fn hang_up(self) {
        self.turn.update_value(|turn| *turn += 1);
        self.call.set_value(None);
    }

    /// When something that this browser has said seems to reach the server.
    fn arrival_of(self, text: &str, said: &Attribution) -> Option<f64> {
        self.sent.with_value(|sent| {
            let found = sent.iter().rev().find(|(wish, _)| wish.text == text && wish.to == said.to);
            found.map(|(_, at)| *at)
        })
    }

    fn notes(self, wish: &Wish, at: f64) {
        self.sent.update_value(|sent| {
            sent.push((wish.clone(), at));
            let surplus = sent.len().saturating_sub(SENT);
            sent.drain(..surplus);
        });
    }
}

impl Table {
    /// Three browsers, who call the server at once.
    pub fn laid() -> Self {
        let seats = [0, 1, 2].map(Seat::new);
        let table = Self { seats, story: RwSignal::new(Vec::new()), shown: RwSignal::new(None) };
        for seat in seats {
            table.calls(seat);
        }
        table
    }

    /// Goes on with the story.
    pub fn tell(self, kind: Kind, seat: Seat, words: String) {
        self.write(kind, seat.hue(), words);
    }

    fn write(self, kind: Kind, hue: Option<u8>, words: String) {
        self.story.update(|story| {
            let number = story.last().map_or(0, |last| last.number + 1);
            story.push(Sentence { number, kind, hue, words });
            let surplus = story.len().saturating_sub(STORY);
            story.drain(..surplus);
        });
    }

    fn calls(self, seat: Seat) {
        seat.hang_up();
        let namespace = seat.peek(|browser| browser.namespace);
        seat.call.set_value(Some(call(self, seat, namespace)));
    }

    /// The server has let a browser in. What waited goes out.
    pub fn arrives(self, seat: Seat, who: Nickname, namespace: Namespace) {
        let before = seat.peek(|browser| browser.who.as_ref().map(|who| who.name.clone()));
        let name = who.name.clone();
        let mut waited = Vec::new();
        seat.update(|browser| waited = browser.arrives(who));
        self.tell(Kind::Line, seat, story::arrived(seat.number(), &name, namespace, before.as_deref(), waited.len()));
        spawn_local(async move {
            travel(seat.index, Direction::Up, Paper::Deed("hello?".into())).await;
            travel(seat.index, Direction::Down, Paper::Deed(name)).await;
        });
        let mut delay = 0;
        for wish in waited {
            spawn_local(self.sends(seat, wish, delay));
            delay += if way() == 0 { 0 } else { APART };
        }
    }

    /// Someone has said something that reaches this browser.
    pub fn hears(self, seat: Seat, text: String, said: Attribution) {
        let speaker = self.seats.into_iter().find(|seat| seat.peek(|browser| browser.who.as_ref() == Some(&said.from)));
        if speaker.is_none() && self.is_first_to_hear(seat, &said) {
            self.write(Kind::Talk, Some(said.from.hue), story::stranger_said(&said.from.name, &text, &said.to));
        }
        let arrival = speaker.and_then(|speaker| speaker.arrival_of(&text, &said));
        let wait = arrival.map_or(0.0, |at| (at - js_sys::Date::now()).max(0.0));
        spawn_local(async move {
            pause(wait as u32).await;
            let paper = Paper::Words { text: text.clone(), hue: said.from.hue };
            travel(seat.index, Direction::Down, paper).await;
            seat.update(|browser| browser.hears(said.from, text, said.to));
        });
    }

    /// What a stranger says comes over several lines, and is told once.
    fn is_first_to_hear(self, seat: Seat, said: &Attribution) -> bool {
        let hears = |other: &Seat| {
            let own = seat.peek(|browser| browser.namespace);
            other.peek(|browser| {
                let is_in = match &said.to {
                    Audience::Room(room) => browser.rooms.contains(room),
                    _ => true,
                };
                browser.is_live() && browser.namespace == own && is_in
            })
        };
        self.seats.iter().find(|seat| hears(seat)).is_none_or(|first| first.index == seat.index)
    }

    /// A browser says something, or keeps it for when it has a line. Ends when the answer is back.
    pub async fn says(self, seat: Seat, wish: Wish) {
        if seat.peek(Browser::is_live) {
            return self.sends(seat, wish, 0).await;
        }
        let (mut has_place, mut waiting) = (false, 0);
        let text = wish.text.clone();
        seat.update(|browser| {
            has_place = browser.keeps(wish);
            waiting = browser.waiting.len();
        });
        if has_place {
            self.tell(Kind::Line, seat, story::waits(&seat.name(), &text, waiting));
        } else {
            self.tell(Kind::No, seat, story::no_place_to_wait(&seat.name()));
        }
    }

    /// Sends it now, and not when the future is first polled; it is seen to leave a little later.
    fn sends(self, seat: Seat, wish: Wish, delay: u32) -> impl Future<Output = ()> + use<> {
        seat.notes(&wish, js_sys::Date::now() + f64::from(delay + way()));
        let say = Say { text: wish.text.clone(), to: wish.to.clone() };
        let answer = seat.call.with_value(|call| call.as_ref().map(|call| call.ask(&say)));
        let (who, own, hue) = (seat.name(), seat.peek(|browser| browser.namespace), seat.hue());
        let paper = Paper::Words { text: wish.text.clone(), hue: hue.unwrap_or_default() };
        async move {
            let (answer, millis) = asked(seat, answer, delay, paper).await;
            match answer {
                Ok(told) => {
                    self.tell(Kind::Talk, seat, story::said(&who, &wish, own, told.told, millis));
                    flash(".server", "is-passing");
                    travel(seat.index, Direction::Down, Paper::Tick(millis)).await;
                }
                Err(failure) => {
                    let words = match &failure {
                        Failure::Refused(refusal) => story::refused(&who, &wish, &refusal.message),
                        Failure::Unanswered => story::unanswered(&who, &wish),
                    };
                    self.denies(seat, words, matches!(failure, Failure::Refused(_))).await;
                }
            }
        }
    }

    async fn denies(self, seat: Seat, words: String, is_answered: bool) {
        self.tell(Kind::No, seat, words);
        if is_answered {
            flash(".gates", "is-closed");
            travel(seat.index, Direction::Down, Paper::No).await;
        }
    }

    pub async fn enters(self, seat: Seat, room: String) {
        let paper = Paper::Deed(format!("join {room}"));
        let asking = seat.call.with_value(|call| call.as_ref().map(|call| call.ask(&EnterRoom { room })));
        let done = |now: LobbyRoom| {
            seat.update(|browser| browser.enters(&now.room));
            story::entered(&seat.name(), &now.room, now.members)
        };
        self.does(seat, paper, asking, done).await;
    }

    pub async fn leaves(self, seat: Seat, room: String) {
        let paper = Paper::Deed(format!("leave {room}"));
        let asking = seat.call.with_value(|call| call.as_ref().map(|call| call.ask(&LeaveRoom { room })));
        let done = |now: LobbyRoom| {
            seat.update(|browser| browser.leaves(&now.room));
            story::left(&seat.name(), &now.room, now.members)
        };
        self.does(seat, paper, asking, done).await;
    }

    /// Comes into a room or leaves it; `done` returns what is told then.
    async fn does(
        self,
        seat: Seat,
        paper: Paper,
        asking: Option<impl Future<Output = Result<LobbyRoom, Failure>>>,
        done: impl FnOnce(LobbyRoom) -> String,
    ) {
        if asking.is_none() {
            return;
        }
        let line = |seat: Seat| (seat.turn(), seat.peek(|browser| browser.who.clone()));
        let before = line(seat);
        let answered = asked(seat, asking, 0, paper).await;
        // Another line knows of no rooms that the one before was in.
        if line(seat) != before {
            return;
        }
        match answered {
            (Ok(now), millis) => {
                self.tell(Kind::Line, seat, done(now));
                flash(".server", "is-passing");
                travel(seat.index, Direction::Down, Paper::Tick(millis)).await;
            }
            (Err(Failure::Refused(refusal)), _) => {
                self.denies(seat, story::denied(&seat.name(), &refusal.message), true).await;
            }
            (Err(Failure::Unanswered), _) => {}
        }
    }

    pub fn cuts(self, seat: Seat) {
        seat.hang_up();
        seat.update(|browser| browser.loses(Line::Cut));
        self.tell(Kind::Line, seat, story::was_cut(&seat.name()));
    }

    pub fn mends(self, seat: Seat) {
        seat.update(|browser| browser.loses(Line::Calling));
        self.calls(seat);
    }

    /// Takes a browser to a namespace. That is another connection.
    pub fn takes(self, seat: Seat, namespace: Namespace) {
        if seat.peek(|browser| browser.namespace == namespace) {
            return;
        }
        self.tell(Kind::Line, seat, story::hung_up(&seat.name(), namespace));
        seat.update(|browser| browser.moves(namespace));
        self.calls(seat);
    }

    /// More at once than the server takes, but nothing that anybody else would hear.
    async fn rushes(self, seat: Seat) {
        let nothing = Wish { text: String::new(), to: Audience::Everyone };
        let say = Say { text: nothing.text.clone(), to: nothing.to.clone() };
        let asked = seat
            .call
            .with_value(|call| call.as_ref().map(|call| (0..RUSH).map(|_| call.ask(&say)).collect::<Vec<_>>()));
        let Some(asked) = asked else { return };
        let seen = async {
            let papers = (0..5).map(|number| async move {
                pause(number * APART / 2).await;
                travel(seat.index, Direction::Up, Paper::Words { text: String::new(), hue: 0 }).await;
            });
            join_all(papers).await;
        };
        let (answers, _) = join(join_all(asked), seen).await;
        let mut reason = None;
        let mut slow_enough = 0;
        for answer in answers {
            match answer {
                Err(Failure::Refused(refusal)) if refusal.retry_after.is_some() => {
                    reason.get_or_insert(refusal.message);
                }
                _ => slow_enough += 1,
            }
        }
        if let Some(reason) = reason {
            self.denies(seat, story::rushed(&seat.name(), RUSH, slow_enough, &reason), true).await;
        }
    }

    /// Shows an idea, unless one is being shown.
    pub async fn shows(self, idea: String) {
        let Some(steps) = lessons::of(&idea).filter(|_| self.shown.get_untracked().is_none()) else { return };
        self.shown.set(Some(idea));
        for seat in self.seats {
            let (is_live, namespace) = seat.peek(|browser| (browser.is_live(), browser.namespace));
            if namespace != Namespace::Lobby {
                self.takes(seat, Namespace::Lobby);
            } else if !is_live {
                self.mends(seat);
            }
        }
        for seat in self.seats {
            stands(seat).await;
        }
        for Step(index, deed) in steps {
            let seat = self.seats[*index];
            match *deed {
                Deed::Say(text, to) => self.says(seat, Wish { text: text.into(), to: to.into() }).boxed_local().await,
                Deed::Enter(room) => self.enters(seat, room.into()).await,
                Deed::Go(namespace) => {
                    self.takes(seat, namespace);
                    stands(seat).await;
                }
                Deed::Cut => self.cuts(seat),
                Deed::Mend => {
                    self.mends(seat);
                    stands(seat).await;
                }
                Deed::Rush => self.rushes(seat).await,
            }
            pause(BETWEEN).await;
        }
        self.shown.set(None);
    }
}

/// What a browser asks is seen to go up, after a while; the answer is there when both are, with the time that it
/// took in milliseconds.
async fn asked<T>(
    seat: Seat,
    asking: Option<impl Future<Output = Result<T, Failure>>>,
    delay: u32,
    paper: Paper,
) -> (Result<T, Failure>, u32) {
    let begun = js_sys::Date::now();
    let answered = async {
        let answer = match asking {
            Some(asking) => asking.await,
            None => Err(Failure::Unanswered),
        };
        (answer, (js_sys::Date::now() - begun) as u32)
    };
    let seen = async {
        pause(delay).await;
        travel(seat.index, Direction::Up, paper).await;
    };
    join(answered, seen).await.0
}

/// Waits until a browser has a line, but not for ever.
async fn stands(seat: Seat) {
    for _ in 0..LOOKS {
        if seat.peek(Browser::is_live) {
            return;
        }
        pause(LOOK).await;
    }
}
