// Store of the simulated payment gateway: trades, payments and refunds, as a fold over rows.
// A row is on disk before its answer is sent; a restart folds the file again (contract.md section 6).
import { isRowOf } from '../shell/members.ts'

type TradeState = 'open' | 'paying' | 'paid' | 'failed' | 'closed' | 'reversed' | 'unknown'
export type RefundState = 'accepted' | 'done' | 'failed'

export type TradeRow =
  | {
      readonly t: 'trade'
      readonly no: string
      readonly way: 'charge' | 'offer'
      readonly amountFen: number
      readonly state: TradeState
      readonly atMs: number
      readonly expiresAtMs: number | null
      /** The first two digits and the length of the code: the whole code is never stored. */
      readonly code: string | null
    }
  | { readonly t: 'state'; readonly no: string; readonly state: TradeState }
  | { readonly t: 'paid'; readonly no: string; readonly fen: number; readonly atMs: number }
  /** The customer will pay at that time. */
  | { readonly t: 'plan'; readonly no: string; readonly fen: number; readonly atMs: number }
  | { readonly t: 'refund'; readonly refundNo: string; readonly no: string; readonly fen: number }
  | { readonly t: 'refundState'; readonly refundNo: string; readonly state: RefundState }
  | { readonly t: 'usedCode'; readonly hash: string }

export const isTradeRow = isRowOf<TradeRow>([
  'trade',
  'state',
  'paid',
  'plan',
  'refund',
  'refundState',
  'usedCode',
])

export interface Trade {
  readonly no: string
  readonly way: 'charge' | 'offer'
  readonly amountFen: number
  readonly atMs: number
  readonly expiresAtMs: number | null
  state: TradeState
  paidFen: number
  refundedFen: number
  paidAtMs: number | null
  /** Payments that a customer will make. */
  plans: { readonly fen: number; readonly atMs: number }[]
}

interface Refund {
  readonly refundNo: string
  readonly trade: Trade
  readonly fen: number
  state: RefundState
}

export interface GatewayTrades {
  readonly trades: Map<string, Trade>
  readonly refunds: Map<string, Refund>
  readonly usedCodes: Set<string>
}

export const noTrades = (): GatewayTrades => ({
  trades: new Map(),
  refunds: new Map(),
  usedCodes: new Set(),
})

function applyTrade(trades: GatewayTrades, row: Extract<TradeRow, { t: 'trade' }>): void {
  const { no, way, amountFen, atMs, expiresAtMs, state } = row
  trades.trades.set(no, {
    no,
    way,
    amountFen,
    atMs,
    expiresAtMs,
    state,
    paidFen: 0,
    refundedFen: 0,
    paidAtMs: null,
    plans: [],
  })
}

function applyRefundState(refund: Refund, state: RefundState): void {
  if (refund.state === 'done') return
  refund.state = state
  if (state === 'done') refund.trade.refundedFen += refund.fen
}

/** Applies a row, at run time and after a restart. */
export function applyRow(state: GatewayTrades, row: TradeRow): void {
  const trade = 'no' in row ? state.trades.get(row.no) : undefined
  switch (row.t) {
    case 'trade':
      return applyTrade(state, row)
    case 'state':
      if (trade) trade.state = row.state
      return
    case 'plan':
      trade?.plans.push({ fen: row.fen, atMs: row.atMs })
      return
    case 'paid':
      if (!trade) return
      trade.paidFen += row.fen
      trade.state = 'paid'
      trade.paidAtMs ??= row.atMs
      trade.plans = trade.plans.filter(({ atMs }) => atMs > row.atMs)
      return
    case 'refund':
      if (!trade) return
      state.refunds.set(row.refundNo, {
        refundNo: row.refundNo,
        trade,
        fen: row.fen,
        state: 'accepted',
      })
      return
    case 'refundState': {
      const refund = state.refunds.get(row.refundNo)
      if (refund) applyRefundState(refund, row.state)
      return
    }
    case 'usedCode':
      state.usedCodes.add(row.hash)
  }
}

/** Sum of refunds requested or done, fen. */
export const refundingFen = (state: GatewayTrades, trade: Trade): number =>
  [...state.refunds.values()]
    .filter((refund) => refund.trade === trade && refund.state !== 'failed')
    .reduce((sum, { fen }) => sum + fen, 0)
