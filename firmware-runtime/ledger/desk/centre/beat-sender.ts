// Sends the heartbeats of a lot over the connection of its rows: one each minute, and one when something changed that
// matters. None is kept: one that fails is dropped, and the next tells what is so then.
import { beatLimits, type Beat, type BeatMatter } from '../../pure/centre/beat.ts'
import {
  beatAnswer,
  firstPace,
  isDue,
  paceAfter,
  type BeatAnswer,
  type BeatPace,
} from '../../pure/centre/beat-pace.ts'
import { newsOf } from '../../pure/centre/beat-things.ts'
import { feedHeaders } from '../../pure/centre/row-feed.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dayMs, dayStartMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { CentreDoor } from '../../ports/centre-door.ts'
import type { Cancel, MonoClock, Random, WallClock } from '#base/ports/clocks.ts'
import {
  beatBytes,
  beatOf,
  todayOf,
  type BeatBoard,
  type BeatParts,
  type DayBooks,
} from './make-beat.ts'

/** Where a heartbeat has its members from. */
export interface BeatSource {
  /** At once, on the lanes' thread. */
  board(): BeatBoard
  certificates(): BeatParts['certificates']
  matters(): Promise<readonly BeatMatter[]>
  /** The books of that time, read in the reading worker. */
  books(fromMs: InstantMs, toMs: InstantMs): Promise<DayBooks>
}

interface SenderParts {
  readonly lotId: string
  readonly nodeId: string
  readonly source: BeatSource
  readonly door: CentreDoor
  readonly untilMs: InstantMs
  readonly mono: MonoClock
  readonly clock: WallClock
  readonly random: Random
  /** A heartbeat is sent now. */
  asked(): void
  /** An answer came. */
  heard(answer: BeatAnswer): void
  tell(fault: LaneFault): void
  failed(error: unknown): void
}

const dayOf = (nowMs: InstantMs): string => isoOf(nowMs).slice(0, 10)

/** Reading a day of thousands of cars takes tens of ms: heartbeats that follow sooner tell the same sums. */
const booksMs = 30_000
/** The last answer counts where the next takes longer: a worker that is busy keeps no heartbeat back. */
const readWithinMs = 3_000

/** The newest answer to a question that may take long; it is asked once at a time. */
class Latest<T> {
  value: T
  private asked: Promise<void> | null = null
  private readonly parts: Pick<SenderParts, 'mono' | 'failed'>

  constructor(first: T, parts: Pick<SenderParts, 'mono' | 'failed'>) {
    this.value = first
    this.parts = parts
  }

  async read(ask: () => Promise<T>): Promise<void> {
    const { mono, failed } = this.parts
    this.asked ??= ask()
      .then(
        (value) => {
          this.value = value
        },
        // What cannot be read is told by the part that reads it.
        (error: unknown) => (error instanceof LaneFault ? undefined : failed(error)),
      )
      .finally(() => {
        this.asked = null
      })
    const late = Promise.withResolvers<void>()
    const cancel = mono.after(readWithinMs, late.resolve)
    await Promise.race([this.asked, late.promise])
    cancel()
  }
}

export class BeatSender {
  private readonly parts: SenderParts
  private pace: BeatPace
  private readonly matters: Latest<readonly BeatMatter[]>
  private readonly today: Latest<Beat['today'] | null>
  private booksReadMs = Number.NEGATIVE_INFINITY
  private sentNews = ''
  private underWay: Promise<void> | null = null
  private isAnswered = false
  private isTold = false
  private isStopped = false
  private cancel: Cancel = () => undefined

  constructor(parts: SenderParts) {
    this.parts = parts
    this.matters = new Latest<readonly BeatMatter[]>([], parts)
    this.today = new Latest<Beat['today'] | null>(null, parts)
    this.pace = firstPace(this.nowMs(), this.draw())
    this.rest()
  }

  stop(): void {
    this.isStopped = true
    this.cancel()
  }

