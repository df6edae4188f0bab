// How the board shows a device: up means that a message came within the last seconds. A camera sends only when a car
// comes: its silence is no fault, a missed car is.
import { note } from '#base/pure/words/notes.ts'
import type { TakerView } from '../../calls/safety-views.ts'
import type { DeviceView, RefusedPush } from '#lane/calls/views.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'

/** Heartbeats of RSU and barrier come every second or two; ten seconds of silence are a fault. */
const receivedWithinMs = 10_000

export interface DeviceSigns {
  readonly link: string
  readonly up: boolean
  readonly detail: string
  readonly reason?: string
  readonly lastReceivedMs: number | null
}

export function deviceView(signs: DeviceSigns, monoMs: number): DeviceView {
  const heardMsAgo =
    signs.lastReceivedMs === null ? null : Math.max(0, Math.round(monoMs - signs.lastReceivedMs))
  const isReceived = heardMsAgo !== null && heardMsAgo <= receivedWithinMs
  return {
    state: signs.up && isReceived ? 'up' : 'down',
    heardMsAgo,
    link: signs.link,
    detail: signs.up && !isReceived ? 'silent' : signs.detail,
    ...(signs.reason === undefined || signs.up ? {} : { reason: signs.reason }),
  }
}

/** A device that works, but not for the lane. */
export function heldView(seen: DeviceView, taker: TakerView): DeviceView {
  const { by, program, pid, reason, untilIso } = taker
  return { ...seen, state: 'down', reason: 'held', held: { by, program, pid, reason, untilIso } }
}

interface CameraSigns {
  readonly link: string
  /** Null: it pushes when a car comes, so its silence means nothing. */
  readonly up: boolean | null
  readonly detail: string
  /** Why it is down, as a word of devices/pure/camera/camera-driver.ts. */
  readonly reason: string | null
  readonly lastReceivedMs: number | null
  readonly lastReadUs: number | null
  /** When a car was last given up because no plate arrived. */
  readonly lastMissedUs: number | null
  readonly clockOffsetMs: number | null
  readonly notUnderstood: number
  readonly notLive: number
  readonly undated: {
    readonly count: number
    readonly sinceMs: InstantMs
    readonly code: string
    readonly time: string
  } | null
  readonly refusedPush: RefusedPush | null
}

const undatedView = ({ count, sinceMs, code, time }: NonNullable<CameraSigns['undated']>) => ({
  count,
  sinceIso: isoOf(sinceMs),
  code,
  time,
})

export function cameraView(signs: CameraSigns, nowUs: number): DeviceView {
  const { link, up, detail, reason, lastReadUs, lastMissedUs, lastReceivedMs, clockOffsetMs } =
    signs
  const missed = lastMissedUs !== null && (lastReadUs === null || lastMissedUs > lastReadUs)
  const heardMsAgo =
    lastReceivedMs === null ? null : Math.max(0, Math.round(nowUs / 1000 - lastReceivedMs))
  const more = {
    ...(clockOffsetMs === null ? {} : { clockOffsetMs }),
    ...(signs.notUnderstood === 0 ? {} : { notUnderstood: signs.notUnderstood }),
    ...(signs.notLive === 0 ? {} : { notLive: signs.notLive }),
    ...(signs.undated === null ? {} : { undated: undatedView(signs.undated) }),
    ...(signs.refusedPush === null ? {} : { refusedPush: signs.refusedPush }),
  }
  const down = { state: 'down', heardMsAgo, link, ...more } as const
  if (up === false) return { ...down, detail, reason: reason ?? 'notReached' }
  if (missed) return { ...down, detail: note('carWithoutPlate'), reason: 'plateMissed' }
  const silent = up === null && lastReceivedMs === null
  return { state: silent ? 'off' : 'up', heardMsAgo, link, detail, ...more }
}
