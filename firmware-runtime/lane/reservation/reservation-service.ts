// A lot and its reservation platform: incoming commands are answered from durable rows; outgoing events are numbered
// and stored in the ledger before they are sent. Lanes never wait for it, and it moves no money and no boom.
import { carsInside } from '../pure/lot/entry-room.ts'
import { keptBays, saturationLevel } from '../pure/reservation/admission.ts'
import { passedNow } from '#ledger/pure/reservation/command.ts'
import type { ReservationList } from '#ledger/pure/reservation/list.ts'
import type { LotConfig, ReservationConfig } from '#base/pure/lot/config.ts'
import type { LaneEvent } from '../pure/lane.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { uuid7 } from '#base/pure/data/uuid7.ts'
import type { DownText } from '#base/pure/words/notes.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { ReservationRow, UpFact } from '#base/pure/rows/reservation-row.ts'
import { must } from '#base/pure/values/must.ts'
import type { Cancel, MonoClock, Random, WallClock } from '#base/ports/clocks.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import type {
  ReservationDialect,
  ReservationHttp,
  ReservationLink,
  ReservationLinkOpener,
  ReservationSigner,
  Unsigned,
} from '#ledger/ports/reservation.ts'
import { misfitRow } from './misfit-row.ts'
import { Receiver, type Reply } from './receiver.ts'
import { Sender, type Message } from './sender.ts'
import { HttpExchange } from './http-exchange.ts'

/** The parts of a running lot that it needs. */
interface LotAtWork {
  readonly lot: LotState
  readonly onChange: Set<() => void>
  readonly onLaneEvent: Set<(laneId: string, event: LaneEvent) => void>
  nowMs(): number
  /** The time by which something may end; null while the clock is in doubt. */
  endingMs(): number | null
  monoMs(): number
  appendQuietly(rows: readonly RowDraft[]): boolean
  trace(laneId: string, stayId: null, type: 'fault', detail: string): void
}

interface ReservationParts {
  readonly config: Pick<LotConfig, 'capacity'> & { readonly reservation: ReservationConfig }
  readonly runtime: LotAtWork
  readonly ledger: Pick<Ledger, 'rows'>
  readonly dialect: ReservationDialect
  readonly opener: ReservationLinkOpener
  readonly signer: ReservationSigner
  /** Null: the lot names no HTTP address for it. */
  readonly http: ReservationHttp | null
  readonly mono: MonoClock
  /** Clock of signatures. */
  readonly wall: WallClock
  readonly random: Random
  sm3(data: Uint8Array): Uint8Array
  /** Spaces when single bays are known; null: computed from the cars inside. */
  bays(): { readonly total: number; readonly free: number } | null
}

const openAgainMs = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000] as const
const lookMs = 10_000
/** Platforms require the count within 30 s (P31), including transmission. */
const countMs = 20_000
/** Limit of rows in one transaction: a lane may be next. */
const rowsMax = 100
/** Delay of acknowledgement rows: one that is lost costs one query at the next start. */
const ackRowsMs = 5_000
const ackRowsMax = 64

export class ReservationService {
  readonly receiver: Receiver
  readonly sender: Sender
  readonly #own: ReservationParts
  readonly #list: ReservationList
  readonly #http: HttpExchange | null
  #link: ReservationLink | null = null
  #fails = 0
  #isStopped = false
  /** Before the first sure time nothing has ended. */
  #lastSureMs = 0
  #timers = new Map<string, Cancel>()
  readonly #downDevices = new Set<string>()
  /** Why the link is down; null: it is up, or was never tried. */
  detail: DownText | null = null
  sinceMs: number
  isUp = false
  retained = 0

