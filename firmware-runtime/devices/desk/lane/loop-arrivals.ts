// When the car on the arrive loop of each lane came, by a count that cannot be set: a held link of a camera is compared with
// it. A car that stood there when the loop was first seen may have been read before the link was up.
import { systemWallClock } from '#base/time/system-clocks.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { LoopState } from '../../pure/lane/barrier.ts'
import type { BusinessClock } from '#base/ports/clocks.ts'

interface Loop {
  readonly arrive: LoopState
  /** Null: no car is on it. */
  readonly cameMs: number | 'before' | null
}

export class LoopArrivals {
  private readonly loops = new Map<string, Loop>()
  private readonly clock: Pick<BusinessClock, 'steadyMs'>

  constructor(clock: Pick<BusinessClock, 'steadyMs'> = systemWallClock()) {
    this.clock = clock
  }

  /** Looks at the loops of a lot after each of its turns. */
  follow({ lanes, onChange }: Pick<LotRuntime, 'lanes' | 'onChange'>): void {
    onChange.add(() => {
      for (const [laneId, { state }] of lanes) this.seen(laneId, state.arrive)
    })
  }

  seen(laneId: string, arrive: LoopState): void {
    const was = this.loops.get(laneId)?.arrive ?? 'unknown'
    if (was === arrive) return
    const cameMs = arrive === 'on' ? (was === 'off' ? this.clock.steadyMs() : 'before') : null
    this.loops.set(laneId, { arrive, cameMs })
  }

  of(laneId: string): Loop['cameMs'] {
    return this.loops.get(laneId)?.cameMs ?? null
  }
}
