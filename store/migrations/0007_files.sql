-- Uploaded files. What is in them is in the data folder, under the SHA-256 of its content.
CREATE TABLE files (
    id          BLOB PRIMARY KEY,
    person_id   BLOB NOT NULL REFERENCES people (id),
    -- The message that it belongs to; NULL until it is posted, and once it is deleted.
    message_id  BLOB REFERENCES messages (id) DEFERRABLE INITIALLY DEFERRED,
    name        TEXT NOT NULL,
    kind        TEXT NOT NULL,
    media_type  TEXT NOT NULL,
    content     BLOB NOT NULL,
    size        BIGINT NOT NULL,
    -- Of a picture; its thumbnail, unless it is small enough to be its own.
    width       INTEGER,
    height      INTEGER,
    thumbnail       BLOB,
    thumbnail_type  TEXT,
    thumbnail_size  BIGINT,
    uploaded_at BIGINT NOT NULL,
    -- When it goes: NULL as long as a message has it.
    expires_at  BIGINT
);
CREATE INDEX files_of_message ON files (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX files_by_content ON files (content);
CREATE INDEX files_by_thumbnail ON files (thumbnail) WHERE thumbnail IS NOT NULL;
CREATE INDEX files_that_go ON files (expires_at) WHERE expires_at IS NOT NULL;

-- A message's attachments as they are told, as JSON: reading a page of messages reads nothing else.
ALTER TABLE messages ADD COLUMN attachments TEXT;
