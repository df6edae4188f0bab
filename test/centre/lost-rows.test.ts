// Three lots with their feeds, a door and a real database that loses rows: lots that write nothing new notice it by the
// answer to their heartbeats, send what is missing, and nothing else.
import pg from 'pg'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import type { CentreFeed } from '#ledger/desk/centre/centre-feed.ts'
import { eventually } from '../kit/eventually.ts'
import {
  arrives,
  beatsOf,
  TestLot,
  until,
} from '../firmware-runtime/ledger/desk/centre/feed-kit.ts'
import { openScene, type Scene } from './door/door-kit.ts'
import { foldAll } from './fold/fold-kit.ts'

interface Sending {
  readonly lot: TestLot
  readonly feed: CentreFeed
}

let scene: Scene
let lots: readonly Sending[]

async function joined(lotId: string, cars: number): Promise<Sending> {
  const lot = new TestLot(0, lotId, 'n1')
  lot.beats = beatsOf(lot)
  lot.drive(cars, false)
  const feed = lot.open(scene.door.url)
  const pending = async (): Promise<string | undefined> =>
    (
      await scene.centre.owner(
        `SELECT pairing_id AS id FROM desk.pairing
         WHERE lot_id = $1 AND state = 'pending' AND digits IS NOT NULL`,
        [lotId],
      )
    ).rows[0]?.id
  await eventually(pending).toBeDefined()
  await scene.decide((await pending()) ?? '', true)
  await arrives(lot, feed)
  return { lot, feed }
}

/** Tables that a copy of the database brings back together, in the order in which the door locks them. */
const tables = ['lot_beat', 'lot_cursor', 'lot_batch', 'lot', 'fold_cursor', 'money', 'taking']
const copied = async (): Promise<void> => {
  await scene.centre.owner('DROP SCHEMA IF EXISTS copy CASCADE; CREATE SCHEMA copy')
  for (const table of tables)
    await scene.centre.owner(`CREATE TABLE copy.${table} AS TABLE centre.${table}`)
}
const whole = tables.map((table) => `centre.${table}`).join(', ')
const restored = `TRUNCATE ${whole};
  ${tables.map((table) => `INSERT INTO centre.${table} SELECT * FROM copy.${table}`).join(';')}`

const cursors = async (): Promise<readonly string[]> =>
  (
    await scene.centre.owner(
      `SELECT lot_id || ' ' || last_seq AS text FROM centre.lot_cursor ORDER BY lot_id`,
    )
  ).rows.map(({ text }) => text)
const own = (): readonly string[] => lots.map(({ lot }) => `${lot.lotId} ${lot.headSeq}`)
/** What was sent since, by its first rows. */
const sentFrom = (): readonly (readonly number[])[] =>
  lots.map(({ lot }) => lot.readFrom.splice(0).filter((seq) => seq <= lot.headSeq))

async function isHere(): Promise<void> {
  await eventually(cursors).toEqual(own())
  for (const { lot, feed } of lots) await arrives(lot, feed)
}

/** Everything is here again: rows, their order and signatures, and the figures of them. */
async function isWhole(): Promise<void> {
  await isHere()
  const { ok, rows, faults } = scene.checked()
  expect({ ok, faults }).toEqual({ ok: true, faults: [] })
  expect(rows).toBe(lots.reduce((sum, { lot }) => sum + lot.headSeq, 0))
  await foldAll(scene.centre)
  const { rows: sums } = await scene.centre.owner(
    `SELECT (SELECT sum(n)::int FROM centre.taking) AS n, (SELECT count(*)::int FROM centre.money) AS own`,
  )
  const payments = lots
    .flatMap(({ lot }) => lot.lines)
    .filter((line) => /"kind":"payment"/.test(line))
  expect(sums).toEqual([{ n: payments.length, own: payments.length }])
}

beforeAll(async () => {
  scene = await openScene()
  return async () => {
    expect(scene.failures).toEqual([])
    await scene.close()
  }
})
beforeEach(async () => {
  await scene.centre.owner(`TRUNCATE ${whole}, desk.pairing, desk.lot_key`)
  lots = await Promise.all([joined('A1', 4), joined('B2', 2), joined('C3', 3)])
  await isHere()
  await foldAll(scene.centre)
  await copied()
  sentFrom()
})

