-- Whom a guest knows of: all who have ever come into one of their rooms.
CREATE INDEX arrivals ON events (room_id, person_id) WHERE kind = 'member:joined';

-- What expires is looked for all the time.
CREATE INDEX sessions_by_end ON sessions (expires_at);
CREATE INDEX programs_by_end ON programs (until) WHERE until IS NOT NULL;
