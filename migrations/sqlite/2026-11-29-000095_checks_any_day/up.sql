-- Duty posts check on every school day: a check outside every round belongs to its week only.
CREATE TEMPORARY TABLE checks_before AS SELECT * FROM inspections;
DROP TABLE inspections;
CREATE TABLE inspections (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  round_id TEXT,
  on_date DATE NOT NULL,
  post TEXT NOT NULL,
  class_id TEXT NOT NULL,
  item TEXT NOT NULL,
  full_marks DOUBLE PRECISION NOT NULL,
  points DOUBLE PRECISION NOT NULL,
  reason TEXT NOT NULL,
  checked_by TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  slot INTEGER NOT NULL DEFAULT 0,
  second BOOLEAN NOT NULL DEFAULT FALSE,
  counts BOOLEAN NOT NULL DEFAULT TRUE,
  decided_at BIGINT,
  first_at BIGINT NOT NULL DEFAULT 0,
  stamp BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, round_id) REFERENCES rounds (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
INSERT INTO inspections (
  school_id, id, round_id, on_date, post, class_id, item, full_marks, points, reason, checked_by, saved_at,
  slot, second, counts, decided_at, first_at, stamp)
SELECT school_id, id, round_id, on_date, post, class_id, item, full_marks, points, reason, checked_by, saved_at,
  slot, second, counts, decided_at, first_at, stamp
FROM checks_before;
DROP TABLE checks_before;
CREATE INDEX inspections_by_round ON inspections (school_id, round_id);
