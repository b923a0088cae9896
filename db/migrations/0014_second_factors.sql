-- works-from: 1
-- What staff sign in with beside a password, and the codes that begin an account.

-- Under 15 characters: good only beside a second factor.
ALTER TABLE account ADD COLUMN short_password boolean NOT NULL DEFAULT false;
GRANT UPDATE (short_password) ON account TO intake_desk;

CREATE TABLE account_totp (
  account_id uuid PRIMARY KEY REFERENCES account,
  kek_id     text COLLATE "C" NOT NULL CHECK (octet_length(kek_id) BETWEEN 1 AND 64),
  wrapped    bytea NOT NULL CHECK (octet_length(wrapped) = 40),
  sealed     bytea NOT NULL CHECK (octet_length(sealed) BETWEEN 29 AND 512),
  last_step  bigint NOT NULL,
  confirmed  timestamptz
);
COMMENT ON TABLE account_totp IS 'Keys of authenticator apps, sealed; not confirmed: shown, but no code has come back';
COMMENT ON COLUMN account_totp.last_step IS 'A code of this step or an earlier one is refused: each is good once (RFC 6238 5.2)';

CREATE TABLE recovery_code (
  account_id uuid NOT NULL REFERENCES account,
  verifier   bytea NOT NULL CHECK (octet_length(verifier) = 32),
  used       timestamptz,
  PRIMARY KEY (account_id, verifier)
);
COMMENT ON TABLE recovery_code IS 'Keyed hashes; each code signs in once in place of the second factor';

CREATE TABLE passkey (
  credential_id bytea PRIMARY KEY CHECK (octet_length(credential_id) BETWEEN 16 AND 1023),
  account_id    uuid NOT NULL REFERENCES account,
  label         text NOT NULL CHECK (octet_length(label) BETWEEN 1 AND 64),
  algorithm     integer NOT NULL,
  public_key    bytea NOT NULL CHECK (octet_length(public_key) BETWEEN 32 AND 1024),
  sign_count    bigint NOT NULL,
  added         timestamptz NOT NULL,
  last_used     timestamptz
);
CREATE INDEX passkey_account ON passkey (account_id);
COMMENT ON COLUMN passkey.last_used IS 'A challenge made before it is refused: an assertion is good once';

CREATE TABLE account_set_up (
  account_id uuid PRIMARY KEY REFERENCES account,
  verifier   bytea NOT NULL CHECK (octet_length(verifier) = 32),
  expires    timestamptz NOT NULL
);
COMMENT ON TABLE account_set_up IS 'One-time codes with which a new password is chosen; keyed hashes';

GRANT SELECT, INSERT, DELETE, UPDATE ON account_totp TO intake_desk;
GRANT SELECT, INSERT, DELETE, UPDATE (used) ON recovery_code TO intake_desk;
GRANT SELECT, INSERT, DELETE, UPDATE (sign_count, last_used) ON passkey TO intake_desk;
GRANT SELECT, INSERT, DELETE, UPDATE (verifier, expires) ON account_set_up TO intake_desk;
GRANT SELECT (ctid, kek_id, wrapped), UPDATE (kek_id, wrapped) ON account_totp TO intake_rekey;
