-- works-from: 1
-- Links to patients that are sent to them. What is sent is sealed, and gone as soon as it was handed over or given up.

CREATE TABLE delivery (
  id            uuid PRIMARY KEY,
  invitation_id uuid NOT NULL,
  way           text NOT NULL CHECK (way IN ('mail', 'phone')),
  created       timestamptz NOT NULL,
  actor         uuid,
  state         text NOT NULL CHECK (state IN ('waiting', 'handed-over', 'failed')),
  attempts      integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  not_before    timestamptz NOT NULL,
  taken_until   timestamptz NOT NULL DEFAULT '-infinity',
  ended         timestamptz,
  reason        text COLLATE "C" CHECK (octet_length(reason) <= 200),
  kek_id        text COLLATE "C" NOT NULL CHECK (octet_length(kek_id) BETWEEN 1 AND 64),
  wrapped       bytea NOT NULL CHECK (octet_length(wrapped) BETWEEN 16 AND 4096),
  content       bytea NOT NULL CHECK (octet_length(content) <= 16384),
  CHECK (state = 'waiting' OR octet_length(content) = 0)
);
CREATE INDEX delivery_due ON delivery (not_before) WHERE state = 'waiting';
CREATE INDEX delivery_invitation ON delivery (invitation_id, id);
COMMENT ON TABLE delivery IS 'A message with a link, promised by staff and handed to mail or telephone by a worker';
COMMENT ON COLUMN delivery.reason IS 'Why the last try came to nothing, in words of the program: never an address';
COMMENT ON COLUMN delivery.content IS 'Address and text, sealed; empty once nothing is to be done any more';

GRANT SELECT, INSERT, UPDATE (state, attempts, not_before, taken_until, ended, reason, content) ON delivery TO intake_desk;
GRANT SELECT (ctid, kek_id, wrapped), UPDATE (kek_id, wrapped) ON delivery TO intake_rekey;
