-- Posts: further time slots of the day (minutes, `from-to` separated by spaces), grades they check (empty: all), whether a
-- second monitor looks as well, and until when they were in use.
ALTER TABLE posts ADD COLUMN more_slots TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN grades TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN double_check BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE posts ADD COLUMN retired_at BIGINT;

-- Checks: the slot (its first minute), whether by the second monitor, whether it counts, when the office decided that,
-- when the class was first sent, and the counter of the form's saves.
ALTER TABLE inspections ADD COLUMN slot INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inspections ADD COLUMN second BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE inspections ADD COLUMN counts BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE inspections ADD COLUMN decided_at BIGINT;
ALTER TABLE inspections ADD COLUMN first_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE inspections ADD COLUMN stamp BIGINT NOT NULL DEFAULT 0;

-- Who stands at a post in a week; a post without such rows in a week has its standing monitors.
CREATE TABLE rosters (
  school_id TEXT NOT NULL REFERENCES schools(id),
  post_id TEXT NOT NULL,
  monday DATE NOT NULL,
  student_id TEXT NOT NULL,
  second BOOLEAN NOT NULL,
  PRIMARY KEY (school_id, post_id, monday, student_id),
  FOREIGN KEY (school_id, post_id) REFERENCES posts (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
CREATE INDEX rosters_by_student ON rosters (school_id, student_id);

-- What stood in a check before it was sent anew, taken back or corrected.
CREATE TABLE inspection_history (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  inspection_id TEXT NOT NULL,
  on_date DATE NOT NULL,
  post TEXT NOT NULL,
  class_id TEXT NOT NULL,
  item TEXT NOT NULL,
  full_marks DOUBLE PRECISION NOT NULL,
  points DOUBLE PRECISION NOT NULL,
  reason TEXT NOT NULL,
  checked_by TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  ended_by TEXT NOT NULL,
  why TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (school_id, id)
);
CREATE INDEX inspection_history_by_day ON inspection_history (school_id, on_date);

-- A class's teacher says that a check is not right; the office decides.
CREATE TABLE check_appeals (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  inspection_id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  words TEXT NOT NULL,
  filed_by TEXT NOT NULL,
  filed_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  answer TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at BIGINT,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
CREATE INDEX check_appeals_by_class ON check_appeals (school_id, class_id);

-- A decided week; a later revision stands beside the earlier ones.
CREATE TABLE week_closings (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  term_id TEXT NOT NULL,
  monday DATE NOT NULL,
  revision INTEGER NOT NULL,
  decided_at BIGINT NOT NULL,
  decided_by TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, monday, revision),
  FOREIGN KEY (school_id, term_id) REFERENCES terms (school_id, id)
);

-- A class in a decided week: index in tenths of a point, rise over its own median in hundredths, flags by name.
CREATE TABLE week_flags (
  school_id TEXT NOT NULL REFERENCES schools(id),
  closing_id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  code TEXT NOT NULL,
  grade INTEGER NOT NULL,
  tenths INTEGER,
  days INTEGER NOT NULL,
  rise INTEGER,
  parts TEXT NOT NULL,
  flags TEXT NOT NULL,
  PRIMARY KEY (school_id, closing_id, class_id),
  FOREIGN KEY (school_id, closing_id) REFERENCES week_closings (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
