// The protocol of a served camera for its model: handles clients and their bytes, and turns sightings into bytes.
// One per variant; faults, store, time and clients belong to the model.
import type { Sighting } from '../sighting.ts'

/** Ports of the model for a protocol. */
export interface CameraProtocolPorts {
  send(client: number, bytes: Uint8Array): void
  hangUp(client: number): void
  /** Runs later, unless the camera restarts before. */
  after(ms: number, run: () => void): void
  /** Monotonic ms of the model. */
  nowMs(): number
  /** The camera's clock: wall time with its skew, ms. */
  deviceMs(): number
  random(): number
  /** True when a fault at this place hits now; the protocol applies it. */
  fault(place: 'auth'): boolean
  note(text: string): void
}

export interface CameraProtocol {
  up(client: number): void
  bytes(client: number, chunk: Uint8Array): void
  down(client: number): void
  /** Clients with a subscription. */
  subscribers(): readonly number[]
  /** The parts of one event in order; joined they are sent. */
  parts(sighting: Sighting, history: boolean): readonly Uint8Array[]
  /** The camera restarted: clients and subscriptions are forgotten. */
  forget(): void
  /** Sets members of `knobs`. Throws ARG-01 for an unknown one. */
  set(knobs: Readonly<Record<string, unknown>>): void
  state(): Readonly<Record<string, unknown>>
  /** Bytes from the device on a serial port of the camera, for a camera with one. */
  serialIn?(port: string, bytes: Uint8Array): void
}
