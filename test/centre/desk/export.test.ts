// Exports of a month of many lots, smaller than 300 of them: every row once and masked, in chunks, with the months that a
// look-up does not need left out; sums beyond what a number holds are refused, and a reader who goes ends the transaction.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { carsQuery, moneyDayQuery } from '../../../centre/desk/calls/money/calls.ts'
import { staysOfMonthQuery } from '../../../centre/desk/calls/stays/calls.ts'
import { exact, exactOf } from '../../../centre/desk/exact.ts'
import { linesOf } from '../../../centre/desk/streamed.ts'
import { present } from '#base/pure/values/must.ts'
import { ensureFoldMonths } from '../../kit/centre-figures.ts'
import { eventually } from '../../kit/eventually.ts'
import { addLot, testDesk, type Browser, type TestDesk } from '../../kit/test-desk.ts'
import { planOf } from './plan.ts'

const [lots, days, cars] = [30, 10, 100]
const rows = lots * days * cars
let test: TestDesk
let browser: Browser
beforeAll(async () => {
  test = await testDesk()
  const { centre } = test
  await ensureFoldMonths(centre, ['2026-08', '2026-09', '2026-10', '2026-11'])
  for (let n = 1; n <= lots; n++) await addLot(centre, `L${n}`)
  await centre.owner(
    `INSERT INTO centre.stay (lot_id, node_id, stay_id, day, plate, colour, entered_at, left_at, ended, no_entry,
       entry_lane, exit_lane, order_fen, paid_fen, back_fen, first_seq, last_seq, odd_clock)
     SELECT 'L' || l, 'n1', 'n1-S' || d * 1000 + c, date '2026-11-01' + d, '测A' || lpad(c::text, 5, '0'), 'blue',
       timestamptz '2026-11-01T08:00+08' + d * interval '1 day' + c * interval '5 min', now(), 'etc', false, 'in', 'out',
       100, 100, 0, d * 1000 + c, d * 1000 + c, false
     FROM generate_series(1, $1::int) l, generate_series(0, $2::int - 1) d, generate_series(1, $3::int) c`,
    [lots, days, cars],
  )
  await centre.owner(`INSERT INTO centre.money
    SELECT lot_id, node_id, last_seq, day, 9, 'payment', 'etc', paid_fen, stay_id, NULL, entered_at FROM centre.stay`)
  // One that was paid two months after its entry, and one whose clock was wrong.
  await centre.owner(
    `UPDATE centre.stay SET day = '2026-09-02' WHERE lot_id = 'L1' AND stay_id = 'n1-S3007'`,
  )
  await centre.owner(
    `UPDATE centre.stay SET day = '2026-11-20' WHERE lot_id = 'L2' AND stay_id = 'n1-S3007'`,
  )
  await centre.owner(
    'INSERT INTO centre.taking SELECT lot_id, day, hour, what, means, count(*), sum(fen) FROM centre.money GROUP BY 1, 2, 3, 4, 5',
  )
  await centre.owner('ANALYZE')
  browser = await test.signedIn()
})
afterAll(() => test.close())

const wanted = { lotId: '*', span: '2026-11', what: null, means: null } as const

