// The board: the current state of the lot for people, built from the runtime's state. Read only. Steps and their times
// come from the event stream, so the board shows what really happened.
import { shownLines } from '#money/pure/billing/unknown-class.ts'
import type { Car, LaneTraceType } from '#lane/pure/lane.ts'
import type { StepName } from '#lane/pure/layouts/layout.ts'
import type { ClockReason } from '#lane/pure/lot/claim.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import type { QueueState } from '#ledger/pure/queue/queue.ts'
import type { OutboxRecord } from '#ledger/pure/queue/records.ts'
import { isoOf, parseIso, type InstantMs } from '../../pure/values/instant.ts'
import type { OrderLine } from '../../pure/rows/ledger-row.ts'
import type { RaisedBoom } from '../../pure/lot/raised-boom.ts'
import { isTestOrder } from '../../pure/values/test-order.ts'
import type { ClockDoubtView } from '#lane/calls/clock-views.ts'
import type { ClockDoubt } from '#ledger/pure/lot/clock-watch.ts'
import type { CarPlateView } from '#lane/calls/match-views.ts'
import type {
  BoardView,
  CarView,
  DeviceView,
  LaneSeen,
  LaneView,
  LineView,
  PassageView,
  StatusView,
  StepView,
} from '#lane/calls/views.ts'
import type { QueueRecordView, QueueStatusView } from '#ledger/calls/ledger-views.ts'
import { exposureFen } from '#lane/pure/etc/offline.ts'
import type { LedgerDay } from '#ledger/ports/ledger-service.ts'
import type { RuntimeEvent } from '#lane/lot/event-log.ts'
import type { PlateCandidate } from '#ledger/pure/lot/plate-match.ts'
import type { LaneHost } from '#lane/lot/lane-host.ts'

const stepOf: Partial<Record<LaneTraceType, StepName>> = {
  trigger: 'trigger',
  plateRead: 'plate',
  obuSeen: 'obu',
  orderMade: 'order',
  outcomeSynced: 'charge',
  barrierOpen: 'barrier',
}
/** Ends of a passage caused by a person. */
const byHand: readonly string[] = ['other', 'later', 'emergency']
const lastMax = 20
/** Shown long enough for somebody who was away for a moment. */
const openedAloneShownMs = 600_000
/** Nothing lowers the boom: after a lost link (safety rule 7), and after a minute over an empty lane. */
const leftUp: readonly string[] = ['notLowered', 'boomLeftOpen']

interface LaneTrack {
  triggerUs: number
  readonly at: Map<StepName, number>
  failed: string | null
  /** When the boom last rose without a command. */
  openedAloneAtMs: number | null
  /** Since when the boom was told as left up; null: it was seen down since. */
  leftUpAtMs: number | null
  searching: boolean
}

/** Why a person is needed: also when the car may pass but its boom does not open. */
const needOf = (car: Car | null): string | null =>
  car?.manual ?? (car?.notOpenedMs === undefined ? null : 'notOpened')

/** Follows the events of every lane, for step times and the list of the last passages. */
export class BoardTracker {
  private readonly tracks = new Map<string, LaneTrack>()
  readonly last: PassageView[] = []
  passagesToday = 0
  paidFenToday = 0
  private day = ''

  take(event: RuntimeEvent, host: LaneHost | undefined): void {
    if (host === undefined) return
    const track = this.trackOf(event.laneId)
    if (host.state.position === 'closed') track.leftUpAtMs = null
    if (event.type === 'trigger') {
      track.triggerUs = event.monoUs
      track.at.clear()
      track.failed = null
    }
    const step = stepOf[event.type]
    // A payment taken by a person is not an ETC charge, however long it took.
    const isTaken = step === 'charge' && byHand.includes(event.detail)
    if (step !== undefined && !isTaken && !track.at.has(step)) track.at.set(step, event.monoUs)
    if (event.type === 'fault') track.failed = event.detail
    if (event.type === 'fault' && event.detail === 'openedAlone')
      track.openedAloneAtMs = parseIso(event.atIso)
    if (event.type === 'fault' && leftUp.includes(event.detail))
      track.leftUpAtMs ??= parseIso(event.atIso)
    if (event.type !== 'carLeft') return
    this.left(event, host, track)
    // Later events belong to another car.
    track.at.clear()
    track.failed = null
  }

