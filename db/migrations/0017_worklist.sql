-- works-from: 1
-- The worklist of submissions that belong to no appointment, and what staff write down about a record.

CREATE TABLE work_item (
  submission_id uuid PRIMARY KEY,
  received      timestamptz NOT NULL,
  state         text NOT NULL CHECK (state IN ('new', 'attention', 'review', 'done', 'day')),
  number        integer NOT NULL CHECK (number >= 1),
  at            timestamptz NOT NULL,
  actor         uuid
);
CREATE INDEX work_item_list ON work_item (state, received, submission_id);
COMMENT ON TABLE work_item IS 'The state that the last work_event made, kept beside it so that a list of a million rows is one index';
COMMENT ON COLUMN work_item.state IS 'day: it is on the day list, its work is done there';

CREATE TABLE work_event (
  submission_id uuid NOT NULL,
  number        integer NOT NULL CHECK (number >= 1),
  state         text NOT NULL CHECK (state IN ('new', 'attention', 'review', 'done', 'day')),
  act           text NOT NULL CHECK (act IN ('set', 'undo')),
  at            timestamptz NOT NULL,
  actor         uuid,
  PRIMARY KEY (submission_id, number)
);
COMMENT ON TABLE work_event IS 'What was done with an item; the latest number holds, an undo is one more event';

CREATE TABLE work_mark (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  seen     timestamptz NOT NULL,
  matched  bigint NOT NULL DEFAULT 0,
  changes  bigint NOT NULL DEFAULT 0
);
COMMENT ON TABLE work_mark IS 'How far submissions and matches were sorted into the worklist, and a number that every change moves';

CREATE TABLE record_act (
  id            uuid PRIMARY KEY,
  submission_id uuid NOT NULL,
  other_id      uuid,
  kind          text NOT NULL CHECK (kind IN ('note', 'void', 'restore', 'join', 'part')),
  at            timestamptz NOT NULL,
  actor         uuid NOT NULL,
  kek_id        text COLLATE "C" NOT NULL CHECK (octet_length(kek_id) BETWEEN 1 AND 64),
  wrapped       bytea NOT NULL CHECK (octet_length(wrapped) BETWEEN 16 AND 4096),
  content       bytea NOT NULL CHECK (octet_length(content) <= 16384)
);
CREATE INDEX record_act_submission ON record_act (submission_id, id);
CREATE INDEX record_act_other ON record_act (other_id, id) WHERE other_id IS NOT NULL;
CREATE INDEX record_act_void ON record_act (submission_id, id) WHERE kind IN ('void', 'restore');
COMMENT ON TABLE record_act IS 'Notes; void and taken back; same patient as another record and taken back. Rows are only added, words are sealed';

GRANT SELECT, INSERT, UPDATE (state, number, at, actor) ON work_item TO intake_desk;
GRANT SELECT, INSERT ON work_event, record_act TO intake_desk;
GRANT SELECT, INSERT, UPDATE (seen, matched, changes) ON work_mark TO intake_desk;
GRANT SELECT (ctid, kek_id, wrapped), UPDATE (kek_id, wrapped) ON record_act TO intake_rekey;
GRANT SELECT (submission_id), DELETE ON record_act TO intake_retention;
CREATE TRIGGER record_act_destroyed BEFORE DELETE ON record_act
  FOR EACH ROW WHEN (current_user = 'intake_retention') EXECUTE FUNCTION check_key_destruction();
