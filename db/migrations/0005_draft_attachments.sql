-- works-from: 1
-- Files that a patient has attached to a packet that is not sent yet.

CREATE TABLE draft_attachment (
  draft_id uuid NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
  name     bytea NOT NULL CHECK (octet_length(name) = 32),
  kek_id   text COLLATE "C" NOT NULL CHECK (octet_length(kek_id) BETWEEN 1 AND 64),
  wrapped  bytea NOT NULL CHECK (octet_length(wrapped) BETWEEN 16 AND 4096),
  about    bytea NOT NULL CHECK (octet_length(about) BETWEEN 1 AND 8192),
  content  bytea NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 67108864),
  PRIMARY KEY (draft_id, name)
);
ALTER TABLE draft_attachment ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE draft_attachment IS 'Files of a draft, each sealed with a key of its own; gone with their draft';
COMMENT ON COLUMN draft_attachment.about IS 'Type, size and title, sealed: what pages show without opening the file';
COMMENT ON COLUMN draft_attachment.name IS 'Keyed hash of what the answers call the file; the same file twice is one row';

GRANT SELECT, INSERT, DELETE ON draft_attachment TO intake_portal;
-- A rotation finds every table with these two columns.
GRANT SELECT (ctid, kek_id, wrapped), UPDATE (kek_id, wrapped) ON draft_attachment TO intake_rekey;
