// Step 2 of the schema: what stands beside the sums. Rows that a person let pass without being counted, money of a clock that
// was wrong, and the time up to which a feed is counted.
import { securityOf } from './security.ts'

export const besideSums = `
-- of_fold: it can be read and not counted; reason: of the person who let it pass
ALTER TABLE desk.aside_row ADD COLUMN of_fold boolean NOT NULL DEFAULT false, ADD COLUMN reason text;
-- of the last folded row whose clock can be right; null: not known yet
ALTER TABLE centre.fold_cursor ADD COLUMN at timestamptz;
-- Rows that are in no figure, since a person set them aside.
CREATE TABLE centre.set_aside (
  lot_id text,
  node_id text,
  seq bigint,
  -- whose sums lack it
  day date NOT NULL,
  -- as it is written in the row; null: it says none
  kind text,
  amount text,
  means text,
  stay_id text,
  PRIMARY KEY (lot_id, node_id, seq)
);
CREATE INDEX set_aside_of_day ON centre.set_aside (lot_id, day);
-- Money whose own clock cannot be right, and the day that it counts for.
CREATE TABLE centre.odd_money (
  lot_id text,
  node_id text,
  seq bigint,
  day date NOT NULL,
  what text NOT NULL,
  fen bigint NOT NULL,
  -- true: dated before the lot began; false: in the future
  past boolean NOT NULL,
  PRIMARY KEY (lot_id, node_id, seq)
);
${securityOf('centre.set_aside')}
${securityOf('centre.odd_money')}
GRANT SELECT ON centre.set_aside, centre.odd_money TO etc_desk;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON centre.set_aside, centre.odd_money TO etc_work;
GRANT SELECT, INSERT ON desk.aside_row TO etc_work;
GRANT SELECT ON desk.pairing TO etc_work;`
