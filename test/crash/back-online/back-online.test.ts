// Lots of 20 cars a day that come back with the rows of many days while others go on, over real HTTPS with a door in a
// process of its own. The rows of those that were never away reach the database as if nobody came back.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { setTimeout as paused } from 'node:timers/promises'
import { openScene, sent, type Lot } from '../../centre/door/door-kit.ts'
import { batchOf, firstPrev, type Batch } from '../../centre/door/row-kit.ts'
import { doorProcess } from '../kill-centre/scene.ts'

/** `CENTRE_BACK_DAYS=30` is the full scale: 1.5 million rows. */
const days = Number(process.env['CENTRE_BACK_DAYS'] ?? 3)
const [away, others] = [100, 20]
/** 20 cars of 26 rows. */
const rowsADay = 520
const rowsMax = 500
const rowEveryMs = 500
const sendEveryMs = 2_000
/** Of the oldest row of a batch, until the answer. */
const oldestMaxMs = 10_000

const row = (seq: number): string => {
  const body = { plate: `T${seq % 99_991}`, stayId: `n1-${seq}`, at: seq * 37, why: 'x'.repeat(90) }
  return `{"atMs":${Date.now()},"body":${JSON.stringify(body)},"kind":"plateRead","laneId":"X1","nodeId":"n1","seq":${seq}}`
}

const nextBatch = (lot: Lot, count: number): Batch => {
  const { lotId, signing, seq, prev } = lot
  const lines = Array.from({ length: count }, (_, at) => row(seq + 1 + at))
  lot.seq += count
  const batch = batchOf({ lotId, fromSeq: seq + 1, lines, prev, signing })
  lot.prev = batch.head
  return batch
}

it(`lets nobody wait while ${away} lots come back after ${days} days`, async () => {
  const scene = await openScene()
  onTestFinished(() => scene.close())
  const lots: Lot[] = []
  for (let n = 0; n < away + others; n++) lots.push(await scene.lot(`GX${n + 1}`))
  const [back, live] = [lots.slice(0, away), lots.slice(away)]
  const made = back.map((lot) => {
    const batches: Batch[] = []
    for (let left = days * rowsADay; left > 0; left -= rowsMax)
      batches.push(nextBatch(lot, Math.min(left, rowsMax)))
    return { lot, batches }
  })
  const door = doorProcess(scene.centre.server.address, join(scene.dir, 'authority'), 0)
  await door.start()
  onTestFinished(() => door.kill())
  const post = ({ agent }: Lot, { headers, body }: Batch) =>
    sent(door.last, agent, { path: '/v1/rows', headers, body })

  let [oldestMs, refusals, waits, isOver] = [0, 0, 0, false]
  /** Until it is taken; `refused` says how long the lot waits after a refusal. */
  const push = async (lot: Lot, batch: Batch, refused: () => number): Promise<void> => {
    if ((await post(lot, batch)).status === 200) return
    await paused(refused())
    await push(lot, batch, refused)
  }
  const goOn = async (lot: Lot): Promise<void> => {
    const sinceMs = performance.now() - sendEveryMs
    await push(lot, nextBatch(lot, sendEveryMs / rowEveryMs), () => {
      refusals++
      return 5_000
    })
    oldestMs = Math.max(oldestMs, performance.now() - sinceMs)
    await paused(sendEveryMs)
    if (!isOver) await goOn(lot)
  }
  const comeBack = async (lot: Lot, batches: readonly Batch[]): Promise<void> => {
    // Connections are made over ten seconds (many-lots.md, section 6): lots wait by chance.
    await paused(Math.random() * 10_000)
    for (const batch of batches)
      await push(lot, batch, () => {
        waits++
        return 2_500 + Math.random() * 2_500
      })
  }
  const going = live.map(async (lot) => {
    await paused(Math.random() * sendEveryMs)
    await goOn(lot)
  })
  await paused(sendEveryMs * 2)
  const atRestMs = Math.round(oldestMs)
  oldestMs = 0
  const sinceMs = performance.now()
  await Promise.all(made.map(({ lot, batches }) => comeBack(lot, batches)))
  const tookMs = performance.now() - sinceMs
  isOver = true
  await Promise.all(going)

  const rows = away * days * rowsADay
  process.stdout.write(
    `back online: ${JSON.stringify({ rows, seconds: Math.round(tookMs / 1000), oldestMs: Math.round(oldestMs), atRestMs, backlogRefused: waits, liveRefused: refusals })}\n`,
  )
  // What a busy machine adds without a backlog, too, was measured before.
  const busyMs = Math.max(0, atRestMs - 2 * sendEveryMs)
  expect(oldestMs).toBeLessThan(oldestMaxMs + busyMs)
  expect(refusals).toBe(0)
  const found = JSON.parse(
    execFileSync('python3', ['test/fixtures/centre-check.py', scene.centre.server.address], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    }),
  )
  expect(found.faults).toEqual([])
  const heads = Object.fromEntries(
    lots.map(({ lotId, seq, prev }) => [`${lotId}/n1`, `${seq} ${prev}`]),
  )
  expect(found).toMatchObject({ ok: true, heads })
  expect(lots.every(({ prev }) => prev !== firstPrev)).toBe(true)
})
