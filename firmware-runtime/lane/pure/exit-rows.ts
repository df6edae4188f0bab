// The ledger rows an exit lane asks for: intents, outcomes, payments, stays closed.
// One place, so that every path writes the same facts in the same words.
import { plateSaid } from '#base/pure/plates/plate-said.ts'
import type { Cash } from '#base/pure/values/cash.ts'
import type { PaymentMeans } from '#base/pure/values/payment-means.ts'
import type { ExceptionWord } from '#base/pure/words/exception-words.ts'
import { outTradeNoOf, type ChargeFacts } from '#devices/pure/charge/charge-facts.ts'
import type { ChargeFreeze } from '#devices/pure/charge/freeze-row.ts'
import { orderRow, noEntryRow } from './lot/claim.ts'
import { overchargedReason } from '#base/pure/values/refund-means.ts'
import { present } from '#base/pure/values/must.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { bcdDateTimeOf } from '#base/pure/values/instant.ts'
import type {
  DebitProof,
  DeductionState,
  OrderEnd,
  OrderLine,
  PassCause,
  RowBodies,
  RowDraft,
} from '#base/pure/rows/ledger-row.ts'
import type { AuditedAct, Car, CarDeduction, LaneEnv } from './lane.ts'

interface Refs {
  readonly laneId: string
  readonly stayId: string
  readonly orderId: string
}

const refsOf = (car: Car, env: LaneEnv): Refs => ({
  laneId: env.laneId,
  stayId: present(car.stayId, 'a charged car has a stay'),
  orderId: present(car.orderId, 'a charged car has an order'),
})

/** The next deduction of this car's order: its numbers are made here, before anything is sent. */
export function nextDeduction(car: Car, env: LaneEnv): CarDeduction {
  const { orderId } = refsOf(car, env)
  const attempt = car.tries + 1
  return {
    deductionId: `${orderId}.D${attempt}`,
    outTradeNo: outTradeNoOf({
      lotId: env.lotId,
      nodeId: env.nodeId,
      orderId,
      timeBcd: bcdDateTimeOf(env.nowMs),
      attempt,
    }),
    state: 'intent',
  }
}

export const intentRow = (car: Car, deduction: CarDeduction, env: LaneEnv): RowDraft => ({
  kind: 'intent',
  atMs: env.nowMs,
  ...refsOf(car, env),
  deductionId: deduction.deductionId,
  amountFen: car.dueFen,
  body: {
    chargeMode: env.chargeMode,
    outTradeNo: deduction.outTradeNo,
    plate: car.plate,
    colour: car.colour,
    obuId: car.obu?.obuId ?? null,
    cardNo: car.obu?.cardNo ?? null,
  },
})

export function outcomeRow(
  car: Car,
  env: LaneEnv,
  outcome: {
    state: Exclude<DeductionState, 'intent'>
    source: RowBodies['outcome']['source']
    reason: string
    proof?: DebitProof | null
  },
): RowDraft {
  const deduction = present(car.deduction, 'an outcome belongs to a deduction')
  return {
    kind: 'outcome',
    atMs: env.nowMs,
    ...refsOf(car, env),
    deductionId: deduction.deductionId,
    amountFen: car.dueFen,
    body: {
      state: outcome.state,
      source: outcome.source,
      reason: outcome.reason,
      // After a restart only the armed row knows the card.
      obuId: car.obu?.obuId ?? car.suspect?.offer.obuId ?? null,
      cardNo: car.obu?.cardNo ?? car.suspect?.offer.cardNo ?? null,
      proof: outcome.proof ?? null,
    },
  }
}

export const paymentRow = (
  car: Car,
  env: LaneEnv,
  payment: { means: PaymentMeans; amountFen: Fen; act: AuditedAct | null; cash?: Cash },
): RowDraft => ({
  kind: 'payment',
  atMs: env.nowMs,
  ...refsOf(car, env),
  ...(payment.means === 'etc' && car.deduction !== null
    ? { deductionId: car.deduction.deductionId }
    : {}),
  amountFen: payment.amountFen,
  body: {
    paymentId: env.mint('M'),
    means: payment.means,
    by: payment.act?.by ?? null,
    reason: payment.act?.reason ?? null,
    ...payment.cash,
  },
})

/** The rows of an ETC success: the outcome and the payment, in one transaction. */
export const paidRows = (
  car: Car,
  env: LaneEnv,
  source: RowBodies['outcome']['source'],
  proof: DebitProof | null,
): RowDraft[] => [
  outcomeRow(car, env, { state: 'paid', source, reason: 'paid', proof }),
  paymentRow(car, env, { means: 'etc', amountFen: car.dueFen, act: null }),
]

