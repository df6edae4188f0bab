// /v1/rows (docs/centre.md). POST: who sends is judged by certificate and signature before the body is unpacked; then the
// batch is read, and its writer answers. GET: rows are given back to the lot of the certificate.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type pg from 'pg'
import type { GmCrypto } from '#base/crypto/gm-crypto.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import { must } from '#base/pure/values/must.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import {
  batchHeadOf,
  readBatch,
  signedBytes,
  unpacked,
  type ReadBatch,
  type SignedHead,
} from './batch.ts'
import { Commits, type Written } from './commit.ts'
import { askedOf, givenBack } from './given.ts'
import { Heard, paceOf } from './pace.ts'
import { peerSerial, Refused, type Senders } from './sender.ts'
import { isBacklog, Writers, type WriterLimits } from './writer.ts'

interface RowsParts {
  readonly pool: pg.Pool
  readonly crypto: GmCrypto
  readonly clock: WallClock
  readonly mono: MonoClock
  readonly limits: WriterLimits
  readonly senders: Senders
  failed(error: unknown): void
}

interface Answer {
  readonly status: number
  readonly body: object
}

/** Requests of one lot at a time; it has one batch of each node under way. */
const lotRequestsMax = 8

export class RowsRoute {
  private readonly parts: RowsParts
  private readonly senders: Senders
  private readonly writers: Writers
  private readonly heard = new Heard(minuteMs)
  private readonly underWay = new Map<string, number>()
  /** The last of the full batches that are read. */
  private reading: Promise<unknown> = Promise.resolve()
  private readonly heads = new WeakMap<FastifyRequest, SignedHead>()

  constructor(parts: RowsParts) {
    this.parts = parts
    this.senders = parts.senders
    const { isRevokedLately } = parts.senders
    const commits = new Commits({ ...parts, groupMs: parts.limits.groupMs, isRevokedLately })
    this.writers = new Writers({ ...parts, commit: (group) => commits.write(group) })
  }

  /** Before the body is read. */
  async judgeSender(request: FastifyRequest): Promise<void> {
    const peer = peerSerial(request)
    const head = batchHeadOf(request.headers)
    const { lotId, serial, signature } = head
    await this.senders.mustHave(peer, { use: 'tls', lotId })
    const signing = await this.senders.mustHave(serial, { use: 'sign', lotId })
    const key = this.senders.keys.verifyingKey(serial, signing)
    if (!key.verify(signedBytes(head), signature)) throw new Refused('signature')
    this.heads.set(request, head)
  }

  async serve(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const head = this.heads.get(request)
    must(head !== undefined, 'the sender was judged')
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const answer = await this.answer(head, body)
    return reply.code(answer.status).send(answer.body)
  }

  /** Gives rows of the lot of the client certificate back. */
  async giveBack(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const serial = peerSerial(request)
    const lotId = (await this.senders.keys.find(serial))?.lotId ?? ''
    await this.senders.mustHave(serial, { use: 'tls', lotId })
    const asked = askedOf(request.query)
    const answer = await this.counted(lotId, () => givenBack(this.parts.pool, lotId, asked))
    return reply.code(answer.status).send(answer.body)
  }

  private answer(head: SignedHead, body: Uint8Array): Promise<Answer> {
    const { lotId } = head
    return this.counted(lotId, async () => {
      const read = (): Promise<ReadBatch | null> => this.read(head, body)
      const batch = await (isBacklog(head) ? this.inTurn(read) : read())
      if (batch === null) return this.answerTo({ is: 'notNow', retryMs: this.parts.limits.retryMs })
      this.heard.hear(lotId, this.parts.clock.nowMs())
      return this.answerTo(await this.writers.write(batch))
    })
  }

  /** A lot with too many requests under way is refused one more. */
  private async counted(lotId: string, work: () => Promise<Answer>): Promise<Answer> {
    const count = this.underWay.get(lotId) ?? 0
    if (count >= lotRequestsMax) return this.answerTo({ is: 'notNow', retryMs: 1_000 })
    this.underWay.set(lotId, count + 1)
    try {
      return await work()
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
