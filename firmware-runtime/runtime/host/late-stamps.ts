// Loads the nightly time stamp only for a lot that names a service: a start reads no code that it does not need.
import { systemWallClock } from '#base/time/system-clocks.ts'
import type { TaskOwner } from '#base/process/side-tasks.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'

export function startStamps(dir: string, config: LotConfig, tasks: TaskOwner): void {
  if (config.stamps === undefined) return
  tasks.once('stamps', async () => {
    const { hostStamps } = await import('./host-stamps.ts')
    hostStamps({ dir, config, tasks, nowMs: () => systemWallClock().nowMs() })
  })
}
