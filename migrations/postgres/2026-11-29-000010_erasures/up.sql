-- Children whose data was erased on request: opaque ids only. A restore of an older backup erases them again.
CREATE TABLE erasures (
  school_id TEXT NOT NULL REFERENCES schools(id),
  student_id TEXT NOT NULL,
  erased_by TEXT NOT NULL,
  erased_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, student_id)
);
