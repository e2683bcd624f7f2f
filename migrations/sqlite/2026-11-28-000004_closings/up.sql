-- That a class's term is closed, by whom, and whether it was opened again. The newest row of class and term counts.
CREATE TABLE closings (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  term_id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  closed_by TEXT NOT NULL,
  closed_at BIGINT NOT NULL,
  reopened_by TEXT,
  reopened_at BIGINT,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, term_id) REFERENCES terms (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
CREATE INDEX closings_by_term ON closings (school_id, term_id, class_id);

-- Why a child had no moment when its class's term was closed.
CREATE TABLE closing_reasons (
  school_id TEXT NOT NULL REFERENCES schools(id),
  closing_id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (school_id, closing_id, student_id),
  FOREIGN KEY (school_id, closing_id) REFERENCES closings (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
