-- Whom a message mentions, as JSON; NULL when that is nobody.
ALTER TABLE messages ADD COLUMN mentions TEXT;

-- The same, to find what is unread of it. The person whose id is all zeros is everybody in the room.
CREATE TABLE mentions (
    room_id    BLOB NOT NULL REFERENCES rooms (id),
    person_id  BLOB NOT NULL,
    seq        BIGINT NOT NULL,
    author_id  BLOB NOT NULL,
    PRIMARY KEY (room_id, person_id, seq)
) WITHOUT ROWID;

-- How often the read position was set anew, rather than moved on.
ALTER TABLE memberships ADD COLUMN rewinds BIGINT NOT NULL DEFAULT 0;

-- Of what one wants to be told in a room: 'all', 'mentions' or 'none'; NULL is what is usual for its kind.
ALTER TABLE memberships ADD COLUMN level TEXT;

-- When one does not want to be told of anything, as JSON; NULL: there is no such time.
ALTER TABLE people ADD COLUMN quiet TEXT;

-- Where a session's device takes notifications while no page is open (RFC 8030). It goes with the session.
CREATE TABLE push_subscriptions (
    session     BLOB PRIMARY KEY REFERENCES sessions (token_hash) ON DELETE CASCADE,
    person_id   BLOB NOT NULL REFERENCES people (id),
    endpoint    TEXT NOT NULL UNIQUE,
    public_key  BLOB NOT NULL,
    auth        BLOB NOT NULL,
    created_at  BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX push_subscriptions_of_person ON push_subscriptions (person_id);
