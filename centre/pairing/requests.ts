// Requests for pairing at the door (docs/centre.md, "Pairing"): asked, shown to the desk once the secret is there, and told
// what a person decided. Anybody may ask, so what is open is bounded.
import type pg from 'pg'
import { z } from 'zod'
import type { GmCrypto } from '#base/crypto/gm-crypto.ts'
import { pemText } from '#base/crypto/certificate-request.ts'
import { pemBlocks } from '#base/crypto/pem.ts'
import { lowerHex, ownDigest, pairingDigits } from '#ledger/pure/centre/row-feed.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { lotIdShape } from '#base/pure/values/ids.ts'
import { isObject } from '#base/pure/data/json.ts'
import { dayMs, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { Random } from '#base/ports/clocks.ts'
import { inTransaction, onClient } from '../schema/transaction.ts'
import type { Authority, KeyUse } from '../authority/authority.ts'
import { locks } from '../schema/locks.ts'

export interface PairingParts {
  readonly pool: pg.Pool
  readonly authority: Authority
  readonly crypto: GmCrypto
  readonly random: Random
}

interface PairingAnswer {
  readonly status: number
  readonly body: object
}

/** A whole fleet may be behind one address. */
export const pairingLimits = {
  bodyBytesMax: 16 * 1024,
  openMax: 300,
  openOfAddressMax: 100,
  openOfLotMax: 5,
} as const
/** A lot shows its secret at once; a request without it makes room for others from then on. */
const provesWithinMs = minuteMs
export const pairingMs = dayMs
const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
/** A name for people, in one line. */
const nameText = z.string().regex(/^[^\p{C}]{1,80}$/u)
const asked = z.strictObject({
  lotId: z.string().regex(lotIdShape),
  name: z.strictObject({ zh: nameText, en: nameText }),
  tlsRequest: z.string(),
  signRequest: z.string(),
  commitment: hex32,
})
const revealed = z.strictObject({ secret: hex32 })

const malformed = (field: string, value: unknown): PairingAnswer => ({
  status: 400,
  body: { field, value: (typeof value === 'string' ? value : '').slice(0, 80) },
})
function malformedBy({ issues }: z.ZodError, body: unknown): PairingAnswer {
  const path = issues[0]?.path ?? []
  const value = path.reduce<unknown>((at, name) => (isObject(at) ? at[String(name)] : null), body)
  return malformed(path.length === 0 ? 'body' : path.join('.'), value)
}

/** DER of the one request in a PEM text; null for others. */
function requestIn(pem: string): Uint8Array | null {
  const [der, second] = pemBlocks(pem, 'CERTIFICATE REQUEST')
  return der === undefined || second !== undefined ? null : der
}

/** Its DER, or the refusal. */
async function requestOf(
  { authority }: PairingParts,
  use: KeyUse,
  pem: string,
  lotId: string,
): Promise<Uint8Array | PairingAnswer> {
  const der = requestIn(pem)
  const field = `${use}Request`
  if (der === null) return malformed(field, pem)
  try {
    await authority.check(use, der, lotId)
    return der
  } catch (error) {
    if (error instanceof LaneFault) return malformed(field, lotId)
    throw error
  }
}

/** Ends what is over, and what shows no secret where there is no more room; counts what is open: in all, and of that lot or
 * address. */
async function mayAsk(
  client: pg.ClientBase,
  lotId: string,
  address: string,
  nowMs: InstantMs,
): Promise<boolean> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [locks.pairing])
  await client.query(
    `UPDATE desk.pairing SET state = 'expired' WHERE state = 'pending' AND asked_at <= $1`,
    [new Date(nowMs - pairingMs)],
  )
  const { openMax, openOfAddressMax, openOfLotMax } = pairingLimits
  await client.query(
    `UPDATE desk.pairing SET state = 'expired' WHERE pairing_id = (
       SELECT pairing_id FROM desk.pairing WHERE state = 'pending' AND digits IS NULL AND asked_at <= $1
         AND (SELECT count(*) FROM desk.pairing WHERE state = 'pending') >= $2
       ORDER BY asked_at LIMIT 1)`,
    [new Date(nowMs - provesWithinMs), openMax],
  )
  const { rows } = await client.query<{ all: number; lot: number; address: number }>(
    `SELECT count(*)::int AS all, count(*) FILTER (WHERE lot_id = $1)::int AS lot,
       count(*) FILTER (WHERE address = $2)::int AS address
     FROM desk.pairing WHERE state = 'pending'`,
    [lotId, address],
  )
  const open = rows[0]
  return (
    open !== undefined &&
    open.all < openMax &&
    open.lot < openOfLotMax &&
    open.address < openOfAddressMax
  )
}

