-- A sheet is saved at each tap. `sheets.stamp` orders the saves of one sheet, so that an older one that arrives
-- late never overwrites a newer one; 0 where the writer does not count.
ALTER TABLE sheets ADD COLUMN stamp BIGINT NOT NULL DEFAULT 0;
-- The one concrete moment a child remembered before a top or bottom answer: at most one a round.
-- deed is empty where nothing came to mind.
CREATE TABLE recalls (
  school_id TEXT NOT NULL,
  round_id TEXT NOT NULL,
  rater_id TEXT NOT NULL,
  ratee_id TEXT NOT NULL,
  indicator TEXT NOT NULL,
  occasion TEXT NOT NULL,
  deed TEXT NOT NULL,
  recalled_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, round_id, rater_id),
  FOREIGN KEY (school_id, round_id) REFERENCES rounds (school_id, id)
);
