-- works-from: 1
-- Machines ask what changed since a time, and prove who they are by certificates.

-- Versions are stored in the order of their times, so a few bytes a block say which blocks to read; a b-tree would cost
-- every submission an entry more.
CREATE INDEX submission_version_received ON submission_version USING brin (received) WITH (pages_per_range = 16, autosummarize = on);

CREATE TABLE client_certificate (
  fingerprint bytea PRIMARY KEY CHECK (octet_length(fingerprint) = 32),
  client_id   text COLLATE "C" NOT NULL REFERENCES client,
  subject     text NOT NULL CHECK (octet_length(subject) BETWEEN 1 AND 1000),
  issued      timestamptz NOT NULL,
  not_after   timestamptz NOT NULL,
  revoked     timestamptz
);
CREATE INDEX client_certificate_client ON client_certificate (client_id);
COMMENT ON TABLE client_certificate IS 'Certificates of machines: which client each one is, until when, and whether it was taken back';
COMMENT ON COLUMN client_certificate.fingerprint IS 'SHA-256 of the DER';

GRANT SELECT, INSERT, UPDATE (revoked) ON client_certificate TO intake_desk;
GRANT SELECT ON client_certificate TO intake_portal;
