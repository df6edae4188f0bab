// The lock after wrong secrets: five wrong ones lock for five minutes, each further lock for twice as long.
// Pure, by business time; a clock that was set back never makes a lock longer than it was.
import type { InstantMs } from '#base/pure/values/instant.ts'

export interface Lock {
  /** Wrong secrets since the last right one or the last lock. */
  readonly wrong: number
  readonly lockedAtMs: InstantMs | null
  /** Duration of the last lock in ms; 0: none since the last correct secret. */
  readonly lockMs: number
}

const minuteMs = 60_000
export const wrongMax = 5
export const firstLockMs = 5 * minuteMs
export const lockMsMax = 60 * minuteMs

export const unlocked: Lock = { wrong: 0, lockedAtMs: null, lockMs: 0 }

export function lockLeftMs({ lockedAtMs, lockMs }: Lock, nowMs: InstantMs): number {
  if (lockedAtMs === null) return 0
  return Math.min(lockMs, Math.max(0, lockedAtMs + lockMs - nowMs))
}

export function afterWrong(lock: Lock, nowMs: InstantMs): Lock {
  const wrong = lock.wrong + 1
  if (wrong < wrongMax) return { ...lock, wrong }
  const lockMs = lock.lockMs === 0 ? firstLockMs : Math.min(lockMsMax, lock.lockMs * 2)
  return { wrong: 0, lockedAtMs: nowMs, lockMs }
}