  /** A batch had no answer. */
  silent(): void {
    this.isAnswered = false
  }

  /** Before a batch: after a silence the heartbeat goes first. Never rejects. */
  async first(): Promise<void> {
    if (!this.isStopped && !this.isAnswered) await (this.underWay ?? this.send())
  }

  private nowMs(): number {
    return this.parts.mono.nowUs() / 1_000
  }

  private draw(): number {
    const [byte = 0] = this.parts.random.bytes(1)
    return byte / 256
  }

  /** Looks again at the time of the next one, and before it for news. */
  private rest(): void {
    if (this.isStopped) return
    this.cancel()
    const waitMs = Math.max(0, this.pace.dueMs - this.nowMs())
    this.cancel = this.parts.mono.after(Math.min(waitMs, beatLimits.changedMs), () => this.look())
  }

  private look(): void {
    const nowMs = this.nowMs()
    const mayTellNews = isDue(this.pace, { nowMs, isNews: true })
    const isNews = mayTellNews && newsOf(this.beat()) !== this.sentNews
    if (this.underWay === null && isDue(this.pace, { nowMs, isNews }))
      this.send().catch(this.parts.failed)
    else this.rest()
  }

  /** From what is known now. */
  private beat(): Beat {
    const { nodeId, source, clock, untilMs: centreUntilMs } = this.parts
    const nowMs = clock.nowMs()
    const day = dayOf(nowMs)
    const known = this.today.value
    const today = known?.day === day ? known : { day, entered: 0, left: 0, takings: [] }
    return beatOf({
      nodeId,
      nowMs,
      board: source.board(),
      matters: this.matters.value,
      today,
      certificates: source.certificates(),
      centreUntilMs,
    })
  }

  private send(): Promise<void> {
    this.underWay = this.once()
      .catch(this.parts.failed)
      .finally(() => {
        this.underWay = null
        this.rest()
      })
    return this.underWay
  }

  private async once(): Promise<void> {
    const { source, door, lotId, asked, heard } = this.parts
    const sentMs = this.nowMs()
    // Of an error of the program, too, the next one comes at its time.
    this.pace = paceAfter(this.pace, { is: 'later' }, sentMs, this.draw())
    const { failures } = this.pace
    await Promise.all([this.matters.read(() => source.matters()), this.readBooks(sentMs)])
    if (this.isStopped) return
    const beat = this.beat()
    const headers = { 'content-type': 'application/json', [feedHeaders.lotId]: lotId }
    const request = { method: 'POST', path: '/v1/beat', headers, body: beatBytes(beat) } as const
    asked()
    const answer = await door.send(request)
    if (this.isStopped) return
    const said = beatAnswer(answer.status, 'body' in answer ? answer.body : null)
    if (said.is !== 'later')
      this.pace = paceAfter({ ...this.pace, failures: failures - 1 }, said, sentMs, this.draw())
    this.sentNews = said.is === 'taken' ? newsOf(beat) : ''
    this.isAnswered = answer.status !== 0
    this.tellRefusal(said)
    if (this.isAnswered) heard(said)
  }

  private async readBooks(nowMs: number): Promise<void> {
    const { source, clock } = this.parts
    const fromMs = dayStartMs(clock.nowMs())
    const day = dayOf(fromMs)
    if (this.today.value?.day === day && nowMs - this.booksReadMs < booksMs) return
    this.booksReadMs = nowMs
    await this.today.read(async () => todayOf(day, await source.books(fromMs, fromMs + dayMs)))
  }

  /** A certificate that is refused is told by the rows; a form, here. */
  private tellRefusal(answer: BeatAnswer): void {
    const status = answer.is === 'refused' && answer.status !== 401 ? answer.status : null
    if (status !== null && !this.isTold)
      this.parts.tell(new LaneFault('ROWS-20', { note: String(status) }))
    this.isTold = status !== null
  }
}
