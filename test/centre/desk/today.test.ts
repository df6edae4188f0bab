// The day of all lots on a real database: sums by means and hour, refunds apart, a week ago, the month, heartbeats
// beside rows, and the lots of a person alone. The clock stands at nine in the morning in China.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addBeat, addFlow, addFolded, addTaking, beatOf } from '../../kit/centre-day.ts'
import {
  addLot,
  addMatter,
  Browser,
  ownSecret,
  startMs,
  testDesk,
  type TestDesk,
} from '../../kit/test-desk.ts'

let test: TestDesk
let browser: Browser
const day = '2026-11-29'
const device = (state: 'up' | 'down' | 'off') => ({
  laneId: 'L01',
  kind: 'camera',
  state,
  reason: null,
})
const lane = (waiting: boolean) => ({
  laneId: 'L01',
  name: { zh: '出口', en: 'Exit' },
  direction: 'exit' as const,
  state: 'idle',
  isEtcReady: true,
  waiting: waiting ? { reason: 'unpaid', sinceIso: '2026-11-29T08:59:00+08:00' } : null,
  boom: 'closed',
})

beforeAll(async () => {
  test = await testDesk()
  const { centre } = test
  for (const lotId of ['A1', 'B2', 'C3']) await addLot(centre, lotId, { lastSeq: 100 })
  for (const [lotId, given] of [
    ['A1', { day, hour: 8, fen: 500, n: 2 }],
    ['A1', { day, hour: 8, fen: 300, means: 'cash' }],
    ['A1', { day, hour: 9, fen: 200 }],
    ['A1', { day, hour: 9, fen: 100, what: 'refund', means: 'cash' }],
    ['B2', { day, hour: 9, fen: 3_000, n: 3 }],
    // A week ago, the month, and days that are in neither.
    ['A1', { day: '2026-11-22', hour: 8, fen: 700 }],
    ['B2', { day: '2026-11-22', hour: 23, fen: 11 }],
    ['A1', { day: '2026-11-22', hour: 8, fen: 50, what: 'refund' }],
    ['A1', { day: '2026-11-01', hour: 0, fen: 10_000 }],
    ['A1', { day: '2026-10-31', hour: 0, fen: 99 }],
    ['A1', { day: '2026-11-30', hour: 0, fen: 77 }],
  ] as const)
    await addTaking(centre, lotId, given)
  await addFlow(centre, 'A1', day, 8, [3, 1])
  await addFlow(centre, 'B2', day, 8, [2, 2])
  await addFlow(centre, 'B2', '2026-11-28', 8, [9, 9])
  await addFolded(centre, 'A1', 90)
  await addFolded(centre, 'B2', 100)
  await addBeat(centre, 'A1', {
    lastSeq: 120,
    today: { day, entered: 4, left: 1, takings: [{ means: 'etc', n: 3, fen: 1_400 }] },
    devices: [device('down'), device('up'), device('off'), device('down')],
    lanes: [lane(true), lane(false)],
  })
  // An older node of the same lot.
  await addBeat(centre, 'A1', { nodeId: 'old', spaces: { capacity: 1, inside: 1, free: 0 } }, 9e6)
  await addBeat(centre, 'B2', {
    lastSeq: 100,
    today: { day, entered: 2, left: 2, takings: [{ means: 'etc', n: 3, fen: 3_000 }] },
  })
  await addMatter(centre, 'B2', 'oddClock', { seq: 1 })
  browser = await test.signedIn()
})
afterAll(() => test.close())

it('has sums by means and by hour, refunds apart, the same weekday a week ago and the month', async () => {
  const { answer } = await browser.call('today.get')
  expect(answer).toMatchObject({
    day,
    hour: 9,
    payments: [
      { means: 'cash', n: 1, fen: 300 },
      { means: 'etc', n: 6, fen: 3_700 },
    ],
    refunds: [{ means: 'cash', n: 1, fen: 100 }],
    weekAgo: '2026-11-22',
    // B2 alone is level with nine o'clock: its rows are all here, those of the others are not.
    compared: { lots: 1, without: 2, fen: 0, weekAgoFen: 0, weekAgoDayFen: 11 },
    month: { fen: 14_711, backFen: 150 },
    matters: 1,
  })
  const none = { takenFen: 0, entered: 0, left: 0, weekAgoFen: 0 }
  expect(answer.hours).toEqual(
    Array.from({ length: 24 }, (_, hour) =>
      hour === 8
        ? { takenFen: 800, entered: 5, left: 3, weekAgoFen: 700 }
        : hour === 9
          ? { ...none, takenFen: 3_200 }
          : hour === 23
            ? { ...none, weekAgoFen: 11 }
            : none,
    ),
  )
})

it('has the lots by their takings, with heartbeats beside rows', async () => {
  const { lots } = (await browser.call('today.get')).answer
  expect(lots.map(({ lotId }) => lotId)).toEqual(['B2', 'A1', 'C3'])
  const [b2, a1, c3] = lots
  expect(b2).toMatchObject({
    today: { n: 3, fen: 3_000, backN: 0, backFen: 0, entered: 2, left: 2 },
    beat: { capacity: 400, inside: 120, free: 280, devicesDown: 0, waiting: 0 },
    told: null,
    matters: ['oddClock'],
  })
  expect(a1).toMatchObject({
    today: { n: 4, fen: 1_000, backN: 1, backFen: 100, entered: 3, left: 1 },
    beat: { heardMs: startMs - 30_000, capacity: 400, devicesDown: 2, waiting: 1 },
    told: { fen: 1_400, entered: 4, left: 1, toCome: 30 },
  })
  expect(a1?.feeds).toEqual([
    {
      nodeId: 'n1',
      lastSeq: 100,
      heardMs: startMs - 60_000,
      beatMs: startMs - 30_000,
      saidIso: '2026-11-29T09:00:00+08:00',
      atMs: null,
      toCome: 20,
      unfolded: 10,
    },
    {
      nodeId: 'old',
      lastSeq: 0,
      heardMs: null,
      beatMs: startMs - 9e6,
      saidIso: '2026-11-29T09:00:00+08:00',
      atMs: null,
      toCome: 2,
      unfolded: 0,
    },
  ])
  expect(c3).toMatchObject({ today: { n: 0, fen: 0, entered: 0 }, beat: null, told: null })
  expect((await browser.call('lots.list')).answer).toEqual(
    lots.toSorted((a, b) => a.lotId.localeCompare(b.lotId)),
  )
})

