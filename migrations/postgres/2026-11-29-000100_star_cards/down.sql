DROP TABLE card_prints;
DROP TABLE privileges;
DROP TABLE card_entries;
DROP FUNCTION card_entries_are_append_only();
