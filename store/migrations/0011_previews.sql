-- Pages that messages link to, as they were found: one that was looked at lately is not asked for again.
CREATE TABLE linked_pages (
    url         TEXT PRIMARY KEY,
    fetched_at  BIGINT NOT NULL,
    -- What it says of itself, as JSON; NULL when there is nothing to show of it.
    facts       TEXT,
    -- A small copy of its picture, under the SHA-256 of its content.
    picture         BLOB,
    picture_type    TEXT,
    picture_size    BIGINT
) WITHOUT ROWID;
CREATE INDEX linked_pages_by_age ON linked_pages (fetched_at);
CREATE INDEX linked_pages_by_picture ON linked_pages (picture) WHERE picture IS NOT NULL;

-- Which links of a message have been looked for.
CREATE TABLE previews (
    id          BLOB PRIMARY KEY,
    -- NULL once the message is deleted, or the link is not in it any more: the row goes soon.
    message_id  BLOB REFERENCES messages (id),
    url         TEXT NOT NULL,
    -- Somebody did not want it: it does not come back.
    removed     BOOLEAN NOT NULL DEFAULT FALSE,
    picture         BLOB,
    picture_type    TEXT,
    picture_size    BIGINT,
    UNIQUE (message_id, url)
);
CREATE INDEX previews_by_picture ON previews (picture) WHERE picture IS NOT NULL;
CREATE INDEX previews_that_go ON previews (id) WHERE message_id IS NULL;

-- A message's previews as they are told, as JSON.
ALTER TABLE messages ADD COLUMN previews TEXT;
