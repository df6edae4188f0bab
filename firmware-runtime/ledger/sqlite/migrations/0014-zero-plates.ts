// Schema 14: the OBU that was read at the space of an open lot gives a stay its plate where no camera did, as in the fold of the
// rows. v_stay shows it, and a small index finds it by plate. No row changes.
import type { Migration } from './migration.ts'
import { stayView } from './0001-rows.ts'

/** The plate in the OBU of a row `zeroRecord`. */
export const zeroPlate = `json_extract(body, '$.obu.obuPlate')`

/** What was read of a stay after it began without a plate; null where nothing was. */
const laterOf = (stayId: string, ofRead: string, ofObu: string): string => `(
    SELECT CASE l.kind WHEN 'plateRead' THEN ${ofRead} ELSE ${ofObu} END
    FROM ledger_row l INDEXED BY row_of_stay
    WHERE l.kind IN ('plateRead', 'zeroRecord') AND l.stayId = ${stayId}
      AND (l.kind = 'plateRead' OR json_extract(l.body, '$.obu.obuPlate') IS NOT NULL)
    ORDER BY l.seq LIMIT 1
  )`

/** The known plate of a stay, whose row has the alias `s`. */
export const stayPlate = `coalesce(s.plate, ${laterOf(
  's.stayId',
  `json_extract(l.body, '$.plate')`,
  `json_extract(l.body, '$.obu.obuPlate')`,
)})`

const ownColour = `json_extract(s.body, '$.colour')`
const stayColour = `CASE WHEN s.plate IS NULL
    THEN coalesce(${laterOf('s.stayId', `json_extract(l.body, '$.colour')`, 'NULL')}, ${ownColour})
    ELSE ${ownColour} END`

export const zeroPlatesMigration: Migration = {
  version: 14,
  name: 'zero-plates',
  up: [
    `CREATE INDEX zero_plate ON ledger_row (${zeroPlate}, stayId) WHERE kind = 'zeroRecord'`,
    'DROP VIEW v_stay',
    stayView(stayPlate, stayColour),
  ],
}
