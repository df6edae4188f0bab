// The cars of the demo: fictional, numbered without repeats, remembered over restarts.
// The ledger knows which plates are inside; this file knows which OBU sits behind each windscreen.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DemoCar } from '#runtime/calls/demo.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { carMaker, trafficMixes, type CarMaker, type CarObu } from '#simulators/traffic/cars.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'

export interface DemoVehicle {
  readonly plate: string
  readonly colour: PlateColour
  readonly kind: DemoCar
  readonly obu: CarObu | null
}

/** Older cars are dropped at the next start; those still inside then pay as cars without an OBU. */
const carsMax = 20_000

export class DemoCars {
  private readonly file: string
  private readonly maker: CarMaker
  private readonly byPlate = new Map<string, DemoVehicle>()

  constructor(file: string, seed: number) {
    this.file = file
    this.maker = carMaker(trafficMixes.clean, seed)
    mkdirSync(dirname(file), { recursive: true })
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
    for (const line of lines) {
      // A torn last line is a car that was being made when the power went.
      if (!line.endsWith('}')) continue
      // The same seed makes the same cars: those that exist already are passed over.
      this.maker.next()
      const car = JSON.parse(line) as DemoVehicle
      this.byPlate.set(car.plate, car)
      if (this.byPlate.size > carsMax) this.byPlate.delete(this.byPlate.keys().next().value ?? '')
    }
  }

  make(kind: DemoCar): DemoVehicle {
    const { plate, colour, obu } = this.maker.next()
    const car: DemoVehicle = { plate, colour, kind, obu: obuFor(kind, obu) }
    this.byPlate.set(plate, car)
    try {
      appendFileSync(this.file, `${JSON.stringify(car)}\n`)
    } catch (error) {
      const note = error instanceof Error ? error.message : ''
      throw new LaneFault('DATA-01', { file: this.file, note })
    }
    return car
  }

  find(plate: string): DemoVehicle | undefined {
    return this.byPlate.get(plate)
  }
}

/** An empty card is a stored-value card (22) with nothing on it. */
function obuFor(kind: DemoCar, obu: CarObu | null): CarObu | null {
  if (kind === 'noEtc' || obu === null) return null
  if (kind === 'etc') return obu
  return { ...obu, cardType: 22, cardNo: `450122${obu.cardNo.slice(6)}`, balanceFen: 0 }
}
