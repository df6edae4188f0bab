// Schema 2: a paid deduction counts with what its outcome booked, which is what the card lost.
// Nearly always that is what its intent asked; where an antenna took more, totals have to say so.
import { deductionView } from './0001-rows.ts'
import type { Migration } from './migration.ts'

export const takenFen = `CASE json_extract(o.body, '$.state') WHEN 'paid'
    THEN coalesce(o.amountFen, i.amountFen) ELSE i.amountFen END AS amountFen`

export const takenAmountMigration: Migration = {
  version: 2,
  name: 'taken-amount',
  up: ['DROP VIEW v_deduction', deductionView(takenFen)],
}
