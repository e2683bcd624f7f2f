DROP TABLE home_requests;
DROP TABLE consents;