it('begins a new day at midnight in China', async () => {
  test.clock.ms = Date.UTC(2026, 10, 29, 15, 59, 59)
  expect((await browser.call('today.get')).code).toBe('CENTRE-34')
  const late = await test.signedIn()
  expect((await late.call('today.get')).answer).toMatchObject({ day, hour: 23 })
  test.clock.ms += 1_000
  const { answer } = await late.call('today.get')
  expect(answer).toMatchObject({ day: '2026-11-30', hour: 0, month: { fen: 14_788 } })
  expect(answer.payments).toEqual([{ means: 'etc', n: 1, fen: 77 }])
  // The heartbeats are of yesterday.
  expect(answer.lots.map(({ told }) => told)).toEqual([null, null, null])
  expect(answer.lots[0]?.beat).toMatchObject({ free: 280 })
  test.clock.ms = Date.UTC(2026, 11, 1, 0)
  const next = await test.signedIn()
  expect((await next.call('today.get')).answer).toMatchObject({ month: { fen: 0, backFen: 0 } })
  test.clock.ms = startMs
})

it('is that of the own lots alone', async () => {
  await test.centre.owner(`INSERT INTO desk.person (name, secret, lots, one_time)
    SELECT 'of A1', secret, 'A1', false FROM desk.person WHERE name = 'admin'`)
  const own = new Browser(test.desk.url)
  await own.signIn(ownSecret, 'of A1')
  const { answer } = await own.call('today.get')
  expect(answer.lots.map(({ lotId }) => lotId)).toEqual(['A1'])
  expect(answer).toMatchObject({ month: { fen: 11_700, backFen: 150 }, matters: 0 })
  expect(answer.payments.map(({ fen }) => fen)).toEqual([300, 700])
  expect(answer.hours[8]).toEqual({ takenFen: 800, entered: 3, left: 1, weekAgoFen: 700 })
  expect(JSON.stringify(answer)).not.toContain('B2')
})

it('is told as moved by rows, their fold and heartbeats, and not as something that a person waits for', async () => {
  const own = await test.signedIn()
  const look = async () => (await own.call('state.seq')).answer
  let before = await look()
  expect(await look()).toEqual(before)
  for (const change of [
    () => test.centre.owner('UPDATE centre.lot_cursor SET last_seq = last_seq + 1'),
    () => addFolded(test.centre, 'A1', 95),
    () => addBeat(test.centre, 'A1', beatOf(), 29_000),
  ]) {
    await change()
    const now = await look()
    expect(now.seq).toBe(before.seq)
    expect(now.moved, change.toString()).not.toBe(before.moved)
    before = now
  }
})

it('compares a lot once its rows are here up to the full hour, with its own week before', async () => {
  const own = await test.signedIn()
  const compared = async () => (await own.call('today.get')).answer.compared
  await test.centre.owner('UPDATE centre.lot_cursor SET last_seq = 100')
  await test.centre.owner(`DELETE FROM centre.lot_beat WHERE lot_id = 'A1'`)
  const at = (ms: number) =>
    test.centre.owner(`UPDATE centre.fold_cursor SET seq = 100, at = $1 WHERE lot_id = 'A1'`, [
      new Date(startMs + ms),
    ])
  await at(-6 * 3_600_000)
  expect(await compared()).toMatchObject({ lots: 1, without: 2 })
  await at(-60_000)
  const both = { lots: 2, without: 1, fen: 800, weekAgoFen: 700, weekAgoDayFen: 711 }
  expect(await compared()).toEqual(both)
  await test.centre.owner(`UPDATE centre.lot_cursor SET last_seq = 900 WHERE lot_id = 'B2'`)
  expect(await compared()).toMatchObject({ lots: 1, weekAgoFen: 700 })
  const lots = (await own.call('lots.list')).answer
  expect(lots.map(({ upTo }) => upTo)).toEqual([
    { ms: startMs - 60_000, isLevel: true },
    { ms: null, isLevel: false },
    { ms: null, isLevel: false },
  ])
  await test.centre.owner(`UPDATE centre.fold_cursor SET at = NULL`)
  expect(await compared()).toBeNull()
})

it('has sums that agree while takings come', async () => {
  const own = await test.signedIn()
  let isOver = false
  const fold = async (): Promise<void> => {
    while (!isOver) await test.centre.owner('UPDATE centre.taking SET fen = fen + 7 WHERE fen > 0')
  }
  const folding = fold()
  for (let turn = 0; turn < 30; turn++) {
    const { payments, hours, lots } = (await own.call('today.get')).answer
    const sums = [
      payments.reduce((sum, { fen }) => sum + fen, 0),
      hours.reduce((sum, { takenFen }) => sum + takenFen, 0),
      lots.reduce((sum, { today }) => sum + today.fen, 0),
    ]
    expect(new Set(sums).size, sums.join()).toBe(1)
  }
  isOver = true
  await folding
})
