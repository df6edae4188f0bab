// The issuer's stored records as a judge reads them, and errors in a platform's own records until they are corrected: a
// lost charge, a booking of too much, a contract that does not match its OBU.
import { beforeEach, describe, expect, it } from 'vitest'
import { isoOf } from '#base/pure/values/instant.ts'
import { issuerBookRoutes } from '#simulators/platform/records/issuer-books.ts'
import { chargePlace } from '#simulators/platform/model.ts'
import { servedRow, type ServedRow } from '#simulators/platform/records/served-records.ts'
import { spoiltRoutes } from '#simulators/platform/certificates/spoilt.ts'
import { appId, charge, chargePath, createRig, nowMs, type Rig } from '../rig.ts'

interface Line {
  readonly kind: string
  readonly ok: boolean
  readonly ref: string
}

let rig: Rig
let routes: ReturnType<typeof issuerBookRoutes>
const ask = (path: string, query = '', body: unknown = undefined): unknown =>
  routes[path]?.({ id: '', query: new URLSearchParams(query), key: '', body })
const spoil = (what: string): unknown => ask('POST /spoilt', '', { what })
const lines = (query = ''): readonly Line[] =>
  (ask('GET /issuer', query) as { readonly lines: readonly Line[] }).lines
const shown = (): readonly string[] => lines().map(({ kind, ok }) => `${kind} ${ok}`)
const pays = () => rig.send('POST', chargePath, charge({ outTradeNo: 'P1' }))

beforeEach(() => {
  rig = createRig()
  const model = () => rig.model
  const settled = (): Promise<void> => Promise.resolve()
  routes = { ...issuerBookRoutes(model, appId), ...spoiltRoutes({ model, appId, settled }) }
})

it('has a charge with its booking and its day, and none of another channel or of before', () => {
  pays()
  expect(shown()).toEqual(['bookkeeping true', 'reconciliation true'])
  expect(lines('appId=OTHER1')).toEqual([])
  expect(lines(`from=${encodeURIComponent(isoOf(nowMs + 60_000))}`)).toEqual([])
  expect(() => ask('GET /issuer', 'from=today')).toThrow(
    expect.objectContaining({ detail: expect.objectContaining({ field: '/from' }) }),
  )
})

it('a charge that was refused moved no money: its day has nothing to hold against it', () => {
  const { respCode } = rig.send('POST', chargePath, charge({ cardExpire: '2026-01-01' }))
  expect(respCode).toBe('300002')
  expect(shown()).toEqual([])
})

it('a charge that was given back whole is booked, and so is its day', () => {
  pays()
  const refund = { outRefundNo: 'R1', outTradeNo: 'P1', refundFee: 1200, totalFee: 1200 }
  const why = { reason: 'test', operator: 'test', approvedBy: 'other' }
  expect(rig.send('POST', '/v1/etc/refunds', { ...refund, ...why }).respCode).toBe('100000')
  expect(shown()).toEqual(['bookkeeping true', 'reconciliation true'])
})

describe('what the issuer was asked', () => {
  const asked = (over: Partial<ServedRow> = {}): ServedRow => ({
    t: 'served',
    appId,
    name: 'POST /v1/etc/exit-charges',
    atMs: nowMs,
    status: 200,
    did: 'answer',
    respCode: '100000',
    ...over,
  })
  const record = (...rows: readonly ServedRow[]): void => rows.forEach(rig.model.record)

  it('is right with one success, and refusals beside it are answers', () => {
    record(asked({ respCode: '300010', status: 422 }))
    expect(shown()).toEqual([])
    record(asked())
    expect(shown()).toEqual(['charge true', 'charge true'])
  })

  it.each([
    ['503', { status: 503, respCode: '' }],
    ['400006', { status: 401, respCode: '400006' }],
    ['half', { did: 'half', respCode: '100000' }],
  ] as const)('is wrong where it was answered %s, with a success or without', (_, over) => {
    record(asked(over))
    expect(shown()).toEqual(['charge false'])
    record(asked())
    expect(shown()).toEqual(['charge false', 'charge true'])
  })

  it('is there behind thousands of others and after a restart, in its time alone', () => {
    record(asked(), asked({ name: 'POST /v1/etc/refunds' }))
    for (let n = 1; n <= 3000; n++)
      record(asked({ name: 'GET /v1/etc/exit-charges/{outTradeNo}', atMs: nowMs + n }))
    record(asked({ atMs: nowMs + 5000, status: 503, respCode: '' }))
    rig = rig.again()
    const until = encodeURIComponent(isoOf(nowMs + 4000))
    const seen = lines(`until=${until}`).map(({ kind, ok, ref }) => [kind, ok, ref])
    expect(seen.slice(0, 2)).toEqual([
      ['charge', true, '1'],
      ['refund', true, '2'],
    ])
    expect(seen).toHaveLength(1002)
    expect(lines()[0]).toMatchObject({ kind: 'charge', ok: false, ref: '3003' })
    expect(lines(`from=${until}`).map(({ ok }) => ok)).toEqual([false])
    expect(() => ask('GET /issuer', 'until=today')).toThrow(
      expect.objectContaining({ detail: expect.objectContaining({ field: '/until' }) }),
    )
  })

  it('is noted of what stands behind the issuer, of a channel', () => {
    const one = {
      appId,
      name: chargePlace,
      atMs: nowMs,
      status: null,
      did: 'hangUp',
      respCode: '',
    } as const
    const { status: _, ...row } = { t: 'served', ...one }
    expect(servedRow(one)).toEqual(row)
    expect(servedRow({ ...one, status: 200 })).toEqual({ ...row, status: 200 })
    expect(servedRow({ ...one, name: 'GET /v1/status-list' })).toBeNull()
    expect(servedRow({ ...one, appId: '' })).toBeNull()
  })
})

it('bookings of too much are wrong until they are righted, each charge once', async () => {
  pays()
  await spoil('bookings')
  await spoil('bookings')
  expect(shown()).toEqual(['bookkeeping false', 'reconciliation false'])
  await ask('DELETE /spoilt')
  expect(shown()).toEqual(['bookkeeping true', 'reconciliation true'])
})

it('a charge that is lost is not found by its query, and is again when it is righted', async () => {
  pays()
  const found = (): string => rig.send('GET', `${chargePath}/P1`).respCode
  expect(found()).toBe('100000')
  await spoil('charges')
  expect(found()).toBe('300012')
  await ask('DELETE /spoilt')
  expect(found()).toBe('100000')
})

it('two contracts of one OBU: one of them is not what the OBU leads to', async () => {
  await spoil('contracts')
  expect(lines().map(({ ref, ok }) => [ref, ok])).toEqual([
    ['C-1', false],
    ['C-2', true],
  ])
  await ask('DELETE /spoilt')
  expect(lines().map(({ ok }) => ok)).toEqual([true, true])
})

it('nothing else can be spoilt', async () => {
  await expect(spoil('weather')).rejects.toMatchObject({ code: 'ARG-01' })
})
