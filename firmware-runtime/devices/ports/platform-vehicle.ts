// Lets the platform open the sealed vehicle file of an OBU (5.2.2 b, P17), within a time-out.
import type { VehicleAsk, VehicleInfo } from '../pure/etc/rsu.ts'

/** Calls `done` once, possibly synchronously. Null: no trustworthy answer. */
export type VehicleOpener = (
  ask: VehicleAsk,
  withinMs: number,
  done: (vehicle: VehicleInfo | null) => void,
) => void
