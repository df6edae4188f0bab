// What the fold makes of the rows (many-lots.md, section 5): stays, money, takings and the flow of cars. All of it is thrown
// away and made anew from the batches.
import type { SchemaPart } from './part.ts'

const tables = `
CREATE TABLE centre.fold_cursor (
  -- apart from lot_cursor: fold and door never wait for one row
  lot_id text,
  node_id text,
  -- the last folded row, and its day
  seq bigint NOT NULL,
  day date NOT NULL,
  PRIMARY KEY (lot_id, node_id)
);
CREATE TABLE centre.stay (
  lot_id text,
  node_id text,
  stay_id text,
  -- of the row that opened it, in China
  day date,
  plate text COLLATE "C",
  colour text NOT NULL,
  entered_at timestamptz NOT NULL,
  left_at timestamptz,
  -- as in the row stayClosed; null: it is open
  ended text,
  no_entry boolean NOT NULL,
  entry_lane text,
  exit_lane text,
  -- of its newest order, of all its payments, and what was given back for certain
  order_fen bigint NOT NULL,
  paid_fen bigint NOT NULL,
  back_fen bigint NOT NULL,
  first_seq bigint NOT NULL,
  last_seq bigint NOT NULL,
  odd_clock boolean NOT NULL,
  -- backwards, by which its last characters are found
  tail text COLLATE "C" GENERATED ALWAYS AS (reverse(plate)) STORED,
  PRIMARY KEY (lot_id, node_id, stay_id, day)
) PARTITION BY RANGE (day);
CREATE INDEX stay_of_plate ON centre.stay (lot_id, plate, day);
CREATE INDEX stay_of_tail ON centre.stay (lot_id, tail, day);
CREATE INDEX stay_of_day ON centre.stay (lot_id, day, entered_at);
CREATE TABLE centre.money (
  lot_id text,
  node_id text,
  -- of the row that moved it
  seq bigint,
  -- of that row, in China
  day date,
  hour smallint NOT NULL,
  -- 'payment' or 'refund'
  what text NOT NULL,
  means text NOT NULL,
  fen bigint NOT NULL,
  stay_id text,
  order_id text,
  at timestamptz NOT NULL,
  PRIMARY KEY (lot_id, node_id, seq, day)
) PARTITION BY RANGE (day);
CREATE INDEX money_of_day ON centre.money (lot_id, day, what, means, hour) INCLUDE (fen);
CREATE INDEX money_of_stay ON centre.money (lot_id, node_id, stay_id);
CREATE INDEX money_of_order ON centre.money (lot_id, order_id);
-- Refunds that were asked for and are not carried out: what the row that ends one does not say again.
CREATE TABLE centre.refund_open (
  lot_id text,
  node_id text,
  refund_id text,
  fen bigint NOT NULL,
  stay_id text,
  order_id text,
  PRIMARY KEY (lot_id, node_id, refund_id)
);
-- Sums of money.
CREATE TABLE centre.taking (
  lot_id text,
  day date,
  hour smallint,
  what text,
  means text,
  n bigint NOT NULL,
  fen bigint NOT NULL,
  PRIMARY KEY (lot_id, day, hour, what, means)
);
-- Cars through the lanes of a lot.
CREATE TABLE centre.flow (
  lot_id text,
  day date,
  hour smallint,
  entered bigint NOT NULL,
  left_n bigint NOT NULL,
  PRIMARY KEY (lot_id, day, hour)
);`

const ofLots = [
  'centre.fold_cursor',
  'centre.stay',
  'centre.money',
  'centre.refund_open',
  'centre.taking',
  'centre.flow',
] as const

export const foldPart: SchemaPart = {
  tables,
  ofLots,
  grants: `GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ${ofLots.join(', ')} TO etc_work;`,
}
