// The alarms of a centre: a watcher that names and ends matters, and a sender that tells them.
import type pg from 'pg'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import { loop } from './loop.ts'
import type { AlarmPost } from './post.ts'
import { tellOnce } from './tell.ts'
import { watchOnce, type Heard } from './watch.ts'

const everyMs = 5_000

interface AlarmParts {
  readonly pool: pg.Pool
  readonly post: AlarmPost
  readonly clock: WallClock
  readonly mono: MonoClock
  failed(error: unknown): void
}

/** Its close waits for no server: a try that is under way is counted. */
export function openAlarms({ pool, post, clock, mono, failed }: AlarmParts): {
  close(): Promise<void>
} {
  const heard: Heard = new Map()
  const busy = new Map<string, Promise<void>>()
  const teller = { pool, post, nowMs: () => clock.nowMs() }
  const loops = [
    loop({ mono, everyMs, failed, work: () => watchOnce(pool, clock.nowMs(), heard) }),
    loop({ mono, everyMs, failed, work: () => tellOnce(teller, busy) }),
  ]
  return {
    async close() {
      await Promise.all(loops.map((one) => one.close()))
    },
  }
}
