// Every kind of camera on a real socket lets a car out of a running lot, each from a process of its own.
// One that is dead, silent or locked costs the others nothing.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CameraLot, type CameraVariant } from './kit/camera-lot.ts'

const lanes: readonly (readonly [string, CameraVariant])[] = [
  ['exit-hik-push', 'hikvision-push'],
  ['exit-hik-pull', 'hikvision-pull'],
  ['exit-dahua', 'dahua'],
  ['exit-vz-tcp', 'vz-tcp'],
  ['exit-vz-http', 'vz-http'],
]
const lot = new CameraLot()
beforeAll(() => lot.open(new Map(lanes)))
afterAll(() => lot.close())

test.each(lanes)('%s: a car leaves, its photo is kept', async (laneId) => {
  if (lot.status(laneId).up !== null)
    await lot.until(`${laneId} up`, () => lot.status(laneId).up === true)
  expect(await lot.passes(laneId)).not.toBeNull()
  expect(Math.abs(lot.status(laneId).clockOffsetMs ?? Infinity)).toBeLessThan(5_000)
})
