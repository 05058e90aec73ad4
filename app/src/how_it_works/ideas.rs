//! The seven ideas, in plain words.

pub struct Idea {
    /// Its place on the page, and what the playground knows it by.
    pub id: &'static str,
    pub name: &'static str,
    pub words: &'static str,
    /// Where it is in Hubbub itself.
    pub here: &'static str,
    pub to_try: &'static str,
}

pub const IDEAS: [Idea; 7] = [
    Idea {
        id: "connection",
        name: "A connection stays open",
        words: "Most pages ask once, get an answer and hang up. A chat cannot: no page can know when another person will say \
                something. So your browser calls the server and stays on the line. From then on, either of the two can \
                speak at any moment.",
        here: "In Hubbub every message has a number. A browser that was away asks for the missing numbers.",
        to_try: "cut one browser’s line, say something in another, restore the line. What was said meanwhile went past it.",
    },
    Idea {
        id: "broadcast",
        name: "A broadcast goes in once and out many times",
        words: "Browsers are not connected to each other. Each browser has one line, to the server. You tell the server \
                once, and it repeats it to the others: one message in, many messages out.",
        here: "In Hubbub your own words are on your screen at once. What comes back only says where they stand.",
        to_try: "say something to “Everyone”, then to “Everyone but me”. Only the first comes back to you.",
    },
    Idea {
        id: "room",
        name: "A room is a list",
        words: "The server keeps a list for each room: who is in it. What is said to a room goes to those on its list and to \
                no one else. Joining puts you on the list. Losing the line takes you off all lists.",
        here: "In Hubbub the lists are kept on disk, so you are in your rooms again as soon as you are back.",
        to_try: "let two browsers join “tea”, and say something to it. The third hears nothing.",
    },
    Idea {
        id: "namespace",
        name: "A namespace is a house of its own",
        words: "One server can be several houses behind one door, each with its own rooms, its own rules and its own idea \
                of who may come in. The room “tea” in one has nothing to do with the room “tea” in another.",
        here: "In Hubbub members, programs and the people who run it each have a house of their own. This page is in yet another.",
        to_try: "take one browser to the garden. “Everyone” does not reach it any more. “The garden” does.",
    },
    Idea {
        id: "middleware",
        name: "Middleware is a row of gates",
        words: "Before anything gets through it is looked at. Where does this come from? Is it too long? Too fast? Are you \
                in that room? Each gate asks one small question. One “no” is enough, and it says why.",
        here: "In Hubbub it is the same row of gates for everyone, and a “no” always comes with what to do about it.",
        to_try: "send an empty message, or press “Send” as fast as you can.",
    },
    Idea {
        id: "acknowledgement",
        name: "An acknowledgement says: I have it",
        words: "Words that have left are not yet words that have arrived. So the sender asks for an answer, and the server \
                gives it: I have it. Without an answer you cannot know, so you send it again.",
        here: "In Hubbub a message has a small clock until the server has stored it and said so.",
        to_try: "say something, and watch the tick come back with the time that it took.",
    },
    Idea {
        id: "queue",
        name: "A queue keeps the order",
        words: "What cannot go on right now waits in line: first come, first served. So one side can be away for a while, \
                the other goes on, and nothing is lost or overtaken.",
        here: "In Hubbub your browser keeps a queue of what you write offline, and the server one for each connection.",
        to_try: "cut a line and say three things. They wait. Restore it: they go out in the order in which you said them.",
    },
];
