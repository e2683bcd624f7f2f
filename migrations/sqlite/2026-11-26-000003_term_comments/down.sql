DROP TABLE comment_phrases;
DROP TABLE term_comment_releases;
DROP TABLE term_comment_history;
DROP TABLE term_comments;
