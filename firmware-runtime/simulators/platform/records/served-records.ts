// Requests to the issuer behind the platform and their answers (table I.1), by channel: stored as rows, because the
// live log forgets and an acceptance is judged much later.
import type { InstantMs } from '#base/pure/values/instant.ts'

type ServedKind = 'statusCheck' | 'charge' | 'refund' | 'query' | 'bill'

interface Served {
  readonly atMs: InstantMs
  /** The interface. */
  readonly name: string
  /** Status of the answer; absent when no complete answer was sent (see `did`). */
  readonly status?: number
  /** As in the live log. */
  readonly did: string
  readonly respCode: string
}

export interface ServedRow extends Served {
  readonly t: 'served'
  readonly appId: string
}

/** By channel, oldest first. */
export type ServedState = Map<string, Served[]>

/** Interfaces served by the issuer. */
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

/** Null for another interface, or without a channel. */
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
