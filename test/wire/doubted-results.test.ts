// An antenna that reports debits wrongly, over real links: a time that is an hour old, a card that
// was never debited, a purse that lost more, a TAC that only C8 recovers. What is booked agrees with the cards.
import { expect, test } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { runToEnd } from './kit/live-program.ts'
import { nothingFree, RunLot } from './kit/run-lot.ts'
import { runsForFile } from './kit/running-lot.ts'
import { eventually } from '../kit/eventually.ts'

const lot = new RunLot({ charge: 'card', variant: 'generic-ver', tariff: nothingFree })
const { dir, harness } = lot

interface Row {
  readonly plate: string
  readonly state: string
  readonly amountFen: number
  readonly proof: { readonly tac: string | null } | null
  readonly upload: string | null
}
interface Card {
  readonly cardNo: string
  readonly balanceFen: number
  readonly debits: readonly { readonly amountFen: number; readonly tac: string }[]
}

const carOf = (n: number) => ({
  obuId: `0200000${n}`,
  cardNo: `4501120000000000000${n}`,
  cardType: 22,
  plate: `测A1234${n}`,
  colour: 'blue',
  balanceFen: 10_000,
  cardSerial: 17,
  stayMs: 600_000,
})
const rsu = () => present(harness.sims('exit').rsu, 'the exit has an antenna')
const query = async <T>(kind: string): Promise<readonly T[]> =>
  (await runToEnd(['ledger', 'query', '--data', dir, '--kind', kind])).json['rows'] as T[]
const rowsOf = async (n: number): Promise<readonly Row[]> =>
  (await query<Row>('deduction')).filter((row) => row.plate === carOf(n).plate)
/** Paid rows, once uploaded; a try in which the antenna was slow is repeated. */
async function paid(n: number): Promise<readonly Row[]> {
  const rows = await eventually(
    () => rowsOf(n),
    (all) => all.some(({ upload }) => upload === 'confirmed'),
    { of: lot.of },
  )
  return rows.filter(({ state }) => state === 'paid')
}
async function card(n: number): Promise<Card> {
  const { cards } = await rsu().admin<{ cards: readonly Card[] }>('GET', '/books')
  return present(
    cards.find(({ cardNo }) => cardNo === carOf(n).cardNo),
    `card ${n}`,
  )
}

/** The car was inside, and now waits at the exit with its antenna's misbehaviour. */
async function comes(n: number, knobs: object): Promise<void> {
  const car = carOf(n)
  await lot.until('entry', ({ state }) => state === 'idle')
  await lot.comes('entry', car)
  await lot.leaves('entry')
  await rsu().admin('POST', '/knobs', {
    resultAgeSec: 0,
    debitsNothing: false,
    debitsFen: 0,
    ...knobs,
  })
  await lot.until('exit', ({ state }) => state === 'idle')
  await rsu().admin('POST', '/cars', car)
  await lot.comes('exit', car)
}
async function goes(n: number): Promise<void> {
  await lot.leaves('exit')
  await rsu().admin('DELETE', `/cars/${carOf(n).obuId}`)
}
const doubts = async (): Promise<readonly string[]> =>
  (await query<{ type: string; detail: string }>('event'))
    .filter(({ type }) => type === 'resultDoubted')
    .map(({ detail }) => (JSON.parse(detail) as { misfit: string }).misfit)

runsForFile(lot)

test('an hour old, and the purse shows the debit: paid, with an alarm', async () => {
  await comes(1, { resultAgeSec: 3600 })
  await goes(1)
  // A try whose end a slow machine missed was refused earlier: nothing was debited then.
  const settled = (await rowsOf(1)).filter(({ state }) => state === 'paid')
  expect(settled).toMatchObject([{ amountFen: 300 }])
  expect(await card(1)).toMatchObject({ balanceFen: 9_700 })
  expect(new Set(await doubts())).toEqual(new Set(['resultTime']))
})

test('a card that was never debited pays nothing, and a person is asked', async () => {
  await comes(2, { debitsNothing: true })
  await lot.until('exit', ({ state }) => state === 'manual')
  const means = ['--means', 'cash', '--by', '测试员', '--reason', '现金']
  // During a further try nobody can settle it.
  await eventually(
    () => runToEnd(['lane', 'settle', '--data', dir, '--lane', 'exit', ...means]),
    ({ code }) => code === 0,
    { of: lot.of },
  )
  await goes(2)
  const states = (await rowsOf(2)).map(({ state }) => state)
  expect(states.length).toBeGreaterThan(1)
  expect(new Set(states)).toEqual(new Set(['refused']))
  expect(await card(2)).toMatchObject({ balanceFen: 10_000, debits: [] })
  expect(new Set(await doubts())).toEqual(new Set(['resultTime', 'resultPurse']))
})

test('a purse that lost 5,000 is booked and uploaded as 5,000, and the rest is a refund', async () => {
  await comes(3, { debitsFen: 5_000 })
  await goes(3)
  const { debits } = await card(3)
  expect(await paid(3)).toMatchObject([{ amountFen: 5_000, proof: { tac: debits[0]?.tac } }])
  expect(await query('refund')).toMatchObject([{ amountFen: 4_700, state: 'pending' }])
})

test('a TAC that only C8 recovers is uploaded, and the platform takes it', async () => {
  await comes(4, {})
  await goes(4)
  await rsu().admin('POST', '/faults', { at: 'B5', when: 'after', do: 'drop', times: 4 })
  await comes(5, {})
  await goes(5)
  const { debits } = await card(5)
  expect(await paid(5)).toMatchObject([{ amountFen: 300, proof: { tac: debits[0]?.tac } }])
  expect(await rsu().admin('GET', '/state')).toMatchObject({ secondC6: 0, unanswered: 0 })
  expect((await runToEnd(['ledger', 'verify', '--data', dir])).json).toMatchObject({ ok: true })
})
