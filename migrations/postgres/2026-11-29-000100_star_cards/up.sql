-- The ledger of star cards, a line at a time and never changed: so many of a unit (a dimension's star, moon, sun) more
-- or fewer. `act`: earned (cause: the moment, empty for praises), exchanged, privilege (cause: which taking).
CREATE TABLE card_entries (
  school_id TEXT NOT NULL REFERENCES schools(id),
  student_id TEXT NOT NULL,
  no INTEGER NOT NULL,
  term_id TEXT NOT NULL,
  act TEXT NOT NULL,
  unit TEXT NOT NULL,
  amount INTEGER NOT NULL,
  cause TEXT NOT NULL,
  privilege_id TEXT,
  by_id TEXT NOT NULL,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, student_id, no),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
-- What a class's cards can be exchanged for; one that is off stays for those who had it.
CREATE TABLE privileges (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  picture TEXT NOT NULL,
  words TEXT NOT NULL,
  unit TEXT NOT NULL,
  price INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  off_at BIGINT,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
CREATE INDEX privileges_by_class ON privileges (school_id, class_id);

-- Up to which line of its ledger a child's cards were printed.
CREATE TABLE card_prints (
  school_id TEXT NOT NULL REFERENCES schools(id),
  student_id TEXT NOT NULL,
  upto INTEGER NOT NULL,
  printed_by TEXT NOT NULL,
  printed_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, student_id, upto),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
-- What was earned before there was a ledger.
INSERT INTO card_entries
SELECT school_id, student_id,
  ROW_NUMBER() OVER (PARTITION BY school_id, student_id ORDER BY at, cause, unit),
  term_id, 'earned', unit, amount, cause, NULL, 'system', at
FROM (
  SELECT school_id, student_id, term_id, dimension AS unit, COUNT(*) / 5 AS amount, '' AS cause, MAX(praised_at) AS at
  FROM praises WHERE undone_at IS NULL AND dimension <> ''
  GROUP BY school_id, student_id, term_id, dimension HAVING COUNT(*) >= 5
  UNION ALL
  SELECT school_id, student_id, term_id, dimension, 1, id, COALESCE(decided_at, created_at)
  FROM moments WHERE state = 'released' AND dimension <> ''
) AS seen;
-- Only a child that was erased loses its lines.
CREATE FUNCTION card_entries_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND (SELECT student_no FROM students WHERE school_id = OLD.school_id AND id = OLD.student_id) LIKE 'erased-%' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the ledger is append-only';
END $$;
CREATE TRIGGER card_entries_keep_rows BEFORE UPDATE OR DELETE ON card_entries FOR EACH ROW EXECUTE FUNCTION card_entries_are_append_only();
