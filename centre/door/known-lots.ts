// Lots whose row a centre lost with its other tables: their names come from the pairing that a person accepted, which is
// kept with what people decided.
import type pg from 'pg'

const text = `INSERT INTO centre.lot (lot_id, name)
  SELECT DISTINCT ON (lot_id) lot_id, name FROM desk.pairing
  WHERE lot_id = ANY ($1::text[]) AND state = 'accepted' ORDER BY lot_id, decided_at DESC
  ON CONFLICT DO NOTHING`

/** For lots of which a node is seen for the first time. */
export async function keepLots(client: pg.ClientBase, lotIds: readonly string[]): Promise<void> {
  if (lotIds.length > 0) await client.query(text, [lotIds])
}
