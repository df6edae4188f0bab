// How long a device has been down: from the first look at it, until it is up again, and each for itself.
import { expect, it } from 'vitest'
import { DownTimes } from '#runtime/host/down-times.ts'

it('counts without a break, by lane and device', () => {
  const times = new DownTimes()
  const rsu = (isDown: boolean, nowMs: number) => times.msOf('pile', 'rsu', isDown, nowMs)
  expect([rsu(false, 0), rsu(true, 1_000), rsu(true, 481_000)]).toEqual([null, 0, 480_000])
  expect(times.msOf('pile', 'camera', true, 481_000)).toBe(0)
  expect(times.msOf('exit', 'rsu', true, 481_000)).toBe(0)
  expect([rsu(false, 482_000), rsu(true, 483_000)]).toEqual([null, 0])
})
