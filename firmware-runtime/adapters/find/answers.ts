// What a search for cameras is asked with, and what it keeps of the answers: bounded in number.
import type { FoundCamera } from '../../ports/find.ts'

/** Where a question goes. */
export interface HostPort {
  readonly host: string
  readonly port: number
}

export interface ProbeOptions {
  /** Own address of the card to ask on. */
  readonly card: string
  /** Where the question goes: the group, or one host that is asked alone. */
  readonly to?: HostPort
  readonly waitMs: number
  /** Ends sooner when this many were found. */
  readonly enough?: number
}

/** Datagrams that are looked at in one search; what a flood brings beyond is not read. */
export const answersMax = 2_048
const camerasMax = 256

/** Each camera once, by who found it, where, and what it offers. */
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
