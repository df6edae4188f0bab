// Queries of records through the dispatcher of the control API: what the service is asked for, and what is refused.
// The service has its own tests in adapters/sqlite.
import { expect, test } from 'vitest'
import { makeLot } from './control-kit.ts'
import { call, refusal } from './owner-calls.ts'

test('queries go to the service as instants and normal plates; a fault of it is answered', async () => {
  const lot = makeLot()
  const from = '2026-11-20T00:00:00+08:00'
  await call(lot, 'ledger.query', { kind: 'stay', from, plate: '测a·12345', limit: 5 })
  await call(lot, 'ledger.query', { kind: 'stay', plate: `'; DROP TABLE x; --` })
  expect(lot.service.asked).toEqual([
    { kind: 'stay', fromMs: 1_795_104_000_000, plate: '测A12345', limit: 5 },
    { kind: 'stay', plate: `'; DROP TABLE x; --` },
  ])
  expect(await refusal(call(lot, 'ledger.verify', {}))).toMatchObject({ code: 'LEDGER-05' })
})

test('a search by person or amount, and sums, want a span that the worker can walk', async () => {
  const lot = makeLot()
  const from = '2026-11-01T00:00:00+08:00'
  const [ok, long] = ['2026-12-02T00:00:00+08:00', '2026-12-03T00:00:00+08:00']
  const by = { kind: 'payment', by: ' 王 ', amountFen: 500, order: 'newest', from }
  await call(lot, 'ledger.query', { ...by, to: ok, platePart: 'a·12' })
  await call(lot, 'ledger.sums', { from, to: ok })
  expect(lot.service.asked).toMatchObject([
    { kind: 'payment', by: '王', amountFen: 500, newestFirst: true, platePart: 'A12' },
    { sums: true },
  ])
  for (const stayQuery of [
    call(lot, 'ledger.query', { ...by, to: long }),
    call(lot, 'ledger.query', by),
  ])
    expect(await refusal(stayQuery)).toMatchObject({ code: 'API-01', field: '/from' })
  expect(await refusal(call(lot, 'ledger.sums', { from, to: long }))).toMatchObject({
    code: 'API-01',
  })
})

test('a means is asked of payments and refunds alone', async () => {
  const lot = makeLot()
  await call(lot, 'ledger.query', { kind: 'payment', means: 'cash' })
  await call(lot, 'ledger.query', { kind: 'refund', means: 'etc' })
  expect(lot.service.asked).toEqual([
    { kind: 'payment', means: 'cash' },
    { kind: 'refund', means: 'etc' },
  ])
  for (const wrong of [
    { kind: 'stay', means: 'cash' },
    { kind: 'payment', means: 'shell' },
  ])
    expect(await refusal(call(lot, 'ledger.query', wrong))).toMatchObject({
      code: 'API-01',
      field: '/means',
    })
})

test.each([
  ['owner', true],
  ['auditor', true],
  ['attendant', false],
  ['support', false],
] as const)('files with whole plates for the %s: %s', async (role, may) => {
  const lot = makeLot()
  const columns = [{ member: 'plate', head: '车牌', shape: 'plate' }]
  const sheet = { kind: 'stay', format: 'csv', name: '停车', columns }
  const files = [
    await lot.control.call('ledger.sheet', sheet, role),
    await lot.control.call('members.export', {}, role),
  ]
  expect(files.map(({ ok }) => ok)).toEqual([may, may])
})

test('a sheet comes as base64 with its type', async () => {
  const columns = [{ member: 'plate', head: '车牌', shape: 'plate' }]
  const stayQuery = { kind: 'stay', format: 'csv', name: '停车', columns }
  expect(await call(makeLot(), 'ledger.sheet', stayQuery)).toEqual({
    ok: true,
    data: { base64: 'AQID', mime: 'text/csv; charset=utf-8', rows: 7, cut: false },
  })
  const bad = { ...stayQuery, columns: [{ ...columns[0], member: 'a"; DROP' }] }
  expect(await refusal(call(makeLot(), 'ledger.sheet', bad))).toMatchObject({ code: 'API-01' })
})
