// POST /v1/rows (docs/centre.md): who sends is judged by certificate and signature before the body is unpacked; then the
// batch is read, and its writer answers.
import type { TLSSocket } from 'node:tls'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type pg from 'pg'
import type { GmCrypto } from '../../firmware-runtime/adapters/crypto/gm-crypto.ts'
import type { RefusedWhy } from '../../firmware-runtime/core/centre/row-feed.ts'
import { minuteMs } from '../../firmware-runtime/core/values/instant.ts'
import { must } from '../../firmware-runtime/core/values/must.ts'
import type { MonoClock, WallClock } from '../../firmware-runtime/ports/clocks.ts'
import {
  batchHeadOf,
  readBatch,
  signedBytes,
  unpacked,
  type ReadBatch,
  type SignedHead,
} from './batch.ts'
import { Commits, type Written } from './commit.ts'
import { tell } from './group.ts'
import { LotKeys, refusalOf } from './lot-keys.ts'
import { Heard, paceOf } from './pace.ts'
import { isBacklog, Writers, type WriterLimits } from './writer.ts'

interface RowsParts {
  readonly pool: pg.Pool
  readonly crypto: GmCrypto
  readonly clock: WallClock
  readonly mono: MonoClock
  readonly limits: WriterLimits
  failed(error: unknown): void
}

interface Answer {
  readonly status: number
  readonly body: object
}

/** Requests of one lot at a time; it has one batch of each node under way. */
const lotRequestsMax = 8
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
function peerSerial({ raw }: FastifyRequest): string {
  const socket = raw.socket as TLSSocket
  if (socket.authorized) return socket.getPeerX509Certificate()?.serialNumber ?? ''
  const code = String(socket.authorizationError)
  throw new Refused(/EXPIRED/.test(code) ? 'expired' : 'unknown')
}

export class RowsRoute {
  private readonly parts: RowsParts
  private readonly keys: LotKeys
  private readonly writers: Writers
  private readonly heard = new Heard(minuteMs)
  private readonly revoked = new Heard(revokedLatelyMs)
  private readonly underWay = new Map<string, number>()
  /** The last of the full batches that are read. */
  private reading: Promise<unknown> = Promise.resolve()
  private readonly heads = new WeakMap<FastifyRequest, SignedHead>()

  constructor(parts: RowsParts) {
    const { pool, mono, crypto, clock } = parts
    this.parts = parts
    this.keys = new LotKeys(pool, mono, crypto)
    const isRevokedLately = (lotId: string) => this.revoked.has(lotId, clock.nowMs())
    const commits = new Commits({ ...parts, groupMs: parts.limits.groupMs, isRevokedLately })
    this.writers = new Writers({ ...parts, commit: (group) => commits.write(group) })
  }

  /** Before the body is read. */
  async judgeSender(request: FastifyRequest): Promise<void> {
    const serial = peerSerial(request)
    const head = batchHeadOf(request.headers)
    const { lotId, signature } = head
    const nowMs = this.parts.clock.nowMs()
    const own = await this.keys.find(serial)
    await this.mustBeOf(lotId, refusalOf(own, { use: 'tls', lotId, nowMs }), serial)
    const signing = await this.keys.find(head.serial)
    await this.mustBeOf(lotId, refusalOf(signing, { use: 'sign', lotId, nowMs }), head.serial)
    if (
      signing === null ||
      !this.keys.verifyingKey(head.serial, signing).verify(signedBytes(head), signature)
    )
      throw new Refused('signature')
    this.heads.set(request, head)
  }

  private async mustBeOf(lotId: string, why: RefusedWhy | null, serial: string): Promise<void> {
    if (why === null) return
    if (why === 'revoked') {
      const nowMs = this.parts.clock.nowMs()
      this.revoked.hear(lotId, nowMs)
      const matter = { lotId, nodeId: '', kind: 'keyRevoked', detail: { serial } } as const
      await tell(this.parts.pool, [matter], nowMs)
    }
    throw new Refused(why)
  }

  async serve(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const head = this.heads.get(request)
    must(head !== undefined, 'the sender was judged')
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const answer = await this.answer(head, body)
    return reply.code(answer.status).send(answer.body)
  }

  private async answer(head: SignedHead, body: Uint8Array): Promise<Answer> {
    const { lotId } = head
    const count = this.underWay.get(lotId) ?? 0
    if (count >= lotRequestsMax) return this.answerTo({ is: 'notNow', retryMs: 1_000 })
    this.underWay.set(lotId, count + 1)
    try {
      const read = (): Promise<ReadBatch | null> => this.read(head, body)
      const batch = await (isBacklog(head) ? this.inTurn(read) : read())
      if (batch === null) return this.answerTo({ is: 'notNow', retryMs: this.parts.limits.retryMs })
      this.heard.hear(lotId, this.parts.clock.nowMs())
      return this.answerTo(await this.writers.write(batch))
    } finally {
      const left = (this.underWay.get(lotId) ?? 1) - 1
      if (left === 0) this.underWay.delete(lotId)
      else this.underWay.set(lotId, left)
    }
  }

  /** Null: it cannot wait now, and is not unpacked, which would take the time of others. */
  private async read(head: SignedHead, body: Uint8Array): Promise<ReadBatch | null> {
    if (!this.writers.hasRoom(head)) return null
    const { crypto, clock } = this.parts
    const plain = await unpacked(body)
    return readBatch(head, body, plain, { sm3: crypto.sm3, receiptMs: clock.nowMs() })
  }

  /** One after another: what else there is to do is done between two of them. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.reading.then(work)
    this.reading = done.catch(() => undefined)
    return done
  }

  private answerTo(written: Written): Answer {
    switch (written.is) {
      case 'take':
      case 'again': {
        const { waitingRowsMax } = this.parts.limits
        const waiting = this.writers.waitingRows / waitingRowsMax
        const pace = paceOf(this.heard.count(this.parts.clock.nowMs()), waiting)
        return { status: 200, body: { last: written.last, pace, commands: [] } }
      }
      case 'want':
        return { status: 409, body: { want: written.want } }
      case 'forked':
        return { status: 412, body: { forked: written.forked } }
      case 'aside':
        return { status: 422, body: { aside: written.aside } }
      case 'notNow':
        return { status: 503, body: { retryMs: written.retryMs } }
    }
  }
}
