// The feed of a running lot to its centre, opened beside the lanes. A lot without a centre loads nothing of it.
import type { CentreFeed } from '../../app/centre/centre-feed.ts'
import type { SideTasks } from '../../app/side-tasks.ts'
import { tracedFault, type LaneFault } from '../../core/faults/faults.ts'
import type { MonoClock, WallClock } from '../../ports/clocks.ts'
import type { FeedRows } from '../../ports/feed-rows.ts'
import type { Site } from '../site/site-parts.ts'

interface HostCentreParts {
  readonly dir: string
  readonly service: FeedRows
  readonly business: WallClock
  readonly mono: MonoClock
  readonly tasks: Pick<SideTasks, 'once' | 'stray'>
}

export interface HostCentre {
  /** Null: the lot has none, or it is not open yet. */
  readonly feed: () => CentreFeed | null
  close(): Promise<void>
}

export function hostCentre(
  { config, runtime: lot }: Pick<Site, 'config' | 'runtime'>,
  { dir, service: rows, business: clock, mono, tasks }: HostCentreParts,
): HostCentre {
  const { centre } = config
  let feed: CentreFeed | null = null
  let isOver = false
  const tell = (fault: LaneFault): void => lot.trace('', null, 'fault', tracedFault(fault))
  const failed = (error: unknown): void => tasks.stray(error)
  const open = async (url: string): Promise<void> => {
    const { openCentreFeed } = await import('../site/centre.ts')
    if (isOver) return
    const own = { ...config, centre: { url } }
    feed = openCentreFeed({ dir, config: own, lot, rows, mono, clock, tell, failed })
  }
  if (centre !== undefined) tasks.once('centre', () => open(centre.url))
  return {
    feed: () => feed,
    async close() {
      isOver = true
      await feed?.close()
    },
  }
}
