// The exit bill of a day (P22): asked for by its date, and believed only signed, whole and of that day.
// Lines name our own number, so both sides are compared line by line (8.2).
import { isFen } from '../../core/values/fen.ts'
import type { Dialect, PlatformRequest } from '../../ports/dialect.ts'
import type { BilledTrade, PlatformBill } from '../../ports/platform-bill.ts'
import { readAnswerBody, type AnswerBody } from './answer-body.ts'

const request = (day: string): PlatformRequest => ({
  method: 'GET',
  path: `/v1/bills/exit?date=${day}`,
  bodyText: '',
  idempotencyKey: null,
})

const silent = (reason: string): PlatformBill => ({ kind: 'silent', reason })

function rowsOf(body: AnswerBody): readonly BilledTrade[] | null {
  const lines = body.data.list('rows')
  if (lines === null) return null
  const rows: BilledTrade[] = []
  for (const line of lines) {
    const outTradeNo = line.text('outTradeNo') ?? ''
    const paidFen = line.integer('fee')
    const refundedFen = line.integer('refundFee')
    const netFen = line.integer('netFee')
    if (outTradeNo === '' || !isFen(paidFen) || !isFen(refundedFen)) return null
    if (paidFen < 0 || refundedFen < 0 || netFen !== paidFen - refundedFen) return null
    rows.push({ outTradeNo, paidFen, refundedFen })
  }
  return rows
}

function judge(
  day: string,
  { status, verified, body: bytes }: Parameters<NonNullable<Dialect['bill']>['judge']>[1],
): PlatformBill {
  if (verified !== 'valid') return silent(verified)
  const body = readAnswerBody(bytes)
  if (body === null) return silent('bodyNotJson')
  if (body.respCode === '400004') return { kind: 'none', reason: body.respCode }
  if (body.respCode === '100002') return { kind: 'notYet', reason: body.respCode }
  if (status !== 200 || body.respCode !== '100000')
    return silent(body.respCode ?? `status ${status}`)
  const rows = rowsOf(body)
  const sum = rows?.reduce((total, { paidFen }) => total + paidFen, 0)
  const isWhole =
    body.data.text('date') === day &&
    body.data.integer('count') === rows?.length &&
    body.data.integer('totalFee') === sum
  return rows === null || !isWhole ? silent('billNotWhole') : { kind: 'bill', day, rows }
}

export const bill = { request, judge }
