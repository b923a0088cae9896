-- works-from: 1
-- Packets that a patient has begun and not sent yet.

CREATE TABLE draft (
  id           uuid PRIMARY KEY,
  session_hash bytea NOT NULL UNIQUE CHECK (octet_length(session_hash) = 32),
  code_hash    bytea UNIQUE CHECK (octet_length(code_hash) = 32),
  tries        integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
  revision     integer NOT NULL CHECK (revision >= 1),
  kek_id       text COLLATE "C" NOT NULL CHECK (octet_length(kek_id) BETWEEN 1 AND 64),
  wrapped      bytea NOT NULL CHECK (octet_length(wrapped) BETWEEN 16 AND 4096),
  content      bytea NOT NULL CHECK (octet_length(content) <= 8388608),
  expires      timestamptz NOT NULL
);
CREATE INDEX draft_expires ON draft (expires);
COMMENT ON TABLE draft IS 'Answers that were not sent: sealed, changed page by page, deleted when their time is over';
COMMENT ON COLUMN draft.id IS 'The submission that the draft becomes';
COMMENT ON COLUMN draft.session_hash IS 'The browser that fills it in; the cookie''s value itself is not stored';
COMMENT ON COLUMN draft.code_hash IS 'Keyed hash of the resume code; null once the packet was sent';
COMMENT ON COLUMN draft.tries IS 'Wrong birth dates given with the code since the last right one';
COMMENT ON COLUMN draft.revision IS 'Bound to the content; two windows cannot overwrite each other unseen';

GRANT SELECT, INSERT, DELETE,
  UPDATE (session_hash, code_hash, tries, revision, kek_id, wrapped, content, expires) ON draft TO intake_portal;
GRANT SELECT (id, expires), DELETE ON draft TO intake_retention;
