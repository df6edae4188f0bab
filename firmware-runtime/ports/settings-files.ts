// Where the settings of one device are kept: what it has, the trial that runs, and earlier states.
// `save` is durable when it returns; a store that cannot write throws DATA-01 or DATA-02.
import type { ValueOrigin } from '../core/configure/contact.ts'
import type { TrialState } from '../core/configure/trial.ts'
import type { DeviceSettings } from '../core/configure/setting.ts'

/** A value set by hand with a tool, and who measured it. */
export interface MeasuredValue {
  readonly value: number
  readonly atIso: string
  readonly by: string
  /** Id of a photo of the instrument, or null. */
  readonly photo: string | null
}

/** Where a device of no lot stands, as a person says it; `lane` may be empty. */
export interface DevicePosition {
  readonly site: string
  readonly lane: string
}

export interface StoredSettings {
  readonly version: 1
  readonly deviceId: string
  readonly trial: TrialState
  readonly measured: { readonly [id: string]: MeasuredValue }
  /** The device was not met yet: what `trial.permanent` says was never on it. */
  readonly contact?: 'unknown'
  /** Where values come from that no person wrote as a trial. */
  readonly origins?: { readonly [id: string]: ValueOrigin }
  /** Version of the firmware that the settings are counted for; absent: not known. */
  readonly firmware?: string
  /** Absent for a lot's device, and where nobody said it yet. */
  readonly place?: DevicePosition
}

export interface SettingsBackup {
  /** Name of the backup: its time and a number. */
  readonly id: string
  /** Empty: nobody said yet where the device stands. */
  readonly site: string
  /** Id of the lane; on a link of its own the lane's name as a person said it. */
  readonly laneId: string
  readonly deviceId: string
  readonly variant: string
  /** The device's own number as it told it; empty when it was not heard. */
  readonly rsuId: string
  /** Version of its firmware as it told it; absent in copies of before. */
  readonly firmware?: string
  readonly atIso: string
  readonly by: string
  readonly reason: string
  readonly settings: DeviceSettings
  readonly pinned: boolean
}

export interface SettingsFiles {
  /** Null where nothing was stored yet. Throws SET-05 for a file that is damaged. */
  load(): StoredSettings | null
  save(stored: StoredSettings): void
  /** Newest first, without those that cannot be read. */
  backups(): readonly SettingsBackup[]
  /** Files of backups that cannot be read; nothing removes them. */
  damaged(): readonly string[]
  /** Keeps the newest fifty and every pinned one. */
  backUp(backup: SettingsBackup): void
  pin(id: string, on: boolean): void
}
