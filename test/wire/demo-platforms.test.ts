// The demo by command has all three platforms of table G.1, each a simulator in its own role: a car's records are at
// the platforms of the table and nowhere else, and a cut of the demo's network affects all of them.
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { cleanUp, newFolder, Program } from './kit/live-program.ts'
import { eventually } from '../kit/eventually.ts'

const names = ['platform', 'operator', 'etcOperator'] as const
type Name = (typeof names)[number]
const dir = join(newFolder(), 'demo')
afterAll(cleanUp)

const demo = new Program(['demo', '--headless', '--data', dir, '--timing', 'instant', '--traffic'])

async function at<T>(name: Name, path: string): Promise<T> {
  const endpoints = demo.endpoints as unknown as Readonly<Record<Name, { admin: string }>>
  const answer = await fetch(`${endpoints[name].admin}${path}`)
  expect(answer.status).toBe(200)
  return (await answer.json()) as T
}
interface Sums {
  readonly records: number
  readonly entryRecords: number
  readonly exitRecords: number
  readonly requests: number
}

it('each record is at the platform that table G.1 names for it', async () => {
  expect(await demo.ready()).toMatchObject(
    Object.fromEntries(names.map((name) => [name, { admin: expect.any(String) as string }])),
  )
  const [expansion, operator] = await eventually(
    () => Promise.all([at<Sums>('platform', '/state'), at<Sums>('operator', '/state')]),
    ([charged, told]) => charged.records > 0 && told.exitRecords > 0 && told.entryRecords > 0,
    { of: demo },
  )
  expect([expansion.entryRecords, expansion.exitRecords, operator.records]).toEqual([0, 0, 0])
  const asked = await eventually(
    () => at<Sums>('etcOperator', '/state'),
    ({ requests }) => requests > 0,
    { of: demo },
  )
  expect([asked.records, asked.entryRecords, asked.exitRecords]).toEqual([0, 0, 0])
})

it('a cut of the network is one of all platforms, and its end as well', async () => {
  const cuts = async () =>
    (
      await Promise.all(
        names.map((name) => at<{ faults: { at: string; do: string }[] }>(name, '/faults')),
      )
    ).map(({ faults }) => faults.map((one) => `${one.at} ${one.do}`))
  await demo.call('demo.network', { up: false })
  expect(await cuts()).toEqual(names.map(() => ['* drop']))
  await demo.call('demo.network', { up: true })
  expect(await cuts()).toEqual(names.map(() => []))
})
