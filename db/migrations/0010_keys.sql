-- works-from: 1
-- What a rotation of the key-encryption keys must know: who can read with which key, and since when no row needs one.

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
