// What a person at the desk decides about a lot: whether it is paired, whether its keys go on, and whether a row that
// cannot be read passes. Each runs in the caller's transaction, which names the lots that the person sees.
import type pg from 'pg'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { Authority, IssuedCertificate, KeyUse } from '../authority/authority.ts'
import { pairingMs } from './requests.ts'

type Db = Pick<pg.ClientBase, 'query'>

interface Decision {
  readonly nowMs: InstantMs
  /** Name of the person. */
  readonly person: string
}

interface PendingData {
  readonly lot_id: string
  readonly name: object
  readonly tls_request: Buffer
  readonly sign_request: Buffer
}

/** One set of keys of a lot is valid at a time. Returns how many ended. */
export async function revokeLot(
  db: Db,
  { lotId, nowMs, person }: Decision & { readonly lotId: string },
): Promise<number> {
  const { rowCount } = await db.query(
    `UPDATE desk.lot_key SET revoked_at = $2, revoked_by = $3
     WHERE lot_id = $1 AND revoked_at IS NULL`,
    [lotId, new Date(nowMs), person],
  )
  return rowCount ?? 0
}

export async function insertKey(
  db: Db,
  lotId: string,
  use: KeyUse,
  { serial, der, fromMs, toMs }: IssuedCertificate,
): Promise<void> {
  await db.query(
    `INSERT INTO desk.lot_key (serial, lot_id, use, certificate, from_at, to_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [serial, lotId, use, Buffer.from(der), new Date(fromMs), new Date(toMs)],
  )
}

/**
 * Accepts or refuses a request whose digits a person compared. Accepting issues both certificates and ends the former keys
 * of the lot. Throws CENTRE-22 for a request that is decided, ended, or has no digits yet.
 */
export async function decidePairing(
  db: Db,
  authority: Authority,
  {
    pairingId,
    accept,
    nowMs,
    person,
  }: Decision & { readonly pairingId: string; readonly accept: boolean },
): Promise<void> {
  const { rows } = await db.query<PendingData>(
    `SELECT lot_id, name, tls_request, sign_request FROM desk.pairing
     WHERE pairing_id = $1 AND state = 'pending' AND digits IS NOT NULL AND asked_at > $2 FOR UPDATE`,
    [pairingId, new Date(nowMs - pairingMs)],
  )
  const [row] = rows
  if (row === undefined) throw new LaneFault('CENTRE-22', { value: pairingId })
  const { lot_id: lotId, name } = row
  let certificates: readonly Buffer[] = []
  if (accept) {
    const tls = await authority.issue('tls', row.tls_request, lotId, nowMs)
    const sign = await authority.issue('sign', row.sign_request, lotId, nowMs)
    certificates = [Buffer.from(tls.der), Buffer.from(sign.der)]
    await revokeLot(db, { lotId, nowMs, person })
    await db.query(
      `INSERT INTO centre.lot (lot_id, name) VALUES ($1, $2)
       ON CONFLICT (lot_id) DO UPDATE SET name = $2, state = 'active'`,
      [lotId, name],
    )
    await insertKey(db, lotId, 'tls', tls)
    await insertKey(db, lotId, 'sign', sign)
  }
  await db.query(
    `UPDATE desk.pairing SET state = $2, decided_at = $3, decided_by = $4, tls_certificate = $5,
       sign_certificate = $6 WHERE pairing_id = $1`,
    [
      ...[pairingId, accept ? 'accepted' : 'refused', new Date(nowMs), person],
      ...[certificates[0] ?? null, certificates[1] ?? null],
    ],
  )
}

/** A row that cannot be read is kept as its r alone; one that cannot be counted is kept whole, and is in no figure. */
export type PassedAs = 'digest' | 'setAside'

/** Null: no such row waits. */
export async function passRow(
  db: Db,
  {
    lotId,
    nodeId,
    seq,
    digest,
    nowMs,
    person,
    reason,
  }: Decision & {
    readonly lotId: string
    readonly nodeId: string
    readonly seq: number
    /** r of the row. */
    readonly digest: Uint8Array
    readonly reason: string
  },
): Promise<PassedAs | null> {
  const { rows } = await db.query<{ readonly of_fold: boolean }>(
    `UPDATE desk.aside_row SET passed_at = $5, passed_by = $6, reason = $7
     WHERE lot_id = $1 AND node_id = $2 AND seq = $3 AND digest = $4 AND passed_at IS NULL
     RETURNING of_fold`,
    [lotId, nodeId, seq, Buffer.from(digest), new Date(nowMs), person, reason],
  )
  const [row] = rows
  if (row === undefined) return null
  await db.query(
    `UPDATE desk.matter SET ended_at = $3
     WHERE lot_id = $1 AND node_id = $2 AND kind = $4 AND ended_at IS NULL`,
    [lotId, nodeId, new Date(nowMs), row.of_fold ? 'foldStopped' : 'aside'],
  )
  return row.of_fold ? 'setAside' : 'digest'
}
