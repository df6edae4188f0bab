// Lots, their cursors and batches, and what people of the centre decide. Every key begins with the lot, so that row-level
// security, Citus and compatible servers need no other tables (many-lots.md, section 5).
// `centre` is rebuilt from the lots; `desk` is not.
import type { SchemaPart } from './part.ts'

const tables = `
CREATE TABLE centre.lot (
  lot_id text PRIMARY KEY,
  org_id bigint NOT NULL DEFAULT 1,
  name jsonb NOT NULL,
  state text NOT NULL DEFAULT 'active',
  pinned jsonb
);
CREATE TABLE centre.lot_cursor (
  lot_id text,
  node_id text,
  last_seq bigint NOT NULL,
  head bytea NOT NULL,
  heard timestamptz NOT NULL,
  PRIMARY KEY (lot_id, node_id)
);
CREATE TABLE centre.lot_batch (
  lot_id text,
  node_id text,
  to_seq bigint,
  from_seq bigint NOT NULL,
  head bytea NOT NULL,
  serial text NOT NULL,
  signature bytea NOT NULL,
  rows bytea NOT NULL,
  -- of the receipt, so that it never depends on the clock of a lot
  month date NOT NULL,
  PRIMARY KEY (lot_id, node_id, to_seq, month)
) PARTITION BY RANGE (month);
-- gzip already
ALTER TABLE centre.lot_batch ALTER COLUMN rows SET STORAGE EXTERNAL;

CREATE TABLE desk.pairing (
  pairing_id text PRIMARY KEY,
  lot_id text NOT NULL,
  name jsonb NOT NULL,
  address text NOT NULL,
  tls_request bytea NOT NULL,
  sign_request bytea NOT NULL,
  commitment bytea NOT NULL,
  challenge bytea NOT NULL,
  digits text,
  state text NOT NULL,
  asked_at timestamptz NOT NULL,
  decided_at timestamptz,
  decided_by text,
  tls_certificate bytea,
  sign_certificate bytea
);
CREATE TABLE desk.lot_key (
  serial text PRIMARY KEY,
  lot_id text NOT NULL,
  -- 'tls' or 'sign'
  use text NOT NULL,
  certificate bytea NOT NULL,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL,
  revoked_at timestamptz,
  revoked_by text
);
-- A row that cannot be read, by its r; passed when a person let it pass as that alone.
CREATE TABLE desk.aside_row (
  lot_id text,
  node_id text,
  seq bigint,
  digest bytea NOT NULL,
  why text NOT NULL,
  found_at timestamptz NOT NULL,
  passed_at timestamptz,
  passed_by text,
  PRIMARY KEY (lot_id, node_id, seq, digest)
);
-- What waits for a person: named once while it is open, and ended by what ends it.
CREATE TABLE desk.matter (
  matter_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  lot_id text NOT NULL,
  node_id text NOT NULL DEFAULT '',
  kind text NOT NULL,
  -- what of the lot it is about: 'lane L01', 'device L01 camera', a certificate; empty: the feed or the whole lot
  thing text NOT NULL DEFAULT '',
  detail jsonb NOT NULL,
  since timestamptz NOT NULL,
  ended_at timestamptz,
  -- a person has taken it: it is not told further
  taken_at timestamptz,
  taken_by text,
  -- it is not told and makes no sound until then
  quiet_until timestamptz
);
CREATE UNIQUE INDEX matter_open ON desk.matter (lot_id, node_id, kind, thing) WHERE ended_at IS NULL;
CREATE TABLE desk.person (
  person_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  secret text NOT NULL,
  -- ids of the lots that the person sees, joined by commas; '*': all
  lots text NOT NULL DEFAULT '*',
  -- true: the secret was made by the program and is changed at the first sign-in
  one_time boolean NOT NULL
);
-- Wrong secrets in a row by person and address, so that one address locks out no other.
CREATE TABLE desk.sign_in_try (
  person_id bigint REFERENCES desk.person ON DELETE CASCADE,
  address text,
  failures int NOT NULL,
  locked_until timestamptz,
  last_at timestamptz NOT NULL,
  -- that person has signed in from there
  known boolean NOT NULL DEFAULT false,
  PRIMARY KEY (person_id, address)
);
CREATE TABLE desk.session (
  token_digest bytea PRIMARY KEY,
  person_id bigint NOT NULL REFERENCES desk.person ON DELETE CASCADE,
  since timestamptz NOT NULL,
  last_seen timestamptz NOT NULL
);
CREATE TABLE desk.act (
  act_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  person text NOT NULL,
  act text NOT NULL,
  lot_id text,
  detail jsonb NOT NULL
);`

const grants = `
GRANT SELECT, INSERT, UPDATE ON centre.lot, centre.lot_cursor, desk.pairing, desk.aside_row, desk.matter TO etc_door;
GRANT SELECT, INSERT ON centre.lot_batch TO etc_door;
GRANT SELECT, UPDATE ON desk.lot_key TO etc_door;
GRANT INSERT, UPDATE ON centre.lot TO etc_desk;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA desk TO etc_desk;
GRANT DELETE ON desk.session, desk.sign_in_try TO etc_desk;
REVOKE UPDATE ON desk.act FROM etc_desk;
GRANT SELECT ON centre.lot, centre.lot_cursor, centre.lot_batch, desk.lot_key TO etc_work;
GRANT SELECT, INSERT, UPDATE ON desk.matter TO etc_work;`

export const rowsPart: SchemaPart = {
  tables,
  ofLots: [
    'centre.lot',
    'centre.lot_cursor',
    'centre.lot_batch',
    'desk.pairing',
    'desk.lot_key',
    'desk.aside_row',
    'desk.matter',
  ],
  grants,
}
