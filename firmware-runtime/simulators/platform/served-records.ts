// What the issuer behind the platform was asked for and how it was answered (table I.1), by channel: rows of the books, because the
// live log forgets, and who judges a lot asks again long after.
import type { InstantMs } from '../../core/values/instant.ts'

type ServedKind = 'statusCheck' | 'charge' | 'refund' | 'query' | 'bill'

interface Served {
  readonly atMs: InstantMs
  /** The interface. */
  readonly name: string
  /** Of the answer; absent: none left whole, and `did` is what did. */
  readonly status?: number
  /** As the live log has it. */
  readonly did: string
  readonly respCode: string
}

export interface ServedRow extends Served {
  readonly t: 'served'
  readonly appId: string
}

/** By channel, oldest first. */
export type ServedState = Map<string, Served[]>

/** Interfaces behind which the issuer stands. */
export const services: Readonly<Record<string, ServedKind>> = {
  'POST /v1/status-list/check': 'statusCheck',
  'POST /v1/etc/exit-charges': 'charge',
  'POST /v1/etc/consumptions/{consumptionNo}/confirm': 'charge',
  'POST /v1/etc/refunds': 'refund',
  'GET /v1/etc/exit-charges/{outTradeNo}': 'query',
  'GET /v1/etc/refunds/{outRefundNo}': 'query',
  'GET /v1/bills/exit': 'bill',
}

interface Noted extends Omit<Served, 'status'> {
  readonly appId: string
  readonly status: number | null
}

/** Null: not of the issuer, or of nobody. */
export function servedRow({ appId, name, atMs, status, did, respCode }: Noted): ServedRow | null {
  if (services[name] === undefined || appId === '') return null
  const row = { t: 'served', appId, name, atMs, did, respCode } as const
  return status === null ? row : { ...row, status }
}

export function applyServed(state: ServedState, { t: _, appId, ...line }: ServedRow): void {
  const own = state.get(appId)
  if (own === undefined) state.set(appId, [line])
  else own.push(line)
}
