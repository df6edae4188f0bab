// When an RSU searches: initialised by C0, switched on, and without a dialogue. One device is started by other commands
// than the others.
import { cancel, type Agenda, type Planned } from '../shell/agenda.ts'
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
  /** C0 stopped the search, and the switch has an effect only from its off position. */
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

  /** C0 arrived; its execution takes a while. */
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

  /** C1 or C2 without a dialogue: one device starts searching by it. */
  strayWord(): void {
    if (!this.#host.dialect.searchBySwitch || this.#host.isBusy()) return
    this.#waitsForWord = false
    this.antennaOn = true
    this.soon()
  }

  /** Finds the next OBU: at once, or when the first resting one may be read again. */
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
