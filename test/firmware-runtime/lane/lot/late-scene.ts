// A running lot whose devices answer late: an antenna whose link drops, a platform that is silent for a while, a tag and a
// plate that are read late, people who act. Virtual time, one car at a time.
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { standInCrypto } from '#base/crypto/stand-in.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import type { RsuCommand } from '#devices/pure/etc/rsu.ts'
import { simulatedList } from '#ledger/pure/etc/status-list.ts'
import type { PayGateway } from '#money/ports/payment.ts'
import type { BarrierCommand } from '#devices/pure/lane/barrier.ts'
import type { DisplayCommand } from '#devices/pure/lane/display.ts'
import { standardTimes, type LaneEvent } from '#lane/pure/lane.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { PlaceBar } from '#devices/pure/place/place.ts'
import type { PlaceWatch } from '#lane/lot/place-watch.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import type { QueueVerdict } from '#ledger/pure/queue/queue.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import type { Uploader } from '#ledger/ports/uploader.ts'
import { cardReadEvent, station } from '../pure/lane-bench.ts'
import { noProof } from '../pure/good-card.ts'
import { cameIn } from '../pure/lot/row-kit.ts'
import type { StandingProcess } from '../../../kit/standing-process.ts'
import { ListLedger, startMs, steadyClock } from '../../runtime/control/control-kit.ts'
import { lotFile } from './lot-kit.ts'

export interface Card {
  readonly cardNo: string
  readonly obuId: string
  balanceFen: number
  station: string
  debits: { amountFen: number; tac: string }[]
}

export const newCard = (n: number): Card => ({
  cardNo: `4501${String(n).padStart(16, '0')}`,
  obuId: n.toString(16).padStart(8, '0').toUpperCase(),
  balanceFen: 100_000,
  station,
  debits: [],
})

const linkMs = 20
const b5WaitMs = 2000
const answerMs = 900
const roundsMax = 3

/** The antenna with its driver, as a lane sees both. A C6 is sent once for each deduction. */
export class Antenna {
  private readonly time: VirtualTime
  private readonly tell: (event: LaneEvent) => void
  card: Card | null = null
  /** The next B5 is lost after the card was debited. */
  losesB5 = false
  private isUp = false
  private link = 0
  private isOn = false
  private busyWith: string | null = null
  private open: { obuId: string } | null = null
  private rounds = 0
  private readonly used = new Set<string>()

  constructor(time: VirtualTime, tell: (event: LaneEvent) => void) {
    this.time = time
    this.tell = tell
  }

  up(): void {
    if (this.isUp) return
    this.isUp = true
    this.link++
    this.tell({ type: 'rsuUp', psamTerminals: [], rsuId: '' })
    this.look()
  }

  down(): void {
    if (!this.isUp) return
    this.isUp = false
    this.link++
    this.busyWith = null
    this.tell({ type: 'rsuDown', reason: 'link' })
    this.lost('link')
  }

  put(card: Card | null): void {
    this.card = card
    this.rounds = 0
    this.look()
  }

  send(command: RsuCommand): void {
    if (command.do === 'search') {
      this.isOn = command.on
      this.rounds = 0
      this.busyWith = null
      this.look()
    } else if (command.do === 'release' && this.open?.obuId !== command.obuId) {
      this.busyWith = null
      this.look()
    } else if (command.do === 'debit') this.debit(command)
  }

  /** Runs `fn` later, unless the link was lost in between. */
  private later(ms: number, fn: () => void): void {
    const { link } = this
    this.time.clock.after(ms, () => {
      if (link === this.link) fn()
    })
  }

  private look(): void {
    const { card } = this
    if (!this.isUp || !this.isOn || card === null || this.busyWith !== null) return
    if (this.rounds >= roundsMax) return
    this.rounds++
    this.busyWith = card.obuId
    const read = {
      ...cardReadEvent({ obuId: card.obuId, card: { cardNo: card.cardNo } }),
      balanceFen: card.balanceFen,
      station0019Hex: card.station,
    }
    this.later(linkMs, () => this.tell({ type: 'obuSeen', obu: read.obu }))
    this.later(3 * linkMs, () => {
      if (!this.isOn || this.card !== card) return
      this.tell(read)
      // The driver releases an OBU that gets no command.
      const { rounds } = this
      this.later(answerMs, () => {
        if (this.open !== null || this.rounds !== rounds) return
        this.busyWith = null
        this.look()
      })
    })
  }

