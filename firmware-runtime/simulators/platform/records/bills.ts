// The bills of a day (P22, H.1): all charges of the calling channel that took money on that day with their refunds, and
// the split of each. They are made the next morning and sent sealed; before that the answer is "being made".
import { dayMs, dayStartMs, isoOf, parseIso } from '#base/pure/values/instant.ts'
import { done, refuse, type Outcome } from '../answers.ts'
import type { BillFault } from './bill-faults.ts'
import type { Call, Handler, Policy, Services } from '../call.ts'
import { datePlace } from './filed.ts'
import { actsAt, type Act } from './settlement-records.ts'

/** 10:00 of the next day. */
const readyAfterMs = dayMs + 10 * 3_600_000

interface BillRow {
  readonly tradeNo: string
  readonly outTradeNo: string
  readonly transTime: string
  readonly accountDate: string | null
  readonly fee: number
  readonly refundFee: number
  readonly netFee: number
  readonly status: string
}

interface SplitRow {
  readonly tradeNo: string
  readonly outTradeNo: string
  readonly transTime: string
  readonly partyId: string
  readonly shareBp: number
  readonly shareFee: number
}

const foreignFen = 700
const notCleared = { accountDate: null, status: 'PROCESSING' }

/** By default a charge is cleared on its own day. */
function clearingOf(act: Act, date: string): Pick<BillRow, 'accountDate' | 'status'> {
  const { status, clearing } = act
  if (clearing === undefined) return { accountDate: date, status }
  return clearing.status === 'UNCLEARED' ? notCleared : clearing
}

type BillParts = Pick<Services, 'state' | 'policy'>

function rowsOf(services: BillParts, appId: string, date: string): BillRow[] {
  const { state } = services
  const rows: BillRow[] = []
  for (const act of actsAt(state, 'exit-charges', datePlace('exit-charges', appId, date))) {
    const { charge, no } = act.row
    const took = act.status === 'SUCCESS' || act.status === 'REFUNDED'
    if (charge === undefined || !took) continue
    const transTime = isoOf(charge.transMs)
    rows.push({
      tradeNo: charge.tradeNo,
      outTradeNo: no,
      transTime,
      fee: charge.realFee,
      refundFee: act.refundedFen,
      netFee: charge.realFee - act.refundedFen,
      ...clearingOf(act, date),
    })
  }
  return [...rows, ...recordRows(services, appId, date, new Set(rows.map((row) => row.outTradeNo)))]
}

/** Exit records charged at another platform: an operator's platform has these for a day. */
const recordRows = (
  { state }: BillParts,
  appId: string,
  date: string,
  charged: ReadonlySet<string>,
): BillRow[] =>
  actsAt(state, 'exit-records', datePlace('exit-records', appId, date)).flatMap(({ row }) => {
    const { time = '', realFee = 0 } = row.shown ?? {}
    const transTime = String(time)
    if (charged.has(row.no)) return []
    const fee = Number(realFee)
    const own = { tradeNo: `R${row.no}`, outTradeNo: row.no, transTime, accountDate: date }
    return [{ ...own, fee, refundFee: 0, netFee: fee, status: 'SUCCESS' }]
  })

const foreignRow = (outTradeNo: string, date: string): BillRow => ({
  tradeNo: `T${outTradeNo}`,
  outTradeNo,
  transTime: `${date}T12:00:00.000+08:00`,
  accountDate: date,
  fee: foreignFen,
  refundFee: 0,
  netFee: foreignFen,
  status: 'SUCCESS',
})

const backTo = (row: BillRow, refundFee: number): BillRow => ({
  ...row,
  refundFee,
  netFee: row.fee - refundFee,
})

/** One line as it appears in the bill with this fault: none, one or more. */
function spoilt(row: BillRow, fault: BillFault['do']): readonly BillRow[] {
  const { fee, refundFee, transTime } = row
  switch (fault) {
    case 'drop':
      return []
    case 'fee':
      return [backTo({ ...row, fee: fee + 1 }, refundFee)]
    case 'refund':
      return [backTo(row, refundFee + 1)]
    case 'gone':
      return [backTo({ ...row, accountDate: transTime.slice(0, 10), status: 'REFUNDED' }, fee)]
    case 'noRefund':
      return [backTo(row, 0)]
    case 'twice':
      return [row, row]
    case 'otherDay': {
      const atMs = parseIso(transTime) ?? 0
      return [{ ...row, transTime: isoOf(atMs - 2 * dayMs) }]
    }
    case 'uncleared':
      return [{ ...row, ...notCleared }]
    default:
      return [row]
  }
}

