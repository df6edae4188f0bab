// Passwords of devices: read from their sealed store for each proof, and watched while one is missing.
// One place for all of them, whatever the device; nobody restarts a lane for a new password.
import type { SecretStore } from '../../adapters/secrets/secret-store.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { MonoClock } from '../../ports/clocks.ts'

/** How often a missing or refused password is looked at again; the file is small and local. */
const secretLookMs = 10_000

/** A secret that does not open here is as good as none; the fault says which. */
export function passwordOf(secrets: SecretStore, name: string): string | null {
  try {
    return secrets.read(name)
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return null
  }
}

/** One password of a device, and the one that its newest proof was made with. */
export class DeviceSecret {
  used: string | null = null
  /** What is stored now; null where it is missing. */
  readonly stored: () => string | null

  constructor(stored: () => string | null) {
    this.stored = stored
  }

  /** For a proof. A refusal is about this one, also if another is stored before the refusal arrives. */
  readonly forProof = (): string | null => {
    this.used = this.stored()
    return this.used
  }
}

/** Watches for a secret that is missing or was refused to be set anew. */
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

  /** From now on another secret than the one last used is a change. */
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