  private debit(command: Extract<RsuCommand, { do: 'debit' }>): void {
    const { card } = this
    const { obuId, amountFen, deductionId } = command
    if (this.used.has(deductionId)) throw new Error(`a second C6 for ${deductionId}`)
    this.used.add(deductionId)
    if (!this.isUp || this.busyWith !== obuId || card === null) {
      const nothing = { money: 'unpaid', code: -2, proof: noProof, reason: 'obuGone' } as const
      this.tell({ type: 'debitResult', obuId, ...nothing })
      return
    }
    this.open = { obuId }
    const isLost = this.losesB5
    this.losesB5 = false
    this.later(linkMs, () => {
      card.balanceFen -= amountFen
      card.station = command.stationHex
      const tac = (card.debits.length + 1).toString(16).padStart(8, 'A').toUpperCase()
      card.debits.push({ amountFen, tac })
      if (isLost) this.later(b5WaitMs, () => this.lost('noB5'))
      else this.later(linkMs, () => this.paid(command, card, tac))
    })
  }

  private paid(command: Extract<RsuCommand, { do: 'debit' }>, card: Card, tac: string): void {
    this.open = null
    const proof = {
      tac,
      cardSerial: card.debits.length,
      psamTerminal: '010203040506',
      psamSerial: 42,
      transType: '09',
      timeBcd: command.timeBcd,
      balanceAfterFen: card.balanceFen,
    }
    this.tell({ type: 'debitResult', obuId: card.obuId, money: 'paid', code: 0, proof })
  }

  private lost(reason: string): void {
    if (this.open === null) return
    const { obuId } = this.open
    this.open = null
    this.busyWith = null
    this.tell({ type: 'debitResult', obuId, money: 'unknown', code: -1, proof: noProof, reason })
  }
}

/** The platform: a number is charged once, however often it is posted. */
export class LatePlatform implements Uploader {
  readonly clockOffsetMs = 0
  readonly charges = new Map<string, { amountFen: number }>()
  private readonly confirmed = new Set<string>()
  private readonly time: VirtualTime
  silence: 'none' | 'requests' | 'answers' = 'none'
  /** Answers everything with "retry in that many ms" and accepts nothing; null: not busy. */
  busyMs: number | null = null

  constructor(time: VirtualTime) {
    this.time = time
  }

  send: Uploader['send'] = (record, op, timeoutMs, done) => {
    const { clock } = this.time
    let isOver = false
    const end = (verdict: QueueVerdict): void => {
      if (isOver) return
      isOver = true
      done(verdict, { httpStatus: 200, respCode: '100000', requestId: 'R' })
    }
    clock.after(timeoutMs, () => end({ kind: 'silence', reason: 'timeout', sent: true }))
    clock.after(linkMs, () => {
      if (this.silence === 'requests') return
      const { busyMs } = this
      if (busyMs !== null) return end({ kind: 'busy', reason: 'busy', afterMs: busyMs })
      const key = `${record.op} ${record.businessNo}`
      if (op === 'post') {
        this.confirmed.add(key)
        const { op: kind, businessNo, amountFen } = record
        const isCharge = kind === 'charge' || kind === 'exitUpload'
        if (isCharge && !this.charges.has(businessNo)) this.charges.set(businessNo, { amountFen })
      }
      const known = this.confirmed.has(key)
      clock.after(linkMs, () => {
        if (this.silence === 'answers') return
        end(known ? { kind: 'confirmed', tradeNo: 'T1' } : { kind: 'notFound' })
      })
    })
  }

  signIn(): void {
    // The scene signs in by a row instead.
  }
}

export type LateAt = 'lane' | 'handheld'

