// Thrown away and folded anew, in chunks of any size, from batches of any size, or killed in the middle: the figures have
// the same digest.
import { execFileSync, spawnSync } from 'node:child_process'
import type pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { digestsOf, type Digests } from '../../../centre/fold/digest.ts'
import { Fold } from '../../../centre/fold/fold.ts'
import { dropFigures, refoldAll } from '../../../centre/fold/refold.ts'
import { testCentre, type TestCentre } from '../../kit/centre-database.ts'
import { folderOfFile } from '../../kit/own-folder.ts'
import { foldAll, keep, partsOf, simulatedLot, type FoldLot } from './fold-kit.ts'

const folder = folderOfFile('fold-rebuilt-')
let centre: TestCentre
let lots: readonly FoldLot[]
let rows = 0
let first: Digests

/** A clock that is wrong for three rows, and rows without their texts. */
const odd = (lines: readonly string[]): readonly string[] =>
  lines.map((line, at) => {
    if (at % 500 === 499) return `#${'0'.repeat(64)}`
    return at > 700 && at < 704 ? line.replace(/"atMs":\d+/, '"atMs":4070908800000') : line
  })

beforeAll(async () => {
  centre = await testCentre()
  lots = [
    simulatedLot(folder, 'A1', { layout: null, seed: 21, index: 0 }),
    simulatedLot(folder, 'B2', { layout: '7.2.1', seed: 22, index: 3 }),
  ].map((lot) => ({ ...lot, lines: odd(lot.lines) }))
  for (const lot of lots) await keep(centre, lot)
  rows = await foldAll(centre)
  first = await digestsOf(centre.work)
})
afterAll(() => centre.remove())

it('counts something of each table and lot', () => {
  const { stays, money, takings, flow } = first.all
  expect(first.lots.map(({ lotId }) => lotId)).toEqual(['A1', 'B2'])
  expect(stays.n).toBeGreaterThan(200)
  expect(money.n).toBeGreaterThan(100)
  expect(takings.n).toBeGreaterThan(40)
  expect(flow.n).toBeGreaterThan(20)
})

it.each([97, 500, 5_000])('is the same in chunks of %i rows', async (rowsMax) => {
  await dropFigures(centre.work)
  expect(await foldAll(centre, rowsMax)).toBe(rows)
  expect(await digestsOf(centre.work)).toEqual(first)
})

it('is the same at another centre, whatever the batches, and later', async () => {
  for (const batchRows of [100, 7, 500]) {
    const other = await testCentre()
    try {
      const later = Date.now() + 40 * 86_400_000
      for (const lot of lots) await keep(other, { ...lot, receivedMs: later }, batchRows)
      expect(await foldAll(other, 1_000)).toBe(rows)
      expect(await digestsOf(other.work)).toEqual(first)
    } finally {
      await other.remove()
    }
  }
})

/** A pool whose connections lose their server at the nth statement from now on. */
function failing(pool: pg.Pool, at: number): pg.Pool {
  let count = 0
  const end = new Error('Connection terminated')
  return {
    query: (...given: Parameters<pg.Pool['query']>) => pool.query(...given),
    async connect() {
      const client = await pool.connect()
      const query = client.query.bind(client) as (...given: unknown[]) => unknown
      const cut = (...given: unknown[]): unknown => {
        if (++count === at) {
          client.query = query as never
          void (client as unknown as pg.Client).end().catch(() => undefined)
          return Promise.reject(end)
        }
        return query(...given)
      }
      client.query = cut as never
      const release = client.release.bind(client)
      client.release = (broken) => {
        client.query = query as never
        client.release = release
        release(broken)
      }
      return client
    },
  } as unknown as pg.Pool
}

it('is the same when it is cut off between any two statements of a chunk', async () => {
  const parts = partsOf(centre, 1_500)
  const isCut = (at: number): Promise<boolean> =>
    new Fold({ ...parts, pool: failing(centre.work, at) }).step().then(
      () => false,
      () => true,
    )
  let cuts = 0
  for (let at = 1; at <= 22; at++) {
    await dropFigures(centre.work)
    await new Fold(parts).step()
    if (await isCut(at)) cuts++
    await foldAll(centre, 1_500)
    expect(await digestsOf(centre.work), `cut at statement ${at}`).toEqual(first)
  }
  // The rest were the end of a chunk that was given up anyway, or behind the last statement.
  expect(cuts).toBeGreaterThanOrEqual(13)
})

