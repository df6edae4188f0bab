// Opens the sealed vehicle file of an OBU by its platform (5.2.2 b, P17), within a time after which nobody waits for it.
import type { VehicleAsk, VehicleInfo } from '../core/etc/rsu.ts'

/** Null: no answer that can be believed. It is given once, later than the call or within it. */
export type VehicleOpener = (
  ask: VehicleAsk,
  withinMs: number,
  done: (vehicle: VehicleInfo | null) => void,
) => void

/** A member that a platform sealed to a certificate of the lot (P8); null where none of its keys opens it. */
export type FieldOpener = (sealed: Uint8Array) => Uint8Array | null
