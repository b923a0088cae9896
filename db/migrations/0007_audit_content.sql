-- works-from: 1
-- Which copy is this file? Only what left has such a hash, so a submission pays nothing for the index.

CREATE INDEX audit_event_content ON audit_event (content) WHERE content IS NOT NULL;
