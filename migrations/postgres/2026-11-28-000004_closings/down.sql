DROP TABLE closing_reasons;
DROP TABLE closings;
