// A platform that recovers is reached in time while a car waits, whatever is queued: several records, one whose attempt was
// just lost, or an empty queue. Virtual time; the moment of recovery moves in steps.
import { describe, expect, it } from 'vitest'
import { loop, plate, plateEvent } from '../pure/lane-bench.ts'
import { inside, lateLot, newCard, type LateLot } from './late-scene.ts'

function outbox({ runtime }: LateLot, n: number, op: 'exception' | 'exitUpload'): void {
  const body = {
    outboxId: `X${n}`,
    destination: 'platform',
    op,
    businessNo: `N${n}`,
    body: '{}',
    bodySm3: '',
  }
  runtime.append([{ kind: 'outbox', atMs: runtime.nowMs(), body }])
}

/** The platform does not answer and its circuit is open; `left` records are queued, each without an attempt. */
function deadPlatform(left: number): LateLot {
  const lot = lateLot('online')
  const { time, runtime, platform, antenna } = lot
  antenna.up()
  platform.silence = 'requests'
  for (let n = 0; n < 5; n++) outbox(lot, n, 'exception')
  runtime.retryNow()
  time.runTo(time.nowUs + 15e6)
  expect(runtime.platformUp).toBe(false)
  // The receipts of these five arrived by offline transfer.
  const meta = { httpStatus: null, respCode: null, requestId: null, tradeNo: null, note: null }
  for (let n = 0; n < 5; n++) {
    const body = { outboxId: `X${n}`, state: 'confirmed', attempt: 1, ...meta } as const
    runtime.append([{ kind: 'outboxState', atMs: runtime.nowMs(), body }])
  }
  for (let n = 5; n < 5 + left; n++) outbox(lot, n, 'exitUpload')
  expect(runtime.queue.records.size).toBe(left)
  return lot
}

/** Ms from the platform's return to the open boom; the car came `sinceMs` after the circuit's own probe. */
function decidedAfterMs(left: number, sinceMs: number, awayMs: number): number {
  const lot = deadPlatform(left)
  const { time, runtime, lane, dispatch, antenna, platform } = lot
  inside(lot)
  const own = runtime.queue.destinations.get('platform')?.openUntilMs ?? 0
  time.runTo((own + sinceMs) * 1000)
  antenna.put(newCard(1))
  dispatch(loop('arrive', 'on'))
  dispatch(plateEvent(plate))
  time.runTo(time.nowUs + awayMs * 1000)
  const backUs = time.nowUs
  platform.silence = 'none'
  const isOpen = (): boolean => lane.state.name === 'opening'
  if (left > 0) expect(lane.state.car?.manual).toBe('platformDown')
  time.runTo(time.nowUs + 20e6, isOpen)
  expect(isOpen()).toBe(true)
  expect([...platform.charges.keys()].filter((no) => !no.startsWith('N'))).toHaveLength(1)
  runtime.stop()
  return (time.nowUs - backUs) / 1000
}

/** A car that has been inside for seventy minutes stands at the exit. */
function carAt(lot: LateLot): void {
  const { antenna, dispatch } = lot
  inside(lot)
  antenna.put(newCard(1))
  dispatch(loop('arrive', 'on'))
  dispatch(plateEvent(plate))
}

/** Ms from the recovery of a platform that was silent for `silentMs` to the open boom. */
function backAfterMs({ time, lane, platform, runtime }: LateLot, silentMs: number): number {
  platform.silence = 'requests'
  time.runTo(time.nowUs + silentMs * 1000)
  const backUs = time.nowUs
  platform.silence = 'none'
  const isOpen = (): boolean => lane.state.name === 'opening'
  time.runTo(time.nowUs + 20e6, isOpen)
  expect(isOpen()).toBe(true)
  expect(platform.charges.size).toBe(1)
  runtime.stop()
  return (time.nowUs - backUs) / 1000
}

describe('a car whose charge is asked for in the background', () => {
  it('is decided within two seconds, where the platform was busy before it went silent', () => {
    const slow: string[] = []
    for (let silentMs = 200; silentMs <= 9_000; silentMs += 150) {
      const lot = lateLot('online')
      const { time, platform, antenna } = lot
      antenna.up()
      platform.busyMs = 2_000
      carAt(lot)
      // The platform answered "busy": the last of the three attempts ends some ms after the car came.
      time.runTo(time.nowUs + 1_900_000)
      platform.busyMs = null
      const ms = backAfterMs(lot, silentMs)
      if (ms > 2_000) slow.push(`silent for ${silentMs} ms: ${ms} ms`)
    }
    expect(slow).toEqual([])
  })
  it('is decided within two seconds, where it went back in and came again', () => {
    const slow: string[] = []
    for (let silentMs = 200; silentMs <= 9_000; silentMs += 150) {
      const lot = lateLot('online')
      const { time, platform, antenna, dispatch, runtime } = lot
      antenna.up()
      platform.silence = 'answers'
      carAt(lot)
      time.runTo(time.nowUs + 7_100_000)
      antenna.put(null)
      dispatch(loop('arrive', 'off'))
      const inFlight = () => [...runtime.queue.records.awake.values()].some((r) => r.paced)
      time.runTo(time.nowUs + 60e6, inFlight)
      expect(inFlight()).toBe(true)
      antenna.put(newCard(1))
      dispatch(loop('arrive', 'on'))
      dispatch(plateEvent(plate))
      const ms = backAfterMs(lot, silentMs)
      if (ms > 2_000) slow.push(`silent for ${silentMs} ms: ${ms} ms`)
    }
    expect(slow).toEqual([])
  })
})

describe('a car that waits for the platform', () => {
  it.each([1, 2, 6])('is decided within two seconds of its return, with %i unsent', (left) => {
    const slow: string[] = []
    for (let awayMs = 200; awayMs <= 3_800; awayMs += 150) {
      const ms = decidedAfterMs(left, 40, awayMs)
      if (ms > 2_000) slow.push(`back after ${awayMs} ms: ${ms} ms`)
    }
    expect(slow).toEqual([])
  })
  it('is charged by its own number where nothing else is left to ask for: P26 decides', () => {
    for (const awayMs of [200, 1_000, 5_000, 30_000])
      expect(decidedAfterMs(0, 40, awayMs)).toBeLessThan(4_500)
  })
})
