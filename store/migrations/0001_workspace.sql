-- Ids are UUIDs in 16 bytes; times are milliseconds since 1970 in UTC.

CREATE TABLE workspace (
    only        INTEGER PRIMARY KEY CHECK (only = 1),
    name        TEXT NOT NULL,
    created_at  BIGINT NOT NULL
);

CREATE TABLE people (
    id             BLOB PRIMARY KEY,
    handle         TEXT NOT NULL UNIQUE,
    name           TEXT NOT NULL,
    hue            INTEGER NOT NULL,
    role           TEXT NOT NULL,
    password_hash  TEXT NOT NULL,
    created_at     BIGINT NOT NULL
);

-- The token itself is only in the browser's cookie; here is its SHA-256.
CREATE TABLE sessions (
    token_hash  BLOB PRIMARY KEY,
    person_id   BLOB NOT NULL REFERENCES people (id),
    user_agent  TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL
);
CREATE INDEX sessions_of_person ON sessions (person_id);

CREATE TABLE rooms (
    id          BLOB PRIMARY KEY,
    kind        TEXT NOT NULL,
    name        TEXT NOT NULL,
    -- The name in lower case for a public room, so that no two of them look alike.
    name_key    TEXT UNIQUE,
    -- The sorted ids of the people in a direct conversation, so that there is one only.
    direct_key  TEXT UNIQUE,
    topic       TEXT NOT NULL,
    last_seq    BIGINT NOT NULL,
    active_at   BIGINT NOT NULL,
    created_at  BIGINT NOT NULL
);

CREATE TABLE memberships (
    room_id    BLOB NOT NULL REFERENCES rooms (id),
    person_id  BLOB NOT NULL REFERENCES people (id),
    read_seq   BIGINT NOT NULL,
    joined_at  BIGINT NOT NULL,
    PRIMARY KEY (room_id, person_id)
) WITHOUT ROWID;
CREATE INDEX memberships_of_person ON memberships (person_id);

-- The room's log: every durable change takes the room's next seq.
CREATE TABLE events (
    room_id    BLOB NOT NULL REFERENCES rooms (id),
    seq        BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    person_id  BLOB NOT NULL,
    message_id BLOB,
    at         BIGINT NOT NULL,
    PRIMARY KEY (room_id, seq)
) WITHOUT ROWID;

CREATE TABLE messages (
    id         BLOB PRIMARY KEY,
    room_id    BLOB NOT NULL REFERENCES rooms (id),
    seq        BIGINT NOT NULL,
    author_id  BLOB NOT NULL REFERENCES people (id),
    text       TEXT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE UNIQUE INDEX messages_in_room ON messages (room_id, seq);
