// POST /v1/beat (docs/centre.md, "Heartbeats"): the sender is judged by its certificate before the body is read; the
// heartbeats of many lots are kept together. None is queued for later: one that cannot be kept now is refused.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type pg from 'pg'
import { beatLimits } from '#ledger/pure/centre/beat.ts'
import { feedHeaders } from '#ledger/pure/centre/row-feed.ts'
import { lotIdShape } from '#base/pure/values/ids.ts'
import { must } from '#base/pure/values/must.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import { Malformed } from '../door/batch.ts'
import { Heard } from '../door/pace.ts'
import { peerSerial, type Senders } from '../door/sender.ts'
import { isPassing } from '../door/commit.ts'
import { onClient } from '../schema/transaction.ts'
import { keepBeats, type HeardBeat } from './keep-beats.ts'
import { readBeat } from './read-beat.ts'

interface BeatRouteParts {
  readonly pool: pg.Pool
  readonly clock: WallClock
  readonly mono: MonoClock
  readonly senders: Senders
  failed(error: unknown): void
}

interface Waiting {
  readonly one: HeardBeat
  /** The row from which on its rows are not here; null: it was not kept. */
  done(want: number | null): void
}

/** Time in which heartbeats of other lots join. */
const gatherMs = 20
const togetherMax = 100
const waitingMax = 1_000
const statementMs = 5_000
const retryMs = 5_000
/** A node that sends faster is told to come later. */
const closestMs = 1_000

export class BeatRoute {
  private readonly parts: BeatRouteParts
  private readonly lots = new WeakMap<FastifyRequest, string>()
  private readonly lately = new Heard(closestMs)
  private waiting: Waiting[] = []
  private isRunning = false

  constructor(parts: BeatRouteParts) {
    this.parts = parts
  }

  /** Before the body is read. */
  async judgeSender(request: FastifyRequest): Promise<void> {
    const peer = peerSerial(request)
    const given = request.headers[feedHeaders.lotId]
    const lotId = typeof given === 'string' ? given : ''
    if (!lotIdShape.test(lotId))
      throw new Malformed({ field: feedHeaders.lotId, value: lotId.slice(0, 80) })
    await this.parts.senders.mustHave(peer, { use: 'tls', lotId })
    this.lots.set(request, lotId)
  }

  async serve(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const lotId = this.lots.get(request)
    must(lotId !== undefined, 'the sender was judged')
    const beat = readBeat(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0))
    const heardMs = this.parts.clock.nowMs()
    const want = await this.keep({ lotId, beat, heardMs })
    return want !== null
      ? reply.code(200).send({ everyMs: beatLimits.everyMs, commands: [], want })
      : reply.code(503).send({ retryMs })
  }

  private keep(one: HeardBeat): Promise<number | null> {
    const node = `${one.lotId}/${one.beat.nodeId}`
    this.lately.count(one.heardMs)
    if (this.lately.has(node, one.heardMs) || this.waiting.length >= waitingMax)
      return Promise.resolve(null)
    this.lately.hear(node, one.heardMs)
    return new Promise((done) => {
      this.waiting.push({ one, done })
      if (this.isRunning) return
      this.isRunning = true
      this.parts.mono.after(gatherMs, () => {
        this.run().catch(this.parts.failed)
      })
    })
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      const group = this.waiting.splice(0, togetherMax)
      if (!(await this.write(group)) && group.length > 1)
        // One that the database refuses stops no other.
        for (const one of group) await this.write([one])
      for (const { done } of group) done(null)
    }
    this.isRunning = false
  }

  private async write(group: readonly Waiting[]): Promise<boolean> {
    const { pool, failed } = this.parts
    const heard = group.map(({ one }) => one)
    try {
      const wants = await onClient(pool, (client) => keepBeats(client, heard, statementMs))
      for (const [at, { done }] of group.entries()) done(wants[at] ?? null)
    } catch (error) {
      if (isPassing(error)) return true
      failed(error)
      return false
    }
    return true
  }
}
