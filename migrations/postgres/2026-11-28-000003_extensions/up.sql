-- One child's extra days for the own sheets of a closed round; `until` is the last one. Publishing ends it.
CREATE TABLE extensions (
  school_id TEXT NOT NULL REFERENCES schools(id),
  round_id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  until DATE NOT NULL,
  given_by TEXT NOT NULL,
  given_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, round_id, student_id),
  FOREIGN KEY (school_id, round_id) REFERENCES rounds (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
