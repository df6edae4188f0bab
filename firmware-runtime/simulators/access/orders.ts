// The store of the simulated access system: orders, charges and refunds, as a fold over rows.
// A row is on disk before its answer is sent; a restart folds the file again (contract.md section 6).
import { isRowOf, type Members } from '../shell/members.ts'

type OrderState = 'open' | 'charging' | 'unknown' | 'paid' | 'settled' | 'withdrawn'

type ReviewResult = 'asked' | 'agreed' | 'disputed' | 'silent'

export type AccessRow =
  | { readonly t: 'order'; readonly no: string; readonly content: Members; readonly atMs: number }
  | { readonly t: 'state'; readonly no: string; readonly state: OrderState; readonly atMs: number }
  /** Why ETC has not paid it; null: nothing is wrong any more. */
  | { readonly t: 'why'; readonly no: string; readonly why: string | null; readonly atMs: number }
  /** The ETC platform charged the card. */
  | { readonly t: 'charged'; readonly no: string; readonly fen: number; readonly atMs: number }
  /** The act that ended it. */
  | { readonly t: 'ended'; readonly no: string; readonly act: string; readonly content: Members }
  /** What is known of its review; `asked` with each charge of an order without a lane. */
  | {
      readonly t: 'review'
      readonly no: string
      readonly result: ReviewResult
      readonly atMs: number
    }
  /** `by`: the billing system, or this access system for a charge after a settlement. */
  | {
      readonly t: 'refund'
      readonly refundNo: string
      readonly no: string
      readonly fen: number
      readonly by: 'billing' | 'access'
      readonly content: Members
      readonly atMs: number
    }

export const isAccessRow = isRowOf<AccessRow>([
  'order',
  'state',
  'why',
  'charged',
  'ended',
  'review',
  'refund',
])

export interface SimOrder {
  readonly no: string
  readonly content: Members
  readonly atMs: number
  state: OrderState
  why: string | null
  /** When the present step began. */
  sinceMs: number
  /** Times that a card was charged for it: never above one. */
  charges: number
  paidFen: number
  chargedAtMs: number
  refundedFen: number
  ended: { readonly act: string; readonly content: Members } | null
  /** Charges that were begun; each has a number of its own. */
  tries: number
  review: ReviewResult | null
  reviewAtMs: number
}

interface SimRefund {
  readonly refundNo: string
  readonly order: SimOrder
  readonly fen: number
  readonly by: 'billing' | 'access'
  readonly content: Members
}

export interface AccessBooks {
  readonly orders: Map<string, SimOrder>
  /** Orders that are open or being charged. */
  readonly live: Map<string, SimOrder>
  readonly refunds: Map<string, SimRefund>
  /** Events in order: number, name, order, refund. */
  readonly events: {
    readonly event: string
    readonly no: string
    readonly atMs: number
    readonly refundNo?: string
    readonly why?: string
  }[]
}

export const noBooks = (): AccessBooks => ({
  orders: new Map(),
  live: new Map(),
  refunds: new Map(),
  events: [],
})

/** Begun charges without a result. */
export const running: readonly OrderState[] = ['charging', 'unknown']

export const isLive = ({ state }: SimOrder): boolean => state === 'open' || running.includes(state)

const eventOf: Readonly<Partial<Record<OrderState, string>>> = {
  charging: 'charging',
  unknown: 'unknown',
  paid: 'paid',
  settled: 'settled',
  withdrawn: 'withdrawn',
}

/** Takes a row into the books; rows of orders that are not there are of no effect. */
export function applyRow(books: AccessBooks, row: AccessRow): void {
  if (row.t === 'order') {
    const { no, content, atMs } = row
    const order: SimOrder = {
      no,
      content,
      atMs,
      state: 'open',
      why: null,
      sinceMs: atMs,
      charges: 0,
      paidFen: 0,
      chargedAtMs: 0,
      refundedFen: 0,
      ended: null,
      tries: 0,
      review: null,
      reviewAtMs: 0,
    }
    books.orders.set(no, order)
    books.live.set(no, order)
    books.events.push({ event: 'opened', no, atMs })
    return
  }
  const order = books.orders.get(row.no)
  if (order === undefined) return
  switch (row.t) {
    case 'state': {
      order.state = row.state
      order.sinceMs = row.atMs
      if (isLive(order)) books.live.set(row.no, order)
      else books.live.delete(row.no)
      if (row.state === 'charging') order.tries++
      const event = eventOf[row.state]
      if (event !== undefined) books.events.push({ event, no: row.no, atMs: row.atMs })
      return
    }
    case 'why': {
      const { no, why, atMs } = row
      order.why = why
      if (why !== null) books.events.push({ event: 'notPaid', no, atMs, why })
      return
    }
    case 'charged':
      order.charges++
      order.paidFen += row.fen
      order.chargedAtMs = row.atMs
      return
    case 'review': {
      const { result, no, atMs } = row
      order.review = result
      order.reviewAtMs = atMs
      books.events.push({ event: result === 'asked' ? 'review' : 'reviewed', no, atMs })
      return
    }
    case 'ended':
      order.ended = { act: row.act, content: row.content }
      return
    case 'refund': {
      const { refundNo, fen, by, content, atMs } = row
      order.refundedFen += fen
      books.refunds.set(refundNo, { refundNo, order, fen, by, content })
      books.events.push({ event: 'refund', no: row.no, atMs, refundNo })
    }
  }
}
