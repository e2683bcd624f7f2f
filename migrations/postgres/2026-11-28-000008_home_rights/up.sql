-- What a child's family said to which version of the notice, when and how; the newest counts, and stands on the student
-- as well. decision: consented, refused; how: paper, link. by_id: the link, or who of the staff entered the paper.
CREATE TABLE consents (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  notice INTEGER NOT NULL,
  decision TEXT NOT NULL,
  how TEXT NOT NULL,
  by_id TEXT NOT NULL,
  said_on DATE NOT NULL,
  said_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
CREATE INDEX consents_by_student ON consents (school_id, student_id);
-- A family asks to have something put right or deleted. kind: correction, deletion; state: open, done, declined.
CREATE TABLE home_requests (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  link_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  words TEXT NOT NULL,
  state TEXT NOT NULL,
  filed_at BIGINT NOT NULL,
  filed_on DATE NOT NULL,
  due_on DATE NOT NULL,
  answer TEXT,
  answered_by TEXT,
  answered_at BIGINT,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
CREATE INDEX home_requests_by_student ON home_requests (school_id, student_id);
