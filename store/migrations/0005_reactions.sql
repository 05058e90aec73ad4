-- The last event of the log that touched a message's reactions or its pin; NULL when none has. Only then
-- are these looked up.
ALTER TABLE messages ADD COLUMN touched_seq BIGINT;

CREATE TABLE reactions (
    message_id  BLOB NOT NULL REFERENCES messages (id),
    emoji       TEXT NOT NULL,
    person_id   BLOB NOT NULL REFERENCES people (id),
    seq         BIGINT NOT NULL,
    -- The seq with which this emoji came, of those that are there together: it keeps its place
    -- when the one who was first takes theirs away.
    since       BIGINT NOT NULL,
    PRIMARY KEY (message_id, emoji, person_id)
) WITHOUT ROWID;

CREATE TABLE pins (
    message_id  BLOB PRIMARY KEY REFERENCES messages (id),
    room_id     BLOB NOT NULL REFERENCES rooms (id),
    person_id   BLOB NOT NULL REFERENCES people (id),
    seq         BIGINT NOT NULL,
    at          BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX pins_in_room ON pins (room_id, seq);

-- Messages that people keep for later.
CREATE TABLE saved (
    person_id   BLOB NOT NULL REFERENCES people (id),
    message_id  BLOB NOT NULL REFERENCES messages (id),
    at          BIGINT NOT NULL,
    PRIMARY KEY (person_id, message_id)
) WITHOUT ROWID;
CREATE INDEX saved_of_message ON saved (message_id);
