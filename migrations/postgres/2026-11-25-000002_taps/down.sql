DROP TABLE recalls;
ALTER TABLE sheets DROP COLUMN stamp;
