-- What was put right in a sheet after its round closed. kind: out (the whole sheet counts no more) or override (one
-- answer of a teacher's own sheet). Nothing is taken away: an undo is noted once, and the sheet itself stays as it is.
CREATE TABLE corrections (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  round_id TEXT NOT NULL,
  ratee_id TEXT NOT NULL,
  source TEXT NOT NULL,
  rater_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  indicator TEXT,
  anchor_before INTEGER,
  anchor_after INTEGER,
  reason TEXT NOT NULL,
  appeal_id TEXT,
  made_by TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  undone_by TEXT,
  undone_at BIGINT,
  undone_reason TEXT,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, round_id) REFERENCES rounds (school_id, id)
);
CREATE INDEX corrections_by_round ON corrections (school_id, round_id);
-- Why a later revision of a publication came to be, and how many numbers of children and classes it moved.
ALTER TABLE publications ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE publications ADD COLUMN moved_children INTEGER NOT NULL DEFAULT 0;
ALTER TABLE publications ADD COLUMN moved_classes INTEGER NOT NULL DEFAULT 0;
