-- The first house. Ids are UUID text made in Rust; instants are milliseconds UTC (BIGINT);
-- school_id stands first in every key, because a district keeps many schools in one database.
CREATE TABLE schools (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  timezone TEXT NOT NULL,
  board_version BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE TABLE settings (
  school_id TEXT NOT NULL REFERENCES schools(id),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (school_id, name)
);
CREATE TABLE setup_tokens (
  token_hash TEXT NOT NULL PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES schools(id),
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE TABLE staff (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  must_change BOOLEAN NOT NULL,
  totp_secret TEXT,
  totp_last_step BIGINT NOT NULL,
  recovery TEXT NOT NULL,
  disabled_at BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, login)
);
CREATE INDEX staff_by_login ON staff (login);
CREATE TABLE classes (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  cohort INTEGER NOT NULL,
  number INTEGER NOT NULL,
  door TEXT NOT NULL UNIQUE,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, cohort, number)
);
CREATE TABLE teaching (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  role TEXT NOT NULL,
  subject TEXT NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, staff_id) REFERENCES staff (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
CREATE INDEX teaching_by_class ON teaching (school_id, class_id);
CREATE TABLE students (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  student_no TEXT NOT NULL,
  name TEXT NOT NULL,
  pinyin TEXT NOT NULL,
  sex TEXT NOT NULL,
  seat INTEGER,
  avatar INTEGER NOT NULL,
  pin_epoch INTEGER NOT NULL,
  pin_kind TEXT NOT NULL,
  pin_key TEXT NOT NULL,
  pin_tag TEXT NOT NULL,
  consent TEXT NOT NULL,
  consent_on DATE NOT NULL,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, student_no)
);
CREATE TABLE enrolments (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE,
  reason TEXT NOT NULL,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
CREATE INDEX enrolments_by_class ON enrolments (school_id, class_id);
CREATE INDEX enrolments_by_student ON enrolments (school_id, student_id);
CREATE TABLE rubrics (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  document TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, version)
);
CREATE TABLE terms (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL,
  rubric_id TEXT NOT NULL,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, name),
  FOREIGN KEY (school_id, rubric_id) REFERENCES rubrics (school_id, id)
);
CREATE TABLE holidays (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  term_id TEXT NOT NULL,
  name TEXT NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, term_id) REFERENCES terms (school_id, id)
);
CREATE TABLE rounds (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  term_id TEXT NOT NULL,
  name TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  state TEXT NOT NULL,
  seed BIGINT NOT NULL,
  rubric_id TEXT NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL,
  opened_at BIGINT,
  closed_at BIGINT,
  published_at BIGINT,
  revision INTEGER NOT NULL,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, term_id, name),
  FOREIGN KEY (school_id, term_id) REFERENCES terms (school_id, id),
  FOREIGN KEY (school_id, rubric_id) REFERENCES rubrics (school_id, id)
);
CREATE TABLE round_classes (
  school_id TEXT NOT NULL,
  round_id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  code TEXT NOT NULL,
  grade INTEGER NOT NULL,
  drawn TEXT NOT NULL,
  peers INTEGER NOT NULL,
  PRIMARY KEY (school_id, round_id, class_id),
  FOREIGN KEY (school_id, round_id) REFERENCES rounds (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
CREATE TABLE assignments (
  school_id TEXT NOT NULL,
  round_id TEXT NOT NULL,
  rater_id TEXT NOT NULL,
  ratee_id TEXT NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (school_id, round_id, rater_id, ratee_id),
  FOREIGN KEY (school_id, round_id) REFERENCES rounds (school_id, id)
);
CREATE TABLE excusals (
  school_id TEXT NOT NULL,
  round_id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  excused_by TEXT NOT NULL,
  excused_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, round_id, student_id),
  FOREIGN KEY (school_id, round_id) REFERENCES rounds (school_id, id)
);
-- One sheet is one packed row: its answers stand in one column, so that a submission is one small write.
CREATE TABLE sheets (
  school_id TEXT NOT NULL,
  round_id TEXT NOT NULL,
  ratee_id TEXT NOT NULL,
  source TEXT NOT NULL,
  rater_id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  answers TEXT NOT NULL,
  comment TEXT NOT NULL,
  seconds BIGINT,
  version INTEGER NOT NULL,
  from_paper BOOLEAN NOT NULL,
  saved_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, round_id, ratee_id, source, rater_id)
) WITHOUT ROWID;
CREATE INDEX sheets_by_rater ON sheets (school_id, round_id, rater_id);
CREATE TABLE sheet_history (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  round_id TEXT NOT NULL,
  ratee_id TEXT NOT NULL,
  source TEXT NOT NULL,
  rater_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  answers TEXT NOT NULL,
  comment TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, id)
);
CREATE TABLE publications (
  school_id TEXT NOT NULL,
  round_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  published_at BIGINT NOT NULL,
  published_by TEXT NOT NULL,
  rubric_id TEXT NOT NULL,
  ranking TEXT NOT NULL,
  PRIMARY KEY (school_id, round_id, revision),
  FOREIGN KEY (school_id, round_id) REFERENCES rounds (school_id, id)
);
CREATE TABLE published_classes (
  school_id TEXT NOT NULL,
  round_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  class_id TEXT NOT NULL,
  results TEXT NOT NULL,
  PRIMARY KEY (school_id, round_id, revision, class_id),
  FOREIGN KEY (school_id, round_id, revision) REFERENCES publications (school_id, round_id, revision)
);
CREATE TABLE peer_releases (
  school_id TEXT NOT NULL,
  term_id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  round_id TEXT NOT NULL,
  raters INTEGER NOT NULL,
  basis TEXT NOT NULL,
  released_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, term_id, student_id)
);
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
CREATE TABLE family_links (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  term_id TEXT NOT NULL,
  nonce TEXT NOT NULL,
  key_id TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  issued_by TEXT NOT NULL,
  issued_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
  FOREIGN KEY (school_id, term_id) REFERENCES terms (school_id, id)
);
CREATE INDEX family_links_by_student ON family_links (school_id, student_id);
CREATE TABLE sessions (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  class_id TEXT,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  proved_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT,
  device TEXT NOT NULL
);
CREATE INDEX sessions_by_subject ON sessions (school_id, subject_id);
CREATE TABLE windows (
  school_id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  closes_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, class_id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
CREATE TABLE posts (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  items TEXT NOT NULL,
  starts_minute INTEGER NOT NULL,
  ends_minute INTEGER NOT NULL,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, name)
);
CREATE TABLE monitors (
  school_id TEXT NOT NULL,
  post_id TEXT NOT NULL,
  student_id TEXT NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE,
  PRIMARY KEY (school_id, post_id, student_id),
  FOREIGN KEY (school_id, post_id) REFERENCES posts (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
CREATE TABLE inspections (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  round_id TEXT NOT NULL,
  on_date DATE NOT NULL,
  post TEXT NOT NULL,
  class_id TEXT NOT NULL,
  item TEXT NOT NULL,
  full_marks DOUBLE PRECISION NOT NULL,
  points DOUBLE PRECISION NOT NULL,
  reason TEXT NOT NULL,
  checked_by TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, round_id) REFERENCES rounds (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
CREATE INDEX inspections_by_round ON inspections (school_id, round_id);
CREATE TABLE screens (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  class_id TEXT,
  paired_by TEXT NOT NULL,
  paired_at BIGINT NOT NULL,
  revoked_at BIGINT,
  PRIMARY KEY (school_id, id)
);
CREATE TABLE pairings (
  id TEXT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  school_id TEXT,
  screen_id TEXT
);
CREATE TABLE uploads (
  school_id TEXT NOT NULL REFERENCES schools(id),
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  body BLOB NOT NULL,
  uploaded_by TEXT NOT NULL,
  uploaded_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, id)
);
CREATE TABLE audit (
  school_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  ip TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  outcome TEXT NOT NULL,
  detail TEXT NOT NULL,
  request_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  mac TEXT NOT NULL,
  PRIMARY KEY (school_id, seq)
);
CREATE TABLE audit_heads (
  school_id TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL,
  checkpoint TEXT NOT NULL
);
CREATE TRIGGER audit_keeps_rows BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_keeps_all BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
