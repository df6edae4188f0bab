// The exit bill of a day (P22): asked for by its date, a sealed file (P9), believed only signed, whole and of that day.
// Lines name our own number, so both sides are compared line by line (8.2). A bill in clear is read as well.
import { isFen } from '../../core/values/fen.ts'
import type { Dialect, PlatformRequest } from '../../ports/dialect.ts'
import type { BilledTrade, PlatformBill } from '../../ports/platform-bill.ts'
import type { SealedFile } from '../../ports/platform-file.ts'
import { readAnswerBody, readMembers, type AnswerMembers } from './answer-body.ts'
import { readFileName } from './file-name.ts'

const request = (day: string): PlatformRequest => ({
  method: 'GET',
  path: `/v1/bills/exit?date=${day}`,
  bodyText: '',
  idempotencyKey: null,
})

const silent = (reason: string): PlatformBill => ({ kind: 'silent', reason })

function rowsOf(data: AnswerMembers): readonly BilledTrade[] | null {
  const lines = data.list('rows')
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

function billOf(day: string, data: AnswerMembers): PlatformBill {
  const rows = rowsOf(data)
  const sum = rows?.reduce((total, { paidFen }) => total + paidFen, 0)
  const isWhole =
    data.text('date') === day &&
    data.integer('count') === rows?.length &&
    data.integer('totalFee') === sum
  return rows === null || !isWhole ? silent('billNotWhole') : { kind: 'bill', day, rows }
}

/** Its name says that it is the answer with the bill of a day. */
function isBillName(name: string): boolean {
  const found = readFileName(name)
  return found?.mark === 'RES' && found.words.join('_') === 'PARK_BILL_EXITDAY'
}

/** The envelope of P9; its name is the text that the seal is bound to. Null where it is none. */
function sealedFileOf(data: AnswerMembers): SealedFile | null {
  const [name, serial, sm3] = [data.text('aad'), data.text('serial'), data.text('sm3')]
  const [encKey, nonce] = [data.bytes('encKey'), data.bytes('nonce')]
  const ciphertext = data.bytes('ciphertext')
  if (name === null || serial === null || sm3 === null || data.text('alg') !== 'SM4-GCM')
    return null
  if (encKey === null || nonce === null || ciphertext === null || !isBillName(name)) return null
  return { name, serial, encKey, nonce, ciphertext, sm3 }
}

function judge(
  day: string,
  { status, verified, body: bytes }: Parameters<NonNullable<Dialect['bill']>['judge']>[1],
): PlatformBill | { readonly kind: 'sealed'; readonly file: SealedFile } {
  if (verified !== 'valid') return silent(verified)
  const body = readAnswerBody(bytes)
  if (body === null) return silent('bodyNotJson')
  if (body.respCode === '400004') return { kind: 'none', reason: body.respCode }
  if (body.respCode === '100002') return { kind: 'notYet', reason: body.respCode }
  if (status !== 200 || body.respCode !== '100000')
    return silent(body.respCode ?? `status ${status}`)
  if (!body.data.has('ciphertext')) return billOf(day, body.data)
  const file = sealedFileOf(body.data)
  return file === null ? silent('billNotWhole') : { kind: 'sealed', file }
}

function read(day: string, plain: Uint8Array): PlatformBill {
  const data = readMembers(plain)
  return data === null ? silent('bodyNotJson') : billOf(day, data)
}

export const bill = { request, judge, read }
