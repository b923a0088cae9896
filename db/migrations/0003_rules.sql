-- works-from: 1
-- Insurance rule sets: what was imported, who approved it, from which day it decides. All of it append-only: a change is
-- another set, a step back another activation. A set's name is the SHA-256 of its canonical rows.

CREATE TABLE rule_set (
  hash     bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
  imported timestamptz NOT NULL,
  actor    text NOT NULL CHECK (octet_length(actor) BETWEEN 1 AND 1000)
);
COMMENT ON TABLE rule_set IS 'The clinic''s insurance tables as one value; without an activation it is a draft';

CREATE TABLE rule_set_file (
  hash    bytea NOT NULL REFERENCES rule_set,
  name    text COLLATE "C" NOT NULL CHECK (octet_length(name) BETWEEN 1 AND 64),
  content bytea NOT NULL CHECK (octet_length(content) <= 16777216),
  PRIMARY KEY (hash, name)
);
COMMENT ON TABLE rule_set_file IS 'One table of a set, byte by byte as the manager''s spreadsheet wrote it';

CREATE TABLE rule_set_approval (
  hash     bytea NOT NULL REFERENCES rule_set,
  approver uuid NOT NULL REFERENCES account,
  approved timestamptz NOT NULL,
  PRIMARY KEY (hash, approver)
);

CREATE TABLE rule_set_activation (
  number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hash        bytea NOT NULL REFERENCES rule_set,
  active_from date NOT NULL,
  act         text NOT NULL CHECK (act IN ('activate', 'return')),
  approvals   smallint NOT NULL CHECK (approvals IN (1, 2)),
  activated   timestamptz NOT NULL,
  actor       text NOT NULL CHECK (octet_length(actor) BETWEEN 1 AND 1000)
);
COMMENT ON TABLE rule_set_activation IS 'On a day the latest active_from holds, among equal ones the highest number';
COMMENT ON COLUMN rule_set_activation.approvals IS 'How many people had to approve it, by the setting of that time';

-- Whatever a program believes: a set that nobody approved, or that never decided before, does not begin to decide.
CREATE FUNCTION check_rule_set_activation() RETURNS trigger
LANGUAGE plpgsql SET search_path = intake, pg_temp AS $$
BEGIN
  IF NEW.act = 'activate' AND
     (SELECT count(*) FROM rule_set_approval a WHERE a.hash = NEW.hash) < NEW.approvals THEN
    RAISE EXCEPTION 'approvals are missing' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.act = 'return' AND NOT EXISTS (SELECT FROM rule_set_activation b WHERE b.hash = NEW.hash) THEN
    RAISE EXCEPTION 'that set never decided' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rule_set_activation_checked BEFORE INSERT ON rule_set_activation
  FOR EACH ROW EXECUTE FUNCTION check_rule_set_activation();

GRANT SELECT, INSERT ON rule_set, rule_set_file, rule_set_approval, rule_set_activation TO intake_desk;
GRANT SELECT ON rule_set, rule_set_file, rule_set_approval, rule_set_activation TO intake_billing;
