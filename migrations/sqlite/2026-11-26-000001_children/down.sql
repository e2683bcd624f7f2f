DROP TABLE practices;
DROP TABLE kept_apart;
DROP TABLE goals;
DROP TABLE praises;
DROP TABLE thanks;
DROP TABLE moments;
