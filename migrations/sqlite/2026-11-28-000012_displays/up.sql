-- What displays show: for all halls, for all classrooms (target hall, classroom) or for one display by its id. Boards
-- stand in their order, those that are off with a minus.
CREATE TABLE programmes (
  school_id TEXT NOT NULL REFERENCES schools(id),
  target TEXT NOT NULL,
  running BOOLEAN NOT NULL,
  boards TEXT NOT NULL,
  seconds INTEGER NOT NULL,
  view TEXT NOT NULL,
  light TEXT NOT NULL,
  lessons TEXT NOT NULL,
  PRIMARY KEY (school_id, target)
);
-- Lessons by weekday (0 is Monday), in minutes of the day.
CREATE TABLE lesson_times (
  school_id TEXT NOT NULL REFERENCES schools(id),
  weekday INTEGER NOT NULL,
  starts_minute INTEGER NOT NULL,
  ends_minute INTEGER NOT NULL,
  PRIMARY KEY (school_id, weekday, starts_minute)
);
-- A class whose teacher has hidden its displays, and until when.
CREATE TABLE hidden_displays (
  school_id TEXT NOT NULL REFERENCES schools(id),
  class_id TEXT NOT NULL,
  hidden_by TEXT NOT NULL,
  hidden_at BIGINT NOT NULL,
  until BIGINT NOT NULL,
  PRIMARY KEY (school_id, class_id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
-- The hall's view was a setting of its own.
INSERT INTO programmes (school_id, target, running, boards, seconds, view, light, lessons)
SELECT school_id, 'hall', TRUE, '', 14, value, 'night', 'show' FROM settings WHERE name = 'hall_view' AND value IN ('all', 'band');
DELETE FROM settings WHERE name = 'hall_view';
