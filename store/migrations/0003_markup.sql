-- The text with its markup as safe HTML, made when the message was stored; NULL when it has none.
ALTER TABLE messages ADD COLUMN html TEXT;

-- What edited messages said before. seq is the place in the log of the event that made it so.
CREATE TABLE versions (
    message_id  BLOB NOT NULL REFERENCES messages (id),
    seq         BIGINT NOT NULL,
    text        TEXT NOT NULL,
    html        TEXT,
    at          BIGINT NOT NULL,
    PRIMARY KEY (message_id, seq)
) WITHOUT ROWID;
