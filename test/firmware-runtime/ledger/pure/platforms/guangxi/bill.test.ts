// The exit bill of a day: accepted only as a whole, signed and of that day; anything else is no bill. The simulated
// platform's answers are read in test/firmware-runtime/ledger/pure/platforms/guangxi/against-platform.test.ts.
import { describe, expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { noteWhy } from '#base/pure/words/notes.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'

const day = '2026-11-22'
const bill = present(guangxi.bill, 'this province has a bill')
const line = { outTradeNo: 'P1', fee: 900, refundFee: 100, netFee: 800 }
const whole = { date: day, count: 1, totalFee: 900, rows: [line] }
const answer = (data: unknown, more: object = {}) => ({
  status: 200,
  headers: {},
  verified: 'valid' as const,
  body: new TextEncoder().encode(
    JSON.stringify({ code: 'SUCCESS', respCode: '100000', message: '', data }),
  ),
  ...more,
})
const coded = (respCode: string, status: number) => ({
  ...answer(null, { status }),
  body: new TextEncoder().encode(JSON.stringify({ code: 'X', respCode, message: '' })),
})
const judged = (given: ReturnType<typeof answer>) => bill.judge(day, given)

describe('the bill of a day', () => {
  it('is asked for by its date', () => {
    expect(bill.request(day)).toMatchObject({ method: 'GET', path: `/v1/bills/exit?date=${day}` })
  })

  it('is its lines by our numbers', () => {
    const rows = [{ outTradeNo: 'P1', paidFen: 900, refundedFen: 100 }]
    expect(judged(answer(whole))).toEqual({ kind: 'bill', day, rows })
    expect(judged(answer({ ...whole, count: 0, totalFee: 0, rows: [] }))).toMatchObject({
      rows: [],
    })
  })

  it.each([
    ['is cut', { ...whole, count: 2 }],
    ['has another sum', { ...whole, totalFee: 901 }],
    ['is of another day', { ...whole, date: '2026-11-21' }],
    ['has no lines', { ...whole, rows: null }],
    ['has a line without a number', { ...whole, rows: [{ ...line, outTradeNo: '' }] }],
    ['has a line with half a fen', { ...whole, totalFee: 0.5, rows: [{ ...line, fee: 0.5 }] }],
    ['has a line that does not add up', { ...whole, rows: [{ ...line, netFee: 900 }] }],
    ['gives back less than nothing', { ...whole, rows: [{ ...line, refundFee: -1, netFee: 901 }] }],
  ])('that %s is none', (_, data) => {
    expect(judged(answer(data))).toMatchObject({ kind: 'silent', reason: 'billNotWhole' })
  })

  const name = 'PARK_BILL_EXITDAY_RES_GX00012_20261123103000000.json'
  const envelope = {
    alg: 'SM4-GCM',
    serial: '0A01',
    encKey: 'AQI=',
    nonce: 'AwQ=',
    aad: name,
    ciphertext: 'BQY='.repeat(2_000).replaceAll('=', 'A'),
    sm3: '0'.repeat(64),
  }

  it('that is sealed is a file to open, and is read as one in clear', () => {
    const found = judged(answer(envelope))
    expect(found).toMatchObject({ kind: 'sealed', file: { name, serial: '0A01' } })
    expect('file' in found ? found.file.ciphertext : '').toHaveLength(6_000)
    const plain = (data: unknown) => new TextEncoder().encode(JSON.stringify(data))
    expect(bill.read(day, plain(whole))).toMatchObject({ kind: 'bill', day })
    expect(bill.read(day, plain({ ...whole, count: 2 }))).toMatchObject({ reason: 'billNotWhole' })
    expect(bill.read(day, plain([]))).toMatchObject({ kind: 'silent', reason: 'bodyNotJson' })
    expect(bill.read(day, Uint8Array.of(0xff))).toMatchObject({ reason: 'bodyNotJson' })
  })

  it.each([
    ['has another cipher', { ...envelope, alg: 'SM4-ECB' }],
    ['is under CBC without a MAC', { ...envelope, alg: 'SM4-CBC' }],
    ['has no key', { ...envelope, encKey: undefined }],
    ['has bytes that are no Base64', { ...envelope, ciphertext: 'BQ*=' }],
  ])('that is sealed and %s is none', (_, data) => {
    expect(judged(answer(data))).toMatchObject({ kind: 'silent', reason: 'billNotWhole' })
  })

  it.each([
    ['mark REQ', name.replace('RES', 'REQ')],
    ['type LIST', name.replace('BILL_EXITDAY', 'LIST_BLACKINC')],
    ['time 2026', name.replace('20261123103000000', '2026')],
    ['suffix bill', 'bill'],
  ])('whose file name has a wrong %s says so', (said, aad) => {
    const reason = `wrongFileName ${said}`
    expect(judged(answer({ ...envelope, aad }))).toMatchObject({ kind: 'silent', reason })
    expect(noteWhy(reason)).toMatchObject({ en: expect.stringMatching(/^FILE-06 /) as string })
  })

  it('that is not signed, or no JSON, is none', () => {
    expect(judged(answer(whole, { verified: 'badSignature' }))).toMatchObject({ kind: 'silent' })
    const rubbish = { body: Uint8Array.of(0x7b) }
    expect(judged(answer(whole, rubbish))).toMatchObject({ reason: 'bodyNotJson' })
    expect(judged(answer(whole, { status: 500 }))).toMatchObject({ reason: 'status 500' })
    expect(judged(answer(whole, { status: 307 }))).toMatchObject({ reason: 'redirected 307' })
  })

  it('is not made yet, or is nothing that this platform has', () => {
    expect(judged(coded('100002', 202))).toMatchObject({ kind: 'notYet' })
    expect(judged(coded('400004', 404))).toMatchObject({ kind: 'none' })
    expect(judged(coded('500001', 500))).toMatchObject({ kind: 'silent', reason: '500001' })
  })
})
