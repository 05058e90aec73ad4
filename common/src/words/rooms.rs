//! Rooms and their members, in sentences.

use super::{InWords, Names, counted, quoted};
use crate::{
    permissions::{MemberGroup, RoomRole},
    rooms::{
        ChangeMember, ChangeRoom, CreateRoom, InvitePeople, InvitedPeople, JoinRoom, LeaveRoom, ListRooms,
        MemberChanged, MemberJoined, MemberLeft, OpenRoom, RemoveMember, RoomCard, RoomChange, RoomChanged,
        RoomRemoved, RoomStarred, RoomSummary, RoomView, StarRoom, StartDirect, name_in_sentence,
    },
};

impl RoomSummary {
    /// The room as it stands in a sentence.
    pub(super) fn in_words(&self, names: &dyn Names) -> String {
        names.room(self.id).unwrap_or_else(|| name_in_sentence(self.kind, &self.name))
    }

    pub(super) fn added_in_words(&self, names: &dyn Names) -> String {
        format!("From now on {} is in your sidebar.", self.in_words(names))
    }
}

impl InWords<Vec<RoomCard>> for ListRooms {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked for the list of public rooms.".into()
    }

    fn answered(&self, cards: &Vec<RoomCard>, _: &dyn Names) -> String {
        format!("sent {}", counted(cards.len(), "room", "rooms"))
    }
}

impl InWords<RoomSummary> for CreateRoom {
    fn asked(&self, _: &dyn Names) -> String {
        format!("You asked to make the room {}.", quoted(&self.name))
    }

    fn answered(&self, _: &RoomSummary, _: &dyn Names) -> String {
        "made it".into()
    }
}

impl InWords<RoomSummary> for JoinRoom {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked to join {}.", names.in_room(self.room))
    }

    fn answered(&self, summary: &RoomSummary, names: &dyn Names) -> String {
        format!("let you into {}", summary.in_words(names))
    }
}

impl InWords<()> for LeaveRoom {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked to leave {}.", names.in_room(self.room))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "took you out of it".into()
    }
}

impl InWords<InvitedPeople> for InvitePeople {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked to bring {} into {}.", names.whom_all(&self.people), names.in_room(self.room))
    }

    fn answered(&self, invited: &InvitedPeople, names: &dyn Names) -> String {
        format!("let {} in", names.whom_all(&invited.people))
    }
}

impl InWords<RoomView> for OpenRoom {
    fn asked(&self, names: &dyn Names) -> String {
        format!("Your browser asked for {} with its people and messages.", names.in_room(self.room))
    }

    fn answered(&self, view: &RoomView, _: &dyn Names) -> String {
        let people = counted(view.members.len(), "person", "people");
        format!("sent {people} and {}", counted(view.page.messages.len(), "message", "messages"))
    }
}

impl InWords<RoomSummary> for StartDirect {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked for a conversation with {}.", names.whom_all(&self.people))
    }

    fn answered(&self, _: &RoomSummary, _: &dyn Names) -> String {
        "opened it".into()
    }
}

impl InWords<()> for ChangeRoom {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked to change {} so that {}.", names.in_room(self.room), self.change.in_words())
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "changed it for everyone".into()
    }
}

impl RoomChange {
    /// As it goes on after "so that".
    pub(super) fn in_words(&self) -> String {
        let who = |who: &MemberGroup| if who.is_everyone() { "everyone" } else { "only owners" };
        match self {
            RoomChange::Name(name) => format!("its name is {}", quoted(name)),
            RoomChange::Topic(topic) if topic.is_empty() => "it has no topic".into(),
            RoomChange::Topic(topic) => format!("its topic is {}", quoted(topic)),
            RoomChange::Archived(true) => "it is archived".into(),
            RoomChange::Archived(false) => "it is not archived any more".into(),
            RoomChange::Posting(posting) => format!("{} can post in it", who(posting)),
            RoomChange::Announcing(announcing) => format!("{} can address everyone in it", who(announcing)),
        }
    }
}

impl InWords<()> for ChangeMember {
    fn asked(&self, names: &dyn Names) -> String {
        let (whom, room) = (names.whom(self.person), names.in_room(self.room));
        format!("You asked to make {whom} {} of {room}.", self.role.in_words())
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "did so".into()
    }
}

impl InWords<()> for RemoveMember {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked to take {} out of {}.", names.whom(self.person), names.in_room(self.room))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "did so".into()
    }
}

impl InWords<()> for StarRoom {
    fn asked(&self, names: &dyn Names) -> String {
        let whether = if self.starred { "first" } else { "no longer first" };
        format!("You asked to have {} {whether} in your sidebar.", names.in_room(self.room))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted that for all of your devices".into()
    }
}

impl RoomStarred {
    pub(super) fn in_words(&self, names: &dyn Names) -> String {
        let whether = if self.starred { "first" } else { "no longer first" };
        format!("You have {} {whether} in your sidebar.", names.in_room(self.room))
    }
}

impl RoomRemoved {
    pub(super) fn in_words(&self, names: &dyn Names) -> String {
        match names.room(self.room) {
            Some(room) => format!("You are not in {room} any more."),
            None => "You are not in a room any more.".into(),
        }
    }
}

impl RoomChanged {
    pub(super) fn in_words(&self, names: &dyn Names) -> String {
        let (who, room) = (names.who(self.by), names.in_room(self.room));
        format!("{who} changed {room} so that {}.", self.change.in_words())
    }
}

impl MemberJoined {
    pub(super) fn in_words(&self, names: &dyn Names) -> String {
        let room = names.in_room(self.room);
        match self.by {
            None => format!("{} joined {room}.", names.who(self.person)),
            Some(by) => format!("{} brought {} into {room}.", names.who(by), names.whom(self.person)),
        }
    }
}

impl MemberLeft {
    pub(super) fn in_words(&self, names: &dyn Names) -> String {
        let room = names.in_room(self.room);
        match self.by {
            None => format!("{} left {room}.", names.who(self.person)),
            Some(by) => format!("{} took {} out of {room}.", names.who(by), names.whom(self.person)),
        }
    }
}

impl MemberChanged {
    pub(super) fn in_words(&self, names: &dyn Names) -> String {
        let (by, whom) = (names.who(self.by), names.whom(self.person));
        format!("{by} made {whom} {} of {}.", self.role.in_words(), names.in_room(self.room))
    }
}

impl RoomRole {
    pub(super) fn in_words(self) -> &'static str {
        match self {
            RoomRole::Owner => "an owner",
            RoomRole::Member => "a member",
        }
    }
}
