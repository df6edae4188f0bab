// Schema 2: a paid deduction counts with the amount that its outcome booked, which the card lost.
// Usually that is the amount of its intent; when an antenna took more, totals must include it.
import { deductionView } from './0001-rows.ts'
import type { Migration } from './migration.ts'

export const takenFen = `CASE json_extract(o.body, '$.state') WHEN 'paid'
    THEN coalesce(o.amountFen, i.amountFen) ELSE i.amountFen END AS amountFen`

export const takenAmountMigration: Migration = {
  version: 2,
  name: 'taken-amount',
  up: ['DROP VIEW v_deduction', deductionView(takenFen)],
}
