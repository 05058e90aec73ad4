-- Events are named as on the wire.
UPDATE events SET kind = 'message:posted' WHERE kind = 'posted';
UPDATE events SET kind = 'member:joined' WHERE kind = 'joined';
UPDATE events SET kind = 'member:left' WHERE kind = 'left';

-- The last change after a message was posted: 'edited' or 'deleted', and its event.
ALTER TABLE messages ADD COLUMN revision TEXT;
ALTER TABLE messages ADD COLUMN revision_seq BIGINT;
ALTER TABLE messages ADD COLUMN revision_at BIGINT;

-- Replies to commands that carry an id of their own, so that a resend gets the first one.
CREATE TABLE replies (
    command_id  BLOB PRIMARY KEY,
    person_id   BLOB NOT NULL REFERENCES people (id),
    -- SHA-256 of the command: the same id with other content is refused.
    command     BLOB NOT NULL,
    reply       TEXT NOT NULL,
    at          BIGINT NOT NULL
) WITHOUT ROWID;
