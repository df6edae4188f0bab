// The start of a simulated lot: an hour before its traffic, in which antennas sign in and clocks are compared.
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { InsideCar, Traffic } from '#simulators/traffic/traffic.ts'

export const startOf = ({ fromMs }: Pick<Traffic, 'fromMs'>): InstantMs => fromMs - 3_600_000

/** The cars that are inside then: none entered later than the lot started. */
export const insideAt = (traffic: Traffic): readonly InsideCar[] =>
  traffic.insideStart.map((inside) => ({
    ...inside,
    enteredAtMs: Math.min(inside.enteredAtMs, startOf(traffic)),
  }))
