// Who sends to the door: the client certificate, and the keys of its lot. A revoked key that is used is told to the desk.
import type { TLSSocket } from 'node:tls'
import type { FastifyRequest } from 'fastify'
import type pg from 'pg'
import type { GmCrypto } from '#base/crypto/gm-crypto.ts'
import type { RefusedWhy } from '#ledger/pure/centre/row-feed.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import type { KeyUse } from '../authority/authority.ts'
import { tell } from './group.ts'
import { LotKeys, refusalOf } from './lot-keys.ts'
import { Heard } from './pace.ts'

const revokedLatelyMs = 10 * minuteMs

/** 401. */
export class Refused extends Error {
  readonly why: RefusedWhy
  constructor(why: RefusedWhy) {
    super(why)
    this.why = why
  }
}

/** Serial of the client certificate; throws Refused for none of the authority's, or one that has ended. */
export function peerSerial({ raw }: FastifyRequest): string {
  const socket = raw.socket as TLSSocket
  if (socket.authorized) return socket.getPeerX509Certificate()?.serialNumber ?? ''
  const code = String(socket.authorizationError)
  throw new Refused(/EXPIRED/.test(code) ? 'expired' : 'unknown')
}

interface SenderParts {
  readonly pool: pg.Pool
  readonly crypto: GmCrypto
  readonly clock: WallClock
  readonly mono: MonoClock
}

export class Senders {
  readonly keys: LotKeys
  private readonly parts: SenderParts
  private readonly revoked = new Heard(revokedLatelyMs)

  constructor(parts: SenderParts) {
    const { pool, mono, crypto } = parts
    this.parts = parts
    this.keys = new LotKeys(pool, mono, crypto)
  }

  readonly isRevokedLately = (lotId: string): boolean =>
    this.revoked.has(lotId, this.parts.clock.nowMs())

  /** The key of that serial; throws Refused unless it is that lot's, for that use, and in force. */
  async mustHave(serial: string, { use, lotId }: { use: KeyUse; lotId: string }) {
    const { clock, pool } = this.parts
    const nowMs = clock.nowMs()
    const key = await this.keys.find(serial)
    const why = refusalOf(key, { use, lotId, nowMs })
    if (key !== null && why === null) return key
    if (why === 'revoked') {
      this.revoked.hear(lotId, nowMs)
      const matter = { lotId, nodeId: '', kind: 'keyRevoked', detail: { serial } } as const
      await tell(pool, [matter], nowMs)
    }
    throw new Refused(why ?? 'unknown')
  }
}
