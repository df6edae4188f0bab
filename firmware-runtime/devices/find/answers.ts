// Options of a search for cameras, and a bounded list of its answers.
import type { FoundCamera } from '../ports/find.ts'

/** Destination of a query. */
export interface HostPort {
  readonly host: string
  readonly port: number
}

export interface ProbeOptions {
  /** The card's own address. */
  readonly card: string
  /** Destination of the query: the group, or one host. */
  readonly to?: HostPort
  readonly waitMs: number
  /** Ends early after this many cameras. */
  readonly enough?: number
}

/** Datagrams read in one search; more are ignored. */
export const answersMax = 2_048
const camerasMax = 256

/** Each camera once, by search method, address and services. */
export class CameraList {
  private readonly found = new Map<string, FoundCamera>()

  add(camera: FoundCamera): void {
    const key = `${camera.address} ${camera.services.join(' ')}`
    if (this.found.size < camerasMax) this.found.set(key, camera)
  }

  get size(): number {
    return this.found.size
  }

  all(): readonly FoundCamera[] {
    return [...this.found.values()]
  }
}
