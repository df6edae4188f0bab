// Reservations for people: those of today, the link to their platform, and the check list of its standard. Read only:
// the platform makes and ends them.
import { byLaneKind, type LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import type {
  RequirementView,
  ReservationCheckView,
  ReservationLinkView,
  ReservationsView,
  ReservationView,
  ShareView,
} from '../../calls/reservation-views.ts'
import { keptBays } from '../../pure/reservation/admission.ts'
import { endOf, isAwaited, type HeldReservation } from '#ledger/pure/reservation/list.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import { faults, type LaneFault } from '#base/pure/faults/faults.ts'
import { dayMs, dayStartMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { Share } from '#base/pure/rows/reservation-row.ts'
import type { LotFactName, ReservationDialect } from '#ledger/ports/reservation.ts'
import type { ReservationService } from '../../reservation/reservation-service.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

export interface ReservationControl {
  readonly config: LotConfig
  readonly lot: LotState
  readonly dialect: ReservationDialect
  /** Null: the lot has none, or `fault` says why it cannot be used. */
  readonly service: ReservationService | null
  readonly fault: LaneFault | null
  nowMs(): InstantMs
}

const pad = (count: number): string => String(count).padStart(2, '0')
const clockOf = (min: number): string => `${pad(Math.floor(min / 60))}:${pad(min % 60)}`

function stateOf(held: HeldReservation, lot: LotState, nowMs: InstantMs): ReservationView['state'] {
  const { state, stayId, reservation } = held
  if (state === 'open') return isAwaited(held, nowMs) ? 'awaited' : 'open'
  if (state !== 'used') return state
  if (lot.reservations.byStay.get(stayId ?? '') !== reservation.orderNo) return 'left'
  return endOf(held) <= nowMs ? 'overstayed' : 'inside'
}

const reservationView = (
  held: HeldReservation,
  lot: LotState,
  nowMs: InstantMs,
): ReservationView => {
  const { orderNo, kind, plate, fromMs, terms, shareNo } = held.reservation
  const state = stateOf(held, lot, nowMs)
  const [fromIso, toIso] = [isoOf(fromMs), isoOf(endOf(held))]
  return { orderNo, kind, plate, fromIso, toIso, terms, shareNo, state, stayId: held.stayId }
}

const shareView = ({ shareNo, spaces, fromMs, toMs, fromMin, toMin, parts }: Share): ShareView => ({
  shareNo,
  bays: spaces,
  fromIso: isoOf(fromMs),
  toIso: isoOf(toMs),
  dayFrom: clockOf(fromMin),
  dayTo: clockOf(toMin),
  providers: parts,
})

function linkView(service: ReservationService, { config, lot }: ReservationControl) {
  const { sender, receiver, retained, detail, sinceMs } = service
  const { lastSeq } = lot.reservations
  const ackSeq = sender.ackedSeq
  const view: ReservationLinkView = {
    broker: config.reservation?.broker ?? '',
    state: sender.state,
    detail,
    sinceIso: isoOf(sinceMs),
    lastSeq,
    ackSeq,
    unsent: lastSeq - ackSeq,
    behindSeq: sender.behindSeq,
    received: Object.fromEntries(receiver.counts),
    retained,
    http: service.exchanges,
  }
  return view
}

function viewOf(of: ReservationControl): ReservationsView {
  const { lot, service, fault, config } = of
  const nowMs = of.nowMs()
  const fromMs = dayStartMs(nowMs)
  const { byOrder, shares, isFlowControlled, level } = lot.reservations
  const today = [...byOrder.values()].filter(
    ({ reservation }) => reservation.fromMs < fromMs + dayMs && reservation.toMs > fromMs,
  )
  return {
    isOn: config.reservation !== undefined,
    fault: fault === null ? null : { code: fault.code, what: faults[fault.code].what },
    link: service === null ? null : linkView(service, of),
    isFlowControlled,
    level,
    keptBays: keptBays(lot.reservations, nowMs),
    today: today
      .toSorted((a, b) => a.reservation.fromMs - b.reservation.fromMs)
      .map((held) => reservationView(held, lot, nowMs)),
    shares: [...shares.values()].map(shareView),
  }
}

/** The values in the lot file that decide a row of the check list: met or not, with the values. */
const factsOf = ({
  config,
  service,
}: ReservationControl): Readonly<Record<LotFactName, readonly [boolean, string]>> => {
  const lanes = config.lanes.filter(({ place }) => place === undefined)
  const every = (kind: LaneKind): readonly [boolean, string] => {
    const without = lanes.filter(
      (lane) => lane[kind] === null && lane.sharesBarrierOf === undefined,
    )
    return [without.length === 0, without.map(({ id }) => id).join(' ')]
  }
  const { reservation, capacity, time, spaces, help, copies } = config
  const reserved = reservation?.spaces ?? 0
  return {
    platform: [service !== null, reservation?.broker ?? ''],
    spaces: [reservation !== undefined && reserved <= capacity, `${reserved}/${capacity}`],
    ...byLaneKind(every),
    time: [(time?.servers ?? time?.receiver) !== undefined, time?.servers?.join(' ') ?? ''],
    shared: [(spaces ?? []).length > 0, String(spaces?.length ?? 0)],
    fallback: [reservation?.url !== undefined, reservation?.url ?? ''],
    help: [help !== undefined, ''],
    copies: [copies !== undefined, copies?.to ?? ''],
  }
}

function checkOf(of: ReservationControl): ReservationCheckView {
  const { standard, requirements, deadlines } = of.dialect
  const facts = factsOf(of)
  const rows = requirements.map(({ id, zh, en, judge }): RequirementView => {
    const what = { zh, en }
    if (judge === 'person') return { id, what, verdict: 'person', value: '' }
    const [isMet, value] = facts[judge]
    return { id, what, verdict: isMet ? 'met' : 'notMet', value }
  })
  return { standard, requirements: rows, deadlines }
}

const none: ReservationsView = {
  isOn: false,
  fault: null,
  link: null,
  isFlowControlled: false,
  level: 0,
  keptBays: 0,
  today: [],
  shares: [],
}

type Own = Lot<never, { reservation: ReservationControl }>

export const reservationCalls = defineCalls(({ reservation: of }: Own) => ({
  'reservation.get': () => (of === undefined ? none : viewOf(of)),
  'reservation.check': () =>
    of === undefined ? { standard: '', requirements: [], deadlines: [] } : checkOf(of),
}))
