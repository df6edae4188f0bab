// Provisional: replaced by the door's.
import type pg from 'pg'
import { LaneFault } from '../../firmware-runtime/core/faults/faults.ts'
import type { Authority } from '../authority/authority.ts'

type Db = Pick<pg.ClientBase, 'query'>
export async function decidePairing(
  db: Db,
  authority: Authority,
  {
    pairingId,
    accept,
    nowMs,
    person,
  }: { pairingId: string; accept: boolean; nowMs: number; person: string },
): Promise<boolean> {
  const { rows } = await db.query<{
    lot_id: string
    name: object
    tls_request: Buffer
    sign_request: Buffer
  }>(
    "SELECT * FROM desk.pairing WHERE pairing_id = $1 AND state = 'pending' AND digits IS NOT NULL FOR UPDATE",
    [pairingId],
  )
  const [row] = rows
  if (row === undefined) throw new LaneFault('CENTRE-38', { value: pairingId })
  const now = new Date(nowMs)
  if (!accept) {
    await db.query(
      "UPDATE desk.pairing SET state = 'refused', decided_at = $2, decided_by = $3 WHERE pairing_id = $1",
      [pairingId, now, person],
    )
    return true
  }
  const tls = await authority.issue('tls', row.tls_request, row.lot_id)
  const sign = await authority.issue('sign', row.sign_request, row.lot_id)
  await db.query(
    'UPDATE desk.lot_key SET revoked_at = $2, revoked_by = $3 WHERE lot_id = $1 AND revoked_at IS NULL',
    [row.lot_id, now, person],
  )
  await db.query(
    'INSERT INTO centre.lot (lot_id, name) VALUES ($1, $2) ON CONFLICT (lot_id) DO UPDATE SET name = $2',
    [row.lot_id, row.name],
  )
  for (const [use, key] of [
    ['tls', tls],
    ['sign', sign],
  ] as const)
    await db.query('INSERT INTO desk.lot_key VALUES ($1, $2, $3, $4, $5, $6)', [
      key.serial,
      row.lot_id,
      use,
      Buffer.from(key.der),
      new Date(key.fromMs),
      new Date(key.toMs),
    ])
  await db.query(
    "UPDATE desk.pairing SET state = 'accepted', decided_at = $2, decided_by = $3, tls_certificate = $4, sign_certificate = $5 WHERE pairing_id = $1",
    [pairingId, now, person, Buffer.from(tls.der), Buffer.from(sign.der)],
  )
  return true
}
export async function revokeLot(
  db: Db,
  { lotId, nowMs, person }: { lotId: string; nowMs: number; person: string },
): Promise<number> {
  const { rowCount } = await db.query(
    'UPDATE desk.lot_key SET revoked_at = $2, revoked_by = $3 WHERE lot_id = $1 AND revoked_at IS NULL',
    [lotId, new Date(nowMs), person],
  )
  return rowCount ?? 0
}
export async function passRow(
  db: Db,
  {
    lotId,
    nodeId,
    seq,
    digest,
    nowMs,
    person,
  }: {
    lotId: string
    nodeId: string
    seq: number
    digest: Uint8Array
    nowMs: number
    person: string
  },
): Promise<boolean> {
  const { rowCount } = await db.query(
    'UPDATE desk.aside_row SET passed_at = $5, passed_by = $6 WHERE lot_id = $1 AND node_id = $2 AND seq = $3 AND digest = $4 AND passed_at IS NULL',
    [lotId, nodeId, seq, Buffer.from(digest), new Date(nowMs), person],
  )
  await db.query(
    "UPDATE desk.matter SET ended_at = $3 WHERE lot_id = $1 AND node_id = $2 AND kind = 'aside' AND ended_at IS NULL",
    [lotId, nodeId, new Date(nowMs)],
  )
  return rowCount === 1
}
