// Passwords of devices: read from their sealed store for each proof, and watched while one is missing.
// Shared by all devices; a new password needs no restart of a lane.
import type { SecretStore } from '#base/secrets/secret-store.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import type { MonoClock } from '#base/ports/clocks.ts'

/** How often a missing or refused password is looked at again; the file is small and local. */
const secretLookMs = 10_000

/** Null for a missing secret and for one that does not open here; the fault says which. */
export const passwordOf = (secrets: SecretStore, name: string): string | null =>
  orIfFault(() => secrets.read(name), null)

/** A device's password, and the one that its newest proof was made with. */
export class DeviceSecret {
  used: string | null = null
  /** The stored password; null when it is missing. */
  readonly stored: () => string | null

  constructor(stored: () => string | null) {
    this.stored = stored
  }

  /** The password for a proof. A refusal concerns this one, also when another is stored before it arrives. */
  readonly forProof = (): string | null => {
    this.used = this.stored()
    return this.used
  }
}

/** Watches until a missing or refused secret is set anew. */
export class SecretWatch {
  private cancel: (() => void) | null = null
  private readonly secret: DeviceSecret
  private readonly mono: MonoClock
  private readonly changed: () => void

  constructor(mono: MonoClock, secret: DeviceSecret, changed: () => void) {
    this.mono = mono
    this.secret = secret
    this.changed = changed
  }

  /** From now on, a stored secret that differs from the last used one is a change. */
  start(): void {
    this.cancel?.()
    this.cancel = this.mono.after(secretLookMs, () => this.look())
  }

  stop(): void {
    this.cancel?.()
    this.cancel = null
  }

  private look(): void {
    const now = this.secret.stored()
    if (now !== null && now !== this.secret.used) {
      this.stop()
      this.changed()
      return
    }
    this.cancel = this.mono.after(secretLookMs, () => this.look())
  }
}
