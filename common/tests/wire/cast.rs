//! The people, rooms and messages that the snapshots speak of, always the same.

use common::{
    CommandId, ConnectionId, FileId, MessageId, Millis, PersonId, PreviewId, RoomId,
    files::{Attachment, FileKind},
    messages::{Message, MessagePage},
    people::{Person, Role},
    rooms::{RoomKind, RoomSummary},
    roster::PersonTag,
    words::Names,
};
use uuid::Uuid;

/// 2025-12-10T09:00:00Z.
pub const MORNING: Millis = 1_765_357_200_000;

/// A UUID version 7 of that morning that ends in `number`.
const fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x019b_077d_2280_7000_8000_0000_0000_0000 | number)
}

pub const ADA: PersonId = PersonId(id(0xa1));
pub const GRACE: PersonId = PersonId(id(0xa2));
pub const GENERAL: RoomId = RoomId(id(0xb1));
pub const COMPILERS: RoomId = RoomId(id(0xb2));
pub const ADA_AND_GRACE: RoomId = RoomId(id(0xb3));
pub const NOWHERE: RoomId = RoomId(id(0xbf));
pub const HELLO: MessageId = MessageId(id(0xc1));
pub const REPLY: MessageId = MessageId(id(0xc2));
pub const PHOTO: FileId = FileId(id(0xf1));
pub const PREVIEW: PreviewId = PreviewId(id(0xf5));
/// The id of a command.
pub const COMMAND: CommandId = CommandId(id(0xe1));

pub const CONNECTION: ConnectionId = ConnectionId(id(0x51));

/// Ada, as the console's lists name her.
pub fn ada_there() -> PersonTag {
    PersonTag { id: ADA, handle: "ada".into(), name: "Ada Lovelace".into() }
}

pub fn grace_there() -> PersonTag {
    PersonTag { id: GRACE, handle: "grace".into(), name: "Grace Hopper".into() }
}

pub fn ada() -> Person {
    Person::new(ADA, "ada".into(), "Ada Lovelace".into(), 7, Role::Owner)
}

pub fn grace() -> Person {
    Person::new(GRACE, "grace".into(), "Grace Hopper".into(), 2, Role::Member)
}

pub fn hello() -> Message {
    Message::posted(HELLO, GENERAL, 3, ADA, "Hello, Grace!".into(), MORNING + 3_000)
}

/// What Grace replies to it.
pub fn reply() -> Message {
    let reply = Message::posted(REPLY, GENERAL, 4, GRACE, "Hello, Ada!".into(), MORNING + 4_000);
    Message { parent: Some(HELLO), ..reply }
}

pub fn photo() -> Attachment {
    let (name, media_type) = ("engine.jpg".into(), "image/jpeg".into());
    let (width, height) = (Some(1600), Some(1200));
    Attachment { id: PHOTO, name, kind: FileKind::Image, media_type, size: 240_000, width, height }
}

/// The only page of the room "general".
pub fn page() -> MessagePage {
    MessagePage { messages: vec![hello()], ..MessagePage::default() }
}

/// The room "general" as Grace sees it before she has read Ada's message.
pub fn general() -> RoomSummary {
    RoomSummary {
        topic: "Everyone is here. Say hello.".into(),
        seq: 3,
        read: 2,
        unread: 1,
        ..RoomSummary::made(GENERAL, RoomKind::Public, "general".into(), MORNING + 3_000)
    }
}

/// A private room in which nothing has been said yet.
pub fn compilers() -> RoomSummary {
    RoomSummary {
        topic: "Programs that write programs".into(),
        seq: 1,
        read: 1,
        ..RoomSummary::made(COMPILERS, RoomKind::Private, "compilers".into(), MORNING + 4_000)
    }
}

/// A direct conversation in which nothing has been said yet.
pub fn ada_and_grace() -> RoomSummary {
    RoomSummary {
        people: vec![ADA, GRACE],
        seq: 2,
        read: 2,
        ..RoomSummary::made(ADA_AND_GRACE, RoomKind::Direct, String::new(), MORNING + 5_000)
    }
}

/// What things are called on Ada's screen.
pub struct Known;

impl Names for Known {
    fn me(&self) -> PersonId {
        ADA
    }

    fn person(&self, id: PersonId) -> Option<String> {
        [ada(), grace()].into_iter().find(|person| person.id == id).map(|person| person.name)
    }

    fn room(&self, id: RoomId) -> Option<String> {
        let names =
            [(GENERAL, "#general"), (COMPILERS, "compilers"), (ADA_AND_GRACE, "your conversation with Grace Hopper")];
        names.into_iter().find(|(room, _)| *room == id).map(|(_, name)| name.into())
    }

    fn message(&self, room: RoomId, id: MessageId) -> Option<String> {
        [hello(), reply()]
            .into_iter()
            .find(|message| (message.room, message.id) == (room, id))
            .map(|message| message.text)
    }
}

/// Someone who does not know what anything is called.
pub struct Stranger;

impl Names for Stranger {
    fn me(&self) -> PersonId {
        GRACE
    }

    fn person(&self, _: PersonId) -> Option<String> {
        None
    }

    fn room(&self, _: RoomId) -> Option<String> {
        None
    }

    fn message(&self, _: RoomId, _: MessageId) -> Option<String> {
        None
    }
}
