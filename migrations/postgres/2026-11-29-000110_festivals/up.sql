-- A festival of a term: of one class, or of the whole school. One that is gone stays for the record and counts nowhere.
CREATE TABLE festivals (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  term_id TEXT NOT NULL,
  class_id TEXT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  held_on DATE NOT NULL,
  made_by TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  gone_at BIGINT,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
-- Who took part, and the words of an award; empty where taking part is all there is to tell.
CREATE TABLE festival_children (
  school_id TEXT NOT NULL REFERENCES schools(id),
  festival_id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  words TEXT NOT NULL,
  by_id TEXT NOT NULL,
  kept_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, festival_id, student_id),
  FOREIGN KEY (school_id, festival_id) REFERENCES festivals (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
CREATE INDEX festival_children_by_student ON festival_children (school_id, student_id);
