-- "This is not right", about a published round. by_kind: child, family, class; about: a star, all or moment; state:
-- filed, proposed, granted, declined. A proposal explains or holds one correction, which comes with the grant.
CREATE TABLE appeals (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  round_id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  student_id TEXT,
  by_kind TEXT NOT NULL,
  by_id TEXT NOT NULL,
  about TEXT NOT NULL,
  words TEXT NOT NULL,
  state TEXT NOT NULL,
  filed_at BIGINT NOT NULL,
  filed_on DATE NOT NULL,
  proposal TEXT,
  proposal_words TEXT,
  proposed_by TEXT,
  proposed_at BIGINT,
  source TEXT,
  rater_id TEXT,
  indicator TEXT,
  anchor INTEGER,
  decided_by TEXT,
  decided_at BIGINT,
  answer TEXT,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, round_id) REFERENCES rounds (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
CREATE INDEX appeals_by_class ON appeals (school_id, class_id);
CREATE INDEX appeals_by_student ON appeals (school_id, student_id);
