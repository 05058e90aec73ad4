-- NULL: it is in use. 'everyone' or 'owners' may post, and may address everyone.
ALTER TABLE rooms ADD COLUMN archived_at BIGINT;
ALTER TABLE rooms ADD COLUMN posting TEXT NOT NULL DEFAULT 'everyone';
ALTER TABLE rooms ADD COLUMN announcing TEXT NOT NULL DEFAULT 'everyone';

-- 'owner' or 'member'. NULL: not among the starred ones.
ALTER TABLE memberships ADD COLUMN role TEXT NOT NULL DEFAULT 'member';
ALTER TABLE memberships ADD COLUMN starred_at BIGINT;
CREATE INDEX owners_of_rooms ON memberships (room_id) WHERE role = 'owner';

-- Rooms that were made before belong to whoever has been in them longest.
UPDATE memberships SET role = 'owner'
WHERE room_id IN (SELECT id FROM rooms WHERE kind <> 'direct')
  AND NOT EXISTS (
      SELECT 1 FROM memberships older
      WHERE older.room_id = memberships.room_id
        AND (older.joined_at < memberships.joined_at
             OR (older.joined_at = memberships.joined_at AND older.person_id < memberships.person_id)));

-- What happens in a room besides messages, shown as quiet lines between them.
CREATE INDEX notes_in_room ON events (room_id, seq)
WHERE kind IN ('room:changed', 'member:joined', 'member:left', 'member:changed');

-- A status until a time, or until it is taken back. The time zone is one of the IANA's names.
ALTER TABLE people ADD COLUMN status_emoji TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN status_text TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN status_until BIGINT;
ALTER TABLE people ADD COLUMN zone TEXT NOT NULL DEFAULT '';
-- Whether others do not see how far this person has read, nor this person how far others have.
ALTER TABLE people ADD COLUMN hides_reading BOOLEAN NOT NULL DEFAULT FALSE;

-- Whom a person does not want to hear of.
CREATE TABLE blocks (
    person_id   BLOB NOT NULL REFERENCES people (id),
    blocked_id  BLOB NOT NULL REFERENCES people (id),
    at          BIGINT NOT NULL,
    PRIMARY KEY (person_id, blocked_id)
) WITHOUT ROWID;
CREATE INDEX blocks_of_blocked ON blocks (blocked_id);
