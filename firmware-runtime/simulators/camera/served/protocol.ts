// What a served camera speaks, as seen by its model: clients come and say bytes, sightings become bytes.
// One of these per variant; faults, store, time and clients are the model's.
import type { Sighting } from '../sighting.ts'

/** What the model gives a protocol to work with. */
export interface CameraProtocolPorts {
  send(client: number, bytes: Uint8Array): void
  hangUp(client: number): void
  /** Runs later, unless the camera restarts before. */
  after(ms: number, run: () => void): void
  /** Monotonic ms of the model. */
  nowMs(): number
  /** What the camera's own clock says: wall time with its skew. */
  deviceMs(): number
  random(): number
  /** True when a fault of that place hits now; the protocol does what it means there. */
  fault(place: 'auth'): boolean
  note(text: string): void
}

export interface CameraProtocol {
  up(client: number): void
  bytes(client: number, chunk: Uint8Array): void
  down(client: number): void
  /** Clients that asked for events. */
  subscribers(): readonly number[]
  /** The parts of one event in their order; joined they are what goes out. */
  parts(sighting: Sighting, history: boolean): readonly Uint8Array[]
  /** The camera restarted: nobody is known, nothing was subscribed. */
  forget(): void
  /** Sets members of `knobs`. Throws ARG-01 for one that is not known. */
  set(knobs: Readonly<Record<string, unknown>>): void
  state(): Readonly<Record<string, unknown>>
  /** Bytes from what hangs on a serial port of the camera, where it has one. */
  serialIn?(port: string, bytes: Uint8Array): void
}
