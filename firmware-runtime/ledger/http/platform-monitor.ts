// Reports lane states to a platform through its dialect. A missing or bad answer has no effect.
// Null when the dialect has no monitoring.
import type { Dialect, LotNames } from '../ports/dialect.ts'
import type { PlatformMonitor } from '#base/ports/platform-monitor.ts'
import type { SignedPlatform } from './signed-platform.ts'

const answerMs = 5_000

export function platformMonitor(
  platform: Pick<SignedPlatform, 'send'>,
  { monitor }: Pick<Dialect, 'monitor'>,
  lot: LotNames,
): PlatformMonitor | null {
  if (monitor === null) return null
  return {
    beat(heartbeat, done) {
      const { laneId } = heartbeat
      const call = { ...monitor.request(lot, heartbeat), timeoutMs: answerMs, laneId }
      platform.send(call, ({ answer, verified }) =>
        done(answer.kind === 'silence' || verified !== 'valid' || monitor.isWanted(answer.body)),
      )
    },
  }
}
