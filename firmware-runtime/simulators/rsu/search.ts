// When an RSU searches: set up by C0, switched on, and with nobody being served. One device is started
// by other words than the others.
import { cancel } from '../shell/agenda.ts'
import type { Agenda, Planned } from '../shell/agenda.ts'
import type { Car } from './cars.ts'
import type { RsuDialect } from './dialect.ts'
import type { Zone } from './zone.ts'

interface SearchHost {
  readonly dialect: RsuDialect
  readonly agenda: Agenda
  readonly zone: Zone
  isBusy(): boolean
  begin(car: Car): void
}

export class Search {
  initialised = false
  antennaOn = false
  readonly #host: SearchHost
  /** C0 stopped it, and the switch works from its off position alone. */
  #waitsForWord = false
  #planned: Planned | null = null

  constructor(host: SearchHost) {
    this.#host = host
  }

  /** Power-up. */
  reset(): void {
    this.initialised = false
    this.antennaOn = false
    this.#waitsForWord = false
  }

  /** C0 came; it takes a while until it is done. */
  begin(): void {
    this.initialised = false
    if (!this.#host.dialect.searchBySwitch) return
    this.antennaOn = false
    this.#waitsForWord = true
  }

  turn(on: boolean): void {
    if (on && this.#waitsForWord) return
    this.#waitsForWord = false
    this.antennaOn = on
    if (on) this.#host.zone.wakeAll()
    this.soon()
  }

  /** C1 or C2 of nobody: the one device searches then. */
  strayWord(): void {
    if (!this.#host.dialect.searchBySwitch || this.#host.isBusy()) return
    this.#waitsForWord = false
    this.antennaOn = true
    this.soon()
  }

  /** Finds the next OBU: at once, or when the first of those that rest may be read again. */
  soon(): void {
    const { zone, agenda } = this.#host
    cancel(this.#planned)
    const nextUs = zone.nextReadyUs()
    if (!this.#mayFind() || nextUs === null) return
    this.#planned = agenda.plan(nextUs - agenda.nowUs, () => {
      const car = zone.ready()
      if (!this.#mayFind()) return
      if (car) this.#host.begin(car)
      else this.soon()
    })
  }

  #mayFind(): boolean {
    return this.initialised && this.antennaOn && !this.#host.isBusy()
  }
}
