-- Replies mention people, too: what is unread of that is counted in their threads. NULL: in the room's conversation.
ALTER TABLE mentions ADD COLUMN parent_id BLOB REFERENCES messages (id);

INSERT INTO mentions (room_id, person_id, seq, author_id, parent_id)
SELECT m.room_id, zeroblob(16), m.seq, m.author_id, m.parent_id FROM messages m
WHERE m.parent_id IS NOT NULL AND json_extract(m.mentions, '$.everyone');

INSERT INTO mentions (room_id, person_id, seq, author_id, parent_id)
SELECT m.room_id, unhex(person.value, '-'), m.seq, m.author_id, m.parent_id
FROM messages m, json_each(m.mentions, '$.people') person
WHERE m.parent_id IS NOT NULL AND json_extract(m.mentions, '$.everyone') IS NULL;

-- How often the read position in a thread was set anew, rather than moved on.
ALTER TABLE thread_followers ADD COLUMN rewinds BIGINT NOT NULL DEFAULT 0;
