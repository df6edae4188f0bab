// Lanes whose process is stopped for twelve seconds while a car stands at the exit, and once more while its card is debited. The
// standstill is told, and the car is charged once and let out.
import { expect, test } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import type { StatusView } from '#lane/calls/views.ts'
import { eventually } from '../kit/eventually.ts'
import { runToEnd } from './kit/live-program.ts'
import { obu } from './kit/one-car.ts'
import { tcpLot } from './kit/run-lot.ts'
import { runsForFile } from './kit/running-lot.ts'

const lot = tcpLot({ charge: 'card' })
runsForFile(lot)

const stopMs = 12_000
async function standsStill(): Promise<void> {
  lot.run.child.kill('SIGSTOP')
  await new Promise((done) => setTimeout(done, stopMs))
  lot.run.child.kill('SIGCONT')
}
interface EventRow {
  readonly type: string
  readonly detail: string
}
const stood = async (): Promise<string[]> => {
  const { json } = await runToEnd(['ledger', 'query', '--data', lot.dir, '--kind', 'event'])
  return (json['rows'] as EventRow[])
    .filter(({ type }) => type === 'stoodStill')
    .map(({ detail }) => detail)
}
const rsu = () => present(lot.harness.sims('exit').rsu, 'the exit has an antenna')
const debits = async (): Promise<unknown[]> =>
  (await rsu().admin<{ cards: { debits: unknown[] }[] }>('GET', '/books')).cards.flatMap(
    (card) => card.debits,
  )

test('is a row, an event and a matter, and the car that stood there is charged once', async () => {
  await lot.goesIn('entry', { plate: obu.plate, colour: 'blue' })
  await lot.comes('exit')
  await lot.until('exit', ({ state }) => state === 'manual')
  await standsStill()
  // A busy machine may stand still besides.
  const long = (detail: string): boolean => Number(detail.split(' ')[1]) >= stopMs / 1_000
  const isTold = (rows: readonly string[]): boolean => rows.some(long)
  const told = await eventually(stood, isTold, { of: lot.of })
  expect(told.find(long)).toMatch(/^\S+ 1\d exit$/)
  const { upkeep } = await lot.run.call<StatusView>('status.get')
  expect(upkeep?.faults.map(({ code }) => code)).toContain('RUN-06')

  await rsu().admin('POST', '/cars', obu)
  await eventually(debits, (all) => all.length > 0, { of: lot.of })
  await standsStill()
  await lot.leaves('exit')
  expect((await stood()).filter(long)).toHaveLength(2)
  expect(await debits()).toHaveLength(1)
  const paid = await runToEnd(['ledger', 'query', '--data', lot.dir, '--kind', 'payment'])
  expect(paid.json['rows']).toHaveLength(1)
})
