-- Whom a guest knows of: all who have ever come into one of their rooms.
CREATE INDEX arrivals ON events (room_id, person_id) WHERE kind = 'member:joined';