it('a database that was restored from an older copy', async () => {
  const [a, b] = lots.map(({ lot }) => lot.headSeq)
  lots[0]?.lot.drive(2, false)
  lots[1]?.lot.drive(5, false)
  await isHere()
  sentFrom()
  await scene.centre.owner(restored)
  await isWhole()
  const [sentA, sentB, sentC] = sentFrom()
  // From what the copy has, and of the lot whose rows are all in it, nothing.
  expect([sentA?.[0], sentB?.[0], sentC]).toEqual([(a ?? 0) + 1, (b ?? 0) + 1, []])
})

it('a database that was emptied, with the names of its lots', async () => {
  await scene.centre.owner(`TRUNCATE ${whole}`)
  await isWhole()
  expect(sentFrom().map(([first]) => first)).toEqual([1, 1, 1])
  const { rows } = await scene.centre.owner(
    `SELECT lot_id, name->>'en' AS en, state FROM centre.lot ORDER BY 1`,
  )
  expect(rows).toEqual(
    ['A1', 'B2', 'C3'].map((lot_id) => ({ lot_id, en: 'Test', state: 'active' })),
  )
})

it.each([
  ['all rows of one lot', -1],
  ['all of it but the first batch', 0],
  ['its newest batch', 2],
])('a centre that lost %s', async (_, keptBatches) => {
  const { lot, feed } = lots[1] as Sending
  for (let n = 0; n < 3; n++) {
    lot.drive(1, false)
    await arrives(lot, feed)
  }
  const { rows } = await scene.centre.owner(
    `SELECT to_seq::int AS last, head FROM centre.lot_batch WHERE lot_id = 'B2' ORDER BY to_seq`,
  )
  expect(rows.length).toBeGreaterThan(3)
  sentFrom()
  const { last = 0, head } = rows[keptBatches] ?? {}
  const change =
    last === 0
      ? `DELETE FROM centre.lot_cursor WHERE lot_id = 'B2'`
      : `UPDATE centre.lot_cursor SET last_seq = ${last}, head = '\\x${head.toString('hex')}' WHERE lot_id = 'B2'`
  await scene.centre.owner(
    `DELETE FROM centre.lot_batch WHERE lot_id = 'B2' AND to_seq > ${last}; ${change}`,
  )
  await isWhole()
  expect(sentFrom()).toEqual([[], [last + 1], []])
})

it('a database that was restored while a batch was under way', async () => {
  const { lot } = lots[2] as Sending
  const before = lot.headSeq
  lot.drive(1, false)
  await isHere()
  sentFrom()
  const { address } = scene.centre.server
  const holds = new pg.Client({ connectionString: address })
  await holds.connect()
  await holds.query(`BEGIN; LOCK TABLE ${whole} IN ACCESS EXCLUSIVE MODE`)
  lot.drive(1, false)
  await until(() => lot.readFrom.length > 0)
  await holds.query(restored)
  await holds.query('COMMIT')
  await isWhole()
  expect(sentFrom()[2]?.slice(1)).toContain(before + 1)
  await holds.end()
})

it('a centre that is ahead of its lot is told as such, without a new row, and ends with its cause', async () => {
  const { lot, feed } = lots[0] as Sending
  await scene.centre.owner(
    `UPDATE centre.lot_cursor SET last_seq = last_seq + 7 WHERE lot_id = 'A1'`,
  )
  await eventually(() => feed.view().fault?.code).toBe('ROWS-06')
  expect(lot.told).toEqual(['ROWS-06'])
  expect(sentFrom()).toEqual([[], [], []])
  await scene.centre.owner(
    `UPDATE centre.lot_cursor SET last_seq = last_seq - 7 WHERE lot_id = 'A1'`,
  )
  await eventually(() => feed.view().fault).toBeNull()
  await isWhole()
  expect(sentFrom()).toEqual([[], [], []])
})
