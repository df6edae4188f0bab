// A row that cannot be folded stops its feed alone, is told once, and ends by itself; months are made as rows need them.
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { Fold, startFold, type FoldParts } from '../../../centre/fold/fold.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { testCentre, type TestCentre } from '../../kit/centre-database.ts'
import { eventually } from '../../kit/eventually.ts'
import { foldAll, keep, partsOf, rowsOf } from './fold-kit.ts'
import { locks } from '../../../centre/schema/locks.ts'

let centre: TestCentre
beforeAll(async () => {
  centre = await testCentre()
})
afterAll(() => centre.remove())

const noon = Date.UTC(2026, 10, 29, 4)
const text = (seq: number, change: object = {}): string =>
  JSON.stringify({
    amountFen: 100,
    atMs: noon,
    body: { paymentId: `M${seq}`, means: 'cash' },
    kind: 'payment',
    nodeId: 'n1',
    seq,
    stayId: 'S1',
    ...change,
  })
const texts = (from: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => text(from + at))

const cursorOf = async (lotId: string): Promise<number> =>
  (
    await rowsOf<{ seq: number }>(
      centre,
      `SELECT seq::int AS seq FROM centre.fold_cursor WHERE lot_id = '${lotId}'`,
    )
  )[0]?.seq ?? 0
const takenOf = async (lotId: string): Promise<number> =>
  (
    await rowsOf<{ n: number }>(
      centre,
      `SELECT coalesce(sum(n), 0)::int AS n FROM centre.taking WHERE lot_id = '${lotId}'`,
    )
  )[0]?.n ?? 0
interface Told {
  readonly seq: number
  readonly why: string
  readonly open: boolean
}
const toldOf = (lotId: string): Promise<readonly Told[]> =>
  rowsOf<Told>(
    centre,
    `SELECT (detail->>'seq')::int AS seq, detail->>'why' AS why, ended_at IS NULL AS open
     FROM desk.matter WHERE lot_id = '${lotId}' AND kind = 'foldStopped' ORDER BY matter_id`,
  )

const bad: readonly (readonly [lotId: string, string, (seq: number) => string, why: string])[] = [
  ['X1', 'a payment without means', (seq) => text(seq, { body: {} }), 'means'],
  ['X2', 'half a fen', (seq) => text(seq, { amountFen: 0.5 }), 'amountFen'],
  ['X3', 'no JSON', () => '{', 'text'],
  ['X4', 'a text that no database keeps', (seq) => text(seq, { stayId: 'S\0' }), 'stayId'],
  ['X5', 'sums that no column holds', (seq) => text(seq), 'database 22003'],
]

it.each(bad)('%s stops alone at %s', async (lotId, _, line, why) => {
  const others = [`${lotId}a`, `${lotId}z`]
  for (const other of others) await keep(centre, { lotId: other, lines: texts(1, 30) }, 7)
  const before = 25
  const lines = texts(1, before)
  // Sums of fen end beyond nine quintillions: 25 payments still fit.
  if (why === 'database 22003')
    await centre.owner(
      `INSERT INTO centre.taking VALUES ($1, '2026-11-29', 12, 'payment', 'cash', 0, 9223372036854773307)`,
      [lotId],
    )
  await keep(centre, { lotId, lines: [...lines, line(before + 1), ...texts(before + 2, 20)] }, 500)
  const fold = new Fold(partsOf(centre))
  await fold.run(() => undefined)
  await fold.run(() => undefined)
  await new Fold(partsOf(centre)).run(() => undefined)
  for (const other of others) expect(await takenOf(other)).toBe(30)
  const [told, ...more] = await toldOf(lotId)
  expect(more).toEqual([])
  expect(told).toMatchObject({ why, open: true })
  expect(told?.seq).toBe((await cursorOf(lotId)) + 1)
  expect(told?.seq).toBe(before + 1)
  expect(await takenOf(lotId)).toBe(await cursorOf(lotId))
})

/** Time passes when the test says so. */
function steered(parts: FoldParts): { readonly parts: FoldParts; pass(ms: number): void } {
  let nowUs = 0
  const mono: MonoClock = { nowUs: () => nowUs, after: () => () => undefined }
  return { parts: { ...parts, mono }, pass: (ms) => void (nowUs += ms * 1_000) }
}