/** Step 1. */
export async function askPairing(
  parts: PairingParts,
  body: unknown,
  address: string,
  nowMs: InstantMs,
): Promise<PairingAnswer> {
  const read = asked.safeParse(body)
  if (!read.success) return malformedBy(read.error, body)
  const { lotId, name, commitment } = read.data
  const tls = await requestOf(parts, 'tls', read.data.tlsRequest, lotId)
  if (!(tls instanceof Uint8Array)) return tls
  const sign = await requestOf(parts, 'sign', read.data.signRequest, lotId)
  if (!(sign instanceof Uint8Array)) return sign
  const pairingId = lowerHex(parts.random.bytes(16))
  const challenge = parts.random.bytes(32)
  const may = await onClient(parts.pool, (client) =>
    inTransaction(client, async () => {
      if (!(await mayAsk(client, lotId, address, nowMs))) return false
      await client.query(
        `INSERT INTO desk.pairing (pairing_id, lot_id, name, address, tls_request, sign_request,
           commitment, challenge, state, asked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'pending', $9)`,
        [
          ...[pairingId, lotId, name, address],
          ...[tls, sign, ownDigest(commitment), challenge].map((bytes) => Buffer.from(bytes)),
          new Date(nowMs),
        ],
      )
      return true
    }),
  )
  if (!may) return { status: 429, body: pairingLimits }
  const { certificatePem: authority } = parts.authority
  return { status: 201, body: { pairingId, challenge: lowerHex(challenge), authority } }
}

interface PairingData {
  readonly lot_id: string
  readonly tls_request: Buffer
  readonly sign_request: Buffer
  readonly commitment: Buffer
  readonly challenge: Buffer
  readonly state: string
  readonly asked_at: Date
  readonly tls_certificate: Buffer | null
  readonly sign_certificate: Buffer | null
}

const unknown: PairingAnswer = { status: 404, body: {} }
async function pairingOf({ pool }: PairingParts, pairingId: string): Promise<PairingData | null> {
  const { rows } = await pool.query<PairingData>(
    'SELECT * FROM desk.pairing WHERE pairing_id = $1',
    [pairingId],
  )
  return rows[0] ?? null
}

const stateOf = ({ state, asked_at: askedAt }: PairingData, nowMs: InstantMs): string =>
  state === 'pending' && askedAt.getTime() <= nowMs - pairingMs ? 'expired' : state

/** Step 2: the desk sees the request from now on. */
export async function revealPairing(
  parts: PairingParts,
  pairingId: string,
  body: unknown,
  nowMs: InstantMs,
): Promise<PairingAnswer> {
  const read = revealed.safeParse(body)
  if (!read.success) return malformedBy(read.error, body)
  const row = await pairingOf(parts, pairingId)
  if (row === null) return unknown
  const { sm3 } = parts.crypto
  const secret = ownDigest(read.data.secret)
  if (!row.commitment.equals(sm3(secret))) return malformed('secret', read.data.secret)
  const digits = pairingDigits(
    {
      lotId: row.lot_id,
      tlsRequest: row.tls_request,
      signRequest: row.sign_request,
      authority: parts.authority.certificateDer,
      secret,
      challenge: row.challenge,
    },
    sm3,
  )
  await parts.pool.query(
    `UPDATE desk.pairing SET digits = $2 WHERE pairing_id = $1 AND state = 'pending'`,
    [pairingId, digits],
  )
  return { status: 200, body: { state: stateOf(row, nowMs) } }
}

/** Step 3. */
export async function lookAtPairing(
  parts: PairingParts,
  pairingId: string,
  nowMs: InstantMs,
): Promise<PairingAnswer> {
  const row = await pairingOf(parts, pairingId)
  if (row === null) return unknown
  const state = stateOf(row, nowMs)
  const [tls, sign] = [row.tls_certificate, row.sign_certificate]
  if (state !== 'accepted' || tls === null || sign === null) return { status: 200, body: { state } }
  const body = {
    state,
    tlsCertificate: pemText('CERTIFICATE', tls),
    signCertificate: pemText('CERTIFICATE', sign),
  }
  return { status: 200, body }
}
