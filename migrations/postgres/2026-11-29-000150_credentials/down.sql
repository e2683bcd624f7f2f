DROP TABLE credentials;
DROP TABLE badge_classes;
DROP TABLE issuer_keys;
