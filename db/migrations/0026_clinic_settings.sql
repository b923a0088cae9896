-- works-from: 1
-- What managers set on the desk's page on top of the configuration: nothing of a patient, so nothing is sealed.

CREATE TABLE clinic_setting (
  number bigint PRIMARY KEY CHECK (number > 0),
  key    text COLLATE "C" NOT NULL CHECK (octet_length(key) BETWEEN 1 AND 200),
  value  bytea CHECK (octet_length(value) <= 16384),
  reason text NOT NULL CHECK (octet_length(reason) <= 500),
  at     timestamptz NOT NULL,
  actor  uuid NOT NULL REFERENCES account
);
CREATE INDEX clinic_setting_key ON clinic_setting (key, number DESC);
COMMENT ON TABLE clinic_setting IS 'Append-only: of each key the newest row holds';
COMMENT ON COLUMN clinic_setting.value IS 'NULL: back to what the configuration or the form says';

GRANT SELECT, INSERT ON clinic_setting TO intake_desk;
