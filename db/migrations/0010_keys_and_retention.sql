-- works-from: 1
-- What a rotation of keys must know: who can read with which key, and since when no row needs one. And how records end.

CREATE TABLE key_reader (
  instance    text COLLATE "C" PRIMARY KEY CHECK (octet_length(instance) BETWEEN 1 AND 100),
  keks        text[] NOT NULL,
  current_kek text COLLATE "C" NOT NULL,
  seen        timestamptz NOT NULL
);
COMMENT ON TABLE key_reader IS 'The keys that a running instance holds, by their ids; said again every half minute';

CREATE TABLE kek_emptied (
  kek     text COLLATE "C" PRIMARY KEY CHECK (octet_length(kek) BETWEEN 1 AND 64),
  emptied timestamptz NOT NULL
);
COMMENT ON TABLE kek_emptied IS 'Since when no row is under a key; backups made before that still need it';

GRANT SELECT, INSERT, UPDATE (keks, current_kek, seen) ON key_reader TO intake_desk;
GRANT SELECT, INSERT, UPDATE (emptied) ON kek_emptied TO intake_rekey;
-- A draft's data key is re-wrapped like a submission's.
GRANT SELECT (ctid, kek_id, wrapped), UPDATE (kek_id, wrapped) ON draft TO intake_rekey;

-- Retention: a record's end is proposed by one, approved by two others, and is the destruction of its data key. Rows stay,
-- and nobody opens them again.
CREATE TABLE legal_hold (
  submission_id uuid NOT NULL,
  placed        timestamptz NOT NULL,
  actor         text NOT NULL CHECK (octet_length(actor) BETWEEN 1 AND 1000),
  reason        text NOT NULL CHECK (octet_length(reason) BETWEEN 1 AND 1000),
  released      timestamptz,
  PRIMARY KEY (submission_id, placed)
);
COMMENT ON TABLE legal_hold IS 'While it is not released, the record is not destroyed, whatever its age';

CREATE TABLE purge (
  id         uuid PRIMARY KEY,
  proposed   timestamptz NOT NULL,
  actor      text NOT NULL CHECK (octet_length(actor) BETWEEN 1 AND 1000),
  older_than timestamptz NOT NULL,
  done       timestamptz
);
CREATE TABLE purge_record (
  purge_id      uuid NOT NULL REFERENCES purge,
  submission_id uuid NOT NULL,
  PRIMARY KEY (purge_id, submission_id)
);
CREATE INDEX purge_record_submission ON purge_record (submission_id);
CREATE TABLE purge_approval (
  purge_id uuid NOT NULL REFERENCES purge,
  approver uuid NOT NULL REFERENCES account,
  approved timestamptz NOT NULL,
  PRIMARY KEY (purge_id, approver)
);

-- Whatever a program believes: the role that may destroy keys destroys none that two people did not approve, and none that
-- is held.
CREATE FUNCTION check_key_destruction() RETURNS trigger
LANGUAGE plpgsql SET search_path = intake, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM purge_record r WHERE r.submission_id = OLD.submission_id AND
                 (SELECT count(*) FROM purge_approval a WHERE a.purge_id = r.purge_id) >= 2) THEN
    RAISE EXCEPTION 'approvals are missing' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM legal_hold h WHERE h.submission_id = OLD.submission_id AND h.released IS NULL) THEN
    RAISE EXCEPTION 'the record is held' USING ERRCODE = 'check_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER wrapped_key_destroyed BEFORE DELETE ON wrapped_key
  FOR EACH ROW WHEN (current_user = 'intake_retention') EXECUTE FUNCTION check_key_destruction();

GRANT SELECT, INSERT, UPDATE (released) ON legal_hold TO intake_desk;
GRANT SELECT, INSERT ON purge, purge_record, purge_approval TO intake_desk;
GRANT SELECT ON legal_hold, purge, purge_record, purge_approval TO intake_retention;
GRANT UPDATE (done) ON purge TO intake_retention;
