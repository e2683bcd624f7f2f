-- Chips that a class's homeroom teacher adds to those of the rubric; a removed one stays for the praises given with it.
CREATE TABLE class_chips (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  dimension TEXT NOT NULL,
  text TEXT NOT NULL,
  added_by TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  removed_at BIGINT,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
CREATE INDEX class_chips_by_class ON class_chips (school_id, class_id);

-- Where a child sits: `line` 1 is at the front, `place` 1 on the left as seen from the teacher.
CREATE TABLE class_seats (
  school_id TEXT NOT NULL REFERENCES schools(id),
  class_id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  line INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (school_id, class_id, student_id),
  UNIQUE (school_id, class_id, line, place),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
