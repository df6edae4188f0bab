// The watcher on a real database, in virtual time: named within 3 minutes and once, over restarts, and without a false
// alarm when PostgreSQL was away.
import { afterAll, beforeEach, beforeAll, describe, expect, it } from 'vitest'
import { watchOnce, type Heard } from '../../../centre/alarm/watch.ts'
import type { Beat } from '#ledger/pure/centre/beat.ts'
import { addBeat } from '../../kit/centre-beats.ts'
import { testCentre, type TestCentre } from '../../kit/centre-database.ts'
import { addLot, startMs } from '../../kit/test-desk.ts'

let centre: TestCentre
let heard: Heard = new Map()
beforeAll(async () => {
  centre = await testCentre(startMs)
})
afterAll(() => centre.remove())
beforeEach(async () => {
  heard = new Map()
  for (const table of [
    'desk.matter',
    'desk.alarm_episode',
    'desk.alarm_listening',
    'centre.lot_beat',
  ])
    await centre.owner(`DELETE FROM ${table}`)
  for (const table of ['centre.lot', 'centre.lot_cursor', 'desk.lot_key'])
    await centre.owner(`DELETE FROM ${table}`)
  for (const lot of ['A1', 'B2']) await addLot(centre, lot)
})

/** Looks each five seconds; the given lots have a heartbeat each minute. */
async function pass(
  fromS: number,
  toS: number,
  lots: readonly string[],
  more: Partial<Beat> = {},
): Promise<void> {
  for (let second = fromS; second < toS; second += 5) {
    const nowMs = startMs + second * 1_000
    if (second % 60 === 0) for (const lot of lots) await addBeat(centre, lot, nowMs, more)
    await watchOnce(centre.work, nowMs, heard)
  }
}
const matters = async (): Promise<readonly string[]> =>
  (
    await centre.owner(
      'SELECT lot_id, node_id, kind, thing, since, ended_at FROM desk.matter ORDER BY matter_id',
    )
  ).rows.map(({ lot_id: lot, node_id: node, kind, thing, since, ended_at: ended }) =>
    [
      lot,
      node,
      kind,
      thing,
      (since - startMs) / 1_000,
      ended === null ? 'open' : (ended - startMs) / 1_000,
    ].join(' '),
  )

describe('a lot that is unplugged', () => {
  it('is named within 180 s, once over two restarts, and ends when it is heard', async () => {
    await pass(0, 65, ['A1', 'B2'])
    await pass(65, 60 + 150, ['B2'])
    expect(await matters()).toEqual([])
    await pass(210, 240, ['B2'])
    expect(await matters()).toEqual(['A1  silent  60 open'])
    heard = new Map()
    await pass(600, 900, ['B2'])
    heard = new Map()
    await pass(1_200, 1_260, ['B2'])
    expect(await matters()).toEqual(['A1  silent  60 open'])
    await pass(1_260, 1_320, ['A1', 'B2'])
    expect(await matters()).toEqual(['A1  silent  60 1260'])
    await pass(1_320, 1_500, ['B2'])
    expect(await matters()).toEqual(['A1  silent  60 1260', 'A1  silent  1260 open'])
  })

  it('keeps the matter of its device, which is not named anew', async () => {
    const devices = [{ laneId: 'L01', kind: 'camera', state: 'down', reason: null }] as const
    await pass(0, 125, ['A1'], { devices })
    await pass(125, 400, [])
    await pass(420, 480, ['A1'], { devices })
    const camera = 'A1 n1 deviceDown device L01 camera 0'
    expect(await matters()).toEqual([`${camera} open`, 'A1  silent  120 420'])
    await pass(480, 720, ['A1'])
    expect(await matters()).toEqual([`${camera} 600`, 'A1  silent  120 420'])
    const { rows } = await centre.owner("SELECT detail FROM desk.matter WHERE kind = 'deviceDown'")
    expect(rows[0].detail.what).toEqual({ zh: '东入口的相机', en: 'camera of East entry' })
  })
})

it('a device that comes and goes over a restart is one matter', async () => {
  const devices = [{ laneId: 'L01', kind: 'camera', state: 'down', reason: null }] as const
  for (let minute = 0; minute < 12; minute++) {
    if (minute === 5) heard = new Map()
    await pass(minute * 60, minute * 60 + 60, ['A1'], minute % 2 === 0 ? { devices } : {})
  }
  expect(await matters()).toEqual(['A1 n1 deviceDown device L01 camera 0 open'])
})

it('PostgreSQL away for ten minutes names nobody, and then only who stays away', async () => {
  await pass(0, 125, ['A1', 'B2'])
  await centre.server.crash()
  await expect(watchOnce(centre.work, startMs + 130_000, heard)).rejects.toThrow()
  await centre.server.start()
  await pass(725, 730, [])
  await pass(730, 840, ['A1', 'B2'])
  expect(await matters()).toEqual([])
  await pass(840, 1_000, ['A1'])
  expect(await matters()).toEqual(['B2  silent  780 open'])
})

it('a heartbeat that cannot be read stops no other lot', async () => {
  await pass(0, 5, ['A1', 'B2'])
  await centre.owner(
    "UPDATE centre.lot_beat SET beat = '{}', heard = heard + interval '1 s' WHERE lot_id = 'A1'",
  )
  await pass(5, 240, ['B2'], { disk: { freeMb: 1, isLow: true } })
  expect(await matters()).toEqual(['B2 n1 diskLow  60 open', 'A1  silent  1 open'])
})

it('two watchers of one database name once', async () => {
  await addBeat(centre, 'A1', startMs)
  await watchOnce(centre.work, startMs, heard)
  for (let second = 5; second < 240; second += 5)
    await Promise.all(
      [heard, new Map()].map((own) => watchOnce(centre.work, startMs + second * 1_000, own)),
    )
  expect(await matters()).toEqual(['A1  silent  0 open'])
})
