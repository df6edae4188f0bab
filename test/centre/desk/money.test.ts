// Money of days, lots and means on a real database: sums of the table, the rows behind them newest first, both beside each
// other, masked rows for a file; and that the indexes are used.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moneyRowsQuery } from '../../../centre/desk/calls/money/calls.ts'
import { spanOf } from '../../../centre/desk/calls/money/span.ts'
import type { MoneyPlace, MoneyRow } from '../../../centre/desk/calls/money/views.ts'
import type { Beat } from '#ledger/pure/centre/beat.ts'
import { addBeat, addMoney, addStay, ensureFoldMonths } from '../../kit/centre-figures.ts'
import { addLot, startMs, testDesk, type Browser, type TestDesk } from '../../kit/test-desk.ts'
import { planOf } from './plan.ts'

const hour = 3_600_000
let test: TestDesk
let browser: Browser

beforeAll(async () => {
  test = await testDesk()
  const { centre } = test
  await ensureFoldMonths(centre, ['2026-10', '2026-11'])
  for (const lotId of ['A1', 'B2']) {
    await addLot(centre, lotId, { lastSeq: 500 })
    await addStay(centre, lotId, { stayId: 'n1-S1', enteredMs: startMs - 5 * hour })
    for (let seq = 1; seq <= 130; seq++)
      await addMoney(centre, lotId, {
        seq,
        atMs: startMs - (131 - seq) * 600_000,
        fen: 100 + seq,
        means: seq % 3 === 0 ? 'cash' : 'etc',
        stayId: 'n1-S1',
      })
    const refund = { seq: 200, atMs: startMs - hour, fen: 250, what: 'refund' } as const
    await addMoney(centre, lotId, refund)
  }
  browser = await test.signedIn()
})
afterAll(() => test.close())

describe('the days that a text names', () => {
  it.each([
    ['2026-11', { from: '2026-11-01', to: '2026-11-30' }],
    ['2026-12', { from: '2026-12-01', to: '2026-12-31' }],
    ['2026-02', { from: '2026-02-01', to: '2026-02-28' }],
    ['2028-02', { from: '2028-02-01', to: '2028-02-29' }],
    ['2026-11-29', { from: '2026-11-29', to: '2026-11-29' }],
    ['2026-02-30', null],
    ['2026-13', null],
    ['2026-00', null],
    ['1999-12', null],
    ['2026-1', null],
    ['2026', null],
    ['*', null],
    ['', null],
  ])('%s', (text, span) => expect(spanOf(text)).toEqual(span))
})

describe('the table', () => {
  it.each([
    ['A1', '2026-11', 'day', ['2026-11-28', '2026-11-29'], 1],
    ['*', '2026-11', 'day', ['2026-11-28', '2026-11-29'], 2],
    ['*', '2026-11', 'lot', ['A1', 'B2'], 1],
    ['*', '2026-11-29', 'lot', ['A1', 'B2'], 1],
    ['A1', '2026-10', 'day', [], 1],
  ] as const)('of %s in %s by %s', async (lotId, span, by, keys, times) => {
    const { answer } = await browser.call('money.table', { lotId, span, by })
    expect([...new Set(answer.cells.map(({ key }) => key))]).toEqual(keys)
    const { rows } = await test.centre.owner(
      `SELECT coalesce(sum(fen), 0)::int AS fen FROM centre.money WHERE what = 'payment'
       AND ($1 = '*' OR lot_id = $1) AND day BETWEEN $2::date AND $3::date`,
      [lotId, spanOf(span)?.from, spanOf(span)?.to],
    )
    const sum = answer.cells
      .filter(({ what }) => what === 'payment')
      .reduce((all, { fen }) => all + fen, 0)
    expect(sum).toBe(rows[0].fen)
    expect(answer.cells.filter(({ what }) => what === 'refund').length).toBeLessThanOrEqual(
      keys.length * times,
    )
  })

  it('says how old its figures are and what is still to come', async () => {
    const { owner } = test.centre
    await owner("INSERT INTO centre.fold_cursor VALUES ('A1', 'n1', 480, '2026-11-29')")
    const beat = { nodeId: 'n1', lastSeq: 512 } as Beat
    await addBeat(test.centre, 'A1', startMs - 5_000, beat)
    const of = async (lotId: string) =>
      (await browser.call('money.table', { lotId, span: '2026-11', by: 'day' })).answer
    expect(await of('A1')).toMatchObject({ heardMs: startMs - 5_000, toCome: 12, unfolded: 20 })
    expect(await of('*')).toMatchObject({ heardMs: startMs - 60_000, toCome: 12, unfolded: 520 })
    await owner('DELETE FROM centre.fold_cursor; DELETE FROM centre.lot_beat')
  })
})

const wanted = { lotId: 'A1', span: '2026-11', what: null, means: null } as const

