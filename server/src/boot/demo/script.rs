//! The people of the demonstration and their messages.

use common::rooms::RoomKind;

/// Handle and name; the first one is the owner.
pub(super) const PEOPLE: &[(&str, &str)] = &[
    ("ada", "Ada Lovelace"),
    ("grace", "Grace Hopper"),
    ("alan", "Alan Turing"),
    ("katherine", "Katherine Johnson"),
    ("emmy", "Emmy Noether"),
    ("charles", "Charles Babbage"),
];

pub(super) struct Room {
    pub place: Where,
    /// The members; the first one creates the room.
    pub people: &'static [&'static str],
    pub ended_minutes_ago: i64,
    /// Minutes before the end, author, text.
    pub lines: &'static [(i64, &'static str, &'static str)],
    /// Index of the parent line, minutes before the end, author, text.
    pub replies: &'static [(usize, i64, &'static str, &'static str)],
}

pub(super) enum Where {
    /// The room that has all people as members from the start.
    First,
    Named {
        kind: RoomKind,
        name: &'static str,
        topic: &'static str,
    },
    Direct,
}

pub(super) const ROOMS: &[Room] = &[
    Room {
        place: Where::First,
        people: &["ada"],
        ended_minutes_ago: 4,
        lines: &[
            (
                2885,
                "ada",
                "Welcome to the Analytical Society. This room is for everyone; make others as you need them.",
            ),
            (2880, "charles", "Splendid. May I announce the difference engine here, or is that off topic?"),
            (2879, "ada", "There is #engines for that. Here we say good morning."),
            (2876, "grace", "Good morning!"),
            (1450, "emmy", "The reading group moves to Thursday, same time. Bring chapter three."),
            (1446, "alan", "Which edition? Mine counts the chapters from zero."),
            (1445, "emmy", "Then bring chapter two."),
            (1443, "katherine", "I checked both. They are the same chapter."),
            (96, "grace", "The office clock is eleven minutes slow again."),
            (
                95,
                "grace",
                "I have hung a wire beside it so that everybody can see how far light gets in a nanosecond. Please do not take it down.",
            ),
            (41, "katherine", "I computed when the kettle will be free. Twenty past."),
            (38, "charles", "By steam, I trust."),
            (6, "alan", "Demo at three in the big room. I will show the machine deciding when to stop."),
            (5, "emmy", "In general?"),
            (4, "alan", "In one case. The general one I can only show that I cannot."),
            (0, "ada", "I'll be there. Charles, leave the engine outside this time."),
        ],
        replies: &[],
    },
    Room {
        place: Where::Named {
            kind: RoomKind::Public,
            name: "engines",
            topic: "Gears, cards, and what they might compute",
        },
        people: &["charles", "ada", "grace", "alan"],
        ended_minutes_ago: 22,
        lines: &[
            (190, "charles", "The mill is finished on paper. One thousand columns in the store, fifty digits each."),
            (
                186,
                "ada",
                "Then I can write the table for the Bernoulli numbers. I need one loop inside another; do the cards allow it?",
            ),
            (184, "charles", "They can be backed up, so yes."),
            (
                60,
                "ada",
                "Here it is in outline:\n\n  1. set n\n  2. repeat for each earlier number: multiply, subtract\n  3. divide, store, advance n",
            ),
            (58, "alan", "Step two is where somebody will make the first off-by-one error in history."),
            (57, "ada", "I have already made it. It is corrected."),
            (9, "grace", "Could the cards have names instead of numbers? I keep explaining what 17 does."),
            (0, "charles", "Names! And who would translate them?"),
        ],
        replies: &[
            (6, 8, "ada", "They could. I would call 17 `store_carry`, and nobody would ask again."),
            (6, 7, "alan", "Then somebody will name one `temp`."),
            (6, 5, "grace", "I'd rather explain a name than a number."),
        ],
    },
    Room {
        place: Where::Named { kind: RoomKind::Public, name: "orbits", topic: "Trajectories, checked by hand" },
        people: &["katherine", "emmy", "ada"],
        ended_minutes_ago: 130,
        lines: &[
            (50, "katherine", "Go/no-go for the return angle is done. I get the same to the eighth place, twice."),
            (30, "emmy", "The symmetry says that the energy is conserved, so it had better be."),
            (0, "ada", "I'll put both derivations in the notes."),
        ],
        replies: &[],
    },
    Room {
        place: Where::Named { kind: RoomKind::Private, name: "anniversary", topic: "Do not tell Charles" },
        people: &["ada", "grace", "katherine"],
        ended_minutes_ago: 55,
        lines: &[
            (12, "ada", "The cake is in the shape of a gear. Forty teeth."),
            (8, "grace", "Somebody has to count them before he does."),
            (0, "katherine", "Forty-one. I'll eat one."),
        ],
        replies: &[],
    },
    Room {
        place: Where::Direct,
        people: &["grace", "ada"],
        ended_minutes_ago: 15,
        lines: &[
            (6, "grace", "Found the fault in relay 70. It was a moth. I have taped it into the log book."),
            (3, "ada", "A real one?"),
            (0, "grace", "First actual case of it, as far as I know."),
        ],
        replies: &[],
    },
    Room {
        place: Where::Direct,
        people: &["emmy", "ada", "alan"],
        ended_minutes_ago: 300,
        lines: &[
            (2, "emmy", "Shall the three of us prepare the Thursday session together?"),
            (0, "alan", "Yes. I'll bring a tape. It is quite long."),
        ],
        replies: &[],
    },
];
