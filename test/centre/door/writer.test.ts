// Groups of many lots' batches in a real database: one that is refused alone, transactions in each other's way, a full
// disk, a month that nobody made, and too much at once.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { Commits } from '../../../centre/door/commit.ts'
import { Writers, writerLimits, type WriterLimits } from '../../../centre/door/writer.ts'
import { batchHeadOf, readBatch } from '../../../centre/door/batch.ts'
import { systemMonoClock } from '#base/time/system-clocks.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { openScene, type Lot, type Scene } from './door-kit.ts'
import { gm } from './row-kit.ts'

let scene: Scene
let lots: readonly Lot[]
const failures: unknown[] = []
let laterMs = 0
beforeAll(async () => {
  scene = await openScene()
  lots = await Promise.all(['A1', 'B2', 'C3', 'D4'].map((id) => scene.lot(id)))
})
afterAll(() => scene.close())
beforeEach(() => {
  laterMs = 0
  failures.length = 0
})
afterEach(async () => {
  await scene.centre.owner('DROP TRIGGER IF EXISTS planted ON centre.lot_batch')
})

/** One writer, unless said. */
function writersOf(changed: Partial<WriterLimits> = {}): Writers {
  const limits = { ...writerLimits, writers: 1, ...changed }
  const mono = systemMonoClock()
  const failed = (error: unknown) => void failures.push(error)
  const commits = new Commits({
    pool: scene.centre.door,
    clock: { nowMs: () => Date.now() + laterMs },
    mono,
    groupMs: limits.groupMs,
    isRevokedLately: () => false,
    failed,
  })
  return new Writers({ mono, limits, failed, commit: (group) => commits.write(group) })
}

/** A batch as the door read it. */
function batchOf(lot: Lot, rows: number) {
  const { headers, body, plain } = lot.batch(rows)
  return readBatch(batchHeadOf(headers), body, plain, { sm3: gm.sm3, receiptMs: Date.now() })
}

/** One batch of each lot at once: the answers in their order. */
async function writeAll(writers = writersOf()): Promise<readonly string[]> {
  const answers = lots.map(async (lot) => {
    const batch = batchOf(lot, 2)
    const { is } = await writers.write(batch)
    if (is !== 'take') return is
    lot.seq += 2
    lot.prev = batch.head
    return is
  })
  return Promise.all(answers)
}
const all = (is: string): readonly string[] => lots.map(() => is)

/** A trigger that fails with that code before a batch is inserted, where the condition holds. */
async function plant(code: string, condition: string): Promise<void> {
  await scene.centre
    .owner(`CREATE OR REPLACE FUNCTION public.planted() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF ${condition} THEN RAISE EXCEPTION 'planted' USING ERRCODE = '${code}'; END IF; RETURN NEW; END $$`)
  await scene.centre.owner(`CREATE TRIGGER planted BEFORE INSERT ON centre.lot_batch
    FOR EACH ROW EXECUTE FUNCTION public.planted()`)
}
const takeOut = () => scene.centre.owner('DROP TRIGGER planted ON centre.lot_batch')

it('commits the batches of many lots together', async () => {
  const since = lots[0]?.seq ?? 0
  expect(await writeAll()).toEqual(all('take'))
  const { rows } = await scene.centre.owner(
    'SELECT count(DISTINCT xmin::text)::int AS n FROM centre.lot_batch WHERE to_seq > $1',
    [since],
  )
  expect(rows[0].n).toBe(1)
})

it.each(['22P02', '23502', 'P0001'])(
  'sets aside the batch that is refused alone, and takes its neighbours: %s',
  async (code) => {
    const seq = (lots[1]?.seq ?? 0) + 1
    await plant(code, "NEW.lot_id = 'B2'")
    expect(await writeAll()).toEqual(['take', 'aside', 'take', 'take'])
    const told = await scene.matters('aside')
    const detail = { seq, why: `database ${code}` }
    expect(told.at(-1)).toMatchObject({ lot_id: 'B2', detail, ended_at: null })
    expect(failures).toMatchObject([{ code }])
    await takeOut()
    expect(await writeAll()).toEqual(all('take'))
    expect((await scene.matters('aside')).at(-1)?.ended_at).not.toBeNull()
  },
)

it.each(['40001', '40P01', '23505'])(
  'tries again when another was in the way: %s',
  async (code) => {
    await scene.centre.owner('CREATE SEQUENCE public.tries')
    await scene.centre.owner('GRANT USAGE ON SEQUENCE public.tries TO etc_door')
    await plant(code, "nextval('public.tries') <= 2")
    expect(await writeAll()).toEqual(all('take'))
    expect(failures).toEqual([])
    await scene.centre.owner('DROP SEQUENCE public.tries')
  },
)

it.each([
  // No room on the disk: the server says so to nobody else.
  ['53100', [{ code: '53100' }]],
  ['53300', []],
  ['57P01', []],
])('answers all when nothing can be written: %s', async (code, reported) => {
  await plant(code, 'true')
  // More than one group holds.
  expect(await writeAll(writersOf({ groupRowsMax: 2 }))).toEqual(all('notNow'))
  expect(failures).toMatchObject(reported)
  await takeOut()
  expect(await writeAll()).toEqual(all('take'))
})

it('blames no batch for a month that nobody made', async () => {
  laterMs = 300 * dayMs
  const before = (await scene.matters('aside')).length
  expect(await writeAll()).toEqual(all('notNow'))
  expect(failures).toMatchObject([{ code: '23514' }])
  expect(await scene.matters('aside')).toHaveLength(before)
})

it('gives up a transaction that takes too long, and goes on', async () => {
  await plant('P0001', 'pg_sleep(30) IS NULL')
  expect(await writeAll(writersOf({ groupMs: 300 }))).toEqual(all('notNow'))
  await takeOut()
  expect(await writeAll()).toEqual(all('take'))
})

it('two doors write the first rows of a lot at once', async () => {
  const lot = await scene.lot('N9')
  const batch = batchOf(lot, 3)
  const answers = await Promise.all([writersOf(), writersOf()].map((one) => one.write(batch)))
  expect(answers.map(({ is }) => is).toSorted()).toEqual(['again', 'take'])
  expect(await scene.cursor('N9')).toBe(`n1 3 ${batch.head}`)
})

it('lets no lot wait behind the many batches of another', async () => {
  const [first, second] = lots as [Lot, Lot]
  const writers = writersOf({ groupRowsMax: 1_000 })
  const [many, one] = [batchOf(first, 500), batchOf(second, 1)]
  const order: string[] = []
  const told = async (name: string, batch: typeof one): Promise<void> => {
    await writers.write(batch)
    order.push(name)
  }
  // A group holds two batches of 500: the one of the other lot is in the first.
  const backlog = Array.from({ length: 10 }, () => told('first', many))
  await Promise.all([...backlog, told('second', one)])
  expect(order.indexOf('second')).toBeLessThan(3)
  for (const [lot, { toSeq, head }] of [
    [first, many],
    [second, one],
  ] as const) {
    lot.seq = toSeq
    lot.prev = head
  }
})

it('answers at once when too many rows wait', async () => {
  const writers = writersOf({ waitingRowsMax: 7 })
  expect(await writeAll(writers)).toEqual(['take', 'take', 'take', 'notNow'])
  expect(writers.waitingRows).toBe(0)
  expect(await writeAll(writersOf())).toEqual(all('take'))
})

it('holds what the Python program proves', () => {
  expect(scene.checked().faults).toEqual([])
})
