// What a row changes in the figures (docs/centre.md, "Figures"), as the lot's own books count it: ledger.sums, the hours
// of a day and the report of a day. Pure.
import type { InstantMs } from '#base/pure/values/instant.ts'
import { fenMax } from '#base/pure/values/fen.ts'
import { wentBy, type RefundMeans } from '#base/pure/values/refund-means.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import type { Placed } from './day.ts'
import { neededText, numberOf, textOf, Unfoldable, type FoldRow } from './row.ts'

export interface Stay {
  readonly stayId: string
  readonly day: string
  readonly plate: string | null
  readonly colour: string
  readonly enteredAtMs: InstantMs
  readonly leftAtMs: InstantMs | null
  /** Null: open. */
  readonly ended: string | null
  readonly noEntry: boolean
  /** Null: it came in through no lane. */
  readonly entryLane: string | null
  readonly exitLane: string | null
  readonly orderFen: number
  readonly paidFen: number
  readonly backFen: number
  readonly firstSeq: number
  readonly lastSeq: number
  readonly oddClock: boolean
}

/** Asked for, and not carried out yet. */
export interface OpenRefund {
  readonly refundId: string
  readonly fen: number
  readonly stayId: string | null
  readonly orderId: string | null
}

export interface Money {
  readonly what: 'payment' | 'refund'
  readonly means: string
  readonly fen: number
  readonly stayId: string | null
  readonly orderId: string | null
}

export interface Changes {
  /** As it is after the row. */
  readonly stay?: Stay
  readonly money?: Money
  /** A car came in or left through a lane. */
  readonly flow?: 'entered' | 'left'
  readonly asked?: OpenRefund
  /** Carried out. */
  readonly refunded?: OpenRefund
}

/** What the rows before say of the stay and of the refund that a row names. */
interface Known {
  readonly stay: Stay | null
  readonly refund: OpenRefund | null
}

/** Number of the refund that a row ends or begins; null for other rows. Throws Unfoldable. */
export function refundIdOf({ seq, kind, body }: FoldRow): string | null {
  if (kind === 'refund' || kind === 'refundState') return neededText(seq, body, 'refundId')
  const isOfCode = kind === 'pay' && (body['row'] === 'refund' || body['row'] === 'refundDone')
  return isOfCode ? neededText(seq, body, 'refundNo') : null
}

function opened(row: FoldRow, { day, oddClock }: Placed, stayId: string): Changes {
  const { seq, laneId, body } = row
  const cameIn = laneId !== null && body['noEntry'] === false && (body['imported'] ?? null) === null
  const stay = {
    stayId,
    day,
    plate: textOf(seq, body, 'plate'),
    colour: textOf(seq, body, 'colour') ?? '',
    enteredAtMs: numberOf(seq, body, 'enteredAtMs', row.atMs),
    leftAtMs: null,
    ended: null,
    noEntry: body['noEntry'] === true,
    entryLane: cameIn ? laneId : null,
    exitLane: null,
    orderFen: 0,
    paidFen: 0,
    backFen: 0,
    firstSeq: seq,
    lastSeq: seq,
    oddClock,
  }
  return cameIn ? { stay, flow: 'entered' } : { stay }
}

/** A row of the stay that it names. */
type OfStay = (row: FoldRow, stay: Stay) => Partial<Stay>

/** Orders and payments of first cars count nowhere: their fen is a test charge that is given back. */
const counts = ({ orderId }: FoldRow): boolean => !isTestOrder(orderId)

const ofStay: Readonly<Record<string, OfStay>> = {
  plateRead: ({ seq, body }, { plate, colour }) =>
    plate === null
      ? { plate: textOf(seq, body, 'plate'), colour: textOf(seq, body, 'colour') ?? colour }
      : {},
  spaceLeft: ({ seq, body, atMs }, { ended }) =>
    ended === null ? { leftAtMs: numberOf(seq, body, 'leftAtMs', atMs) } : {},
  orderMade: (row) => (counts(row) ? { orderFen: fenOf(row, row.amountFen) } : {}),
  payment: (row, { paidFen }) => (counts(row) ? { paidFen: paidFen + row.amountFen } : {}),
  stayClosed: ({ seq, body, atMs, laneId }) => ({
    ended: neededText(seq, body, 'end'),
    leftAtMs: numberOf(seq, body, 'leftAtMs', atMs),
    exitLane: laneId,
  }),
}

/** Of a payment, a refund or an order: no lane writes one below zero, or beyond what one row may carry. */
function fenOf({ seq }: FoldRow, fen: number): number {
  if (fen < 0 || fen > fenMax) throw new Unfoldable(seq, 'amountFen')
  return fen
}

function payment(row: FoldRow): Changes {
  const { seq, stayId, orderId, body } = row
  if (!counts(row)) return {}
  const fen = fenOf(row, row.amountFen)
  return { money: { what: 'payment', means: neededText(seq, body, 'means'), fen, stayId, orderId } }
}

function asked(row: FoldRow, refundId: string, amountFen: number): Changes {
  const { stayId, orderId } = row
  return counts(row) ? { asked: { refundId, fen: fenOf(row, amountFen), stayId, orderId } } : {}
}

function refunded(refund: OpenRefund | null, means: string): Changes {
  if (refund === null) return {}
  const { fen, stayId, orderId } = refund
  return { money: { what: 'refund', means, fen, stayId, orderId }, refunded: refund }
}

/**
 * Refunds count when they are carried out, with the amount that was asked for: by the platform or by hand (`refundState`),
 * or through the gateway. What the gateway gives back of a late payment is left out, since that was no taking.
 */
const ofMoney: Readonly<Record<string, (row: FoldRow, refund: OpenRefund | null) => Changes>> = {
  payment,
  refund: (row) => asked(row, refundIdOf(row) ?? '', row.amountFen),
  refundState: ({ seq, body }, refund) =>
    body['state'] === 'success'
      ? refunded(refund, wentBy(textOf(seq, body, 'means') as RefundMeans | null))
      : {},
  pay(row, refund) {
    const { seq, body } = row
    if (body['row'] === 'refundDone') return refunded(refund, 'qr')
    return body['row'] === 'refund' && body['why'] === 'person'
      ? asked(row, refundIdOf(row) ?? '', numberOf(seq, body, 'amountFen'))
      : {}
  },
}

/** Throws Unfoldable. A row of a stay that was never opened changes no stay. */
export function changesOf(row: FoldRow, at: Placed, { stay, refund }: Known): Changes {
  const { seq, kind, stayId, laneId } = row
  if (kind === 'stayOpened' && stayId !== null && stay === null) return opened(row, at, stayId)
  const money = Object.hasOwn(ofMoney, kind) ? (ofMoney[kind]?.(row, refund) ?? {}) : {}
  const changes =
    kind === 'stayClosed' && laneId !== null ? { ...money, flow: 'left' as const } : money
  if (stay === null) return changes
  const own = Object.hasOwn(ofStay, kind) ? (ofStay[kind]?.(row, stay) ?? {}) : {}
  const { money: moved } = money
  const backFen = stay.backFen + (moved?.what === 'refund' ? moved.fen : 0)
  return { ...changes, stay: { ...stay, ...own, backFen, lastSeq: seq } }
}
