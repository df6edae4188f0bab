// What a row changes in the figures (docs/centre.md, "Figures"), as the lot's own books count it: ledger.sums, the hours
// of a day and the report of a day. Pure.
import type { InstantMs } from '#base/pure/values/instant.ts'
import { fenMax } from '#base/pure/values/fen.ts'
import { wentBy, type RefundMeans } from '#base/pure/values/refund-means.ts'
import type { RowKind } from '#base/pure/rows/ledger-row.ts'
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

/** Orders and payments of first cars count nowhere: their fen is a test charge that is given back. */
const counts = ({ orderId }: FoldRow): boolean => !isTestOrder(orderId)

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

/** What a row does in the figures: to the stay that it names, to the takings, and the car that it lets out. */
interface Counted {
  readonly stay?: (row: FoldRow, stay: Stay) => Partial<Stay>
  readonly money?: (row: FoldRow, refund: OpenRefund | null) => Changes
  readonly flow?: 'left'
}
/** Moves nothing of any figure; a stay keeps its number as its last row. */
const none: Counted = {}

/**
 * What each kind of row does: a kind that is new has to be decided here. Refunds count when they are carried out, with the
 * amount that was asked for: by the platform or by hand (`refundState`), or through the gateway. What the gateway gives
 * back of a late payment is left out, since that was no taking.
 */
const counted: Readonly<Record<RowKind, Counted>> = {
  boot: none,
  /** The first of its stay is taken by `opened`. */
  stayOpened: none,
  plateRead: {
    stay: ({ seq, body }, { plate, colour }) =>
      plate === null
        ? { plate: textOf(seq, body, 'plate'), colour: textOf(seq, body, 'colour') ?? colour }
        : {},
  },
  spaceLeft: {
    stay: ({ seq, body, atMs }, { ended }) =>
      ended === null ? { leftAtMs: numberOf(seq, body, 'leftAtMs', atMs) } : {},
  },
  zeroRecord: none,
  orderMade: { stay: (row) => (counts(row) ? { orderFen: fenOf(row, row.amountFen) } : {}) },
  sentOrder: none,
  review: none,
  intent: none,
  armed: none,
  outcome: none,
  payment: {
    stay: (row, { paidFen }) => (counts(row) ? { paidFen: paidFen + row.amountFen } : {}),
    money: payment,
  },
  pay: {
    money(row, refund) {
      const { seq, body } = row
      if (body['row'] === 'refundDone') return refunded(refund, 'qr')
      return body['row'] === 'refund' && body['why'] === 'person'
        ? asked(row, refundIdOf(row) ?? '', numberOf(seq, body, 'amountFen'))
        : {}
    },
  },
  member: none,
  coupon: none,
  arrears: none,
  points: none,
  reservation: none,
  book: none,
  refund: { money: (row) => asked(row, refundIdOf(row) ?? '', row.amountFen) },
  refundState: {
    money: ({ seq, body }, refund) =>
      body['state'] === 'success'
        ? refunded(refund, wentBy(textOf(seq, body, 'means') as RefundMeans | null))
        : {},
  },
  adjustment: none,
  pass: none,
  barrier: none,
  stayClosed: {
    stay: ({ seq, body, atMs, laneId }) => ({
      ended: neededText(seq, body, 'end'),
      leftAtMs: numberOf(seq, body, 'leftAtMs', atMs),
      exitLane: laneId,
    }),
    flow: 'left',
  },
  outbox: none,
  outboxState: none,
  exception: none,
  audit: none,
  signIn: none,
  event: none,
  checkpoint: none,
}
/** Of a row by a newer program, whose kind is not known here: none. */
const countedOf = (kind: string): Counted =>
  Object.hasOwn(counted, kind) ? counted[kind as RowKind] : none

/** Throws Unfoldable. A row of a stay that was never opened changes no stay. */
export function changesOf(row: FoldRow, at: Placed, { stay, refund }: Known): Changes {
  const { seq, kind, stayId, laneId } = row
  if (kind === 'stayOpened' && stayId !== null && stay === null) return opened(row, at, stayId)
  const own = countedOf(kind)
  const money = own.money?.(row, refund) ?? {}
  const changes = own.flow !== undefined && laneId !== null ? { ...money, flow: own.flow } : money
  if (stay === null) return changes
  const { money: moved } = money
  const backFen = stay.backFen + (moved?.what === 'refund' ? moved.fen : 0)
  return { ...changes, stay: { ...stay, ...own.stay?.(row, stay), backFen, lastSeq: seq } }
}
