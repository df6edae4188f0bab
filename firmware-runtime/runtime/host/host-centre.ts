// The feed of a running lot to its centre, opened beside the lanes. A lot without a centre loads nothing of it.
import type { MatterView } from '#lane/calls/inbox.ts'
import type { BoardView } from '#lane/calls/views.ts'
import type { BeatSource } from '#ledger/desk/centre/beat-sender.ts'
import type { CentreFeed } from '#ledger/desk/centre/centre-feed.ts'
import type { SideTasks } from '#base/process/side-tasks.ts'
import { tracedFault, type LaneFault } from '#base/pure/faults/faults.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import type { FeedRows } from '#ledger/ports/feed-rows.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { Site } from '../site/site-parts.ts'

interface HostCentreParts {
  readonly dir: string
  readonly service: FeedRows & Pick<LedgerService, 'hoursOfDay' | 'sums'>
  readonly business: WallClock
  readonly mono: MonoClock
  readonly tasks: Pick<SideTasks, 'once' | 'stray'>
  board(): BoardView
  waiting(): Promise<readonly MatterView[]>
}

export interface HostCentre {
  /** Null: the lot has none, or it is not open yet. */
  readonly feed: () => CentreFeed | null
  close(): Promise<void>
}

const beatsOf = (
  site: Pick<Site, 'certificates'>,
  { service, board, waiting }: HostCentreParts,
): BeatSource => ({
  board,
  matters: waiting,
  certificates: () => site.certificates,
  async books(fromMs, toMs) {
    const [hours, sums] = await Promise.all([
      service.hoursOfDay(fromMs),
      service.sums({ fromMs, toMs }),
    ])
    return { hours, sums }
  },
})

export function hostCentre(
  site: Pick<Site, 'config' | 'runtime' | 'certificates'>,
  parts: HostCentreParts,
): HostCentre {
  const { config, runtime: lot } = site
  const { dir, service: rows, business: clock, mono, tasks } = parts
  const { centre } = config
  let feed: CentreFeed | null = null
  let isOver = false
  const tell = (fault: LaneFault): void => lot.trace('', null, 'fault', tracedFault(fault))
  const failed = (error: unknown): void => tasks.stray(error)
  const open = async (url: string): Promise<void> => {
    const { openCentreFeed } = await import('../site/centre.ts')
    if (isOver) return
    const own = { ...config, centre: { url } }
    const beats = beatsOf(site, parts)
    feed = openCentreFeed({ dir, config: own, lot, rows, beats, mono, clock, tell, failed })
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