  /** The part of the day before this process started. Ignored after the first car has left in this process. */
  seed(day: LedgerDay, nowIso: string): void {
    if (this.last.length > 0) return
    this.day = nowIso.slice(0, 10)
    this.passagesToday = day.passages
    this.paidFenToday = day.paidFen
    for (const { atMs, ...passage } of day.last)
      this.last.push({ ...passage, atIso: isoOf(atMs), tookMs: null })
  }

  /** The day as the ledger has it, of a lot whose cars leave no lane. */
  follow(day: LedgerDay, nowIso: string): void {
    this.last.length = 0
    this.seed(day, nowIso)
  }

  /** At midnight the count becomes zero, whether or not a car leaves then. */
  today(nowIso: string): { passages: number; paidFen: number } {
    if (nowIso.slice(0, 10) !== this.day) return { passages: 0, paidFen: 0 }
    return { passages: this.passagesToday, paidFen: this.paidFenToday }
  }

  private left(event: RuntimeEvent, host: LaneHost, track: LaneTrack): void {
    const day = event.atIso.slice(0, 10)
    if (day !== this.day) {
      this.day = day
      this.passagesToday = 0
      this.paidFenToday = 0
    }
    this.passagesToday++
    const car = host.lastCar ?? host.state.car
    const counted = isTestOrder(car?.orderId) ? null : car
    const { amountFen = 0, takenFen = 0 } = counted ?? {}
    if (car?.pass?.cause === 'etc') this.paidFenToday += takenFen
    const openUs = track.at.get('barrier') ?? track.at.get('charge')
    this.last.unshift({
      atIso: event.atIso,
      laneId: event.laneId,
      stayId: event.stayId,
      plate: car?.plate ?? null,
      end: event.detail,
      photoId: car?.photo ?? null,
      amountFen,
      takenFen,
      // A passage handled by a person has no ETC duration.
      tookMs:
        openUs === undefined || byHand.includes(event.detail)
          ? null
          : Math.round((openUs - track.triggerUs) / 1000),
    })
    if (this.last.length > lastMax) this.forgetOne()
  }

  /** The oldest passage that is not the newest of its lane. */
  private forgetOne(): void {
    const isNewest = ({ laneId }: PassageView, i: number): boolean =>
      this.last.findIndex((one) => one.laneId === laneId) === i
    const i = this.last.findLastIndex((one, at) => !isNewest(one, at))
    if (i >= 0) this.last.splice(i, 1)
  }

  private trackOf(laneId: string): LaneTrack {
    let track = this.tracks.get(laneId)
    if (track === undefined) {
      const boom = { openedAloneAtMs: null, leftUpAtMs: null }
      track = { triggerUs: 0, at: new Map(), failed: null, ...boom, searching: false }
      this.tracks.set(laneId, track)
    }
    return track
  }

  /** Shown until the boom is down again, and at least for some time (F22). */
  openedAloneAtMs(host: LaneHost, nowMs: number): number | null {
    const { openedAloneAtMs: atMs } = this.trackOf(host.config.id)
    if (atMs === null) return null
    return host.state.position !== 'closed' || nowMs - atMs < openedAloneShownMs ? atMs : null
  }

  /** Shown until the boom is seen down. */
  leftUpAtMs(host: LaneHost): number | null {
    const track = this.trackOf(host.config.id)
    if (host.state.position === 'closed') track.leftUpAtMs = null
    return host.isRaisedByTest ? null : track.leftUpAtMs
  }

  steps(host: LaneHost): StepView[] {
    const track = this.trackOf(host.config.id)
    const names = host.layout.steps
    const busy = host.state.car !== null
    const { pass = null, manual: unsettled = null } = host.state.car ?? {}
    const mayGo = pass !== null && unsettled === null
    let waiting = busy
    const lastDone = names.findLastIndex((step) => track.at.has(step))
    return names.map((step, i) => {
      const us = busy ? track.at.get(step) : undefined
      if (us !== undefined)
        return { step, state: 'done', ms: Math.round((us - track.triggerUs) / 1000), reason: '' }
      const manual = needOf(host.state.car)
      // A car that is free, or paid before or by other means, skips the antenna steps.
      const isPassedOver = mayGo ? step !== 'barrier' : manual === null && i < lastDone
      if (isPassedOver) return { step, state: 'idle', ms: null, reason: '' }
      const state = !waiting ? 'idle' : manual === null ? 'busy' : 'failed'
      const reason = state === 'failed' ? (manual ?? '') : ''
      waiting = false
      return { step, state, ms: null, reason }
    })
  }
}

