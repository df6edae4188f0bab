// Reused lanes (7.1.3): two lanes of the file with one boom, and lane/pure/reused-lane.ts between them. After a restart
// the direction with an unused pass in the ledger gets the lane again.
import type { LaneEvent } from '../../pure/lane.ts'
import {
  lookAtReused,
  startReused,
  stepReused,
  type ReusedState,
  type ReusedStep,
  type ReusedView,
} from '../../pure/reused-lane.ts'
import type { LaneConfig } from '#base/pure/lot/config.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LaneDevices, LaneHost } from '../lane-host.ts'

interface ReusedPorts {
  readonly lanes: ReadonlyMap<string, LaneHost>
  readonly lot: LotState
  nowMs(): InstantMs
  dispatch(laneId: string, event: LaneEvent): void
}

interface Told {
  readonly laneId: string
  readonly event: LaneEvent
}

interface Pair {
  readonly entry: LaneHost
  readonly exit: LaneHost
}

/** The exit of a reused lane uses the boom of its entry. */
export function devicesOf(
  ports: { devicesOf(laneId: string): LaneDevices },
  { id, sharesBarrierOf }: LaneConfig,
): LaneDevices {
  const own = ports.devicesOf(id)
  if (sharesBarrierOf === undefined) return own
  const shared = ports.devicesOf(sharesBarrierOf)
  return {
    get rsu() {
      return own.rsu
    },
    get barrier() {
      return shared.barrier
    },
    get display() {
      return own.display
    },
  }
}

export class ReusedLanes {
  private readonly ports: ReusedPorts
  private readonly pairs = new Map<string, Pair>()

  constructor(ports: ReusedPorts) {
    this.ports = ports
    for (const exit of ports.lanes.values()) {
      const entry = ports.lanes.get(exit.config.sharesBarrierOf ?? '')
      if (entry === undefined) continue
      const pair: Pair = { entry, exit }
      exit.partner = entry
      entry.partner = exit
      for (const one of [entry, exit]) this.pairs.set(one.config.id, pair)
      const left = [exit, entry].find(({ config }) => this.hasPass(config.id))
      this.keep(pair, startReused(left?.config.direction ?? null))
    }
  }

  private hasPass(laneId: string): boolean {
    const pass = this.ports.lot.passByLane.get(laneId)
    return pass !== undefined && this.ports.lot.stays.has(pass.stayId)
  }

  private keep({ entry, exit }: Pair, state: ReusedState): void {
    entry.reused = state
    exit.reused = state
  }

  /** The lanes that get a device event: the lane itself when it is not reused. */
  told(laneId: string, event: LaneEvent): readonly Told[] {
    const pair = this.pairs.get(laneId)
    const state = pair?.entry.reused ?? null
    if (pair === undefined || state === null) return [{ laneId, event }]
    const way = pair.entry.config.id === laneId ? 'entry' : 'exit'
    return this.done(pair, stepReused(state, { way, event }, this.ports.nowMs()))
  }

  /** Called after each turn; its events lead to further turns. */
  look(): readonly Told[] {
    const all: Told[] = []
    for (const pair of new Set(this.pairs.values())) {
      const state = pair.entry.reused
      if (state !== null) all.push(...this.done(pair, lookAtReused(state, this.view(pair))))
    }
    return all
  }

  private view(pair: Pair): ReusedView {
    const sideOf = ({ state }: LaneHost) => ({ name: state.name, plate: state.car?.plate ?? null })
    return { entry: sideOf(pair.entry), exit: sideOf(pair.exit), nowMs: this.ports.nowMs() }
  }

  private done(pair: Pair, { state, directed, timers }: ReusedStep): readonly Told[] {
    this.keep(pair, state)
    const { id } = pair.entry.config
    for (const { name, afterMs } of timers)
      pair.entry.timers.set(name, afterMs, () => this.ports.dispatch(id, { type: 'timer', name }))
    return directed.map(({ way, event }) => ({ laneId: pair[way].config.id, event }))
  }
}
