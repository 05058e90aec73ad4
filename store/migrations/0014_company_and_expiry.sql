-- All who are in a room or ever were: whom a guest in it knows of.
CREATE TABLE company (
    room_id    BLOB NOT NULL REFERENCES rooms (id),
    person_id  BLOB NOT NULL REFERENCES people (id),
    PRIMARY KEY (room_id, person_id)
) WITHOUT ROWID;
INSERT INTO company (room_id, person_id)
SELECT room_id, person_id FROM memberships
UNION SELECT room_id, person_id FROM events WHERE kind = 'member:joined';
CREATE INDEX guests ON people (id) WHERE role = 'guest';

-- What expires is looked for all the time.
CREATE INDEX sessions_by_end ON sessions (expires_at);
CREATE INDEX programs_by_end ON programs (until) WHERE until IS NOT NULL;
