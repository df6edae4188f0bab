// The feed of a running lot to its centre: pairing, then batches as the follower (ledger/pure/centre) decides. Rows are read,
// digested and packed in the reading worker; this thread signs a batch and hands it to the connection. Heartbeats go beside.
import type { CentreView } from '../../calls/centre-views.ts'
import type { BeatAnswer } from '../../pure/centre/beat-pace.ts'
import { follow, startFeed, type FeedBatch, type FeedEffect } from '../../pure/centre/follower.ts'
import type { FeedEvent, FeedState, Mark } from '../../pure/centre/follower.ts'
import { feedAnswer } from '../../pure/centre/row-feed.ts'
import { faults, LaneFault, whyIn } from '#base/pure/faults/faults.ts'
import { bothOf, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { CentreDoor, DoorAnswer } from '../../ports/centre-door.ts'
import type { CentreKeys, CentreShelf, Joined, KeptJoin } from '../../ports/centre-keys.ts'
import type { Cancel, MonoClock, Random, WallClock } from '#base/ports/clocks.ts'
import type { Crypto } from '#base/ports/crypto.ts'
import type { FeedRows } from '../../ports/feed-rows.ts'
import { batchHeaders } from './batch-headers.ts'
import { BeatSender, type BeatSource } from './beat-sender.ts'
import { faultOfPairing, faultOfTrouble, silence } from './feed-faults-of.ts'
import { Pairing, type PairingStep } from './pairing.ts'

export interface FeedParts {
  readonly lotId: string
  readonly nodeId: string
  readonly name: BilingualText
  /** `https://host:port`. */
  readonly url: string
  /** The newest durable row, and who is called behind each write. */
  readonly lot: { readonly headSeq: number; readonly onRows: Set<() => void> }
  readonly rows: FeedRows
  /** Absent: no heartbeats are sent. */
  readonly beats?: BeatSource | undefined
  /** The mark of the last start. */
  readonly kept: Mark | null
  readonly mono: MonoClock
  readonly clock: WallClock
  readonly random: Random
  readonly sm3: Crypto['sm3']
  readonly keys: CentreKeys
  readonly shelf: CentreShelf
  door(trust: KeptJoin | null): CentreDoor
  /** A fault that a person should know of. */
  tell(fault: LaneFault): void
  /** An error of the program. */
  failed(error: unknown): void
}

const lookMs = 5_000
const [againMs, againMsMax] = [5_000, 5 * minuteMs]
/** A shorter silence is no fault. */
const silentMs = 10 * minuteMs
/** The mark is only a cache: so often is enough. */
const keepUs = 60_000_000

const textOf = (error: unknown): string => {
  if (!(error instanceof LaneFault)) throw error
  return error.detail.note === undefined ? error.code : whyIn(error.detail.note)
}

export class CentreFeed {
  private readonly parts: FeedParts
  private readonly pairing: Pairing
  private readonly pairingDoor: CentreDoor
  private joined: Joined | null
  private door: CentreDoor | null = null
  private feed: FeedState | null = null
  private beats: BeatSender | null = null
  private beatMs: InstantMs | null = null
  private heardMs: InstantMs | null = null
  private readonly sinceMs: InstantMs
  private pendingMs: InstantMs | null = null
  private pairingEnd: 'refused' | 'expired' | 'unfit' | null = null
  private silentWhy = ''
  private pairingFailures = 0
  private pairingTurn = 0
  private keptUs = Number.NEGATIVE_INFINITY
  private stopWait: Cancel = () => undefined
  private stopPairing: Cancel = () => undefined
  private isClosed = false
  private readonly woken = (): void => this.take({ is: 'rows', headSeq: this.parts.lot.headSeq })

  constructor(parts: FeedParts) {
    this.parts = parts
    this.sinceMs = parts.clock.nowMs()
    this.pairingDoor = parts.door(null)
    this.pairing = new Pairing({ ...parts, door: this.pairingDoor })
    const joined = parts.shelf.joined()
    this.joined = joined?.kept.url === parts.url ? joined : null
    parts.lot.onRows.add(this.woken)
    if (this.joined !== null) this.join(this.joined)
    if (this.joined === null || this.pairing.kept?.end === null) this.pair()
  }

  /** A person asks anew: new keys, new digits. Certificates in use stay until the new ones are accepted. */
  pairAgain(): void {
    this.pairing.begin()
    this.pairingEnd = null
    this.pendingMs = null
    this.stopPairing()
    this.pair()
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.parts.lot.onRows.delete(this.woken)
    this.stopWait()
    this.stopPairing()
    this.beats?.stop()
    await Promise.all([this.door?.close(), this.pairingDoor.close()])
  }

  private join(joined: Joined): void {
    this.joined = joined
    this.door?.close().catch(this.parts.failed)
    this.door = this.parts.door(joined.kept)
    this.beat(this.door, joined)
    if (this.feed !== null) return this.take({ is: 'time' })
    const { state, effects } = startFeed(this.parts.lot.headSeq, this.parts.kept)
    this.feed = state
    this.run(effects)
  }

  private beat(door: CentreDoor, { untilMs }: Joined): void {
    this.beats?.stop()
    const { beats: source, clock } = this.parts
    if (source === undefined) return
    const asked = (): void => this.take({ is: 'asked' })
    const heard = (answer: BeatAnswer): void => {
      this.heardMs = clock.nowMs()
      if (answer.is !== 'taken') return
      this.beatMs = this.heardMs
      if (answer.want !== null) this.take({ is: 'wanted', want: answer.want })
    }
    this.beats = new BeatSender({ ...this.parts, source, door, untilMs, asked, heard })
  }

  private pair(): void {
    const turn = ++this.pairingTurn
    const taken = (step: PairingStep): void => {
      if (!this.isClosed && turn === this.pairingTurn) this.paired(step)
    }
    this.pairing.step().then(taken).catch(this.parts.failed)
  }

  private paired(step: PairingStep): void {
    const { mono, clock, tell } = this.parts
    this.pairingFailures = step.is === 'later' ? this.pairingFailures + 1 : 0
    if (step.is !== 'later') this.heardMs = clock.nowMs()
    switch (step.is) {
      case 'pending':
        this.pendingMs ??= clock.nowMs()
        this.stopPairing = mono.after(lookMs, () => this.pair())
        return
      case 'later': {
        this.silentWhy = step.why
        const ms = againMs * 2 ** Math.min(this.pairingFailures - 1, 8)
        this.stopPairing = mono.after(this.spread(Math.min(ms, againMsMax)), () => this.pair())
        return
      }
      case 'joined':
        this.pendingMs = null
        this.join(step.joined)
        return
      case 'ended':
        this.pendingMs = null
        this.pairingEnd = step.why
        tell(faultOfPairing(step.why))
    }
  }

  private take(event: FeedEvent): void {
    if (this.isClosed || this.feed === null) return
    const { state, effects } = follow(this.feed, event)
    this.feed = state
    this.run(effects)
  }

  private run(effects: readonly FeedEffect[]): void {
    for (const effect of effects) this.runOne(effect)
  }

  private runOne(effect: FeedEffect): void {
    const { rows, mono } = this.parts
    switch (effect.do) {
      case 'digest':
        this.read(rows.feedDigest(effect.toSeq, effect.from), (mark) => ({ is: 'mark', mark }))
        return
      case 'read':
        this.read(rows.feedBatch(effect.from, effect.rowsMax), (batch) => ({ is: 'batch', batch }))
        return
      case 'send':
        this.send(effect.batch)
        return
      case 'wait':
        this.stopWait()
        this.stopWait = mono.after(effect.spread ? this.spread(effect.ms) : effect.ms, () =>
          this.take({ is: 'time' }),
        )
        return
      case 'remember':
        this.remember(effect.mark)
        return
      case 'tell':
        if (effect.trouble !== null) this.parts.tell(faultOfTrouble(effect.trouble))
    }
  }

  /** Between half of it and all of it. */
  private spread(ms: number): number {
    const [byte = 0] = this.parts.random.bytes(1)
    return Math.round((ms * (256 + byte)) / 512)
  }

  private read<T>(reading: Promise<T>, eventOf: (found: T) => FeedEvent): void {
    reading
      .then(eventOf, (error: unknown): FeedEvent => ({ is: 'unread', why: textOf(error) }))
      .then((event) => this.take(event))
      .catch(this.parts.failed)
  }

  private remember(mark: Mark): void {
    const nowUs = this.parts.mono.nowUs()
    if (mark.seq === 0 || nowUs - this.keptUs < keepUs) return
    this.keptUs = nowUs
    // A cache: what is not kept is computed at the next start.
    this.parts.rows.feedKeep(this.parts.url, mark).catch((error: unknown) => {
      if (!(error instanceof LaneFault)) this.parts.failed(error)
    })
  }

  private send(batch: FeedBatch): void {
    const { joined, door } = this
    if (joined === null || door === null) return
    const request = { method: 'POST', path: '/v1/rows', body: batch.body } as const
    const { lotId, nodeId } = this.parts
    const headers = batchHeaders(batch, { lotId, nodeId, signer: joined.signer })
    const sent = (): Promise<DoorAnswer> => door.send({ ...request, headers })
    const answered = this.beats === null ? sent() : this.beats.first().then(sent)
    answered.then((answer) => this.heard(answer)).catch(this.parts.failed)
  }

  private heard(answer: DoorAnswer): void {
    if ('why' in answer) {
      this.silentWhy = answer.why
      this.beats?.silent()
    } else {
      this.heardMs = this.parts.clock.nowMs()
      this.silentWhy = String(answer.status)
    }
    const body = 'body' in answer ? answer.body : null
    this.take({ is: 'answer', answer: feedAnswer(answer.status, body) })
  }

  view(): CentreView {
    const { url, lot } = this.parts
    const { kept } = this.pairing
    const reachedSeq = this.feed?.at.seq ?? 0
    const fault = this.fault()
    return {
      url,
      state: this.state(),
      digits: kept?.end === null ? (kept.opened?.digits ?? null) : null,
      pendingSinceIso: this.pendingMs === null ? null : isoOf(this.pendingMs),
      lastSeq: lot.headSeq,
      reachedSeq,
      backlog: Math.max(0, lot.headSeq - reachedSeq),
      heardAtIso: this.heardMs === null ? null : isoOf(this.heardMs),
      beatAtIso: this.beatMs === null ? null : isoOf(this.beatMs),
      untilIso: this.joined === null ? null : isoOf(this.joined.untilMs),
      fault:
        fault === null
          ? null
          : {
              code: fault.code,
              what: faults[fault.code].what,
              note: bothOf(fault.detail.note),
              needsPerson: fault.code !== 'ROWS-01',
            },
    }
  }

  private state(): CentreView['state'] {
    const { kept } = this.pairing
    if (this.joined === null && this.pairingEnd !== null) return this.pairingEnd
    if (this.joined !== null && kept?.end !== null) return 'joined'
    return (kept?.opened ?? null) === null ? 'asking' : 'pending'
  }

  private fault(): LaneFault | null {
    if (this.joined === null && this.pairingEnd !== null) return faultOfPairing(this.pairingEnd)
    const trouble = this.feed?.trouble ?? null
    if (trouble !== null) return faultOfTrouble(trouble)
    const failures = (this.feed?.failures ?? 0) + this.pairingFailures
    const quietMs = this.parts.clock.nowMs() - (this.heardMs ?? this.sinceMs)
    return failures > 0 && quietMs >= silentMs ? silence(this.silentWhy) : null
  }
}