  constructor(own: ReservationParts) {
    const { dialect, signer, mono, wall, runtime } = own
    const { appId, parkCode, spaces } = own.config.reservation
    this.#own = own
    this.#list = runtime.lot.reservations
    this.sinceMs = runtime.nowMs()
    this.receiver = new Receiver({
      dialect,
      signer,
      names: { appId, parkCode },
      list: this.#list,
      spaces,
      wallMs: () => wall.nowMs(),
      nowMs: () => runtime.nowMs(),
      isClockSure: () => runtime.endingMs() !== null,
      monoMs: () => runtime.monoMs(),
      sm3Hex: (text) => hexOf(own.sm3(new TextEncoder().encode(text))).toLowerCase(),
      write: (row, misfit) =>
        this.#write([row], misfit === null ? [] : [misfitRow(misfit, runtime.nowMs())]),
      misfitAgain: (misfit) => {
        this.#write([], [misfitRow(misfit, runtime.nowMs())])
      },
    })
    this.sender = new Sender({
      list: this.#list,
      mono,
      publish: (topic, data, done) => this.#publish(topic, data, done),
      ask: () => this.#publish({ up: dialect.askWord }, '{}', () => undefined),
      frozen: (seq) => this.#frozen(seq),
    })
    this.#http = own.http === null ? null : this.#exchange(own.http)
  }

