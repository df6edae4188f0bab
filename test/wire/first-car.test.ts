// The first real car over real links: requested by a command, charged one fen by the simulated platform,
// refunded; the runtime is killed before the refund is answered, and the next start continues.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { FirstCarStateView } from '#lane/calls/first-car-views.ts'
import type { BoardView } from '#lane/calls/views.ts'
import { present } from '#base/pure/values/must.ts'
import { carMaker, trafficMixes } from '#simulators/traffic/cars.ts'
import { runToEnd } from './kit/live-program.ts'
import { RunLot } from './kit/run-lot.ts'
import { runsForFile } from './kit/running-lot.ts'
import { eventually } from '../kit/eventually.ts'

const lot = new RunLot()
const { dir, harness } = lot
const car = carMaker(trafficMixes.clean, 3).next()
const place = ['--data', dir, '--lane', 'exit']
const said = ['--by', '装机员', '--reason', '首车']

const state = () => lot.run.call<FirstCarStateView>('first.state', { laneId: 'exit' })
const settlementRecords = (kind: string) =>
  present(harness.platform, 'a platform').admin<{ count: number; totalFen: number }>(
    'GET',
    `/books?kind=${kind}`,
  )

runsForFile(lot)

test('one named car is charged one fen, and a kill before the refund is answered loses nothing', async () => {
  const firstCarRun = await runToEnd(['lane', 'first-car', ...place, '--plate', car.plate, ...said])
  expect(firstCarRun).toMatchObject({
    code: 0,
    json: { ok: true, test: { phase: 'armed', ask: false } },
  })
  const twice = await runToEnd(['lane', 'first-car', ...place, '--plate', car.plate, ...said])
  expect(twice).toMatchObject({ code: 2, json: { error: { code: 'FIRST-01' } } })
  await harness.platform?.admin('POST', '/faults', {
    at: 'POST /v1/etc/refunds',
    when: 'after',
    do: 'drop',
    times: 1,
  })
  await harness.sims('exit').rsu?.admin('POST', '/cars', { ...car.obu, stayMs: 600_000 })
  await lot.comes('exit', car)
  await eventually(state, ({ test: one }) => one?.phase === 'refundAsked', { of: lot.of })
  expect(await settlementRecords('exit-charges')).toMatchObject({ count: 1, totalFen: 1 })
  // The platform has it; earlier a start would accept "not found" only after 30 s (P13).
  await eventually(
    () => settlementRecords('refunds'),
    ({ count }) => count === 1,
    { of: lot.of },
  )
  await lot.run.stop('SIGKILL')
  await lot.start('exit')
  await lot.loops('exit', false, true)
  await lot.until('exit', ({ barrier }) => barrier.under === 'on')
  await lot.loops('exit', false, false)
  let asks = 0
  const retry = async () => {
    const commandId = `retry-${String(++asks).padStart(4, '0')}`
    await lot.run.call('queue.retryNow', { by: '装机员', reason: '首车', commandId })
    return state()
  }
  // The first try after the start may still be in progress, or may have met a platform that was not ready.
  await eventually(retry, ({ test: one }) => one?.phase === 'refunded', { of: lot.of })
  const ended = await runToEnd(['lane', 'first-car', ...place, '--wait', '90'])
  expect(ended).toMatchObject({ code: 0, json: { ok: true, test: { phase: 'refunded' } } })
  expect(await settlementRecords('exit-charges')).toMatchObject({ count: 1, totalFen: 1 })
  expect(await settlementRecords('refunds')).toMatchObject({ count: 1 })
})

test('it is in no sum of the ledger, and stands in the passport of the lane', async () => {
  const verified = await runToEnd(['ledger', 'verify', '--data', dir])
  expect(verified).toMatchObject({ code: 0, json: { ok: true, sums: { paidFen: 0 } } })
  const { json } = await runToEnd(['ledger', 'query', '--data', dir, '--kind', 'deduction'])
  expect(json['rows']).toEqual([expect.objectContaining({ test: true, amountFen: 1 })])
  const { status } = await lot.run.call<BoardView>('board.get')
  expect(status.today.paidFen).toBe(0)
  const file = join(dir, 'first.etcpassport')
  await runToEnd(['passport', 'make', ...place, ...said, '--out', file])
  const shown = await runToEnd(['passport', 'show', file])
  expect(shown.json['tables']).toMatchObject({
    test: [expect.objectContaining({ kind: 'firstCar', result: 'refunded', amountFen: 1 })],
  })
})

test('has no receipt: all of it went back', async () => {
  const { json } = await runToEnd(['ledger', 'query', '--data', dir, '--kind', 'deduction'])
  const [deduction] = json['rows'] as { stayId: string }[]
  const { stayId } = present(deduction, 'the car was charged')
  const given = await runToEnd(['receipt', 'give', '--data', dir, '--stay', stayId])
  expect(given.json).toMatchObject({ error: { code: 'RECEIPT-01', value: stayId } })
})
