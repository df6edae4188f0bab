// Settings of a device as the control API answers them: what a form shows, a trial, a comparison and a kept copy.
// Values are whole numbers in the unit of the setting.
import type { MovedSetting } from '../core/configure/migrate.ts'
import type { DevicePosition } from '../ports/settings-files.ts'
import type { ContactView, OriginView } from './contact-views.ts'
import type { BilingualText } from '../core/faults/faults.ts'

export type { DevicePosition, MovedSetting }

/** One setting of a device as a form shows it. Values are whole numbers in `unit`. */
export interface SettingView {
  readonly id: string
  readonly title: BilingualText
  readonly unit: string
  readonly min: number
  readonly max: number
  readonly step: number
  /** Values that sites are seen to use; null where no source says. */
  readonly basic?: { readonly min: number; readonly max: number } | null
  readonly options: readonly { readonly value: number; readonly title: BilingualText }[]
  /** Set with a tool: recorded, never written. */
  readonly mechanical: boolean
  /** The device tells this value by itself. */
  readonly readBack: boolean
  readonly lawful: {
    readonly min: number | null
    readonly max: number | null
    readonly clause: string
  } | null
  readonly note: BilingualText | null
  readonly value: number | null
  /** `device`: it told this itself; `lastWritten`: it cannot be asked. */
  /** `recorded`: set by hand and measured by a person. */
  readonly source: 'device' | 'lastWritten' | 'recorded' | 'nobodyKnows'
  /** Where it came from, when no person wrote it as a trial; absent or null: one did. */
  readonly origin?: OriginView | null
  /** For mechanical ones: when and by whom it was measured. */
  readonly measured: {
    readonly atIso: string
    readonly by: string
    /** Id of the photo of the instrument, or null. */
    readonly photo: string | null
  } | null
}

export interface TrialView {
  readonly id: string
  readonly by: string
  readonly reason: string
  readonly phase: 'writing' | 'running'
  /** Cars alone do not keep it: a tune step decides by what it measures. */
  readonly keepsBy?: 'measurement'
  /** Of the countdown; null while the device has not answered yet. */
  readonly leftMs: number | null
  readonly changes: readonly { readonly id: string; readonly old: number; readonly new: number }[]
}

export interface DeviceSettingsView {
  readonly laneId: string
  readonly kind: 'rsu'
  readonly link: string
  readonly variant: string
  readonly up: boolean
  readonly identity: {
    readonly manufacturer: string
    readonly rsuId: string
    readonly softwareVersion: string
    readonly psams: readonly { readonly terminal: string; readonly authorised: boolean | null }[]
  } | null
  readonly antennas: readonly {
    readonly antennaId: number
    readonly state: string
    readonly channel: number
    readonly powerStep: number
  }[]
  readonly settings: readonly SettingView[]
  readonly trial: TrialView | null
  /** A trial is over and the device does not have the old settings again yet. */
  readonly restoring: boolean
  /** How it was met; absent: it is known. */
  readonly contact?: ContactView
  /** Null: no lot names where it stands, and no person did yet. Absent in a lot. */
  readonly place?: DevicePosition | null
  readonly last: { readonly end: string; readonly why: string; readonly atIso: string } | null
}

export interface SettingDiffView {
  readonly id: string
  readonly old: number | null
  readonly source: SettingView['source']
  readonly new: number
  readonly unit: string
  readonly state: 'same' | 'changed' | 'notOnDevice' | 'refused' | 'unlawful' | 'mechanical'
  /** Word for why it may not be written, and the nearest value that may. */
  readonly problem: string | null
  readonly nearest: number | null
  readonly clause: string | null
}

export interface DeviceDiffView {
  readonly rows: readonly SettingDiffView[]
  readonly changed: number
  readonly notOnDevice: number
  readonly refused: number
}

export interface SettingsBackupView {
  readonly id: string
  readonly site: string
  readonly laneId: string
  readonly variant: string
  readonly rsuId: string
  readonly atIso: string
  readonly by: string
  readonly reason: string
  readonly settings: Readonly<Record<string, number>>
  /** Version of the firmware it was made under; empty: not known. */
  readonly firmware: string
  /** The same settings as the firmware that is there now counts them. */
  readonly now: Readonly<Record<string, number>>
  readonly moved: readonly MovedSetting[]
  readonly pinned: boolean
}
