// What a write would change on a device: old, new and why each row may be written or not.
// "Nothing changed", "three changed" and "two are not on this device" are different sentences.
import {
  judgeSetting,
  type DeviceSettings,
  type SettingDef,
  type SettingFinding,
} from './setting.ts'

/** Where the old value comes from. */
type ValueSource =
  | 'device'
  | 'lastWritten'
  /** Set by hand and measured by a person: nothing ever wrote it. */
  | 'recorded'
  | 'nobodyKnows'

export function sourceOf(
  def: SettingDef | undefined,
  reported: number | undefined,
  written: number | undefined,
): ValueSource {
  if (reported !== undefined) return 'device'
  if (written === undefined) return 'nobodyKnows'
  return def?.mechanical === true ? 'recorded' : 'lastWritten'
}

type DiffState =
  | 'same'
  | 'changed'
  /** The file has it, the device has no such setting. */
  | 'notOnDevice'
  /** Out of range, off step: never written. */
  | 'refused'
  /** Allowed by the device, not by the clause: written with a reason only. */
  | 'unlawful'
  /** Set by hand: recorded, never written. */
  | 'mechanical'

interface DiffRow {
  readonly id: string
  readonly oldValue: number | null
  readonly source: ValueSource
  readonly newValue: number
  readonly unit: string
  readonly state: DiffState
  readonly finding: SettingFinding | null
}

interface OnDevice {
  /** Values reported by the device; only settings with `readBack`. */
  readonly reported: DeviceSettings
  readonly lastWritten: DeviceSettings
}

export interface DeviceDiff {
  readonly rows: readonly DiffRow[]
  readonly changed: number
  readonly notOnDevice: number
  readonly refused: number
  /** Settings that a write would send: all settings of the device with the changes applied. */
  readonly write: DeviceSettings
}

function stateOf(
  def: SettingDef,
  old: number | null,
  wanted: number,
  found: SettingFinding | null,
) {
  if (found !== null && found.problem !== 'unlawful') return 'refused'
  if (old === wanted) return 'same'
  if (def.mechanical === true) return 'mechanical'
  return found === null ? 'changed' : 'unlawful'
}

function rowOf(defs: readonly SettingDef[], on: OnDevice, id: string, newValue: number): DiffRow {
  const def = defs.find((one) => one.id === id)
  const finding = judgeSetting(defs, id, newValue)
  const reported = def === undefined ? undefined : on.reported[id]
  const written = def === undefined ? undefined : on.lastWritten[id]
  const oldValue = reported ?? written ?? null
  const source = sourceOf(def, reported, written)
  const state = def === undefined ? 'notOnDevice' : stateOf(def, oldValue, newValue, finding)
  return { id, oldValue, source, newValue, unit: def?.unit ?? '', state, finding }
}

const writable: readonly DiffState[] = ['changed', 'unlawful']

/** Compares wanted values with what the device has. Never writes anything. */
export function diffSettings(
  defs: readonly SettingDef[],
  on: OnDevice,
  wanted: DeviceSettings,
): DeviceDiff {
  const rows = Object.entries(wanted).map(([id, value]) => rowOf(defs, on, id, value))
  const count = (...states: DiffState[]): number =>
    rows.filter((row) => states.includes(row.state)).length
  const write: Record<string, number> = {}
  for (const { id, initial, mechanical } of defs)
    if (mechanical !== true) write[id] = on.reported[id] ?? on.lastWritten[id] ?? initial
  for (const row of rows) if (writable.includes(row.state)) write[row.id] = row.newValue
  return {
    rows,
    changed: count('changed', 'unlawful', 'mechanical'),
    notOnDevice: count('notOnDevice'),
    refused: count('refused'),
    write,
  }
}
