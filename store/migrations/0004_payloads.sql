-- What an event said when it was announced, where that has no message's words in it.
ALTER TABLE events ADD COLUMN payload TEXT;
