// The cars in the antenna's zone, and which of their OBUs may be read now.
// Several cars may be in it at once; each rests after its dialogue.
import { cancel } from '../shell/agenda.ts'
import type { Agenda, Planned } from '../shell/agenda.ts'
import type { Car } from './cars.ts'

interface InZone {
  readonly car: Car
  /** The OBU is not read again before this time. */
  restUntilUs: number
  readonly leaves: Planned | null
}

export class Zone {
  readonly #agenda: Agenda
  readonly #there = new Map<string, InZone>()
  readonly #powerStep: () => number

  constructor(agenda: Agenda, powerStep: () => number) {
    this.#agenda = agenda
    this.#powerStep = powerStep
  }

  /** The OBUs that the antenna reaches with its power of now. */
  #reached(): InZone[] {
    const step = this.#powerStep()
    return [...this.#there.values()].filter(({ car }) => car.needsPowerStep <= step)
  }

  enter(car: Car): void {
    const { obuId } = car.obu
    this.leave(obuId)
    const leaves =
      car.stayMs > 0 ? this.#agenda.plan(car.stayMs * 1000, () => this.leave(obuId)) : null
    this.#there.set(obuId, { car, restUntilUs: 0, leaves })
  }

  leave(obuId: string): boolean {
    cancel(this.#there.get(obuId)?.leaves ?? null)
    return this.#there.delete(obuId)
  }

  car(obuId: string): Car | null {
    return this.#there.get(obuId)?.car ?? null
  }

  obuIds(): string[] {
    return [...this.#there.keys()]
  }

  rest(obuId: string, forUs: number): void {
    const there = this.#there.get(obuId)
    if (there) there.restUntilUs = this.#agenda.nowUs + forUs
  }

  /** The antenna was switched on: every OBU hears a new beacon. */
  wakeAll(): void {
    for (const there of this.#there.values()) there.restUntilUs = 0
  }

  /** The car that waits longest among those that may be read now. */
  ready(): Car | null {
    let first: InZone | null = null
    for (const there of this.#reached()) {
      if (there.restUntilUs > this.#agenda.nowUs) continue
      if (!first || there.restUntilUs < first.restUntilUs) first = there
    }
    return first?.car ?? null
  }

  /** When the first OBU may be read; null when nobody is reached. */
  nextReadyUs(): number | null {
    let next: number | null = null
    for (const { restUntilUs } of this.#reached()) {
      if (next === null || restUntilUs < next) next = restUntilUs
    }
    return next
  }
}