it('is the same when PostgreSQL is killed while it folds', async () => {
  for (const laterMs of [5, 40, 120]) {
    await dropFigures(centre.work)
    const folding = foldAll(centre, 300).catch((error: unknown) => error)
    const { promise, resolve } = Promise.withResolvers<void>()
    setTimeout(resolve, laterMs)
    await promise
    await centre.server.crash()
    await centre.server.start()
    await folding
    await foldAll(centre)
    expect(await digestsOf(centre.work)).toEqual(first)
  }
})

/** Takings of lots and days that the Python program, written from the documents alone, finds otherwise in the batches. */
function wrongTakings(): readonly unknown[] {
  const args = ['test/fixtures/centre-check.py', centre.server.address]
  const { stdout } = spawnSync('python3', args, { encoding: 'utf8' })
  const { faults, takings } = JSON.parse(stdout) as {
    readonly takings: number
    readonly faults: readonly { readonly lot: string; readonly why: string; readonly of: unknown }[]
  }
  expect(takings).toBe(first.all.money.n)
  return faults.flatMap(({ lot, why, of }) => (why === 'taking' ? [[lot, of]] : []))
}

it('has takings that Python counts again from the batches', async () => {
  expect(wrongTakings()).toEqual([])
  await centre.owner(`UPDATE centre.taking SET fen = fen + 1 WHERE (lot_id, day, hour, means) =
    (SELECT lot_id, day, hour, means FROM centre.taking WHERE lot_id = 'B2' AND means = 'etc'
      ORDER BY day, hour LIMIT 1)`)
  expect(wrongTakings()).toMatchObject([['B2', [expect.any(String), 'payment', 'etc']]])
})

it('is refolded, and says which is not the same', async () => {
  await dropFigures(centre.work)
  const told: number[] = []
  const same = await refoldAll(partsOf(centre, 1_000), (so) => told.push(so))
  expect(same).toEqual({ ok: true, before: first, after: first, stopped: [] })
  expect(told.at(-1)).toBe(rows)
  await centre.owner(`UPDATE centre.taking SET fen = fen + 1 WHERE lot_id = 'B2'`)
  const { ok, before, after } = await refoldAll(partsOf(centre), () => undefined)
  expect(ok).toBe(false)
  expect(before.lots[0]).toEqual(after.lots[0])
  expect(before.lots[1]?.takings).not.toEqual(after.lots[1]?.takings)
  expect(after).toEqual(first)
})

/** As docs/centre.md describes it, by another program. */
it('has a digest that Python computes from the tables', () => {
  const script = `
import hashlib, json, subprocess, sys
ms = lambda c: f"(extract(epoch FROM {c}) * 1000)::bigint"
TABLES = {
  "stays": ("stay", ["lot_id", "node_id", "stay_id", "day", "plate", "colour", ms("entered_at"), ms("left_at"), "ended",
    "no_entry", "entry_lane", "exit_lane", "order_fen", "paid_fen", "back_fen", "first_seq", "last_seq", "odd_clock"],
    lambda r: (r[0], r[1], r[2], r[3])),
  "money": ("money", ["lot_id", "node_id", "seq", "day", "hour", "what", "means", "fen", "stay_id", "order_id", ms("at")],
    lambda r: (r[0], r[1], r[2], r[3])),
  "takings": ("taking", ["lot_id", "day", "hour", "what", "means", "n", "fen"], lambda r: tuple(r[:5])),
  "flow": ("flow", ["lot_id", "day", "hour", "entered", "left_n"], lambda r: tuple(r[:3])),
}
out = {}
for name, (table, columns, key) in TABLES.items():
  sql = f"SELECT json_build_array({', '.join(columns)}) FROM centre.{table}"
  text = subprocess.run(["psql", sys.argv[1], "-AtX", "-c", sql], capture_output=True, text=True, check=True).stdout
  rows = sorted((json.loads(line) for line in text.splitlines()), key=key)
  h = hashlib.sha256()
  for row in rows:
    h.update((json.dumps(row, ensure_ascii=False) + "\\n").encode())
  out[name] = {"n": len(rows), "sha256": h.hexdigest()}
print(json.dumps(out))`
  const found = execFileSync('python3', ['-c', script, centre.server.address], { encoding: 'utf8' })
  expect(JSON.parse(found)).toEqual(first.all)
})
