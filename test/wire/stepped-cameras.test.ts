// The clock of a lane set forward or back while cars stand there, for each make: a car of 20 h ago is then of now by that clock.
// No reading opens a boom or ends a stay until the clock is right again or a person vouches for it, also after kill -9.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isoOf } from '#base/pure/values/instant.ts'
import { eventually } from '../kit/eventually.ts'
import { LateLot, type LaneId } from './kit/late-lot.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { rawCameras, type StatedTime } from './kit/raw-cameras.ts'
import { TurnedClock } from './kit/turned-clock.ts'

const stepMs = 20 * 3_600_000
let lot: LateLot
let clock: TurnedClock
beforeEach(() => {
  clock = new TurnedClock()
  lot = new LateLot()
})
afterEach(async () => {
  await lot.close()
  clock.close()
})

/** Without a time, in a spelling of no make, of 20 h ago, and lawful, by the clock of the camera, which is right. */
const readings = (): readonly StatedTime[] => [
  null,
  isoOf(Date.now()).replace(/^(\d+)-(\d+)-(\d+)T/, '$3/$2/$1 '),
  Date.now() - stepMs,
  Date.now(),
]

const countOf = async (laneId: LaneId): Promise<number> =>
  (await lot.until(laneId, () => true)).devices.camera.notLive ?? 0

/**
 * Each is counted, and none is of now; it is sent again where its link was broken meanwhile. The lawful one is left out: sent
 * again, it opens once the clock is right.
 */
async function allRefused(laneId: LaneId, plate: string): Promise<void> {
  for (const time of readings().slice(0, 3)) {
    const before = await countOf(laneId)
    await eventually(
      async () => {
        await lot.live(laneId, plate, time)
        return countOf(laneId)
      },
      (count) => count > before,
    )
  }
}
const doubts = (): readonly string[] =>
  ledgerRows(lot.dir).flatMap((row) =>
    row.kind === 'event' && row.body.type.startsWith('clock') ? [row.body.type] : [],
  )

it.each(Object.entries(rawCameras))('%s: the clock is set', async (_name, make) => {
  await lot.init(make)
  await lot.start()
  await lot.live('entry', '测A10001')
  await lot.loops('entry', true, false)
  await lot.leaves('entry')
  expect(lot.began()).toEqual(['测A10001'])

  // Another car waits at the exit, and readings name the one that is inside.
  const before = await lot.opens('exit')
  const served = async (): Promise<readonly number[]> => [
    (await lot.opens('exit')) - before,
    lot.ended(),
  ]
  await lot.loops('exit', true, false)
  for (const ms of [-stepMs, stepMs, -3_600_000]) {
    clock.step(ms)
    await allRefused('exit', '测A10001')
    clock.step(-ms)
    // Seen with the next reading, which itself is of nobody's now.
    await lot.live('exit', '测A10001', null)
    await eventually(
      () => doubts(),
      (types) => types.at(-1) === 'clockSure',
    )
  }
  expect(await served()).toEqual([0, 0])

  // A correction by NTP is no doubt: the lawful reading goes, the others do not.
  clock.step(20_000)
  for (const time of readings().slice(0, 3)) await lot.live('exit', '测A10001', time)
  expect(await served()).toEqual([0, 0])
  await lot.live('exit', '测A10001')
  await lot.leaves('exit')
  expect(await served()).toEqual([1, 1])

  // Set back, and the machine fails: no start makes an old car one of now.
  clock.step(-stepMs)
  await lot.kill()
  await lot.start()
  await lot.loops('entry', true, false)
  await allRefused('entry', '测A10003')
  expect(lot.began()).toEqual(['测A10001'])
  expect(doubts().at(-1)).toBe('clockUnsure')

  // Once the clock is right, a person vouches for it: old cars stay out, and the car of now comes in.
  clock.step(stepMs)
  await lot.call('clock.confirm', { commandId: 'clock-is-right', by: '业主', reason: '对过表' })
  for (const time of readings().slice(0, 3)) await lot.live('entry', '测A10003', time)
  await lot.live('entry', '测A10004')
  await lot.leaves('entry')
  expect(lot.began()).toEqual(['测A10001', '测A10004'])
})
