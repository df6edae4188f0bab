// Figures of a centre as the fold and the heartbeats fill them, by plain statements: stays, money, takings, beats, changes;
// and batches that a lot has really signed.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { openAuthority } from '../../centre/authority/open-authority.ts'
import { certificateRequest } from '#base/crypto/certificate-request.ts'
import type { Beat } from '#ledger/pure/centre/beat.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { batchOf, firstPrev, gm } from '../centre/door/row-kit.ts'
import type { TestCentre } from './centre-database.ts'

/** Partitions of months where there are none yet; a month is `2026-11`. */
export async function ensureFoldMonths(
  { owner }: TestCentre,
  months: readonly string[],
): Promise<void> {
  for (const table of ['stay', 'money'])
    for (const month of months)
      await owner(`DO $$ BEGIN
        CREATE TABLE centre.${table}_${month.replace('-', '')} PARTITION OF centre.${table}
        FOR VALUES FROM ('${month}-01') TO (('${month}-01'::date + interval '1 month')::date);
        EXCEPTION WHEN duplicate_table OR invalid_object_definition THEN NULL; END $$`)
}

const dayOf = (ms: number): string => isoOf(ms).slice(0, 10)
const hourOf = (ms: number): number => Number(isoOf(ms).slice(11, 13))

export interface StayGiven {
  readonly stayId: string
  readonly plate?: string | null
  readonly enteredMs: number
  readonly leftMs?: number | null
  readonly paidFen?: number
  readonly backFen?: number
  readonly seqs?: readonly [first: number, last: number]
  readonly nodeId?: string
}

export async function addStay(
  { owner }: TestCentre,
  lotId: string,
  given: StayGiven,
): Promise<void> {
  const { stayId, plate = '测A12345', enteredMs, leftMs = null, paidFen = 0, backFen = 0 } = given
  const { seqs = [1, 1], nodeId = 'n1' } = given
  await owner(
    `INSERT INTO centre.stay (lot_id, node_id, stay_id, day, plate, colour, entered_at, left_at, ended,
       no_entry, entry_lane, exit_lane, order_fen, paid_fen, back_fen, first_seq, last_seq, odd_clock)
     VALUES ($1, $2, $3, $4, $5, 'blue', $6, $7, $8, false, 'E1', $9, $10, $11, $12, $13, $14, false)`,
    [
      ...[lotId, nodeId, stayId, dayOf(enteredMs), plate, new Date(enteredMs)],
      leftMs === null ? null : new Date(leftMs),
      leftMs === null ? null : 'etc',
      leftMs === null ? null : 'X1',
      ...[paidFen, paidFen, backFen, ...seqs],
    ],
  )
}

export interface MoneyGiven {
  readonly seq: number
  readonly atMs: number
  readonly fen: number
  readonly what?: 'payment' | 'refund'
  readonly means?: string
  readonly stayId?: string | null
  readonly orderId?: string | null
}

/** A row that moved money, and its part of the takings. */
export async function addMoney(
  { owner }: TestCentre,
  lotId: string,
  { seq, atMs, fen, what = 'payment', means = 'etc', stayId = null, orderId = null }: MoneyGiven,
): Promise<void> {
  const [day, hour] = [dayOf(atMs), hourOf(atMs)]
  await owner(
    `INSERT INTO centre.money (lot_id, node_id, seq, day, hour, what, means, fen, stay_id, order_id, at)
     VALUES ($1, 'n1', $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [lotId, seq, day, hour, what, means, fen, stayId, orderId, new Date(atMs)],
  )
  await owner(
    `INSERT INTO centre.taking AS t VALUES ($1, $2, $3, $4, $5, 1, $6)
     ON CONFLICT (lot_id, day, hour, what, means) DO UPDATE SET n = t.n + 1, fen = t.fen + excluded.fen`,
    [lotId, day, hour, what, means, fen],
  )
}

export async function addBeat(
  { owner }: TestCentre,
  lotId: string,
  heardMs: number,
  beat: Beat,
): Promise<void> {
  const row = { lot_id: lotId, node_id: beat.nodeId, heard: isoOf(heardMs), beat }
  const kept = { ...row, day: isoOf(heardMs).slice(0, 10), changes: 0 }
  await owner('DELETE FROM centre.lot_beat WHERE lot_id = $1 AND node_id = $2', [
    lotId,
    beat.nodeId,
  ])
  await owner(
    'INSERT INTO centre.lot_beat SELECT (jsonb_populate_record(NULL::centre.lot_beat, $1::jsonb)).*',
    [JSON.stringify(kept)],
  )
}

export async function addChange(
  { owner }: TestCentre,
  lotId: string,
  thing: string,
  atMs: number,
  state: string,
  detail: object = {},
): Promise<void> {
  await owner("INSERT INTO centre.lane_change VALUES ($1, 'n1', $2, $3, $4, $5)", [
    lotId,
    thing,
    new Date(atMs),
    state,
    JSON.stringify(detail),
  ])
}

/** Canonical text of a row: the members in the order of their names, the body as text. */
export function rowLine(seq: number, row: Readonly<Record<string, unknown>>): string {
  const body = JSON.stringify(row['body'] ?? {})
  const whole: Record<string, unknown> = { nodeId: 'n1', ...row, body, seq }
  const names = Object.keys(whole).toSorted()
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, whole[name]])))
}

/** Signs batches of a lot by a key that its authority has issued. Returns a function that adds the next batch. */
export async function signedFeed(
  { owner }: TestCentre,
  lotId: string,
  nowMs: number,
): Promise<{ readonly serial: string; add(lines: readonly string[]): Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), 'authority-'))
  const authority = await openAuthority(dir, [], nowMs)
  const pair = gm.keyPair()
  const subject = { organisation: 'etc-lane lot', commonName: lotId }
  const request = certificateRequest(subject, pair.publicKey, gm.signingKey(pair, ''))
  const issued = await authority.issue('sign', request, lotId, nowMs)
  const { serial, der, fromMs, toMs } = issued
  rmSync(dir, { recursive: true })
  await owner("INSERT INTO desk.lot_key VALUES ($1, $2, 'sign', $3, $4, $5)", [
    ...[serial, lotId, Buffer.from(der), new Date(fromMs), new Date(toMs)],
  ])
  let [fromSeq, prev] = [1, firstPrev]
  return {
    serial,
    async add(lines) {
      const signing = gm.signingKey(pair, serial)
      const batch = batchOf({ lotId, fromSeq, lines, prev, signing })
      const signature = bytesOfHex(batch.headers['etc-signature'] ?? '') ?? new Uint8Array()
      await owner(
        `INSERT INTO centre.lot_batch (lot_id, node_id, to_seq, from_seq, head, serial, signature, rows, month)
         VALUES ($1, 'n1', $2, $3, $4, $5, $6, $7, '2026-11-01')`,
        [
          ...[lotId, fromSeq + lines.length - 1, fromSeq, Buffer.from(batch.head, 'hex'), serial],
          ...[Buffer.from(signature), gzipSync(batch.plain)],
        ],
      )
      fromSeq += lines.length
      prev = batch.head
    },
  }
}
