// Acts of another billing system on its orders: what forbids each, and its rows. Pure; the caller makes the rows durable.
import { LaneFault, type FaultCode, type Why } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { instantOfIso, isoOf, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import type { Minting } from '#base/pure/values/ids.ts'
import { normalisePlate } from '#base/pure/plates/plate.ts'
import type { OrderLine, RowDraft, RowRefs } from '#base/pure/rows/ledger-row.ts'
import { isSamePerson } from '#base/pure/values/same-person.ts'
import type { OrderToCharge, RefundToMake, Review, Settlement } from './order-shapes.ts'
import {
  numberKey,
  stateOf,
  type SentOrder,
  type SentOrders,
  type SentRefund,
} from './sent-orders.ts'

/** Largest difference between the two clocks, ms. */
const clockDifferenceMs = 300_000
/** Largest number of orders that one billing system may have open. */
const openOrdersMax = 20_000

/** The lanes that take orders of a partner: of an enclosed lot, and whether a gantry takes those of cars that have left. */
export interface PartnerLanes {
  readonly lanes: readonly string[]
  readonly hasGantry: boolean
}

interface ActEnv extends Minting {
  readonly nowMs: InstantMs
  readonly partnerId: string
}

function refuse(code: FaultCode, field: string, value: string | number | null, note?: Why): never {
  throw new LaneFault(code, {
    field,
    value: value === null ? 'null' : String(value),
    ...(note === undefined ? {} : { note }),
  })
}

const unfit = (field: string, value: string | number | null, zh: string, en: string): never =>
  refuse('ORDER-09', field, value, t(zh, en))

export function sentOrderOf(sent: SentOrders, partnerId: string, orderNo: string): SentOrder {
  const orderId = sent.byNo.get(numberKey(partnerId, orderNo))
  const order = sent.byId.get(orderId ?? '')
  return order ?? refuse('ORDER-04', '/orderNo', orderNo)
}

export function sentRefundOf(sent: SentOrders, partnerId: string, refundNo: string): SentRefund {
  const refundId = sent.refundNos.get(numberKey(partnerId, refundNo))
  return sent.refunds.get(refundId ?? '') ?? refuse('ORDER-04', '/refundNo', refundNo)
}

const iso = (atMs: InstantMs | null): string => (atMs === null ? 'null' : isoOf(atMs))

/** The first member in which the order differs from what its number stands for; null: it is the same order. */
function differs(
  order: SentOrder,
  asked: OrderToCharge,
): readonly [string, string | number] | null {
  const at = (text: string | null): InstantMs | null => (text === null ? null : parseIso(text))
  if (order.stayNo !== asked.stayNo) return ['/stayNo', asked.stayNo]
  if (order.laneId !== asked.laneId) return ['/laneId', asked.laneId ?? 'null']
  if (order.plate !== normalisePlate(asked.plate)) return ['/plate', asked.plate]
  if (order.colour !== asked.colour) return ['/colour', asked.colour]
  if (order.enteredAtMs !== at(asked.enteredAtIso)) return ['/enteredAtIso', asked.enteredAtIso]
  if (order.leftAtMs !== at(asked.leftAtIso)) return ['/leftAtIso', asked.leftAtIso ?? 'null']
  if (order.madeAtMs !== at(asked.madeAtIso)) return ['/madeAtIso', asked.madeAtIso]
  return order.amountFen === asked.amountFen ? null : ['/amountFen', asked.amountFen]
}

function checkLane({ laneId, leftAtIso }: OrderToCharge, { lanes, hasGantry }: PartnerLanes): void {
  if (laneId === null) {
    if (!hasGantry) unfit('/laneId', laneId, '停车场没有门架天线', 'the car park has no gantry')
    if (leftAtIso === null)
      unfit(
        '/leftAtIso',
        leftAtIso,
        '没有车道的订单要有驶离时间',
        'an order without a lane needs the time of leaving',
      )
    return
  }
  if (!lanes.includes(laneId))
    unfit(
      '/laneId',
      laneId,
      '不是收这个计费系统订单的车道',
      'not a lane that takes orders of this billing system',
    )
  if (leftAtIso !== null)
    unfit('/leftAtIso', leftAtIso, '车还在车道里', 'the car is still in the lane')
}

interface OrderTimes {
  readonly enteredAtMs: InstantMs
  readonly leftAtMs: InstantMs | null
  readonly madeAtMs: InstantMs
}

function checkedTimes(asked: OrderToCharge, nowMs: InstantMs): OrderTimes {
  const at = (field: string, text: string): InstantMs =>
    parseIso(text) ?? unfit(field, text, '要写带时区的时间', 'a time with its offset is needed')
  const madeAtMs = at('/madeAtIso', asked.madeAtIso)
  const enteredAtMs = at('/enteredAtIso', asked.enteredAtIso)
  const leftAtMs = asked.leftAtIso === null ? null : at('/leftAtIso', asked.leftAtIso)
  if (Math.abs(madeAtMs - nowMs) > clockDifferenceMs)
    unfit(
      '/madeAtIso',
      asked.madeAtIso,
      `与接入系统的时钟 ${isoOf(nowMs)} 相差超过 5 分钟`,
      `more than 5 minutes from the clock of the access system, ${isoOf(nowMs)}`,
    )
  if (enteredAtMs > madeAtMs)
    unfit('/enteredAtIso', asked.enteredAtIso, '晚于定价时间', 'later than the amount was fixed')
  if (leftAtMs !== null && (leftAtMs < enteredAtMs || leftAtMs > madeAtMs))
    unfit('/leftAtIso', iso(leftAtMs), '要在入场与定价之间', 'must lie between arrival and pricing')
  return { enteredAtMs, leftAtMs, madeAtMs }
}

/** Its lines: the amount is the other system's, so there is one. */
const lineOf = (
  { enteredAtMs: fromMs, leftAtMs, madeAtMs }: OrderTimes,
  amountFen: Fen,
): OrderLine => ({
  fromMs,
  toMs: leftAtMs ?? madeAtMs,
  rule: 'sent',
  amountFen,
  text: t('由停车计费系统定价', 'Priced by the parking billing system'),
})

/** Open orders of one partner; counted only where all of them could be too many. */
function openOf({ open, byId }: SentOrders, partnerId: string): number {
  if (open.size < openOrdersMax) return open.size
  return [...open].filter((orderId) => byId.get(orderId)?.partnerId === partnerId).length
}

/** Rows of a new order; null: the same order is known already. Throws ORDER-06, ORDER-09, ORDER-10. */
export function openRows(
  sent: SentOrders,
  asked: OrderToCharge,
  of: PartnerLanes,
  env: ActEnv,
): readonly RowDraft[] | null {
  const { partnerId, nowMs } = env
  const { orderNo, stayNo, laneId, colour, amountFen } = asked
  const known = sent.byId.get(sent.byNo.get(numberKey(partnerId, orderNo)) ?? '')
  if (known !== undefined) {
    const other = differs(known, asked)
    return other === null ? null : refuse('ORDER-06', ...other)
  }
  checkLane(asked, of)
  const plate =
    normalisePlate(asked.plate) ?? unfit('/plate', asked.plate, '不是一个车牌', 'not one plate')
  const times = checkedTimes(asked, nowMs)
  const inLane = sent.byId.get(sent.byLane.get(laneId ?? '') ?? '')
  if (inLane !== undefined) refuse('ORDER-10', '/laneId', laneId, inLane.orderNo)
  if (openOf(sent, partnerId) >= openOrdersMax) refuse('ORDER-10', '/orderNo', orderNo)
  const open = sent.byId.get(sent.byStay.get(numberKey(partnerId, stayNo)) ?? '')
  if (open !== undefined)
    unfit(
      '/stayNo',
      stayNo,
      `它的订单 ${open.orderNo} 还没有结束`,
      `its order ${open.orderNo} has not ended`,
    )
  const stayId = env.mint('S')
  const orderId = env.mint('O')
  const { enteredAtMs, leftAtMs, madeAtMs } = times
  const refs = { stayId, ...(laneId === null ? {} : { laneId }) }
  return [
    {
      kind: 'stayOpened',
      atMs: nowMs,
      ...refs,
      body: { plate, colour, enteredAtMs, noEntry: true, photo: null },
    },
    {
      kind: 'orderMade',
      atMs: nowMs,
      ...refs,
      orderId,
      amountFen,
      body: {
        tariffId: `sent ${partnerId}`,
        fromMs: enteredAtMs,
        toMs: leftAtMs ?? madeAtMs,
        lines: [lineOf(times, amountFen)],
        plate,
        plateRaw: asked.plate,
        sent: { partnerId, orderNo, stayNo, laneId, leftAtMs, madeAtMs, colour },
      },
    },
  ]
}

const refsOf = ({ stayId, orderId, laneId }: SentOrder) => ({
  stayId,
  orderId,
  ...(laneId === null ? {} : { laneId }),
})

/** Rows of another payment; null: it was settled like this before. Throws ORDER-06 to ORDER-09. */
export function settleRows(
  order: SentOrder,
  { means, amountFen, atIso }: Settlement,
  env: ActEnv,
): readonly RowDraft[] | null {
  if (order.end === 'settled') {
    if (order.settled?.means !== means) refuse('ORDER-06', '/means', means)
    if (order.settled.amountFen !== amountFen) refuse('ORDER-06', '/amountFen', amountFen)
    return null
  }
  mayEnd(order)
  const isFree = means === 'free'
  if (isFree !== (amountFen === 0))
    unfit('/amountFen', amountFen, '免收时为 0,否则大于 0', '0 where it is free, more otherwise')
  if (amountFen > order.amountFen)
    unfit('/amountFen', amountFen, '多于订单金额', 'more than the order')
  if (Math.abs(instantOfIso(atIso) - env.nowMs) > clockDifferenceMs)
    unfit('/atIso', atIso, '与时钟相差超过 5 分钟', 'more than 5 minutes from the clock')
  const { nowMs: atMs, partnerId } = env
  const taken = isFree ? 'free' : 'billing'
  const body = { paymentId: env.mint('M'), means: taken, by: partnerId, reason: means } as const
  return [{ kind: 'payment', atMs, ...refsOf(order), amountFen, body }]
}

/** Throws ORDER-07 while a charge runs, ORDER-08 once the order has ended. */
function mayEnd(order: SentOrder): void {
  const { orderNo, end } = order
  if (end !== null) refuse('ORDER-08', '/orderNo', orderNo, end)
  if (stateOf(order) === 'charging') refuse('ORDER-07', '/orderNo', orderNo)
}

/**
 * Rows of a withdrawal; null: it was withdrawn before. Throws ORDER-06 for another reason, ORDER-07 also while a charge has no
 * result.
 */
export function withdrawRows(
  order: SentOrder,
  why: string,
  { nowMs: atMs }: Pick<ActEnv, 'nowMs'>,
): readonly RowDraft[] | null {
  if (order.end === 'withdrawn') {
    if ((order.withdrawnFor ?? why) !== why) refuse('ORDER-06', '/reason', why)
    return null
  }
  mayEnd(order)
  if (stateOf(order) === 'unknown') refuse('ORDER-07', '/orderNo', order.orderNo)
  return [{ kind: 'sentOrder', atMs, ...refsOf(order), body: { what: 'withdrawn', why } }]
}

/**
 * Rows of a review by the other billing system; null: it said so before. `outboxId`: the record of the charge, where it is still
 * to be sent. A disputed charge by the platform is not made: its record was kept back, and ends. Throws ORDER-08, ORDER-09.
 */
export function reviewRows(
  order: SentOrder,
  { result, outTradeNo, amountFen, plate }: Review,
  { nowMs: atMs, partnerId, outboxId }: Pick<ActEnv, 'nowMs' | 'partnerId'> & OfRecord,
): readonly RowDraft[] | null {
  const { charge, review } = order
  if (charge === null && order.disputedNo === outTradeNo) return null
  if (charge === null || charge.outTradeNo !== outTradeNo)
    return unfit('/outTradeNo', outTradeNo, '不是这张订单的扣费', 'not the charge of this order')
  // A price or plate that the other side reads differently is a dispute, whatever it calls it.
  const odd =
    amountFen !== charge.amountFen
      ? `amountFen ${amountFen}`
      : normalisePlate(plate) !== order.plate
        ? `plate ${plate}`
        : ''
  const said = odd === '' ? result : 'disputed'
  if (review === said) return null
  // A dispute ends where the other side agrees after all.
  const mayAnswer = review === 'asked' || (review === 'disputed' && said === 'agreed')
  if (!mayAnswer) refuse('ORDER-08', '/orderNo', order.orderNo, review ?? 'null')
  const refs = { ...refsOf(order), deductionId: charge.deductionId }
  const body = { result: said, by: partnerId, why: odd }
  const row: RowDraft = { kind: 'review', atMs, ...refs, body }
  const isMade = said === 'agreed' || charge.state === 'paid' || outboxId === null
  return isMade ? [row] : [row, ...neverMade(refs, charge, outboxId, atMs)]
}

interface OfRecord {
  readonly outboxId: string | null
}

/** The charge was never requested, because its record waited for the review: it ends, and so does the record. */
function neverMade(
  refs: RowRefs,
  { amountFen, cardNo }: NonNullable<SentOrder['charge']>,
  outboxId: string,
  atMs: InstantMs,
): RowDraft[] {
  const note = 'disputed'
  const outcome = { state: 'refused', source: 'lane', reason: note } as const
  const answer = { attempt: 0, httpStatus: null, respCode: null, requestId: null, tradeNo: null }
  return [
    {
      kind: 'outcome',
      atMs,
      ...refs,
      amountFen,
      body: { ...outcome, obuId: null, cardNo, proof: null },
    },
    { kind: 'outboxState', atMs, ...refs, body: { outboxId, state: 'rejected', ...answer, note } },
  ]
}

/** What the same refund has beside its order. */
const refundMembers = ['amountFen', 'reason', 'operator', 'approvedBy'] as const

/** Throws ORDER-06 to ORDER-09 where a refund of that order is not allowed; null: it was asked for before. */
export function refundBarOf(
  sent: SentOrders,
  order: SentOrder,
  asked: RefundToMake,
  partnerId: string,
): SentRefund | null {
  const { refundNo, amountFen, operator, approvedBy } = asked
  const known = sent.refunds.get(sent.refundNos.get(numberKey(partnerId, refundNo)) ?? '')
  if (known !== undefined) {
    if (known.orderId !== order.orderId) refuse('ORDER-06', '/orderNo', asked.orderNo)
    for (const name of refundMembers)
      if (known[name] !== asked[name]) refuse('ORDER-06', `/${name}`, asked[name])
    return known
  }
  if (isSamePerson(operator, approvedBy))
    unfit('/approvedBy', approvedBy, '申请与批准是同一人', 'the same person asked and approved')
  if (order.end !== 'paid') unfit('/orderNo', order.orderNo, '不是 ETC 付的', 'not paid by ETC')
  const leftFen = order.paidFen - order.refundedFen
  if (amountFen > leftFen)
    unfit('/amountFen', amountFen, `还可以退 ${leftFen} 分`, `${leftFen} fen are left`)
  return null
}

interface OpenStays {
  readonly stays: ReadonlyMap<string, { readonly orders: readonly { readonly orderId: string }[] }>
  readonly sent: SentOrders
}

/** Rows that end the stays of orders that have ended, and whose car no lane has. */
export function endedStayRows(
  { stays, sent }: OpenStays,
  inLanes: ReadonlySet<string>,
  nowMs: InstantMs,
): readonly RowDraft[] {
  const rows: RowDraft[] = []
  for (const stayId of sent.ending) {
    const stay = stays.get(stayId)
    const order = sent.byId.get(stay?.orders.at(-1)?.orderId ?? '')
    if (stay === undefined || order === undefined || order.end === null || inLanes.has(stayId))
      continue
    const end = order.end === 'paid' ? 'etc' : order.end === 'withdrawn' ? 'open' : 'other'
    rows.push({
      kind: 'stayClosed',
      atMs: nowMs,
      ...refsOf(order),
      body: { end, leftAtMs: order.leftAtMs ?? nowMs },
    })
  }
  return rows
}
