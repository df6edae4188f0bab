// Lets the platform open the sealed vehicle file of an OBU (5.2.2 b, P17), within a time-out.
import type { VehicleAsk, VehicleInfo } from '../core/etc/rsu.ts'

/** Calls `done` once, possibly synchronously. Null: no trustworthy answer. */
export type VehicleOpener = (
  ask: VehicleAsk,
  withinMs: number,
  done: (vehicle: VehicleInfo | null) => void,
) => void

/** Opens a member that a platform sealed to a certificate of the lot (P8); null: no key of the lot opens it. */
export type FieldOpener = (sealed: Uint8Array) => Uint8Array | null
