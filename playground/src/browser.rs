//! One of the browsers: where it is, how its line is, what waits, what it has heard.

use common::lobby::{Audience, Namespace, Nickname};

/// What it has heard is shown up to this number.
const HEARD: usize = 30;
/// Messages that wait for the line, at most.
pub const WAITING: usize = 10;

#[derive(Clone, Debug, PartialEq)]
pub struct Browser {
    /// Under which name the server knows it. Every connection gets one of its own.
    pub who: Option<Nickname>,
    pub namespace: Namespace,
    pub line: Line,
    /// The rooms that it is in, as the server has answered.
    pub rooms: Vec<String>,
    /// To whom it speaks.
    pub to: Audience,
    pub waiting: Vec<Wish>,
    pub heard: Vec<Heard>,
    /// How much it has heard in all: the next one's number.
    count: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Calling,
    Live,
    /// By someone here.
    Cut,
    /// By the network, or by a server that restarts.
    Lost,
    /// The server does not take this connection, and says why.
    Refused(String),
}

/// Something to be said.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    pub text: String,
    pub to: Audience,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    pub number: u32,
    pub from: Nickname,
    pub is_own: bool,
    pub text: String,
    pub to: Audience,
}

impl Default for Browser {
    fn default() -> Self {
        Self {
            who: None,
            namespace: Namespace::Lobby,
            line: Line::Calling,
            rooms: Vec::new(),
            to: Audience::Everyone,
            waiting: Vec::new(),
            heard: Vec::new(),
            count: 0,
        }
    }
}

impl Browser {
    pub fn is_live(&self) -> bool {
        self.line == Line::Live
    }

    /// The server has let it in, under this name; it is in no room. Returns what has waited for that.
    pub fn arrives(&mut self, who: Nickname) -> Vec<Wish> {
        self.who = Some(who);
        self.line = Line::Live;
        std::mem::take(&mut self.waiting)
    }

    /// It has no line any more. The server has taken it off all lists.
    pub fn loses(&mut self, line: Line) {
        self.line = line;
        self.rooms.clear();
        if matches!(self.to, Audience::Room(_)) {
            self.to = Audience::Everyone;
        }
    }

    /// Goes to another namespace, where nothing of this one counts.
    pub fn moves(&mut self, namespace: Namespace) {
        self.loses(Line::Calling);
        self.namespace = namespace;
        self.to = Audience::Everyone;
    }

    pub fn enters(&mut self, room: &str) {
        if !self.rooms.iter().any(|known| known == room) {
            self.rooms.push(room.to_owned());
        }
    }

    pub fn leaves(&mut self, room: &str) {
        self.rooms.retain(|known| known != room);
        if self.to == Audience::Room(room.to_owned()) {
            self.to = Audience::Everyone;
        }
    }

    /// Keeps something for when there is a line; says whether there was a place for it.
    pub fn keeps(&mut self, wish: Wish) -> bool {
        let has_place = self.waiting.len() < WAITING;
        if has_place {
            self.waiting.push(wish);
        }
        has_place
    }

    pub fn hears(&mut self, from: Nickname, text: String, to: Audience) {
        let is_own = self.who.as_ref() == Some(&from);
        self.count += 1;
        self.heard.push(Heard { number: self.count, from, is_own, text, to });
        if self.heard.len() > HEARD {
            self.heard.remove(0);
        }
    }

    /// Whom it can speak to.
    pub fn audiences(&self) -> Vec<Audience> {
        let rooms = self.rooms.iter().cloned().map(Audience::Room);
        let mut all = vec![Audience::Everyone, Audience::Others];
        all.extend(rooms);
        all.push(Audience::Namespace(self.namespace.other()));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn otter() -> Nickname {
        Nickname { name: "Blue otter".into(), hue: 8 }
    }

    #[test]
    fn who_loses_the_line_is_in_no_room_and_speaks_to_everyone() {
        let mut browser = Browser::default();
        browser.arrives(otter());
        browser.enters("tea");
        browser.to = Audience::Room("tea".into());
        browser.loses(Line::Cut);
        assert_eq!((browser.rooms.len(), browser.to.clone(), browser.is_live()), (0, Audience::Everyone, false));
    }

    #[test]
    fn what_waits_goes_out_in_order_once() {
        let mut browser = Browser::default();
        let wish = |text: &str| Wish { text: text.into(), to: Audience::Everyone };
        for text in ["One.", "Two.", "Three."] {
            assert!(browser.keeps(wish(text)));
        }
        assert_eq!(browser.arrives(otter()), ["One.", "Two.", "Three."].map(wish));
        assert_eq!(browser.arrives(otter()), []);
    }

    #[test]
    fn neither_what_waits_nor_what_was_heard_grows_for_ever() {
        let mut browser = Browser::default();
        for number in 0..100 {
            browser.keeps(Wish { text: number.to_string(), to: Audience::Everyone });
            browser.hears(otter(), number.to_string(), Audience::Everyone);
        }
        assert_eq!((browser.waiting.len(), browser.heard.len()), (WAITING, HEARD));
        assert_eq!(browser.heard.last().map(|heard| heard.text.as_str()), Some("99"));
    }

    #[test]
    fn one_speaks_to_the_rooms_that_one_is_in_and_to_the_other_namespace() {
        let mut browser = Browser::default();
        browser.arrives(otter());
        browser.enters("tea");
        browser.enters("tea");
        let all = browser.audiences();
        assert_eq!(all.len(), 4);
        assert_eq!((&all[2], &all[3]), (&Audience::Room("tea".into()), &Audience::Namespace(Namespace::Garden)));
    }
}
