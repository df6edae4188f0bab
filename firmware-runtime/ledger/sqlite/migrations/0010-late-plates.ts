// Schema 10: a plate that was read after an entry's boom was told to open belongs to its stay. v_stay shows it, and a
// small index finds it by plate. No row changes.
import type { Migration } from './migration.ts'
import { stayView } from './0001-rows.ts'

/** Late plate of a stay opened without one; null when none was read later either. */
const lateOf = (stayId: string, member: string): string => `(
    SELECT json_extract(l.body, '$.${member}') FROM ledger_row l INDEXED BY row_of_stay
    WHERE l.kind = 'plateRead' AND l.stayId = ${stayId}
    ORDER BY l.seq LIMIT 1
  )`

/** The known plate of a stay, whose row has the alias `s`. */
const stayPlate = `coalesce(s.plate, ${lateOf('s.stayId', 'plate')})`

const stayColour = `CASE WHEN s.plate IS NULL
    THEN coalesce(${lateOf('s.stayId', 'colour')}, json_extract(s.body, '$.colour'))
    ELSE json_extract(s.body, '$.colour') END`

export const latePlatesMigration: Migration = {
  version: 10,
  name: 'late-plates',
  up: [
    `CREATE INDEX late_plate ON ledger_row (plate, stayId) WHERE kind = 'plateRead'`,
    'DROP VIEW v_stay',
    stayView(stayPlate, stayColour),
  ],
}
