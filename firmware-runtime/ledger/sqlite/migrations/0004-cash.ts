// Schema 4: a payment in cash has the amount given and the change.
// Older rows have neither: both columns are null.
import type { Migration } from './migration.ts'

const paymentView = `
CREATE VIEW v_payment AS
SELECT p.subjectId AS paymentId, p.stayId, p.orderId, p.laneId, p.amountFen,
  json_extract(p.body, '$.means') AS means,
  json_extract(p.body, '$.by') AS "by",
  json_extract(p.body, '$.reason') AS reason,
  p.atIso,
  json_extract(p.body, '$.givenFen') AS givenFen,
  json_extract(p.body, '$.changeFen') AS changeFen
FROM ledger_row p WHERE p.kind = 'payment'`

export const cashMigration: Migration = {
  version: 4,
  name: 'cash',
  up: ['DROP VIEW v_payment', paymentView],
}
