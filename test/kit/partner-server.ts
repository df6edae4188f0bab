// The server of the published interface over an access system in memory, and the clients of four partners.
import { systemMonoClock } from '#base/time/system-clocks.ts'
import { PartnerSeal } from '#money/partners/seal.ts'
import {
  openPartnerServer,
  type PartnerServer,
  type PartnerServerOptions,
} from '#money/partners/server.ts'
import type { Orders } from '#money/ports/orders.ts'
import { MemoryAccess } from './memory-orders.ts'
import {
  type Answer,
  answerOf,
  authorization,
  newIdentity,
  partnerOf,
  type Signing,
} from './partner-kit.ts'

export const own = newIdentity('ours', { serialHex: '0A01' })
export const alpha: Signing = {
  appid: 'ALPHA',
  identity: newIdentity('alpha', { serialHex: '0B01' }),
}
export const beta: Signing = { appid: 'BETA', identity: newIdentity('beta', { serialHex: '0C01' }) }
export const idle: Signing = { appid: 'IDLE', identity: newIdentity('idle', { serialHex: '0D01' }) }
export const absent: Signing = {
  appid: 'ABSENT',
  identity: newIdentity('absent', { serialHex: '0E01' }),
}

/** A server that has orders alone. */
export const portsOf = (
  ordersOf: (partnerId: string) => Orders | null,
): Pick<PartnerServerOptions, 'portsOf' | 'feedOf'> => ({
  portsOf: ({ id }) => ({ orders: ordersOf(id), members: null, invoices: null, spaces: null }),
  feedOf: ({ id, rights }) => (rights.includes('orders') ? ordersOf(id) : null),
})

const open: PartnerServer[] = []
export async function closeAll(): Promise<void> {
  for (const server of open.splice(0)) await server.close()
}

export async function serving(more: Partial<PartnerServerOptions> = {}) {
  const access = new MemoryAccess()
  const faults: unknown[] = []
  const seal = new PartnerSeal({
    partners: [
      ...[alpha, beta, absent].map(({ appid, identity }) => partnerOf(appid, [identity])),
      partnerOf(idle.appid, [idle.identity], []),
    ],
    own: own.key,
    clock: { nowMs: () => Date.now() },
  })
  const server = await openPartnerServer({
    seal,
    ...portsOf((id) => (id === absent.appid ? null : access.ordersOf(id))),
    mono: systemMonoClock(),
    host: '127.0.0.1',
    port: 0,
    tls: null,
    failed: (error) => faults.push(error),
    ...more,
  })
  open.push(server)
  return { access, faults, server, call: caller(server.url) }
}

export interface Sent {
  /** An object is written as JSON; a text and bytes go as they are. */
  readonly body?: unknown
  readonly by?: Signing | null
  readonly signal?: AbortSignal
}

function caller(url: string) {
  return async (
    method: string,
    path: string,
    { body, by = alpha, signal }: Sent = {},
  ): Promise<Answer> => {
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(text)
    const headers = by === null ? {} : { authorization: authorization(method, path, bytes, by) }
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: new Uint8Array(bytes) }),
      ...(signal === undefined ? {} : { signal }),
    })
    return answerOf(response, own)
  }
}

export const nowIso = (): string => new Date().toISOString()
export const orderOf = (more: object = {}) => ({
  stayNo: 'STAY-0001',
  laneId: 'exit1',
  plate: '测A00001',
  colour: 'blue',
  enteredAtIso: '2026-11-01T08:00:00+08:00',
  leftAtIso: null,
  madeAtIso: nowIso(),
  amountFen: 500,
  ...more,
})
export const at = '/v1/orders/ORDER-1'
export const events = '/v1/events?after=0'
