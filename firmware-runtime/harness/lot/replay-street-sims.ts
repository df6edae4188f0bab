// The street of a replay over links: one watcher for all of its spaces, and a patrol car where its layout has one.
import { openOf } from '#lane/pure/layouts/index.ts'
import { programFile } from '#base/process/program-file.ts'
import { spaceIdOf } from './open-road.ts'
import type { ReplayChoice } from './replay-result.ts'
import { spawnLauncher } from './sim-process.ts'
import { StreetSims, type WatcherKind } from './street-sims.ts'

const watcher = 'watch'
export const patrolLane = 'rounds'

/** Both makes of cameras are played, each in one layout. */
const watchedBy = (layout: string): WatcherKind =>
  openOf(layout)?.watch === 'sensor' ? 'sensors' : layout === '7.2.1' ? 'subscribed' : 'pushing'

/** Part of a replay that its devices need. */
interface StreetChoice extends Pick<
  ReplayChoice,
  'dir' | 'layout' | 'charge' | 'offline' | 'variant' | 'timing' | 'seed'
> {
  readonly traffic: Pick<ReplayChoice['traffic'], 'capacity'> &
    Partial<Pick<ReplayChoice['traffic'], 'fromMs'>>
  /** The file that the simulators run; absent: that of this process. */
  readonly program?: string
}

export function replayStreetSims(choice: StreetChoice): StreetSims {
  const { traffic, program = programFile(), ...own } = choice
  const count = Math.max(1, traffic.capacity)
  const patrol = { id: patrolLane, name: { zh: '巡检车', en: 'Patrol car' } }
  return new StreetSims({
    ...own,
    fromMs: traffic.fromMs,
    launch: spawnLauncher(program),
    streetName: '重放路段',
    watchers: new Map([[watcher, watchedBy(choice.layout)]]),
    spaces: Array.from({ length: count }, (_, i) => ({ id: spaceIdOf(i + 1), watcher })),
    readers: openOf(choice.layout)?.record === undefined ? [] : [patrol],
  })
}
