DROP TABLE festival_children;
DROP TABLE festivals;
