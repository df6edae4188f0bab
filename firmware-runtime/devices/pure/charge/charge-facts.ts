// The facts of one exit charge, and of a refund, from which a dialect makes the record it uploads (P12, P16).
// All of it is known and durable before the first byte leaves; a retry never changes it.
import type { Fen } from '#base/pure/values/fen.ts'
import type { NodeOfLot } from '#base/pure/values/ids.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { CarObu } from '#base/pure/values/car-obu.ts'
import type { DebitProof } from '#base/pure/rows/ledger-row.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import type { PlateBy } from '#base/pure/plates/plate-said.ts'

export type { CarObu }

export interface ChargeFacts {
  readonly deductionId: string | null
  readonly stayId: string
  readonly orderId: string | null
  readonly laneId: string
  /** outTradeNo: made once, never reused. */
  readonly businessNo: string
  readonly outTradeNo: string | null
  readonly plate: string | null
  readonly colour: PlateColour
  readonly enteredAtMs: InstantMs
  readonly atMs: InstantMs
  readonly amountFen: Fen
  /** Fen taken off by coupons and points before the charge. Absent: 0. */
  readonly discountFen?: Fen
  /** The first coupon of its order. */
  readonly couponNo?: string
  /** Source of the plate. Absent: the camera; in rows from older versions the source was not recorded. */
  readonly plateBy?: PlateBy
  readonly obu: CarObu | null
  readonly proof: DebitProof | null
  /** Charged while the platform was out of reach. */
  readonly offline: boolean
}

/** A refund that is requested from the platform (P16). */
export interface RefundFacts {
  readonly refundId: string
  readonly deduction: {
    readonly deductionId: string
    readonly orderId: string
    readonly stayId: string
    readonly laneId: string
    readonly amountFen: Fen
    readonly outTradeNo: string
  }
  readonly amountFen: number
  readonly reason: string
  readonly atMs: InstantMs
  /** Who requested it and who approved it; absent where a rule did both (P26). */
  readonly operator?: string
  readonly approvedBy?: string
}

/**
 * Our trade number: `P` + lot + node + yyMMddHHmmss + order number base 36 + try; at most 32 of A-Z 0-9.
 * Unique because (lot, node, order number, try) is; the time is there for people.
 */
export function outTradeNoOf(
  facts: NodeOfLot & { orderId: string; timeBcd: string; attempt: number },
): string {
  const order = Number(/(\d+)$/.exec(facts.orderId)?.[1] ?? '0')
    .toString(36)
    .toUpperCase()
  const time = facts.timeBcd.slice(2)
  return `${tradeNoHead(facts)}${time}${order.padStart(4, '0')}${facts.attempt.toString(36).toUpperCase()}`
}

/** What the trade numbers of a node begin with. */
export function tradeNoHead({ lotId, nodeId }: NodeOfLot): string {
  const clean = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  return `P${clean(lotId)}${clean(nodeId)}`
}

/** Order number inside one of our trade numbers; 0 for one of another node. */
export function orderNumberIn(outTradeNo: string, node: NodeOfLot): number {
  const head = tradeNoHead(node)
  const rest = outTradeNo.startsWith(head) ? outTradeNo.slice(head.length) : ''
  const [, order = '0'] = /^\d{12}([0-9A-Z]{4,8})[0-9A-Z]$/.exec(rest) ?? []
  return parseInt(order, 36)
}
