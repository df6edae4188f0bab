// Passwords of devices: read from their sealed store for each proof, and watched while one is missing.
// One place for all of them, whatever the device; nobody restarts a lane for a new password.
import type { SecretStore } from '../adapters/secrets/secret-store.ts'
import { LaneFault } from '../core/values/faults.ts'
import type { MonoClock } from '../ports/clocks.ts'

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

/** Watches for a secret that is missing or was refused to be set anew. */
export class SecretWatch {
  private cancel: (() => void) | null = null
  private seen: string | null = null
  private readonly read: () => string | null
  private readonly mono: MonoClock
  private readonly changed: () => void

  constructor(mono: MonoClock, read: () => string | null, changed: () => void) {
    this.mono = mono
    this.read = read
    this.changed = changed
  }

  /** From now on another secret than this one is a change. */
  start(): void {
    this.seen = this.read()
    this.cancel?.()
    this.cancel = this.mono.after(secretLookMs, () => this.look())
  }

  stop(): void {
    this.cancel?.()
    this.cancel = null
  }

  private look(): void {
    const now = this.read()
    if (now !== null && now !== this.seen) {
      this.stop()
      this.changed()
      return
    }
    this.cancel = this.mono.after(secretLookMs, () => this.look())
  }
}