it('goes on by itself when the row can be folded, and ends what it told', async () => {
  await keep(centre, { lotId: 'Y1', lines: [...texts(1, 4), text(5, { body: {} }), text(6)] }, 2)
  const { parts, pass } = steered(partsOf(centre))
  const fold = new Fold(parts)
  await fold.run(() => undefined)
  expect(await toldOf('Y1')).toEqual([{ seq: 5, why: 'means', open: true }])
  await centre.owner(`DELETE FROM centre.lot_batch WHERE lot_id = 'Y1' AND to_seq = 6`)
  await keep(centre, { lotId: 'Y1', lines: texts(5, 2), from: 5 })
  await fold.run(() => undefined)
  expect(await cursorOf('Y1')).toBe(4)
  pass(599_000)
  expect(await fold.step()).toEqual({ rows: 0, stopped: [] })
  pass(2_000)
  expect((await fold.step()).rows).toBe(2)
  expect(await toldOf('Y1')).toEqual([{ seq: 5, why: 'means', open: false }])
})

it('stops where a batch is missing or damaged', async () => {
  await keep(centre, { lotId: 'Y2', lines: texts(1, 6) }, 2)
  await keep(centre, { lotId: 'Y3', lines: texts(1, 6) }, 2)
  await centre.owner(`DELETE FROM centre.lot_batch WHERE lot_id = 'Y2' AND to_seq = 4`)
  await centre.owner(
    `UPDATE centre.lot_batch SET rows = '\\x1f8b00'::bytea WHERE lot_id = 'Y3' AND to_seq = 6`,
  )
  await foldAll(centre)
  expect([await cursorOf('Y2'), await cursorOf('Y3')]).toEqual([2, 4])
  expect(await toldOf('Y2')).toEqual([{ seq: 3, why: 'batch', open: true }])
  expect(await toldOf('Y3')).toEqual([{ seq: 5, why: 'batch', open: true }])
})

it('makes months as rows need them, and again when one was taken away', async () => {
  const days = [Date.UTC(2020, 0, 1), Date.UTC(2023, 1, 28), Date.UTC(2031, 5, 5)]
  const lines = days.map((atMs, at) => text(at + 1, { atMs }))
  await keep(centre, { lotId: 'Y4', lines })
  const fold = new Fold(partsOf(centre))
  await fold.run(() => undefined)
  const moved = await rowsOf<{ day: string; of: string }>(
    centre,
    `SELECT day::text AS day, tableoid::regclass::text AS of FROM centre.money
     WHERE lot_id = 'Y4' ORDER BY seq`,
  )
  expect(moved).toEqual([
    { day: '2020-01-01', of: 'centre.money_202001' },
    { day: '2023-02-28', of: 'centre.money_202302' },
    // Its clock is years ahead: the day of the row before.
    { day: '2023-02-28', of: 'centre.money_202302' },
  ])
  await centre.owner('DROP TABLE centre.money_202302')
  await keep(centre, { lotId: 'Y4', lines: [text(4, { atMs: days[1] })], from: 4 })
  await expect(fold.step()).rejects.toMatchObject({ code: '23514' })
  expect((await fold.step()).rows).toBe(1)
  expect(await cursorOf('Y4')).toBe(4)
})

it('runs beside the centre, through a killed server, and stops at once', async () => {
  const failures: unknown[] = []
  const parts = { ...partsOf(centre), failed: (error: unknown) => void failures.push(error) }
  const running = startFold(parts)
  onTestFinished(() => running.close())
  await keep(centre, { lotId: 'Z1', lines: texts(1, 10) })
  await eventually(() => takenOf('Z1')).toBe(10)
  await centre.server.crash()
  await centre.server.start()
  await keep(centre, { lotId: 'Z1', lines: texts(11, 10), from: 11 })
  await eventually(() => takenOf('Z1')).toBe(20)
  expect(failures).toEqual([])
  const sinceMs = performance.now()
  await running.close()
  expect(performance.now() - sinceMs).toBeLessThan(2_000)
})

it('two at once count nothing twice', async () => {
  await keep(centre, { lotId: 'Z2', lines: texts(1, 2_000) }, 100)
  const rows = await Promise.all([foldAll(centre, 150), foldAll(centre, 150)])
  expect(rows[0] + rows[1]).toBe(2_000)
  expect(await takenOf('Z2')).toBe(2_000)
})

it('ends a chunk that hangs when the centre is closed', async () => {
  await keep(centre, { lotId: 'Z3', lines: texts(1, 10) })
  const held = await centre.work.connect()
  await held.query('BEGIN; LOCK TABLE centre.taking IN ROW EXCLUSIVE MODE')
  await centre.owner('SELECT 1')
  await held.query('SELECT pg_advisory_xact_lock($1)', [locks.fold])
  const running = startFold({ ...partsOf(centre), failed: () => undefined })
  const { promise, resolve } = Promise.withResolvers<void>()
  setTimeout(resolve, 300)
  await promise
  const sinceMs = performance.now()
  await running.close()
  expect(performance.now() - sinceMs).toBeLessThan(2_100)
  await held.query('ROLLBACK')
  held.release()
  expect(await takenOf('Z3')).toBe(0)
  await foldAll(centre)
  expect(await takenOf('Z3')).toBe(10)
})
