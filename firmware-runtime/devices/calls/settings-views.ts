// Settings of a device in the control API: what a form shows, a trial, a comparison and a stored backup. Values are
// whole numbers in the unit of the setting.
import type { MovedSetting } from '../pure/configure/migrate.ts'
import type { SettingDef } from '../pure/configure/setting.ts'
import type { AntennaReading, RsuIdentity } from '../pure/etc/rsu-device.ts'
import type { DevicePosition, SettingsBackup } from '../ports/settings-files.ts'
import type { ContactView, OriginView } from './contact-views.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'

export type { DevicePosition, MovedSetting }

/** One setting of a device as a form shows it. Values are whole numbers in `unit`. */
export interface SettingView extends Pick<
  SettingDef,
  'id' | 'title' | 'unit' | 'min' | 'max' | 'step' | 'readBack'
> {
  /** Range of values used at real sites; null: no source states one. */
  readonly basic?: { readonly min: number; readonly max: number } | null
  readonly options: readonly { readonly value: number; readonly title: BilingualText }[]
  /** Set with a tool: recorded, never written. */
  readonly mechanical: boolean
  readonly lawful: NonNullable<SettingDef['lawful']> | null
  readonly note: BilingualText | null
  /** A value that a clause asks for here; a person writes it as a trial, nothing else does. Absent: none. */
  readonly proposed?: { readonly value: number; readonly clause: string }
  readonly value: number | null
  /** `device`: reported by the device; `lastWritten`: the device cannot report it; */
  /** `recorded`: set by hand and measured by a person. */
  readonly source: 'device' | 'lastWritten' | 'recorded' | 'nobodyKnows'
  /** Origin of a value that no person wrote in a trial; absent or null: a person did. */
  readonly origin?: OriginView | null
  /** For mechanical settings: when and by whom it was measured. */
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
  /** Cars alone do not keep it: a tune step decides by its measurements. */
  readonly keepsBy?: 'measurement'
  /** Rest of the countdown; null until the device has answered. */
  readonly leftMs: number | null
  readonly changes: readonly { readonly id: string; readonly old: number; readonly new: number }[]
}

export interface DeviceSettingsView {
  readonly laneId: string
  readonly kind: 'rsu'
  readonly link: string
  readonly variant: string
  readonly up: boolean
  readonly identity: RsuIdentity | null
  readonly antennas: readonly AntennaReading[]
  readonly settings: readonly SettingView[]
  readonly trial: TrialView | null
  /** A trial is over and the device does not have its former settings again yet. */
  readonly restoring: boolean
  /** State of the first contact; absent: the device is known. */
  readonly contact?: ContactView
  /** Null: neither a lot nor a person has named its position yet. Absent in a lot. */
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
  /** Word for why it may not be written, and the nearest allowed value. */
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

export interface SettingsBackupView extends Omit<SettingsBackup, 'deviceId' | 'firmware'> {
  /** Firmware version at that time; empty: not known. */
  readonly firmware: string
  /** The same settings in the numbering of the current firmware. */
  readonly now: Readonly<Record<string, number>>
  readonly moved: readonly MovedSetting[]
}