export const lineView = (line: OrderLine): LineView => ({
  fromIso: isoOf(line.fromMs),
  toIso: isoOf(line.toMs),
  rule: line.rule,
  amountFen: line.amountFen,
  text: line.text,
})

export const clockDoubtView = (clock: ClockReason): ClockDoubtView => ({
  cause: clock.cause,
  readIso: isoOf(clock.readMs),
  otherIso: clock.otherMs === null ? null : isoOf(clock.otherMs),
  suggestFen: clock.suggestFen,
})

export const clockDoubt = (doubt: ClockDoubt | null): Pick<StatusView['clock'], 'doubt'> =>
  doubt === null
    ? {}
    : { doubt: clockDoubtView({ ...doubt, otherMs: doubt.expectedMs, suggestFen: null }) }

/** Cars inside that may be the car in a lane, beside those that the lane found by its plate. */
interface OtherCars {
  /** Without a plate, for a car whose plate was not read either. */
  readonly unread: readonly PlateCandidate[]
  /** What each would owe now. */
  dueFenOf(stayId: string): number | null
}

function plateView({ match, candidates }: Car, { unread, dueFenOf }: OtherCars): CarPlateView {
  const seen = [...candidates, ...unread].map(({ enteredAtMs, photo, ...rest }) => ({
    ...rest,
    enteredAtIso: isoOf(enteredAtMs),
    photoId: photo,
    dueFen: dueFenOf(rest.stayId),
  }))
  return {
    ...(match === null ? {} : { match }),
    ...(seen.length === 0 ? {} : { candidates: seen }),
  }
}

function carView(car: Car, others: OtherCars, nowMs: number): CarView {
  return {
    sinceIso: isoOf(car.sinceMs),
    plate: car.plate,
    plateRaw: car.plateRaw,
    colour: car.colour,
    ...plateView(car, others),
    photoId: car.photo,
    stayId: car.stayId,
    orderId: car.orderId,
    enteredAtIso: car.enteredAtMs === null ? null : isoOf(car.enteredAtMs),
    stayMin:
      car.enteredAtMs === null ? null : Math.max(0, Math.floor((nowMs - car.enteredAtMs) / 60_000)),
    amountFen: car.amountFen,
    dueFen: car.dueFen,
    lines: shownLines(car.lines, car.obu?.vehicleClass ?? null).map(lineView),
    obuId: car.obu?.obuId ?? null,
    cardNo: car.obu?.cardNo ?? null,
    cardType: car.obu?.cardType ?? null,
    balanceFen: car.obu?.balanceFen ?? null,
    outTradeNo: car.deduction?.outTradeNo ?? null,
    manual: car.manual,
    ...(car.manual !== 'clockUnsure' || car.clock === null
      ? {}
      : { clock: clockDoubtView(car.clock) }),
    passCause: car.pass?.cause ?? null,
    ...(car.notOpenedMs === undefined ? {} : { notOpenedSinceIso: isoOf(car.notOpenedMs) }),
  }
}

/** Whether the next car can be charged by ETC, and what is missing. */
function etcOf({ state, config }: LaneHost, platformMissing: boolean): LaneView['etc'] {
  if (config.rsu === null) return undefined
  const gone = state.rsuReported ? 'antenna' : 'starting'
  const why = !state.rsuUp ? gone : platformMissing ? 'platform' : null
  return { ready: why === null, why }
}

/** An empty lane whose antenna is not in service cannot charge by ETC, which its state says. */
const stateOf = ({ state, config }: LaneHost, etc: LaneView['etc']): string =>
  state.name === 'idle' && config.place === undefined && etc?.why === 'antenna'
    ? 'noEtc'
    : state.name

const reusedOf = ({ config, reused }: LaneHost): Pick<LaneView, 'reused'> =>
  reused === null
    ? {}
    : {
        reused: {
          holder: reused.holder,
          far: reused.loops[config.direction === 'entry' ? 'exit' : 'entry'],
        },
      }

