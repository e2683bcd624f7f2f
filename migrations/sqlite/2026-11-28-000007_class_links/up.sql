-- One link for a whole class, to be posted in the parents' chat: it asks for the code on a child's own slip and lists
-- nobody. The token follows from the server's key, the id and the nonce, as a child's link does.
CREATE TABLE class_links (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  term_id TEXT NOT NULL,
  nonce TEXT NOT NULL,
  key_id TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  issued_by TEXT NOT NULL,
  issued_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
  FOREIGN KEY (school_id, term_id) REFERENCES terms (school_id, id)
);
CREATE INDEX class_links_by_class ON class_links (school_id, class_id);
