// The exit bill of a day (P22): every charge of the asking channel that took money on that day, with what went back.
// It is made the next morning and goes sealed; before that the answer is that it is being made.
import { dayMs, dayStartMs, isoOf, parseIso } from '../../core/values/instant.ts'
import { done, refuse } from './answers.ts'
import type { Handler } from './call.ts'

/** 10:00 of the next day. */
const readyAfterMs = dayMs + 10 * 3_600_000

/** GET /v1/bills/exit?date=YYYY-MM-DD */
export const getExitBill: Handler = ({ state, policy }, { appId, nowMs, query, file }) => {
  if (policy.bills === 'none') return refuse('400004', '', 'bills', 'no such interface', 'path')
  const date = query.get('date') ?? ''
  const atMs = parseIso(`${date}T00:00:00+08:00`)
  if (atMs === null) return refuse('200004', '/date', date, 'YYYY-MM-DD', 'path')
  const isReady =
    policy.bills === 'atOnce' ||
    policy.bills === 'short' ||
    nowMs >= dayStartMs(atMs) + readyAfterMs
  if (!isReady) return { respCode: '100002' }
  const rows: { readonly fee: number; readonly [name: string]: unknown }[] = []
  for (const act of state.acts.get('exit-charges')?.values() ?? []) {
    const { charge, no } = act.row
    const took = act.status === 'SUCCESS' || act.status === 'REFUNDED'
    if (charge === undefined || !took || act.row.appId !== appId) continue
    const transTime = isoOf(charge.transMs)
    if (transTime.slice(0, 10) !== date) continue
    rows.push({
      tradeNo: charge.tradeNo,
      outTradeNo: no,
      transTime,
      accountDate: date,
      fee: charge.realFee,
      refundFee: act.refundedFen,
      netFee: charge.realFee - act.refundedFen,
      status: act.status,
    })
  }
  if (policy.bills === 'short') rows.pop()
  const totalFee = rows.reduce((sum, { fee }) => sum + fee, 0)
  return done(file('PARK_BILL_EXITDAY', { date, count: rows.length, totalFee, rows }))
}
