-- A good deed told in one sentence. by_kind: teacher, peer, parent; state: proposed, released, hidden.
-- One a round from each classmate or family; a teacher's has no round. `stamp` orders a child's saves of its own.
CREATE TABLE moments (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  term_id TEXT NOT NULL,
  round_id TEXT,
  by_kind TEXT NOT NULL,
  by_id TEXT NOT NULL,
  dimension TEXT NOT NULL,
  chip TEXT NOT NULL,
  text TEXT NOT NULL,
  told_on DATE NOT NULL,
  state TEXT NOT NULL,
  decided_by TEXT,
  decided_at BIGINT,
  created_at BIGINT NOT NULL,
  stamp BIGINT NOT NULL,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, round_id, by_kind, by_id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
CREATE INDEX moments_by_student ON moments (school_id, student_id);
CREATE INDEX moments_by_class ON moments (school_id, class_id);
-- The thank-you of a praised child to whoever told the moment: one for each, without a name either way.
CREATE TABLE thanks (
  school_id TEXT NOT NULL,
  moment_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  sent_at BIGINT NOT NULL,
  seen_at BIGINT,
  PRIMARY KEY (school_id, moment_id),
  FOREIGN KEY (school_id, moment_id) REFERENCES moments (school_id, id)
);
-- A teacher's one-tap +1. Taken back ones stay, with who took them back.
CREATE TABLE praises (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  term_id TEXT NOT NULL,
  dimension TEXT NOT NULL,
  indicator TEXT NOT NULL,
  label TEXT NOT NULL,
  by_id TEXT NOT NULL,
  praised_on DATE NOT NULL,
  praised_at BIGINT NOT NULL,
  undone_by TEXT,
  undone_at BIGINT,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
CREATE INDEX praises_by_student ON praises (school_id, student_id);
CREATE INDEX praises_by_class ON praises (school_id, class_id);
-- A small goal the child set: the id of a ready one, or own words. done_at when the child said so, then confirmed by
-- teacher or family.
CREATE TABLE goals (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  term_id TEXT NOT NULL,
  dimension TEXT NOT NULL,
  ready TEXT NOT NULL,
  text TEXT NOT NULL,
  set_at BIGINT NOT NULL,
  done_at BIGINT,
  confirmed_kind TEXT,
  confirmed_by TEXT,
  confirmed_at BIGINT,
  dropped_at BIGINT,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
CREATE INDEX goals_by_student ON goals (school_id, student_id);
-- Two children who must not rate each other: siblings, declared conflicts. student_a < student_b.
CREATE TABLE kept_apart (
  school_id TEXT NOT NULL,
  student_a TEXT NOT NULL,
  student_b TEXT NOT NULL,
  reason TEXT NOT NULL,
  noted_by TEXT NOT NULL,
  noted_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, student_a, student_b),
  FOREIGN KEY (school_id, student_a) REFERENCES students (school_id, id),
  FOREIGN KEY (school_id, student_b) REFERENCES students (school_id, id)
);
-- Who has done the term's practice round.
CREATE TABLE practices (
  school_id TEXT NOT NULL,
  term_id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  done_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, term_id, student_id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
