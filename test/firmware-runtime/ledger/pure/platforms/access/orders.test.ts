// The requests to an access system: what each says, that it fits the published protocol, and what is never sent.
import { describe, expect, it } from 'vitest'
import { operations, schemas, type SchemaName } from '#money/partners/protocol.ts'
import { sentMeansOf } from '#base/pure/values/sent-order.ts'
import { paymentMeans } from '#base/pure/values/payment-means.ts'
import { present } from '#base/pure/values/must.ts'
import { dialectAt, dialectOf, provinces } from '#ledger/pure/platforms/dialects.ts'
import { charge as facts } from '../charge-facts.ts'
import { accessLot } from './access-lot.ts'

const dialect = dialectOf(accessLot)
const byOrder = present(dialect.byOrder, 'orders')
const lot = { lotId: 'LOT1', provinceCode: '4501' }
const no = 'PLOT1N1261129141303000A1'
const call = (op: Parameters<typeof dialect.requestFor>[0]['op'], businessNo = no, body = '') =>
  dialect.requestFor({ op, businessNo, body, amountFen: 500 })
const atMs = Date.UTC(2026, 10, 29, 6, 13, 3)

const fits = (schema: SchemaName, text: string): void => {
  const read = schemas[schema].safeParse(JSON.parse(text))
  expect(read.error?.issues ?? []).toEqual([])
}

describe('an order', () => {
  const body = dialect.chargeBody(lot, 'charge', facts, '0')
  it('fits the protocol, the same each time', () => {
    fits('Order', body)
    expect(dialect.chargeBody(lot, 'charge', facts, '7')).toBe(body)
  })
  it('says car, stay, lane and amount, and nothing of a card', () => {
    expect(JSON.parse(body)).toMatchObject({
      stayNo: `stay-${facts.stayId}`,
      laneId: facts.laneId,
      plate: facts.plate,
      amountFen: facts.amountFen,
      leftAtIso: null,
    })
    expect(body).not.toMatch(/card|obu/i)
  })
  it('is refused for a car without a plate', () => {
    expect(() => dialect.chargeBody(lot, 'charge', { ...facts, plate: null }, '0')).toThrow(
      expect.objectContaining({ code: 'UPLOAD-01' }),
    )
  })
})

it('a refund fits the protocol; by rule it names the rule, by people both of them', () => {
  const deduction = {
    deductionId: 'n1-O2.D1',
    orderId: 'n1-O2',
    stayId: 'n1-S1',
    laneId: 'exit',
    amountFen: 500,
    outTradeNo: no,
  }
  const refund = { refundId: 'n1-R5', deduction, amountFen: 500, reason: 'paidTwice', atMs }
  const [rule, people] = [refund, { ...refund, operator: 'anna', approvedBy: 'berta' }].map((one) =>
    dialect.refundBody(one),
  )
  fits('Refund', rule ?? '')
  fits('Refund', people ?? '')
  expect(JSON.parse(rule ?? '')).toMatchObject({
    orderNo: no,
    operator: 'system',
    approvedBy: 'rule 8.3.1 b',
  })
  expect(JSON.parse(people ?? '')).toMatchObject({ operator: 'anna', approvedBy: 'berta' })
})

it.each([
  ['withdrawn', null, 'withdrawal', 'Withdrawal'],
  ['settled in cash', { means: 'cash', amountFen: 500, atMs }, 'settlement', 'Settlement'],
  ['settled by code', { means: 'qr', amountFen: 300, atMs }, 'settlement', 'Settlement'],
  ['waived', { means: 'free', amountFen: 0, atMs }, 'settlement', 'Settlement'],
] as const)('%s', (_name, settled, part, schema) => {
  const request = byOrder.takeBack(no, settled)
  expect([request.method, request.path]).toEqual(['PUT', `/v1/orders/${no}/${part}`])
  fits(schema, request.bodyText)
  expect(byOrder.takeBack(no, settled)).toEqual(request)
})

it('every means of a payment row but ETC settles an order', () => {
  expect(paymentMeans.filter((means) => sentMeansOf({ means, reason: null }) === null)).toEqual([
    'etc',
  ])
  expect(sentMeansOf({ means: 'waived', reason: null })).toBe('free')
})

it.each([
  ['charge', no, '{}', 'openOrder'],
  ['chargeQuery', no, '', 'order'],
  ['refund', 'n1-R5', '{}', 'refund'],
  ['refundQuery', 'n1-R5', '', 'refundState'],
] as const)('%s has the method and path of the protocol', (op, businessNo, body, name) => {
  const { method, path } = operations[name]
  const own = op.startsWith('refund') ? `refund-${businessNo}` : businessNo
  expect(call(op, businessNo, body)).toEqual({
    method,
    path: path.replace(/\{\w+\}/, own),
    bodyText: body,
    idempotencyKey: null,
  })
})

it.each([
  'exception',
  'exitUpload',
  'entryRecord',
  'plateRecord',
  'batch',
  'shiftRecord',
  'feedback',
  'signIn',
] as const)('%s is not sent', (op) => {
  expect(() => call(op, no, '{}')).toThrow(expect.objectContaining({ code: 'UPLOAD-01' }))
})
it.each(['', 'a/b', '../../../..', 'x'.repeat(41)])('no number %s', (bad) => {
  expect(() => call('charge', bad)).toThrow(expect.objectContaining({ code: 'UPLOAD-01' }))
})

it('has orders and refunds alone', () => {
  const absent = [
    'bill',
    'splitBill',
    'records',
    'duty',
    'feedback',
    'tradeFile',
    'psam',
    'monitor',
    'certificates',
  ] as const
  expect(absent.filter((name) => dialect[name] !== null)).toEqual([])
  expect([dialect.interfaces, dialect.vehicle, dialect.consumption]).toEqual([
    [],
    undefined,
    undefined,
  ])
  expect(
    (['charge', 'refund', 'exception', 'exitUpload'] as const).map((op) => dialect.queryOf(op)),
  ).toEqual(['chargeQuery', 'refundQuery', null, null])
})

describe('the lot file chooses it', () => {
  it('with the envelope and the suites of its province', () => {
    for (const { province, dialect: own } of provinces) {
      const of = dialectOf({ ...accessLot, provinceCode: `${province}01` })
      expect(of.byOrder).toBeDefined()
      expect([of.suites, of.envelope.needs]).toEqual([own.suites, own.envelope.needs])
    }
  })
  it('for charges alone: the other platforms of the lot speak as their province', () => {
    const { interface: _, ...operator } = accessLot.platform
    const both = { ...accessLot, operator }
    expect(dialectAt(both, 'platform')).toBe(dialect)
    expect(dialectAt(both, 'operator')).toBe(provinces[0]?.dialect)
  })
  it('and not for cards', () => {
    expect(() => dialectOf({ ...accessLot, chargeMode: 'card' })).toThrow(
      expect.objectContaining({
        code: 'LOT-02',
        detail: expect.objectContaining({ field: '/chargeMode', value: 'card' }),
      }),
    )
  })
})
