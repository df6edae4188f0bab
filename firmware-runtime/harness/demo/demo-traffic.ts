// Automatic traffic of the demo: seeded, at the pace of a small lot at noon.
// Nine cars in ten pay by ETC; the others need the person at the board, and the line waits for them.
import type { DemoCar } from '#runtime/calls/demo.ts'
import type { ScenePace } from './demo-scene.ts'
import { seededRandom } from '#simulators/shell/random.ts'

interface TrafficPlan extends ScenePace {
  readonly seed: number
  inside(): number
  drive(does: 'comes' | 'leaves', kind: DemoCar): Promise<unknown>
  failed(error: unknown): void
}

function kindOf(draw: number): DemoCar {
  if (draw < 0.9) return 'etc'
  return draw < 0.97 ? 'noEtc' : 'emptyCard'
}

export class DemoTraffic {
  private readonly plan: TrafficPlan
  private readonly random: () => number
  private timer: NodeJS.Timeout | null = null

  constructor(plan: TrafficPlan) {
    this.plan = plan
    this.random = seededRandom(plan.seed)
  }

  get on(): boolean {
    return this.timer !== null
  }

  set(on: boolean): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = on ? setTimeout(() => this.next(), 0) : null
  }

  private next(): void {
    const [shortest, longest] = this.plan.gapMs
    const [side, kind, gap] = [this.random(), this.random(), this.random()]
    this.timer = setTimeout(() => this.next(), shortest + gap * (longest - shortest))
    const full = this.plan.inside() / (2 * this.plan.wantedInside)
    this.plan.drive(side < full ? 'leaves' : 'comes', kindOf(kind)).catch(this.plan.failed)
  }
}
