CREATE TEMPORARY TABLE awards_after AS SELECT * FROM awards;
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
  awarded_at BIGINT NOT NULL,
  visible_at BIGINT,
  released_at BIGINT,
  released_by TEXT,
  doubted TEXT,
  revoked_at BIGINT,
  revoked_why TEXT,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, recipient_kind, recipient_id, badge, term_id, period)
);
INSERT INTO awards SELECT school_id, id, recipient_kind, recipient_id, badge, tier, term_id, period, evidence,
  rule_version, rests_on_peer, awarded_at, visible_at, released_at, released_by, doubted, revoked_at, revoked_why
FROM awards_after a WHERE NOT EXISTS (SELECT 1 FROM awards_after b WHERE b.school_id = a.school_id
  AND b.recipient_kind = a.recipient_kind AND b.recipient_id = a.recipient_id AND b.badge = a.badge
  AND b.term_id = a.term_id AND b.period = a.period AND b.id < a.id);
DROP TABLE awards_after;
DROP TABLE badge_rules;
