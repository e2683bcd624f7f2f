DROP TABLE practices;
DROP TABLE recalls;
DROP TABLE kept_apart;
DROP TABLE goals;
DROP TABLE praises;
DROP TABLE thanks;
DROP TABLE moments;
ALTER TABLE sheets DROP COLUMN stamp;
