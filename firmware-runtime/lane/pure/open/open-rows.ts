// The rows of a stay in an open lot: its beginning, its departure with the order, its end (8.1.2.2 b, c).
// Pure. The order is made once, for the time at which the car left its space; later collection uses that order.
import { stayMsMax } from '#money/pure/billing/price.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { plateSaid } from '#base/pure/plates/plate-said.ts'
import { orderRow } from '../lot/claim.ts'
import type { LotState, Stay } from '#ledger/pure/lot/lot-state.ts'
import {
  classLine,
  isDecidedByClass,
  paidBeforeFen,
  recordedBeside,
  recordedVehicle,
  stayPrice,
  vehicleOf,
  type AreaOf,
} from '../lot/stay-price.ts'
import { outTradeNoOf } from '#devices/pure/charge/charge-facts.ts'
import type { RowRequest } from '#devices/pure/charge/freeze-row.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { Minting, NodeOfLot } from '#base/pure/values/ids.ts'
import { bcdDateTimeOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { OrderEnd, RowBodies, RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { SpaceFact, SpacePlate } from './space-watch.ts'

interface OpenEnv extends Minting {
  /** The device that saw it: the watcher of the space, or the gantry. */
  readonly laneId: string
  readonly nowMs: InstantMs
  readonly areaOf?: AreaOf
}

type Arrival = Extract<SpaceFact, { do: 'arrive' }>

export const arrivalRow = (
  spaceId: string,
  { enteredAtMs, read, photo }: Arrival,
  env: OpenEnv,
): RowDraft => ({
  kind: 'stayOpened',
  atMs: env.nowMs,
  laneId: env.laneId,
  stayId: env.mint('S'),
  body: {
    plate: read?.plate ?? null,
    colour: read?.colour ?? 'unknown',
    enteredAtMs,
    noEntry: false,
    photo: read?.photo ?? photo,
    ...plateSaid(read),
    spaceId,
  },
})

export const plateRow = (
  stayId: string,
  { plate, plateRaw, colour, photo, confidence }: SpacePlate,
  env: Pick<OpenEnv, 'laneId' | 'nowMs'>,
): RowDraft => ({
  kind: 'plateRead',
  atMs: env.nowMs,
  laneId: env.laneId,
  stayId,
  body: { plate, plateRaw, colour, photo, ...plateSaid({ confidence }) },
})

type Left = Omit<RowBodies['spaceLeft'], 'spaceId'>

function owedUntil(lot: LotState, tariff: Tariff, stay: Stay, untilMs: InstantMs, areaOf?: AreaOf) {
  const { colour, enteredAtMs, record } = stay
  const toMs = Math.max(enteredAtMs, untilMs)
  const fromMs = Math.max(enteredAtMs, toMs - stayMsMax)
  const known = vehicleOf(stay, { colour, areaOf })
  // Where the OBU was read at the space, its class is known before the order is made.
  const ofObu = record?.obu.vehicleClass ?? 0
  const vehicle = { ...known, vehicleClass: ofObu < 1 ? null : ofObu }
  const priced = stayPrice(lot, tariff, stay, { fromMs, toMs, vehicle, areaOf })
  const amountFen = Math.max(0, priced.amountFen - paidBeforeFen(stay, fromMs))
  return { fromMs, toMs, known, vehicle, priced, amountFen }
}

/** What its order would be if it left now; null: its time is in doubt. */
export const owedNow = (
  lot: LotState,
  tariff: Tariff,
  stay: Stay,
  nowMs: InstantMs,
  areaOf: AreaOf,
): Fen | null =>
  stay.timeUnsure || nowMs < stay.enteredAtMs
    ? null
    : owedUntil(lot, tariff, stay, nowMs, areaOf).amountFen

/** Rows for a car that left its space: departure, order, and the end of the stay where nothing is due. */
export function departureRows(
  lot: LotState,
  tariff: Tariff,
  stay: Stay,
  left: Left,
  env: OpenEnv,
): readonly RowDraft[] {
  const { stayId, spaceId, plate } = stay
  if (spaceId === null) return []
  const owed = owedUntil(lot, tariff, stay, left.leftAtMs, env.areaOf)
  const { fromMs, toMs, known, vehicle, priced, amountFen } = owed
  const isByClass = isDecidedByClass(tariff, stay, { fromMs, toMs, vehicle })
  const orderId = env.mint('O')
  const { laneId, nowMs } = env
  const by = { laneId, nowMs, photo: stay.photo, plate, plateRaw: null }
  const order = orderRow(by, {
    stayId,
    orderId,
    amountFen,
    plate,
    fromMs,
    toMs,
    lines: isByClass
      ? [classLine(vehicle.vehicleClass ?? 0, fromMs), ...priced.lines]
      : priced.lines,
    tariffId: tariff.id,
    ...recordedVehicle(stay, isByClass ? vehicle : known),
    ...recordedBeside(priced),
  })
  return [
    { kind: 'spaceLeft', atMs: nowMs, laneId, stayId, body: { spaceId, ...left } },
    order,
    ...(amountFen === 0 ? [endRow(stay, orderId, 'free', left.leftAtMs, env)] : []),
  ]
}

/**
 * Rows of a charge through the platform by the OBU that was read at the space (8.1.2.4 f): intent and record in one
 * transaction; the answer is booked when it comes. Empty where nothing is due or no OBU was read.
 */
export function chargeRows(
  stay: Stay,
  rows: readonly RowDraft[],
  env: OpenEnv & NodeOfLot & { readonly offline: boolean },
): readonly RowRequest[] {
  const order = rows.find((row) => row.kind === 'orderMade')
  const { record, stayId, colour } = stay
  const { orderId, amountFen = 0 } = order ?? {}
  if (record === null || orderId === undefined || amountFen === 0) return []
  const { obu, laneId } = record
  const { lotId, nodeId, nowMs: atMs } = env
  const deductionId = `${orderId}.D1`
  const timeBcd = bcdDateTimeOf(atMs)
  const outTradeNo = outTradeNoOf({ lotId, nodeId, orderId, timeBcd, attempt: 1 })
  const plate = obu.obuPlate ?? stay.plate
  const refs = { laneId, stayId, orderId }
  const { obuId, cardNo } = obu
  const numbers = { deductionId, outTradeNo, businessNo: outTradeNo }
  const when = { enteredAtMs: stay.enteredAtMs, atMs }
  const said = obu.obuPlate === null ? {} : { plateBy: 'obu' as const }
  const facts = { ...refs, ...numbers, plate, colour, ...when, amountFen, obu, proof: null }
  return [
    {
      kind: 'intent',
      atMs,
      ...refs,
      deductionId,
      amountFen,
      body: { chargeMode: 'online', outTradeNo, plate, colour, obuId, cardNo },
    },
    {
      kind: 'freeze',
      atMs,
      outboxId: env.mint('U'),
      op: 'charge',
      facts: { ...facts, ...said, offline: env.offline },
    },
  ]
}

const endRow = (
  { stayId }: Stay,
  orderId: string,
  end: OrderEnd,
  leftAtMs: InstantMs,
  { laneId, nowMs }: Pick<OpenEnv, 'laneId' | 'nowMs'>,
): RowDraft => ({
  kind: 'stayClosed',
  atMs: nowMs,
  laneId,
  stayId,
  orderId,
  body: { end, leftAtMs },
})

/** How a stay whose car has left ends; null: the amount may still be collected. */
function endOf(lot: LotState, stay: Stay, nowMs: InstantMs, collectMs: number): OrderEnd | null {
  const order = stay.orders.at(-1)
  if (order === undefined) return null
  // A charge has no result yet: its outcome is not guessed, and nothing else is charged meanwhile.
  if (order.deductions.some(({ deductionId }) => lot.unsettled.has(deductionId))) return null
  if (order.settledOtherwise) return 'other'
  if (order.paidFen >= order.amountFen) return order.amountFen === 0 ? 'free' : 'etc'
  return nowMs - (stay.leftAtMs ?? nowMs) >= collectMs ? 'later' : null
}

/** Rows for stays that ended: paid, or so old that they became arrears of their plate. */
export const endRows = (
  lot: LotState,
  env: { readonly nowMs: InstantMs; readonly collectMs: number },
): readonly RowDraft[] =>
  [...lot.left.values()].flatMap((stay) => {
    const end = endOf(lot, stay, env.nowMs, env.collectMs)
    const order = stay.orders.at(-1)
    if (end === null || order === undefined) return []
    const at = { laneId: stay.entryLaneId, nowMs: env.nowMs }
    return [endRow(stay, order.orderId, end, stay.leftAtMs ?? env.nowMs, at)]
  })
