// The status list of a running lot: fetched every quarter of an hour in a worker, or taken from a stick by a person.
// The worker has an HTTP client of its own, so that a long list does not delay a charge.
import { systemRandom, systemWallClock } from '#base/time/system-clocks.ts'
import type { ListParts } from '#ledger/desk/handlers/control-list.ts'
import type { TaskOwner } from '#base/process/side-tasks.ts'
import { ListUpkeep } from '#lane/lot/upkeep/list-upkeep.ts'
import { linkHere } from '#lane/folder/link-here.ts'
import { ListWorker } from '#ledger/desk/list/worker-client.ts'
import type { Site } from '../site/site-parts.ts'

interface HostList {
  readonly parts: ListParts
  notices(): ReturnType<ListUpkeep['notices']>
  close(): Promise<void>
}

export function hostList(
  dir: string,
  site: Site,
  tasks: Pick<TaskOwner, 'every'>,
  withinMs?: number,
): HostList {
  const { config, runtime, chainKey } = site
  const platform = linkHere(dir, config)
  const { provinceCode, mode, caps, chargeMode } = config
  const worker =
    platform === null || runtime.dialect.byOrder !== undefined
      ? null
      : new ListWorker(() => ({
          dir,
          chainKey,
          platform,
          provinceCode,
          isLive: mode === 'production',
          aheadMs: runtime.nowMs() - systemWallClock().nowMs(),
          withinMs,
        }))
  const upkeep = new ListUpkeep({
    runtime,
    tasks,
    random: systemRandom(),
    list: site.statusList,
    service: worker,
    everyMs: runtime.dialect.rules.listEveryMin * 60_000,
    ageMaxMs: caps.blacklistAgeMin * 60_000,
    chargeMode,
  })
  return {
    parts: {
      view: () => upkeep.view(),
      now: (full) => upkeep.now(full),
      take: (path) => upkeep.take(path),
    },
    notices: () => upkeep.notices(),
    async close() {
      upkeep.stop()
      await worker?.close()
    },
  }
}
