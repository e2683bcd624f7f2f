DROP TABLE card_prints;
DROP TABLE privileges;
DROP TABLE card_entries;
