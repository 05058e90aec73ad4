//! Limits that both sides check: the client to say so early, the server because it must.

/// Characters (Unicode scalar values) in a message.
pub const MESSAGE_CHARS: usize = 20_000;
/// Characters in a room's name.
pub const ROOM_NAME_CHARS: usize = 60;
/// Characters in a room's topic.
pub const TOPIC_CHARS: usize = 250;
/// Characters in a person's or a workspace's name.
pub const NAME_CHARS: usize = 80;
/// Characters in a handle.
pub const HANDLE_CHARS: usize = 30;
/// Characters in a password, at least and at most.
pub const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 10..=256;
/// People in a direct conversation, besides the one who starts it.
pub const DIRECT_PEOPLE: usize = 20;
/// Characters in a search.
pub const SEARCH_CHARS: usize = 200;
/// Messages in a page of what was found.
pub const SEARCH_HITS: usize = 20;
/// Different emoji under one message.
pub const REACTIONS: usize = 50;
/// Pinned messages in one room.
pub const PINS: usize = 100;
/// Messages that one person has saved.
pub const SAVED: usize = 500;
/// Characters in the words of a status.
pub const STATUS_CHARS: usize = 100;
/// Members of a room up to which they see how far the others have read.
pub const RECEIPTS_MEMBERS: u32 = 50;
/// Messages in a page of history.
pub const PAGE_MESSAGES: u32 = 50;
/// Comings, goings and changes of the room that come with such a page.
pub const PAGE_NOTES: u32 = 100;
/// People whose faces stand for the replies to a message.
pub const REPLY_FACES: usize = 5;
/// Threads in the list of those that one follows.
pub const THREADS_LISTED: u32 = 100;
/// Of them, those after the message that a page is around: most of a page is what led to it.
pub const PAGE_AFTER: u32 = 10;
/// Events in a page of what was missed.
pub const CATCH_UP_EVENTS: u32 = 500;
/// Bytes of messages' text with which such a page ends, even when it has fewer events.
pub const CATCH_UP_TEXT: usize = 1024 * 1024;
/// A client that has missed more events of a room than this opens it again.
pub const CATCH_UP_MOST: i64 = 20_000;
/// Files in a message.
pub const ATTACHMENTS: usize = 10;
/// Characters in a file's name.
pub const FILE_NAME_CHARS: usize = 120;
/// Pixels of a thumbnail, in either direction.
pub const THUMBNAIL_PIXELS: u32 = 720;
/// Links of one message of which there are previews.
pub const PREVIEWS: usize = 3;
/// Characters in a preview's title, and in the name of its site.
pub const PREVIEW_TITLE_CHARS: usize = 200;
/// Characters in a preview's text.
pub const PREVIEW_TEXT_CHARS: usize = 300;
/// Pixels of a preview's picture, in either direction.
pub const PREVIEW_PIXELS: u32 = 360;
/// Rooms of which a connection can report what has arrived.
pub const REPORTED_ROOMS: usize = 2_000;
/// Bytes in one WebSocket message or polling payload that the server accepts.
pub const FRAME_BYTES: usize = 256 * 1024;
/// Avatar colours: hues are numbered 0 to this minus one.
pub const HUES: u8 = 12;
/// Unread messages, and those that mention someone, are counted up to this number. It is further than what is shown:
/// a count that has come to it does not say how many there are once one of them is deleted.
pub const UNREAD_COUNTED: u32 = 200;
/// From this number on the client shows "99+".
pub const UNREAD_SHOWN: u32 = 100;
/// People that one message mentions; further names in it are links only.
pub const MENTIONED_PEOPLE: usize = 100;
/// Characters of a message's text in a notification.
pub const EXCERPT_CHARS: usize = 200;
/// Messages that explain a badge.
pub const EXPLAINED: u32 = 5;
/// Characters in the name of a time zone.
pub const ZONE_CHARS: usize = 64;
/// Bytes in the address of a push service.
pub const ENDPOINT_CHARS: usize = 1_000;
/// How long a "… is typing" stays without being renewed, in milliseconds.
pub const TYPING_MILLIS: i64 = 6_000;
/// Characters in the reason of a ban or a report.
pub const REASON_CHARS: usize = 500;
/// Characters in an announcement.
pub const ANNOUNCEMENT_CHARS: usize = 500;
/// Entries in a page of one of the console's lists.
pub const CONSOLE_PAGE: usize = 50;
/// Days that a room's messages may be kept for, at most.
pub const RETENTION_DAYS: u32 = 3_650;
/// Times that an invitation may be used, at most.
pub const INVITE_USES: u32 = 1_000;
/// The longest that an invitation or a program's token lasts, in milliseconds: a year.
pub const LASTS: i64 = 366 * 24 * 60 * 60 * 1000;
/// Characters in what is said in the lobby.
pub const LOBBY_TEXT_CHARS: usize = 300;
/// Characters in the name of a room of the lobby.
pub const LOBBY_ROOM_CHARS: usize = 24;
/// Rooms of the lobby that one connection can be in.
pub const LOBBY_ROOMS: usize = 5;
