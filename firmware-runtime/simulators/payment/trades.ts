// Store of the simulated payment gateway: trades, payments and refunds, as a fold over rows.
// A row is on disk before its answer is sent; a restart folds the file again (contract.md section 6).
import { isoOf } from '#base/pure/values/instant.ts'
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
  /**
   * Trades with plans, charges that wait for a password, the refunds of each trade, and the trades first paid on each day:
   * no request reads all.
   */
  readonly planned: Set<Trade>
  readonly paying: Set<Trade>
  readonly refundsOf: Map<Trade, Refund[]>
  readonly paidOn: Map<string, Trade[]>
}

export const noTrades = (): GatewayTrades => ({
  trades: new Map(),
  refunds: new Map(),
  usedCodes: new Set(),
  planned: new Set(),
  paying: new Set(),
  refundsOf: new Map(),
  paidOn: new Map(),
})

const into = <K, V>(lists: Map<K, V[]>, key: K, one: V): void => {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [one])
  else list.push(one)
}

/** Ends the plans up to this time. */
export function endPlans({ planned }: GatewayTrades, trade: Trade, atMs: number): void {
  trade.plans = trade.plans.filter((plan) => plan.atMs > atMs)
  if (trade.plans.length === 0) planned.delete(trade)
}

function become({ paying }: GatewayTrades, trade: Trade, state: TradeState): void {
  trade.state = state
  if (state === 'paying' && trade.way === 'charge') paying.add(trade)
  else paying.delete(trade)
}

function applyTrade(trades: GatewayTrades, row: Extract<TradeRow, { t: 'trade' }>): void {
  const { no, way, amountFen, atMs, expiresAtMs, state } = row
  const trade: Trade = {
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
  }
  trades.trades.set(no, trade)
  become(trades, trade, state)
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
      if (trade) become(state, trade, row.state)
      return
    case 'plan':
      if (!trade) return
      trade.plans.push({ fen: row.fen, atMs: row.atMs })
      state.planned.add(trade)
      return
    case 'paid':
      if (!trade) return
      trade.paidFen += row.fen
      become(state, trade, 'paid')
      if (trade.paidAtMs === null) into(state.paidOn, isoOf(row.atMs).slice(0, 10), trade)
      trade.paidAtMs ??= row.atMs
      endPlans(state, trade, row.atMs)
      return
    case 'refund': {
      if (!trade) return
      const { refundNo, fen } = row
      const refund: Refund = { refundNo, trade, fen, state: 'accepted' }
      state.refunds.set(refundNo, refund)
      into(state.refundsOf, trade, refund)
      return
    }
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
  (state.refundsOf.get(trade) ?? [])
    .filter((refund) => refund.state !== 'failed')
    .reduce((sum, { fen }) => sum + fen, 0)