describe('an export', () => {
  it.each([
    ['a month of all lots', wanted, rows],
    ['a month of one', { ...wanted, lotId: 'L7' }, days * cars],
    ['a day of all', { ...wanted, span: '2026-11-04' }, lots * cars],
    ['refunds', { ...wanted, what: 'refund' }, 0],
    ['a month without rows', { ...wanted, span: '2026-08' }, 0],
  ])('of money of %s has every row once, newest first, with its plate', async (_, ask, count) => {
    const { answer } = await browser.call('money.export', ask)
    const found = answer.streamed
    expect(found).toHaveLength(count)
    expect(new Set(found.map(({ lotId, seq }) => `${lotId} ${seq}`)).size).toBe(count)
    const times = found.map(({ atMs }) => atMs)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect(found.filter(({ plate }) => plate === null)).toEqual([])
    expect(found.every(({ plate }) => /^测AXXX\d\d$/.test(plate ?? ''))).toBe(true)
  })

  it.each([
    ['the first characters', '测A0', rows],
    ['a whole plate', '测A00007', lots * days],
    ['the number of a stay', 'n1-S3007', lots],
    ['too little', '测', 0],
    ['what no car has', '测Z99999', 0],
  ])('of stays by %s has every one once', async (_, word, count) => {
    const { answer } = await browser.call('stays.export', { lotId: '*', word })
    expect(answer.streamed).toHaveLength(count)
    const keys = answer.streamed.map(({ lotId, stayId }) => `${lotId} ${stayId}`)
    expect(new Set(keys).size).toBe(count)
  })

  it('begins before it has read all, as one array for each 5,000 rows of a day', async () => {
    const { owner } = test.centre
    await owner(`INSERT INTO centre.money SELECT 'L1', 'n9', n, '2026-11-05', 9, 'payment', 'etc', 1, NULL, NULL,
      timestamptz '2026-11-05T00:00+08' FROM generate_series(1, 12000) n`)
    const response = await fetch(`${test.desk.url}/api/money.export`, {
      method: 'POST',
      headers: {
        origin: test.desk.url,
        'content-type': 'application/json',
        cookie: browser.cookie,
      },
      body: JSON.stringify({ ...wanted, span: '2026-11-05' }),
    })
    const sizes = (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map((line) => (Array.isArray(line) ? line.length : line))
    expect(sizes).toEqual([5000, 5000, 5000, { rows: 15_000 }])
    await owner("DELETE FROM centre.money WHERE node_id = 'n9'")
  })

  it('whose reader goes ends its transaction', async () => {
    const gone = new AbortController()
    const response = await fetch(`${test.desk.url}/api/money.export`, {
      method: 'POST',
      headers: {
        origin: test.desk.url,
        'content-type': 'application/json',
        cookie: browser.cookie,
      },
      body: JSON.stringify(wanted),
      signal: gone.signal,
    })
    const reader = present(response.body, 'a body').getReader()
    await reader.read()
    gone.abort()
    await eventually(async () => {
      const { rows: open } = await test.centre.owner(
        "SELECT FROM pg_stat_activity WHERE usename = 'etc_desk' AND state LIKE 'idle in transaction%'",
      )
      return open.length
    }).toBe(0)
  })

  it('that fails in the middle has no last line', async () => {
    const said: unknown[] = []
    async function* broken(): AsyncGenerator<readonly number[]> {
      yield [1, 2]
      throw new Error('planted')
    }
    const readable = await linesOf(broken(), (error) => said.push(error))
    const lines: string[] = []
    await expect(
      (async () => {
        for await (const line of readable) lines.push(String(line))
      })(),
    ).rejects.toThrow('planted')
    expect(lines).toEqual(['[1,2]\n'])
    expect(said).toHaveLength(1)
  })
})

describe('a look-up reads the months that it needs', () => {
  const monthsIn = (plan: string): readonly string[] =>
    [...new Set(plan.match(/(?:stay|money)_\d{6}/g))].toSorted()

  it('of a day of money', async () => {
    const values = [['L7'], '2026-11-04', '2026-11-04', null, null]
    expect(monthsIn(await planOf(test.centre, moneyDayQuery, values))).toEqual(['money_202611'])
  })

  it.each([
    ['2026-11-03', '2026-11-04', ['stay_202611']],
    ['2026-10-31', '2026-11-01', ['stay_202610', 'stay_202611']],
  ])('of cars from %s to %s', async (from, to, months) => {
    const values = [['L7'], ['n1'], ['n1-S3007'], from, to]
    expect(monthsIn(await planOf(test.centre, carsQuery, values))).toEqual(months)
  })

  it.each([
    ['plate', '测A00007', ''],
    ['start', '测A0000', '测A0001'],
    ['tail', '70000', '70001'],
    ['stay', 'n1-S3007', 'n1'],
  ] as const)('of stays by %s', async (by, from, to) => {
    const values = [['L7'], from, to, '2026-11-01', '2026-12-01']
    expect(monthsIn(await planOf(test.centre, staysOfMonthQuery(by), values))).toEqual([
      'stay_202611',
    ])
  })
})

describe('a sum', () => {
  it.each([
    ['0', 0],
    ['-5', -5],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740992', 'CENTRE-26'],
    ['9007199254740993', 'CENTRE-26'],
    ['-9007199254740993', 'CENTRE-26'],
    ['1000000000000000000000', 'CENTRE-26'],
    ['1.5', 'CENTRE-26'],
    ['NaN', 'CENTRE-26'],
  ])('of %s fen is %s', (text, wantedOne) => {
    const got = (() => {
      try {
        return exactOf(text)
      } catch (error) {
        return (error as { code: string }).code
      }
    })()
    expect(got).toBe(wantedOne)
    expect(exact(1)).toBe(1)
  })

  it('that a number cannot hold is refused by each call that shows it', async () => {
    const { owner } = test.centre
    const day = '2026-11-29'
    await owner(`INSERT INTO centre.taking VALUES ('L1', '${day}', 1, 'payment', 'etc', 1, 9007199254740991),
      ('L1', '${day}', 2, 'payment', 'etc', 1, 2)`)
    for (const [name, args] of [
      ['money.table', { lotId: 'L1', span: day, by: 'day' }],
      ['money.proof', { ...wanted, span: day }],
      ['today.get', {}],
      ['lots.list', {}],
      ['lot.now', { lotId: 'L1' }],
    ] as const)
      expect(await browser.call(name, args), name).toMatchObject({ status: 409, code: 'CENTRE-26' })
    await owner(`UPDATE centre.taking SET fen = 0 WHERE day = '${day}' AND hour = 2`)
    const { answer } = await browser.call('money.table', { lotId: 'L1', span: day, by: 'day' })
    expect(answer.cells.map(({ fen }) => fen)).toEqual([9_007_199_254_740_991])
    expect(test.failures).toEqual([])
  })
})
