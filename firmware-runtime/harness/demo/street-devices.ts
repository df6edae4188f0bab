// The street of the demo: 24 spaces, each with one of up to three watchers, four piles where the layout has them, and the
// readers that people carry or drive. In its folder it goes on with the simulators at new addresses.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { spaceCameras } from '#devices/files/space-cameras.ts'
import { openOf } from '#lane/pure/layouts/index.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { present } from '#base/pure/values/must.ts'
import { loadLot, relinkLot, writeLot } from '#lane/folder/lot-file.ts'
import { programFile } from '#base/process/program-file.ts'
import type { ReplayChoice } from '../lot/replay-result.ts'
import { spawnLauncher, type SimLauncher, type SimProcess } from '../lot/sim-process.ts'
import { StreetSims, type SeenCar, type StreetSpace, type WatcherKind } from '../lot/street-sims.ts'

export interface StreetOptions extends Pick<
  ReplayChoice,
  'dir' | 'charge' | 'offline' | 'timing' | 'seed'
> {
  readonly layout: string
  readonly launch?: SimLauncher | undefined
}

const spaceIds = Array.from({ length: 24 }, (_, i) => `A${String(i + 1).padStart(2, '0')}`)
const pilesMax = 4
const kinds = { high: 'subscribed', road: 'pushing', mag: 'sensors' } as const satisfies Record<
  string,
  WatcherKind
>
type Watcher = keyof typeof kinds
const watchersOf = (layout: string): readonly Watcher[] => {
  if (layout === '7.2.5') return ['high', 'road', 'mag']
  if (openOf(layout)?.watch === 'sensor') return ['mag']
  return [layout === '7.2.1' ? 'high' : 'road']
}
const readers = {
  patrol: { id: 'patrol', name: { zh: '巡检车', en: 'Patrol car' }, hasReceiver: true },
  handheld: { id: 'handheld', name: { zh: '手持机', en: 'Handheld' }, hasReceiver: true },
} as const

/** The street is divided among its watchers. */
function spacesOf(layout: string): readonly StreetSpace[] {
  const watching = watchersOf(layout)
  const piles = openOf(layout)?.pile === undefined ? 0 : pilesMax
  return spaceIds.map((id, i) => {
    const watcher = watching[Math.floor((i * watching.length) / spaceIds.length)]
    return { id, watcher: present(watcher, `${id} has a watcher`), hasPile: i < piles }
  })
}

/** The cameras of an earlier start are the same ones at new addresses: what is known of their view goes with them. */
function sameCameras(dir: string, before: LotConfig, now: LotConfig): void {
  const cameras = spaceCameras(dir, (fault) => {
    throw fault
  })
  for (const { id, link } of before.spaces ?? []) {
    const known = cameras.of(id, link)
    const moved = now.spaces?.find((one) => one.id === id)
    if (known !== null && moved !== undefined) cameras.keep(id, moved.link, known)
  }
}

export class StreetDevices {
  readonly spaceIds = spaceIds
  readonly readers: readonly string[]
  readonly sims: StreetSims
  private readonly sources: ReadonlyMap<string, string>

  constructor({ launch = spawnLauncher(programFile()), ...options }: StreetOptions) {
    const { layout } = options
    const open = present(openOf(layout), 'a layout of 7.2')
    const driven =
      open.collects === 'gantry' ? [readers.patrol, readers.handheld] : [readers.handheld]
    const own = open.reader === undefined ? [] : driven
    const spaces = spacesOf(layout)
    this.readers = own.map(({ id }) => id)
    this.sources = new Map(spaces.map(({ id, watcher }) => [id, watcher]))
    this.sims = new StreetSims({
      ...options,
      launch,
      variant: 'generic-bcc',
      streetName: '演示路',
      watchers: new Map(watchersOf(layout).map((id) => [id, kinds[id]])),
      spaces,
      readers: own,
    })
  }

  get platform(): SimProcess {
    return present(this.sims.platform, 'the platform runs')
  }

  /** Starts what listens, and writes the lot. */
  async start(): Promise<void> {
    await this.sims.start()
    const { dir } = this.sims.plan
    const whole = this.sims.lotFile()
    if (!existsSync(join(dir, 'lot.json'))) {
      writeLot(dir, whole, null)
      return
    }
    const before = loadLot(dir).config
    sameCameras(dir, before, relinkLot(dir, whole))
  }

  sourceOf(spaceId: string): string {
    return present(this.sources.get(spaceId), `${spaceId} has a watcher`)
  }

  isCamera(spaceId: string): boolean {
    return this.sourceOf(spaceId) !== 'mag'
  }

  report(spaceId: string, car: SeenCar | null): Promise<void> {
    if (car === null) return this.sims.report(spaceId, null)
    const { plate, colour } = car
    return this.sims.report(spaceId, { plate, colour, confidence: 97 })
  }

  /** The account pays in online mode. */
  async emptyAccount(cardNo: string): Promise<void> {
    await this.platform.admin('POST', '/accounts', { cardNo, balanceFen: 0 })
  }
}
