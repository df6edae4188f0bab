// A camera reading reaches its lane as history when the camera's clock shows that its car has gone.
// A clock that comes with a reading is checked before it is trusted; one that was queried is trusted.
import { expect, it } from 'vitest'
import {
  CameraService,
  type CameraPorts,
} from '../../../../firmware-runtime/runtime/lane/camera-service.ts'
import type { PlateRead } from '../../../../firmware-runtime/core/lane/plate-read.ts'

const atMs = Date.parse('2026-11-25T21:30:00+08:00')
const hourMs = 3_600_000

function camera() {
  const taken: boolean[] = []
  let nowMs = atMs
  const ports = {
    mono: { nowUs: () => 0, after: () => () => undefined },
    wall: { nowMs: () => nowMs },
    take: (_laneId: string, read: PlateRead) => void taken.push(read.history),
  } as unknown as CameraPorts
  const service = new CameraService(ports, 'exit', 'hikvision://192.0.2.7', null)
  const readAt = (offsetMs: number, history = false): PlateRead => ({
    deviceId: '020000000007',
    recordId: `${taken.length}`,
    deviceAtMs: nowMs + offsetMs,
    plate: '测A00015',
    plateRaw: '测A00015',
    plateState: 'read',
    colour: 'blue',
    confidence: 0.97,
    history,
    jpeg: null,
  })
  return {
    service,
    taken,
    later: (ms: number) => void (nowMs += ms),
    /** Reports a reading as pull drivers do: its clock first. */
    pulled: (offsetMs: number) => {
      service.news({ type: 'clockMeasured', offsetMs })
      service.news({ type: 'plateRead', read: readAt(offsetMs), receivedAtMs: nowMs })
    },
    pushed: (offsetMs: number, history = false) => service.pushed(readAt(offsetMs, history)),
    asked: (offsetMs: number) => service.news({ type: 'clockMeasured', offsetMs }),
    beat: (offsetMs: number) => service.beat(nowMs + offsetMs),
  }
}

it('pulled: 20.6 h old by the clock that was asked for is history, and the clock stays', () => {
  const one = camera()
  one.asked(-400)
  one.pulled(-300)
  one.pulled(-20.6 * hourMs)
  one.pulled(-200)
  expect(one.taken).toEqual([false, true, false])
  expect(one.service.status.clockOffsetMs).toBe(-200)
})

it('pulled: a clock that was asked for and is a day behind makes nothing history', () => {
  const one = camera()
  one.asked(0)
  one.asked(-24 * hourMs)
  expect(one.service.status.clockOffsetMs).toBe(-24 * hourMs)
  one.pulled(-24 * hourMs + 7)
  expect(one.taken).toEqual([false])
})

it('pushed: by the clock of a heartbeat, and by that of the readings before', () => {
  const one = camera()
  one.beat(-300)
  one.pushed(-20.6 * hourMs)
  one.pushed(-300)
  one.later(60_000)
  one.pushed(-2 * hourMs)
  expect(one.taken).toEqual([true, false, true])
})

it('what the camera itself calls history stays that, and says no clock', () => {
  const one = camera()
  one.pushed(0, true)
  expect([one.taken, one.service.status.clockOffsetMs]).toEqual([[true], null])
})