/** A card lost more than requested: a refund of the excess, to be made by people. */
export const overchargeRow = (car: Car, env: LaneEnv, amountFen: Fen): RowDraft => {
  const deduction = present(car.deduction, 'a charged car has a deduction')
  return {
    kind: 'refund',
    atMs: env.nowMs,
    ...refsOf(car, env),
    deductionId: deduction.deductionId,
    amountFen,
    body: {
      refundId: env.mint('R'),
      outTradeNo: deduction.outTradeNo,
      reason: overchargedReason,
      operator: 'system',
      approvedBy: null,
    },
  }
}

/** A card-mode intent that C6 never followed: certain, because C6 needs an `armed` row first. */
export const neverSentRow = (car: Car, env: LaneEnv, reason: string): RowDraft =>
  outcomeRow(car, env, { state: 'refused', source: 'lane', reason })

const endOfCause: Record<PassCause, OrderEnd> = {
  entry: 'open',
  etc: 'etc',
  free: 'free',
  other: 'other',
  later: 'later',
  emergency: 'later',
}

/** A charge may be paid after the car was let go, and before it is gone. */
function endOf({ pass, orderId }: Car, env: LaneEnv): OrderEnd {
  if (pass === null) return 'open'
  const end = endOfCause[pass.cause]
  return end === 'later' && orderId !== null && env.paidByEtc(orderId) ? 'etc' : end
}

export const closedRow = (car: Car, env: LaneEnv): RowDraft => ({
  kind: 'stayClosed',
  atMs: env.nowMs,
  laneId: env.laneId,
  stayId: present(car.stayId, 'a leaving car has a stay'),
  ...(car.orderId === null ? {} : { orderId: car.orderId }),
  body: {
    end: endOf(car, env),
    leftAtMs: env.nowMs,
    ...(car.photo === null ? {} : { photo: car.photo }),
    ...plateSaid(car.reading),
  },
})

/**
 * Creates the missing order, and the missing stay, of a car at the exit when a person settles it. An amount set by a
 * person has no priced lines.
 */
export function afterTheFact(
  car: Car,
  env: LaneEnv,
  amountFen: Fen,
  lines: readonly OrderLine[] = [],
): { car: Car; rows: RowDraft[] } {
  const stayId = car.stayId ?? env.mint('S')
  const orderId = env.mint('O')
  const request = {
    laneId: env.laneId,
    plate: car.plate,
    colour: car.colour,
    photo: car.photo,
    nowMs: env.nowMs,
  }
  const rows = [
    ...(car.stayId === null ? [noEntryRow(request, stayId)] : []),
    orderRow(
      { laneId: env.laneId, nowMs: env.nowMs, ...car },
      {
        stayId,
        orderId,
        amountFen,
        plate: car.plate,
        fromMs: env.nowMs,
        lines,
        tariffId: env.tariff.id,
      },
    ),
  ]
  return {
    car: {
      ...car,
      stayId,
      orderId,
      amountFen,
      dueFen: amountFen,
      lines,
      enteredAtMs: car.enteredAtMs ?? env.nowMs,
    },
    rows,
  }
}

/** Facts for the platform's record of this car's charge. */
export function chargeFacts(
  car: Car,
  env: LaneEnv,
  more: Pick<ChargeFacts, 'proof' | 'offline'>,
): ChargeFacts {
  const { deductionId, outTradeNo } = present(car.deduction, 'a charge has a deduction')
  return {
    deductionId,
    outTradeNo,
    businessNo: outTradeNo,
    ...refsOf(car, env),
    plate: car.plate,
    colour: car.colour,
    enteredAtMs: car.enteredAtMs ?? env.nowMs,
    atMs: env.nowMs,
    amountFen: car.dueFen,
    ...(car.reading?.by === undefined ? {} : { plateBy: car.reading.by }),
    obu: car.obu,
    ...more,
  }
}

/** The record of a charge, for a lot that has a platform. */
export const freezeRow = (
  env: LaneEnv,
  op: ChargeFreeze['op'],
  facts: ChargeFacts,
): ChargeFreeze => ({ kind: 'freeze', atMs: env.nowMs, outboxId: env.mint('U'), op, facts })

/**
 * An exception of this passage (P14). A lot with a platform reports it as soon as the outcome for the car is
 * known (ledger/pure/lot/exception-reports.ts).
 */
export function exceptionRow(
  car: Car,
  env: LaneEnv,
  exceptionType: ExceptionWord,
  reason: string,
): RowDraft {
  const report = {
    exceptionNo: env.mint('X'),
    outTradeNo: car.deduction?.outTradeNo ?? null,
    plate: car.plate,
    obuId: car.obu?.obuId ?? null,
    cardNo: car.obu?.cardNo ?? null,
  }
  return {
    kind: 'exception',
    atMs: env.nowMs,
    laneId: env.laneId,
    ...(car.stayId === null ? {} : { stayId: car.stayId }),
    ...(car.orderId === null ? {} : { orderId: car.orderId }),
    body: {
      exceptionType,
      reason,
      detail: car.plateRaw ?? '',
      ...(env.hasPlatform && !env.byOrder ? { report } : {}),
    },
  }
}
