-- A reply is a message with a parent: it stands in the thread of that message.
ALTER TABLE messages ADD COLUMN parent_id BLOB REFERENCES messages (id);

-- With the parent in the index, a page of the room's conversation passes over replies without reading them.
DROP INDEX messages_in_room;
CREATE INDEX messages_in_room ON messages (room_id, seq, parent_id);
CREATE INDEX replies_in_thread ON messages (parent_id, seq) WHERE parent_id IS NOT NULL;

-- What a message tells of the replies to it. A message without replies has no row here.
CREATE TABLE threads (
    parent_id   BLOB PRIMARY KEY REFERENCES messages (id),
    room_id     BLOB NOT NULL REFERENCES rooms (id),
    -- The parent's place, by which a page finds the threads of its messages.
    parent_seq  BIGINT NOT NULL,
    replies     BIGINT NOT NULL,
    last_seq    BIGINT NOT NULL,
    last_at     BIGINT NOT NULL,
    -- Who replied, the last one first: a list of ids as JSON.
    people      TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX threads_in_room ON threads (room_id, parent_seq);

-- Who follows a thread, and how far they have read in it.
CREATE TABLE thread_followers (
    parent_id  BLOB NOT NULL REFERENCES messages (id),
    person_id  BLOB NOT NULL REFERENCES people (id),
    room_id    BLOB NOT NULL REFERENCES rooms (id),
    read_seq   BIGINT NOT NULL,
    PRIMARY KEY (parent_id, person_id)
) WITHOUT ROWID;
CREATE INDEX threads_of_person ON thread_followers (person_id, room_id);
