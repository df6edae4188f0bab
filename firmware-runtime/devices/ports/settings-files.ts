// Storage of the settings of one device: present settings, a running trial, and backups.
// `save` is durable when it returns; a failed write throws DATA-01 or DATA-02.
import type { ValueOrigin } from '../pure/configure/contact.ts'
import type { TrialState } from '../pure/configure/trial.ts'
import type { DeviceSettings } from '../pure/configure/setting.ts'

/** A value set by hand with a tool, and the person who measured it. */
export interface MeasuredValue {
  readonly value: number
  readonly atIso: string
  readonly by: string
  /** Id of a photo of the instrument, or null. */
  readonly photo: string | null
}

/** Position of a device outside a lot, as a person entered it; `lane` may be empty. */
export interface DevicePosition {
  readonly site: string
  readonly lane: string
}

export interface StoredSettings {
  readonly version: 1
  readonly deviceId: string
  readonly trial: TrialState
  readonly measured: { readonly [id: string]: MeasuredValue }
  /** The initial handshake has not taken place: `trial.permanent` was never on the device. */
  readonly contact?: 'unknown'
  /** Origin of values that no person wrote as a trial. */
  readonly origins?: { readonly [id: string]: ValueOrigin }
  /** Firmware version whose scales the settings use; absent: unknown. */
  readonly firmware?: string
  /** Absent for a lot's device, and where no position was entered. */
  readonly place?: DevicePosition
}

export interface SettingsBackup {
  /** Name of the backup: its time and a number. */
  readonly id: string
  /** Empty: no position entered yet. */
  readonly site: string
  /** Id of the lane; for a device on its own link, the name that a person entered. */
  readonly laneId: string
  readonly deviceId: string
  readonly variant: string
  /** Number reported by the device; empty: not received. */
  readonly rsuId: string
  /** Firmware version reported by the device; absent in backups from older versions. */
  readonly firmware?: string
  readonly atIso: string
  readonly by: string
  readonly reason: string
  readonly settings: DeviceSettings
  readonly pinned: boolean
}

export interface SettingsFiles {
  /** Null: nothing stored yet. Throws SET-05 for a damaged file. */
  load(): StoredSettings | null
  save(stored: StoredSettings): void
  /** Readable backups, newest first. */
  backups(): readonly SettingsBackup[]
  /** Unreadable backup files; they are never deleted. */
  damaged(): readonly string[]
  /** Adds a backup; the newest fifty and all pinned ones are kept. */
  backUp(backup: SettingsBackup): void
  pin(id: string, on: boolean): void
}
