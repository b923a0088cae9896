-- works-from: 1
-- What ends with a record: the visits of its patient, their links and decisions, each under a key of its own. And a visit is a
-- contact, whether or not a form came with it.

CREATE TABLE purge_destroyed (
  purge_id      uuid NOT NULL REFERENCES purge,
  submission_id uuid NOT NULL,
  PRIMARY KEY (submission_id)
);
COMMENT ON TABLE purge_destroyed IS 'Whose keys a purge destroyed: what lost its key without a row here lost it otherwise';
-- Purges that are done took all of their records but those that still have their keys.
INSERT INTO purge_destroyed (purge_id, submission_id)
  SELECT DISTINCT ON (r.submission_id) r.purge_id, r.submission_id FROM purge_record r JOIN purge p ON p.id = r.purge_id
  WHERE p.done IS NOT NULL AND NOT EXISTS (SELECT FROM wrapped_key k WHERE k.submission_id = r.submission_id)
  ORDER BY r.submission_id, p.done;
GRANT SELECT ON purge_destroyed TO intake_desk;
GRANT SELECT, INSERT ON purge_destroyed TO intake_retention;

-- Whatever a program believes: a visit goes only when it, and every other of the same patient, is older than a purge that two
-- people approved and that is being carried out.
CREATE FUNCTION check_visit_destruction() RETURNS trigger
LANGUAGE plpgsql SET search_path = intake, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM purge p WHERE p.done IS NULL AND p.older_than > OLD.starts_at AND
                 (SELECT count(*) FROM purge_approval a WHERE a.purge_id = p.id) >= 2) THEN
    RAISE EXCEPTION 'approvals are missing' USING ERRCODE = 'check_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER appointment_destroyed BEFORE DELETE ON appointment
  FOR EACH ROW WHEN (current_user = 'intake_retention') EXECUTE FUNCTION check_visit_destruction();

-- What hangs on a visit or a link goes only with it, or with a record of such a purge.
CREATE FUNCTION check_visit_part_destruction() RETURNS trigger
LANGUAGE plpgsql SET search_path = intake, pg_temp AS $$
DECLARE
  row_of jsonb := to_jsonb(OLD);
  visit uuid := (row_of ->> 'appointment_id')::uuid;
  record_of uuid := (row_of ->> 'submission_id')::uuid;
BEGIN
  IF row_of ? 'invitation_id' THEN
    SELECT i.appointment_id, i.submission_id INTO visit, record_of FROM invitation i
      WHERE i.id = (row_of ->> 'invitation_id')::uuid;
  END IF;
  IF NOT EXISTS (SELECT FROM purge p WHERE p.done IS NULL AND
                 (SELECT count(*) FROM purge_approval a WHERE a.purge_id = p.id) >= 2 AND
                 (EXISTS (SELECT FROM appointment a WHERE a.id = visit AND a.starts_at < p.older_than) OR
                  EXISTS (SELECT FROM purge_record r WHERE r.purge_id = p.id AND r.submission_id = record_of))) THEN
    RAISE EXCEPTION 'approvals are missing' USING ERRCODE = 'check_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER appointment_event_destroyed BEFORE DELETE ON appointment_event
  FOR EACH ROW WHEN (current_user = 'intake_retention') EXECUTE FUNCTION check_visit_part_destruction();
CREATE TRIGGER appointment_match_destroyed BEFORE DELETE ON appointment_match
  FOR EACH ROW WHEN (current_user = 'intake_retention') EXECUTE FUNCTION check_visit_part_destruction();
CREATE TRIGGER appointment_decision_destroyed BEFORE DELETE ON appointment_decision
  FOR EACH ROW WHEN (current_user = 'intake_retention') EXECUTE FUNCTION check_visit_part_destruction();
CREATE TRIGGER invitation_destroyed BEFORE DELETE ON invitation
  FOR EACH ROW WHEN (current_user = 'intake_retention') EXECUTE FUNCTION check_visit_part_destruction();
CREATE TRIGGER delivery_destroyed BEFORE DELETE ON delivery
  FOR EACH ROW WHEN (current_user = 'intake_retention') EXECUTE FUNCTION check_visit_part_destruction();

GRANT SELECT (id, starts_at, token), DELETE ON appointment TO intake_retention;
GRANT SELECT (appointment_id), DELETE ON appointment_event TO intake_retention;
GRANT SELECT (appointment_id, submission_id), DELETE ON appointment_match, appointment_decision TO intake_retention;
GRANT SELECT (id, appointment_id, submission_id), DELETE ON invitation TO intake_retention;
GRANT SELECT (invitation_id), DELETE ON delivery TO intake_retention;
