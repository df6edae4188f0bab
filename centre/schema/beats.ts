// What lots say of themselves (docs/centre.md, heartbeats), what changed at their lanes and devices, and whom an alarm is
// told.
import type { SchemaPart } from './part.ts'

const tables = `
CREATE TABLE centre.lot_beat (
  -- the newest of each node (core/centre/beat.ts)
  lot_id text,
  node_id text,
  heard timestamptz NOT NULL,
  beat jsonb NOT NULL,
  -- China day of the receipt, and how many changes of it were kept
  day date NOT NULL,
  changes int NOT NULL,
  PRIMARY KEY (lot_id, node_id)
);
CREATE TABLE centre.lane_change (
  lot_id text,
  node_id text,
  -- 'lane L01', 'device L01 camera', 'clock', 'disk' … (core/centre/beat-things.ts)
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
-- Each way once for each alarm.
CREATE TABLE desk.alarm_told (
  matter_id bigint NOT NULL REFERENCES desk.matter,
  way_id bigint NOT NULL REFERENCES desk.alarm_way,
  lot_id text NOT NULL,
  tries int NOT NULL,
  last_at timestamptz NOT NULL,
  -- empty: it was taken
  why text NOT NULL,
  PRIMARY KEY (matter_id, way_id)
);`

export const beatsPart: SchemaPart = {
  tables,
  ofLots: ['centre.lot_beat', 'centre.lane_change', 'desk.alarm_told'],
  grants: `
GRANT SELECT, INSERT, UPDATE ON centre.lot_beat TO etc_door;
GRANT SELECT, INSERT ON centre.lane_change TO etc_door;
GRANT SELECT ON centre.lot_beat, centre.lane_change, desk.alarm_way, desk.mail_server TO etc_work;
GRANT DELETE ON centre.lane_change TO etc_work;
GRANT SELECT, INSERT, UPDATE ON desk.alarm_told TO etc_work;`,
}
