DROP TABLE class_seats;
DROP TABLE class_chips;
