// Faults, crashes and outages while cars pass a simulated lot, drawn per passage and counted.
// One passage at a time has a fault; cars at other lanes are affected as well.
import { present } from '#base/pure/values/must.ts'
import { crashPoints, type CrashPlan } from './sim-crash.ts'
import { passageFaults, rates, type FaultLevel } from './sim-faults.ts'
import type { SimLot } from './sim-lot.ts'

export class SimTrouble {
  readonly faults: Record<string, number> = {}
  readonly #lot: SimLot
  readonly #crash: CrashPlan
  readonly #level: FaultLevel
  readonly #draw: () => number
  #outageEndsUs = 0
  #operatorBackUs = 0
  /** Faults that this lot can meet. */
  readonly #rows: typeof passageFaults
  /** The passage for which the present fault is planned. */
  #owner: object | null = null
  #planned: string | null = null

  constructor(lot: SimLot, crash: CrashPlan, level: FaultLevel, draw: () => number) {
    this.#lot = lot
    this.#crash = crash
    this.#level = level
    this.#draw = draw
    this.#rows = passageFaults.filter(({ place }) =>
      place === 'operator' ? lot.operator !== null : place === 'platform' || level !== 'platform',
    )
  }

  plan(owner: object, nowUs: number): void {
    if (this.#owner !== null) return
    this.#owner = owner
    const rate = rates[this.#level]
    if (rate.fault === 0) return
    if (nowUs > this.#outageEndsUs) this.#lot.networkCut = false
    this.#planOperator(rate, nowUs)
    if (this.#draw() < rate.outage) {
      this.#lot.networkCut = true
      this.#outageEndsUs = nowUs + Math.floor(this.#draw() * 3_600_000_000)
      this.#count('network outage')
    }
    if (this.#draw() < rate.fault) {
      const row = this.#oneOf(this.#rows)
      this.#lot.faults[row.place].add({ skip: 0, times: 1, ...row.rule })
      this.#planned = row.name
    }
    if (this.#draw() < rate.crash) this.#crash.next = this.#oneOf(crashPoints)
  }

  /** Plans an outage of the operator's platform alone; network and expansion platform stay up. */
  #planOperator({ outage }: { readonly outage: number }, nowUs: number): void {
    if (this.#lot.operator === null) return
    if (nowUs > this.#operatorBackUs) this.#lot.operatorCut = false
    if (this.#draw() >= outage) return
    this.#lot.operatorCut = true
    this.#operatorBackUs = nowUs + Math.floor(this.#draw() * 3_600_000_000)
    this.#count('operator outage')
  }

  /** Drops faults planned for this passage that did not occur; true when a crash was among them. */
  over(owner: object): boolean {
    if (this.#owner !== owner) return false
    this.#owner = null
    const isLeft = this.#crash.next !== null
    this.#crash.next = null
    for (const engine of Object.values(this.#lot.faults)) {
      for (const report of engine.list())
        if (report.hits > 0 && this.#planned !== null) this.#count(this.#planned)
      engine.clear()
    }
    return isLeft
  }

  heal(): void {
    this.#crash.next = null
    this.#lot.operatorCut = false
    for (const engine of Object.values(this.#lot.faults)) engine.clear()
  }

  #oneOf<T>(rows: readonly T[]): T {
    return present(rows[Math.floor(this.#draw() * rows.length)], 'it is drawn from the table')
  }

  #count(name: string): void {
    this.faults[name] = (this.faults[name] ?? 0) + 1
  }
}
