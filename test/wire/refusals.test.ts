// A platform over real HTTPS that refuses charges: its reason is shown to the driver, on the board, in the lane's
// exception and in the one sent to the platform; a refused record is reported as held, not as silence.
import { beforeAll, expect, it } from 'vitest'
import type { ListView } from '#base/calls/list-views.ts'
import { manualText } from '#devices/pure/lane/driver-text.ts'
import type { ManualReason } from '#base/pure/words/manual-reason.ts'
import { present } from '#base/pure/values/must.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { runToEnd } from './kit/live-program.ts'
import { obu } from './kit/one-car.ts'
import { runsForFile } from './kit/running-lot.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const lot = tcpLot()
const platform = () => present(lot.harness.platform, 'the lot has a platform')
const dueFen = 300
const cardOf = (n: number): string => `4501229900000001234${n}`

runsForFile(lot)
// The lane has its first list, and asks for the next one in a quarter of an hour: a card listed from now on is refused by the
// platform, not by the lane.
beforeAll(async () => {
  const list = () => lot.run.call<ListView>('list.status')
  await eventually(list, ({ source }) => source === 'platform', { of: lot.of })
})

interface Case {
  readonly name: string
  readonly plants: (cardNo: string) => readonly [path: string, body: object]
  readonly reason: ManualReason
  readonly outcome: string
  readonly exceptionType: string
  readonly number: number
}
const shapes = [{ kind: 'exit-charges', member: 'deviceId', shape: '^GX-[0-9]{4}$' }]
const cases: readonly Case[] = [
  {
    name: 'a card that it has on its list',
    plants: (cardNo) => ['/blacklist', { cardNo, listed: true }],
    reason: 'blacklisted',
    outcome: 'refused blacklisted',
    exceptionType: 'blacklisted',
    number: 5,
  },
  {
    name: 'an account that holds too little',
    plants: (cardNo) => ['/accounts', { cardNo, balanceFen: 1 }],
    reason: 'insufficient',
    outcome: 'refused insufficient',
    exceptionType: 'insufficient',
    number: 7,
  },
  {
    name: 'an amount above its limit',
    plants: () => ['/policy', { largeFeeFen: 1 }],
    reason: 'amountRefused',
    outcome: 'refused largeAmount',
    exceptionType: 'largeAmount',
    number: 16,
  },
  {
    name: 'a record whose member it does not take',
    plants: () => ['/policy', { largeFeeFen: null, shapes }],
    reason: 'recordRefused',
    outcome: 'unknown recordRefused',
    exceptionType: 'refused',
    number: 15,
  },
]

let cars = 0
it.each(cases)('$name', async ({ plants, reason, outcome, exceptionType, number }) => {
  const n = ++cars
  const car = { plate: `测A1234${n}`, colour: 'blue' }
  await lot.until('entry', ({ state }) => state === 'idle')
  await lot.goesIn('entry', car)
  await platform().admin('POST', ...plants(cardOf(n)))
  const own = { obuId: `1A2B3C4${n}`, cardNo: cardOf(n), plate: car.plate }
  await lot.harness.sims('exit').rsu?.admin('POST', '/cars', { ...obu, ...own })
  await lot.comes('exit', car)
  // On a slow machine the attendant may have been called before the OBU was read.
  const { shown } = await lot.until('exit', (lane) => lane.car?.manual === reason)
  const { zh, en } = manualText(reason, dueFen)
  expect(shown).toEqual({ zh, en })
  const rows = ledgerRows(lot.dir)
  const said = rows.findLast((row) => row.kind === 'outcome')
  expect(said?.kind === 'outcome' && `${said.body.state} ${said.body.reason}`).toBe(outcome)
  expect(rows.filter(({ kind }) => kind === 'exception').at(-1)?.body).toMatchObject({
    exceptionType,
    reason,
  })
  const settle = ['lane', 'settle', '--data', lot.dir, '--lane', 'exit', '--means', 'cash']
  const paid = await runToEnd([...settle, '--by', '收费员', '--reason', '现金'])
  expect(paid.json).toMatchObject({ ok: true })
  await lot.leaves('exit')
  await lot.harness.sims('exit').rsu?.admin('DELETE', `/cars/${own.obuId}`)
  await eventually(
    () => platform().admin<{ rows: Record<string, unknown>[] }>('GET', '/books?kind=exceptions'),
    ({ rows: all }) => all.some((row) => row['exceptionType'] === number),
    { of: lot.of },
  )
})

it('charged none of them', async () => {
  const books = await platform().admin<{ rows: { status: string }[] }>(
    'GET',
    '/books?kind=exit-charges',
  )
  expect(books.rows.filter(({ status }) => status === 'SUCCESS')).toEqual([])
})
