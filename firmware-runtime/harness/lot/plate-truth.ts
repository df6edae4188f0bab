// The true stay of each car of a simulation, whatever cameras read: what a person sees on the photos, and the reference of
// the checks. The lot itself does not use it.
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { TrafficCar } from '#simulators/traffic/cars.ts'
import type { TrafficEvent } from '#simulators/traffic/traffic.ts'

/** Counts of crossings; `wrong`: stays that ended with another car than the one that entered. */
export interface PlateCounts {
  readonly misreadIn: number
  readonly misreadOut: number
  /** By their score, rightly. */
  readonly corrected: number
  /** By a person. */
  readonly picked: number
  /** Wrong stays by means of payment. */
  readonly wrong: Readonly<Record<string, number>>
}

/**
 * Share of misread plates that equal the plate of another car inside. Only an OBU distinguishes the two
 * (docs/plate-correction.md, `fleet`).
 */
const wrongShareMax = 0.03

export class PlateTruth {
  /** The car of a stay that has not ended, and the last stay of a car. */
  readonly #carOf = new Map<string, string>()
  readonly #stayOf = new Map<string, string>()
  /** By plate, the car whose stay alone has it, and has it rightly. */
  readonly #known = new Map<string, string>()
  /** Last means of payment of each stay. */
  readonly #paidBy = new Map<string, string>()
  /** Stays whose order names another plate than was read. */
  readonly #corrected = new Set<string>()
  readonly #wrong: Record<string, number> = {}
  readonly #byCard: string[] = []
  readonly #counts = { misreadIn: 0, misreadOut: 0, corrected: 0, picked: 0 }

  get counts(): PlateCounts {
    return { ...this.#counts, wrong: this.#wrong }
  }

  /** Violations: the card of a correctly identified car must never pay for another car. */
  *judge(): Generator<string> {
    yield* this.#byCard
    const { misreadIn, misreadOut } = this.#counts
    const wrong = Object.values(this.#wrong).reduce((sum, n) => sum + n, 0)
    const misread = misreadIn + misreadOut
    if (wrong > 1 + misread * wrongShareMax)
      yield `${wrong} stays ended with another car, of ${misread} misread plates`
  }

  inside(stayId: string, carId: string, car: TrafficCar, plate: string | null): void {
    this.#carOf.set(stayId, carId)
    this.#stayOf.set(carId, stayId)
    if (plate === car.plate) this.#known.set(plate, carId)
    else for (const one of [plate ?? '', car.plate]) this.#known.delete(one)
  }

  crosses({ kind, cameraPlate, car }: TrafficEvent): void {
    if (cameraPlate === null || cameraPlate === car.plate) return
    if (kind === 'entry') this.#counts.misreadIn++
    else this.#counts.misreadOut++
  }

  picked(): void {
    this.#counts.picked++
  }

  /** Stay of a car; null: no stay. */
  stayOf(carId: string): string | null {
    return this.#stayOf.get(carId) ?? null
  }

  /** A row that became durable while this car was at its lane. */
  took(row: LedgerRow, { carId, car }: TrafficEvent): void {
    const { stayId = '' } = row
    if (row.kind === 'stayOpened') this.inside(stayId, carId, car, row.body.plate)
    if (row.kind === 'plateRead' && this.#carOf.get(stayId) === carId)
      this.inside(stayId, carId, car, row.body.plate)
    if (row.kind === 'orderMade' && row.body.match !== undefined) this.#corrected.add(stayId)
    if (row.kind === 'payment') this.#paidBy.set(stayId, row.body.means)
    if (row.kind === 'stayClosed') this.#left(stayId, { carId, car }, row.body.end)
  }

  #left(stayId: string, { carId, car }: Pick<TrafficEvent, 'carId' | 'car'>, end: string): void {
    const paidBy = this.#paidBy.get(stayId) ?? end
    const of = this.#carOf.get(stayId) ?? 'nobody'
    if (this.#stayOf.get(carId) === stayId) {
      if (this.#corrected.has(stayId)) this.#counts.corrected++
      this.#stayOf.delete(carId)
    } else {
      this.#wrong[paidBy] = (this.#wrong[paidBy] ?? 0) + 1
      if (paidBy === 'etc' && this.#known.get(car.plate) === carId)
        this.#byCard.push(`${stayId} of ${of} was paid by the card of ${carId}`)
    }
    this.#carOf.delete(stayId)
    this.#paidBy.delete(stayId)
    this.#corrected.delete(stayId)
  }
}