/** The correct bill with its faults applied. */
export function billed(services: BillParts, appId: string, date: string): readonly BillRow[] {
  const { bills, billFaults: faults } = services.policy
  const rows = rowsOf(services, appId, date)
  if (bills === 'short') rows.pop()
  const kept = rows.flatMap((row) => {
    const fault = faults.find(({ outTradeNo }) => outTradeNo === row.outTradeNo)
    return fault === undefined ? [row] : spoilt(row, fault.do)
  })
  return [
    ...kept,
    ...faults.filter((one) => one.do === 'foreign').map((one) => foreignRow(one.outTradeNo, date)),
  ]
}

/** Shares in whole fen by largest remainder: they add up to the fee. */
function sharesOf(netFee: number, split: Policy['split']): readonly number[] {
  const shares = split.map(({ shareBp }) => Math.floor((netFee * shareBp) / 10_000))
  const order = split
    .map(({ shareBp }, n) => [(netFee * shareBp) % 10_000, n] as const)
    .sort(([a, n], [b, m]) => b - a || n - m)
  let left = netFee - shares.reduce((sum, share) => sum + share, 0)
  for (const [, n] of order) if (left-- > 0) shares[n] = (shares[n] ?? 0) + 1
  return shares
}

function splitRows(
  row: BillRow,
  split: Policy['split'],
  fault: BillFault['do'] | null,
): SplitRow[] {
  if (fault === 'splitDrop') return []
  const { tradeNo, outTradeNo, transTime, netFee } = row
  const shares = [...sharesOf(netFee, split)]
  if (fault === 'splitSum' || fault === 'splitShare') shares[0] = (shares[0] ?? 0) + 2
  if (fault === 'splitShare') shares[1] = (shares[1] ?? 0) - 2
  return split.map(({ partyId, shareBp }, n) => ({
    tradeNo,
    outTradeNo,
    transTime,
    partyId,
    shareBp,
    shareFee: shares[n] ?? 0,
  }))
}

function split(services: Services, appId: string, date: string): readonly SplitRow[] {
  const { split: parties, billFaults: faults } = services.policy
  // A fault of the bill does not appear in its split.
  const rows = billed(services, appId, date)
  const foreign = faults.filter((one) => one.do === 'splitForeign')
  return [...rows, ...foreign.map((one) => foreignRow(one.outTradeNo, date))].flatMap((row) => {
    const fault = faults.find(({ outTradeNo }) => outTradeNo === row.outTradeNo)
    return splitRows(row, parties, fault?.do ?? null)
  })
}

/** The day of a finished day's bill, from the next morning on; until then a refusal. */
function dayOr({ policy }: Services, { query, nowMs }: Call): string | Outcome {
  if (policy.bills === 'none') return refuse('400004', '', 'bills', 'no such interface', 'path')
  const date = query.get('date') ?? ''
  const atMs = parseIso(`${date}T00:00:00+08:00`)
  if (atMs === null) return refuse('200004', '/date', date, 'YYYY-MM-DD', 'path')
  const isReady =
    policy.bills === 'atOnce' ||
    policy.bills === 'short' ||
    nowMs >= dayStartMs(atMs) + readyAfterMs
  return isReady ? date : { respCode: '100002' }
}

/** GET /v1/bills/exit?date=YYYY-MM-DD */
export const getExitBill: Handler = (services, call) => {
  const date = dayOr(services, call)
  if (typeof date !== 'string') return date
  const rows = billed(services, call.appId, date)
  const totalFee = rows.reduce((sum, { fee }) => sum + fee, 0)
  return done(call.file('PARK_BILL_EXITDAY', { date, count: rows.length, totalFee, rows }))
}

/** GET /v1/bills/split?date=YYYY-MM-DD */
export const getSplitBill: Handler = (services, call) => {
  const date = dayOr(services, call)
  if (typeof date !== 'string') return date
  const rows = split(services, call.appId, date)
  const totalFee = rows.reduce((sum, { shareFee }) => sum + shareFee, 0)
  return done(call.file('PARK_BILL_SPLITDAY', { date, count: rows.length, totalFee, rows }))
}
