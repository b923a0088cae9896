-- works-from: 1
-- Which backups were tried: restored into a throw-away cluster, opened, compared.

CREATE TABLE backup_check (
  number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  checked     timestamptz NOT NULL,
  made        timestamptz NOT NULL,
  manifest    bytea NOT NULL CHECK (octet_length(manifest) = 32),
  submissions bigint NOT NULL CHECK (submissions >= 0),
  outcome     text NOT NULL CHECK (outcome IN ('good', 'bad')),
  actor       text NOT NULL CHECK (octet_length(actor) BETWEEN 1 AND 1000)
);
CREATE INDEX backup_check_made ON backup_check (made) WHERE outcome = 'good';
COMMENT ON TABLE backup_check IS 'A verification of a backup and how it ended; append-only';
COMMENT ON COLUMN backup_check.made IS 'The time of the snapshot that the backup holds';
COMMENT ON COLUMN backup_check.manifest IS 'SHA-256 of its list of contents, which names every file''s hash';

GRANT SELECT, INSERT ON backup_check TO intake_desk;