  get #names(): { readonly appId: string; readonly parkCode: string } {
    return this.#own.config.reservation
  }

  /** The lot is running: its events are reported from now on. */
  start(): void {
    const { parkCode } = this.#names
    if (this.#list.parkCode !== parkCode) this.#write([{ row: 'joined', parkCode }])
    this.#own.runtime.onChange.add(this.#changed)
    this.#own.runtime.onLaneEvent.add(this.#laneEvent)
    this.#look()
    this.#open()
  }

  /** Null: the lot uses the broker only. */
  get exchanges(): { readonly answered: number; readonly failed: number } | null {
    const http = this.#http
    return http === null ? null : { answered: http.answered, failed: http.failed }
  }

  stop(): void {
    this.#isStopped = true
    this.#own.runtime.onChange.delete(this.#changed)
    this.#own.runtime.onLaneEvent.delete(this.#laneEvent)
    for (const cancel of this.#timers.values()) cancel()
    this.#keepAck()
    this.sender.stop()
    this.#http?.stop()
    this.#link?.close()
  }

  #after(name: string, ms: number, run: () => void): void {
    this.#timers.get(name)?.()
    this.#timers.set(
      name,
      this.#own.mono.after(ms, () => {
        this.#timers.delete(name)
        if (!this.#isStopped) run()
      }),
    )
  }

  /** Called after a turn of a lane: reports its events after the turn, not in it. */
  readonly #changed = (): void => {
    if (!this.#timers.has('tell')) this.#after('tell', 0, () => this.#tell())
  }

  /** Reports a device that is lost or back; the first contact after a start is neither. */
  readonly #laneEvent = (laneId: string, { type }: { readonly type: string }): void => {
    const found = /^(rsu|barrier)(Up|Down)$/.exec(type)
    const [, device = '', way] = found ?? []
    const key = `${laneId} ${device}`
    const isDown = this.#downDevices.has(key)
    if (way === undefined || isDown === (way === 'Down')) return
    if (way === 'Down') this.#downDevices.add(key)
    else this.#downDevices.delete(key)
    this.note({ kind: 'device', laneId, device, up: way === 'Up' })
  }

  #write(rows: readonly ReservationRow[], beside: readonly RowDraft[] = []): boolean {
    const atMs = this.#own.runtime.nowMs()
    const drafts = rows.map((body): RowDraft => ({ kind: 'reservation', atMs, body }))
    const isWritten = this.#own.runtime.appendQuietly([...drafts, ...beside])
    if (isWritten) this.#changed()
    return isWritten
  }

  /** Periodic work: reservations whose time has passed, cars that overstay, and the count of free spaces. */
  #look(): void {
    const passed = passedNow(this.#list, this.#sureMs()).map(
      (one) => ({ row: 'passed', ...one }) as const,
    )
    if (passed.length > 0) this.#write(passed.slice(0, rowsMax))
    this.#tell()
    this.#after('look', lookMs, () => this.#look())
  }

  /** By a clock in doubt no reservation ends, and what is told of them stays as it was. */
  #sureMs(): number {
    this.#lastSureMs = this.#own.runtime.endingMs() ?? this.#lastSureMs
    return this.#lastSureMs
  }

  #tell(): void {
    const { runtime, config } = this.#own
    const room = {
      nowMs: this.#sureMs(),
      capacity: config.capacity,
      inside: carsInside(runtime.lot),
    }
    const level = saturationLevel(this.#list, room)
    if (level !== this.#list.level && !this.#write([{ row: 'level', level }])) return
    const due = [...this.#list.due.values()].slice(0, rowsMax)
    if (due.length === 0) return
    if (this.#freeze(due.map(({ key, fact, atMs }) => ({ of: key, fact, atMs })))) this.#changed()
  }

  /** Reports a fact without a ledger row: a bay, a device. False: the disk refuses rows. */
  note(fact: UpFact): boolean {
    return this.#freeze([{ of: null, fact, atMs: this.#own.runtime.nowMs() }])
  }

  /** Numbers the facts and makes them durable; only then are they sent. */
  #freeze(
    facts: readonly { readonly of: string | null; readonly fact: UpFact; readonly atMs: number }[],
  ): boolean {
    const { dialect, random, wall } = this.#own
    const rows = facts.map(({ of, fact, atMs }, i) => {
      const seq = this.#list.lastSeq + 1 + i
      const msgId = uuid7(wall.nowMs(), random.bytes(10))
      const { word: topic, data } = dialect.messageOf(fact, { seq, msgId, atMs })
      return { row: 'up', of, seq, msgId, topic, data } as const
    })
    if (!this.#write(rows)) return false
    for (const { seq, topic, data } of rows) this.sender.add({ seq, word: topic, data })
    return true
  }

  #frozen(seq: number): Message | null {
    const at = this.#list.unsent.get(seq)
    if (at === undefined) return null
    const row = this.#rowAt(at)
    must(row?.kind === 'reservation' && row.body.row === 'up', `row ${at} is a message`)
    return { word: row.body.topic, data: row.body.data }
  }

  #rowAt(at: number): LedgerRow | null {
    for (const row of this.#own.ledger.rows(at - 1)) return row
    return null
  }

  /** A new signed envelope around the same text: a signature expires after five minutes. */
  sealed(data: string): { readonly text: string; readonly nonce: string } {
    const { dialect, signer, wall, random } = this.#own
    const { appId, parkCode } = this.#names
    const nonce = hexOf(random.bytes(16)).toLowerCase()
    const message: Unsigned = { appId, parkCode, timestampMs: wall.nowMs(), nonce, data }
    return { text: dialect.envelope(message, signer.sign(dialect.signedText(message))), nonce }
  }

  #publish(to: { up: string } | { answerTo: string }, data: string, done?: () => void): void {
    const { dialect } = this.#own
    const topic =
      'up' in to
        ? dialect.upTopic(this.#names, to.up)
        : dialect.answerTopic(this.#names, to.answerTo)
    this.#link?.publish(topic, this.sealed(data).text, done)
  }

  #open(): void {
    const { dialect, opener, wall } = this.#own
    const will = {
      topic: dialect.upTopic(this.#names, dialect.stateWord),
      text: this.sealed(dialect.stateData(false, wall.nowMs())).text,
    }
    this.#link = opener.open(will, {
      up: (inFlightMax) => this.#up(inFlightMax),
      message: (message) => this.#message(message),
      down: (reason) => this.#down(reason),
    })
  }

  #up(inFlightMax: number): void {
    const { dialect, wall, runtime } = this.#own
    this.#fails = 0
    this.isUp = true
    this.detail = null
    this.sinceMs = runtime.nowMs()
    this.#http?.rest()
    this.#publish({ up: dialect.stateWord }, dialect.stateData(true, wall.nowMs()), () => undefined)
    this.sender.up(inFlightMax)
    this.#counts()
  }

  #down(reason: DownText): void {
    const { runtime } = this.#own
    if (this.isUp || this.detail === null) {
      this.sinceMs = runtime.nowMs()
      runtime.trace('', null, 'fault', `reservationLinkDown ${reason}`)
    }
    this.isUp = false
    this.detail = reason
    this.#link = null
    this.sender.down()
    this.#timers.get('counts')?.()
    this.#http?.begin()
    const waitMs = openAgainMs[Math.min(this.#fails++, openAgainMs.length - 1)] ?? lookMs
    this.#after('open', waitMs, () => this.#open())
  }

  /** Current counts: sent once, and not stored. */
  #counts(): void {
    const { dialect, runtime, config } = this.#own
    const nowMs = runtime.nowMs()
    const inside = carsInside(runtime.lot)
    const known = this.#own.bays()
    const total = known?.total ?? config.capacity
    const free = known?.free ?? Math.max(0, config.capacity - inside)
    const counts = { total, free, kept: keptBays(this.#list, this.#sureMs()) }
    this.#publish({ up: dialect.countWord }, dialect.countData(counts, nowMs))
    this.#after('counts', countMs, () => this.#counts())
  }

  #message({ topic, bytes, isRetained }: Parameters<Handlers['message']>[0]): void {
    const incoming = this.#own.dialect.incoming(this.#names, topic)
    if (isRetained) {
      // A retained message was stored by the broker at an unknown time, so it is not current.
      this.retained++
      this.#own.runtime.trace('', null, 'fault', `reservationRetained ${topic}`)
      return
    }
    if (incoming === null) return this.receiver.count('permission')
    if (incoming.kind === 'command') return this.command(incoming.type, bytes)
    const believed = this.receiver.believed(bytes)
    if (!believed.ok) return this.#doubted(topic, believed.doubt)
    const seq = this.#own.dialect.readSeq(believed.envelope.data)
    if (seq === null) return this.receiver.count('format')
    if (incoming.kind === 'lastSeq') this.sender.resume(seq)
    else this.sender.acked(seq)
    this.#acknowledged()
  }

  #doubted(what: string, doubt: string): void {
    this.#own.runtime.trace('', null, 'fault', `reservationRefused ${what} ${doubt}`)
  }

  command(type: string, bytes: Uint8Array): void {
    const reply = this.#reply(type, bytes)
    if (reply === null) return
    this.sender.answer(type, this.#own.dialect.answerData(reply.cmdId, reply.answer, reply.field))
  }

  #reply(type: string, bytes: Uint8Array): Reply | null {
    const reply = this.receiver.command(type, bytes)
    if (reply === null) this.#doubted(type, 'format')
    else if (reply.answer !== 'done') this.#doubted(`${type} ${reply.cmdId}`, reply.answer)
    return reply
  }

  #acknowledged(): void {
    if (this.sender.ackedSeq - this.#list.ackSeq >= ackRowsMax) return this.#keepAck()
    if (!this.#timers.has('ack')) this.#after('ack', ackRowsMs, () => this.#keepAck())
  }

  #keepAck(): void {
    const seq = this.sender.ackedSeq
    if (seq > this.#list.ackSeq) this.#write([{ row: 'acked', seq }])
  }

  #exchange(post: ReservationHttp): HttpExchange {
    const { dialect, mono } = this.#own
    return new HttpExchange({
      dialect,
      names: this.#names,
      post,
      mono,
      broke: (error) =>
        this.#own.runtime.trace('', null, 'fault', `reservationLinkDown ${String(error)}`),
      sealed: (data) => this.sealed(data),
      believed: (bytes) => this.receiver.believed(bytes),
      /** The first events that the platform has not acknowledged. */
      waiting: (max) => this.#waiting(max),
      acked: (seq) => {
        this.sender.acked(seq)
        this.#acknowledged()
      },
      answerOf: (type, text) => {
        const reply = this.#reply(type, new TextEncoder().encode(text))
        return reply === null ? null : dialect.answerData(reply.cmdId, reply.answer, reply.field)
      },
    })
  }

  #waiting(max: number): readonly Message[] {
    const found: Message[] = []
    for (let seq = this.sender.ackedSeq + 1; seq <= this.#list.lastSeq; seq++) {
      const message = this.#frozen(seq)
      if (message !== null) found.push(message)
      if (found.length >= max) break
    }
    return found
  }
}

type Handlers = Parameters<ReservationLinkOpener['open']>[1]
