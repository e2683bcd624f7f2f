-- What the homeroom teacher writes about a child at the end of a term; one row a child and term. stamp counts the
-- saves; hand and turn are the page that saved last and its own count, so that a lost answer is no conflict.
CREATE TABLE term_comments (
  school_id TEXT NOT NULL REFERENCES schools(id),
  term_id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  text TEXT NOT NULL,
  state TEXT NOT NULL,
  tone TEXT NOT NULL,
  stamp BIGINT NOT NULL,
  hand TEXT NOT NULL,
  turn BIGINT NOT NULL,
  updated_by TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  finalled_at BIGINT,
  PRIMARY KEY (school_id, term_id, student_id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
CREATE INDEX term_comments_by_class ON term_comments (school_id, class_id, term_id);
-- A final text that was opened again: what it said, who opened it, when.
CREATE TABLE term_comment_history (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  term_id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  text TEXT NOT NULL,
  finalled_at BIGINT,
  opened_by TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
CREATE INDEX term_comment_history_by_student ON term_comment_history (school_id, student_id);
-- A class's final comments of a term are for child and family to see.
CREATE TABLE term_comment_releases (
  school_id TEXT NOT NULL REFERENCES schools(id),
  term_id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  released_by TEXT NOT NULL,
  released_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, term_id, class_id)
);
-- A teacher's own short phrases, places 1 to 9.
CREATE TABLE comment_phrases (
  school_id TEXT NOT NULL REFERENCES schools(id),
  staff_id TEXT NOT NULL,
  place INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (school_id, staff_id, place)
);