export function laneView(
  host: LaneHost,
  tracker: BoardTracker,
  seen: LaneSeen & {
    readonly payCode?: LaneView['payCode'] | undefined
    readonly payByCode?: LaneView['payByCode'] | undefined
    readonly paySilentSinceMs?: InstantMs | null
    readonly platformMissing?: boolean
    readonly debitEnd?: LaneView['debitEnd'] | undefined
  } & Partial<OtherCars>,
  nowMs: number,
): LaneView {
  const { state, config } = host
  const {
    devices,
    printers,
    display,
    payCode,
    payByCode,
    paySilentSinceMs = null,
    lastScan,
    calls = [],
    platformMissing = false,
    debitEnd,
    unread = [],
    dueFenOf = () => null,
  } = seen
  const etc = etcOf(host, platformMissing)
  const openedAloneAtMs = tracker.openedAloneAtMs(host, nowMs)
  const leftUpAtMs = tracker.leftUpAtMs(host)
  return {
    ...(openedAloneAtMs === null ? {} : { openedAloneAtIso: isoOf(openedAloneAtMs) }),
    ...(leftUpAtMs === null ? {} : { leftUpAtIso: isoOf(leftUpAtMs) }),
    laneId: config.id,
    name: config.name,
    direction: config.direction,
    layout: config.layout,
    picture: host.layout.picture,
    ...reusedOf(host),
    ...(host.layout.booth === undefined ? {} : { booth: true as const }),
    ...(config.place === undefined ? {} : { place: config.place.kind }),
    state: stateOf(host, etc),
    ...(etc === undefined ? {} : { etc }),
    steps: tracker.steps(host),
    car: state.car === null ? null : carView(state.car, { unread, dueFenOf }, nowMs),
    devices,
    ...(printers === undefined ? {} : { printers }),
    display,
    ...(payCode === undefined ? {} : { payCode }),
    ...(payByCode === undefined ? {} : { payByCode }),
    ...(paySilentSinceMs === null ? {} : { paySilentSinceIso: isoOf(paySilentSinceMs) }),
    ...(lastScan === undefined ? {} : { lastScan }),
    ...(calls.length === 0 ? {} : { calls }),
    barrier: {
      position: state.position,
      arrive: host.reused?.loops[config.direction] ?? state.arrive,
      under: state.under,
    },
    barrierArmed: host.barrierArmed,
    ...(debitEnd === undefined ? {} : { debitEnd }),
    searching: state.antennaOn && state.rsuUp,
    inDoubt: state.inDoubt,
    shown: { zh: state.shown.zh, en: state.shown.en },
  }
}

interface QueueAndLot {
  readonly queue: QueueState
  readonly lot: LotState
}

/** `queue status`: what is unsent, how old, how much money is at risk. */
export function queueStatus({ queue, lot }: QueueAndLot, nowMs: number): QueueStatusView {
  const { records, aside } = queue
  const oldestMs = records.oldestMs('any')
  const byState = Object.fromEntries(records.byState)
  for (const { state } of aside.values()) byState[state] = (byState[state] ?? 0) + 1
  return {
    unsent: records.size,
    byKind: Object.fromEntries(records.byKind),
    byState,
    byDestination: Object.fromEntries(records.byDestination),
    oldestAgeSec: oldestMs === null ? null : Math.max(0, Math.floor((nowMs - oldestMs) / 1000)),
    poison: aside.size + lot.notUploaded.size,
    exposureFen: exposureFen(queue, lot),
  }
}

export const recordView = (record: OutboxRecord): QueueRecordView => ({
  outboxId: record.outboxId,
  op: record.op,
  businessNo: record.businessNo,
  state: record.inFlight === null ? record.state : 'sending',
  attempts: record.attempts,
  atIso: isoOf(record.atMs),
  amountFen: record.amountFen,
  destination: record.destination,
  stayId: record.stayId,
  note: record.lastNote,
})

export const deviceOff: DeviceView = { state: 'off', heardMsAgo: null, link: '', detail: '' }

export const boardOf = (
  status: StatusView,
  lanes: readonly LaneView[],
  tracker: BoardTracker,
  raised: readonly RaisedBoom[] = [],
): BoardView => ({
  status,
  lanes,
  last: [...tracker.last],
  ...(raised.length === 0 ? {} : { raised }),
})
