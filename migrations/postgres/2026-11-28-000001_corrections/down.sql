ALTER TABLE publications DROP COLUMN moved_classes;
ALTER TABLE publications DROP COLUMN moved_children;
ALTER TABLE publications DROP COLUMN reason;
DROP TABLE corrections;
