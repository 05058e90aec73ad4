-- Accounts that are switched off, bans, invitations, reports, programs, retention, and the log of what was done.

ALTER TABLE people ADD COLUMN deactivated_at BIGINT;

CREATE TABLE bans (
    id         BLOB PRIMARY KEY,
    -- Of a person, or of an address or a range of them: one of the two.
    person_id  BLOB REFERENCES people (id),
    address    TEXT,
    reason     TEXT NOT NULL,
    until      BIGINT,
    by_id      BLOB NOT NULL REFERENCES people (id),
    at         BIGINT NOT NULL
);

-- The link's token is shown once; here is its SHA-256.
CREATE TABLE invites (
    id          BLOB PRIMARY KEY,
    token_hash  BLOB NOT NULL UNIQUE,
    by_id       BLOB NOT NULL REFERENCES people (id),
    at          BIGINT NOT NULL,
    role        TEXT NOT NULL,
    room_id     BLOB REFERENCES rooms (id),
    uses        BIGINT NOT NULL,
    used        BIGINT NOT NULL,
    until       BIGINT NOT NULL
);

CREATE TABLE reports (
    id          BLOB PRIMARY KEY,
    message_id  BLOB NOT NULL REFERENCES messages (id),
    by_id       BLOB NOT NULL REFERENCES people (id),
    reason      TEXT NOT NULL,
    text        TEXT NOT NULL,
    at          BIGINT NOT NULL,
    decided_at  BIGINT,
    UNIQUE (message_id, by_id)
);
CREATE INDEX open_reports ON reports (at) WHERE decided_at IS NULL;

-- The token is shown once; here is its SHA-256.
CREATE TABLE programs (
    id          BLOB PRIMARY KEY,
    token_hash  BLOB NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    by_id       BLOB NOT NULL REFERENCES people (id),
    at          BIGINT NOT NULL,
    until       BIGINT
);

-- Days that a room's messages are kept for.
ALTER TABLE rooms ADD COLUMN retention BIGINT;

CREATE TABLE audit (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    at       BIGINT NOT NULL,
    by_id    BLOB NOT NULL REFERENCES people (id),
    act      TEXT NOT NULL,
    subject  TEXT NOT NULL,
    details  TEXT NOT NULL
);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is not changed'); END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is not changed'); END;
