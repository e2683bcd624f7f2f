DROP TABLE class_links;