/** In both cases the charging place is called `exit`: a lane with loops and boom, or a handheld without them. */
const lanesAt = (at: LateAt) =>
  lotFile().lanes.map((lane) =>
    at === 'lane' || lane.id !== 'exit'
      ? lane
      : { ...lane, camera: null, barrier: null, place: { kind: 'handheld', gnss: null } },
  )

interface LateMore {
  readonly time?: VirtualTime
  readonly ledger?: Ledger & { readonly list: LedgerRow[] }
  readonly platform?: LatePlatform
  readonly mono?: MonoClock
  /** The process of the lot; its time is `time`. */
  readonly process?: StandingProcess
  readonly gateway?: PayGateway
  readonly shows?: (command: DisplayCommand) => void
  readonly pacePerMin?: number
  /** Time of the status list; without it the list is always current. */
  readonly listAsOfMs?: number
}

export function lateLot(chargeMode: 'card' | 'online', at: LateAt = 'lane', more: LateMore = {}) {
  const { time = new VirtualTime(), ledger = new ListLedger(), shows } = more
  const { platform = new LatePlatform(time), gateway, pacePerMin, listAsOfMs } = more
  const file = lotFile()
  const own = pacePerMin === undefined ? file.platform : { ...file.platform, pacePerMin }
  const opens: string[] = []
  const fence = { now: null as PlaceBar | null, bar: () => fence.now }
  const business = steadyClock(() => startMs + Math.floor(time.nowUs / 1000))
  const dispatch = (event: LaneEvent): void => runtime.dispatch('exit', event)
  const { process } = more
  const hears = (fn: () => void): void => (process === undefined ? fn() : process.hears(fn))
  const antenna = new Antenna(time, (event) => hears(() => dispatch(event)))
  const runtime: LotRuntime = new LotRuntime({
    dialect: guangxi,
    config: { ...file, platform: own, lanes: lanesAt(at), chargeMode } as unknown as LotConfig,
    tariff: demoTariff,
    ledger,
    crypto: standInCrypto,
    business,
    mono: more.mono ?? process?.mono ?? time.clock,
    uploader: {
      clockOffsetMs: 0,
      send: (record, op, timeoutMs, done) =>
        platform.send(record, op, timeoutMs, (verdict, meta) => hears(() => done(verdict, meta))),
      signIn: () => platform.signIn(),
    },
    ...(gateway === undefined ? {} : { gateway }),
    devicesOf: (laneId) => ({
      rsu:
        laneId === 'entry'
          ? null
          : {
              send: (command) => antenna.send(command),
              hasProof: false,
              silenceMs: 0,
              resultTimeMs: 5000,
              psams: () => [{ terminal: '1', authorised: null }],
            },
      barrier: {
        send: (command: BarrierCommand) =>
          void (command.do === 'open' && opens.push(command.passId)),
      },
      display: shows === undefined || laneId !== 'exit' ? null : { send: shows },
      place: fence as unknown as PlaceWatch,
    }),
    fatal: (fault) => {
      throw fault
    },
    idle: () => undefined,
    statusList:
      listAsOfMs === undefined
        ? simulatedList(business, new Set())
        : { version: '1', asOfMs: listAsOfMs, has: () => false },
    version: 'test',
    repair: 'B',
    times: standardTimes,
  })
  runtime.start()
  if (at === 'lane') dispatch({ type: 'barrierUp' })
  for (const name of at === 'lane' ? (['arrive', 'under'] as const) : [])
    dispatch({ type: 'loop', loop: name, state: 'off' })
  const lane = present(runtime.lanes.get('exit'), 'the exit')
  return { at, time, ledger, platform, opens, antenna, runtime, dispatch, lane, fence }
}
export type LateLot = ReturnType<typeof lateLot>

/** A car came in seventy minutes before that time; returns its stay. */
export function inside({ runtime }: LateLot, nowMs = runtime.nowMs()): string {
  const stayId = runtime.mint('S')
  runtime.append([cameIn(stayId, nowMs - 70 * 60_000)])
  return stayId
}
