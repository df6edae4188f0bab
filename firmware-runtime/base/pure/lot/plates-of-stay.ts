// The plates under which something may hang on the car of a stay: its own, and the one that an exit read where the car was
// corrected to this stay. Members, points, arrears and reservations are looked up by these and by nothing else.
import { normalisePlate } from '../plates/plate.ts'

interface StayOfCar {
  readonly plate: string | null
  readonly orders: readonly { readonly plateRead?: string }[]
}

/** Its own first. `plateRead`: what the exit read now, for a car that was corrected. */
export function platesOf({ plate, orders }: StayOfCar, plateRead?: string): readonly string[] {
  const read = [...orders.map((order) => order.plateRead), plateRead]
  const plates = read.map((text) => (text === undefined ? null : normalisePlate(text)))
  return [...new Set([plate, ...plates])].filter((one) => one !== null)
}
