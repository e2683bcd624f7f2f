-- Badges that families take along as signed files (Open Badges).
-- issuer_keys: a school's signing keys; the newest signs, all verify. public: RSAPublicKey (DER, base64); sealed: the
-- private key under the server key (keys/issuer.rs).
CREATE TABLE issuer_keys (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  public TEXT NOT NULL,
  sealed TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, id)
);
-- badge_classes: what a badge that was taken along says about itself; the id is the hash of its words.
CREATE TABLE badge_classes (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  picture TEXT NOT NULL,
  PRIMARY KEY (school_id, id)
);
-- credentials: one a badge, by the family's choice. shown: full, short, none (the name in it). signed_v3, signed_v2: the
-- files' text, emptied when it is withdrawn. list, slot: its bit in the status list. revoked_for: home, school, erased.
-- No foreign keys but the school: a restore keeps the rows of badges and children that the backup does not know yet.
CREATE TABLE credentials (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL UNIQUE,
  student_id TEXT NOT NULL,
  award_id TEXT NOT NULL,
  badge_class TEXT NOT NULL,
  shown TEXT NOT NULL,
  link_id TEXT NOT NULL,
  list INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  signed_v3 TEXT NOT NULL,
  signed_v2 TEXT NOT NULL,
  issued_at BIGINT NOT NULL,
  revoked_at BIGINT,
  revoked_for TEXT,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, list, slot)
);
CREATE INDEX credentials_by_child ON credentials (school_id, student_id);
CREATE INDEX credentials_by_award ON credentials (school_id, award_id);