describe('the rows of a cell', () => {
  const pages = async (ask: object): Promise<readonly MoneyRow[][]> => {
    const found: MoneyRow[][] = []
    let after: MoneyPlace | null = null
    do {
      const { answer }: { answer: { rows: readonly MoneyRow[]; next: MoneyPlace | null } } =
        await browser.call('money.rows', { ...ask, after })
      found.push([...answer.rows])
      after = answer.next
    } while (after !== null)
    return found
  }

  it.each([
    [{ ...wanted }, [100, 31]],
    [{ ...wanted, what: 'payment' }, [100, 30]],
    [{ ...wanted, what: 'payment', means: 'cash' }, [43]],
    [{ ...wanted, what: 'refund' }, [1]],
    [{ ...wanted, lotId: '*' }, [100, 100, 62]],
    [{ ...wanted, span: '2026-11-28' }, [76]],
    [{ ...wanted, span: '2026-10' }, [0]],
  ])('%j come newest first, 100 a page, each once', async (ask, sizes) => {
    const found = await pages(ask)
    expect(found.map(({ length }) => length)).toEqual(sizes)
    const all = found.flat()
    expect(new Set(all.map(({ lotId, seq }) => `${lotId} ${seq}`)).size).toBe(all.length)
    expect(all.map(({ atMs }) => atMs)).toEqual(
      all.map(({ atMs }) => atMs).toSorted((a, b) => b - a),
    )
    const { answer } = await browser.call('money.proof', ask)
    expect(answer.rows.payment.n + answer.rows.refund.n).toBe(all.length)
    expect(answer.rows).toEqual(answer.table)
  })

  it('name their stay and its plate, which is masked in a file', async () => {
    const first = { ...wanted, after: null }
    const { answer } = await browser.call('money.rows', first)
    expect(answer.rows.find(({ seq }) => seq === 130)).toMatchObject({
      stayId: 'n1-S1',
      plate: '测A12345',
      fen: 230,
    })
    const file = await browser.call('money.export', wanted)
    expect(file.answer.streamed).toHaveLength(131)
    expect(JSON.stringify(file.answer)).not.toContain('12345')
    expect(file.answer.streamed.find(({ seq }) => seq === 130)).toMatchObject({ plate: '测AXXX45' })
  })

  it.each([
    ['a row that the table does not count', 'UPDATE centre.taking SET n = n - 1, fen = fen - 230'],
    ['a sum that no row has', 'UPDATE centre.taking SET fen = fen + 1'],
    ['a day without takings', 'DELETE FROM centre.taking'],
  ])('differ from the table by %s, and are all shown', async (_, change) => {
    const { owner } = test.centre
    const where = "lot_id = 'A1' AND day = '2026-11-29' AND what = 'payment' AND means = 'etc'"
    await owner(`CREATE TABLE kept AS SELECT * FROM centre.taking`)
    const { rows: hours } = await owner(
      `SELECT max(hour) AS hour FROM centre.taking WHERE ${where}`,
    )
    await owner(`${change} WHERE ${where} AND hour = ${hours[0].hour}`)
    const { answer } = await browser.call('money.proof', { ...wanted, what: 'payment' })
    expect(answer.rows.payment).not.toEqual(answer.table.payment)
    expect((await pages({ ...wanted, what: 'payment' })).flat()).toHaveLength(130)
    await owner('DELETE FROM centre.taking; INSERT INTO centre.taking SELECT * FROM kept')
    await owner('DROP TABLE kept')
  })
})

describe('bad input', () => {
  const bad: readonly (readonly [string, object, string])[] = [
    ['money.table', { lotId: 'A1', span: '2026-11', by: 'hour' }, '/by'],
    ['money.table', { lotId: 'A1', span: '2026-02-30', by: 'day' }, '/span'],
    ['money.table', { lotId: '', span: '2026-11', by: 'day' }, '/lotId'],
    ['money.proof', { ...wanted, what: 'both' }, '/what'],
    ['money.proof', { ...wanted, means: '' }, '/means'],
    ['money.proof', { ...wanted, means: undefined }, '/means'],
    ['money.rows', { ...wanted }, '/after'],
    ['money.rows', { ...wanted, after: { day: '2026-11' } }, '/after/day'],
    ['money.rows', { ...wanted, after: 5 }, '/after'],
    ['money.export', { ...wanted, span: 'x' }, '/span'],
    ['money.export', { ...wanted, span: '2026-11-31' }, '/span'],
    ['money.export', { ...wanted, more: 1 }, '/more'],
  ]
  it.each(bad)('%s %j: %s', async (name, args, field) => {
    expect(await browser.call(name, args)).toMatchObject({ status: 400, code: 'API-01', field })
  })
})

it('reads the rows of a cell by an index among 100,000 rows of many lots', async () => {
  await test.centre.owner(`INSERT INTO centre.money
    SELECT 'L' || n % 50, 'n2', n, '2026-11-01'::date + (n / 4000), 8, 'payment', 'etc', 100, NULL, NULL,
    '2026-11-01'::timestamptz + n * interval '25 s' FROM generate_series(1, 100000) n`)
  await test.centre.owner('ANALYZE centre.money')
  const values = [['L7'], '2026-11-09', '2026-11-09', 'payment', 'etc']
  const plan = await planOf(test.centre, moneyRowsQuery, [
    ...values,
    ...[null, null, null, null, null, 101],
  ])
  expect(plan).not.toContain('Seq Scan on money_202611')
  expect(plan).toContain('money_202611_lot_id_day_what_means_hour_fen_idx')
})
