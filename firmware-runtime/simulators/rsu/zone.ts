// The cars in the antenna's zone, and which of their OBUs may be read now.
// Several cars may be in it at once; each rests after its dialogue.
import { cancel, type Agenda, type Planned } from '../shell/agenda.ts'
import { answers, drawSensitivity, exchangeWorks, levelNow, passUs } from './air.ts'
import { usualScene, type AirObu, type AirScene } from './air.ts'
import type { Car } from './cars.ts'

interface InZone {
  readonly car: Car
  /** Null: the car stands in the zone and is received whenever the power reaches it. */
  readonly air: AirObu | null
  /** The OBU is not read again before this time. */
  restUntilUs: number
  readonly leaves: Planned | null
}

export class Zone {
  readonly #agenda: Agenda
  readonly #there = new Map<string, InZone>()
  readonly #powerStep: () => number
  readonly #random: () => number
  readonly scene: AirScene = { ...usualScene }
  readonly #seed: number
  /** Interval of the antenna's calls, µs: from the last initialise frame. */
  callUs = 10_000
  /** Reported OBUs, and until when the RSU does not report them again; they may be gone. */
  readonly #silentUntilUs = new Map<string, number>()

  constructor(agenda: Agenda, powerStep: () => number, random: () => number, seed = 0) {
    this.#seed = seed
    this.#agenda = agenda
    this.#powerStep = powerStep
    this.#random = random
  }

  /** The OBUs that the antenna reaches with its present power. */
  #reached(): InZone[] {
    const step = this.#powerStep()
    return [...this.#there.values()].filter(({ car }) => car.needsPowerStep <= step)
  }

  enter(car: Car): void {
    const { obuId } = car.obu
    this.leave(obuId)
    const stayUs = car.pass === null ? car.stayMs * 1000 : passUs(car.pass)
    const leaves = stayUs > 0 ? this.#agenda.plan(stayUs, () => this.leave(obuId)) : null
    this.#there.set(obuId, { car, air: this.#airOf(car), restUntilUs: 0, leaves })
  }

  #airOf({ pass }: Car): AirObu | null {
    if (pass === null) return null
    const wakesAtDbm = drawSensitivity(this.#random)
    return { pass, beganUs: this.#agenda.nowUs, wakesAtDbm, awake: false }
  }

  #level(air: AirObu): number {
    return levelNow(air, this.#powerStep(), this.#agenda.nowUs, this.scene, this.#seed)
  }

  /** Whether a frame to or from this OBU gets through now; always for a standing car. */
  hears(obuId: string): boolean {
    const there = this.#there.get(obuId)
    if (there === undefined) return false
    if (there.air === null) return true
    const level = this.#level(there.air)
    return exchangeWorks(level, this.#random)
  }

  /** The dialogue was lost on the air: the next call may find the OBU again. */
  callAgain(obuId: string): void {
    this.rest(obuId, this.callUs)
  }

  passes(obuId: string): boolean {
    return (this.#there.get(obuId)?.air ?? null) !== null
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

  /** The OBU was reported: it is not reported again before this time. */
  keepSilent(obuId: string, forUs: number): void {
    const { nowUs } = this.#agenda
    for (const [id, untilUs] of this.#silentUntilUs)
      if (untilUs <= nowUs) this.#silentUntilUs.delete(id)
    if (forUs > 0) this.#silentUntilUs.set(obuId, nowUs + forUs)
  }

  /** Power-up: reported OBUs are forgotten. */
  forget(): void {
    this.#silentUntilUs.clear()
  }

  #readyUs({ car, restUntilUs }: InZone): number {
    return Math.max(restUntilUs, this.#silentUntilUs.get(car.obu.obuId) ?? 0)
  }

  /** The antenna was switched on: every OBU gets a new beacon. */
  wakeAll(): void {
    for (const there of this.#there.values()) there.restUntilUs = 0
  }

  /** The car waiting longest among those that may be read now. */
  ready(): Car | null {
    let first: { car: Car; readyUs: number } | null = null
    for (const there of this.#reached()) {
      const readyUs = this.#readyUs(there)
      if (readyUs > this.#agenda.nowUs || !this.#answers(there)) continue
      if (!first || readyUs < first.readyUs) first = { car: there.car, readyUs }
    }
    return first?.car ?? null
  }

  /** One call of the antenna; an OBU that does not answer is called again after the interval. */
  #answers(there: InZone): boolean {
    if (there.air === null) return true
    const level = this.#level(there.air)
    if (answers(there.air, level, this.#random)) return true
    there.restUntilUs = this.#agenda.nowUs + this.callUs
    return false
  }

  /** When the first OBU may be read; null when none is reached. */
  nextReadyUs(): number | null {
    let next: number | null = null
    for (const there of this.#reached()) {
      const readyUs = this.#readyUs(there)
      if (next === null || readyUs < next) next = readyUs
    }
    return next
  }
}
