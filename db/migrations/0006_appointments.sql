-- works-from: 1
-- Who comes when, what was asked of them beforehand, and what happened on the day. Names, birth dates and telephone
-- numbers are sealed; in the clear stands only what a query needs.

CREATE TABLE appointment (
  id        uuid PRIMARY KEY,
  location  text COLLATE "C" NOT NULL CHECK (octet_length(location) BETWEEN 1 AND 40),
  starts_at timestamptz NOT NULL,
  source    bytea UNIQUE CHECK (octet_length(source) = 32),
  token     bytea CHECK (octet_length(token) = 32),
  revision  integer NOT NULL CHECK (revision >= 1),
  kek_id    text COLLATE "C" NOT NULL CHECK (octet_length(kek_id) BETWEEN 1 AND 64),
  wrapped   bytea NOT NULL CHECK (octet_length(wrapped) BETWEEN 16 AND 4096),
  content   bytea NOT NULL CHECK (octet_length(content) <= 16384)
);
CREATE INDEX appointment_day ON appointment (location, starts_at);
CREATE INDEX appointment_start ON appointment (starts_at);
CREATE INDEX appointment_token ON appointment (token) WHERE token IS NOT NULL;
COMMENT ON TABLE appointment IS 'A visit in the day list, as the clinic''s schedule has it';
COMMENT ON COLUMN appointment.source IS 'Keyed hash of the schedule''s own number: the same list read twice is one list';
COMMENT ON COLUMN appointment.token IS 'Blind index of surname and birth date, as submissions carry it';
COMMENT ON COLUMN appointment.revision IS 'Bound to the content';

CREATE TABLE appointment_event (
  appointment_id uuid NOT NULL REFERENCES appointment,
  number         integer NOT NULL CHECK (number >= 1),
  state          text NOT NULL CHECK (state IN ('expected', 'arrived', 'left', 'no-show')),
  act            text NOT NULL CHECK (act IN ('set', 'undo')),
  at             timestamptz NOT NULL,
  actor          uuid NOT NULL,
  PRIMARY KEY (appointment_id, number)
);
COMMENT ON TABLE appointment_event IS 'What happened on the day; the latest number holds, an undo is one more event';

CREATE TABLE appointment_match (
  number         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  appointment_id uuid NOT NULL,
  submission_id  uuid NOT NULL,
  act            text NOT NULL CHECK (act IN ('match', 'part')),
  how            text NOT NULL CHECK (how IN ('visit', 'name', 'staff')),
  at             timestamptz NOT NULL,
  actor          uuid
);
CREATE INDEX appointment_match_appointment ON appointment_match (appointment_id, number);
CREATE INDEX appointment_match_submission ON appointment_match (submission_id, number);
COMMENT ON TABLE appointment_match IS 'Whose forms are for which visit; of a pair the latest act holds';
COMMENT ON COLUMN appointment_match.how IS 'Filled in for that visit; same name and birth date; or a person said so';

CREATE TABLE alert_acknowledgement (
  submission_id uuid NOT NULL,
  alert         bytea NOT NULL CHECK (octet_length(alert) = 32),
  at            timestamptz NOT NULL,
  actor         uuid NOT NULL,
  PRIMARY KEY (submission_id, alert)
);
COMMENT ON COLUMN alert_acknowledgement.alert IS 'Keyed hash: which alert it was is nobody''s to read here';

CREATE TABLE invitation (
  id             uuid PRIMARY KEY,
  purpose        text NOT NULL CHECK (purpose IN ('packet', 'device', 'correction')),
  selector       bytea NOT NULL UNIQUE CHECK (octet_length(selector) = 16),
  verifier_hash  bytea NOT NULL CHECK (octet_length(verifier_hash) = 32),
  appointment_id uuid,
  submission_id  uuid,
  draft_id       uuid,
  kek_id         text COLLATE "C" NOT NULL CHECK (octet_length(kek_id) BETWEEN 1 AND 64),
  wrapped        bytea NOT NULL CHECK (octet_length(wrapped) BETWEEN 16 AND 4096),
  content        bytea NOT NULL CHECK (octet_length(content) <= 16384),
  tries          integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
  created        timestamptz NOT NULL,
  actor          uuid,
  expires        timestamptz NOT NULL,
  opened         timestamptz,
  received       timestamptz,
  revoked        timestamptz
);
CREATE INDEX invitation_appointment ON invitation (appointment_id, created);
CREATE INDEX invitation_submission ON invitation (submission_id, created) WHERE submission_id IS NOT NULL;
CREATE INDEX invitation_created ON invitation (created);
COMMENT ON TABLE invitation IS 'A link for one person to one packet; the link itself is not stored';
COMMENT ON COLUMN invitation.tries IS 'Wrong birth dates since the last right one';

CREATE TABLE appointment_decision (
  number         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id             uuid NOT NULL UNIQUE,
  appointment_id uuid NOT NULL,
  submission_id  uuid NOT NULL,
  version        integer NOT NULL CHECK (version >= 1),
  rule_set       bytea NOT NULL CHECK (octet_length(rule_set) = 32),
  starts_at      timestamptz NOT NULL,
  decided        timestamptz NOT NULL,
  changed        boolean NOT NULL,
  kek_id         text COLLATE "C" NOT NULL CHECK (octet_length(kek_id) BETWEEN 1 AND 64),
  wrapped        bytea NOT NULL CHECK (octet_length(wrapped) BETWEEN 16 AND 4096),
  content        bytea NOT NULL CHECK (octet_length(content) <= 262144)
);
CREATE INDEX appointment_decision_latest ON appointment_decision (appointment_id, number);
COMMENT ON TABLE appointment_decision IS 'The insurance decision made again, for the day of the visit or by other rules';
COMMENT ON COLUMN appointment_decision.changed IS 'Outcome or sentence are others than before: somebody must call';

ALTER TABLE draft
  ADD COLUMN appointment_id uuid,
  ADD COLUMN forms_done smallint NOT NULL DEFAULT 0,
  ADD COLUMN forms_asked smallint NOT NULL DEFAULT 0,
  ADD COLUMN session_ends timestamptz,
  ADD COLUMN help_asked timestamptz;
CREATE INDEX draft_appointment ON draft (appointment_id) WHERE appointment_id IS NOT NULL;
CREATE INDEX draft_help ON draft (help_asked) WHERE help_asked IS NOT NULL;
COMMENT ON COLUMN draft.session_ends IS 'On a shared device the browser loses the draft at this time; the draft stays';
COMMENT ON COLUMN draft.help_asked IS 'When the patient handed it to staff; only then staff may open it';

GRANT SELECT, INSERT, UPDATE (location, starts_at, token, revision, kek_id, wrapped, content) ON appointment TO intake_desk;
GRANT SELECT, INSERT ON appointment_event, appointment_match, alert_acknowledgement, appointment_decision TO intake_desk;
GRANT SELECT, INSERT, UPDATE (revoked) ON invitation TO intake_desk;
GRANT SELECT (id, appointment_id, forms_done, forms_asked, help_asked, expires) ON draft TO intake_desk;

GRANT INSERT ON appointment_match TO intake_portal;
GRANT SELECT, UPDATE (tries, draft_id, opened, received) ON invitation TO intake_portal;
GRANT UPDATE (appointment_id, forms_done, forms_asked, session_ends, help_asked) ON draft TO intake_portal;

GRANT SELECT (ctid, kek_id, wrapped), UPDATE (kek_id, wrapped) ON appointment, invitation, appointment_decision
  TO intake_rekey;
