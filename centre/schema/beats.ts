// What lots say of themselves (docs/centre.md, heartbeats), what changed at their lanes and devices, and whom an alarm is
// told.
import type { SchemaPart } from './part.ts'

const tables = `
CREATE TABLE centre.lot_beat (
  -- the newest of each node (ledger/pure/centre/beat.ts)
  lot_id text,
  node_id text,
  heard timestamptz NOT NULL,
  beat jsonb NOT NULL,
  -- China day of the receipt, and how many changes of it were kept
  day date NOT NULL DEFAULT '2020-01-01',
  changes int NOT NULL DEFAULT 0,
  PRIMARY KEY (lot_id, node_id)
);
CREATE TABLE centre.lane_change (
  lot_id text,
  node_id text,
  -- 'lane L01', 'device L01 camera', 'clock', 'disk' … (ledger/pure/centre/beat-things.ts)
  thing text,
  -- of the receipt
  at timestamptz,
  state text NOT NULL,
  detail jsonb NOT NULL,
  PRIMARY KEY (lot_id, node_id, thing, at)
);
CREATE INDEX lane_change_at ON centre.lane_change (lot_id, at);
-- One row a way: told so long after an alarm began, unless a person has taken it.
CREATE TABLE desk.alarm_way (
  way_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- 'mail' or 'webhook'
  kind text NOT NULL,
  address text NOT NULL,
  after_s int NOT NULL,
  removed_at timestamptz
);
-- One row: mail server and its account.
CREATE TABLE desk.mail_server (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  server jsonb NOT NULL
);
-- One row: from when to when the centre listened without a gap. Silence of a lot is counted in it alone.
CREATE TABLE desk.alarm_listening (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  since_at timestamptz NOT NULL,
  until_at timestamptz NOT NULL
);
-- What is bad at a lot, from when it was first seen until it has been good for long enough. Its matter is a row of
-- desk.matter with the same key.
CREATE TABLE desk.alarm_episode (
  lot_id text,
  node_id text,
  kind text,
  thing text,
  bad_at timestamptz NOT NULL,
  -- null: it is bad now
  good_at timestamptz,
  PRIMARY KEY (lot_id, node_id, kind, thing)
);
-- Each way once for each alarm, and once for its end.
CREATE TABLE desk.alarm_told (
  matter_id bigint NOT NULL REFERENCES desk.matter,
  way_id bigint NOT NULL REFERENCES desk.alarm_way,
  lot_id text NOT NULL,
  tries int NOT NULL,
  last_at timestamptz NOT NULL,
  -- empty: it was taken
  why text NOT NULL,
  -- when its begin and its end were taken
  begin_at timestamptz,
  end_at timestamptz,
  PRIMARY KEY (matter_id, way_id)
);`

export const beatsPart: SchemaPart = {
  tables,
  ofLots: ['centre.lot_beat', 'centre.lane_change', 'desk.alarm_told', 'desk.alarm_episode'],
  grants: `
GRANT SELECT, INSERT, UPDATE ON centre.lot_beat TO etc_door;
GRANT SELECT, INSERT ON centre.lane_change TO etc_door;
GRANT SELECT ON centre.lot_beat, centre.lane_change, desk.alarm_way, desk.mail_server TO etc_work;
GRANT DELETE ON centre.lane_change TO etc_work;
GRANT SELECT, INSERT, UPDATE ON desk.alarm_told, desk.alarm_listening TO etc_work;
GRANT SELECT, INSERT, UPDATE, DELETE ON desk.alarm_episode TO etc_work;`,
}
