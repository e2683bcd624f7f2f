INSERT INTO settings (school_id, name, value)
SELECT school_id, 'hall_view', view FROM programmes WHERE target = 'hall';
DROP TABLE hidden_displays;
DROP TABLE lesson_times;
DROP TABLE programmes;
