-- Personal-best logs: what a child did on a day, by kind (domain/logs.rs). state: confirmed, waiting (told by the child).
CREATE TABLE logs (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  term_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  done_on DATE NOT NULL,
  amount INTEGER NOT NULL,
  state TEXT NOT NULL,
  by_kind TEXT NOT NULL,
  by_id TEXT NOT NULL,
  kept_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, student_id, kind, done_on),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
  FOREIGN KEY (school_id, term_id) REFERENCES terms (school_id, id)
);
CREATE INDEX logs_by_term ON logs (school_id, term_id, kind);
