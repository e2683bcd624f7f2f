-- Versions of a school's badge rules; a term goes by the newest one that held when it began, else by the built-in ones.
CREATE TABLE badge_rules (
  school_id TEXT NOT NULL REFERENCES schools(id),
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  document TEXT NOT NULL,
  holds_from DATE NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (school_id, version)
);

-- A badge that grows is given once a tier, so the tier is part of what makes an award the same; `needs_yes` waits for
-- the homeroom teacher.
CREATE TEMPORARY TABLE awards_before AS SELECT * FROM awards;
DROP TABLE awards;
CREATE TABLE awards (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  recipient_kind TEXT NOT NULL,
  recipient_id TEXT NOT NULL,
  badge TEXT NOT NULL,
  tier TEXT NOT NULL,
  term_id TEXT NOT NULL,
  period TEXT NOT NULL,
  evidence TEXT NOT NULL,
  rule_version TEXT NOT NULL,
  rests_on_peer BOOLEAN NOT NULL,
  needs_yes BOOLEAN NOT NULL,
  awarded_at BIGINT NOT NULL,
  confirmed_at BIGINT,
  confirmed_by TEXT,
  visible_at BIGINT,
  released_at BIGINT,
  released_by TEXT,
  doubted TEXT,
  revoked_at BIGINT,
  revoked_by TEXT,
  revoked_why TEXT,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, recipient_kind, recipient_id, badge, tier, term_id, period)
);
INSERT INTO awards (school_id, id, recipient_kind, recipient_id, badge, tier, term_id, period, evidence, rule_version,
  rests_on_peer, needs_yes, awarded_at, visible_at, released_at, released_by, doubted, revoked_at, revoked_why)
SELECT school_id, id, recipient_kind, recipient_id, badge, tier, term_id, period, evidence, rule_version,
  rests_on_peer, FALSE, awarded_at, visible_at, released_at, released_by, doubted, revoked_at, revoked_why
FROM awards_before;
DROP TABLE awards_before;
