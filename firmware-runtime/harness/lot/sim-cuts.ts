// Power and network of a simulated lot that fail at fixed times, whatever a car is doing.
// Each second power cut waits for a crash point of the next passage, so that it meets a car in the lane.
import { seededRandom } from '#simulators/shell/random.ts'
import { present } from '#base/pure/values/must.ts'
import { crashPoints, type CrashPlan } from './sim-crash.ts'
import type { Cuts } from './replay-result.ts'

/** A cut stands that long before the end of its time: as many as there are such times in the traffic, at night where it is a day. */
const leadMs = 60 * 60_000
/** The network is away that long, each time. */
const networkCutMs = 30 * 60_000

interface Due {
  readonly atMs: number
  readonly do: 'power' | 'networkOff' | 'networkOn'
}

export class SimCuts {
  networkCuts = 0
  private powerCuts = 0
  private readonly due: Due[] = []
  private readonly draw: () => number

  /** `fromMs` to `toMs`: business time of the traffic. */
  constructor(cuts: Cuts, fromMs: number, toMs: number, seed: number) {
    this.draw = seededRandom(seed ^ 0xc075)
    const each = (everyMs: number | null, plan: (atMs: number) => void): void => {
      if (everyMs !== null)
        for (let endMs = fromMs + everyMs; endMs <= toMs; endMs += everyMs) plan(endMs - leadMs)
    }
    each(cuts.powerMs, (atMs) => this.due.push({ atMs, do: 'power' }))
    each(cuts.networkMs, (atMs) => {
      this.due.push({ atMs, do: 'networkOff' }, { atMs: atMs + networkCutMs, do: 'networkOn' })
    })
    this.due.sort((a, b) => a.atMs - b.atMs)
  }

  /** When the next thing fails or comes back, null when nothing will before `untilMs`. */
  nextMs(untilMs: number): number | null {
    const atMs = this.due[0]?.atMs
    return atMs === undefined || atMs > untilMs ? null : atMs
  }

  /** Applies the due cut: calls `network` with its state, or `powerOff`. */
  carryOut(crash: CrashPlan, network: (isCut: boolean) => void, powerOff: () => void): void {
    const due = present(this.due.shift(), 'something is due')
    if (due.do !== 'power') {
      if (due.do === 'networkOff') this.networkCuts++
      network(due.do === 'networkOff')
    } else if (++this.powerCuts % 2 === 1) powerOff()
    else crash.next = present(crashPoints[Math.floor(this.draw() * crashPoints.length)], 'a point')
  }
}
