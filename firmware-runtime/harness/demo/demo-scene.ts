// What a demo plays: an enclosed car park with an entry and an exit, or a street with spaces. The demo itself opens the lot,
// cuts the network and the power; a scene has the devices and moves the cars.
import type { ArgsOf } from '#runtime/api/table.ts'
import type { Site } from '#runtime/site/site-parts.ts'
import type { SimProcess } from '../lot/sim-process.ts'

export type Wish = Pick<ArgsOf<'demo.sendCar'>, 'laneId' | 'kind' | 'does'>

/** How its traffic goes. */
export interface ScenePace {
  /** Shortest and longest gap between two cars, ms. */
  readonly gapMs: readonly [number, number]
  /** Cars inside at which as many come as leave. */
  readonly wantedInside: number
}

export interface DemoScene {
  readonly pace: ScenePace
  /** Starts the devices that listen, and writes the lot with their addresses. */
  startDevices(): Promise<void>
  /** Starts the devices that push to the open lot. */
  startPushing(site: Site): Promise<void>
  /** The lot was opened anew: devices that push get its address, and say what they see. */
  reopened(site: Site): Promise<void>
  /** Cars that have been here for a while; the ledger has none yet. */
  fill(site: Site): Promise<void>
  send(wish: Wish, site: Site): Promise<{ readonly plate: string }>
  /** A car of the traffic comes or leaves; `false`: the scene has no room for it now. */
  drive(does: 'comes' | 'leaves', kind: Wish['kind'], site: Site): Promise<boolean>
  rsuOf(laneId: string): SimProcess | null
  /** Platforms, the expansion platform first. */
  platforms(): readonly SimProcess[]
  endpoints(site: Site): Readonly<Record<string, unknown>>
  /** No car moves any more. */
  halt(): void
  stop(): Promise<void>
}

/** Address and admin side of a simulator, as the demo prints them. */
export const simEndpoint = (sim: SimProcess | null) =>
  sim === null ? null : { link: sim.endpoints.link ?? '', admin: sim.endpoints.admin }
